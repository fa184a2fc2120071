import { join } from 'node:path'
import { z } from 'zod'

/** Files and folders of this run; all absolute. */
export interface Places {
  /** Built pages, bridge and core. */
  readonly renderer: string
  readonly bridge: string
  readonly hallBridge: string
  readonly core: string
  /** The built entry of a process for a driver of USB tokens. */
  readonly token: string
  readonly resources: string
  readonly migrations: string
  /** Chromium's own files of the window. */
  readonly profile: string
  /** The core's data: of work, and of practice. */
  readonly data: string
  readonly practiceData: string
}

/**
 * @param from `main` is the folder of the built main file, `appData` the user's folder for programs' data, `resources` that of an installed app
 * @param override a data folder from MOTCUA_DATA; practice and profile then lie beside it
 */
export function placesOf(from: { main: string; appData: string; resources: string; packaged: boolean }, override: string | undefined): Places {
  const root = join(from.main, '..', '..')
  const shipped = from.packaged ? from.resources : root
  const home = join(from.appData, 'mot-cua')
  return {
    renderer: join(from.main, '..', 'renderer'),
    bridge: join(from.main, '..', 'preload', 'bridge.cjs'),
    hallBridge: join(from.main, '..', 'preload', 'hall-bridge.cjs'),
    core: join(from.main, 'core.js'),
    token: join(from.main, 'token.js'),
    resources: join(shipped, 'resources'),
    migrations: join(shipped, 'migrations'),
    profile: override === undefined ? join(home, 'window') : `${override}-window`,
    data: override ?? join(home, 'data'),
    practiceData: override === undefined ? join(home, 'practice') : `${override}-practice`,
  }
}

/** Settings of a run that come from outside. */
export const Environment = z.object({
  MOTCUA_DATA: z.string().min(1).optional(),
  MOTCUA_PRACTICE: z.enum(['0', '1']).optional(),
  MOTCUA_CITY_URL: z.url().optional(),
  MOTCUA_CITY_ENROLMENT: z.string().min(1).optional(),
  MOTCUA_SQLITE_BINDING: z.string().min(1).optional(),
  MOTCUA_PCSC_BINDING: z.string().min(1).optional(),
  MOTCUA_PKCS11_BINDING: z.string().min(1).optional(),
  /** Size of the page for tests and pictures, `1366x768`. */
  MOTCUA_WINDOW: z.string().regex(/^\d{3,4}x\d{3,4}$/).optional(),
  /** A file that says which monitors there are, for tests and pictures; only heeded when not installed. */
  MOTCUA_MONITORS: z.string().min(1).optional(),
  /** The development server of the pages; only heeded when not installed. */
  ELECTRON_RENDERER_URL: z.url().optional(),
})
export type Environment = z.infer<typeof Environment>

/** Variables that the core's process gets: what the system and its network need, nothing else. */
const PASSED = [
  'PATH', 'HOME', 'LANG', 'LC_ALL', 'TZ', 'TMPDIR', 'TEMP', 'TMP', 'SystemRoot', 'SYSTEMROOT', 'WINDIR', 'USERPROFILE', 'LOCALAPPDATA', 'APPDATA', 'XDG_RUNTIME_DIR',
  'NODE_EXTRA_CA_CERTS', 'SSL_CERT_FILE', 'SSL_CERT_DIR',
]

/** Where drivers of USB tokens look for their own files and settings. */
const FOR_DRIVERS = ['ProgramFiles', 'ProgramFiles(x86)', 'ProgramData', 'OPENSC_CONF']
/** Names a token in software; heeded only when not installed. */
const FOR_TEST_TOKENS = ['SOFTHSM2_CONF']

/** The environment of a driver's process: somebody else's code, so nothing of ours. */
export function driverEnvironment(all: NodeJS.ProcessEnv, packaged: boolean): Record<string, string> {
  return only(all, (name) => PASSED.includes(name) || FOR_DRIVERS.includes(name) || (!packaged && FOR_TEST_TOKENS.includes(name)))
}

/** The core's environment. Our own MOTCUA_ variables pass only when not installed: tests use them to bring about bad luck. */
export function coreEnvironment(all: NodeJS.ProcessEnv, packaged: boolean): Record<string, string> {
  return only(all, (name) => PASSED.includes(name) || FOR_DRIVERS.includes(name) || (!packaged && (name.startsWith('MOTCUA_') || FOR_TEST_TOKENS.includes(name))))
}

const only = (all: NodeJS.ProcessEnv, passes: (name: string) => boolean): Record<string, string> =>
  Object.fromEntries(Object.entries(all).flatMap(([name, value]) => (value !== undefined && passes(name) ? [[name, value] as const] : [])))
