import type { TokenInfo } from '../../ports'
import { keysOf, schemesOf, type Sizes } from '../mechanisms'
import type { Place, SlotToken } from '../protocol'
import { CallFailed, CKF, CKM, CKR, type Handle, type Native, type TokenFacts } from './pkcs11'

type PinState = TokenInfo['pin']

/** State of the user's PIN by the flags of a token (PKCS#11 §3.3, CKF_USER_PIN_*); the worst that is told counts. */
export function pinStateOf(flags: number): PinState {
  const has = (flag: number): boolean => (flags & flag) !== 0
  if (has(CKF.locked)) return 'blocked'
  if (!has(CKF.userPinSet)) return 'not-set'
  if (has(CKF.finalTry)) return 'final-try'
  if (has(CKF.countLow)) return 'last-tries'
  return has(CKF.mustChange) ? 'must-change' : 'ok'
}

/** Text of a fixed-length field: blanks at the end are padding, and some drivers pad with zeros (PKCS#11 §3.3). */
export const plain = (text: string): string => (text.split('\0')[0] ?? '').trim()

type Abilities = Pick<SlotToken, 'schemes' | 'keys'>
export type Slots = Readonly<{
  list(): SlotToken[]
  /** The slot of this very token. @throws CallFailed CKR_TOKEN_NOT_PRESENT when another is there, or none */
  find(at: Place): Handle
  mechanisms(slot: Handle): ReadonlySet<number>
  pin(slot: Handle): PinState | null
}>

/** Slots with tokens. What a token can do is asked once as long as it is there. */
export function createSlots(native: Native): Slots {
  const abilities = new Map<string, Abilities>()
  const mechanisms = (slot: Handle): ReadonlySet<number> => new Set(native.C_GetMechanismList(slot))
  const sizes = (slot: Handle, known: ReadonlySet<number>, mechanism: number): Sizes | null => {
    if (!known.has(mechanism)) return null
    const { minKeySize: least, maxKeySize: most } = native.C_GetMechanismInfo(slot, mechanism)
    return { least, most }
  }
  const abilitiesOf = (slot: Handle, key: string): Abilities => {
    const known = abilities.get(key)
    if (known) return known
    const found = mechanisms(slot)
    const schemes = schemesOf(found)
    const made = { schemes, keys: keysOf({ rsa: sizes(slot, found, CKM.rsaKeyPair), ec: sizes(slot, found, CKM.ecKeyPair) }, schemes) }
    abilities.set(key, made)
    return made
  }
  const tokenIn = (slot: Handle): SlotToken | null => {
    const facts = factsOf(native, slot)
    if (!facts || (facts.flags & CKF.tokenReady) === 0) return null
    const place = placeOf(slot, facts)
    return {
      ...place, maker: plain(facts.manufacturerID), model: plain(facts.model), pin: pinStateOf(facts.flags), triesLeft: (facts.flags & CKF.finalTry) === 0 ? null : 1,
      pinLength: { least: facts.minPinLen, most: facts.maxPinLen }, readOnly: (facts.flags & CKF.writeProtected) !== 0, ...abilitiesOf(slot, `${place.slot} ${place.serial}`),
    }
  }
  return {
    mechanisms,
    list: () => native.C_GetSlotList(true).flatMap((slot) => tokenIn(slot) ?? []),
    find: (at) => {
      const slot = Buffer.from(at.slot, 'hex')
      const facts = factsOf(native, slot)
      const now = facts && placeOf(slot, facts)
      if (now?.serial !== at.serial || now.label !== at.label) throw new CallFailed('C_GetTokenInfo', CKR.tokenNotPresent)
      return slot
    },
    pin: (slot) => {
      const facts = factsOf(native, slot)
      return facts && pinStateOf(facts.flags)
    },
  }
}

const placeOf = (slot: Handle, facts: TokenFacts): Place => ({ slot: slot.toString('hex'), serial: plain(facts.serialNumber), label: plain(facts.label) })

/** One reader or token in trouble does not hide the others. */
const GONE: ReadonlySet<number> = new Set([CKR.slotInvalid, CKR.deviceError, CKR.deviceRemoved, CKR.tokenNotPresent, CKR.tokenNotRecognized])

/** What a slot says of its token; null when it is gone between two questions, or is none that the driver knows. */
function factsOf(native: Native, slot: Handle): TokenFacts | null {
  try {
    return native.C_GetTokenInfo(slot)
  } catch (error) {
    if (error instanceof CallFailed && GONE.has(error.rv ?? 0)) return null
    throw error
  }
}
