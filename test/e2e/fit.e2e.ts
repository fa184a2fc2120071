import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, type Page, test } from '@playwright/test'
import { type City, type Doors, doors, startCity } from '../city'
import { changeSeat, giveNumber } from './counter-acts'
import { launchApp, type Launched } from './launch'
import { CARD, chooseProcedure, newIntake, scanCard, signIn, toWall } from './walk'

let city: City
let door: Doors
let counter: Launched
let folder: string

test.beforeAll(async () => {
  city = await startCity({ doors: true })
  door = doors(city.url)
  folder = mkdtempSync(join(tmpdir(), 'fit-'))
  counter = await launchApp({ dataFolder: join(folder, 'data'), practice: true, cityUrl: city.url, enrolment: await door.enrolmentCode() })
  await signIn(counter.page)
  await newIntake(counter.page)
  await scanCard(counter.page, CARD)
  await chooseProcedure(counter.page, 'tinh trang hon nhan', '1.004873', ['Đã ly hôn'])
})
test.afterAll(async () => {
  await door.line(true)
  await counter.close()
  await city.close()
  rmSync(folder, { recursive: true, force: true })
})

/** Each screen with the key that leads there and its way on at the bottom, if it has one. */
const INTAKE = [['the person', 'Alt+n'], ['the procedure', 'Alt+t'], ['the papers', 'Alt+g'], ['the fee', 'Alt+p'], ['the appointment', 'Alt+h'], ['the review', 'Alt+x']] as const
const SCREENS = [['feedback', 'Alt+0'], ['today', 'Alt+1'], ['dossiers', 'Alt+3'], ['results', 'Alt+4'], ['outbox', 'Alt+6'], ['guide', 'Alt+9'], ['settings', 'Alt+8']] as const

/** Names of the boxes that stick out of the window or scroll sideways; texts of the strip that are cut off. */
function faults(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const inside = (element: Element): boolean => {
      const box = element.getBoundingClientRect()
      return box.left >= 0 && box.top >= 0 && box.right <= window.innerWidth && box.bottom <= window.innerHeight
    }
    const shown = [...document.querySelectorAll('.app, .app *')].filter((element) => element.checkVisibility())
    const name = (element: Element): string => `${element.tagName.toLowerCase()}.${element.className}`
    const wide = shown.filter((element) => /auto|scroll/u.test(getComputedStyle(element).overflowX) && element.scrollWidth > element.clientWidth + 1)
    const out = shown.filter((element) => element.matches('.strip, .work .bar, .rail, .top') && !inside(element))
    const cut = shown.filter((element) => element.matches('.strip, .strip > *') && !element.matches('.sr') && element.scrollWidth > element.clientWidth + 1)
    const head = shown.filter((element) => element.matches('.top > *, .top > .end > *') && !inside(element))
    const page = document.documentElement.scrollWidth > window.innerWidth ? ['page'] : []
    return [...page, ...wide.map((element) => `scrolls sideways: ${name(element)}`), ...[...out, ...head].map((element) => `outside: ${name(element)}`), ...cut.map((element) => `cut off: ${name(element)} ${element.textContent}`)]
  })
}

/** Back in the draft that is being worked on. */
async function toDraft(page: Page): Promise<void> {
  await page.keyboard.press('Alt+2')
  await page.getByText('Đặng Thị Ngọc Ánh').first().dblclick()
  await expect(page.getByRole('button', { name: 'Tiếp nhận', exact: false }).last()).toBeVisible()
}

async function look(page: Page, name: string, key: string): Promise<void> {
  await page.keyboard.press(key)
  await page.waitForTimeout(400)
  expect.soft(await faults(page), name).toEqual([])
}

type Opened = readonly [name: string, open: (page: Page) => Promise<void>]

/** Screens beside the intake, as they are with people waiting and something being written down. */
const FULL: readonly Opened[] = [
  ['people waiting, one of them called', async (page) => {
    await page.keyboard.press('Alt+1')
    await page.getByRole('grid', { name: 'Hàng chờ' }).getByRole('row').last().click()
  }],
  ['a complaint being written down', async (page) => {
    await page.keyboard.press('Alt+0')
    await page.getByRole('textbox', { name: 'Nội dung' }).waitFor()
  }],
  ['opinions', (page) => page.getByRole('radio', { name: 'Ý kiến đánh giá' }).click()],
  ['settings, the waiting room', async (page) => {
    await page.keyboard.press('Alt+8')
    await page.getByRole('tab', { name: 'Hàng chờ, phòng chờ' }).click()
  }],
  ['settings, screens in the room', (page) => page.getByRole('tab', { name: 'Màn hình trong phòng' }).click()],
]
const WALL: Opened = ['the wall', toWall]
const REPORTS: Opened = ['the reports', async (page) => {
  await toWall(page)
  await page.keyboard.press('Alt+7')
  await page.getByRole('region', { name: 'Đối chiếu' }).waitFor({ timeout: 20_000 })
}]
const SIZES = [[1366, 768], [1366, 720], [1920, 1080], [683, 384]] as const

/** What is held against screens at each size; at twice the size a bar may stand further down its page. */
async function lookAtAll(page: Page, screens: readonly Opened[]): Promise<void> {
  for (const [width, height] of SIZES) {
    await page.setViewportSize({ width, height })
    for (const [name, open] of screens) {
      await open(page)
      await page.waitForTimeout(300)
      const found = await faults(page)
      expect.soft(width < 900 ? found.filter((fault) => fault !== 'outside: div.bar') : found, `${name} at ${String(width)}×${String(height)}`).toEqual([])
    }
  }
  await page.setViewportSize({ width: 1366, height: 768 })
}

for (const up of [true, false]) {
  test(`at 1366×768 with the line ${up ? 'up' : 'down'} nothing scrolls sideways, nothing is cut off, bar and strip are in the window`, async () => {
    const { page } = counter
    await door.line(up)
    await page.keyboard.press('F5')
    await expect(page.locator('.strip')).toContainText(up ? 'Có mạng' : 'Mất mạng', { timeout: 30_000 })
    for (const [name, key] of INTAKE) await look(page, name, key)
    for (const [name, key] of SCREENS) await look(page, name, key)
    await toDraft(page)
  })
}

test('at twice the size the way on can be reached on every step of the intake', async () => {
  const { page } = counter
  await page.setViewportSize({ width: 683, height: 384 })
  for (const [name, key] of INTAKE) {
    await page.keyboard.press(key)
    await page.waitForTimeout(300)
    await expect.soft(page.locator('.work .bar .btn.pri').last(), name).toBeInViewport({ ratio: 1 })
    await expect.soft(page.locator('.strip'), name).toBeInViewport({ ratio: 1 })
  }
})

test('people waiting, complaints, the settings of the hall and the wall fit at every size', async () => {
  test.setTimeout(180_000)
  const { page } = counter
  await page.setViewportSize({ width: 1366, height: 768 })
  await page.keyboard.press('Alt+1')
  for (const [kind, group] of [[0, 0], [1, 1], [2, 0], [0, 3], [1, 0], [3, 0], [4, 0], [0, 0]] as const) await giveNumber(page, kind, group)
  await page.keyboard.press('F4')
  await expect(page.locator('.in-hand')).toBeVisible()
  await page.keyboard.press('Alt+0')
  await page.getByRole('button', { name: 'Ghi phản ánh' }).click()
  await lookAtAll(page, FULL)
  await changeSeat(page, 'huy')
  await lookAtAll(page, [WALL, REPORTS])
})
