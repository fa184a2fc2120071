import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, type Locator, type Page, test } from '@playwright/test'
import { launchApp, type Launched } from './launch'
import { CARD, DECLARATION, paperRow, RULING, SECRETS } from './walk'

let counter: Launched
let folder: string

test.beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'keyboard-'))
  counter = await launchApp({ dataFolder: join(folder, 'data'), practice: true })
})
test.afterAll(async () => {
  await counter.close()
  rmSync(folder, { recursive: true, force: true })
})

/** As a new counter is set. */
const IDLE_MINUTES = 10

/** Longer than the focus needs to come to rest after a key, and longer than a screen takes to open. */
const SETTLED = { timeout: 5_000 }

/** The focus stands on something: never lost on the page itself. */
const expectFocusKept = (page: Page, after: string): Promise<void> =>
  expect.poll(() => page.evaluate(() => document.activeElement?.tagName ?? 'nothing'), { ...SETTLED, message: `focus after ${after}` }).not.toMatch(/^(?:BODY|nothing)$/u)

/** Presses keys one after the other; the focus has to be somewhere after each. */
async function press(page: Page, ...keys: readonly string[]): Promise<void> {
  for (const key of keys) {
    await page.keyboard.press(key)
    await expectFocusKept(page, key)
  }
}

/** Tab, as often as it takes. */
async function tabTo(page: Page, target: Locator): Promise<void> {
  for (let turn = 0; turn < 40; turn += 1) {
    if (await target.evaluate((element) => element === document.activeElement)) return
    await press(page, 'Tab')
  }
  await expect(target).toBeFocused()
}

/** Opens the system's file dialog with Ctrl+O and answers it. */
async function addByChooser(page: Page, row: string, file: string): Promise<void> {
  const chooser = page.waitForEvent('filechooser')
  await page.keyboard.press('Control+o')
  await (await chooser).setFiles(file)
  await expect(paperRow(page, row)).toContainText('Đã có', { timeout: 20_000 })
  await expectFocusKept(page, `the file for ${row}`)
}

test('a walk-in is received with keys alone, from sign-in to the code, and the focus is never lost', async () => {
  const { page } = counter
  // With one listener throughout, file dialogs stay caught: switched on with each wait, it can come after the key.
  page.on('filechooser', () => undefined)
  await page.getByLabel(/^Mã cá nhân/).waitFor({ timeout: 60_000 })
  await expect(page.getByLabel(/^Mã cá nhân/)).toBeFocused()
  await page.keyboard.type(SECRETS.duyen)
  await page.keyboard.press('Enter')
  await page.getByRole('navigation', { name: 'Màn hình' }).waitFor({ timeout: 30_000 })
  await expectFocusKept(page, 'sign-in')

  await press(page, 'F2')
  await expect(page.getByLabel('Mã QR trên thẻ').or(page.getByRole('button', { name: 'Tiếp nhận mới' })).first()).toBeVisible()
  if (!(await page.getByLabel('Mã QR trên thẻ').isVisible())) await press(page, 'Control+Enter')
  await page.getByLabel('Mã QR trên thẻ').waitFor()
  await tabTo(page, page.getByLabel('Mã QR trên thẻ'))
  await page.keyboard.insertText(CARD)
  await press(page, 'Enter')
  await expect(page.getByLabel('Họ và tên')).not.toHaveValue('')
  await tabTo(page, page.getByLabel('Điện thoại'))
  await page.keyboard.type('0903517284')

  await press(page, 'Alt+t')
  await page.keyboard.type('tinh trang hon nhan')
  await expect(page.getByRole('option').first()).toContainText('1.004873')
  await press(page, 'Enter')
  await tabTo(page, page.getByRole('button', { name: 'Đã ly hôn' }))
  await press(page, 'Enter')

  await press(page, 'Alt+g')
  await expect(paperRow(page, 'Tờ khai')).toBeVisible()
  await press(page, '1')
  await addByChooser(page, 'Tờ khai', DECLARATION)
  await press(page, ...(await keysTo(page, 'Bản án, quyết định ly hôn')))
  await addByChooser(page, 'Bản án, quyết định ly hôn', RULING)
  await press(page, ...(await keysTo(page, 'tùy thân')), 's')
  await expect(paperRow(page, 'tùy thân')).toContainText('Đã xem')

  await press(page, 'Alt+p')
  await tabTo(page, page.getByLabel(/Số tiền theo nghị quyết/))
  await page.keyboard.type('15000')
  await tabTo(page, page.getByRole('radio', { name: 'Chưa thu' }))
  await press(page, 'ArrowRight')
  await expect(page.getByRole('radio', { name: 'Tiền mặt' })).toBeChecked()

  await press(page, 'Control+Enter')
  await expect(page.getByTestId('dossier-code')).toBeVisible({ timeout: 20_000 })
  await expectFocusKept(page, 'receiving')
})

test('a number is given, called, held and brought back with keys alone, and the focus is never lost', async () => {
  const { page } = counter
  await press(page, 'Alt+1')
  await tabTo(page, page.getByRole('button', { name: 'Lấy số hộ' }))
  await press(page, 'Enter')
  await page.getByRole('dialog').waitFor()
  await press(page, 'Control+Enter')
  await expect(page.getByRole('grid', { name: 'Hàng chờ' })).toBeVisible()
  await expectFocusKept(page, 'the dialog')
  await press(page, 'F4')
  await expect(page.locator('.in-hand')).toBeVisible()
  await tabTo(page, page.getByRole('button', { name: 'Tạm giữ số' }))
  await press(page, 'Enter')
  await expect(page.getByRole('row', { name: /Tạm giữ/ })).toBeVisible()
  await expectFocusKept(page, 'holding')
  await tabTo(page, page.getByRole('row', { name: /Tạm giữ/ }))
  await press(page, 'r')
  await expect(page.getByRole('row', { name: /Chờ gọi/ })).toBeVisible()
  await expectFocusKept(page, 'bringing it back')
})

test('half a minute before the counter locks itself it says so, and a key goes on working', async () => {
  const { page } = counter
  await page.clock.install()
  await press(page, 'Control+l')
  await expect(page.getByRole('heading', { name: 'Quầy đang khóa' })).toBeVisible()
  await page.keyboard.type(SECRETS.duyen)
  await page.keyboard.press('Enter')
  await expect(page.locator('.app')).toBeVisible()
  const notice = page.getByText('Quầy tự khóa sau 30 giây')
  await page.clock.fastForward((IDLE_MINUTES * 60 - 35) * 1000)
  await expect(notice).toBeHidden()
  await page.clock.fastForward(10_000)
  await expect(notice).toBeVisible()
  await page.clock.setSystemTime(Date.now() + 30_000)
  await press(page, 'Shift')
  await expect(notice).toBeHidden()
})

/** The digit of a paper's row, as it stands on the screen. */
async function keysTo(page: Page, paper: string): Promise<string[]> {
  const cells = await paperRow(page, paper).locator('td').allTextContents()
  return [cells.map((text) => text.trim()).find((text) => /^[1-9]$/u.test(text)) ?? 'no number on the row']
}
