import { expect, test } from '@playwright/test'
import { giveNumber } from './counter-acts'
import { hallForEach, hallPage, twoMonitors } from './hall'
import { fillMaritalStatus, SECRETS, signIn } from './walk'

const hall = hallForEach('one-monitor', twoMonitors.slice(0, 1))

test('what the citizen confirmed on the turned monitor stands beside the draft once the counter is unlocked', async () => {
  const { app, page } = hall.now()
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
  const { page } = hall.now()
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
