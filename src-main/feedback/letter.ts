import { createHash } from 'node:crypto'
import type { FeedbackContent, FeedbackDue, FeedbackId } from '@contract/feedback'
import { type Instant, Sha256 } from '@contract/ids'
import type { OutboundPhoto } from './ports'

export type LetterAct = 'taken' | 'supplemented' | 'withdrawn'

export type LetterInput = Readonly<{
  letterId: string
  feedbackId: FeedbackId
  number: string
  version: number
  act: LetterAct
  at: Instant
  agency: string
  counter: string
  content: FeedbackContent
  dossierCode: string | null
  takenAt: Instant
  due: FeedbackDue
  supplements: readonly { at: Instant; words: string }[]
  photos: readonly OutboundPhoto[]
  officer: Readonly<{ id: string; name: string }>
}>

export type FrozenLetter = Readonly<{ bytes: Uint8Array; sha256: Sha256 }>

/** The bytes that go to the city and never change again (`docs/city-protocol.md`), with their SHA-256. */
export function freezeLetter(input: LetterInput): FrozenLetter {
  const bytes = Buffer.from(JSON.stringify(payloadOf(input)), 'utf8')
  return { bytes, sha256: Sha256.parse(createHash('sha256').update(bytes).digest('hex')) }
}

/** A letter that takes something back says no more than which one. */
function payloadOf(input: LetterInput): unknown {
  const { feedbackId, number, version, act, at, agency, counter } = input
  return {
    format: 'mot-cua/feedback', version: 1, letterId: input.letterId,
    feedback: { id: feedbackId, number, version, act, at, agency, counter, ...(act !== 'withdrawn' && { body: bodyOf(input) }) },
    officer: input.officer,
  }
}

/** Name and phone go along only where the citizen allowed to be contacted. */
function contactOf({ anonymous, person, consent }: FeedbackContent): { name: string; phone?: string } | undefined {
  if (anonymous || person.name === '') return undefined
  return consent.contact ? { name: person.name, phone: person.phone } : undefined
}

function bodyOf({ content, dossierCode, takenAt, due, supplements, photos }: LetterInput): unknown {
  const contact = contactOf(content)
  return {
    kind: content.kind, field: content.field, content: content.content, place: content.place,
    ...(content.procedureCode !== null && { procedureCode: content.procedureCode }),
    ...(dossierCode !== null && { dossierCode }),
    anonymous: content.anonymous, ...(contact && { contact }), mayBePublished: content.consent.publish,
    takenAt,
    ...(due.refuseBy && { refuseBy: due.refuseBy }), ...(due.supplementBy && { supplementBy: due.supplementBy }), ...(due.answerBy && { answerBy: due.answerBy }),
    supplements,
    photos: content.consent.photos ? photos.map(({ photoId, sha256, size, mediaType, name }) => ({ documentId: photoId, sha256, size, mediaType, name })) : [],
  }
}
