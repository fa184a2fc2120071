import type { FeedbackContent, FeedbackGap, FeedbackState } from '@contract/feedback'
import { plainText } from './plain-text'

/** The shortest text that says something. */
const LEAST_CONTENT = 10
const PHONE = /^\+?\d[\d .()-]{7,28}$/

/** Nobody asks an answer for a praise: it needs no place and no person. */
const asksForAnswer = ({ kind }: FeedbackContent): boolean => kind !== 'praise'

/** What a submission still needs, in the order of the form. */
export function gapsOf(content: FeedbackContent, photos: number): FeedbackGap[] {
  const { person, consent, anonymous } = content
  const wantsPerson = asksForAnswer(content) && !anonymous
  const open: Readonly<Record<FeedbackGap, boolean>> = {
    'field': content.field === null,
    'content': content.content.trim().length < LEAST_CONTENT,
    'place': asksForAnswer(content) && content.place.trim() === '' && content.dossierId === null && content.procedureCode === null,
    'name': wantsPerson && person.name.trim() === '',
    'phone': consent.contact && !anonymous ? !PHONE.test(person.phone.trim()) : false,
    'consent-photos': photos > 0 && !consent.photos,
  }
  return (['field', 'content', 'place', 'name', 'phone', 'consent-photos'] as const).filter((gap) => open[gap])
}

/** The content as it is kept: plain text, and nothing about a person who wants to stay unnamed. */
export function tidyContent(content: FeedbackContent): FeedbackContent {
  const { anonymous } = content
  return {
    ...content,
    content: plainText(content.content, 5000),
    place: plainText(content.place, 500),
    person: anonymous ? { name: '', phone: '' } : { name: plainText(content.person.name, 200), phone: plainText(content.person.phone, 30) },
    consent: anonymous ? { ...content.consent, contact: false } : content.consent,
  }
}

/** States in which nothing more happens here. */
export const ENDED: readonly FeedbackState[] = [5, 6, 7, 8]

/** What the counter may still do. */
export const maySupplement = (state: FeedbackState): boolean => state === 4
export const mayWithdraw = (state: FeedbackState): boolean => state >= 1 && !ENDED.includes(state)

/**
 * The state after the city spoke. What was withdrawn stays so, and an end is only followed by another end: a status that comes late
 * or twice moves nothing back.
 */
export function afterStatus(from: FeedbackState, told: FeedbackState): FeedbackState {
  if (from === 0 || from === 8 || told === 0 || told === 1) return from
  if (ENDED.includes(from)) return ENDED.includes(told) ? told : from
  return told === 2 && from > 2 ? from : told
}
