import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'
import { expect, type Page, test } from '@playwright/test'
import { type City, type Doors, doors, startCity } from '../city'
import { codesByZbar } from '../paperwork/pdf-tools'
import { hallPage, openInWindow } from './hall'
import { launchApp, type Launched } from './launch'
import { fillMaritalStatus, receive, signIn } from './walk'

const PHOTO = join(import.meta.dirname, '..', '..', 'resources', 'practice', 'scans', '2-mat-sau-trang.jpg')
const HOSTILE = 'Cống trước hẻm 12 tràn đêm mưa <img src=x onerror="document.title=1"> \u202Egnud\u202C {{count}} & “hôi”'
/** Direction marks are taken out where words come in. */
const KEPT = 'Cống trước hẻm 12 tràn đêm mưa <img src=x onerror="document.title=1"> gnud {{count}} & “hôi”'

let city: City
let door: Doors
let folder: string
let counter: Launched

test.beforeAll(async () => {
  city = await startCity({ doors: true })
  door = doors(city.url)
})
test.afterAll(() => city.close())
test.beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'feedback-'))
  // A queue of printers that keeps what it is given.
  writeFileSync(join(folder, 'lp'), `#!/bin/sh\ncat > "${join(folder, 'printed.tmp')}" && mv "${join(folder, 'printed.tmp')}" "${join(folder, 'printed.pdf')}"\n`)
  chmodSync(join(folder, 'lp'), 0o755)
  counter = await launchApp({
    dataFolder: join(folder, 'data'), practice: true, cityUrl: city.url, enrolment: await door.enrolmentCode(), env: { PATH: `${folder}${delimiter}${process.env.PATH ?? ''}` },
  })
})
test.afterEach(async () => {
  await door.line(true)
  await counter.close()
  rmSync(folder, { recursive: true, force: true })
})

/** A photo as large as a telephone makes them: its picture is noise, its frame is sound. */
function largePhoto(): string {
  const picture = readFileSync(PHOTO)
  const end = picture.length - 2
  const filling = Buffer.alloc(29 * 1024 * 1024, 0x5a)
  const file = join(folder, 'IMG_3120.jpg')
  writeFileSync(file, Buffer.concat([picture.subarray(0, end), filling, picture.subarray(end)]))
  return file
}

/** As a reader's bridge program brings it; typed keys would race with a busy machine. */
async function scan(text: string): Promise<void> {
  await counter.page.evaluate(() => { if (document.activeElement instanceof HTMLElement) document.activeElement.blur() })
  await counter.app.evaluate(({ clipboard }, copied) => clipboard.writeText(copied), text)
  await counter.page.keyboard.press('Control+v')
}

async function writeComplaint(page: Page, photos: readonly string[]): Promise<void> {
  await page.keyboard.press('Alt+0')
  await expect(page.getByRole('heading', { level: 1, name: 'Phản ánh, kiến nghị' })).toBeVisible()
  await page.keyboard.press('Control+Enter')
  const words = page.getByLabel('Nội dung', { exact: true })
  await words.fill(HOSTILE)
  await page.getByLabel('Lĩnh vực').selectOption('environment')
  await page.getByLabel('Nơi xảy ra').fill('Hẻm 12 Rạch Lá')
  await page.getByLabel('Công dân không muốn nêu tên').check()
  for (const [index, photo] of photos.entries()) {
    await page.locator('.photos input[type=file]').setInputFiles(photo)
    await expect(page.getByText(`Ảnh ${String(index + 1)}/8`)).toBeVisible({ timeout: 60_000 })
  }
}

test('a complaint waits while the line is down, reaches the city once, and the answer comes back', async () => {
  const { page, log } = counter
  await signIn(page)
  await expect(page.getByRole('button', { name: 'Có mạng' })).toBeVisible({ timeout: 20_000 })
  await door.line(false)
  await writeComplaint(page, [PHOTO, largePhoto()])

  // The photos do not go without the citizen's yes.
  await page.keyboard.press('Control+Enter')
  await expect(page.getByText('Còn 1 chỗ chưa đủ để gửi')).toBeVisible()
  await page.getByLabel('Cho gửi ảnh đi kèm').check()
  await expect(page.getByText('Đã lưu ở máy này')).toBeVisible()
  await page.keyboard.press('Control+Enter')
  const detail = page.getByRole('region', { name: 'Phản ánh', exact: true }).filter({ has: page.locator('.said') })
  await expect(detail.getByText('Đã ghi nhận').first()).toBeVisible({ timeout: 20_000 })
  const number = (await detail.locator('.code').textContent()) ?? ''
  expect(number).toMatch(/^PA-H29\.900-.+-\d{6}-\d{4}$/)

  // Whatever was said is words and nothing else.
  await expect(detail.locator('.said')).toHaveText(KEPT)
  expect(await page.locator('.said img').count()).toBe(0)
  expect(await page.title()).not.toBe('1')

  expect(await door.letters()).toEqual([])
  await door.line(true)
  await page.keyboard.press('F5')
  await expect(detail.getByText(/BN-\d\d-\d{6}/).first()).toBeVisible({ timeout: 60_000 })
  const [letter, ...more] = await door.letters()
  const sent = letter?.payload.feedback
  if (sent?.act !== 'taken') throw new Error('a letter of another kind')
  expect([more, letter?.number, sent.body.content, sent.body.anonymous]).toEqual([[], number, KEPT, true])
  const sizes = sent.body.photos.map(({ size }) => size)
  expect([sizes.length, Math.max(...sizes) > 29 * 1024 * 1024]).toEqual([2, true])
  expect(JSON.stringify(letter?.payload)).not.toContain('person')

  await door.feedbackStatus({ number, state: 5, note: 'Đã nạo vét <b>cống</b>', by: 'Phòng Kinh tế' })
  await page.keyboard.press('F5')
  await page.getByRole('radio', { name: 'Tất cả' }).click()
  await expect(detail.getByText('Đã trả lời').first()).toBeVisible({ timeout: 40_000 })
  await expect(page.getByRole('list', { name: 'Diễn biến' })).toContainText('Đã nạo vét <b>cống</b>')
  expect(log.filter((line) => /Rạch Lá|Cống trước/u.test(line))).toEqual([])
})

/** The code on the paper that came out last; the paper is taken away. */
function printedCode(): string {
  const file = join(folder, 'printed.pdf')
  const [text = ''] = codesByZbar(readFileSync(file), 203)
  rmSync(file)
  return text
}

/** The roll printer of this machine, as the settings have it. */
async function chooseRollPrinter(page: Page): Promise<void> {
  await counter.app.evaluate(({ webContents }) => {
    for (const contents of webContents.getAllWebContents()) contents.getPrintersAsync = () => Promise.resolve([{ name: 'K80', displayName: 'K80', description: '', options: {} }])
  })
  await page.keyboard.press('Alt+8')
  await page.getByRole('tab', { name: 'In ấn' }).or(page.getByRole('button', { name: 'In ấn' })).first().click()
  await page.getByLabel('Máy in: Phiếu số, phiếu đánh giá').selectOption('K80')
  await page.keyboard.press('Control+Enter')
  await expect(page.getByText('Đã lưu').first()).toBeVisible({ timeout: 10_000 })
}

test('a rating slip on paper is scanned on another screen, written down by the officer, and counted', async () => {
  const { page } = counter
  await signIn(page)
  await chooseRollPrinter(page)
  await fillMaritalStatus(page)
  await receive(page)
  const card = page.getByRole('region', { name: 'Đánh giá', exact: true })
  await card.getByRole('button', { name: 'Phiếu đánh giá' }).click()
  await expect(card.getByText('Phiếu đánh giá đã ra máy in.')).toBeVisible({ timeout: 20_000 })
  await expect.poll(() => existsSync(join(folder, 'printed.pdf'))).toBe(true)
  const text = printedCode()
  expect(text).toMatch(/^MOTCUA:DG:1:[0-9A-Z]{20}$/)
  const refuse = card.getByRole('button', { name: 'Công dân không đánh giá' })
  await refuse.click()
  await expect(refuse).toHaveCount(0)
  await expect(card.getByText('Công dân không đánh giá')).toBeVisible()

  // They think better of it and hand the slip over, with another screen open.
  await page.keyboard.press('Alt+3')
  await scan('MOTCUA:DG:1:00000000000000000000')
  await expect(page.getByText('Không nhận ra phiếu đánh giá này.')).toBeVisible()
  await scan(text)
  const dialog = page.getByRole('dialog', { name: 'Ghi hộ đánh giá của công dân' })
  await expect(dialog).toBeVisible()
  await page.keyboard.press('Control+Enter')
  await expect(dialog.getByText('Chọn mức công dân nói.')).toBeVisible()
  await dialog.getByLabel('Hài lòng', { exact: true }).check()
  await dialog.getByLabel('Hướng dẫn rõ ràng').check()
  await dialog.getByLabel('Lời công dân').fill('Cô hướng dẫn kỹ')
  await page.keyboard.press('Control+Enter')
  await expect(dialog).toBeHidden()
  await scan(text)
  await expect(page.getByText('Hồ sơ của phiếu này đã được đánh giá.')).toBeVisible()

  await page.keyboard.press('Control+l')
  await expect(page.getByRole('heading', { name: 'Quầy đang khóa' })).toBeVisible()
  await page.getByRole('button', { name: /^Đổi cán bộ/ }).click()
  await signIn(page, 'huy')
  await page.keyboard.press('Alt+0')
  await page.getByRole('radio', { name: 'Ý kiến đánh giá' }).click()
  await expect(page.getByRole('region', { name: 'Mức hài lòng' })).toContainText('1 lượt chấm · 0 từ chối')
  await expect(page.getByRole('table', { name: 'Theo mức' }).getByRole('row', { name: /^Hài lòng/ })).toContainText('1')
})

/** A number from the kiosk, and what the QR of its paper says. */
async function takeNumber(): Promise<{ label: string; text: string }> {
  const kiosk = await hallPage(counter.app, 'kiosk')
  await kiosk.getByRole('button', { name: /Hộ tịch/ }).click({ timeout: 20_000 })
  await kiosk.getByRole('button', { name: 'Không thuộc nhóm nào' }).click()
  const given = kiosk.locator('[data-step="given"]')
  await given.waitFor({ timeout: 20_000 })
  const label = (await given.getAttribute('data-label')) ?? ''
  const text = printedCode()
  await kiosk.getByRole('button', { name: /^Xong/ }).click()
  return { label, text }
}

test('a scanned number is chosen and offered, never called by itself, and one of another day is told', async () => {
  const { page } = counter
  await signIn(page)
  await chooseRollPrinter(page)
  await openInWindow(page, ['kiosk'])
  await takeNumber()
  const { label, text } = await takeNumber()
  expect(text).toContain(label)
  await page.keyboard.press('Alt+3')
  await scan('Số A009 MOTCUA:SO:1:0f8fad5b-d9cb-469f-a165-70867728950e')
  await expect(page.getByText('Số trên phiếu này không phải của hôm nay.')).toBeVisible()
  await scan(text)
  await expect(page.getByText(`Số ${label}: nhấn Enter để gọi.`)).toBeVisible()
  await expect(page.getByRole('grid', { name: 'Hàng chờ' }).getByRole('row', { name: new RegExp(label) })).toBeFocused()
  await expect(page.locator('.in-hand')).toHaveCount(0)
  await page.keyboard.press('Enter')
  await expect(page.locator('.in-hand')).toContainText(label, { timeout: 10_000 })
  await page.keyboard.press('Alt+3')
  await scan(text)
  await expect(page.getByText(`Số ${label} đang ở quầy này.`)).toBeVisible()
})
