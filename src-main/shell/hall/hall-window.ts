import { BrowserWindow, type Session, type WebContents } from 'electron'
import type { HallPlace, HallWindow } from '@contract/hall'
import vi from '@resources/locales/vi/shell.json'
import { CANVAS } from '../canvas'
import { afterExit } from '../restart-policy'
import type { Box } from '../window-bounds'
import { SANDBOXED } from '../sandboxed'

export interface HallWindowParts {
  readonly window: HallWindow
  readonly place: HallPlace
  /** Whole monitor, or the box of a plain window. */
  readonly bounds: Box
  readonly session: Session
  readonly bridge: string
  readonly developer: boolean
  readonly page: string
  /** The system put it elsewhere. */
  readonly onMoved: () => void
  /** A plain window was closed by hand, or a page crashed again and again. */
  readonly onClosed: () => void
  /** The page's process is gone; an empty page is on its way. */
  readonly onPageGone: (reason: string) => void
}

export interface OpenHallWindow {
  readonly contents: WebContents
  bounds(): Box
  stretch(to: Box): void
  /** Closes it at once; its page gets no say. */
  close(): void
}

/** Makes a window of the hall: sandboxed, without Node, on its whole monitor and above all else there, or plain. */
export function openHallWindow(parts: HallWindowParts): OpenHallWindow {
  const { place, bounds } = parts
  const plain = place === 'window'
  const window = new BrowserWindow({
    ...bounds,
    show: false,
    title: vi.window,
    backgroundColor: CANVAS.light,
    autoHideMenuBar: true,
    useContentSize: plain,
    // By its bounds: asked to be full screen, window managers choose the monitor themselves.
    ...(!plain && { frame: false, resizable: false, movable: false, minimizable: false, maximizable: false, fullscreenable: false, skipTaskbar: true, enableLargerThanScreen: true, roundedCorners: false, hasShadow: false }),
    webPreferences: {
      session: parts.session,
      preload: parts.bridge,
      ...SANDBOXED,
      devTools: parts.developer,
      // The board calls numbers; nobody touches it before.
      autoplayPolicy: 'no-user-gesture-required',
      // A board behind another window still counts and speaks.
      backgroundThrottling: false,
    },
  })
  window.removeMenu()
  window.setBounds(bounds)
  if (!plain) window.setAlwaysOnTop(true, 'screen-saver')
  const closing = guardClosing(window, parts)
  keepPage(window, parts, () => closing.end())
  window.once('ready-to-show', () => (place === 'monitor' ? window.showInactive() : window.show()))
  window.on('move', () => parts.onMoved())
  const { webContents: contents } = window
  return {
    contents,
    bounds: () => window.getBounds(),
    stretch: (to) => window.setBounds(to),
    close: () => closing.end(),
  }
}

/** A window that stands for a monitor is not closed by whoever is before it; a plain one is, by hand. */
function guardClosing(window: BrowserWindow, { place, onClosed }: HallWindowParts): { end(): void } {
  let asked = false
  window.on('close', (event) => {
    if (place !== 'window') event.preventDefault()
  })
  window.on('closed', () => {
    if (!asked) onClosed()
  })
  return {
    end: () => {
      asked = true
      if (!window.isDestroyed()) window.destroy()
    },
  }
}

/** Loads the page, and an empty one after a crash. */
function keepPage(window: BrowserWindow, { page, onPageGone, onClosed }: HallWindowParts, end: () => void): void {
  const { webContents: contents } = window
  const load = (): void => void contents.loadURL(page).catch(() => undefined)
  let crashes = 0
  let loadedAt = performance.now()
  contents.on('render-process-gone', (_event, { reason }) => {
    if (reason === 'clean-exit') return
    onPageGone(reason)
    const next = afterExit(crashes, performance.now() - loadedAt)
    crashes = next.crashes
    if (next.do === 'restart') return void setTimeout(() => {
      if (window.isDestroyed()) return
      loadedAt = performance.now()
      load()
    }, next.wait)
    end()
    onClosed()
  })
  void contents.setVisualZoomLevelLimits(1, 1).catch(() => undefined)
  load()
}
