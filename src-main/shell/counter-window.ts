import { BrowserWindow, nativeTheme, type Session } from 'electron'
import vi from '@resources/locales/vi/shell.json'
import { CANVAS } from './canvas'
import { FATAL_ADDRESS, RETRY_ADDRESS } from './fatal-page'
import { mark } from './marks'
import type { PreferenceFile } from './preferences'
import { type Box, nextZoom, placeWindow, SMALLEST } from './window-bounds'
import { windowAct, type WindowAct } from './window-keys'
import { SANDBOXED } from './sandboxed'

export interface WindowParts {
  readonly session: Session
  readonly bridge: string
  readonly preferences: PreferenceFile
  /** True on a developer's machine. */
  readonly developer: boolean
  /** A fixed page size for tests and pictures, `1366x768`. */
  readonly fixedSize: string | undefined
  /** Work areas it may open on, the first choice first. */
  readonly screens: readonly Box[]
  /** The address of the counter's page; asked anew at each load, because it carries mode, theme and language. */
  page(): string
  onRetry(): void
  /** The page's process is gone (crashed or out of memory). */
  onPageGone(reason: string): void
}

export interface CounterWindow {
  readonly window: BrowserWindow
  showPage(): void
  showTrouble(): void
}

/** Makes the counter's window: sandboxed, without Node, shown when its first picture is ready. */
export function openCounterWindow(parts: WindowParts): CounterWindow {
  nativeTheme.themeSource = parts.preferences.current.theme
  const window = new BrowserWindow({
    ...sizeOf(parts),
    show: false,
    title: vi.window,
    backgroundColor: nativeTheme.shouldUseDarkColors ? CANVAS.dark : CANVAS.light,
    autoHideMenuBar: true,
    webPreferences: {
      session: parts.session,
      preload: parts.bridge,
      ...SANDBOXED,
      devTools: parts.developer,
      zoomFactor: parts.preferences.current.zoom,
    },
  })
  mark('window-created')
  window.removeMenu()
  listenToKeys(window, parts)
  remember(window, parts)
  listenToPage(window, parts)
  const load = (address: string): void => void window.loadURL(address).catch(() => undefined)
  return { window, showPage: () => load(parts.page()), showTrouble: () => load(FATAL_ADDRESS) }
}

function sizeOf({ preferences, fixedSize, screens }: WindowParts) {
  const [width, height] = fixedSize?.split('x').map(Number) ?? []
  if (width !== undefined && height !== undefined) return { x: screens[0]?.x ?? 0, y: screens[0]?.y ?? 0, width, height, useContentSize: true, enableLargerThanScreen: true }
  return { ...placeWindow(preferences.current.bounds, screens), minWidth: SMALLEST.width, minHeight: SMALLEST.height }
}

function listenToPage(window: BrowserWindow, parts: WindowParts): void {
  const { webContents: contents } = window
  contents.on('did-finish-load', () => mark('page-loaded'))
  contents.on('page-title-updated', (event) => {
    if (contents.getURL() === FATAL_ADDRESS) event.preventDefault()
  })
  contents.on('will-frame-navigate', (event) => {
    if (event.isMainFrame && event.url === RETRY_ADDRESS && contents.getURL() === FATAL_ADDRESS) parts.onRetry()
  })
  contents.on('render-process-gone', (_event, details) => {
    if (details.reason !== 'clean-exit') parts.onPageGone(details.reason)
  })
  void contents.setVisualZoomLevelLimits(1, 1).catch(() => undefined)
}

function remember(window: BrowserWindow, { preferences, fixedSize }: WindowParts): void {
  window.once('ready-to-show', () => {
    if (fixedSize === undefined && preferences.current.maximized) window.maximize()
    if (fixedSize === undefined && preferences.current.fullScreen) window.setFullScreen(true)
    window.show()
    mark('window-shown')
  })
  if (fixedSize !== undefined) return
  const note = (): void => {
    const maximized = window.isMaximized()
    const fullScreen = window.isFullScreen()
    preferences.change({ maximized, fullScreen, bounds: window.getNormalBounds() })
  }
  window.on('resize', note)
  window.on('move', note)
  window.on('maximize', note)
  window.on('unmaximize', note)
  window.on('enter-full-screen', note)
  window.on('leave-full-screen', note)
}

function listenToKeys(window: BrowserWindow, { preferences, developer }: WindowParts): void {
  const { webContents: contents } = window
  const zoom = (factor: number): void => {
    contents.setZoomFactor(factor)
    preferences.change({ zoom: factor })
  }
  const acts: Record<WindowAct, () => void> = {
    'full-screen': () => window.setFullScreen(!window.isFullScreen()),
    'zoom-in': () => zoom(nextZoom(contents.getZoomFactor(), 'in')),
    'zoom-out': () => zoom(nextZoom(contents.getZoomFactor(), 'out')),
    'zoom-reset': () => zoom(1),
    'developer-tools': () => contents.toggleDevTools(),
  }
  contents.on('before-input-event', (event, input) => {
    const act = windowAct(input, developer)
    if (act === null) return
    event.preventDefault()
    acts[act]()
  })
}
