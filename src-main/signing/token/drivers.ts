import { signingErrors } from '@contract/errors/signing'
import type { Backend, Trouble } from './backend'
import { driverBackend } from './driver-backend'
import { driverList, findDrivers, type Machine } from './known'
import type { StartDriver } from './process'
import type { SupervisorParts } from './supervisor'
import { type TokenService, tokensOf } from './tokens'

/** How often files of drivers are looked for, in milliseconds: a driver that is installed while the counter runs is found. */
const SEEK_EVERY = 15_000

export type TokensDeps = Readonly<{
  resourcesFolder: string
  /** The native part; undefined where it could not be had, and then there are no USB tokens. */
  pkcs11Binding: string | undefined
  /** How a driver's process is started; null where none can be. */
  start: StartDriver | null
  /** Drivers that the settings name, whole paths. */
  setting(): readonly string[]
  /** Practice mode only. */
  simulated: Backend | null
  now(): number
  machine?: Machine | undefined
  limits?: SupervisorParts['limits']
  everyMs?: number | undefined
  log?: SupervisorParts['log']
}>

/** All tokens of this machine. Nothing is started before somebody asks. */
export function createTokens(deps: TokensDeps): TokenService {
  const { pkcs11Binding: binding, start, simulated } = deps
  const machine = deps.machine ?? { platform: process.platform, env: process.env }
  const real = binding === undefined || start === null ? null : createDrivers(deps, machine, { binding, start })
  const backends = (): readonly Backend[] => [...(real?.() ?? []), ...(simulated ? [simulated] : [])]
  const trouble = (): readonly Trouble[] => (backends().length === 0 ? [{ driver: 'PKCS#11', code: signingErrors.noDriver }] : [])
  return tokensOf({ backends, trouble, everyMs: deps.everyMs })
}

/** The drivers of now: new ones come, those whose file or setting is gone are closed, the others stay as they are. */
function createDrivers(deps: TokensDeps, machine: Machine, { binding, start }: Readonly<{ binding: string; start: StartDriver }>): () => readonly Backend[] {
  const list = driverList(deps.resourcesFolder)
  const open = new Map<string, Backend>()
  let seen: Readonly<{ setting: string; at: number }> | null = null
  const seek = (setting: readonly string[]): void => {
    const wanted = new Map(findDrivers(list, setting, machine).map((driver) => [`${driver.id} ${driver.path}`, driver]))
    for (const [key, backend] of open) {
      if (wanted.has(key)) continue
      open.delete(key)
      void backend.close()
    }
    const before = new Map(open)
    open.clear()
    for (const [key, driver] of wanted) open.set(key, before.get(key) ?? driverBackend(driver, { binding, start, now: deps.now, limits: deps.limits, ...(deps.log && { log: deps.log }) }))
  }
  return () => {
    const setting = deps.setting()
    const key = setting.join('\n')
    const at = deps.now()
    if (seen?.setting !== key || at - seen.at > SEEK_EVERY) {
      seek(setting)
      seen = { setting: key, at }
    }
    return [...open.values()]
  }
}
