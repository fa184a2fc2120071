import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { _electron, type ElectronApplication, type Page } from '@playwright/test'
import { findElectron, rootSwitches } from '../../scripts/lib/electron.mjs'
import { doors } from '../city'
import { plug } from './hall-probe'
import { launchApp } from './launch'
import { assisted, feedback, guide, leaflet, leaveToday, pinTrial, queue, type Shot, visit, wall } from './tour-hall'
import { paperSettings, reports } from './tour-figures'
import { answerSaveDialog, cashCount, dueAndStop, fee, forms, handOver, type PaperTour, refuse } from './tour-paperwork'
import { signature } from './tour-signing'
import { addPaper, chooseProcedure, DECLARATION, expectReceivedByCity, markSeen, newIntake, readSampleCard, receive, RULING, scanCard, scanPile, SECOND_CARD, signIn } from './walk'

// The tour: the main job and the people in the room, driven through the real windows, with a picture of each step.

const cityUrl = process.env.MOTCUA_CITY_URL ?? ''
const enrolment = process.env.MOTCUA_CITY_ENROLMENT ?? ''
const out = process.env.MOTCUA_TOUR_DIR ?? join(process.cwd(), 'tour')

/** The officer's monitor; the first part of the tour has no other. */
const COUNTER = [['1', 0, 1366]] as const

function emptyFolder(): void {
  mkdirSync(out, { recursive: true })
  for (const file of readdirSync(out)) rmSync(join(out, file), { recursive: true })
}

function camera(page: Page): Shot {
  let count = 0
  return async (name, of = page) => {
    await of.waitForTimeout(500)
    count += 1
    await of.screenshot({ path: join(out, `${String(count).padStart(2, '0')}-${name}.png`) })
  }
}

async function walkIn(app: ElectronApplication, page: Page, shot: Shot): Promise<string> {
  await page.getByLabel(/^Mã cá nhân/).waitFor({ timeout: 60_000 })
  await shot('dang-nhap')
  await signIn(page)
  await shot('hom-nay-dau-ngay')
  await leaveToday(page)
  await newIntake(page)
  await readSampleCard(page, 'anh')
  await shot('doc-chip')
  await page.keyboard.press('Alt+c')
  await page.getByRole('dialog', { name: 'Chi tiết đọc chip' }).waitFor()
  await shot('doc-chip-chi-tiet')
  await page.keyboard.press('Escape')
  await page.keyboard.press('Alt+d')
  await page.getByText('Đúng người').first().waitFor()
  await page.getByLabel('Điện thoại').fill('0903 517 284')
  await shot('nguoi-nop')
  await chooseProcedure(page, 'tinh trang hon nhan', '1.004873', [])
  await shot('thu-tuc')
  await page.locator('.questions').getByRole('button', { name: 'Đã ly hôn' }).click()
  await shot('dung-noi')
  await page.keyboard.press('Alt+g')
  await scanPile(page, 'Tờ khai', async () => shot('may-quet'))
  await markSeen(page, 'tùy thân')
  await addPaper(page, 'Bản án, quyết định ly hôn', [RULING, DECLARATION])
  await page.getByRole('button', { name: /Xem và dùng/ }).waitFor({ timeout: 60_000 })
  await shot('giay-to')
  await page.locator('.sheet-page').first().focus()
  await page.keyboard.press('Space')
  await page.getByRole('dialog').waitFor()
  await page.waitForTimeout(800)
  await shot('trang-giay')
  await page.keyboard.press('Escape')
  await page.keyboard.press('Alt+m')
  await page.getByRole('dialog').waitFor()
  await page.waitForTimeout(800)
  await shot('may-doc')
  await page.keyboard.press('Escape')
  await page.keyboard.press('Alt+p')
  await page.getByLabel(/Số tiền theo nghị quyết/).fill('15000')
  await page.getByRole('radio', { name: 'Tiền mặt' }).click()
  await shot('phi')
  await page.keyboard.press('Alt+h')
  await shot('ngay-hen')
  await page.keyboard.press('Alt+x')
  await shot('xem-lai')
  const code = await receive(page)
  await expectReceivedByCity(page)
  await shot('da-tiep-nhan')
  await answerSaveDialog(app, join(out, 'mau-01.pdf'))
  await page.keyboard.press('Control+s')
  await page.getByText('Đã lưu Mẫu 01 thành tệp.').first().waitFor({ timeout: 30_000 })
  await page.getByRole('button', { name: 'Mở hồ sơ' }).click()
  await page.getByRole('heading', { level: 1 }).getByText(code).waitFor()
  await page.waitForTimeout(1500)
  await shot('ho-so')
  await forms({ app, page, shot, out })
  await withTheLineDown(page, shot)
  await page.keyboard.press('Alt+1')
  await shot('hom-nay')
  await afterwards({ app, page, shot, out })
  await page.keyboard.press('Alt+6')
  await shot('hop-gui')
  await page.keyboard.press('Alt+3')
  await shot('danh-sach-ho-so')
  await guide({ page, shot })
  await page.keyboard.press('Alt+9')
  await page.waitForTimeout(700)
  await shot('danh-muc')
  await page.keyboard.press('Alt+8')
  await page.waitForTimeout(700)
  await shot('cai-dat')
  return code
}

/** Paper and money around the dossiers that are there. */
async function afterwards(tour: PaperTour): Promise<void> {
  await dueAndStop(tour)
  await refuse(tour)
  await fee(tour)
  await cashCount(tour)
}

/** A second monitor is plugged in, as far as the program can tell: the display opens on it, and the hall comes to life. */
async function peopleInTheRoom(app: ElectronApplication, page: Page, shot: Shot, code: string): Promise<void> {
  plug(monitors, [...COUNTER, ['2', 1366, 1024]])
  const tour = { app, page, shot }
  await pinTrial(tour)
  await queue(tour)
  await visit(tour)
  await handOver({ ...tour, out }, code)
  await signature({ ...tour, cityUrl, out })
  await feedback(tour)
  await assisted(tour)
  await wall(tour)
  await reports({ ...tour, out })
  await paperSettings({ ...tour, out })
}

/** A second citizen while the city cannot be reached: the same job, a final code all the same, sent when the line is back. */
async function withTheLineDown(page: Page, shot: (name: string) => Promise<void>): Promise<void> {
  const door = doors(cityUrl)
  await door.line(false)
  await newIntake(page)
  await scanCard(page, SECOND_CARD)
  await chooseProcedure(page, 'chung thuc ban sao', '2.000815', ['Có', 'Nguyên vẹn', 'Không'])
  await page.keyboard.press('Alt+g')
  await markSeen(page, 'Bản chính')
  await page.keyboard.press('Alt+p')
  await page.getByRole('radio', { name: 'Tiền mặt' }).click()
  await receive(page)
  await page.locator('.strip').getByText(/Mất mạng/).first().waitFor({ timeout: 30_000 })
  await shot('mat-mang')
  await page.keyboard.press('Alt+6')
  await page.waitForTimeout(500)
  await shot('hop-gui-mat-mang')
  await door.line(true)
  await page.keyboard.press('F5')
  await page.locator('.strip').getByText('Có mạng').first().waitFor({ timeout: 30_000 })
  await page.getByRole('row', { name: /Thành phố đã nhận/ }).nth(1).waitFor({ timeout: 30_000 })
}

async function electron(): Promise<string> {
  const found = process.env.MOTCUA_ELECTRON ?? (await findElectron())?.executable
  if (found === undefined) throw new Error('no Electron binary')
  return found
}

/** The city's own page, in a window of its own: what arrived, seen from the other side. */
async function citysView(code: string): Promise<void> {
  const app = await _electron.launch({ executablePath: await electron(), args: [...rootSwitches(), '--disable-gpu', join(import.meta.dirname, '..', '..', 'scripts', 'lib', 'city-window')] })
  const page = await app.firstWindow()
  await page.getByText(code).first().waitFor()
  await page.screenshot({ path: join(out, 'thanh-pho.png') })
  await page.goto(`${cityUrl}/dossiers/${code}`)
  await page.screenshot({ path: join(out, 'thanh-pho-ho-so.png') })
  await app.close()
  const answer = await fetch(`${cityUrl}/doors/submissions`)
  if (answer.ok) writeFileSync(join(out, 'thanh-pho.json'), await answer.text())
}

emptyFolder()
const folder = mkdtempSync(join(tmpdir(), 'mot-cua-tour-'))
const monitors = join(folder, 'monitors.json')
plug(monitors, COUNTER)
const counter = await launchApp({ dataFolder: join(folder, 'data'), practice: true, cityUrl, enrolment, env: { MOTCUA_MONITORS: monitors } })
const { app, page } = counter
page.setDefaultTimeout(20_000)
const shot = camera(page)
try {
  const code = await walkIn(app, page, shot)
  await peopleInTheRoom(app, page, shot, code)
  await citysView(code)
  leaflet(await electron(), join(folder, 'leaflet'), join(out, 'to-huong-dan.pdf'))
  if (!existsSync(join(out, 'mau-01.pdf'))) throw new Error('the receipt was not saved')
} catch (error) {
  await page.screenshot({ path: join(out, 'stopped-here.png') }).catch(() => undefined)
  throw error
} finally {
  await counter.close()
  rmSync(folder, { recursive: true, force: true })
}
