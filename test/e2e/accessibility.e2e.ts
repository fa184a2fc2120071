import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, type Page, test } from '@playwright/test'
import { launchApp, type Launched } from './launch'
import { CARD, chooseProcedure, newIntake, scanCard, scanPile, signIn } from './walk'

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')

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

type Finding = Readonly<{ id: string; where: string }>

/** What an independent checker holds against the page (WCAG 2.2 A and AA). */
async function findings(page: Page): Promise<Finding[]> {
  await page.waitForTimeout(600)
  await page.evaluate(axe)
  return page.evaluate(async () => {
    const checker = Reflect.get(window, 'axe') as { run(options: unknown): Promise<{ violations: { id: string; nodes: { target: unknown[] }[] }[] }> }
    const { violations } = await checker.run({ runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'] })
    return violations.flatMap(({ id, nodes }) => nodes.map(({ target }) => ({ id, where: String(target[0]) })))
  })
}

const SCREENS: readonly (readonly [string, (page: Page) => Promise<void>])[] = [
  ['today', (page) => page.keyboard.press('Alt+1')],
  ['dossiers', (page) => page.keyboard.press('Alt+3')],
  ['outbox', (page) => page.keyboard.press('Alt+6')],
  ['guide', async (page) => {
    await page.keyboard.press('Alt+9')
    await page.getByLabel('Lời của công dân').fill('toi muon lam lai khai sinh cho con')
    await page.getByRole('option').first().waitFor()
  }],
  ['catalogue', async (page) => { await page.keyboard.press('Alt+9') }],
  ['settings', (page) => page.keyboard.press('Alt+8')],
  ['settings, barcode readers', (page) => page.getByRole('tab', { name: 'Đầu đọc mã vạch' }).click()],
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

test('the sign-in screen has nothing that an accessibility checker holds against it', async () => {
  await counter.page.getByLabel(/^Mã cá nhân/).waitFor({ timeout: 60_000 })
  expect(await findings(counter.page)).toEqual([])
})

for (const scheme of ['light', 'dark'] as const) {
  test(`every screen passes the accessibility checker in ${scheme}`, async () => {
    const { page } = counter
    if (await page.getByRole('heading', { name: 'Đăng nhập' }).isVisible()) await signIn(page)
    await page.emulateMedia({ colorScheme: scheme })
    for (const [name, open] of SCREENS) {
      await open(page)
      expect.soft(await findings(page), name).toEqual([])
    }
  })
}
