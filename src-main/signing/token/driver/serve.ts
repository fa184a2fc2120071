import type { Failure, FromDriver, DriverAnswers, DriverCall } from '../protocol'
import { ToDriver } from '../protocol'
import { certificates, store } from './certificates'
import { discard, generate, publicKey } from './keys'
import { CallFailed, CKR, loadDriver, type Native } from './pkcs11'
import { type Driver, pinText, publicly, WorkFailed } from './session'
import { sign } from './signing'
import { createSlots, plain } from './slots'

/** The driver's side of the talk: one call after the other, each answered once. `end` is called after `close`. */
export function serveDriver(send: (message: FromDriver) => void, end: () => void): (message: unknown) => void {
  let driver: Driver | null = null
  const open = (): Driver => {
    if (!driver) throw new WorkFailed('unloadable')
    return driver
  }
  const work = (call: DriverCall): DriverAnswers[DriverCall['kind']] => {
    switch (call.kind) {
      case 'open':
        driver = opened(call.binding, call.library)
        return aboutOf(driver.native)
      case 'list':
        return open().slots.list()
      case 'certificates':
        return certificates(open(), call)
      case 'generate':
        return generate(open(), call)
      case 'public-key':
        return publicKey(open(), call)
      case 'sign':
        return sign(open(), call)
      case 'store':
        return store(open(), call)
      case 'change-pin':
        return changePin(open(), call)
      case 'discard':
        return discard(open(), call)
      case 'close':
        driver?.native.C_Finalize()
        driver = null
        return null
    }
  }
  return (message) => {
    const parsed = ToDriver.safeParse(message)
    if (!parsed.success) return
    const { id, call } = parsed.data
    try {
      send({ id, ok: true, value: work(call) })
    } catch (error) {
      send({ id, ok: false, failure: failureOf(error, call, driver) })
    } finally {
      wipe(call)
    }
    if (call.kind === 'close') end()
  }
}

/** Loads a driver and starts it, once in the life of this process (PKCS#11 §5.4). */
function opened(binding: string, library: string): Driver {
  let native: Native
  try {
    native = loadDriver(binding, library)
  } catch {
    throw new WorkFailed('unloadable')
  }
  try {
    native.C_Initialize()
  } catch (error) {
    if (!(error instanceof CallFailed) || error.rv !== CKR.alreadyInitialized) throw error
  }
  return { native, slots: createSlots(native) }
}

function aboutOf(native: Native): DriverAnswers['open'] {
  const { manufacturerID, libraryDescription, libraryVersion: { major, minor } } = native.C_GetInfo()
  return { maker: plain(manufacturerID), description: plain(libraryDescription), version: `${major}.${minor}` }
}

/** A transport PIN may forbid everything but this, so it needs no log-in (PKCS#11 §5.5, C_SetPIN). */
function changePin(driver: Driver, { at, pin, next }: Extract<DriverCall, { kind: 'change-pin' }>): null {
  return publicly(driver, at, 'write', ({ session }) => {
    driver.native.C_SetPIN(session, pinText(pin), pinText(next))
    return null
  })
}

/** What happened, with the state of the PIN where one was refused. */
function failureOf(error: unknown, call: DriverCall, driver: Driver | null): Failure {
  if (error instanceof WorkFailed) return { word: error.word, rv: null, step: call.kind, pin: null }
  if (!(error instanceof CallFailed)) return { word: 'malformed', rv: null, step: call.kind, pin: null }
  return { word: null, rv: error.rv, step: error.step, pin: error.rv === CKR.pinIncorrect && 'at' in call && driver ? pinAfter(driver, call.at) : null }
}

function pinAfter({ slots }: Driver, at: Parameters<Driver['slots']['find']>[0]): Failure['pin'] {
  try {
    return slots.pin(slots.find(at))
  } catch {
    return null
  }
}

function wipe(call: DriverCall): void {
  if ('pin' in call) call.pin.fill(0)
  if ('next' in call) call.next.fill(0)
}
