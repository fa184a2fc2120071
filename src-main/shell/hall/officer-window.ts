import type { BrowserWindow } from 'electron'
import type { MonitorId } from '@contract/hall'
import type { ShellLog } from '../shell-log'
import { type Box, moveInto } from '../window-bounds'
import type { Panel } from './panels'

/** How long the page may take to show nothing but the lock (ms); after that it is loaded anew, which shows nothing either. */
const LOCK_MS = 2_000
/** How long a hidden window may take to paint (ms). Some paint only when they are shown. */
const PAINT_MS = 500

export interface OfficerParts {
  readonly window: () => BrowserWindow | null
  /** Loads the officer's page anew. */
  readonly reload: () => void
  readonly lock: () => void
  readonly log: ShellLog
}

/** Hides the officer's window when monitors play tricks, and shows it again when nobody can see more on it than the lock. */
export interface OfficerWindow {
  isCovered(): boolean
  /** It stands well on a monitor: there it comes back to this place. */
  standsOn(monitor: MonitorId): void
  cover(): void
  uncover(on: Panel): void
  /** Moves it as it is, unless it is covered. */
  bring(to: Panel): void
  /** A page was loaded: there is nothing on it yet. */
  linked(): void
  /** The page says whether only the sign-in or the lock is to be seen on it. */
  covered(covered: boolean): void
}

export function createOfficerWindow({ window, reload, lock, log }: OfficerParts): OfficerWindow {
  let onlyLock = true
  /** Counts coverings; 0 while the window is not covered. */
  let covering = 0
  let last = 0
  let target: Panel | null = null
  let timer: NodeJS.Timeout | null = null
  const boxes = new Map<MonitorId, Box>()

  const patience = (): void => {
    if (timer !== null) clearTimeout(timer)
    timer = onlyLock || target === null ? null : setTimeout(reload, LOCK_MS)
  }
  const place = (on: Panel): void => {
    const moved = window()
    if (moved !== null) putOn(moved, boxes.get(on.id) ?? moved.getNormalBounds(), on)
  }
  /** Where it may be shown now. */
  const mayShowOn = (): Panel | null => (covering > 0 && onlyLock ? target : null)
  const reveal = async (): Promise<void> => {
    const now = covering
    const shown = window()
    if (mayShowOn() === null || shown === null) return
    // What it painted last before it was hidden would be seen first.
    await Promise.race([shown.webContents.capturePage(undefined, { stayHidden: true }).catch(() => undefined), new Promise((resolve) => setTimeout(resolve, PAINT_MS))])
    const on = mayShowOn()
    if (now !== covering || on === null || shown.isDestroyed()) return
    covering = 0
    target = null
    // Not before: some systems show a hidden window that is given another place.
    place(on)
    shown.show()
    log('officer-shown')
  }
  return {
    isCovered: () => covering > 0,
    standsOn: (monitor) => {
      const standing = window()
      if (standing !== null) boxes.set(monitor, standing.getNormalBounds())
    },
    cover: () => {
      window()?.hide()
      covering = last += 1
      target = null
      patience()
      lock()
      log('officer-covered')
    },
    uncover: (on) => {
      target = on
      patience()
      void reveal()
    },
    bring: (to) => {
      if (covering > 0) target = to
      else place(to)
    },
    linked: () => {
      onlyLock = true
      patience()
      void reveal()
    },
    covered: (covered) => {
      onlyLock = covered
      patience()
      void reveal()
    },
  }
}

/** Puts a window onto a monitor as it was: maximised, full screen or in its size. */
function putOn(window: BrowserWindow, box: Box, { workArea }: Panel): void {
  const fullScreen = window.isFullScreen()
  const maximized = window.isMaximized()
  if (fullScreen) window.setFullScreen(false)
  if (maximized) window.unmaximize()
  window.setBounds(moveInto(box, workArea))
  // Asked at once, a hidden window would be shown by it.
  if (!window.isVisible()) window.once('show', () => again())
  else again()
  function again(): void {
    if (maximized) window.maximize()
    if (fullScreen) window.setFullScreen(true)
  }
}
