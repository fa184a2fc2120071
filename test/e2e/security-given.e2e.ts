import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test, type Page } from '@playwright/test'
import { launchApp, type Launched } from './launch'

// What the running page has in its hands: the bridge, and nothing of Node or Electron.

let launched: Launched
let page: Page
let folder: string

test.beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'security-'))
  launched = await launchApp({ dataFolder: join(folder, 'data') })
  page = launched.page
})
test.afterAll(async () => {
  await launched.close()
  rmSync(folder, { recursive: true, force: true })
})

test.describe('what the page is given', () => {
  test('no Node, and of the shell only the bridge', async () => {
    const found = await page.evaluate(() => ({
      node: ['require', 'module', 'process', 'Buffer', 'global', '__dirname', 'electron', 'ipcRenderer'].filter((name) => name in window),
      bridge: Object.keys(window.motcua ?? {}).sort(),
      kinds: Object.values(window.motcua ?? {}).map((value) => typeof value).sort(),
    }))
    expect(found).toEqual({
      node: [],
      bridge: ['camera', 'connect', 'covered', 'expects', 'language', 'onCoreState', 'platform', 'practice', 'prefer', 'theme', 'togglePractice', 'versions'],
      kinds: ['boolean', 'function', 'function', 'function', 'function', 'function', 'object', 'object', 'string', 'string', 'string', 'string'],
    })
  })

  test('the bridge cannot be changed', async () => {
    const changed = await page.evaluate(() => {
      const bridge: object = window.motcua ?? {}
      return [Reflect.set(bridge, 'connect', null), Reflect.set(window, 'motcua', null), typeof window.motcua?.connect]
    })
    expect(changed[2]).toBe('function')
  })

  test('the window’s preferences are the strict ones', async () => {
    const set = await launched.app.evaluate(({ BrowserWindow }) => {
      const contents = BrowserWindow.getAllWindows()[0]?.webContents
      const preferences: Record<string, unknown> = contents === undefined ? {} : { ...Reflect.apply(Reflect.get(contents, 'getLastWebPreferences'), contents, []) }
      const on = ['sandbox', 'contextIsolation', 'webSecurity'].filter((name) => preferences[name] === true)
      const mustBeOff = ['nodeIntegration', 'nodeIntegrationInWorker', 'nodeIntegrationInSubFrames', 'allowRunningInsecureContent', 'experimentalFeatures', 'webviewTag', 'plugins', 'navigateOnDragDrop', 'enableBlinkFeatures']
      return { on, offButFound: mustBeOff.filter((name) => Boolean(preferences[name])) }
    })
    expect(set).toEqual({ on: ['sandbox', 'contextIsolation', 'webSecurity'], offButFound: [] })
  })

  test('the shell listens on one channel only', async () => {
    const channels = await launched.app.evaluate(({ ipcMain }) => {
      const handlers: unknown = Reflect.get(ipcMain, '_invokeHandlers')
      // Electron itself keeps a listener for `error`.
      return { channels: ipcMain.eventNames().filter((name) => name !== 'error'), handlers: handlers instanceof Map ? handlers.size : 'unknown' }
    })
    expect(channels).toEqual({ channels: ['motcua:connect'], handlers: 0 })
  })

  test('a page that is not ours gets no port, even with our bridge', async () => {
    await launched.app.evaluate(async ({ BrowserWindow, app }) => {
      const stranger = new BrowserWindow({ show: false, webPreferences: { sandbox: true, preload: `${app.getAppPath()}/out/preload/bridge.cjs` } })
      await stranger.loadURL('data:text/html,<h1>stranger</h1>')
      stranger.destroy()
    })
    await expect.poll(() => launched.log.some((line) => line.includes('"what":"connect","scheme":"data:"'))).toBe(true)
  })

  test('no menu brings back what is switched off', async () => {
    test.skip(process.platform === 'darwin', 'macOS needs a menu to copy and paste; it holds nothing else')
    expect(await launched.app.evaluate(({ Menu }) => Menu.getApplicationMenu() === null)).toBe(true)
  })

  test('a download does not start', async () => {
    const item = launched.app.evaluate(({ session }) => new Promise((resolve) => {
      session.fromPartition('counter').once('will-download', (event, download) => setTimeout(() => resolve([event.defaultPrevented, download.getSavePath()]), 100))
      setTimeout(() => resolve('nothing asked'), 3000)
    }))
    await page.evaluate(() => {
      const link = Object.assign(document.createElement('a'), { href: URL.createObjectURL(new Blob(['x'])), download: 'x.txt' })
      link.click()
    })
    expect([[true, ''], 'nothing asked']).toContainEqual(await item)
  })
})
