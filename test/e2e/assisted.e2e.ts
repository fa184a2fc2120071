import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { expect, type Page, test } from '@playwright/test'
import { hallForEach, hallPage, openInWindow } from './hall'
import { addPaper, CARD, DECLARATION, expectReceivedByCity, markSeen, receive, RULING, signIn } from './walk'

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')
const SECRET = 'thuc-hanh-tocongnghe'

const hall = hallForEach('assisted', null)

/** The helper's window beside the officer's, with the helper signed in. */
async function helperWindow(): Promise<Page> {
  await signIn(hall.now().page)
  await openInWindow(hall.now().page, ['helper'])
  const tablet = await hallPage(hall.now().app, 'helper')
  await tablet.getByLabel('Mã cá nhân').fill(SECRET)
  await tablet.keyboard.press('Enter')
  await tablet.getByRole('button', { name: 'Bắt đầu bản mới' }).waitFor({ timeout: 20_000 })
  return tablet
}

async function begin(tablet: Page): Promise<void> {
  await tablet.getByRole('button', { name: 'Bắt đầu bản mới' }).click()
  await tablet.getByLabel('Công dân đã nghe và đồng ý').check()
  await tablet.getByRole('button', { name: 'Bắt đầu ghi' }).click()
  await tablet.getByLabel('Công dân muốn làm gì?').waitFor()
}

async function chooseMatter(tablet: Page): Promise<void> {
  await tablet.getByLabel('Công dân muốn làm gì?').fill('xac nhan tinh trang hon nhan')
  await tablet.getByRole('button', { name: /^Cấp Giấy xác nhận tình trạng hôn nhân/ }).click()
  for (const answer of ['Ở phường này', 'Đã ly hôn']) await tablet.getByRole('button', { name: answer }).first().click()
  await expect(tablet.getByText('Làm được tại quầy này')).toBeVisible()
}

const goTo = (tablet: Page, step: string): Promise<void> => tablet.getByRole('navigation', { name: 'Các bước' }).getByRole('button', { name: step }).click()

/** What an independent checker holds against the page (WCAG 2.2 A and AA). */
async function findings(tablet: Page): Promise<string[]> {
  await tablet.waitForTimeout(300)
  await tablet.evaluate(axe)
  return tablet.evaluate(async () => {
    const checker = Reflect.get(window, 'axe') as { run(options: unknown): Promise<{ violations: { id: string; nodes: { target: unknown[] }[] }[] }> }
    const { violations } = await checker.run({ runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'] })
    return violations.flatMap(({ id, nodes }) => nodes.map(({ target }) => `${id}: ${String(target[0])}`))
  })
}

test('a helper fills a draft in beside the citizen, the officer accepts it and receives the dossier', async () => {
  const { page } = hall.now()
  const tablet = await helperWindow()
  await begin(tablet)
  await chooseMatter(tablet)
  await tablet.getByRole('button', { name: 'Tiếp: người nộp' }).click()
  // The reader types the card's text wherever the cursor is.
  await tablet.getByLabel('Điện thoại').focus()
  await tablet.keyboard.type(`${CARD}\n`, { delay: 2 })
  await expect(tablet.getByLabel('Họ và tên')).toHaveValue('Đặng Thị Ngọc Ánh')
  await tablet.getByLabel('Điện thoại').fill('0903.517.284')
  await tablet.getByRole('button', { name: 'Tiếp: giấy tờ' }).click()
  await tablet.getByRole('group', { name: /^Tờ khai/ }).getByRole('button', { name: 'Có', exact: true }).click()
  await tablet.getByRole('button', { name: 'Tiếp: xem lại' }).click()
  await tablet.getByLabel(/^Nhắn cán bộ/).fill('Bác nghe kém.')
  await tablet.getByRole('button', { name: 'Chuyển cho cán bộ' }).click()
  await expect(tablet.getByText('Mời công dân về chỗ ngồi, chờ gọi số.')).toBeVisible()
  await expect(tablet.getByText('Ngọc Ánh')).toHaveCount(0)

  await page.keyboard.press('F2')
  const waiting = page.getByRole('grid', { name: 'Bản do tổ công nghệ số soạn' })
  await expect(waiting.getByText('Bác nghe kém.')).toBeVisible({ timeout: 10_000 })
  await waiting.getByRole('row').nth(1).press('Enter')
  await expect(page.getByRole('heading', { name: /tình trạng hôn nhân/ })).toBeVisible({ timeout: 10_000 })
  await expect(page.locator('.aside')).toContainText('tổ công nghệ số')
  await addPaper(page, 'Tờ khai', [DECLARATION])
  await addPaper(page, 'Bản án, quyết định ly hôn', [RULING])
  await markSeen(page, 'tùy thân')
  await page.keyboard.press('Alt+p')
  await page.getByLabel(/Số tiền theo nghị quyết/).fill('15000')
  expect(await receive(page)).toMatch(/^H29\.900-/)
  await expectReceivedByCity(page)
})

test('what was typed is there after the helper has left and come back, and can be taken back', async () => {
  const tablet = await helperWindow()
  await begin(tablet)
  await goTo(tablet, 'Người nộp')
  await tablet.getByLabel('Họ và tên').fill('bùi nhật khang')
  await tablet.getByLabel('Ngày sinh').fill('21041992')
  await tablet.getByLabel('Điện thoại').focus()
  await expect(tablet.getByLabel('Ngày sinh')).toHaveValue('21/04/1992')
  await expect(tablet.getByText('Đã lưu')).toBeVisible()
  await tablet.getByRole('button', { name: 'Thoát' }).click()
  await tablet.getByLabel('Mã cá nhân').fill(SECRET)
  await tablet.keyboard.press('Enter')
  await tablet.getByRole('button', { name: /Bùi Nhật Khang/ }).click()
  await goTo(tablet, 'Người nộp')
  await expect(tablet.getByLabel('Ngày sinh')).toHaveValue('21/04/1992')
  await tablet.getByLabel('Điện thoại').fill('0903')
  await tablet.keyboard.press('Control+z')
  await expect(tablet.getByLabel('Điện thoại')).toHaveValue('')
  await tablet.getByRole('button', { name: 'Bỏ bản này' }).click()
  await tablet.getByRole('button', { name: 'Hoàn tác' }).click()
  await expect(tablet.getByRole('navigation', { name: 'Các bước' })).toBeVisible()
})

test('a draft that the officer sends back is with its helper again, with the officer’s words', async () => {
  const { page } = hall.now()
  const tablet = await helperWindow()
  await begin(tablet)
  await goTo(tablet, 'Người nộp')
  await tablet.getByLabel('Họ và tên').fill('Bùi Nhật Khang')
  await goTo(tablet, 'Xem lại')
  await tablet.getByRole('button', { name: 'Chuyển cho cán bộ' }).click()
  await tablet.getByRole('button', { name: 'Người tiếp theo' }).click()
  await page.keyboard.press('F2')
  await page.getByRole('button', { name: 'Trả lại bản soạn số 1' }).click()
  await page.getByLabel('Cần sửa gì').fill('Hỏi lại ngày sinh')
  await page.getByRole('button', { name: 'Trả lại', exact: true }).last().click()
  await expect(tablet.getByText('Cán bộ trả lại: Hỏi lại ngày sinh')).toBeVisible({ timeout: 10_000 })
  // The list is empty now; nobody has asked for a new draft.
  await expect(page.getByText('Không còn bản nháp nào')).toBeVisible()
})

test('every step passes the accessibility check, and each target is as large as a finger', async () => {
  const tablet = await helperWindow()
  const wrong: string[] = []
  const look = async (step: string): Promise<void> => {
    wrong.push(...(await findings(tablet)).map((finding) => `${step}: ${finding}`))
    const small = await tablet.evaluate(() => [...document.querySelectorAll<HTMLElement>('button, input:not([type=checkbox]), textarea, label.tick')]
      .map((element) => ({ box: element.getBoundingClientRect(), name: element.getAttribute('aria-label') ?? element.textContent }))
      .filter(({ box }) => box.width > 0 && (box.height < 44 || box.width < 44)).map(({ name }) => name))
    wrong.push(...small.map((name) => `${step}: ${name} is small`))
  }
  await look('home')
  await tablet.getByRole('button', { name: 'Bắt đầu bản mới' }).click()
  await look('consent')
  await tablet.getByLabel('Công dân đã nghe và đồng ý').check()
  await tablet.getByRole('button', { name: 'Bắt đầu ghi' }).click()
  await tablet.getByLabel('Công dân muốn làm gì?').fill('làm hộ chiếu')
  await tablet.getByText('Cấp hộ chiếu phổ thông').waitFor()
  await look('elsewhere')
  await chooseMatter(tablet)
  await look('procedure')
  for (const step of ['Người nộp', 'Giấy tờ', 'Xem lại']) {
    await goTo(tablet, step)
    await look(step)
  }
  expect(wrong).toEqual([])
})
