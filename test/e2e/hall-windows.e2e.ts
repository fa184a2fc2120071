import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test, type Page } from '@playwright/test'
import { contract } from '@contract'
import * as narrow from '@contract/hall-contracts'
import type { HallState } from '@contract/hall'
import { hallPage } from './hall'
import { holdPort, plug, probe, windowsOf } from './hall-probe'
import { launchApp, type Launched } from './launch'
import { signIn } from './walk'

// Monitors that come and go under one large screen: what no drawing of a rule proves, that real windows follow it.

const A = ['A', 0, 1366] as const
const B = ['B', 1366, 1024] as const

let launched: Launched
let page: Page
let folder: string
let monitors: string

const start = async (first: readonly (readonly [string, number, number])[]): Promise<void> => {
  folder = mkdtempSync(join(tmpdir(), 'hall-'))
  monitors = join(folder, 'monitors.json')
  plug(monitors, first)
  launched = await launchApp({ dataFolder: join(folder, 'data'), practice: true, env: { MOTCUA_MONITORS: monitors } })
  page = launched.page
}
test.afterEach(async () => {
  await launched.close()
  rmSync(folder, { recursive: true, force: true })
})

const counter = async () => (await windowsOf(launched.app))['/index.html']
const display = async () => (await windowsOf(launched.app))['/display/index.html']
const told = (event: string): number => launched.log.filter((line) => line.includes(`"shell.${event}"`)).length
/** Paths of a contract as they are called. */
const paths = (part: object, path = ''): string[] => ('~orpc' in part ? [path] : Object.entries(part).flatMap(([name, inner]) => paths(inner as object, `${path}/${name}`)))
/** Counts the ports that come into a page. */
const countPorts = (of: Page): Promise<void> => of.evaluate(() => {
  Object.assign(window, { portsSeen: 0 })
  window.addEventListener('message', (event: MessageEvent<{ kind?: string }>) => {
    if (event.data?.kind === 'motcua:port') Object.assign(window, { portsSeen: Number(Reflect.get(window, 'portsSeen')) + 1 })
  })
})

/** The width of monitor A, or a pixel less: Chromium takes one off a window that would fill the whole X screen. */
const WHOLE: unknown = expect.closeTo(1366, -1)

test('a second monitor gets the display by itself; unplugged, the display is closed and the core knows', async () => {
  await start([A])
  await signIn(page)
  await holdPort(page)
  expect(await display()).toBeUndefined()
  plug(monitors, [A, B])
  const shown = await hallPage(launched.app, 'display')
  await expect.poll(display).toEqual({ x: 1366, width: 1024, visible: true, onTop: true })
  await expect.poll(async () => (await probe(page, '/display/state')).body).toMatchObject({ attached: true, turned: false })
  expect((await probe(page, '/hall/state')).body).toMatchObject({
    monitors: [{ id: 'A', holds: 'counter', name: 'Màn hình 1 · 1366×768' }, { id: 'B', holds: 'display' }], open: [{ window: 'display', place: 'monitor', monitor: 'B' }], display: 'auto',
  })

  plug(monitors, [A])
  await expect.poll(() => shown.isClosed()).toBe(true)
  await expect.poll(async () => (await probe(page, '/display/state')).body).toMatchObject({ attached: false })
  expect((await probe(page, '/hall/state')).body).toMatchObject({ open: [] } satisfies Partial<HallState>)
  expect([await counter(), told('officer-covered')]).toMatchObject([{ x: 0, visible: true }, 0])
})

test('the officer’s monitor unplugged: the window is hidden and the session locked; it is shown again only locked', async () => {
  await start([A, B])
  await signIn(page)
  await holdPort(page)
  await hallPage(launched.app, 'display')
  await launched.app.evaluate(({ BrowserWindow }) => {
    const seen: string[] = []
    const window = BrowserWindow.getAllWindows().find(({ webContents }) => webContents.getURL().startsWith('app://motcua/index.html'))
    window?.on('hide', () => seen.push('hidden'))
    window?.on('show', () => void window.webContents.executeJavaScript(`document.querySelector('nav.rail')?.checkVisibility() === true`).then((open: boolean) => seen.push(open ? 'shown open' : 'shown locked')))
    Object.assign(globalThis, { seen })
  })
  const seen = (): Promise<string[]> => launched.app.evaluate(() => Reflect.get(globalThis, 'seen') as string[])
  plug(monitors, [B])
  await expect.poll(seen).toEqual(['hidden', 'shown locked'])
  expect([(await probe(page, '/staff/session')).body, await counter()]).toMatchObject([{ locked: true }, { x: 1366, visible: true }])
  expect(await display()).toBeUndefined()

  plug(monitors, [A, B])
  await expect.poll(display).toMatchObject({ x: 1366, visible: true })
  expect([await counter(), await seen()]).toMatchObject([{ x: 0, width: WHOLE, visible: true }, ['hidden', 'shown locked']])
})

test('monitors that change places never put the officer’s window before the citizens', async () => {
  await start([A, B])
  await hallPage(launched.app, 'display')
  await expect.poll(display).toMatchObject({ x: 1366 })
  plug(monitors, [['B', 0, 1024], ['A', 1024, 1366]])
  await expect.poll(display).toMatchObject({ x: 0, width: 1024 })
  await expect.poll(counter).toMatchObject({ x: 1024, visible: true })
  expect(told('officer-covered')).toBe(1)
})

test('a display turned around locks the session, cannot be closed by those before it, and is given back', async () => {
  await start([A])
  await signIn(page)
  await holdPort(page)
  expect((await probe(page, '/hall/open', { window: 'display', place: 'monitor', monitor: null })).body).toMatchObject({ code: 'MH-001' })
  await probe(page, '/hall/open', { window: 'display', place: 'turned', monitor: null })
  const turned = await hallPage(launched.app, 'display')
  await holdPort(turned)
  await expect.poll(display).toMatchObject({ x: 0, width: WHOLE, onTop: true, visible: true })
  expect((await probe(page, '/staff/session')).body).toMatchObject({ locked: true })
  await launched.app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().filter((window) => window.isAlwaysOnTop()).forEach((window) => window.close()))
  expect(await display()).toMatchObject({ visible: true })
  await turned.evaluate(() => void (Reflect.get(window, 'probe') as (path: string) => Promise<unknown>)('/giveBack').catch(() => undefined))
  await expect.poll(() => turned.isClosed()).toBe(true)
  expect((await probe(page, '/staff/session')).body).toMatchObject({ locked: true })
})

test('a window of the hall is served its own calls and no other', async () => {
  await start([A, B])
  await signIn(page)
  const own = { display: narrow.displayContract, board: narrow.boardContract, kiosk: narrow.kioskContract, helper: narrow.helperContract }
  await holdPort(page)
  for (const window of ['board', 'kiosk', 'helper'] as const) await probe(page, '/hall/open', { window, place: 'window', monitor: null })
  for (const [window, mine] of Object.entries(own)) {
    const citizens = await hallPage(launched.app, window as keyof typeof own)
    await holdPort(citizens)
    const foreign = [...paths(contract), ...Object.values(own).flatMap((each) => paths(each))].filter((path) => !paths(mine).includes(path))
    const reached: string[] = []
    for (const path of foreign) {
      const { status } = await probe(citizens, path, {})
      if (status !== 404) reached.push(`${window} ${path} ${String(status)}`)
    }
    expect(reached).toEqual([])
    expect(foreign.length).toBeGreaterThan(100)
  }
})

test('a window of the hall has no Node, no camera, no bridge but its own, and cannot leave its page', async () => {
  await start([A, B])
  const citizens = await hallPage(launched.app, 'display')
  const found = await citizens.evaluate(async () => {
    const how = (act: () => Promise<unknown>): Promise<string> => Promise.resolve().then(act).then(() => 'granted', (error: unknown) => (error instanceof Error ? error.name : 'refused'))
    return {
      names: ['motcua', 'require', 'process', 'Buffer', 'module', 'electron'].filter((name) => name in window),
      bridge: Object.keys(window.motcuaHall ?? {}).sort(),
      camera: await how(() => navigator.mediaDevices.getUserMedia({ video: true })),
      screen: await how(() => navigator.mediaDevices.getDisplayMedia()),
      clipboard: await how(() => navigator.clipboard.readText()),
      opened: window.open('app://motcua/index.html') === null,
    }
  })
  expect(found).toMatchObject({ names: [], bridge: ['connect', 'language', 'onCoreState', 'practice', 'window'], opened: true })
  expect([found.camera, found.screen, found.clipboard]).not.toContain('granted')
  const before = citizens.url()
  await citizens.evaluate(() => {
    location.href = 'app://motcua/index.html'
  })
  await citizens.waitForTimeout(300)
  expect([citizens.url(), (await windowsOf(launched.app))['/index.html']?.x]).toEqual([before, 0])
})

test('a page of the hall that crashes comes back empty; a core that is killed gives it a new port', async () => {
  await start([A, B])
  const citizens = await hallPage(launched.app, 'display')
  await countPorts(citizens)
  const core = await launched.app.evaluate(({ app }) => app.getAppMetrics().find(({ name }) => name === 'mot-cua core')?.pid ?? 0)
  process.kill(core, 'SIGKILL')
  await expect.poll(() => citizens.evaluate(() => Number(Reflect.get(window, 'portsSeen'))), { timeout: 20_000 }).toBe(1)

  await citizens.evaluate(() => document.body.setAttribute('data-old', ''))
  await launched.app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().find(({ webContents }) => webContents.getURL().includes('/display/'))?.webContents.forcefullyCrashRenderer())
  await expect.poll(() => told('hall-page-gone')).toBe(1)
  await expect.poll(() => launched.app.evaluate(({ BrowserWindow }) => {
    const contents = BrowserWindow.getAllWindows().find(({ webContents }) => webContents.getURL().includes('/display/'))?.webContents
    return contents?.isCrashed() === false ? contents.executeJavaScript(`document.body.hasAttribute('data-old') ? 'old' : 'new'`) : 'none'
  }), { timeout: 20_000 }).toBe('new')
})

test('windows of the hall go with the mode and end with the program', async () => {
  await start([A, B])
  const citizens = await hallPage(launched.app, 'display')
  expect(new URL(citizens.url()).searchParams.get('mode')).toBe('practice')
  await page.evaluate(() => window.motcua?.togglePractice())
  await expect.poll(() => citizens.isClosed(), { timeout: 20_000 }).toBe(true)
  const again = await hallPage(launched.app, 'display')
  expect(new URL(again.url()).searchParams.get('mode')).toBe('work')
  const ended = new Promise((resolve) => launched.app.process().once('exit', resolve))
  await launched.app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().find(({ webContents }) => webContents.getURL().startsWith('app://motcua/index.html'))?.close()).catch(() => undefined)
  await ended
})
