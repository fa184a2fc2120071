import { ISSUANCE_STEPS, type IssuanceState, type IssuanceStep, type IssuanceView } from '@contract/signing'

/**
 * How an issuance stands, as far as the order of its steps goes. `done` counts the steps behind it; `finished` states never change.
 * Everything outside (a key pair on a token, a request at the CA) is noted before it is begun, so that it is found again.
 */
export type Stand = Readonly<{
  kind: 'token' | 'remote'
  state: IssuanceState
  done: number
  /** `begun`: its id is kept, it may or may not be on the token. `made`: the request is signed; remote: the account is activated. */
  key: 'none' | 'begun' | 'made'
  /** The request (remote: the registration) may have reached the CA. */
  sent: boolean
  /** `held`: checked and kept here; `stored`: on the token as well. */
  certificate: 'none' | 'held' | 'stored'
}>

/** Steps that end with an act; those of the key and of the certificate end with what comes from outside. */
export type ActedStep = Exclude<IssuanceStep, 'key' | 'certificate'>

/** What happened. */
export type Happening =
  | Readonly<{ kind: 'did'; step: ActedStep }>
  | Readonly<{ kind: (typeof HAPPENINGS)[number] }>
export const HAPPENINGS = [
  'key-begun', 'key-made', 'key-lost', 'sent', 'line-down', 'waiting', 'refused', 'certificate-good', 'certificate-bad', 'stored', 'in-hand', 'again', 'other-provider', 'stop',
] as const

export const beginning = (kind: Stand['kind']): Stand => ({ kind, state: 'open', done: 0, key: 'none', sent: false, certificate: 'none' })

const FINISHED: ReadonlySet<IssuanceState> = new Set(['done', 'stopped', 'refused'])
export const isFinished = ({ state }: Pick<Stand, 'state'>): boolean => FINISHED.has(state)
/** The step in hand; null once it is finished. */
export const stepOf = (stand: Pick<Stand, 'state' | 'done'>): IssuanceStep | null => (isFinished(stand) ? null : ISSUANCE_STEPS[stand.done] ?? null)
/** Nothing that leaves a trace outside was begun. */
const untouched = ({ key, sent }: Stand): boolean => key === 'none' && !sent

/** Whether the step in hand is one that somebody far away may keep waiting. */
function hangsOnLine(stand: Stand): boolean {
  const step = stepOf(stand)
  if (step === 'certificate') return stand.certificate === 'none'
  return stand.kind === 'remote' && (step === 'pin' || step === 'key' || step === 'trial')
}

/** How it stands afterwards; null when that cannot happen now. */
export function next(stand: Stand, happening: Happening): Stand | null {
  if (isFinished(stand)) return null
  const { kind, key, sent, certificate } = stand
  const step = stepOf(stand)
  const forward = (change: Partial<Stand> = {}): Stand => ({ ...stand, state: 'open', ...change, done: stand.done + 1 })
  const only = (allowed: boolean, change: Partial<Stand>): Stand | null => (allowed ? { ...stand, ...change } : null)
  switch (happening.kind) {
    case 'did':
      if (happening.step !== step || (step === 'pin' && kind === 'remote' && !sent)) return null
      return forward(step === 'handover' ? { state: 'done' } : {})
    case 'key-begun': return only(step === 'key' && kind === 'token' && key === 'none', { key: 'begun' })
    // Its token is not there any more: back to the token, and a new pair gets a new id.
    case 'key-lost': return only(step === 'key' && key === 'begun', { key: 'none', done: stand.done - 1 })
    case 'key-made': return step === 'key' && key === (kind === 'token' ? 'begun' : 'none') ? forward({ key: 'made' }) : null
    case 'sent': return only(kind === 'remote' ? step === 'pin' : step === 'certificate' && certificate === 'none', { sent: true })
    case 'line-down': return only(hangsOnLine(stand), { state: 'queued' })
    case 'waiting': return only(hangsOnLine(stand) && sent, { state: 'waiting' })
    // A trial that is refused on the phone is tried again; the certificate is there.
    case 'refused': return only(hangsOnLine(stand) && sent && step !== 'trial', { state: 'refused' })
    case 'certificate-good': return only(step === 'certificate' && certificate === 'none' && sent, { state: 'open', certificate: 'held' })
    case 'certificate-bad': return only(step === 'certificate' && certificate === 'none' && sent, { state: 'refused' })
    case 'stored': return step === 'certificate' && certificate === 'held' ? forward({ certificate: 'stored' }) : null
    case 'in-hand': return only(step === 'trial', { state: 'open' })
    case 'again': return only(untouched(stand) && stand.done > 0, { state: 'open', done: stand.done - 1 })
    // What was read and confirmed named the other CA: it is read and confirmed again.
    case 'other-provider': return only(untouched(stand), { state: 'open', done: 0 })
    case 'stop': return { ...stand, state: 'stopped' }
  }
}

/** What is going on at this moment, of which the database knows nothing. */
export type Now = Readonly<{
  /** A page of this issuance stands on the citizen's display. */
  onDisplay: boolean
  busy: 'token' | 'ca' | null
}>

/** Of whom the step in hand is the turn. */
export function waitsFor(stand: Stand, { onDisplay, busy }: Now): IssuanceView['waits'] {
  if (isFinished(stand)) return 'nothing'
  if (onDisplay) return 'citizen'
  if (busy) return busy
  const step = stepOf(stand)
  if (stand.state === 'queued') return 'line'
  if (stand.state === 'waiting') return stand.kind === 'remote' ? 'phone' : 'ca'
  // Kept here, not yet on the token: nobody but the citizen has the PIN.
  if (step === 'certificate' && stand.certificate === 'held') return 'citizen'
  return step === 'pin' && stand.kind === 'token' ? 'token' : 'officer'
}
