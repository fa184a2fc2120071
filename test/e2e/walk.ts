import { join } from 'node:path'
import { expect, type Locator, type Page } from '@playwright/test'

/** What an officer does at the counter, in the words that stand on the screen. Shared by the end-to-end tests and the tour. */

export const papers = join(import.meta.dirname, '..', '..', 'resources', 'practice', 'papers')
export const DECLARATION = join(papers, 'to-khai-xac-nhan-hon-nhan.pdf')
export const RULING = join(papers, 'quyet-dinh-thuan-tinh-ly-hon.jpg')

/** The QR text of an invented card of 2021: seven fields, the old number empty. */
export const CARD = '079192004617||ĐẶNG THỊ NGỌC ÁNH|14031992|Nữ|27/4 đường Bàu Tràm, phường Tân Mỹ Hưng, TP. Hồ Chí Minh|01072024'

/** A second invented citizen. */
export const SECOND_CARD = '079088000154||TRẦN HỮU PHƯỚC|02091988|Nam|112 đường Rạch Lá, phường Tân Mỹ Hưng, TP. Hồ Chí Minh|15082023'

export const SECRETS = { duyen: 'thuc-hanh-duyen', huy: 'thuc-hanh-huy', quantri: 'thuc-hanh-quantri' } as const

const NAMES = { duyen: 'Đỗ Thị Mỹ Duyên', huy: 'Phạm Quốc Huy', quantri: 'Trịnh Minh Khoa' } as const

/** Signs in from the sign-in screen; returns when the frame is there. */
export async function signIn(page: Page, who: keyof typeof SECRETS = 'duyen'): Promise<void> {
  const field = page.getByLabel(/^Mã cá nhân/)
  await field.waitFor({ timeout: 60_000 })
  await page.getByText(NAMES[who]).first().click()
  await field.fill(SECRETS[who])
  await field.press('Enter')
  await page.getByRole('navigation', { name: 'Màn hình' }).waitFor({ timeout: 30_000 })
}

/** Opens a fresh draft. */
export async function newIntake(page: Page): Promise<void> {
  await page.keyboard.press('F2')
  const scan = page.getByLabel('Mã QR trên thẻ')
  // The same words stand on other screens; in the bar they are the intake's own.
  const fresh = page.locator('.bar').getByRole('button', { name: 'Tiếp nhận mới' })
  await expect(scan.or(fresh).first()).toBeVisible()
  if (!(await scan.isVisible())) await page.keyboard.press('Control+Enter')
  await scan.waitFor()
}

/** Pastes the text of a card's QR where a scanner would type it. */
export async function scanCard(page: Page, text = CARD): Promise<void> {
  const scan = page.getByLabel('Mã QR trên thẻ')
  await scan.fill(text)
  await scan.press('Enter')
  await expect(page.getByLabel('Họ và tên')).not.toHaveValue('')
}

/** The invented cards of practice mode by the digit that puts them on the virtual reader and scans their QR. */
export const SAMPLES = { anh: '1', phuoc: '2', khang: '3', expired: '4', changed: '5', copied: '6' } as const

/** Puts an invented card on the virtual reader, scans its QR and waits until its chip was read and proved. */
export async function readSampleCard(page: Page, card: keyof typeof SAMPLES): Promise<void> {
  // The cards come with the first look at the readers.
  await page.getByRole('button', { name: /Thẻ mẫu/ }).waitFor()
  await page.keyboard.press('Alt+v')
  await page.getByRole('dialog', { name: 'Thẻ mẫu' }).waitFor()
  await page.keyboard.press(SAMPLES[card])
  await expect(page.getByText(/^Đọc \d\d:\d\d$/)).toBeVisible({ timeout: 20_000 })
}

/** Finds a procedure by what was typed, takes the first and answers its questions: the place first, then as told. */
export async function chooseProcedure(page: Page, query: string, code: string, answers: readonly string[]): Promise<void> {
  await page.keyboard.press('Alt+t')
  await page.getByLabel('Tìm thủ tục').fill(query)
  await expect(page.getByRole('option').first()).toContainText(code)
  await page.keyboard.press('Enter')
  for (const answer of answers) await page.locator('.questions').getByRole('group').getByRole('button', { name: answer }).first().click()
}

/** The row of a paper in the checklist. */
export const paperRow = (page: Page, name: string): Locator => page.getByRole('row', { name: new RegExp(name, 'u') })

/** Takes files in for a paper. */
export async function addPaper(page: Page, name: string, files: readonly string[]): Promise<void> {
  await paperRow(page, name).click()
  await page.getByLabel('Chọn tệp cho giấy đang mở').setInputFiles([...files])
  await expect(paperRow(page, name)).toContainText('Đã có', { timeout: 20_000 })
}

/** Feeds the practice pile into a paper through the simulated scanner: a page, its empty back, a separator sheet, three pages of the next paper. */
export async function scanPile(page: Page, name: string, onDialog?: () => Promise<void>): Promise<void> {
  const row = paperRow(page, name)
  await row.click({ position: { x: 20, y: 20 } })
  await page.keyboard.press('Shift+F9')
  const dialog = page.getByRole('dialog', { name: /Quét/ })
  await expect(dialog.getByText(/Máy quét giả lập/).first()).toBeVisible({ timeout: 30_000 })
  await onDialog?.()
  await dialog.getByRole('button', { name: /^Quét/ }).click()
  await expect(row.locator('.sheet-page')).toHaveCount(1, { timeout: 60_000 })
  await expect(page.getByRole('progressbar', { name: /trang/ })).toHaveCount(0, { timeout: 60_000 })
}

/** Ticks a paper that was only shown. */
export async function markSeen(page: Page, name: string): Promise<void> {
  await paperRow(page, name).click()
  await page.getByRole('button', { name: 'Đã xem bản chính' }).click()
  await expect(paperRow(page, name)).toContainText('Đã xem')
}

/** Confirmation of marital status, ready to be received: person, procedure, papers, fee. */
export async function fillMaritalStatus(page: Page, card = CARD): Promise<void> {
  await newIntake(page)
  await scanCard(page, card)
  await fillAfterCard(page)
}

/** The same after the person: phone, procedure, papers, fee. */
export async function fillAfterCard(page: Page): Promise<void> {
  await page.getByLabel('Điện thoại').fill('0903 517 284')
  await chooseProcedure(page, 'tinh trang hon nhan', '1.004873', ['Đã ly hôn'])
  await page.keyboard.press('Alt+g')
  await addPaper(page, 'Tờ khai', [DECLARATION])
  await addPaper(page, 'Bản án, quyết định ly hôn', [RULING])
  await markSeen(page, 'tùy thân')
  await page.keyboard.press('Alt+p')
  await page.getByLabel(/Số tiền theo nghị quyết/).fill('15000')
  await page.getByRole('radio', { name: 'Tiền mặt' }).click()
}

/** Presses the primary action and answers the code that the dossier got. */
export async function receive(page: Page): Promise<string> {
  await page.keyboard.press('Control+Enter')
  const code = page.getByTestId('dossier-code')
  await code.waitFor({ timeout: 20_000 })
  return (await code.textContent()) ?? ''
}

/** Waits until the screen shows the city's stored acknowledgement. */
export async function expectReceivedByCity(page: Page): Promise<void> {
  await expect(page.getByText(/Thành phố đã nhận/).first()).toBeVisible({ timeout: 30_000 })
}

/** The figures of this moment, of who answers for reports: Alt+7 leads to the reports first, and from them to the figures. */
export async function toWall(page: Page): Promise<void> {
  const wall = page.getByRole('region', { name: 'Các quầy' })
  await page.keyboard.press('Alt+7')
  await expect(wall.or(page.getByLabel('Chọn báo cáo')).first()).toBeVisible({ timeout: 20_000 })
  if (!(await wall.isVisible())) await page.keyboard.press('Alt+7')
  await wall.waitFor()
}
