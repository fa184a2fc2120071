import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, type Page, test } from '@playwright/test'
import { findings } from './checker'
import { hallPage, openInWindow, twoMonitors } from './hall'
import { launchApp, type Launched } from './launch'
import { CARD, fillAfterCard, newIntake, scanCard, signIn } from './walk'

// Pages for citizens: an independent checker, fingers, twice the size, and keys alone.

/** The least side of anything to be touched, in CSS pixels. */
const FINGER = 44
const HELPERS_SECRET = 'thuc-hanh-tocongnghe'

let folder: string
let counter: Launched

test.beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'hall-accessibility-'))
  const monitors = join(folder, 'monitors.json')
  writeFileSync(monitors, JSON.stringify(twoMonitors))
  counter = await launchApp({ dataFolder: join(folder, 'data'), practice: true, env: { MOTCUA_MONITORS: monitors } })
  await signIn(counter.page)
  await openInWindow(counter.page, ['board', 'kiosk', 'helper'])
})
test.afterAll(async () => {
  await counter.close()
  rmSync(folder, { recursive: true, force: true })
})

/** Names of what is to be touched and is smaller than a finger. */
const small = (page: Page): Promise<string[]> => page.evaluate((finger) => {
  const touched = [...document.querySelectorAll<HTMLElement>('button, a[href], input:not([type=checkbox], [type=radio], [hidden]), textarea, select, label:has(input)')].filter((element) => element.checkVisibility())
  return touched.filter((element) => {
    const { width, height } = element.getBoundingClientRect()
    return width > 0 && (width < finger - 0.5 || height < finger - 0.5)
  }).map((element) => `small: ${element.getAttribute('aria-label') ?? element.textContent}`)
}, FINGER)

/** What scrolls sideways, and what cannot be brought into sight. */
const lost = (page: Page): Promise<string[]> => page.evaluate(() => {
  const name = (element: Element): string => `${element.tagName.toLowerCase()}.${element.className}`
  const shown = [...document.querySelectorAll('body *')].filter((element) => element.checkVisibility())
  const wide = shown.filter((element) => /auto|scroll/u.test(getComputedStyle(element).overflowX) && element.scrollWidth > element.clientWidth + 1).map((element) => `scrolls sideways: ${name(element)}`)
  const out = document.documentElement.scrollWidth > window.innerWidth ? shown.filter((element) => element.getBoundingClientRect().right > window.innerWidth + 1).map((element) => `sticks out: ${name(element)}`) : []
  const away = [...document.querySelectorAll('button, input')].filter((element) => element.checkVisibility() && element.getBoundingClientRect().width > 1).filter((element) => {
    element.scrollIntoView({ block: 'center', inline: 'nearest' })
    const { left, right, top, bottom } = element.getBoundingClientRect()
    const hit = document.elementFromPoint((left + right) / 2, (top + bottom) / 2)
    return left < -1 || right > window.innerWidth + 1 || hit === null || !(element.contains(hit) || hit.contains(element))
  }).map((element) => `out of reach: ${element.getAttribute('aria-label') ?? element.textContent}`)
  return [...out, ...wide, ...away]
})

/** A page needs a moment to come to rest in its new size. */
async function lostAtRest(page: Page): Promise<string[]> {
  let found: string[] = []
  for (let look = 0; look < 8; look += 1) {
    await page.waitForTimeout(250)
    found = await lost(page)
    if (found.length === 0) break
  }
  return found
}

/** All that is held against the page as it stands, at its own size and at twice that. */
async function faults(page: Page, step: string): Promise<string[]> {
  const found = [...(await findings(page)).map(({ id, where }) => `${id}: ${where}`), ...(await small(page)), ...(await lost(page))]
  const [width, height] = await page.evaluate(() => [window.innerWidth, window.innerHeight] as const)
  await page.setViewportSize({ width: Math.floor(width / 2), height: Math.floor(height / 2) })
  const twice = (await lostAtRest(page)).map((what) => `twice the size: ${what}`)
  await page.setViewportSize({ width, height })
  return [...found, ...twice].map((what) => `${step}: ${what}`)
}

/** The same in the other language; the page goes back to the first. */
async function faultsInBoth(page: Page, step: string): Promise<string[]> {
  const vi = await faults(page, step)
  await page.getByRole('button', { name: 'English' }).click()
  await page.waitForTimeout(200)
  const en = await faults(page, `${step} (en)`)
  await page.getByRole('button', { name: 'Tiếng Việt' }).click()
  return [...vi, ...en]
}

test('no page of the citizen’s display has a fault, in either language, at once or twice the size', async () => {
  test.setTimeout(180_000)
  const { app, page } = counter
  const display = await hallPage(app, 'display')
  const found: string[] = []
  const look = async (step: string): Promise<void> => void found.push(...await faultsInBoth(display, step))
  await display.getByText('Xin đặt thẻ căn cước lên đầu đọc khi ngồi xuống.').waitFor({ timeout: 20_000 })
  await look('waiting')

  await newIntake(page)
  await scanCard(page, CARD)
  await page.keyboard.press('F8')
  await display.getByRole('button', { name: 'Tôi đồng ý' }).waitFor({ timeout: 10_000 })
  await look('consent')
  await page.keyboard.press('Shift+F8')
  await fillAfterCard(page)
  await page.getByRole('button', { name: 'Trình công dân xem' }).click({ timeout: 15_000 })
  await display.getByRole('button', { name: 'Đúng, tôi nộp hồ sơ' }).waitFor({ timeout: 10_000 })
  await look('check')
  await page.getByRole('button', { name: 'Nhận không chờ' }).click()
  await page.getByTestId('dossier-code').waitFor({ timeout: 20_000 })
  await page.keyboard.press('F8')
  await display.getByRole('button', { name: 'Không hài lòng', exact: true }).waitFor({ timeout: 10_000 })
  await look('rating')
  await display.getByRole('button', { name: 'Không hài lòng', exact: true }).click()
  await display.getByRole('button', { name: /^Gửi/ }).waitFor()
  await look('rating, reasons')
  await page.keyboard.press('Shift+F8')

  await page.keyboard.press('Alt+8')
  await page.getByRole('tab', { name: 'Màn hình trong phòng' }).click()
  await page.getByRole('button', { name: 'Thử bàn phím PIN' }).click()
  await display.getByRole('button', { name: '5', exact: true }).waitFor({ timeout: 10_000 })
  // Nothing but the pad stands on this page, and so no language to choose.
  found.push(...await faults(display, 'pin'))
  await page.getByRole('button', { name: 'Dừng gõ thử' }).click()
  expect(found).toEqual([])
})

test('the board of the waiting room has no fault', async () => {
  expect(await faults(await hallPage(counter.app, 'board'), 'board')).toEqual([])
})

test('no page of the kiosk has a fault, in either language, at once or twice the size', async () => {
  test.setTimeout(180_000)
  const kiosk = await hallPage(counter.app, 'kiosk')
  const found: string[] = []
  const look = async (step: string): Promise<void> => void found.push(...await faultsInBoth(kiosk, step))
  await kiosk.locator('[data-step="kinds"]').waitFor({ timeout: 20_000 })
  await look('kinds')
  await kiosk.getByRole('button', { name: 'Tôi chưa biết chọn việc nào' }).click()
  await kiosk.getByLabel('Việc muốn làm').waitFor()
  await look('ask')
  await kiosk.getByLabel('Việc muốn làm').fill('lam lai khai sinh cho con')
  await kiosk.getByRole('button', { name: 'Tìm', exact: true }).click()
  await kiosk.getByRole('heading', { name: 'Việc phù hợp' }).waitFor({ timeout: 10_000 })
  await look('answers')
  await kiosk.getByRole('button', { name: 'Quay lại' }).click()
  await kiosk.getByRole('button', { name: 'Quay lại' }).click()
  await kiosk.getByRole('button', { name: /Hộ tịch/ }).click()
  await kiosk.locator('[data-step="groups"]').waitFor()
  await look('groups')
  await kiosk.getByRole('button', { name: 'Không thuộc nhóm nào' }).click()
  await kiosk.locator('[data-step="given"]').waitFor({ timeout: 20_000 })
  await look('given')
  expect(found).toEqual([])
})

test('a number is taken at the kiosk by keys alone', async () => {
  const kiosk = await hallPage(counter.app, 'kiosk')
  const tabTo = async (name: string | RegExp): Promise<void> => {
    const target = kiosk.getByRole('button', { name }).first()
    for (let turn = 0; turn < 20 && !(await target.evaluate((element) => element === document.activeElement)); turn += 1) await kiosk.keyboard.press('Tab')
    await expect(target).toBeFocused()
  }
  const done = kiosk.getByRole('button', { name: 'Xong' })
  if (await done.isVisible()) await done.click()
  await kiosk.locator('[data-step="kinds"]').waitFor()
  await tabTo(/Chứng thực/)
  await kiosk.keyboard.press('Enter')
  await kiosk.locator('[data-step="groups"]').waitFor()
  await tabTo('Không thuộc nhóm nào')
  await kiosk.keyboard.press('Enter')
  await expect(kiosk.locator('[data-step="given"]')).toHaveAttribute('data-label', /B\d{3}$/u, { timeout: 20_000 })
  await tabTo('Xong')
  await kiosk.keyboard.press('Enter')
  await kiosk.locator('[data-step="kinds"]').waitFor()
})

test('no step of a helper’s window has a fault, in either language, at once or twice the size', async () => {
  test.setTimeout(180_000)
  const tablet = await hallPage(counter.app, 'helper')
  const found: string[] = []
  const look = async (step: string): Promise<void> => void found.push(...await faultsInBoth(tablet, step))
  await tablet.getByLabel('Mã cá nhân').waitFor({ timeout: 20_000 })
  await look('sign-in')
  await tablet.getByLabel('Mã cá nhân').fill(HELPERS_SECRET)
  await tablet.keyboard.press('Enter')
  await tablet.getByRole('button', { name: 'Bắt đầu bản mới' }).click({ timeout: 20_000 })
  await look('consent')
  await tablet.getByLabel('Công dân đã nghe và đồng ý').check()
  await tablet.getByRole('button', { name: 'Bắt đầu ghi' }).click()
  await tablet.getByLabel('Công dân muốn làm gì?').fill('xac nhan tinh trang hon nhan')
  await tablet.getByRole('button', { name: /^Cấp Giấy xác nhận tình trạng hôn nhân/ }).click()
  await look('the matter')
  for (const step of ['Người nộp', 'Giấy tờ', 'Xem lại']) {
    await tablet.getByRole('navigation').getByRole('button', { name: step }).click()
    await look(step)
  }
  expect(found).toEqual([])
})
