import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, type Page, test } from '@playwright/test'
import { type City, type Doors, doors, startCity } from '../city'
import { launchApp, type Launched } from './launch'
import { CARD, chooseProcedure, expectReceivedByCity, fillMaritalStatus, newIntake, receive, scanCard, signIn } from './walk'

let city: City
let door: Doors
let folder: string
let counter: Launched

const open = async (): Promise<void> => {
  counter = await launchApp({ dataFolder: join(folder, 'data'), practice: true, cityUrl: city.url, enrolment: await door.enrolmentCode() })
}
const arrived = async (): Promise<string[]> => (await door.submissions()).map(({ dossierCode }) => dossierCode)

/** A whole walk-in up to the city's acknowledgement; answers the dossier's code. */
async function receivedWalkIn(page: Page): Promise<string> {
  await signIn(page)
  await fillMaritalStatus(page)
  const code = await receive(page)
  await expectReceivedByCity(page)
  return code
}

test.beforeAll(async () => {
  city = await startCity({ doors: true })
  door = doors(city.url)
})
test.afterAll(() => city.close())
test.beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'walk-in-'))
  await open()
})
test.afterEach(async () => {
  await door.line(true)
  await counter.close()
  rmSync(folder, { recursive: true, force: true })
})

test('a walk-in with the line up ends with the stored acknowledgement of the city', async () => {
  const { page } = counter
  const code = await receivedWalkIn(page)
  expect((await arrived()).filter((each) => each === code)).toHaveLength(1)
})

test('with the line down the same walk-in gets a final code, and the city gets it once when the line is back', async () => {
  const { page } = counter
  await signIn(page)
  await expect(page.getByRole('button', { name: 'Có mạng' })).toBeVisible({ timeout: 20_000 })
  await expect(page.locator('.strip')).toContainText(/Số còn [1-9]/, { timeout: 20_000 })
  await door.line(false)
  await fillMaritalStatus(page)
  const code = await receive(page)
  expect(code).toMatch(/^H29\.900-\d{6}-\d{4}$/)
  await expect(page.locator('.strip')).toContainText('Mất mạng', { timeout: 30_000 })
  expect(await arrived()).not.toContain(code)
  await door.line(true)
  await page.keyboard.press('F5')
  await expectReceivedByCity(page)
  expect((await arrived()).filter((each) => each === code)).toHaveLength(1)
})

test('a draft is back on the same field after the whole program was killed', async () => {
  await signIn(counter.page)
  await newIntake(counter.page)
  await scanCard(counter.page)
  await counter.page.getByLabel('Điện thoại').fill('0903 517 284')
  await expect(counter.page.getByText(/Nháp đã lưu/)).toBeVisible()
  await counter.page.waitForTimeout(1200)
  const gone = new Promise((resolve) => counter.app.process().once('exit', resolve))
  counter.app.process().kill('SIGKILL')
  await gone
  await open()
  const { page } = counter
  await signIn(page)
  await page.keyboard.press('Alt+2')
  await page.getByText('Đặng Thị Ngọc Ánh').first().dblclick()
  await expect(page.getByLabel('Điện thoại')).toBeFocused()
  await expect(page.getByLabel('Điện thoại')).toHaveValue(/0903.?517.?284/)
})

test('a supplement asked for in the dossier reaches the city as its second version', async () => {
  const { page } = counter
  const code = await receivedWalkIn(page)
  await page.getByRole('button', { name: 'Mở hồ sơ' }).click()
  await page.locator('.bar').getByRole('button', { name: 'Yêu cầu bổ sung' }).click()
  const dialog = page.getByRole('dialog', { name: /Yêu cầu bổ sung/ })
  await dialog.getByRole('checkbox').first().check()
  await dialog.getByLabel(/^Lý do/).fill('Bổ sung bản sao quyết định có chứng thực.')
  await dialog.getByRole('button', { name: /^Lập phiếu bổ sung/ }).click()
  await expect.poll(async () => (await door.submissions()).filter((each) => each.dossierCode === code).map(({ version }) => version).sort(), { timeout: 30_000 }).toEqual([1, 2])
})

test('a status that the city pushes is shown on the dossier', async () => {
  const { page } = counter
  const code = await receivedWalkIn(page)
  await page.getByRole('button', { name: 'Mở hồ sơ' }).click()
  await door.status({ dossierCode: code, state: 9, note: 'Đã ký kết quả' })
  await page.keyboard.press('F5')
  await expect(page.locator('main').getByText(/Đã xử lý xong|Có kết quả/).first()).toBeVisible({ timeout: 40_000 })
})

test('the search box finds a dossier by its name without marks and by its last four digits', async () => {
  const { page } = counter
  await signIn(page)
  await fillMaritalStatus(page)
  const code = await receive(page)
  await page.keyboard.press('F3')
  await page.getByRole('combobox', { name: 'Tìm' }).fill('dang thi ngoc anh')
  await expect(page.getByRole('option').first()).toContainText(code)
  await page.getByRole('combobox', { name: 'Tìm' }).fill(code.slice(-4))
  await expect(page.getByRole('option').first()).toContainText(code)
})

test('pressed too early, the primary action says what is missing and leads there', async () => {
  const { page } = counter
  await signIn(page)
  await newIntake(page)
  await page.keyboard.press('Control+Enter')
  const summary = page.getByRole('alert')
  await expect(summary).toContainText('chưa có họ và tên')
  await summary.getByRole('button', { name: /họ và tên/ }).click()
  await expect(page.getByLabel('Họ và tên')).toBeFocused()
})

test('a procedure that is not the ward\'s is said before anything is scanned, with where to go', async () => {
  const { page } = counter
  await signIn(page)
  await newIntake(page)
  await scanCard(page, CARD)
  await chooseProcedure(page, 'dang ky thuong tru', '1.004222', [])
  await expect(page.getByText(/Công an/).first()).toBeVisible()
  await expect(page.getByText('Không thuộc phường này')).toBeVisible()
})

test('locking hides the work at once and unlocking returns to it', async () => {
  const { page } = counter
  await signIn(page)
  await newIntake(page)
  await scanCard(page)
  await page.keyboard.press('Control+l')
  await expect(page.getByRole('heading', { name: 'Quầy đang khóa' })).toBeVisible()
  await expect(page.locator('.app')).toBeHidden()
  await page.getByLabel(/Mã cá nhân/).fill('thuc-hanh-duyen')
  await page.keyboard.press('Enter')
  await expect(page.getByLabel('Họ và tên')).toHaveValue('Đặng Thị Ngọc Ánh')
})

test('a card scanned on any screen opens an intake with the person on it', async () => {
  const { page } = counter
  await signIn(page)
  await page.keyboard.press('Alt+6')
  await page.getByRole('heading', { level: 1, name: 'Hộp gửi' }).waitFor()
  // The driver's keyboard has no Vietnamese letters; the clipboard carries them as a reader's bridge program would.
  await counter.app.evaluate(({ clipboard }, text) => clipboard.writeText(text), CARD)
  await page.keyboard.press('Control+v')
  await expect(page.getByLabel('Họ và tên')).toHaveValue('Đặng Thị Ngọc Ánh')
})
