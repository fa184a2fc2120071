import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { app, Menu, powerMonitor, session, type BrowserWindow, type MessagePortMain, type WebContents } from 'electron'
import { AppError, ERRORS, type ErrorCode, type ErrorParams } from '@contract/errors'
import type { Expected } from '@contract/bridge'
import type { CoreSettings, HostAsk } from '@contract/host'
import { serveApp } from './app-protocol'
import { forkCore } from './core-process'
import { superviseCore } from './core-supervisor'
import { openCounterWindow, type CounterWindow } from './counter-window'
import { FATAL_ADDRESS, fatalPage, type Trouble } from './fatal-page'
import { hardenSession, type Leniency } from './hardening'
import { listenForPages } from './ipc'
import { openKeyStore, type KeyStore } from './key-store'
import { mark, marks } from './marks'
import { expected, expectedPractice } from './expected'
import type { Environment, Places } from './places'
import { createPageTalk } from './page-talk'
import { openPreferences, type PreferenceFile } from './preferences'
import { createPrintPage, listPrinters, printPdf, type PrintPage } from './printing'
import { isOwnAddress, ORIGIN } from './protocol-filter'
import { saveFile } from './save-file'
import { sentenceOf } from './sentences'
import type { ShellLog } from './shell-log'

export interface RunParts {
  readonly places: Places
  readonly leniency: Leniency
  readonly environment: Environment
  readonly coreEnvironment: Record<string, string>
  readonly practice: boolean
  readonly log: ShellLog
}

/** Composes the shell once Electron is ready: session, core, window, and how they end. */
export function run(parts: RunParts): void {
  const { places, leniency, environment, coreEnvironment, log } = parts
  const preferences = openPreferences(join(places.profile, 'window.json'))
  const keys = openKeyStore()
  const mode = { practice: parts.practice, changing: false }
  let trouble: Trouble | null = null
  let counter: CounterWindow | null = null

  const core = superviseCore<MessagePortMain>({
    fork: () => forkCore(places.core, coreEnvironment),
    settings: () => coreSettings({ places, environment, practice: mode.practice, keys }),
    answer: createAnswers({ keys, preferences, printPage: createPrintPage(places.renderer, leniency, log), window: () => counter?.window ?? null }),
    onState: (state) => {
      talk.coreIs(state)
      if (state === 'ready') coreReady(log)
    },
    onTrouble: (code, params) => {
      trouble = troubleOf(places.resources, code, params)
      counter?.showTrouble()
    },
    onFork: () => talk.coreForked(),
    log,
  })
  const changePractice = async (): Promise<void> => {
    if (mode.changing) return
    Object.assign(mode, { practice: !mode.practice, changing: true })
    log('practice', { practice: mode.practice })
    talk.leave()
    await core.restart()
    await pages.clearStorageData()
    mode.changing = false
    counter?.showPage()
  }
  const talk = createPageTalk({
    preferences, log,
    attach: (port) => core.attachWindow(port),
    onTogglePractice: () => void changePractice(),
    onZoom: (factor) => counter?.window.webContents.setZoomFactor(factor),
  })

  listenForPages({
    isOurs: (contents, address) => contents === counter?.window.webContents && (isOwnAddress(address) || isDevelopmentPage(address, leniency)),
    onLink: (link) => talk.linked(link),
    onMessage: (message, link) => talk.heard(message, link),
    log,
  })
  // A sign-in that can be foreseen needs no core to be shown: its window goes first. Any other window waits for what the core finds.
  const foreseen = (): Expected => (mode.practice ? expectedPractice(places.practiceData) : expected(places.data, keys))
  const windowFirst = foreseen() !== 'anything'
  if (!windowFirst) core.start()
  const pages = preparePages(parts, () => trouble, (contents) => contents === counter?.window.webContents)
  Menu.setApplicationMenu(process.platform === 'darwin' ? Menu.buildFromTemplate([{ role: 'appMenu' }, { role: 'editMenu' }, { role: 'windowMenu' }]) : null)
  counter = openCounterWindow({
    session: pages,
    bridge: places.bridge,
    preferences,
    developer: !leniency.packaged,
    fixedSize: leniency.packaged ? undefined : environment.MOTCUA_WINDOW,
    page: () => pageAddress(parts, { practice: mode.practice, expects: foreseen() }, preferences),
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
  counter.showPage()
  if (windowFirst) core.start()
  followMachine(core, () => counter)
  endTogether(async () => {
    preferences.flush()
    await core.stop()
  })
}

/** Does what the core asks of the operating system. Throws AppErrors of the asks; LOI-000 when the window is gone. */
function createAnswers(parts: { keys: KeyStore; preferences: PreferenceFile; printPage: PrintPage; window: () => BrowserWindow | null }): (ask: HostAsk) => Promise<unknown> {
  return async (ask) => {
    if (ask.kind === 'wrap-key') return parts.keys.wrap(ask.bytes)
    if (ask.kind === 'unwrap-key') return parts.keys.unwrap(ask.bytes)
    const window = parts.window()
    if (window === null || window.isDestroyed()) throw new AppError(ERRORS.storage.unexpected)
    if (ask.kind === 'list-printers') return listPrinters(window.webContents)
    if (ask.kind === 'print-pdf') return printPdf(ask, window.webContents, parts.printPage)
    return saveFile(window, ask, parts.preferences.current.language)
  }
}

function pageAddress({ environment, leniency }: RunParts, { practice, expects }: { practice: boolean; expects: Expected }, preferences: PreferenceFile): string {
  const { theme, language, camera } = preferences.current
  const server = leniency.packaged ? undefined : environment.ELECTRON_RENDERER_URL
  const query = new URLSearchParams({ mode: practice ? 'practice' : 'work', expects, theme, language, ...(camera !== null && { camera }) })
  return `${server ?? `${ORIGIN}/index.html`}?${query.toString()}`
}

function coreReady(log: ShellLog): void {
  mark('core-ready')
  log('ready', marks())
}

function isDevelopmentPage(address: string, leniency: Leniency): boolean {
  return [...leniency.developmentOrigins].some((origin) => address.startsWith(`${origin}/`))
}

/**
 * The session of the counter's window: in memory, because Chromium pages large blobs (previews of scans) of a kept session to the disk in the clear.
 * The price is that compiled code is not kept between starts.
 */
function preparePages({ places, leniency, log }: RunParts, trouble: () => Trouble | null, isCounter: (contents: WebContents) => boolean) {
  const pages = session.fromPartition('counter', { cache: false })
  hardenSession(session.defaultSession, leniency, log)
  hardenSession(pages, leniency, log, isCounter)
  const fatal = (nonce: string): string | null => {
    const now = trouble()
    return now === null ? null : fatalPage(now, nonce)
  }
  serveApp(pages, places.renderer, { made: new Map([[FATAL_ADDRESS.slice(ORIGIN.length + 1), fatal]]) }, 'counter')
  return pages
}

function coreSettings({ places, environment, practice, keys }: { places: Places; environment: Environment; practice: boolean; keys: KeyStore }): CoreSettings {
  return {
    dataFolder: practice ? places.practiceData : places.data,
    resourcesFolder: places.resources,
    migrationsFolder: places.migrations,
    practice,
    ...(environment.MOTCUA_CITY_URL !== undefined && { cityUrl: environment.MOTCUA_CITY_URL }),
    ...(environment.MOTCUA_CITY_ENROLMENT !== undefined && { cityEnrolment: environment.MOTCUA_CITY_ENROLMENT }),
    ...nativeParts(environment),
    appVersion: app.getVersion(),
    electronVersion: process.versions.electron,
    keyStore: keys.name,
  }
}

/**
 * Native parts that are named by the launcher or packed beside the program: the SQLite binding for old runtimes, which cannot load
 * the shipped one, and the way to the PC/SC service.
 */
function nativeParts(environment: Environment): Pick<CoreSettings, 'nativeBinding' | 'pcscBinding'> {
  const packed = (...place: string[]): string | undefined => {
    const file = join(process.resourcesPath, ...place)
    return app.isPackaged && existsSync(file) ? file : undefined
  }
  const nativeBinding = environment.MOTCUA_SQLITE_BINDING ?? packed('sqlite', 'better_sqlite3.node')
  const pcscBinding = environment.MOTCUA_PCSC_BINDING ?? packed('pcsc', 'smartcard_napi.node')
  return { ...(nativeBinding !== undefined && { nativeBinding }), ...(pcscBinding !== undefined && { pcscBinding }) }
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
