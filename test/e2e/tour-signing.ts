import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, type ElectronApplication, type Page } from '@playwright/test'
import { z } from 'zod'
import { hallPage } from './hall'
import { answerSigned, issueOnToken, OWN_PIN, trialAndHandOver, typeOn } from './signing-acts'
import type { Shot } from './tour-hall'
import { chooseProcedure, expectReceivedByCity, markSeen, newIntake, paperRow, readSampleCard, receive } from './walk'

// The tour's third part: a citizen who leaves with a digital signature, and with a dossier that is signed with it.

/** The tour runs on machines of any speed. */
const patient = expect.configure({ timeout: 30_000 })

type Tour = Readonly<{ app: ElectronApplication; page: Page; shot: Shot; cityUrl: string; out: string }>

/** The citizen at the counter has a chip card; the tour met the name already. */
const CITIZEN = /TRẦN HỮU PHƯỚC/i
const PARTLY = OWN_PIN.slice(0, 3)

/** Some digits are on the citizen's side, none at the counter; then they are taken back, so that the PIN is typed from the start. */
async function typingSeen(page: Page, display: Page, shot: Shot): Promise<void> {
  const pad = display.locator('.keypad')
  for (const digit of PARTLY) await pad.getByRole('button', { name: digit, exact: true }).click()
  await page.getByText(/^Đang gõ · lần 1/).waitFor()
  await shot('chu-ky-so-quay-cho-ma-pin')
  await shot('chu-ky-so-ma-pin', display)
  for (const _digit of PARTLY) await display.keyboard.press('Backspace')
}

/** Confirmation of marital status; the declaration is made from what was written down, as a paper to be signed. */
async function fill({ page }: Tour): Promise<void> {
  await readSampleCard(page, 'phuoc')
  await page.getByLabel('Điện thoại').fill('0903 517 284')
  await chooseProcedure(page, 'tinh trang hon nhan', '1.004873', ['Chưa kết hôn lần nào'])
  await page.keyboard.press('Alt+g')
  const declaration = page.getByRole('button', { name: 'Lập tờ khai để ký' })
  await declaration.click()
  await patient(declaration).toBeVisible()
  await markSeen(page, 'tùy thân')
  await page.keyboard.press('Alt+p')
  await page.getByLabel(/Số tiền theo nghị quyết/).fill('15000')
  await page.getByRole('radio', { name: 'Tiền mặt' }).click()
}

async function issue({ page, shot }: Tour, display: Page): Promise<void> {
  await page.getByRole('button', { name: 'Cấp chữ ký số cho người này' }).click()
  await patient(page.getByRole('radio', { name: /CA Nam Bình \(trình diễn\)/ })).toBeChecked()
  await shot('cap-chu-ky-so-cho-ai')
  await page.keyboard.press('Control+Enter')
  const at = async (moment: 'consent' | 'certificate' | 'pin' | 'key' | 'handover'): Promise<void> => {
    if (moment === 'consent') await shot('chu-ky-so-dong-y', display)
    if (moment === 'certificate') await shot('chu-ky-so-chung-thu', display)
    if (moment === 'pin') await typingSeen(page, display, shot)
    if (moment === 'handover') await shot('chu-ky-so-ban-giao', display)
  }
  await issueOnToken(page, display, { at })
  await trialAndHandOver(page, display, { at })
  await shot('cap-chu-ky-so')
}

/** Every PDF of the errand with one PIN, typed by the citizen. */
async function signPapers({ page, shot }: Tour, display: Page): Promise<void> {
  await page.keyboard.press('Alt+2')
  await page.getByRole('row', { name: CITIZEN }).first().dblclick()
  await patient(page.getByRole('heading', { name: 'Người nộp' })).toBeVisible()
  await page.keyboard.press('Alt+g')
  await patient(paperRow(page, 'Tờ khai')).toContainText('Đã có')
  await page.keyboard.press('Alt+y')
  const dialog = page.getByRole('dialog')
  await patient(dialog.getByText('RSA-PSS').first()).toBeVisible()
  await shot('ky-so-ho-so')
  await page.keyboard.press('Control+Enter')
  await typeOn(display, 'Nhập mã PIN của chữ ký số', OWN_PIN)
  await patient(dialog.getByText('Đã ký')).toBeVisible()
  await shot('ky-so-xong')
  await page.keyboard.press('Control+Enter')
  await patient(dialog).toHaveCount(0)
  await paperRow(page, 'Tờ khai').click()
}

async function hand({ page, shot }: Tour, display: Page): Promise<string> {
  await page.keyboard.press('Alt+x')
  await page.getByRole('button', { name: 'Trình công dân xem' }).waitFor()
  await page.keyboard.press('Control+Enter')
  await answerSigned(display, 'Đúng, tôi nộp hồ sơ')
  await page.getByText(/Công dân xác nhận và ký lúc/).waitFor()
  const code = await receive(page)
  await expectReceivedByCity(page)
  await page.getByRole('button', { name: 'Mở hồ sơ' }).click()
  await page.getByRole('heading', { level: 1 }).getByText(code).waitFor()
  await page.keyboard.press('2')
  await page.getByRole('button', { name: 'Chữ ký số' }).click()
  await patient(page.getByRole('dialog').getByText('Chữ ký hợp lệ').first()).toBeVisible()
  await shot('giay-da-ky')
  await page.keyboard.press('Escape')
  return code
}

const Stored = z.object({ items: z.array(z.object({ payload: z.object({ dossier: z.object({ code: z.string(), components: z.array(z.object({ documents: z.array(z.object({ sha256: z.string(), mediaType: z.string() })) })) }) }) })) })

/** What the city holds of the dossier: the signed papers, byte for byte. */
async function keepSigned({ cityUrl, out }: Tour, code: string): Promise<readonly string[]> {
  const { items } = Stored.parse(await (await fetch(`${cityUrl}/doors/submissions`)).json())
  const documents = items.filter(({ payload }) => payload.dossier.code === code).flatMap(({ payload }) => payload.dossier.components).flatMap(({ documents: each }) => each)
  const files: string[] = []
  for (const { sha256 } of documents.filter(({ mediaType }) => mediaType === 'application/pdf')) {
    const answer = await fetch(`${cityUrl}/dossiers/${code}/documents/${sha256}`)
    if (!answer.ok) throw new Error(`the city does not give ${sha256}`)
    const bytes = Buffer.from(await answer.arrayBuffer())
    if (!bytes.includes('ETSI.CAdES.detached')) continue
    const file = join(out, `da-ky-${String(files.length + 1)}.pdf`)
    writeFileSync(file, bytes)
    files.push(file)
  }
  if (files.length === 0) throw new Error('no signed paper reached the city')
  return files
}

/** The citizen is issued a signature, signs the papers with it, and what the city got is judged as a file from anywhere. */
export async function signature(tour: Tour): Promise<void> {
  const { app, page, shot } = tour
  const display = await hallPage(app, 'display')
  await page.keyboard.press('Alt+6')
  await page.getByRole('heading', { name: 'Hộp gửi' }).waitFor()
  await newIntake(page)
  await fill(tour)
  await page.keyboard.press('Alt+g')
  await issue(tour, display)
  await signPapers(tour, display)
  const code = await hand(tour, display)
  const [first = ''] = await keepSigned(tour, code)
  await page.keyboard.press('Alt+5')
  await page.getByRole('link', { name: 'Kiểm tra chữ ký' }).click()
  await page.getByTestId('check-file').setInputFiles(first)
  await patient(page.getByRole('region', { name: 'Kết quả kiểm tra' }).getByText('Chữ ký hợp lệ').first()).toBeVisible()
  await shot('kiem-tra-chu-ky')
}
