import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from '@playwright/test'
import { launchApp, type Launched } from './launch'
import { newIntake, scanCard, signIn } from './walk'

let counter: Launched
let folder: string

test.beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'guide-'))
  counter = await launchApp({ dataFolder: join(folder, 'data'), practice: true })
  await signIn(counter.page)
})
test.afterAll(async () => {
  await counter.close()
  rmSync(folder, { recursive: true, force: true })
})

test.beforeEach(async () => {
  const { page } = counter
  await page.keyboard.press('Alt+1')
  await page.keyboard.press('Alt+9')
  await expect(page.getByLabel('Lời của công dân')).toBeFocused()
})

test('the citizen\'s words lead by keys alone over the fork to an intake with the procedure and the answers in it', async () => {
  const { page } = counter
  await page.keyboard.type('toi muon lam lai khai sinh cho con')
  const fork = page.getByRole('region', { name: 'Việc khai sinh này thuộc trường hợp nào?' })
  await expect(fork).toBeVisible()
  await page.keyboard.press('Enter')
  await page.keyboard.press('3')
  await expect(page.getByRole('option', { selected: true })).toContainText('1.004884')
  await expect(page.getByText('Đã khai sinh trước 2016, giấy và sổ đều không còn').first()).toBeVisible()
  await page.keyboard.press('Control+Enter')
  await expect(page.getByLabel('Họ và tên')).toBeFocused()
  await page.keyboard.press('Alt+t')
  await expect(page.locator('.questions')).toContainText('Đã mất')
  await expect(page.getByRole('heading', { level: 1, name: 'Đăng ký lại khai sinh' })).toBeVisible()
})

test('a wrong place is answered with the right one, and nothing is received', async () => {
  const { page } = counter
  await page.keyboard.type('đăng ký thường trú')
  await expect(page.getByText('Đến Công an phường nơi có chỗ ở', { exact: false })).toBeVisible()
  await expect(page.getByRole('button', { name: 'Tiếp nhận việc này' })).toHaveCount(0)
  await page.getByLabel('Lời của công dân').fill('kết hôn')
  await page.keyboard.press('Control+2')
  await expect(page.getByRole('option').nth(1)).toHaveAttribute('aria-selected', 'true')
})

test('a leaflet that is scanned opens its procedure, over another one, too', async () => {
  const { page } = counter
  await page.getByLabel('Lời của công dân').fill('kết hôn')
  for (const code of ['2.000815', '1.004884']) {
    await page.evaluate(() => { if (document.activeElement instanceof HTMLElement) document.activeElement.blur() })
    // As a reader's bridge program brings it; typed keys would race with a busy machine.
    await counter.app.evaluate(({ clipboard }, text) => clipboard.writeText(text), `MOTCUA:TT:1:${code}`)
    await page.keyboard.press('Control+v')
    await expect(page.getByRole('option', { selected: true })).toContainText(code)
  }
})

test('words that say nothing are met with what to ask, and lead to the catalogue and its filters', async () => {
  const { page } = counter
  await page.keyboard.type('xyz qwrt')
  await expect(page.getByText('Chưa hiểu “xyz qwrt”')).toBeVisible()
  await page.keyboard.press('Alt+9')
  await page.getByRole('button', { name: /25 dịch vụ thiết yếu/ }).click()
  await expect(page.getByText('12 trên 52 thủ tục')).toBeVisible()
  await page.getByRole('button', { name: /^giải quyết/ }).click()
  await expect(page.getByText('Không có thủ tục nào qua các bộ lọc')).toBeVisible()
  await page.getByRole('button', { name: 'Bỏ lọc' }).click()
  await expect(page.getByText('52 trên 52 thủ tục')).toBeVisible()
})

test('from an intake the guide is asked for the person in hand, and the choice comes back to it', async () => {
  const { page } = counter
  await newIntake(page)
  await scanCard(page)
  await page.keyboard.press('Alt+t')
  await page.getByRole('button', { name: 'Hỏi theo lời công dân' }).click()
  await expect(page.getByText('Đang hỏi cho Đặng Thị Ngọc Ánh')).toBeVisible()
  await page.keyboard.type('lam lai khai sinh mat ca so')
  await expect(page.getByText('Đã có: đã đọc thẻ tại quầy')).toBeVisible()
  await page.keyboard.press('Control+Enter')
  await expect(page.getByText('đang chọn')).toBeVisible()
})
