import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, type ElectronApplication, type Page, test } from '@playwright/test'
import type { HallWindow } from '../../src-preload/contract/hall'
import { type City, doors, startCity } from '../city'
import { launchApp, type Launched } from './launch'

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

export type Hall = Readonly<{ app: ElectronApplication; page: Page; log: Launched['log']; city: City }>

/**
 * A registered counter in practice mode for each test of a file, on monitors of its own, with the reference city beside it.
 * @param name names its folder. @param monitors null: whatever the screen has
 */
export function hallForEach(name: string, monitors: typeof twoMonitors | null = twoMonitors): Readonly<{ now(): Hall }> {
  let city: City | undefined
  let folder = ''
  let counter: Launched | undefined
  test.beforeAll(async () => {
    city = await startCity({ doors: true })
  })
  test.afterAll(() => city?.close())
  test.beforeEach(async () => {
    if (!city) throw new Error('no city')
    folder = mkdtempSync(join(tmpdir(), `${name}-`))
    const told = join(folder, 'monitors.json')
    if (monitors !== null) writeFileSync(told, JSON.stringify(monitors))
    counter = await launchApp({
      dataFolder: join(folder, 'data'), practice: true, cityUrl: city.url, enrolment: await doors(city.url).enrolmentCode(), ...(monitors !== null && { env: { MOTCUA_MONITORS: told } }),
    })
  })
  test.afterEach(async () => {
    await counter?.close()
    rmSync(folder, { recursive: true, force: true })
  })
  return {
    now: () => {
      if (!city || !counter) throw new Error('asked for outside a test')
      return { app: counter.app, page: counter.page, log: counter.log, city }
    },
  }
}
