import { join } from 'node:path'
import { app, Menu, powerMonitor, type BrowserWindow, type MessagePortMain } from 'electron'
import { AppError, ERRORS, type ErrorCode, type ErrorParams } from '@contract/errors'
import type { Expected } from '@contract/bridge'
import type { HostAsk } from '@contract/host'
import { forkCore } from './core-process'
import { coreSettings } from './core-settings'
import { superviseCore } from './core-supervisor'
import { openCounterWindow, type CounterWindow } from './counter-window'
import { createCounterWishes } from './counter-wishes'
import { askQueue, cancelJob } from './cups'
import { createDriverProcesses, type DriverProcesses } from './driver-processes'
import { expected, expectedPractice } from './expected'
import type { Trouble } from './fatal-page'
import { createHallWindows, type HallWindows } from './hall/hall-windows'
import { systemMonitors, toldMonitors } from './hall/monitors'
import { createOfficerWindow } from './hall/officer-window'
import { officerScreens } from './hall/panels'
import type { Leniency } from './hardening'
import { listenForPages } from './ipc'
import { openKeyStore, type KeyStore } from './key-store'
import { mark, marks } from './marks'
import { createPageTalk } from './page-talk'
import { preparePages } from './pages'
import type { Environment, Places } from './places'
import { openPreferences, type PreferenceFile } from './preferences'
import { createPrintPage, listPrinters, printBytes, printPdf, type PrintPage } from './printing'
import { saveFile } from './save-file'
import { sentenceOf } from './sentences'
import type { ShellLog } from './shell-log'

export interface RunParts {
  readonly places: Places
  readonly leniency: Leniency
  readonly environment: Environment
  readonly coreEnvironment: Record<string, string>
  readonly driverEnvironment: Record<string, string>
  readonly practice: boolean
  readonly log: ShellLog
}

/** Composes the shell once Electron is ready: sessions, core, windows, and how they end. */
export function run(parts: RunParts): void {
  const { places, leniency, environment, coreEnvironment, log } = parts
  const preferences = openPreferences(join(places.profile, 'window.json'))
  const keys = openKeyStore()
  const mode = { practice: parts.practice, changing: false }
  let trouble: Trouble | null = null
  let counter: CounterWindow | null = null
  const window = (): BrowserWindow | null => (counter === null || counter.window.isDestroyed() ? null : counter.window)

  const core = superviseCore<MessagePortMain>({
    fork: () => forkCore(places.core, coreEnvironment),
    settings: () => coreSettings({ places, environment, practice: mode.practice, keys }),
    answer: createAnswers({ keys, preferences, printPage: createPrintPage(places.renderer, leniency, log), window, hall: () => hall, drivers: () => drivers }),
    onState: (state) => {
      talk.coreIs(state)
      hall.coreIs(state)
      if (state !== 'ready') return
      coreReady(log)
      hall.begin()
    },
    onTrouble: (code, params) => {
      trouble = troubleOf(places.resources, code, params)
      counter?.showTrouble()
    },
    onFork: () => {
      drivers.endAll()
      talk.coreForked()
      hall.coreForked()
    },
    log,
  })
  const drivers = createDriverProcesses({
    file: places.token, env: parts.driverEnvironment, log,
    attach: (driver, port) => core.driver({ kind: 'driver-port', driver }, port),
    ended: (driver) => core.driver({ kind: 'driver-ended', driver }),
  })
  const changePractice = async (): Promise<void> => {
    if (mode.changing) return
    Object.assign(mode, { practice: !mode.practice, changing: true })
    log('practice', { practice: mode.practice })
    talk.leave()
    hall.leave()
    await core.restart()
    await pages.counter.clearStorageData()
    mode.changing = false
    counter?.showPage()
    hall.reopen()
  }
  const officer = createOfficerWindow({ window, reload: () => counter?.showPage(), lock: () => core.tell('lock'), log })
  const talk = createPageTalk({
    log,
    attach: (port) => core.attachWindow(port, { window: 'counter', turned: false }),
    onLinked: () => officer.linked(),
    onWish: createCounterWishes({
      preferences,
      onTogglePractice: () => void changePractice(),
      onZoom: (factor) => window()?.webContents.setZoomFactor(factor),
      onCovered: (covered) => officer.covered(covered),
    }),
  })
  const monitors = environment.MOTCUA_MONITORS === undefined || leniency.packaged ? systemMonitors() : toldMonitors(environment.MOTCUA_MONITORS)
  const hall = createHallWindows({
    monitors, preferences, officer, log,
    bridge: places.hallBridge,
    developer: !leniency.packaged,
    counter: window,
    session: (kind) => pages.hall(kind),
    page: (kind) => pages.hallAddress(kind, mode, preferences.current),
    isPage: (kind, address) => pages.isHallPage(kind, address),
    attach: (port, whose) => core.attachWindow(port, whose),
    changed: () => core.tell('hall-changed'),
  })
  listenForPages({
    listenerOf: (contents, address) => (contents === window()?.webContents && pages.isCounterPage(address) ? talk : hall.listenerOf(contents, address)),
    log,
  })
  // A sign-in that can be foreseen needs no core to be shown: its window goes first. Any other window waits for what the core finds.
  const foreseen = (): Expected => (mode.practice ? expectedPractice(places.practiceData) : expected(places.data, keys))
  const windowFirst = foreseen() !== 'anything'
  if (!windowFirst) core.start()
  const pages = preparePages({ ...parts, trouble: () => trouble, isCounter: (contents) => contents === window()?.webContents })
  Menu.setApplicationMenu(process.platform === 'darwin' ? Menu.buildFromTemplate([{ role: 'appMenu' }, { role: 'editMenu' }, { role: 'windowMenu' }]) : null)
  const { display, atStart, monitors: taken } = preferences.current.hall
  counter = openCounterWindow({
    session: pages.counter,
    bridge: places.bridge,
    preferences,
    developer: !leniency.packaged,
    fixedSize: leniency.packaged ? undefined : environment.MOTCUA_WINDOW,
    screens: officerScreens(monitors.all(), [...atStart, ...(display === 'auto' ? ['display' as const] : [])].map((kind) => taken[kind])),
    page: () => pages.counterAddress({ practice: mode.practice, expects: foreseen() }, preferences.current),
    onRetry: () => {
      trouble = null
      core.retry()
      // Not before the refused navigation is through, or it takes this one along.
      setImmediate(() => counter?.showPage())
    },
    onPageGone: (reason) => {
      log('page-gone', { reason })
      if (trouble === null) counter?.showPage()
      else counter?.showTrouble()
    },
  })
  // The windows of the hall do not keep the program alive.
  counter.window.on('closed', () => app.quit())
  counter.showPage()
  if (windowFirst) core.start()
  followMachine(core, () => counter)
  endTogether(async () => {
    hall.leave()
    preferences.flush()
    await core.stop()
    drivers.endAll()
  })
}

interface AnswerParts {
  readonly keys: KeyStore
  readonly preferences: PreferenceFile
  readonly printPage: PrintPage
  readonly window: () => BrowserWindow | null
  readonly hall: () => HallWindows
  readonly drivers: () => DriverProcesses
}

/** Does what the core asks of the operating system. Throws AppErrors of the asks; LOI-000 when the window is gone. */
function createAnswers(parts: AnswerParts): (ask: HostAsk) => Promise<unknown> {
  return async (ask) => {
    if (ask.kind === 'wrap-key') return parts.keys.wrap(ask.bytes)
    if (ask.kind === 'unwrap-key') return parts.keys.unwrap(ask.bytes)
    if (ask.kind === 'start-driver') return parts.drivers().start()
    if (ask.kind === 'end-driver') {
      parts.drivers().end(ask.driver)
      return null
    }
    if (ask.kind === 'queue-job') return askQueue(ask.job)
    if (ask.kind === 'cancel-job') {
      await cancelJob(ask.job)
      return null
    }
    if (ask.kind === 'draw-pdf') return parts.printPage.draw(ask)
    const window = parts.window()
    if (window === null) throw new AppError(ERRORS.storage.unexpected)
    if (ask.kind === 'list-printers') return listPrinters(window.webContents)
    if (ask.kind === 'print-raw') return printBytes(ask, window.webContents)
    if (ask.kind === 'print-pdf') return printPdf(ask, window.webContents, parts.printPage)
    if (ask.kind !== 'save-file') return parts.hall().answer(ask)
    return saveFile(window, ask, parts.preferences.current.language)
  }
}

function coreReady(log: ShellLog): void {
  mark('core-ready')
  log('ready', marks())
}

function troubleOf(resources: string, code: ErrorCode, params: ErrorParams): Trouble {
  // A core that fell for no named reason: the page has its own words for that.
  if (code === ERRORS.storage.unexpected) return { code, params, sentences: { vi: null, en: null } }
  return { code, params, sentences: { vi: sentenceOf(resources, 'vi', code), en: sentenceOf(resources, 'en', code) } }
}

function followMachine(core: { tell(kind: 'suspend' | 'lock'): void }, counter: () => CounterWindow | null): void {
  powerMonitor.on('suspend', () => core.tell('suspend'))
  powerMonitor.on('lock-screen', () => core.tell('lock'))
  app.on('second-instance', () => {
    const window = counter()?.window
    if (window?.isMinimized()) window.restore()
    window?.focus()
  })
}

/** The core ends before the app does: it gets its time to finish what it is at. */
function endTogether(end: () => Promise<void>): void {
  let phase: 'running' | 'ending' | 'ended' = 'running'
  app.on('window-all-closed', () => app.quit())
  app.on('before-quit', (event) => {
    if (phase === 'ended') return
    event.preventDefault()
    if (phase === 'ending') return
    phase = 'ending'
    void end().finally(() => {
      phase = 'ended'
      app.quit()
    })
  })
}
