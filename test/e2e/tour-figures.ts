import { expect } from '@playwright/test'
import { changeSeat } from './counter-acts'
import { type PaperTour, save } from './tour-paperwork'

// The tour's last part: the supervisor's reports, and what an administrator sets for paper.

/** The tour runs on machines of any speed. */
const patient = expect.configure({ timeout: 30_000 })

/** A report by its name in the list; pictured once its page is laid out. */
async function report({ page, shot }: PaperTour, name: string, picture: string, title = name): Promise<void> {
  await page.getByLabel('Chọn báo cáo').selectOption({ label: name })
  await patient(page.getByRole('heading', { level: 1, name: title })).toBeVisible()
  await looked(page)
  await shot(picture)
}

/** The printed page beside the table has come. */
async function looked(page: PaperTour['page']): Promise<void> {
  await page.locator(':focus').blur({ timeout: 200 }).catch(() => undefined)
  await patient(page.getByRole('complementary', { name: /^Bản in/ }).locator('canvas, img').first()).toBeVisible()
  await page.waitForTimeout(900)
}

/** Reports of the day and of the month, on screen, as PDF and as Excel. */
export async function reports(tour: PaperTour): Promise<void> {
  const { page, shot } = tour
  await page.keyboard.press('Alt+7')
  await patient(page.getByRole('heading', { level: 1, name: /Báo cáo ngày/ })).toBeVisible()
  await looked(page)
  await shot('bao-cao-ngay')
  await save(tour, 'Control+s', 'bao-cao-ngay.pdf')
  await page.waitForTimeout(300)
  await save(tour, 'Control+e', 'bao-cao-ngay.xlsx')
  await report(tour, 'Báo cáo tuần, tháng, quý', 'bao-cao-thang', 'Báo cáo tháng')
  await report(tour, 'Biểu II.06a', 'bao-cao-ii06a')
  await report(tour, 'Bảng kê phí, lệ phí', 'bao-cao-phi')
  await report(tour, 'Sổ theo dõi hồ sơ', 'bao-cao-so-theo-doi')
  await save(tour, 'Control+s', 'so-theo-doi.pdf')
  await report(tour, 'Chỉ số phục vụ', 'bao-cao-chi-so')
}

async function section(page: PaperTour['page'], name: string): Promise<void> {
  await page.keyboard.press('Alt+8')
  await page.getByRole('tab', { name, exact: false }).click()
}

/** Printers and their log, who signs, and the words of a form with the paper beside them. */
export async function paperSettings(tour: PaperTour): Promise<void> {
  const { page, shot } = tour
  await changeSeat(page, 'quantri')
  await section(page, 'In ấn')
  await page.waitForTimeout(700)
  await shot('cai-dat-in-an')
  await section(page, 'Người ký và phòng ban')
  await page.waitForTimeout(500)
  await shot('cai-dat-nguoi-ky')
  await section(page, 'Biểu mẫu')
  await page.getByRole('button', { name: /Mẫu 02/ }).waitFor()
  await shot('cai-dat-bieu-mau')
  await page.getByRole('button', { name: /Mẫu 02/ }).click()
  await page.getByRole('tab', { name: 'Nội dung' }).click()
  await page.locator('#wording-group .inp').first().press('End')
  await page.keyboard.type(' (bản của phường)')
  await page.waitForTimeout(2500)
  await shot('sua-loi-bieu-mau')
  await page.getByRole('button', { name: 'Bỏ thay đổi' }).click()
}
