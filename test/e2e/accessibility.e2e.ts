import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, type Page, test } from '@playwright/test'
import { findings } from './checker'
import { changeSeat, giveNumber } from './counter-acts'
import { launchApp, type Launched } from './launch'
import { CARD, chooseProcedure, fillMaritalStatus, newIntake, receive, scanCard, scanPile, signIn, toWall } from './walk'

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

/** After a reception: the dossier with its acts, money and hand-over. */
const PAPERWORK: readonly (readonly [string, (page: Page) => Promise<void>])[] = [
  ['a supplement request', async (page) => {
    await expect(page.locator('.bar').getByRole('button', { name: 'Yêu cầu bổ sung' })).toBeVisible({ timeout: 20_000 })
    await page.keyboard.press('Control+b')
    await page.getByRole('dialog').getByRole('checkbox').first().check()
  }],
  ['an apology', (page) => openAct(page, 'Control+h', /Xin lỗi/)],
  ['a hand-over', (page) => openAct(page, 'Control+Enter', /Chuyển hồ sơ/)],
  ['dossiers due soon', async (page) => {
    await page.keyboard.press('Escape')
    await page.getByRole('dialog').waitFor({ state: 'detached' })
    await page.keyboard.press('Alt+1')
    await page.keyboard.press('Control+h')
    await page.getByRole('heading', { level: 1, name: /đến hạn/ }).waitFor()
  }],
  ['results', (page) => page.keyboard.press('Alt+4')],
]

async function openAct(page: Page, key: string, name: RegExp): Promise<void> {
  await page.keyboard.press('Escape')
  await page.getByRole('dialog').waitFor({ state: 'detached' })
  await page.keyboard.press(key)
  await page.getByRole('dialog', { name }).waitFor()
}

const SUPERVISORS: readonly (readonly [string, (page: Page) => Promise<void>])[] = [
  ['wall', toWall],
  ['reports', async (page) => {
    await page.keyboard.press('Alt+7')
    await page.getByLabel('Chọn báo cáo').waitFor()
    await page.getByRole('region', { name: 'Đối chiếu' }).waitFor({ timeout: 20_000 })
  }],
  ['reports, table II.06a', (page) => page.keyboard.press('b')],
  ['opinions of a supervisor', async (page) => {
    await page.keyboard.press('Alt+0')
    await page.getByRole('radio', { name: 'Ý kiến đánh giá' }).click()
  }],
]

/** Duyên at the counter, whether a test before this one signed her in or not. */
async function seated(page: Page): Promise<void> {
  const signInScreen = page.getByRole('heading', { name: 'Đăng nhập' })
  await signInScreen.or(page.getByRole('navigation', { name: 'Màn hình' })).first().waitFor({ timeout: 60_000 })
  if (await signInScreen.isVisible()) await signIn(page)
}

test('the sign-in screen has nothing that an accessibility checker holds against it', async () => {
  await counter.page.getByLabel(/^Mã cá nhân/).waitFor({ timeout: 60_000 })
  expect(await findings(counter.page)).toEqual([])
})

for (const scheme of ['light', 'dark'] as const) {
  test(`every screen passes the accessibility checker in ${scheme}`, async () => {
    test.setTimeout(240_000)
    const { page } = counter
    await seated(page)
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

test('the acts on a dossier and what follows from them pass the accessibility checker', async () => {
  test.setTimeout(120_000)
  const { page } = counter
  await seated(page)
  await fillMaritalStatus(page)
  await receive(page)
  await page.getByRole('button', { name: 'Mở hồ sơ' }).click()
  for (const [name, open] of PAPERWORK) {
    await open(page)
    expect.soft(await findings(page), name).toEqual([])
  }
})
