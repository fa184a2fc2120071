import { createHash } from 'node:crypto'
import type { DraftContent, FeeQuote } from '@contract/draft'
import { canonicalJson, type Json } from '../audit'
import type { PaperCount } from './paper-facts'

/**
 * What a citizen vouches for, unmasked, as one digest: when it is another one, the draft was changed after it was confirmed.
 * Left out: the note of the officer, whether the fee is paid yet, and the appointment, which the office promises and which moves on with the clock.
 */
export function substanceOf(content: DraftContent, papers: readonly PaperCount[], fee: Pick<FeeQuote, 'total' | 'exemption'> | null): string {
  const { applicant, capacity, owner, organisation, procedure, answers, components, sets, delivery } = content
  const about = ({ fullName, idNumber, birthDate, sex, address, phone, email }: DraftContent['applicant']): Json => ({ fullName, idNumber, birthDate, sex, address, phone, email })
  const marks = Object.entries(components).filter(([, { mark }]) => mark !== 'pending').map(([code, { mark }]): readonly [string, Json] => [code, mark])
  const count = papers.map(({ component, pages }) => `${component} ${pages ?? '?'}`).sort()
  const counted: Json = {
    applicant: about(applicant), capacity, owner: capacity === 'self' ? null : about(owner), organisation: capacity === 'organisation' ? { ...organisation } : null,
    procedure: procedure && { ...procedure }, answers: { ...answers }, marks: Object.fromEntries(marks), papers: count, sets, delivery: { ...delivery },
    fee: fee && { total: fee.total, exemption: fee.exemption?.code ?? null },
  }
  return createHash('sha256').update(canonicalJson(wellFormed(counted))).digest('hex')
}

/** Half characters, which a keyboard can leave behind, have no canonical form. */
function wellFormed(value: Json): Json {
  if (typeof value === 'string') return value.replace(/\p{Surrogate}/gu, '\uFFFD')
  if (value === null || typeof value !== 'object') return value
  if (Array.isArray(value)) return value.map((each: Json) => wellFormed(each))
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [key.replace(/\p{Surrogate}/gu, '\uFFFD'), wellFormed(each)]))
}
