import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { expect, type ElectronApplication, type Page } from '@playwright/test'
import { hallPage, openInWindow } from './hall'
import { CARD, expectReceivedByCity, fillMaritalStatus, newIntake, receive, SECRETS, signIn, toWall } from './walk'

// The tour's second part: the people in the room, each at a window of their own.

/** The tour runs on machines of any speed. */
const patient = expect.configure({ timeout: 20_000 })

/** Photographs a page under the next number. */
export type Shot = (name: string, of?: Page) => Promise<void>
type Tour = Readonly<{ app: ElectronApplication; page: Page; shot: Shot }>

/** A citizen whom the first part of the tour has not met, with a small child. */
const MOTHER = '079188006245||VÕ THỊ KIM OANH|09051988|Nữ|15 đường Rạch Lá, phường Tân Mỹ Hưng, TP. Hồ Chí Minh|11042023'
const HELPER_SECRET = 'thuc-hanh-tocongnghe'
/** What the guide of the tour is about: born again on paper. */
const LEAFLET = '1.004884'

/** A signature as strokes over the pad, in parts of its width and height. */
const SIGNATURE = [
  [[0.23, 0.29], [0.21, 0.36], [0.2, 0.46], [0.21, 0.56], [0.23, 0.63], [0.27, 0.66], [0.31, 0.63], [0.33, 0.56], [0.35, 0.46], [0.33, 0.36], [0.31, 0.29], [0.27, 0.26], [0.23, 0.29], [0.21, 0.36], [0.36, 0.42], [0.4, 0.46], [0.39, 0.56], [0.43, 0.44], [0.44, 0.57], [0.48, 0.45], [0.51, 0.45], [0.52, 0.57], [0.57, 0.38], [0.6, 0.2], [0.57, 0.22], [0.56, 0.58], [0.6, 0.47], [0.63, 0.49], [0.64, 0.58], [0.82, 0.5]],
  [[0.3, 0.78], [0.5, 0.74], [0.72, 0.76]],
] as const

/** To a screen without a “Tiếp nhận mới” of its own: `newIntake` waits for that of the list of drafts. */
export async function leaveToday(page: Page): Promise<void> {
  await page.keyboard.press('Alt+6')
  await page.getByRole('heading', { name: 'Hộp gửi' }).waitFor()
}

/** The settings name monitors and windows of the hall; the PIN pad is tried from there. */
export async function pinTrial({ app, page, shot }: Tour): Promise<void> {
  const display = await hallPage(app, 'display')
  await openInWindow(page, ['board', 'kiosk'])
  await shot('man-hinh-trong-phong')
  await page.getByRole('button', { name: 'Thử bàn phím PIN' }).click()
  await display.getByRole('heading', { name: 'Gõ thử mã PIN' }).waitFor()
  for (const digit of ['2', '5', '9']) await display.getByRole('button', { name: digit, exact: true }).click()
  await page.getByText('đang gõ, lần 1').waitFor()
  await shot('cong-dan-ma-pin', display)
  await page.getByRole('button', { name: 'Dừng gõ thử' }).click()
}

async function takeNumber(kiosk: Page, kind: RegExp, group: RegExp, look?: () => Promise<void>): Promise<void> {
  await kiosk.getByRole('button', { name: kind }).click()
  await kiosk.getByRole('button', { name: group }).waitFor()
  await look?.()
  await kiosk.getByRole('button', { name: group }).click()
  await kiosk.locator('[data-step="given"]').waitFor()
}

/** Numbers at the kiosk, the queue of the counter, a call on the board and on the display. */
export async function queue({ app, page, shot }: Tour): Promise<void> {
  const [display, board, kiosk] = await Promise.all([hallPage(app, 'display'), hallPage(app, 'board'), hallPage(app, 'kiosk')])
  const done = kiosk.getByRole('button', { name: 'Xong' })
  await kiosk.getByRole('button', { name: /Hộ tịch/ }).waitFor()
  await shot('may-lay-so', kiosk)
  await takeNumber(kiosk, /Hộ tịch/, /Không thuộc nhóm nào/, () => shot('may-lay-so-uu-tien', kiosk))
  const label = (await kiosk.locator('[data-step="given"]').getAttribute('data-label')) ?? ''
  await shot('may-lay-so-da-cap', kiosk)
  await done.click()
  await page.keyboard.press('Alt+1')
  const waiting = page.getByRole('grid', { name: 'Hàng chờ' })
  await waiting.getByText(label).waitFor()
  for (const [kind, group] of [[/Chứng thực/, /Không thuộc nhóm nào/], [/Hộ tịch/, /Người đi cùng trẻ nhỏ/], [/Đất đai/, /Không thuộc nhóm nào/]] as const) {
    await takeNumber(kiosk, kind, group)
    await done.click()
  }
  await patient(waiting.getByRole('row')).toHaveCount(5)
  await shot('hang-cho')
  await page.keyboard.press('F4')
  const called = page.locator('.in-hand .num').first()
  const number = (await called.textContent()) ?? ''
  await Promise.all([board.getByText(number).first().waitFor(), display.getByText(number).first().waitFor()])
  await shot('hang-cho-dang-moi')
  await shot('bang-goi-so', board)
  await shot('cong-dan-cho', display)
}

/** A name, written on the pad of the citizen's display. */
export async function sign(display: Page): Promise<void> {
  const box = await display.getByRole('img', { name: /^Ô ký tên/ }).boundingBox()
  if (box === null) throw new Error('the pad is not to be seen')
  for (const [first, ...rest] of SIGNATURE) {
    await display.mouse.move(box.x + box.width * first[0], box.y + box.height * first[1])
    await display.mouse.down()
    for (const [x, y] of rest) await display.mouse.move(box.x + box.width * x, box.y + box.height * y, { steps: 4 })
    await display.mouse.up()
  }
}

/** The person who was called: checks and signs on the display, is received, and says how it was. */
export async function visit({ app, page, shot }: Tour): Promise<void> {
  const display = await hallPage(app, 'display')
  await leaveToday(page)
  await fillMaritalStatus(page, MOTHER)
  await page.getByRole('button', { name: 'Trình công dân xem' }).waitFor()
  await shot('so-dang-phuc-vu')
  await page.keyboard.press('Control+Enter')
  await display.getByRole('button', { name: 'Đúng, tôi nộp hồ sơ' }).waitFor()
  await sign(display)
  await shot('cong-dan-xem-lai', display)
  await shot('cho-cong-dan-xac-nhan')
  await display.getByRole('button', { name: 'Đúng, tôi nộp hồ sơ' }).click()
  await display.getByText('Đã xác nhận và ký').waitFor()
  await shot('cong-dan-da-ky', display)
  await page.getByText(/Công dân xác nhận và ký lúc/).waitFor()
  await receive(page)
  await expectReceivedByCity(page)
  await page.keyboard.press('F8')
  // The mouse still rests where the button was.
  await display.mouse.move(0, 0)
  await display.getByRole('button', { name: 'Rất hài lòng', exact: true }).waitFor()
  await shot('cong-dan-danh-gia', display)
  await display.getByRole('button', { name: 'Rất hài lòng', exact: true }).click()
  await display.getByRole('button', { name: 'Hướng dẫn rõ ràng' }).click()
  await shot('cong-dan-danh-gia-vi-sao', display)
  await display.getByRole('button', { name: 'Gửi đánh giá' }).click()
  await display.getByText('Đã nhận đánh giá').waitFor()
  await shot('cong-dan-cam-on', display)
}

/** A question of the guide answered, and the leaflet that goes home with the citizen. */
export async function guide({ page, shot }: Pick<Tour, 'page' | 'shot'>): Promise<void> {
  await page.keyboard.press('Alt+9')
  await page.getByLabel('Lời của công dân').fill('toi muon lam lai khai sinh cho con')
  await page.getByRole('region', { name: 'Việc khai sinh này thuộc trường hợp nào?' }).waitFor()
  await shot('hoi-thu-tuc')
  await page.getByLabel('Lời của công dân').press('Enter')
  await page.keyboard.press('3')
  await page.getByRole('option', { selected: true }).getByText(LEAFLET).waitFor()
  await shot('hoi-thu-tuc-tra-loi')
}

/**
 * The leaflet's bytes by the command line, on a practice ward of its own: at the counter it goes to a printer, and there may be none here.
 * @param executable Electron, which is run as Node.js; @param folder for the ward's data
 */
export function leaflet(executable: string, folder: string, out: string): void {
  const program = join(import.meta.dirname, '..', '..', 'out', 'main', 'cli.js')
  const wish = JSON.stringify({ code: LEAFLET, language: 'vi', paper: 'A5' })
  const { status, stderr } = spawnSync(executable, [program, 'guide.leaflet', wish, '--data', folder, '--practice', '--user', 'duyen', '--out', out], {
    env: { ...process.env, ELECTRON_RUN_AS_NODE: '1', MOTCUA_SECRET: SECRETS.duyen }, encoding: 'utf8', timeout: 60_000,
  })
  if (status !== 0) throw new Error(`the leaflet was not made: ${stderr}`)
}

/** What a citizen says about the neighbourhood, written down and sent. */
export async function feedback({ page, shot }: Pick<Tour, 'page' | 'shot'>): Promise<void> {
  await page.keyboard.press('Alt+0')
  await page.getByRole('button', { name: 'Ghi phản ánh' }).click()
  await page.getByLabel('Lĩnh vực').selectOption('infrastructure')
  await page.getByRole('textbox', { name: 'Nội dung' }).fill('Đèn đường ở hẻm 27 Bàu Tràm tắt ba tối nay, trẻ đi học về phải soi điện thoại.')
  await page.getByRole('textbox', { name: 'Nơi xảy ra' }).fill('Hẻm 27 đường Bàu Tràm, khu phố 4')
  await page.getByRole('textbox', { name: 'Họ và tên' }).fill('Trần Hữu Phước')
  await page.getByRole('textbox', { name: 'Điện thoại' }).fill('0918 264 730')
  await page.getByLabel('Cho nơi xử lý biết tên và số điện thoại').check()
  await page.getByText('Đã lưu ở máy này').waitFor()
  await shot('phan-anh-nhap')
  await page.keyboard.press('Control+Enter')
  await page.getByText('Thành phố đã nhận').first().waitFor()
  await shot('phan-anh')
}

/** The number in hand is done; a draft of somebody who went to fetch a paper is put aside. */
async function betweenTwo(page: Page): Promise<void> {
  await page.keyboard.press('Alt+1')
  await page.getByRole('button', { name: 'Xong số này' }).click()
  await patient(page.locator('.in-hand')).toHaveCount(0)
  await leaveToday(page)
  await newIntake(page)
  await page.getByLabel('Họ và tên').fill('Bùi Nhật Khang')
  await page.keyboard.press('Control+g')
  await page.keyboard.press('Alt+1')
  await page.getByText('Bùi Nhật Khang').first().waitFor()
}

/** A helper fills a draft in beside the citizen in the hall; it waits for the officer. */
export async function assisted({ app, page, shot }: Tour): Promise<void> {
  await betweenTwo(page)
  await openInWindow(page, ['helper'])
  const tablet = await hallPage(app, 'helper')
  await tablet.getByLabel('Mã cá nhân').fill(HELPER_SECRET)
  await tablet.keyboard.press('Enter')
  await tablet.getByRole('button', { name: 'Bắt đầu bản mới' }).click()
  await tablet.getByLabel('Công dân đã nghe và đồng ý').check()
  await shot('to-cong-nghe-so-dong-y', tablet)
  await tablet.getByRole('button', { name: 'Bắt đầu ghi' }).click()
  await tablet.getByLabel('Công dân muốn làm gì?').fill('xac nhan tinh trang hon nhan')
  await tablet.getByRole('button', { name: /^Cấp Giấy xác nhận tình trạng hôn nhân/ }).click()
  for (const answer of ['Ở phường này', 'Đã ly hôn']) await tablet.getByRole('button', { name: answer }).first().click()
  await tablet.getByText('Làm được tại quầy này').waitFor()
  await shot('to-cong-nghe-so', tablet)
  await tablet.getByRole('button', { name: 'Tiếp: người nộp' }).click()
  // On a busy machine the keys may come slower than a scanner's: then the card is held out again, as it would be.
  await expect(async () => {
    await tablet.getByLabel('Điện thoại').fill('')
    await tablet.keyboard.type(`${CARD}\n`, { delay: 2 })
    await expect(tablet.getByLabel('Họ và tên')).toHaveValue('Đặng Thị Ngọc Ánh', { timeout: 4_000 })
  }).toPass({ timeout: 40_000 })
  await tablet.getByRole('button', { name: 'Tiếp: giấy tờ' }).click()
  await tablet.getByRole('button', { name: 'Tiếp: xem lại' }).click()
  await tablet.getByLabel(/^Nhắn cán bộ/).fill('Chị bận đón con, xin làm nhanh.')
  await tablet.getByRole('button', { name: 'Chuyển cho cán bộ' }).click()
  await tablet.getByText('Mời công dân về chỗ ngồi, chờ gọi số.').waitFor()
  await shot('to-cong-nghe-so-da-chuyen', tablet)
  await page.keyboard.press('F2')
  await page.getByRole('grid', { name: 'Bản do tổ công nghệ số soạn' }).getByRole('row', { name: /Chị bận đón con/ }).focus()
  await shot('nhan-ban-soan')
}

/** The supervisor's wall, after the officer has left the counter. */
export async function wall({ page, shot }: Pick<Tour, 'page' | 'shot'>): Promise<void> {
  await page.keyboard.press('Control+l')
  await page.getByRole('heading', { name: 'Quầy đang khóa' }).waitFor()
  await shot('khoa')
  await page.getByRole('button', { name: /^Đổi cán bộ/ }).click()
  await signIn(page, 'huy')
  await toWall(page)
  await patient(page.getByRole('region', { name: 'Hài lòng' })).toContainText('100 %')
  await shot('phuong-hom-nay')
}
