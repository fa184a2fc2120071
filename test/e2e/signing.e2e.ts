import { expect, test } from '@playwright/test'
import { hallForEach, hallPage } from './hall'
import { issueOnToken, OWN_PIN, trialAndHandOver, typeOn } from './signing-acts'
import { fillAfterCard, newIntake, readSampleCard, signIn } from './walk'

const hall = hallForEach('signing')

test('a citizen gets a signature on a token, signs the dossier with it, and leaves with both', async () => {
  test.setTimeout(300_000)
  const { app, page, log } = hall.now()
  await signIn(page)
  const display = await hallPage(app, 'display')
  await newIntake(page)
  await readSampleCard(page, 'anh')
  await fillAfterCard(page)
  await page.keyboard.press('Alt+g')
  await page.getByRole('button', { name: 'Cấp chữ ký số cho người này' }).click()
  await expect(page.getByRole('radio', { name: /CA Nam Bình \(trình diễn\)/ })).toBeChecked({ timeout: 20_000 })
  await page.keyboard.press('Control+Enter')
  await issueOnToken(page, display)
  await trialAndHandOver(page, display)

  await page.keyboard.press('Alt+2')
  await page.getByRole('row', { name: /Đặng Thị Ngọc Ánh/i }).first().dblclick()
  await expect(page.getByRole('heading', { name: 'Người nộp' })).toBeVisible({ timeout: 20_000 })
  await page.keyboard.press('Alt+g')
  await expect(page.getByRole('table', { name: 'Thành phần hồ sơ' })).toBeVisible({ timeout: 20_000 })
  await expect(page.getByRole('button', { name: 'Ký số', exact: true })).toHaveAttribute('aria-disabled', 'false', { timeout: 20_000 })
  await page.keyboard.press('Alt+y')
  const dialog = page.getByRole('dialog')
  await expect(dialog.getByText('RSA-PSS', { exact: false }).first()).toBeVisible({ timeout: 30_000 })
  await page.keyboard.press('Control+Enter')
  await typeOn(display, 'Nhập mã PIN của chữ ký số', OWN_PIN)
  await expect(dialog.getByText('Đã ký')).toBeVisible({ timeout: 30_000 })
  await page.keyboard.press('Control+Enter')
  expect(log.filter((line) => /ĐẶNG|079192004617|0903|12345678|135792/u.test(line))).toEqual([])
})
