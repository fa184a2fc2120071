import { expect, type ElectronApplication, type Page } from '@playwright/test'
import type { HallWindow } from '../../src-preload/contract/hall'

/** Words by which the settings name the windows of the hall. */
const NAMES: Readonly<Record<HallWindow, string>> = { display: 'Màn hình công dân', board: 'Bảng phòng chờ', kiosk: 'Máy lấy số', helper: 'Tổ công nghệ số' }

/** The page of a window of the hall, once it is there. */
export async function hallPage(app: ElectronApplication, kind: HallWindow): Promise<Page> {
  const find = (): Page | undefined => app.windows().find((page) => page.url().includes(`/${kind}/`))
  await expect.poll(() => find() !== undefined, { timeout: 30_000 }).toBe(true)
  const page = find()
  if (page === undefined) throw new Error(`no window ${kind}`)
  await page.waitForLoadState('domcontentloaded')
  return page
}

/** Opens windows of the hall as plain windows, from the settings, as an officer would. */
export async function openInWindow(page: Page, kinds: readonly HallWindow[]): Promise<void> {
  await page.keyboard.press('Alt+8')
  await page.getByRole('tab', { name: 'Màn hình trong phòng' }).or(page.getByRole('button', { name: 'Màn hình trong phòng' })).first().click()
  for (const kind of kinds) {
    await page.getByRole('button', { name: `Mở ${NAMES[kind]} trong cửa sổ` }).click()
    await expect(page.getByRole('button', { name: `Đóng ${NAMES[kind]}` })).toBeVisible({ timeout: 20_000 })
  }
}

/** The officer's monitor and a second one beside it, as MOTCUA_MONITORS tells them. */
export const twoMonitors = [
  { id: '1', x: 0, y: 0, width: 1366, height: 768, primary: true },
  { id: '2', x: 1366, y: 0, width: 1024, height: 768, primary: false },
]
