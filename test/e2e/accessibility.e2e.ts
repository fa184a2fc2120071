import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, type Page, test } from '@playwright/test'
import { findings } from './checker'
import { changeSeat, giveNumber } from './counter-acts'
import { launchApp, type Launched } from './launch'
import { CARD, chooseProcedure, newIntake, scanCard, scanPile, signIn, toWall } from './walk'

let counter: Launched
let folder: string

test.beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'accessibility-'))
  counter = await launchApp({ dataFolder: join(folder, 'data'), practice: true })
})
test.afterAll(async () => {
  await counter.close()
  rmSync(folder, { recursive: true, force: true })
})

const SCREENS: readonly (readonly [string, (page: Page) => Promise<void>])[] = [
  ['today', (page) => page.keyboard.press('Alt+1')],
  ['today, people waiting', async (page) => {
    await giveNumber(page, 0, 1, async () => expect(await findings(page)).toEqual([]))
    await giveNumber(page, 1, 0)
    await page.keyboard.press('F4')
    await page.getByRole('grid', { name: 'Hàng chờ' }).getByRole('row').last().click()
  }],
  ['feedback', (page) => page.keyboard.press('Alt+0')],
  ['feedback, a draft', async (page) => {
    await page.getByRole('button', { name: 'Ghi phản ánh' }).click()
    await page.getByRole('textbox', { name: 'Nội dung' }).waitFor()
  }],
  ['feedback, what is missing', (page) => page.keyboard.press('Control+Enter')],
  ['feedback, opinions', (page) => page.getByRole('radio', { name: 'Ý kiến đánh giá' }).click()],
  ['dossiers', (page) => page.keyboard.press('Alt+3')],
  ['outbox', (page) => page.keyboard.press('Alt+6')],
  ['signing, the desk', (page) => page.keyboard.press('Alt+5')],
  ['signing, tokens', async (page) => {
    await page.getByRole('link', { name: 'Thiết bị ký' }).click()
    await page.getByRole('heading', { name: 'Thiết bị mô phỏng' }).waitFor({ timeout: 20_000 })
  }],
  ['signing, a PDF from anywhere', async (page) => {
    await page.getByRole('link', { name: 'Kiểm tra chữ ký' }).click()
    await page.getByRole('heading', { name: 'Danh sách tin cậy' }).waitFor({ timeout: 20_000 })
  }],
  ['guide', async (page) => {
    await page.keyboard.press('Alt+9')
    await page.getByLabel('Lời của công dân').fill('toi muon lam lai khai sinh cho con')
    await page.getByRole('option').first().waitFor()
  }],
  ['catalogue', async (page) => { await page.keyboard.press('Alt+9') }],
  ['settings', (page) => page.keyboard.press('Alt+8')],
  ['settings, barcode readers', (page) => page.getByRole('tab', { name: 'Đầu đọc mã vạch' }).click()],
  ['settings, the waiting room', (page) => page.getByRole('tab', { name: 'Hàng chờ, phòng chờ' }).click()],
  ['settings, screens in the room', (page) => page.getByRole('tab', { name: 'Màn hình trong phòng' }).click()],
  ['settings, scanners', (page) => page.getByRole('tab', { name: 'Máy quét' }).click()],
  ['intake, the person', async (page) => {
    await newIntake(page)
    await scanCard(page, CARD)
  }],
  ['intake, the procedure', (page) => chooseProcedure(page, 'tinh trang hon nhan', '1.004873', [])],
  ['intake, the papers', (page) => page.keyboard.press('Alt+g')],
  ['intake, pages of a pile', (page) => scanPile(page, 'Tờ khai', async () => expect(await findings(page)).toEqual([]))],
  ['a page, large', async (page) => {
    await page.locator('.sheet-page').first().focus()
    await page.keyboard.press('Space')
    await page.getByRole('dialog').waitFor()
  }],
  ['what was read on paper', async (page) => {
    await page.keyboard.press('Escape')
    await page.getByRole('button', { name: /Xem và dùng/ }).waitFor({ timeout: 60_000 })
    await page.keyboard.press('Alt+m')
    await page.getByRole('dialog').waitFor()
  }],
  ['the camera, where there is none', async (page) => {
    await page.keyboard.press('Escape')
    await page.getByRole('dialog').waitFor({ state: 'detached' })
    await page.keyboard.press('Control+F9')
    await page.getByRole('dialog', { name: /^Chụp giấy tờ/ }).waitFor()
  }],
  ['intake, the fee', async (page) => {
    await page.keyboard.press('Escape')
    await page.getByRole('dialog').waitFor({ state: 'detached' })
    await page.keyboard.press('Alt+p')
  }],
  ['intake, the appointment', (page) => page.keyboard.press('Alt+h')],
]

const SUPERVISORS: readonly (readonly [string, (page: Page) => Promise<void>])[] = [
  ['wall', toWall],
  ['opinions of a supervisor', async (page) => {
    await page.keyboard.press('Alt+0')
    await page.getByRole('radio', { name: 'Ý kiến đánh giá' }).click()
  }],
]

test('the sign-in screen has nothing that an accessibility checker holds against it', async () => {
  await counter.page.getByLabel(/^Mã cá nhân/).waitFor({ timeout: 60_000 })
  expect(await findings(counter.page)).toEqual([])
})

for (const scheme of ['light', 'dark'] as const) {
  test(`every screen passes the accessibility checker in ${scheme}`, async () => {
    test.setTimeout(240_000)
    const { page } = counter
    const signInScreen = page.getByRole('heading', { name: 'Đăng nhập' })
    await signInScreen.or(page.getByRole('navigation', { name: 'Màn hình' })).first().waitFor({ timeout: 60_000 })
    if (await signInScreen.isVisible()) await signIn(page)
    await page.emulateMedia({ colorScheme: scheme })
    for (const [name, open] of SCREENS) {
      await open(page)
      expect.soft(await findings(page), name).toEqual([])
    }
    await changeSeat(page, 'huy')
    for (const [name, open] of SUPERVISORS) {
      await open(page)
      expect.soft(await findings(page), name).toEqual([])
    }
    await changeSeat(page, 'duyen')
  })
}
