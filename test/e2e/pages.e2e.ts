import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, type Locator, type Page, test } from '@playwright/test'
import { corners, desk, filmSwitches, lying, paper, writeFilm } from './camera-film'
import { launchApp, type Launched } from './launch'
import { CARD, chooseProcedure, newIntake, paperRow, receive, RULING, scanCard, scanPile, signIn } from './walk'

// Papers come in by every way there is, in the real window: the feeder (simulated at its outermost edge), a camera (a film), a file.

const DECLARATION = 'Tờ khai'
const DIVORCE = 'Bản án, quyết định ly hôn'

let folder: string
let film: string
let counter: Launched

test.beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'pages-'))
  film = join(folder, 'film.y4m')
  writeFilm(film, [[desk(), 1], [lying(await paper('5-to-khai-cu-tru.jpg'), corners(60, 10)), 6]])
})
test.afterAll(() => rmSync(folder, { recursive: true, force: true }))
test.afterEach(() => counter.close())

/** The papers of an intake for a confirmation of marital status, with the first paper in hand. */
async function openPapers(): Promise<Page> {
  counter = await launchApp({ dataFolder: mkdtempSync(join(folder, 'data-')), practice: true, args: filmSwitches(film) })
  const { page } = counter
  await signIn(page)
  await newIntake(page)
  await scanCard(page, CARD)
  await page.getByLabel('Điện thoại').fill('0903 517 284')
  await chooseProcedure(page, 'tinh trang hon nhan', '1.004873', ['Đã ly hôn'])
  await page.keyboard.press('Alt+g')
  await paperRow(page, DECLARATION).click({ position: { x: 20, y: 20 } })
  return page
}

const pagesIn = (page: Page, row: string): Locator => paperRow(page, row).locator('.sheet-page')

test('a pile in the feeder is scanned with one key, its empty side set aside, and split where a separator sheet lies', async () => {
  const page = await openPapers()
  await scanPile(page, DECLARATION)
  await expect(paperRow(page, DECLARATION).getByText(/1 trang trắng để riêng/)).toBeVisible({ timeout: 30_000 })
  await paperRow(page, DIVORCE).click()
  await expect(pagesIn(page, DIVORCE)).toHaveCount(3, { timeout: 30_000 })
  await page.keyboard.press('F9')
  await expect(pagesIn(page, DIVORCE)).toHaveCount(4, { timeout: 60_000 })
})

test('pages are moved, taken off, taken back and split with keys alone', async () => {
  const page = await openPapers()
  await scanPile(page, DECLARATION)
  await paperRow(page, DIVORCE).click()
  const pages = pagesIn(page, DIVORCE)
  await expect(pages).toHaveCount(3, { timeout: 30_000 })
  const order = (): Promise<(string | null)[]> => pages.evaluateAll((all) => all.map((one) => one.getAttribute('data-page')))
  const [first, second, third] = await order()
  await page.keyboard.press('Control+ArrowRight')
  await expect.poll(order).toEqual([second, first, third])
  await page.keyboard.press('Delete')
  await expect.poll(order).toEqual([second, third])
  await page.getByRole('button', { name: 'Hoàn tác' }).last().click()
  await expect.poll(order).toEqual([second, first, third])
  await pages.nth(1).click()
  await page.keyboard.press('t')
  await expect(pages).toHaveCount(1)
})

test('three papers come by feeder, camera and file, and the dossier is found again by words that stand on them', async () => {
  const page = await openPapers()
  await scanPile(page, DECLARATION)
  await paperRow(page, DIVORCE).click()
  await page.getByLabel('Chọn tệp cho giấy đang mở').setInputFiles(RULING)
  await expect(pagesIn(page, DIVORCE)).toHaveCount(4, { timeout: 30_000 })
  await paperRow(page, 'tùy thân').click()
  await page.keyboard.press('Control+F9')
  await expect(page.getByTestId('taken-count')).toHaveText('1 trang', { timeout: 40_000 })
  await page.keyboard.press('Escape')
  await expect(pagesIn(page, 'tùy thân')).toHaveCount(1)
  await page.keyboard.press('Alt+p')
  await page.getByLabel(/Số tiền theo nghị quyết/).fill('15000')
  await page.getByRole('radio', { name: 'Tiền mặt' }).click()
  const code = await receive(page)
  const search = page.getByRole('search').getByRole('combobox')
  await expect(async () => {
    await page.keyboard.press('F3')
    await search.fill('')
    await search.fill('trich luc ket hon')
    await expect(page.getByRole('option', { name: new RegExp(code) })).toContainText('trên giấy', { timeout: 2000 })
  }).toPass({ timeout: 90_000 })
  await page.getByRole('option', { name: new RegExp(code) }).click()
  // One PDF a paper.
  await expect.poll(() => page.locator('main').innerText()).toMatch(/Tờ khai [^\n]+\n1 tr\nBản án, quyết định ly hôn [^\n]+\n4 tr\nGiấy tờ tùy thân [^\n]+\n1 tr\n/u)
})
