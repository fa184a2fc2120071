import type { CoreSettings } from '@contract/host'
import { AppError } from '@contract/errors'
import { type DataKey, type Clock, folderState, type Keyring, type KeyWrapper, openKeyring } from '../storage'
import { createPaperwork, type Paperwork } from '../paperwork'
import { setUp, type SetUpInput } from '../staff'
import type { Host } from './host'
import type { Live } from './live'
import type { Log } from './log'
import { type Office, openOffice } from './office'
import { openPracticeWard } from './practice'

export type CounterState = 'new' | 'locked' | 'open'

/** The data folder of this machine: new, locked, or open with everything that works on it. */
export type Counter = Readonly<{
  settings: CoreSettings
  state(): CounterState
  office(): Office | undefined
  /** Opens with the key of the operating system, or makes the practice ward. Leaves it locked where neither is possible. */
  start(): Promise<void>
  setUp(input: SetUpInput): Promise<{ recoveryKey: string }>
  /** @throws AppError TK-001 */
  openWithOfficer(loginName: string, secret: string): Promise<Office>
  /** @throws AppError TK-010 */
  openWithRecovery(recoveryKey: string): Promise<Office>
  close(): Promise<void>
}>

type Deps = Readonly<{ settings: CoreSettings; host: Host; clock: Clock; log: Log; live: Live; workerFile?: URL | undefined }>

/** Creates the counter; nothing is opened before `start`. */
export function createCounter({ settings, host, clock, log, live, workerFile }: Deps): Counter {
  const folder = settings.dataFolder
  const paperwork: Paperwork = createPaperwork({ resourcesFolder: settings.resourcesFolder, ...(workerFile && { workerFile }) })
  const wrapper: KeyWrapper | null = host.name === 'none' ? null : { name: host.name, wrap: host.wrapKey, unwrap: host.unwrapKey }
  let office: Office | undefined

  const open = (keyring: Keyring, dataKey: DataKey, opened?: Parameters<typeof openOffice>[1]): Office => {
    office = openOffice({ place: settings, host, clock, log, live, keyring, dataKey, paperwork }, opened)
    office.sync.start()
    live.emit({ kind: 'session' })
    return office
  }
  const firstRun = async (input: SetUpInput): Promise<{ recoveryKey: string; office: Office }> => {
    const { recoveryKey, keyring, dataKey, store, audit } = await setUp(
      { folder, migrationsFolder: settings.migrationsFolder, nativeBinding: settings.nativeBinding, clock, log, wrapper }, input)
    return { recoveryKey, office: open(keyring, dataKey, { store, audit }) }
  }
  const orOpen = async (unlock: (keyring: Keyring) => Promise<DataKey>): Promise<Office> => {
    if (office) return office
    if (folderState(folder) !== 'ready') throw new AppError('TK-012')
    const keyring = openKeyring({ folder })
    const dataKey = await unlock(keyring)
    // Two sign-ins at once: the first one has opened it meanwhile.
    return office ?? open(keyring, dataKey)
  }

  return {
    settings,
    state: () => (office ? 'open' : ['empty', 'unfinished'].includes(folderState(folder)) ? 'new' : 'locked'),
    office: () => office,
    start: async () => {
      const state = folderState(folder)
      if (state === 'key-missing') throw new AppError('LUU-019')
      if (state === 'ready' && wrapper) {
        const keyring = openKeyring({ folder })
        const dataKey = await keyring.unlockWithOs(wrapper)
        if (dataKey) open(keyring, dataKey)
      }
      if (settings.practice && !office) await openPracticeWard({ settings, state, log, firstRun, openWithOfficer: (name, secret) => orOpen((keyring) => keyring.unlockWithOfficer(name, secret)) })
    },
    setUp: async (input) => {
      const { recoveryKey } = await firstRun(input)
      return { recoveryKey }
    },
    openWithOfficer: (loginName, secret) => orOpen((keyring) => keyring.unlockWithOfficer(loginName, secret)),
    openWithRecovery: (recoveryKey) => orOpen((keyring) => keyring.unlockWithRecovery(recoveryKey)),
    close: async () => {
      await office?.close()
      office = undefined
      await paperwork.close()
    },
  }
}
