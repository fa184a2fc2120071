import { AppError, ERRORS } from '@contract/errors'
import { Instant } from '@contract/ids'
import { ISSUANCE_STEPS, type IssuanceId } from '@contract/signing'
import type { Audit } from '../../audit'
import type { Clock, Store, WriteTx } from '../../storage'
import type { Actor } from './ports'
import { addEvent, type Change, findIssuance, type Issuance, standOf, updateIssuance } from './records'
import { type Happening, isFinished, next, type Stand, stepOf } from './rules'

/** The program itself: what goes on without anybody. */
export const SYSTEM: Actor = { id: 'system', name: '' }

export type Happened = Readonly<{
  /** In words of data, for the screen's sentence. */
  how?: string
  code?: string | null
  text?: string | null
  change?: Change
  /** Milliseconds from now: when it is tried again. */
  againInMs?: number
}>

export type Keeper = Readonly<{
  /** @throws AppError KS-050 */
  get(id: IssuanceId): Issuance
  /** Writes that it happened, with what it left, its event and its audit entry. @throws AppError KS-050, KS-051 when it cannot happen now, KS-052 when it is finished */
  happen(actor: Actor, id: IssuanceId, happening: Happening, what?: Happened): Issuance
  /** The same in the caller's transaction. */
  happenIn(tx: WriteTx, actor: Actor, id: IssuanceId, happening: Happening, what?: Happened): Issuance
  /** Something went wrong that changes no step. */
  trouble(actor: Actor, id: IssuanceId, code: string, text?: string | null): void
}>

/** What each step leaves in the row: taken away when it is done once more. */
const LEAVES: readonly Change[] = [
  { consent_at: null, consent_how: null, consent_id: null },
  { identity_how: null, identity_check: null, identity_officer: null, second_officer: null },
  { person_how: null },
  { phone: null, phone_how: null },
  { content_how: null },
  { pin_how: null, token_id: null, token_label: null, token_serial: null, key_kind: null, scheme: null },
]

const cleared = (from: number, to: number): Change => LEAVES.slice(to, from).reduce((all, one) => ({ ...all, ...one }), {})

/** Which step ended by it, if one did. */
const endedStep = (before: Stand, after: Stand): string | null => (after.done === before.done + 1 ? ISSUANCE_STEPS[before.done] ?? null : null)

export function createKeeper({ store, audit, clock, changed }: Readonly<{ store: Store; audit: Audit; clock: Clock; changed(): void }>): Keeper {
  const get = (id: IssuanceId, reader = store.read): Issuance => {
    const found = findIssuance(reader, id)
    if (!found) throw new AppError(ERRORS.signing.issuanceUnknown)
    return found
  }

  const happenIn: Keeper['happenIn'] = (tx, actor, id, happening, { how, code = null, text = null, change = {}, againInMs } = {}) => {
    const before = standOf(get(id, tx))
    if (isFinished(before)) throw new AppError(ERRORS.signing.issuanceStopped)
    const after = next(before, happening)
    if (!after) throw new AppError(ERRORS.signing.issuanceStep, { step: stepOf(before) ?? '' })
    const now = clock.now()
    const at = Instant.parse(now.toISOString())
    const lies = after.state === 'queued' || after.state === 'waiting'
    // A key pair is let go before its step is: one change of the row cannot be both.
    if (happening.kind === 'key-lost') updateIssuance(tx, id, { key_id: null })
    updateIssuance(tx, id, {
      ...(after.done < before.done && cleared(before.done, after.done)),
      ...change, state: after.state, done: after.done, trouble: code, trouble_text: text?.slice(0, 500) ?? null,
      ended_at: isFinished(after) ? at : null,
      next_try_at: lies ? new Date(now.getTime() + (againInMs ?? 60_000)).toISOString() : null,
    })
    const step = endedStep(before, after)
    const kind = happening.kind
    // The same answer as before: not one entry more for each time somebody asked.
    if ((kind === 'line-down' || kind === 'waiting') && after.state === before.state) return get(id, tx)
    addEvent(tx, id, { kind, step, how: how ?? null, code, at, by: actor.name })
    audit.append(tx, {
      actor: actor.id, action: `issuance.${kind}`, subject: { type: 'issuance', id },
      detail: { step: step ?? stepOf(before) ?? '', ...(how !== undefined && { how }), ...(code !== null && { code }) },
    })
    return get(id, tx)
  }

  return {
    get, happenIn,
    happen: (actor, id, happening, what) => {
      const after = store.write((tx) => happenIn(tx, actor, id, happening, what))
      changed()
      return after
    },
    trouble: (actor, id, code, text = null) => {
      store.write((tx) => {
        const now = get(id, tx)
        if (isFinished(now) || (now.trouble === code && now.troubleText === text)) return
        updateIssuance(tx, id, { trouble: code, trouble_text: text })
        addEvent(tx, id, { kind: 'trouble', step: null, how: null, code, at: Instant.parse(clock.now().toISOString()), by: actor.name })
        audit.append(tx, { actor: actor.id, action: 'issuance.trouble', subject: { type: 'issuance', id }, detail: { code } })
      })
      changed()
    },
  }
}
