import { expect, type Page, test } from '@playwright/test'
import { doors } from '../city'
import { changeSeat } from './counter-acts'
import { hallForEach } from './hall'
import { chooseProcedure, expectReceivedByCity, fillMaritalStatus, newIntake, receive, scanCard, SECRETS, signIn } from './walk'

const hall = hallForEach('paperwork', null)

/** Presses a key of the bar once its button is there: which acts are possible is asked of the core. */
async function press(page: Page, button: string, key: string): Promise<void> {
  await expect(page.locator('.bar').getByRole('button', { name: button })).toBeVisible({ timeout: 20_000 })
  await page.keyboard.press(key)
}

/** The dialog of an act: fills it by the given steps, does it, and leaves the issued form. */
async function act(page: Page, title: RegExp, fill: () => Promise<void>, issued: RegExp | null): Promise<void> {
  const dialog = page.getByRole('dialog', { name: title })
  await dialog.waitFor({ timeout: 20_000 })
  await fill()
  await page.keyboard.press('Control+Enter')
  if (issued !== null) {
    await expect(dialog.getByText(issued)).toBeVisible({ timeout: 30_000 })
    await page.keyboard.press('Control+Enter')
  }
  await expect(dialog).toBeHidden({ timeout: 20_000 })
}

async function approve(page: Page): Promise<void> {
  await page.getByLabel('Tên đăng nhập').fill('huy')
  await page.getByLabel('Mã cá nhân').fill(SECRETS.huy)
}

async function receivedDossier(page: Page): Promise<string> {
  await signIn(page)
  await fillMaritalStatus(page)
  const code = await receive(page)
  await expectReceivedByCity(page)
  await page.getByRole('button', { name: 'Mở hồ sơ' }).click()
  await page.getByRole('heading', { level: 1 }).getByText(code).waitFor()
  return code
}

test('a dossier goes through supplement, resubmission, extension and hand-over of the result, and the report tells of it', async () => {
  test.setTimeout(300_000)
  const { page, city, log } = hall.now()
  const code = await receivedDossier(page)

  await press(page, 'Yêu cầu bổ sung', 'Control+b')
  await act(page, /Yêu cầu bổ sung/, async () => {
    await page.getByRole('dialog').getByRole('checkbox').first().check()
    await page.getByLabel(/^Lý do/).fill('Tờ khai chưa ghi nơi cư trú trước đây.')
  }, /Phiếu yêu cầu bổ sung.*01\.Q/)
  await expect(page.getByText('Yêu cầu bổ sung').first()).toBeVisible()

  await press(page, 'Nhận đủ, tính lại hạn', 'Control+Enter')
  await act(page, /Đã nhận bổ sung/, () => page.getByRole('dialog').getByRole('checkbox').first().check(), null)

  await press(page, 'Xin lỗi, hẹn lại', 'Control+h')
  await act(page, /Xin lỗi, hẹn lại/, async () => {
    await page.getByLabel(/^Lý do chậm/).fill('Chờ trả lời xác minh của nơi cư trú cũ.')
    await approve(page)
  }, /Thư xin lỗi và gia hạn.*01\.Q/)

  await press(page, 'Chuyển hồ sơ', 'Control+Enter')
  await act(page, /Chuyển hồ sơ/, () => page.getByLabel(/^Người nhận/).fill('Lê Thị Cẩm Tú'), /Phiếu kiểm soát.*01\.Q/)
  await press(page, 'Báo có kết quả', 'Control+Enter')
  await act(page, /Báo có kết quả/, () => page.getByLabel(/^Kết quả gì/).fill('Giấy xác nhận số 12/UBND-XN'), null)

  await press(page, 'Trả kết quả', 'Control+Enter')
  await handOver(page)

  await expect.poll(async () => {
    const versions = (await doors(city.url).submissions()).filter((each) => each.dossierCode === code).map(({ version }) => version)
    return versions.length > 0 && versions.length === Math.max(...versions)
  }, { timeout: 60_000 }).toBe(true)

  await reportTells(page)
  expect(log.filter((line) => /ĐẶNG|Đặng|079192004617|0903/u.test(line))).toEqual([])
})

/** The owner takes it, her card was seen, and signs on paper. */
async function handOver(page: Page): Promise<void> {
  await page.getByRole('radio', { name: /Thẻ căn cước, đã đối chiếu mặt/ }).check({ timeout: 20_000 })
  const onPaper = page.getByRole('radio', { name: 'Trên giấy' })
  if (await onPaper.isVisible()) await onPaper.click()
  await page.keyboard.press('Control+Enter')
  await expect(page.getByRole('heading', { name: 'Đã trả kết quả' })).toBeVisible({ timeout: 20_000 })
}

/** The supervisor's daily sheet: one received, one solved, and every sum comes out. */
async function reportTells(page: Page): Promise<void> {
  await changeSeat(page, 'huy')
  await page.keyboard.press('Alt+7')
  await expect(page.getByRole('heading', { level: 1, name: /Báo cáo ngày/ })).toBeVisible({ timeout: 20_000 })
  const checks = page.getByRole('region', { name: 'Đối chiếu' })
  await expect(checks).toContainText('Tiếp nhận 1 = xong 1 + đang làm 0', { timeout: 20_000 })
  await expect(checks).toContainText('Gửi 1, nhận 1: chờ 0, cần xử lý 0')
  await expect(checks).not.toContainText('không khớp')
  // Figures stand under their headings: each row is a row of the table.
  await expect(page.locator('.sheet-table tbody tr').first()).toHaveCSS('display', 'table-row')
}

test('a citizen whose papers are not taken in leaves with the legal reason, and the city is told', async () => {
  const { page, city } = hall.now()
  await signIn(page)
  await newIntake(page)
  await scanCard(page)
  await chooseProcedure(page, 'tinh trang hon nhan', '1.004873', [])
  await page.keyboard.press('Alt+g')
  await press(page, 'Không nhận', 'Control+b')
  await page.getByRole('dialog', { name: 'Không nhận hồ sơ' }).waitFor()
  await page.keyboard.press('2')
  await act(page, /Từ chối tiếp nhận/, async () => {
    await page.getByRole('dialog').getByRole('checkbox').first().check({ timeout: 20_000 })
    // It cannot be taken back: the key is pressed twice.
    await page.keyboard.press('Control+Enter')
    await expect(page.getByRole('alert')).toContainText('không lấy lại được')
  }, /Phiếu từ chối.*01\.Q/)
  await expect(page.getByText('Không được tiếp nhận').first()).toBeVisible({ timeout: 20_000 })
  const code = (await page.getByRole('heading', { level: 1 }).textContent()) ?? ''
  await expect.poll(async () => (await doors(city.url).submissions()).some((each) => each.dossierCode === code), { timeout: 30_000 }).toBe(true)
})
