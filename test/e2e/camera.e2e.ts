import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, type Page, test } from '@playwright/test'
import { corners, desk, filmSwitches, lying, paper, withQr, writeFilm } from './camera-film'
import { launchApp, type Launched } from './launch'
import { CARD, chooseProcedure, newIntake, paperRow, scanCard, SECOND_CARD, SECRETS, signIn } from './walk'

// The document camera in the real window. Chromium plays a film instead of a camera; the switches for it are the test's alone.

let folder: string
let film: string
let counter: Launched

test.beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'camera-'))
  film = join(folder, 'film.y4m')
  const [empty, first, second] = [desk(), lying(await paper('4-trich-luc-ket-hon.jpg')), lying(await paper('5-to-khai-cu-tru.jpg'), corners(60, 10))]
  writeFilm(film, [[empty, 1], [first, 5], [empty, 1], [await withQr(second, SECOND_CARD, { x: 40, y: 200 }), 5]])
})
test.afterAll(() => rmSync(folder, { recursive: true, force: true }))
test.afterEach(() => counter.close())

/** The papers of an intake, with the camera open over its first one. */
async function openCamera(args: readonly string[]): Promise<Page> {
  counter = await launchApp({ dataFolder: mkdtempSync(join(folder, 'data-')), practice: true, args })
  const { page } = counter
  await signIn(page)
  await newIntake(page)
  await scanCard(page, CARD)
  await chooseProcedure(page, 'tinh trang hon nhan', '1.004873', ['Đã ly hôn'])
  await page.keyboard.press('Alt+g')
  await paperRow(page, 'Tờ khai').click({ position: { x: 20, y: 20 } })
  await page.keyboard.press('Control+F9')
  await page.getByRole('dialog', { name: /^Chụp giấy tờ/ }).waitFor()
  return page
}

const count = (page: Page) => page.getByTestId('taken-count')
const last = (page: Page) => page.locator('.cam-last')

/** Brightness of the four corners of the last page's picture, 0 … 255, and how much higher than wide it is. */
async function cutOut(page: Page): Promise<{ corners: number[]; shape: number }> {
  return last(page).locator('img').evaluate(async (image: HTMLImageElement) => {
    await image.decode()
    const { naturalWidth: width, naturalHeight: height } = image
    const drawing = Object.assign(document.createElement('canvas'), { width, height }).getContext('2d')
    drawing?.drawImage(image, 0, 0)
    const at = (x: number, y: number): number => Math.min(...Array.from(drawing?.getImageData(x, y, 1, 1).data ?? [0]).slice(0, 3))
    return { corners: [at(6, 6), at(width - 7, 6), at(6, height - 7), at(width - 7, height - 7)], shape: height / width }
  })
}

test('papers that lie still are taken by themselves, one after the other, cut out and clean', async () => {
  const page = await openCamera(filmSwitches(film))
  await expect(page.getByTestId('page-outline')).toBeVisible({ timeout: 20_000 })
  await expect(count(page)).toHaveText('1 trang', { timeout: 20_000 })
  await expect(count(page)).toHaveText('2 trang', { timeout: 20_000 })
  await page.keyboard.press('a')
  await expect(last(page).getByText(/Đủ, rõ|chụp lại|Chữ/)).toBeVisible({ timeout: 20_000 })
  const made = await cutOut(page)
  expect([made.corners.every((brightness) => brightness > 200), Math.abs(made.shape - 297 / 210) < 0.03]).toEqual([true, true])
})

test('the QR code of a card in the picture is read by the reader that is shipped, and offered', async () => {
  const page = await openCamera(filmSwitches(film))
  await page.keyboard.press('a')
  await expect(page.getByText('Thấy mã QR của thẻ căn cước trong hình.')).toBeVisible({ timeout: 30_000 })
  expect(counter.log.filter((line) => line.includes('"what":"load"'))).toEqual([])
  await page.keyboard.press('q')
  await expect(page.getByText('Thấy mã QR của thẻ căn cước trong hình.')).toBeHidden()
})

test('a page is taken by hand, taken again by R, and is still there when the camera is closed and opened again', async () => {
  const page = await openCamera(filmSwitches(film))
  await page.keyboard.press('a')
  await expect(page.getByText('2048 × 1536')).toBeVisible({ timeout: 20_000 })
  await page.keyboard.press('Space')
  await expect(count(page)).toHaveText('1 trang', { timeout: 20_000 })
  await page.keyboard.press('r')
  await expect(page.getByText('Đang chụp lại trang 1')).toBeVisible()
  await page.keyboard.press('Enter')
  await expect(page.getByText('Đang chụp lại trang 1')).toBeHidden()
  await expect(last(page).getByText(/Đủ, rõ|chụp lại|Chữ/).first()).toBeVisible({ timeout: 20_000 })
  await expect(count(page)).toHaveText('1 trang')
  await page.keyboard.press('Escape')
  await expect(page.getByRole('dialog', { name: /^Chụp giấy tờ/ })).toBeHidden()
  await page.keyboard.press('Control+F9')
  await expect(count(page)).toHaveText('1 trang')
})

test('without a camera it says so, with what to do', async () => {
  const page = await openCamera(['--use-fake-device-for-media-stream=device-count=0'])
  await expect(page.getByRole('alert')).toContainText('QT-019')
  await page.keyboard.press('Enter')
  await expect(page.getByRole('alert')).toContainText('QT-019')
  await page.keyboard.press('Escape')
  await expect(paperRow(page, 'Tờ khai')).toBeVisible()
})

test('the page sees and does not hear: the microphone is refused beside the camera', async () => {
  const page = await openCamera(filmSwitches(film))
  await expect(page.getByText('2048 × 1536')).toBeVisible({ timeout: 20_000 })
  const how = await page.evaluate(() => Promise.all([{ audio: true }, { audio: true, video: true }, { video: true }].map((wish) =>
    navigator.mediaDevices.getUserMedia(wish).then((stream) => {
      stream.getTracks().forEach((track) => track.stop())
      return 'granted'
    }, (error: unknown) => (error instanceof Error ? error.name : 'refused')))))
  expect(how).toEqual(['NotAllowedError', 'NotAllowedError', 'granted'])
})

test('under the lock the camera is let go and nothing of it shows; behind it everything is as it was', async () => {
  const page = await openCamera(filmSwitches(film))
  await page.keyboard.press('a')
  await expect(page.getByText('2048 × 1536')).toBeVisible({ timeout: 20_000 })
  await page.keyboard.press('Space')
  await expect(count(page)).toHaveText('1 trang', { timeout: 20_000 })
  await counter.app.evaluate(({ powerMonitor }) => powerMonitor.emit('lock-screen'))
  const secret = page.getByLabel(/^Mã cá nhân/)
  await expect(secret).toBeVisible({ timeout: 20_000 })
  await expect(count(page)).toBeHidden()
  await expect.poll(() => page.evaluate(() => document.querySelector('video')?.srcObject ?? null)).toBeNull()
  await secret.fill(SECRETS.duyen)
  await secret.press('Enter')
  await expect(count(page)).toHaveText('1 trang', { timeout: 20_000 })
  await expect(page.getByText('2048 × 1536')).toBeVisible({ timeout: 20_000 })
})
