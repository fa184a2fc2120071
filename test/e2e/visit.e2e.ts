import { expect, test } from '@playwright/test'
import { hallForEach, hallPage, openInWindow } from './hall'
import { drawSignature } from './signing-acts'
import { fillMaritalStatus, signIn, toWall } from './walk'

const hall = hallForEach('visit')

test('a whole visit: a number at the kiosk, called on the board, the citizen checks and signs, and says how it was', async () => {
  const { app, page, log } = hall.now()
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

  await drawSignature(display)
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
  await toWall(page)
  await expect(page.getByRole('region', { name: 'Hài lòng' })).toContainText('100 %', { timeout: 15_000 })
  expect(log.filter((line) => /ĐẶNG|079192004617|0903/u.test(line))).toEqual([])
})

test('the display is cleared when the counter is locked', async () => {
  const { app, page } = hall.now()
  await signIn(page)
  const display = await hallPage(app, 'display')
  await fillMaritalStatus(page)
  await page.keyboard.press('Alt+x')
  await page.keyboard.press('F8')
  await expect(display.getByText('079 ••• ••• 617')).toBeVisible({ timeout: 20_000 })
  await page.keyboard.press('Control+l')
  await expect(display.getByText('079 ••• ••• 617')).toHaveCount(0, { timeout: 5000 })
})
