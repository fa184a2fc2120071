import { once } from 'node:events'
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, type Locator, type Page, test } from '@playwright/test'
import { freeUdpPort } from '../free-port'
import { type City, doors, startCity } from '../city'
import { hallPage, openInWindow } from './hall'
import { launchApp, type Launched } from './launch'
import { signIn } from './walk'

// Two counters of one ward, two whole programs, one local network.

/** A pressed key twice calls one person; the next call counts only after so long, ms. */
const SAME_PRESS_MS = 2_100
/** Where to put pictures of the screens; none are taken without it. */
const pictures = process.env.MOTCUA_PICTURES

type Counter = Readonly<{ name: string; folder: string; launched: Launched; page: Page }>

let city: City
let folder: string
let lan: string
const running = new Set<Launched>()

test.setTimeout(240_000)
test.beforeAll(async () => {
  city = await startCity({ doors: true })
})
test.afterAll(() => city.close())
test.beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'queue-lan-'))
  lan = JSON.stringify({ address: '127.0.0.1', callPort: await freeUdpPort(), targets: ['127.255.255.255'], everyMs: 200 })
})
test.afterEach(async () => {
  await Promise.all([...running].map((each) => each.close()))
  running.clear()
  rmSync(folder, { recursive: true, force: true })
})

async function start(name: string, data: string): Promise<Counter> {
  const enrolment = await doors(city.url).enrolmentCode({ counter: name })
  const launched = await launchApp({ dataFolder: data, practice: true, cityUrl: city.url, enrolment, env: { MOTCUA_QUEUE_LAN: lan } })
  running.add(launched)
  return { name, folder: data, launched, page: launched.page }
}

/** A counter with its name, signed in on Hôm nay. The invented ward has one name for all; an administrator gives the right one. */
async function openCounter(name: string): Promise<Counter> {
  const counter = await start(name, join(folder, name))
  const { page } = counter
  await signIn(page, 'quantri')
  await page.keyboard.press('Alt+8')
  await page.getByLabel('Tên quầy').fill(name)
  await page.keyboard.press('Control+Enter')
  await expect(page.getByRole('tabpanel').getByText('Đã lưu')).toBeVisible({ timeout: 10_000 })
  await page.keyboard.press('Control+l')
  await page.getByRole('button', { name: /^Đổi cán bộ/ }).click()
  await signIn(page)
  return counter
}

/** The same machine after a power cut. */
async function openAgain({ name, folder: data }: Counter): Promise<Counter> {
  const counter = await start(name, data)
  await signIn(counter.page)
  return counter
}

async function kill({ launched }: Counter): Promise<void> {
  const gone = once(launched.app.process(), 'exit')
  running.delete(launched)
  launched.app.process().kill('SIGKILL')
  await gone
}

async function window(counter: Counter, kind: 'board' | 'kiosk'): Promise<Page> {
  await openInWindow(counter.page, [kind])
  await counter.page.keyboard.press('Alt+1')
  return hallPage(counter.launched.app, kind)
}

/** Takes a number as a citizen would; answers it. */
async function take(kiosk: Page, kind: RegExp): Promise<string> {
  await kiosk.getByRole('button', { name: kind }).click()
  await kiosk.getByRole('button', { name: 'Không thuộc nhóm nào' }).click()
  const given = kiosk.locator('[data-step="given"]')
  await given.waitFor({ timeout: 20_000 })
  const label = (await given.getAttribute('data-label')) ?? ''
  await kiosk.getByRole('button', { name: 'Xong' }).click()
  return label
}

const queueOf = (page: Page): Locator => page.getByRole('region', { name: 'Hàng chờ' })
const listOf = (page: Page): Locator => page.getByRole('grid', { name: 'Hàng chờ' })
const rowOf = (page: Page, label: string): Locator => listOf(page).getByRole('row').filter({ hasText: label })
const inHand = ({ page }: Counter): Locator => page.locator('.in-hand .num').first()
const lineOf = (board: Page, { name }: Counter): Locator => board.locator(`.counter-list [data-counter="${name}"]`)

/** Every number that the officer sees, the ones in hand too, with where it stands. */
async function numbersAt(page: Page): Promise<string[]> {
  const waiting = await listOf(page).locator('[role=row] td:first-child, [role=row] [role=gridcell]:first-child').allInnerTexts()
  const mine = await page.locator('.in-hand b').allInnerTexts()
  return [...waiting, ...mine].map((text) => text.trim()).filter((text) => /\d{3}$/u.test(text)).sort()
}

/** Notes on the page when F4 went down there and when a number stood on the board, by the clock of this machine. */
const noteKeys = (page: Page): Promise<void> => page.evaluate(() => {
  addEventListener('keydown', ({ key }) => {
    if (key === 'F4') document.documentElement.dataset['pressed'] = String(Date.now())
  }, { capture: true })
})
const pressedAt = async (page: Page): Promise<number> => Number(await page.evaluate(() => document.documentElement.dataset['pressed']))
const noteNumbers = (board: Page): Promise<void> => board.evaluate(() => {
  const { dataset } = document.documentElement
  const look = (): void => {
    for (const line of document.querySelectorAll<HTMLElement>('.counter-list [data-counter]')) {
      const label = line.querySelector('b')?.textContent ?? ''
      dataset[`seen${label.replaceAll(/\W/gu, '')}`] ??= String(Date.now())
    }
  }
  look()
  new MutationObserver(look).observe(document.body, { subtree: true, childList: true, characterData: true })
})
const seenAt = async (board: Page, label: string): Promise<number> => Number(await board.evaluate((name) => document.documentElement.dataset[name], `seen${label.replaceAll(/\W/gu, '')}`))

const shot = async ({ page }: Readonly<{ page: Page }>, name: string): Promise<void> => {
  if (pictures === undefined) return
  mkdirSync(pictures, { recursive: true })
  await page.screenshot({ path: join(pictures, `${name}.png`) })
}
const says = (what: string, values: readonly number[]): void => console.log(`${what}: ${values.map((value) => `${String(Math.round(value))} ms`).join(', ')}`)

/** Two counters that see each other, with numbers from the kiosk of the first. */
async function ward(kinds: readonly RegExp[]): Promise<Readonly<{ one: Counter; two: Counter; boards: readonly [Page, Page]; kiosk: Page; labels: string[] }>> {
  const one = await openCounter('Quầy 1')
  const two = await openCounter('Quầy 2')
  const kiosk = await window(one, 'kiosk')
  const boards = [await window(one, 'board'), await window(two, 'board')] as const
  await expect(lineOf(boards[0], one)).toHaveCount(0)
  const labels: string[] = []
  for (const kind of kinds) labels.push(await take(kiosk, kind))
  for (const { page } of [one, two]) {
    await expect.poll(() => numbersAt(page), { timeout: 15_000 }).toEqual(labels.toSorted())
    await noteKeys(page)
  }
  await Promise.all(boards.map(noteNumbers))
  return { one, two, boards, kiosk, labels }
}

/** Presses F4 and answers the number that came into the hand; it stands on the boards with the name of the counter. */
async function callNext(counter: Counter, boards: readonly Page[], before: string | null = null): Promise<string> {
  await counter.page.keyboard.press('F4')
  if (before === null) await inHand(counter).waitFor({ timeout: 10_000 })
  else await expect(inHand(counter)).not.toHaveText(before, { timeout: 10_000 })
  const label = (await inHand(counter).textContent()) ?? ''
  for (const board of boards) await expect(lineOf(board, counter)).toContainText(label, { timeout: 10_000 })
  return label
}

test('two counters are one queue: one call each, a transfer, one machine dies in the middle and comes back', async () => {
  const { one, two, boards, labels } = await ward([/Hộ tịch/, /Hộ tịch/, /Chứng thực/, /Hộ tịch/, /Chứng thực/, /Đất đai/, /Hộ tịch/])
  expect(new Set(labels).size).toBe(7)
  await shot(one, '1-together-quay1')

  // Both press at the same moment: two people, and each board says who goes where.
  const [first, second] = await Promise.all([callNext(one, boards), callNext(two, boards)])
  expect(first).not.toBe(second)
  expect([first, second].toSorted()).toEqual(labels.slice(0, 2).toSorted())
  const apart = Math.abs((await pressedAt(one.page)) - (await pressedAt(two.page)))
  const delays = [(await seenAt(boards[1], first)) - (await pressedAt(one.page)), (await seenAt(boards[0], second)) - (await pressedAt(two.page))]
  await shot(one, '2-both-called-quay1')
  await shot(two, '2-both-called-quay2')

  // One after the other.
  await one.page.waitForTimeout(SAME_PRESS_MS)
  const third = await callNext(one, boards, first)
  delays.push((await seenAt(boards[1], third)) - (await pressedAt(one.page)))
  const fourth = await callNext(two, boards, second)
  delays.push((await seenAt(boards[0], fourth)) - (await pressedAt(two.page)))
  says(`F4 at both counters ${String(apart)} ms apart, then one by one: on the other counter's board after`, delays)

  // Sent on from counter 1, it is called at counter 2 before those who wait.
  await queueOf(one.page).getByRole('button', { name: 'Đã đến quầy' }).click()
  await queueOf(one.page).getByRole('button', { name: 'Chuyển quầy' }).click()
  await expect(one.page.getByRole('dialog').getByLabel('Quầy nhận')).toContainText('Quầy 2')
  await shot(one, '3-transfer-quay1')
  await one.page.keyboard.press('Control+Enter')
  await expect(rowOf(two.page, third)).toContainText('Chuyển đến quầy này', { timeout: 10_000 })
  await shot(two, '3-transfer-quay2')
  await two.page.waitForTimeout(SAME_PRESS_MS)
  expect(await callNext(two, boards, fourth)).toBe(third)
  const called = await callNext(one, boards)

  // The power of counter 1 goes: counter 2 goes on with the numbers of both.
  await two.page.waitForTimeout(SAME_PRESS_MS)
  const killed = Date.now()
  await kill(one)
  const after = await callNext(two, [boards[1]], third)
  says('Counter 1 killed: next call of counter 2 on its board after', [(await seenAt(boards[1], after)) - killed])
  await expect.poll(() => numbersAt(two.page)).toEqual(labels.toSorted())
  await expect(rowOf(two.page, called)).toContainText('Quầy 1 · mất liên lạc')
  await shot(two, '4-other-died-quay2')

  // Whoever was called to the dead counter is called here by name.
  await two.page.waitForTimeout(SAME_PRESS_MS)
  await rowOf(two.page, called).click()
  await queueOf(two.page).getByRole('button', { name: 'Gọi số này' }).click()
  await expect(inHand(two)).toHaveText(called)

  // And counter 1 is back: nothing is doubled, nothing forgotten.
  const back = await openAgain(one)
  for (const { page } of [back, two]) await expect.poll(() => numbersAt(page), { timeout: 20_000 }).toEqual(labels.toSorted())
  await expect(rowOf(back.page, called)).toContainText('Quầy 2 đang mời')
  await shot(back, '5-back-quay1')
  await shot(two, '5-back-quay2')
})

test('the counter that is left alone takes numbers over, and gives them back when the other is there again', async () => {
  const { one, two, boards, kiosk, labels } = await ward([/Hộ tịch/, /Hộ tịch/, /Chứng thực/])
  const atTwo = await callNext(two, boards)
  await kill(two)
  const [waiting = ''] = labels.filter((label) => label !== atTwo)
  await expect(rowOf(one.page, waiting)).toContainText('Ở phía bên kia', { timeout: 15_000 })
  await shot(one, '6-other-side-quay1')
  await shot({ page: boards[0] }, '6-other-side-board1')
  await expect(queueOf(one.page)).toContainText('Mất liên lạc với Quầy 2')

  // The officer knows that the other machine is off.
  const asked = Date.now()
  await queueOf(one.page).getByRole('button', { name: `Nhận ${String(labels.length - 1)} số về quầy này` }).click()
  await expect(rowOf(one.page, waiting)).toContainText('Chờ gọi', { timeout: 10_000 })
  await shot(one, '7-taken-over-quay1')
  await callNext(one, [boards[0]])
  says('Taken over by hand and called after', [Date.now() - asked])
  const own = await take(kiosk, /Hộ tịch/)
  expect(labels).not.toContain(own)

  await shot(one, '8-own-number-quay1')
  await shot({ page: boards[0] }, '8-own-number-board1')
  const back = await openAgain(two)
  const all = [...labels, own].toSorted()
  for (const { page } of [one, back]) await expect.poll(() => numbersAt(page), { timeout: 30_000 }).toEqual(all)
  await expect(back.page.getByText('Ở phía bên kia')).toHaveCount(0)
  await expect(inHand(back)).toHaveText(atTwo)
  await shot(one, '9-together-again-quay1')
  await shot(back, '9-together-again-quay2')
})
