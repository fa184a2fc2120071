import type { ResultRole, Signer } from '@contract/display'
import type { DossierState } from '@contract/dossier'
import { type ErrorCode, ERRORS } from '@contract/errors'
import type { Person } from '@contract/person'
import type { Collector, ResultBar, ResultPerson } from '@contract/results'
import { formatDateTime, formatMoney, maskIdNumber } from '@contract/format'
import type { Instant } from '@contract/ids'

/** What decides whether a result can be handed over. */
export type Standing = Readonly<{
  state: DossierState
  /** The counter stopped it once: no result follows, whatever state the city tells later. */
  stopped: boolean
  /** Of the fee, in đồng. */
  open: number
  /** When it was handed over. */
  returnedAt: Instant | null
}>

const NO_RESULT: ReadonlySet<DossierState> = new Set<DossierState>([3, 7, 8])
export type Bar = ResultBar & Readonly<{ code: ErrorCode }>
const bar = (code: ErrorCode, params: ResultBar['params'] = {}): Bar => ({ code, params })

/** All that is in the way of handing over, the gravest first: what can never be mended stands alone. Moments and amounts are written out for the sentence. */
export function barsOf({ state, stopped, open, returnedAt }: Standing): Bar[] {
  const { results } = ERRORS
  if (returnedAt !== null) return [bar(results.alreadyReturned, { at: formatDateTime(new Date(returnedAt)) })]
  if (stopped || NO_RESULT.has(state)) return [bar(results.stopped, { state: stopped ? 8 : state })]
  return [...(state === 9 ? [] : [bar(results.notReady, { state })]), ...(open > 0 ? [bar(results.feeOpen, { amount: formatMoney(open) })] : [])]
}

type Named = Readonly<Pick<Person, 'fullName' | 'idNumber' | 'sex' | 'birthDate'>>
/** The people whom a dossier is about, with numbers in clear. */
export type People = Readonly<{ applicant: Named; owner: Named | null }>

const ROLES: readonly ResultRole[] = ['applicant', 'owner']
const digits = (text: string): string => text.replace(/\D/gu, '')

/** The person of that role; undefined where the dossier has none. */
export const personOf = (people: People, role: ResultRole): Named | undefined => people[role] ?? undefined

/** Those who may take the result without a paper, numbers masked. */
export function shownPeople(people: People): ResultPerson[] {
  return ROLES.flatMap((role) => {
    const person = personOf(people, role)
    return person ? [{ role, name: person.fullName, maskedId: person.idNumber === undefined ? null : maskIdNumber(person.idNumber) }] : []
  })
}

/** Whose number that is; null for somebody else, who needs a paper of authority, and where the dossier knows no number. */
export function whoIs(people: People, idNumber: string): Readonly<{ role: ResultRole; name: string }> | null {
  const wanted = digits(idNumber)
  for (const role of ROLES) {
    const person = personOf(people, role)
    if (person?.idNumber !== undefined && wanted !== '' && digits(person.idNumber) === wanted) return { role, name: person.fullName }
  }
  return null
}

export type HandOver = Readonly<{ collector: Collector; signed: 'pad' | 'paper' | 'post'; note: string }>

/** What is wrong with how a result is to be handed over, whatever the dossier; null when nothing is. `wished`: how the citizen wished to have it. */
export function faultOf({ collector, signed, note }: HandOver, people: People, wished: 'counter' | 'post'): ErrorCode | null {
  const { notSigned, notThatPerson, postNotWished } = ERRORS.results
  if ((collector.how === 'post') !== (signed === 'post')) return notSigned
  if (collector.how === 'post') return wished === 'post' || note !== '' ? null : postNotWished
  if ((collector.checked === 'chip') !== (collector.reading !== null)) return notThatPerson
  if (collector.how === 'owner' && personOf(people, collector.role) === undefined) return notThatPerson
  return null
}

/** True when the number on a chip is that of who is said to stand there. Of an authorised person it is the one that was written down. */
export function isOnChip(collector: Exclude<Collector, { how: 'post' }>, people: People, chipNumber: string | null): boolean {
  const said = collector.how === 'owner' ? personOf(people, collector.role)?.idNumber : collector.idNumber
  return chipNumber !== null && said !== undefined && said !== null && digits(said) === digits(chipNumber)
}

/** Whom a signature on the display has to be of. */
export function signerOf(collector: Collector): Signer | null {
  if (collector.how === 'post') return null
  return collector.how === 'owner' ? { how: 'owner', role: collector.role } : { how: 'authorised', name: collector.name }
}

/** True for the same person. */
export function isSameSigner(one: Signer, other: Signer): boolean {
  if (one.how === 'owner') return other.how === 'owner' && one.role === other.role
  return other.how === 'authorised' && one.name === other.name
}
