import type { FailureWord, Place } from '../protocol'
import { CallFailed, CKF, CKR, CKU, type Handle, type Native } from './pkcs11'
import type { Slots } from './slots'

/** What stands in the way and is no CKR_ of the driver. */
export class WorkFailed extends Error {
  override readonly name = 'WorkFailed'
  constructor(readonly word: FailureWord) {
    super(word)
  }
}

export type Driver = Readonly<{ native: Native; slots: Slots }>
export type Session = Readonly<{ slot: Handle; session: Handle }>

/**
 * The PIN as the native part wants it. Its bytes are wiped here; the text lives until its next line, in a process that knows of nothing
 * else and of no other person.
 */
export function pinText(pin: Uint8Array): string {
  const text = Buffer.from(pin.buffer, pin.byteOffset, pin.byteLength).toString('utf8')
  pin.fill(0)
  return text
}

/** A session with this very token for one piece of work, without a PIN. */
export function publicly<T>({ native, slots }: Driver, at: Place, flags: 'read' | 'write', work: (session: Session) => T): T {
  const slot = slots.find(at)
  const session = native.C_OpenSession(slot, flags === 'write' ? CKF.serial | CKF.rw : CKF.serial)
  try {
    return work({ slot, session })
  } finally {
    quietly(() => native.C_CloseSession(session))
  }
}

/** The same, logged in. One log-in for all of the work; logged out afterwards, whatever comes. */
export function loggedIn<T>(driver: Driver, at: Place, flags: 'read' | 'write', pin: Uint8Array, work: (session: Session & Readonly<{ again(): void }>) => T): T {
  const { native } = driver
  return publicly(driver, at, flags, ({ slot, session }) => {
    const text = pinText(pin)
    login(native, session, text)
    try {
      return work({ slot, session, again: () => native.C_Login(session, CKU.contextSpecific, text) })
    } finally {
      quietly(() => native.C_Logout(session))
    }
  })
}

/** A log-in that is still open from elsewhere in this process proves nothing of this PIN: it is ended first. */
function login(native: Native, session: Handle, pin: string): void {
  try {
    native.C_Login(session, CKU.user, pin)
  } catch (error) {
    if (!(error instanceof CallFailed) || error.rv !== CKR.alreadyLoggedIn) throw error
    native.C_Logout(session)
    native.C_Login(session, CKU.user, pin)
  }
}

/** Tidying up must not hide what went wrong before it. */
function quietly(act: () => void): void {
  try {
    act()
  } catch {
    // The token is gone, and the session with it.
  }
}
