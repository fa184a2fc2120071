import { existsSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { _electron, type ElectronApplication, type Page } from '@playwright/test'
import { findElectron, rootSwitches } from '../../scripts/lib/electron.mjs'
import { compiledBindingPath } from '../../scripts/lib/sqlite-binding.mjs'

export interface Launch {
  /** The core's data folder; practice data and the window's profile lie beside it (`…-practice`, `…-window`). */
  readonly dataFolder: string
  readonly practice?: boolean
  readonly cityUrl?: string
  readonly enrolment?: string
  /** Size of the page in CSS pixels; 1366×768 when left out. */
  readonly width?: number
  readonly height?: number
  /** The built app; MOTCUA_APP or the project itself when left out. */
  readonly appFolder?: string
  /** Further variables and switches. */
  readonly env?: Readonly<Record<string, string>>
  readonly args?: readonly string[]
}

export interface Launched {
  readonly app: ElectronApplication
  /** The counter's window. */
  readonly page: Page
  /** Lines that shell and core wrote to standard error so far. */
  readonly log: readonly string[]
  /** Quits as a user would and waits until all processes have ended. */
  close(): Promise<void>
}

const projectRoot = join(import.meta.dirname, '..', '..')

/** Starts the built app in a real Electron window and waits for its page. */
export async function launchApp(options: Launch): Promise<Launched> {
  const app = await _electron.launch({
    executablePath: await electronBinary(),
    args: ['-r', driversLoader(), ...rootSwitches(), '--disable-gpu', ...(options.args ?? []), options.appFolder ?? process.env.MOTCUA_APP ?? projectRoot],
    env: environmentOf(options),
    timeout: 60_000,
  })
  const log: string[] = []
  app.process().stderr?.on('data', (chunk: Buffer) => log.push(...chunk.toString().split('\n').filter((line) => line !== '')))
  const page = await app.firstWindow()
  await page.waitForLoadState('domcontentloaded')
  return { app, page, log, close: () => app.close() }
}

/**
 * The driver's loader holds the app back until the driver has connected. It is left out when the executable is named, and the
 * window then races with the driver: on a busy machine one start in ten never ended.
 */
function driversLoader(): string {
  const manifest = createRequire(createRequire(import.meta.url).resolve('@playwright/test')).resolve('playwright-core/package.json')
  return join(dirname(manifest), 'lib', 'server', 'electron', 'loader.js')
}

async function electronBinary(): Promise<string> {
  const found = process.env.MOTCUA_ELECTRON ?? (await findElectron())?.executable
  if (found === undefined) throw new Error('No Electron binary. Run `npm run setup` first.')
  return found
}

function environmentOf({ dataFolder, practice, cityUrl, enrolment, width = 1366, height = 768, env = {} }: Launch): Record<string, string> {
  const { ELECTRON_RUN_AS_NODE: _never, ELECTRON_RENDERER_URL: _notHere, ...inherited } = process.env
  const kept = Object.entries(inherited).flatMap(([name, value]) => (value === undefined ? [] : [[name, value] as const]))
  const binding = process.env.MOTCUA_SQLITE_BINDING ?? (existsSync(compiledBindingPath()) ? compiledBindingPath() : undefined)
  return {
    ...Object.fromEntries(kept),
    MOTCUA_DATA: dataFolder,
    MOTCUA_PRACTICE: practice ? '1' : '0',
    MOTCUA_WINDOW: `${String(width)}x${String(height)}`,
    ...(binding !== undefined && { MOTCUA_SQLITE_BINDING: binding }),
    ...(cityUrl !== undefined && { MOTCUA_CITY_URL: cityUrl }),
    ...(enrolment !== undefined && { MOTCUA_CITY_ENROLMENT: enrolment }),
    ...env,
  }
}
