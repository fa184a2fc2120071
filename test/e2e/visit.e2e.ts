import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, type Page, test } from '@playwright/test'
import { type City, doors, startCity } from '../city'
import { hallPage, openInWindow, twoMonitors } from './hall'
import { launchApp, type Launched } from './launch'
import { fillMaritalStatus, signIn } from './walk'

let city: City
let folder: string
let counter: Launched

test.beforeAll(async () => {
  city = await startCity({ doors: true })
})
test.afterAll(() => city.close())
test.beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'visit-'))
  const monitors = join(folder, 'monitors.json')
  writeFileSync(monitors, JSON.stringify(twoMonitors))
  counter = await launchApp({ dataFolder: join(folder, 'data'), practice: true, cityUrl: city.url, enrolment: await doors(city.url).enrolmentCode(), env: { MOTCUA_MONITORS: monitors } })
})
test.afterEach(async () => {
  await counter.close()
  rmSync(folder, { recursive: true, force: true })
})

/** Draws two strokes on the pad as a pen would. */
async function sign(display: Page): Promise<void> {
  const pad = display.getByRole('img', { name: /^Ô ký tên/ })
  const box = await pad.boundingBox()
  if (box === null) throw new Error('the pad is not to be seen')
  const at = (x: number, y: number): [number, number] => [box.x + box.width * x, box.y + box.height * y]
  await display.mouse.move(...at(0.2, 0.6))
  await display.mouse.down()
  for (const [x, y] of [[0.3, 0.3], [0.4, 0.65], [0.5, 0.35], [0.62, 0.6]] as const) await display.mouse.move(...at(x, y), { steps: 6 })
  await display.mouse.up()
}

test('a whole visit: a number at the kiosk, called on the board, the citizen checks and signs, and says how it was', async () => {
  const { app, page, log } = counter
  await signIn(page)
  await openInWindow(page, ['board', 'kiosk'])
  const [display, board, kiosk] = await Promise.all([hallPage(app, 'display'), hallPage(app, 'board'), hallPage(app, 'kiosk')])

  // Nothing personal stands on the display before something is pushed.
  await expect(display.getByText('Xin đặt thẻ căn cước lên đầu đọc khi ngồi xuống.')).toBeVisible({ timeout: 20_000 })

  await kiosk.getByRole('button', { name: /Hộ tịch/ }).click()
  await kiosk.getByRole('button', { name: 'Không thuộc nhóm nào' }).click()
  const given = kiosk.locator('[data-step="given"]')
  await given.waitFor({ timeout: 20_000 })
  const label = (await given.getAttribute('data-label')) ?? ''
  expect(label).toMatch(/A\d{3}$/)

  await page.keyboard.press('Alt+1')
  await expect(page.getByRole('grid', { name: 'Hàng chờ' }).getByText(label)).toBeVisible({ timeout: 10_000 })
  await page.keyboard.press('F4')
  await expect(board.getByText(label).first()).toBeVisible({ timeout: 10_000 })
  await expect(display.getByText(label).first()).toBeVisible({ timeout: 10_000 })
  await expect(page.locator('.in-hand')).toContainText(label)

  await fillMaritalStatus(page)
  await expect(page.locator('.in-hand')).toContainText('Đang phục vụ')
  await expect(page.getByRole('button', { name: 'Trình công dân xem' })).toBeVisible({ timeout: 15_000 })
  await page.keyboard.press('Control+Enter')
  await expect(display.getByText('079 ••• ••• 617')).toBeVisible({ timeout: 10_000 })
  await expect(display.getByText('079192004617')).toHaveCount(0)
  await expect(page.getByText('Chờ công dân xác nhận')).toBeVisible()

  await sign(display)
  await display.getByRole('button', { name: 'Đúng, tôi nộp hồ sơ' }).click()
  await expect(page.getByText(/Công dân xác nhận và ký lúc/)).toBeVisible({ timeout: 10_000 })

  await page.keyboard.press('Control+Enter')
  await page.getByTestId('dossier-code').waitFor({ timeout: 20_000 })
  await page.keyboard.press('F8')
  await display.getByRole('button', { name: 'Rất hài lòng', exact: true }).click({ timeout: 10_000 })
  await display.getByRole('button', { name: /Gửi/ }).click()
  await expect(display.getByText(/Cảm ơn/).first()).toBeVisible({ timeout: 10_000 })

  // The wall of the supervisor knows of it.
  await page.keyboard.press('Control+l')
  await expect(page.getByRole('heading', { name: 'Quầy đang khóa' })).toBeVisible()
  await page.getByRole('button', { name: /^Đổi cán bộ/ }).click()
  await signIn(page, 'huy')
  await page.keyboard.press('Alt+7')
  await expect(page.getByRole('region', { name: 'Hài lòng' })).toContainText('100 %', { timeout: 15_000 })
  expect(log.filter((line) => /ĐẶNG|079192004617|0903/u.test(line))).toEqual([])
})

test('the display is cleared when the counter is locked', async () => {
  const { app, page } = counter
  await signIn(page)
  const display = await hallPage(app, 'display')
  await fillMaritalStatus(page)
  await page.keyboard.press('Alt+x')
  await page.keyboard.press('F8')
  await expect(display.getByText('079 ••• ••• 617')).toBeVisible({ timeout: 20_000 })
  await page.keyboard.press('Control+l')
  await expect(display.getByText('079 ••• ••• 617')).toHaveCount(0, { timeout: 5000 })
})
