import type { CoreSettings } from '@contract/host'
import { AppError } from '@contract/errors'
import { type Argon2Cost, type DataKey, type Clock, folderState, type Keyring, type KeyWrapper, openKeyring } from '../storage'
import { createPaperwork, type Paperwork } from '../paperwork'
import { setUp, type SetUpInput } from '../staff'
import type { Host } from './host'
import type { Live } from './live'
import type { Log } from './log'
import { type CoreThreads, type Office, openOffice } from './office'
import { openPracticeWard, PRACTICE_COST } from './practice'

export type CounterState = 'new' | 'locked' | 'open'

/** The data folder of this machine: new, locked, or open with everything that works on it. */
export type Counter = Readonly<{
  settings: CoreSettings
  state(): CounterState
  office(): Office | undefined
  /** Opens with the key of the operating system, or makes the practice ward. Leaves it locked where neither is possible. */
  start(): Promise<void>
  /** @throws AppError TK-011 when the folder is set up, or being set up */
  setUp(input: SetUpInput): Promise<{ recoveryKey: string }>
  /** @throws AppError TK-001 */
  openWithOfficer(loginName: string, secret: string): Promise<Office>
  /** The key is proven even while the data are open: what follows is a new secret for anybody. @throws AppError TK-010 */
  openWithRecovery(recoveryKey: string): Promise<Office>
  close(): Promise<void>
}>

type Deps = Readonly<{
  settings: CoreSettings; host: Host; clock: Clock; log: Log; live: Live; workerFile?: URL | undefined
  threads?: CoreThreads
  /** Only tests give a lower one. */
  cost?: Argon2Cost
}>

const NO_THREADS: CoreThreads = { hashing: null, pages: null, reading: null }

/** The machine's key store. One that fails is one that is not there: the data stay locked and an officer's secret opens them. */
function wrapperOf(host: Host, log: Log): KeyWrapper | null {
  if (host.name === 'none') return null
  const orNull = (what: string, ask: Promise<Uint8Array | null>): Promise<Uint8Array | null> =>
    ask.catch((error: unknown) => {
      log('core.key-store-failed', { what, code: error instanceof AppError ? error.code : 'LOI-000' })
      return null
    })
  return { name: host.name, wrap: (bytes) => orNull('wrap', host.wrapKey(bytes)), unwrap: (bytes) => orNull('unwrap', host.unwrapKey(bytes)) }
}

/** Creates the counter; nothing is opened before `start`. */
export function createCounter({ settings, host, clock, log, live, workerFile, threads = NO_THREADS, cost: given }: Deps): Counter {
  const folder = settings.dataFolder
  const cost = given ?? (settings.practice ? PRACTICE_COST : undefined)
  const costly = cost ? { cost } : {}
  const paperwork: Paperwork = createPaperwork({ resourcesFolder: settings.resourcesFolder, ...(workerFile && { workerFile }) })
  const wrapper = wrapperOf(host, log)
  let office: Office | undefined
  let settingUp = false

  const open = (keyring: Keyring, dataKey: DataKey, opened?: Parameters<typeof openOffice>[1]): Office => {
    office = openOffice({ place: settings, host, clock, log, live, keyring, dataKey, paperwork, threads, ...costly }, opened)
    office.sync.start()
    office.duties.start()
    live.emit({ kind: 'session' })
    return office
  }
  const firstRun = async (input: SetUpInput): Promise<{ recoveryKey: string; office: Office }> => {
    // A second one beside it would take the files of the first for what a broken-off try left behind.
    if (settingUp) throw new AppError('TK-011')
    settingUp = true
    try {
      const { recoveryKey, keyring, dataKey, store, audit } = await setUp(
        { folder, migrationsFolder: settings.migrationsFolder, nativeBinding: settings.nativeBinding, clock, log, wrapper, ...costly }, input)
      return { recoveryKey, office: open(keyring, dataKey, { store, audit }) }
    } finally {
      settingUp = false
    }
  }
  /** A machine whose key store could not open the data can do so next time. */
  const wrapAnew = async (keyring: Keyring, dataKey: DataKey): Promise<void> => {
    const wrapped = await wrapper?.wrap(dataKey)
    if (!wrapper || !wrapped) return
    await keyring.rewrapOs(dataKey, { ...wrapper, wrap: async () => wrapped })
      .catch((error: unknown) => log('core.key-not-wrapped', { code: error instanceof AppError ? error.code : 'LOI-000' }))
  }
  const unlock = async (prove: (keyring: Keyring) => Promise<DataKey>): Promise<Office> => {
    if (folderState(folder) !== 'ready') throw new AppError('TK-012')
    const keyring = openKeyring({ folder, ...costly })
    const dataKey = await prove(keyring)
    if (!office) await wrapAnew(keyring, dataKey)
    // Two sign-ins at once: the first one has opened it meanwhile.
    return office ?? open(keyring, dataKey)
  }
  const openWithOfficer = (loginName: string, secret: string): Promise<Office> => unlock((keyring) => keyring.unlockWithOfficer(loginName, secret))

  return {
    settings,
    state: () => (office ? 'open' : ['empty', 'unfinished'].includes(folderState(folder)) ? 'new' : 'locked'),
    office: () => office,
    start: async () => {
      const state = folderState(folder)
      if (state === 'key-missing') throw new AppError('LUU-019')
      if (state === 'ready' && wrapper) {
        const keyring = openKeyring({ folder, ...costly })
        const dataKey = await keyring.unlockWithOs(wrapper)
        if (dataKey) open(keyring, dataKey)
      }
      if (settings.practice) await openPracticeWard({ settings, state, opened: office, log, firstRun, openWithOfficer })
    },
    setUp: async (input) => {
      const { recoveryKey } = await firstRun(input)
      return { recoveryKey }
    },
    openWithOfficer,
    openWithRecovery: (recoveryKey) => unlock((keyring) => keyring.unlockWithRecovery(recoveryKey)),
    close: async () => {
      const closing = office
      office = undefined
      await closing?.close()
      await paperwork.close()
    },
  }
}
