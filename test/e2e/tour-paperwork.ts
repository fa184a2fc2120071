import { existsSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { expect, type ElectronApplication, type Page } from '@playwright/test'
import { hallPage } from './hall'
import { leaveToday, type Shot, sign } from './tour-hall'
import { chooseProcedure, expectReceivedByCity, markSeen, newIntake, receive, scanCard, SECRETS } from './walk'

// The tour's fourth part: what becomes of a dossier after it was received, form by form, and the fee.

/** The tour runs on machines of any speed. */
const patient = expect.configure({ timeout: 30_000 })

export type PaperTour = Readonly<{ app: ElectronApplication; page: Page; shot: Shot; out: string }>

/** Somebody whose papers are not taken in. */
const STRANGER = '079070003418||HỒ VĂN LỢI|19061970|Nam|8 đường Tôn Đản, phường Tân Mỹ Hưng, TP. Hồ Chí Minh|03032023'
/** Somebody who pays by transfer. */
const PAYER = '079195007731||LÂM NGỌC BÍCH|22121995|Nữ|44 đường Bàu Tràm, phường Tân Mỹ Hưng, TP. Hồ Chí Minh|17092024'

const FORMS = { '02': /Phiếu yêu cầu bổ sung/, '03': /Phiếu từ chối/, '04': /Thư xin lỗi và gia hạn/, '05': /Thông báo dừng/, '06': /Phiếu kiểm soát/ } as const
type Form = keyof typeof FORMS

/** The save dialog belongs to the system; the tour answers it with a file of its own. Everything behind it is the real thing. */
export async function answerSaveDialog(app: ElectronApplication, path: string): Promise<void> {
  await app.evaluate(({ dialog }, filePath) => {
    dialog.showSaveDialog = () => Promise.resolve({ canceled: false, filePath })
  }, path)
}

/** Presses a key that saves, and waits until the file is there. */
export async function save({ app, page, out }: PaperTour, key: string, name: string): Promise<void> {
  const file = join(out, name)
  await answerSaveDialog(app, file)
  await page.keyboard.press(key)
  await patient.poll(() => existsSync(file) && statSync(file).size > 0).toBe(true)
}

/** Presses a key of the bar once its button is there: which acts are possible is asked of the core. */
async function press(page: Page, button: string, key: string): Promise<void> {
  await patient(page.locator('.bar').getByRole('button', { name: button })).toBeVisible()
  await page.keyboard.press(key)
}

/** The dialog of an act with the form beside it: looked at, done, its form kept, left. */
async function issue(tour: PaperTour, form: Form, picture: string): Promise<void> {
  const { page, shot } = tour
  const dialog = page.getByRole('dialog')
  // The form beside the fields is laid out once the typing has stopped.
  await patient(dialog.locator('canvas, img').first()).toBeVisible()
  await page.waitForTimeout(1200)
  await shot(picture)
  await page.keyboard.press('Control+Enter')
  if (form === '03') {
    await patient(dialog.getByRole('alert')).toContainText('không lấy lại được')
    await page.keyboard.press('Control+Enter')
  }
  // The dialog's own words name the form, too.
  await patient(dialog.getByText(FORMS[form]).filter({ hasText: 'đã lập' })).toBeVisible()
  await save(tour, 'Control+s', `mau-${form}.pdf`)
  await patient(dialog.getByText('Đã lưu phiếu thành PDF.')).toBeVisible()
  if (form === '02') await shot('phieu-da-lap')
  await page.keyboard.press('Control+Enter')
  await patient(dialog).toBeHidden()
}

/** The supervisor proves to be there, without taking the seat. */
async function approve(page: Page): Promise<void> {
  await page.getByLabel('Tên đăng nhập').fill('huy')
  await page.getByLabel('Mã cá nhân').fill(SECRETS.huy)
}

async function supplement(tour: PaperTour): Promise<void> {
  const { page, shot } = tour
  const dialog = page.getByRole('dialog')
  await press(page, 'Yêu cầu bổ sung', 'Control+b')
  await dialog.getByRole('checkbox').first().check()
  await dialog.getByPlaceholder('Thiếu gì, sửa gì').fill('Ghi thêm nơi cư trú từ khi đủ tuổi kết hôn')
  await dialog.getByLabel('bản chính').fill('1')
  await page.getByLabel(/^Lý do/).fill('Tờ khai chưa ghi nơi cư trú trước đây.')
  await issue(tour, '02', 'mau-02-bo-sung')
  await press(page, 'Nhận đủ, tính lại hạn', 'Control+Enter')
  await patient(dialog.getByRole('checkbox').first()).toBeVisible()
  await dialog.getByRole('checkbox').first().check()
  await shot('nhan-bo-sung')
  await page.keyboard.press('Control+Enter')
  await patient(dialog).toBeHidden()
}

async function extension(tour: PaperTour): Promise<void> {
  const { page } = tour
  await press(page, 'Xin lỗi, hẹn lại', 'Control+h')
  await page.getByLabel(/^Lý do chậm/).fill('Chờ trả lời xác minh của nơi cư trú cũ.')
  await approve(page)
  await issue(tour, '04', 'mau-04-xin-loi')
}

async function handOnAndReady(tour: PaperTour): Promise<void> {
  const { page, shot } = tour
  const dialog = page.getByRole('dialog')
  await press(page, 'Chuyển hồ sơ', 'Control+Enter')
  await page.getByLabel(/^Người nhận/).fill('Lê Thị Cẩm Tú')
  await issue(tour, '06', 'mau-06-kiem-soat')
  await press(page, 'Báo có kết quả', 'Control+Enter')
  await page.getByLabel(/^Kết quả gì/).fill('Giấy xác nhận số 12/UBND-XN')
  await page.keyboard.press('Control+Enter')
  await patient(dialog).toBeHidden()
  await patient(page.locator('.bar').getByRole('button', { name: 'Trả kết quả' })).toBeVisible()
  await page.waitForTimeout(800)
  await shot('ho-so-co-ket-qua')
}

/** The dossier on the screen goes from a supplement to its result. */
export async function forms(tour: PaperTour): Promise<void> {
  await supplement(tour)
  await extension(tour)
  await handOnAndReady(tour)
}

/** The list of what is about to be due, then the dialog that stops a dossier of it; it is only looked at. */
export async function dueAndStop({ page, shot }: PaperTour): Promise<void> {
  await page.keyboard.press('Alt+1')
  await page.getByRole('region', { name: 'Quá hạn' }).waitFor()
  await page.keyboard.press('Control+h')
  await patient(page.getByRole('heading', { name: 'Sắp đến hạn, quá hạn' })).toBeVisible()
  await page.getByRole('radio', { name: /^10/ }).click()
  await patient(page.getByRole('grid').getByRole('row').nth(1)).toBeVisible()
  await shot('sap-den-han')
  await page.keyboard.press('Alt+3')
  await page.getByRole('row', { name: /Trần Hữu Phước/i }).first().dblclick()
  await press(page, 'Chuyển khác', 'Control+m')
  const choices = page.getByRole('dialog', { name: 'Chuyển hồ sơ sang' })
  await choices.getByRole('button', { name: /^Lập thông báo dừng/ }).click()
  const dialog = page.getByRole('dialog', { name: /Dừng giải quyết/ })
  await dialog.getByRole('radio', { name: /đề nghị/ }).first().waitFor()
  await page.getByLabel(/^Nội dung thêm/).fill('Trả lại bản chính đã nộp.')
  await dialog.locator('.choice').first().click()
  await patient(dialog.locator('canvas, img').first()).toBeVisible()
  await page.waitForTimeout(1200)
  await shot('mau-05-dung')
  await page.keyboard.press('Escape')
  await patient(dialog).toBeHidden()
}

/** Not taken in: the citizen leaves with the reason in writing. */
export async function refuse(tour: PaperTour): Promise<void> {
  const { page, shot } = tour
  await leaveToday(page)
  await newIntake(page)
  await scanCard(page, STRANGER)
  await chooseProcedure(page, 'tinh trang hon nhan', '1.004873', [])
  await page.keyboard.press('Alt+g')
  await press(page, 'Không nhận', 'Control+b')
  await page.getByRole('dialog', { name: 'Không nhận hồ sơ' }).waitFor()
  await shot('khong-nhan')
  await page.keyboard.press('2')
  const dialog = page.getByRole('dialog', { name: /Từ chối tiếp nhận/ })
  await dialog.getByRole('checkbox').first().check({ timeout: 30_000 })
  await page.getByLabel(/^Giải thích thêm/).fill('Nơi đã đăng ký kết hôn xác nhận được việc này.')
  await issue(tour, '03', 'mau-03-tu-choi')
  await patient(page.getByText('Không được tiếp nhận').first()).toBeVisible()
}

/** A dossier whose fee is still open: transfer by VietQR, cash, and a payment taken back with a second person. */
export async function fee(tour: PaperTour): Promise<void> {
  const { page, shot } = tour
  await leaveToday(page)
  await newIntake(page)
  await scanCard(page, PAYER)
  await chooseProcedure(page, 'chung thuc ban sao', '2.000815', ['Có', 'Nguyên vẹn', 'Không'])
  await page.keyboard.press('Alt+g')
  await markSeen(page, 'Bản chính')
  await page.keyboard.press('Alt+p')
  await page.getByRole('radio', { name: 'Chưa thu' }).click()
  await receive(page)
  await expectReceivedByCity(page)
  await page.getByRole('button', { name: 'Mở hồ sơ' }).click()
  await patient(page.getByRole('button', { name: /^Chuyển khoản/ })).toBeVisible()
  await shot('phi-chua-nop')
  await page.keyboard.press('Control+u')
  const dialog = page.getByRole('dialog')
  await patient(dialog.getByRole('img', { name: /^Mã VietQR/ })).toBeVisible()
  await shot('phi-vietqr')
  await page.keyboard.press('Escape')
  await patient(dialog).toBeHidden()
  await page.keyboard.press('Control+t')
  await page.getByLabel(/^Công dân đưa/).fill('50000')
  await shot('phi-tien-mat')
  await page.keyboard.press('Control+Enter')
  await patient(dialog).toBeHidden()
  await page.getByRole('button', { name: /^Hủy khoản thu/ }).click()
  await page.getByLabel(/^Lý do/).fill('Thu nhầm: công dân chuyển khoản.')
  await approve(page)
  await shot('phi-huy-khoan-thu')
  await page.keyboard.press('Control+Enter')
  await patient(dialog).toBeHidden()
  await patient(page.getByText(/^Đã hủy/).first()).toBeVisible()
  await page.keyboard.press('Control+u')
  await patient(dialog.getByRole('img', { name: /^Mã VietQR/ })).toBeVisible()
  await page.keyboard.press('Control+Enter')
  await patient(dialog).toBeHidden()
  await shot('phi-da-nop')
}

const NOTES = [500_000, 200_000, 100_000, 50_000, 20_000, 10_000, 5_000, 2_000, 1_000]

/** The drawer is counted at the end of the shift, and holds what the books say. */
export async function cashCount({ page, shot }: PaperTour): Promise<void> {
  await page.keyboard.press('Alt+1')
  await page.getByRole('button', { name: 'Kiểm quỹ' }).waitFor()
  await page.keyboard.press('F9')
  await page.getByRole('heading', { name: 'Kiểm quỹ cuối ca' }).waitFor()
  const sums = page.locator('.count-fields .count-sums dd')
  let left = Number(((await sums.nth(1).textContent()) ?? '').replaceAll(/\D/gu, ''))
  for (const note of NOTES) {
    const pieces = Math.floor(left / note)
    left -= pieces * note
    if (pieces > 0) await page.locator(`[name="pieces.${String(note)}"]`).fill(String(pieces))
  }
  await patient(page.getByText('Khớp sổ.')).toBeVisible()
  await shot('kiem-quy')
  await page.keyboard.press('Control+Enter')
  await patient(page.getByText('Chưa kiểm lần nào.')).toHaveCount(0)
}

/** The owner comes for the result: found by the end of the code, signed for on the citizen's display. */
export async function handOver({ app, page, shot }: PaperTour, code: string): Promise<void> {
  const display = await hallPage(app, 'display')
  await page.keyboard.press('Alt+4')
  await page.getByRole('heading', { name: 'Trả kết quả' }).waitFor()
  await shot('tra-ket-qua-cho')
  const find = page.getByLabel('Tìm hồ sơ để trả')
  await find.fill(code)
  await patient(page.getByRole('grid', { name: 'Trả kết quả' }).getByRole('row')).toHaveCount(2)
  await find.press('Enter')
  await page.getByRole('radio', { name: /Thẻ căn cước, đã đối chiếu mặt/ }).check({ timeout: 30_000 })
  await shot('tra-ket-qua')
  await page.keyboard.press('Control+Enter')
  await display.getByRole('button', { name: 'Tôi đã nhận đủ' }).waitFor()
  await sign(display)
  await shot('cong-dan-ky-nhan', display)
  await display.getByRole('button', { name: 'Tôi đã nhận đủ' }).click()
  await patient(page.getByText(/^Đã ký lúc/)).toBeVisible()
  await page.keyboard.press('Control+Enter')
  await patient(page.getByRole('heading', { name: 'Đã trả kết quả' })).toBeVisible()
  await shot('da-tra-ket-qua')
  await page.keyboard.press('Shift+F8')
}
