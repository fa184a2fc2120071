import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto'
import type { PinPurpose, PinRefusal } from '@contract/display'
import { refusalOf } from './pin-rules'

/** What a PIN is asked for. */
export type PinWish = Readonly<{
  purpose: PinPurpose
  /** How many digits; four to twelve. */
  digits: number
  /** Where it may be shorter: how many at least. A PIN that was chosen elsewhere has a length that nobody knows. */
  least?: number
  /** Of whom it will be, YYYY-MM-DD: no PIN. */
  birthDate: string | null
  /** For `enter`: how often it may still be wrong. */
  tries: number | null
  /** Gets the digits once and keeps them no longer than its call takes. `blocked`: no further try helps. */
  consume(pin: string): Promise<'ok' | 'wrong' | 'blocked'>
}>

/** How the page stands after some digits. */
export type PinStep =
  | Readonly<{ kind: 'ask'; round: 1 | 2; refused: PinRefusal | null; triesLeft: number | null }>
  | Readonly<{ kind: 'taken' }>
  | Readonly<{ kind: 'refused' }>

export type PinEntry = Readonly<{
  step(): PinStep
  /** Never keeps the digits: of the first round only a keyed hash is left until the second. */
  type(pin: string): Promise<PinStep>
  drop(): void
}>

/** One PIN being typed: once, or twice where it is a new one. */
export function createPinEntry({ purpose, birthDate, tries, consume }: PinWish): PinEntry {
  const twice = purpose === 'set' || purpose === 'trial'
  let first: { key: Buffer; mac: Buffer } | null = null
  let step: PinStep = { kind: 'ask', round: 1, refused: null, triesLeft: tries }

  const macOf = (key: Buffer, pin: string): Buffer => createHmac('sha256', key).update(pin).digest()
  const ask = (round: 1 | 2, refused: PinRefusal | null, triesLeft: number | null): PinStep => ({ kind: 'ask', round, refused, triesLeft })
  const drop = (): void => {
    first?.key.fill(0)
    first?.mac.fill(0)
    first = null
  }
  const left = (): number | null => (step.kind === 'ask' ? step.triesLeft : null)
  const consumed = async (pin: string): Promise<PinStep> => {
    const answer = await consume(pin)
    if (answer === 'ok') return { kind: 'taken' }
    if (answer === 'blocked') return { kind: 'refused' }
    const after = left()
    if (after === null) return ask(1, 'wrong', null)
    return after <= 1 ? { kind: 'refused' } : ask(1, 'wrong', after - 1)
  }
  const typed = async (pin: string): Promise<PinStep> => {
    if (!twice) return consumed(pin)
    if (first === null) {
      const refused = refusalOf(pin, birthDate)
      if (refused !== null) return ask(1, refused, left())
      const key = randomBytes(32)
      first = { key, mac: macOf(key, pin) }
      return ask(2, null, left())
    }
    const same = timingSafeEqual(first.mac, macOf(first.key, pin))
    drop()
    // Whatever the consumer makes of it, whoever types again begins anew.
    step = ask(1, null, left())
    return same ? consumed(pin) : ask(1, 'not-equal', left())
  }

  return {
    step: () => step,
    type: async (pin) => (step = await typed(pin)),
    drop,
  }
}
