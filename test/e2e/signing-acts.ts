import { expect, type Page } from '@playwright/test'

/** The simulated token that nobody has used yet, and the PIN that came with it in a sealed letter. */
export const TRANSPORT_PIN = '12345678'
/** What the invented citizen makes of it: neither a birthday nor a row. */
export const OWN_PIN = '135792'

/** Types digits on the citizen's display and says done. */
export async function typeOn(display: Page, title: string | RegExp, digits: string): Promise<void> {
  await expect(display.getByRole('heading', { name: title })).toBeVisible({ timeout: 30_000 })
  const pad = display.getByRole('region', { name: 'Bàn phím số' }).or(display.locator('.keypad')).first()
  for (const digit of digits) await pad.getByRole('button', { name: digit, exact: true }).click()
  await pad.getByRole('button', { name: 'Xong' }).click()
}

/** Draws two strokes on the pad as a pen would. */
export async function drawSignature(display: Page): Promise<void> {
  const pad = display.getByRole('img', { name: /^Ô ký tên/ })
  const box = await pad.boundingBox()
  if (box === null) throw new Error('the pad is not to be seen')
  const at = (x: number, y: number): [number, number] => [box.x + box.width * x, box.y + box.height * y]
  await display.mouse.move(...at(0.2, 0.6))
  await display.mouse.down()
  for (const [x, y] of [[0.3, 0.3], [0.4, 0.65], [0.5, 0.35], [0.62, 0.6]] as const) await display.mouse.move(...at(x, y), { steps: 6 })
  await display.mouse.up()
}

/** The step in hand is this one, and nothing of the one before is under way: its buttons act again. */
export async function atStep(page: Page, name: string): Promise<void> {
  const step = page.locator('[aria-current="step"]')
  await expect(step.getByRole('heading', { name })).toBeVisible({ timeout: 30_000 })
  await expect(step.locator('[aria-disabled="true"]')).toHaveCount(0, { timeout: 30_000 })
}

/** Answers a page on the display that has room for a signature. */
export async function answerSigned(display: Page, button: string): Promise<void> {
  await expect(display.getByRole('button', { name: button })).toBeVisible({ timeout: 20_000 })
  if (await display.getByRole('img', { name: /^Ô ký tên/ }).isVisible()) await drawSignature(display)
  await display.getByRole('button', { name: button }).click()
}

type Watch = Readonly<{ at?: (moment: 'consent' | 'certificate' | 'pin' | 'key' | 'handover') => Promise<void> }>

/** From the desk with the draft's person in hand to the certificate on the fresh token; the officer's acts and the citizen's. */
export async function issueOnToken(page: Page, display: Page, { at = () => Promise.resolve() }: Watch = {}): Promise<void> {
  await atStep(page, 'Đồng ý và điều khoản')
  await page.keyboard.press('Control+Enter')
  await expect(display.getByRole('button', { name: 'Tôi đồng ý' })).toBeVisible({ timeout: 20_000 })
  await at('consent')
  await answerSigned(display, 'Tôi đồng ý')
  await atStep(page, 'Đọc chip, xác thực')
  await page.keyboard.press('Control+Enter')
  await atStep(page, 'Đúng người')
  await page.keyboard.press('Control+Enter')
  await atStep(page, 'Số điện thoại')
  await page.getByLabel('Số di động').fill('0903517284')
  await page.getByRole('button', { name: 'Đã gọi, máy reo tại quầy' }).click()
  await atStep(page, 'Công dân xem nội dung chứng thư')
  await page.keyboard.press('Control+Enter')
  await expect(display.getByRole('button', { name: 'Đúng, xin cấp chữ ký' })).toBeVisible({ timeout: 20_000 })
  await at('certificate')
  await answerSigned(display, 'Đúng, xin cấp chữ ký')
  await atStep(page, 'Công dân đặt mã PIN')
  await page.getByRole('button', { name: 'Mời công dân đổi PIN giao kèm' }).waitFor({ timeout: 20_000 })
  await page.keyboard.press('Control+Enter')
  await expect(display.locator('.pin-card')).toBeVisible({ timeout: 20_000 })
  await at('pin')
  await typeOn(display, 'Nhập mã PIN của chữ ký số', TRANSPORT_PIN)
  await typeOn(display, 'Đặt mã PIN cho chữ ký số', OWN_PIN)
  await expect(display.getByText('Lần 2.')).toBeVisible({ timeout: 20_000 })
  await typeOn(display, 'Đặt mã PIN cho chữ ký số', OWN_PIN)
}

/** The first real signature, and the hand-over. */
export async function trialAndHandOver(page: Page, display: Page, { at = () => Promise.resolve() }: Watch = {}): Promise<void> {
  await atStep(page, 'Ký thử trên thỏa thuận thật')
  await page.keyboard.press('Control+Enter')
  await typeOn(display, 'Nhập mã PIN của chữ ký số', OWN_PIN)
  await atStep(page, 'Biên bản bàn giao, cách thu hồi')
  await page.keyboard.press('Control+Enter')
  await expect(display.getByRole('button', { name: 'Tôi đã nhận' })).toBeVisible({ timeout: 20_000 })
  await at('handover')
  await answerSigned(display, 'Tôi đã nhận')
  await expect(page.getByRole('heading', { name: 'Công dân đã có chữ ký số dùng được' })).toBeVisible({ timeout: 30_000 })
}
