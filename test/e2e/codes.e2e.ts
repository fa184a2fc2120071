import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, type Page, test } from '@playwright/test'
import { SELF_TEST_TEXT } from '../../src-preload/contract/reader-test'
import { launchApp, type Launched } from './launch'
import { CARD, fillMaritalStatus, newIntake, receive, signIn } from './walk'

let counter: Launched
let folder: string

test.beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'codes-'))
  counter = await launchApp({ dataFolder: join(folder, 'data'), practice: true })
  await signIn(counter.page)
})
test.afterEach(async () => {
  await counter.close()
  rmSync(folder, { recursive: true, force: true })
})

/** Keys as fast as a reader types them: none waits for the one before it to be answered. Letters with marks come as text, like Alt codes. */
async function typeLikeReader(page: Page, text: string, end: 'Enter' | null = 'Enter'): Promise<void> {
  const keys = await page.context().newCDPSession(page)
  const sent = [...text].flatMap((key): Promise<unknown>[] => key < '\u0080'
    ? [keys.send('Input.dispatchKeyEvent', { type: 'keyDown', key, text: key, code: codeOf(key) }), keys.send('Input.dispatchKeyEvent', { type: 'keyUp', key, code: codeOf(key) })]
    : [keys.send('Input.insertText', { text: key })])
  const last = end === null ? [] : [keys.send('Input.dispatchKeyEvent', { type: 'keyDown', key: end, code: end, text: '\r', windowsVirtualKeyCode: 13 }), keys.send('Input.dispatchKeyEvent', { type: 'keyUp', key: end, code: end })]
  await Promise.all([...sent, ...last])
  await keys.detach()
}

const codeOf = (key: string): string => (/[a-z]/iu.test(key) ? `Key${key.toUpperCase()}` : /\d/u.test(key) ? `Digit${key}` : { '|': 'Backslash', '-': 'Minus', '.': 'Period', ':': 'Semicolon', ',': 'Comma', '/': 'Slash', ' ': 'Space' }[key] ?? '')

test('a reader that types in the middle of typing leaves the field as it was, and the card is read', async () => {
  const { page } = counter
  await newIntake(page)
  const phone = page.getByLabel('Điện thoại')
  await phone.click()
  await page.keyboard.type('0903284', { delay: 20 })
  for (let turn = 0; turn < 3; turn += 1) await page.keyboard.press('ArrowLeft')
  await typeLikeReader(page, CARD)
  await expect(page.getByLabel('Họ và tên')).toHaveValue('Đặng Thị Ngọc Ánh')
  await expect(phone).toHaveValue('0903284')
  await expect(phone).toBeFocused()
  await page.keyboard.type('517', { delay: 20 })
  await expect(phone).toHaveValue('0903517284')
  await expect(page.locator('h1')).toContainText('Tiếp nhận')
})

test('a burst that is no code stays text, every key of it', async () => {
  const { page } = counter
  await newIntake(page)
  const address = page.getByLabel('Nơi cư trú')
  await address.click()
  await typeLikeReader(page, '8934563138165 https://example.vn/a|b', null)
  await expect(address).toHaveValue('8934563138165 https://example.vn/a|b')
  await typeLikeReader(page, ' 079192004617|nothing', null)
  await expect(address).toHaveValue('8934563138165 https://example.vn/a|b 079192004617|nothing')
})

test('a card scanned where no field is opens an intake, and none of its keys acts as a shortcut', async () => {
  const { page } = counter
  await page.keyboard.press('Alt+8')
  await page.getByRole('tab', { name: 'Đầu đọc mã vạch' }).click()
  // Digits choose sections here.
  await typeLikeReader(page, '079088000154||TRAN HUU PHUOC|02091988|Nam|112 Rach La|15082023')
  await expect(page.getByLabel('Họ và tên')).toHaveValue('Tran Huu Phuoc')
})

test('the code of a dossier opens it from the first screen; one that is not here is said and can be searched', async () => {
  const { page } = counter
  await fillMaritalStatus(page)
  const code = await receive(page)
  await page.keyboard.press('Alt+1')
  await page.getByRole('heading', { level: 1, name: 'Hôm nay' }).waitFor()
  await typeLikeReader(page, code)
  await expect(page.locator('main')).toContainText(code)
  await expect(page.getByRole('heading', { level: 1 })).not.toHaveText('Hôm nay')
  await typeLikeReader(page, 'TAM.Q3-260101-9999')
  await expect(page.getByText('Quầy này không có hồ sơ TAM.Q3-260101-9999.')).toBeVisible()
  await page.getByRole('button', { name: 'Tìm', exact: true }).last().click()
  await expect(page.getByRole('combobox', { name: 'Tìm' })).toHaveValue('TAM.Q3-260101-9999')
})

test('an unknown code goes into the search when nothing is being typed', async () => {
  const { page } = counter
  await page.keyboard.press('Alt+1')
  await page.locator('main h1').first().waitFor()
  await typeLikeReader(page, '8934563138165')
  await expect(page.getByRole('combobox', { name: 'Tìm' })).toHaveValue('8934563138165')
})

test('the test sheet opens the set-up page with what came of it', async () => {
  const { page } = counter
  await page.keyboard.press('Alt+1')
  await page.locator('main h1').first().waitFor()
  // By keys alone, as a reader that knows no letters with marks.
  await typeLikeReader(page, [...SELF_TEST_TEXT].filter((key) => key < '\u0080').join(''))
  await expect(page.getByRole('tab', { name: 'Đầu đọc mã vạch' })).toHaveAttribute('aria-selected', 'true')
  await expect(page.getByText('Đầu đọc chỉ gõ vị trí phím: mất hết chữ có dấu')).toBeVisible()
  await expect(page.locator('.letters .lost')).toHaveCount(134)
  await expect(page.locator('.advice li').first()).toContainText('cổng COM')
})
