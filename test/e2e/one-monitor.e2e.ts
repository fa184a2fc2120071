import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from '@playwright/test'
import { type City, doors, startCity } from '../city'
import { giveNumber } from './counter-acts'
import { hallPage, twoMonitors } from './hall'
import { launchApp, type Launched } from './launch'
import { fillMaritalStatus, SECRETS, signIn } from './walk'

let city: City
let folder: string
let counter: Launched

test.beforeAll(async () => {
  city = await startCity({ doors: true })
})
test.afterAll(() => city.close())
test.beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'one-monitor-'))
  const monitors = join(folder, 'monitors.json')
  writeFileSync(monitors, JSON.stringify(twoMonitors.slice(0, 1)))
  counter = await launchApp({ dataFolder: join(folder, 'data'), practice: true, cityUrl: city.url, enrolment: await doors(city.url).enrolmentCode(), env: { MOTCUA_MONITORS: monitors } })
})
test.afterEach(async () => {
  await counter.close()
  rmSync(folder, { recursive: true, force: true })
})

test('what the citizen confirmed on the turned monitor stands beside the draft once the counter is unlocked', async () => {
  const { app, page } = counter
  await signIn(page)
  await fillMaritalStatus(page)
  await page.keyboard.press('Alt+x')
  await page.getByRole('button', { name: 'Xoay máy cho công dân xem' }).click()
  const display = await hallPage(app, 'display')
  await display.getByRole('button', { name: 'Không ký được' }).click({ timeout: 20_000 })
  await display.getByRole('button', { name: 'Đúng, tôi nộp hồ sơ' }).click()
  await expect(display.getByText('Đã xác nhận')).toBeVisible()
  await display.getByRole('button', { name: 'Cán bộ lấy lại máy' }).click()
  const secret = page.getByLabel(/^Mã cá nhân/)
  await secret.fill(SECRETS.duyen)
  await secret.press('Enter')
  await expect(page.getByText(/Công dân xác nhận lúc/)).toBeVisible({ timeout: 10_000 })
})

test('a number that was parked with its draft is served again when the draft is opened', async () => {
  const { page } = counter
  await signIn(page)
  await page.keyboard.press('Alt+1')
  await giveNumber(page, 0, 0)
  await page.keyboard.press('F4')
  await fillMaritalStatus(page)
  const inHand = page.locator('.in-hand')
  await expect(inHand).toContainText('Đang phục vụ')
  await page.keyboard.press('Control+g')
  await expect(page.getByRole('grid', { name: 'Hàng chờ' })).toContainText('Tạm giữ')
  await expect(inHand).toHaveCount(0)
  await page.keyboard.press('F2')
  await page.getByRole('grid', { name: 'Bản nháp dở' }).waitFor()
  await page.keyboard.press('Enter')
  await expect(inHand).toContainText('Đang phục vụ', { timeout: 10_000 })
})
