import type { DocumentInfo, DraftContent, DraftView } from '@contract/draft'
import { formatDate, formatIdNumber, formatPhone } from '@contract/format'
import type { PageView } from '@contract/pages'
import { type DraftPerson, EMPTY_PERSON, type Person } from '@contract/person'
import type { Procedure, ProcedureComponent } from '@contract/procedures'
import { type TextFact, tidyFact } from './tidy'

export type Who = 'applicant' | 'owner'

const without = <T>(record: Readonly<Record<string, T>>, key: string): Record<string, T> =>
  Object.fromEntries(Object.entries(record).filter(([name]) => name !== key))

/** A fact as it is being typed; its source becomes `typed`, or none when the field is empty. */
export function typeFact(person: DraftPerson, fact: TextFact, text: string): DraftPerson {
  const sources = text === '' ? without(person.sources, fact) : { ...person.sources, [fact]: 'typed' as const }
  return { ...person, [fact]: text, sources }
}

/** The same person with one fact in its usual form; the same object when nothing changes. */
export function leaveFact(person: DraftPerson, fact: TextFact): DraftPerson {
  const tidy = tidyFact(fact, person[fact])
  return tidy === person[fact] ? person : { ...person, [fact]: tidy }
}

const digits = (text: string): string => text.replace(/\D/gu, '')

export type CardFill = Readonly<{
  person: DraftPerson
  /** The address on the card when another one stands in the field: it is offered, never put in unasked. */
  offeredAddress: string | null
  /** The card belongs to somebody else than who stood here: nothing of the former person is kept. */
  replaced: boolean
}>

/** Puts a card's facts into a person. Phone and e-mail stay; a current address that did not come from a card stays. */
export function fillFromCard(current: DraftPerson, card: DraftPerson): CardFill {
  const before = digits(current.idNumber)
  const replaced = before.length >= 9 && before !== digits(card.idNumber)
  const kept = replaced ? EMPTY_PERSON : current
  const keepsAddress = kept.address.trim() !== '' && kept.sources['address'] !== 'qr' && kept.address.trim() !== card.address
  const person: DraftPerson = {
    ...kept, fullName: card.fullName, idNumber: formatIdNumber(card.idNumber), birthDate: formatDate(card.birthDate), sex: card.sex,
    address: keepsAddress ? kept.address : card.address,
    sources: { ...kept.sources, ...card.sources, ...(keepsAddress && kept.sources['address'] && { address: kept.sources['address'] }) },
  }
  return { person, offeredAddress: keepsAddress && card.address !== '' ? card.address : null, replaced }
}

/** Puts a person of an earlier dossier in; what that dossier did not know stays as it is. */
export function fillFromEarlier(current: DraftPerson, known: Person): DraftPerson {
  const facts = {
    fullName: known.fullName, idNumber: known.idNumber && formatIdNumber(known.idNumber), birthDate: known.birthDate && formatDate(known.birthDate),
    address: known.address, phone: known.phone && formatPhone(known.phone), email: known.email, sex: known.sex,
  }
  const present = Object.entries(facts).filter(([, value]) => value !== undefined && value !== '')
  const sources = Object.fromEntries(present.map(([fact]) => [fact, 'earlier' as const]))
  return { ...current, ...Object.fromEntries(present), sources: { ...current.sources, ...sources } }
}

/** Chooses a procedure. Answers and marks belong to the procedure they were given for; documents follow the codes of the papers. */
export function chooseProcedure(content: DraftContent, procedure: Procedure): DraftContent {
  if (content.procedure?.code === procedure.code && content.procedure.version === procedure.version) return content
  const fee = { ...content.fee, exemption: procedure.fee.usualExemption ?? null, councilAmount: null }
  return { ...content, procedure: { code: procedure.code, version: procedure.version }, answers: {}, components: {}, fee }
}

/** True when nobody has typed or chosen anything: leaving such a draft leaves nothing behind. */
export function isUntouched({ content, documents }: Pick<DraftView, 'documents'> & { content: DraftContent }): boolean {
  const { applicant, owner, organisation } = content
  const typed = [applicant.fullName, applicant.idNumber, applicant.birthDate, applicant.address, applicant.phone, applicant.email, owner.fullName, owner.idNumber, organisation.name, content.note]
  return documents.length === 0 && content.procedure === null && typed.every((text) => text.trim() === '')
}

/** What was taken in: files as they came, and pages, which the counter binds itself. */
export type TakenIn = Readonly<{ documents: readonly DocumentInfo[]; pages: readonly PageView[] }>

/** True when something was taken in for a paper. The PDFs that are bound from pages follow a moment after the pages and do not count. */
export const hasPaper = (code: string, { documents, pages }: TakenIn): boolean =>
  pages.some((page) => page.component === code && page.place === 'kept') || documents.some((document) => document.component === code && !document.bound)

export type PaperState = 'missing' | 'done' | 'seen' | 'not-needed' | 'owed' | 'reused' | 'optional'

/** How a paper stands: what was taken in first, then the officer's mark, then whether it is always required. */
export function paperState(component: ProcedureComponent, content: DraftContent, taken: TakenIn): PaperState {
  if (hasPaper(component.code, taken)) return 'done'
  const mark = content.components[component.code]?.mark ?? 'pending'
  if (mark !== 'pending') return mark
  return component.required.when === 'always' ? 'missing' : 'optional'
}

/** Obligatory papers that are settled, and how many there are. */
export function papersSettled(procedure: Procedure | undefined, content: DraftContent, taken: TakenIn): { settled: number; required: number } {
  const required = procedure?.components.filter((component) => component.required.when === 'always') ?? []
  return { settled: required.filter((component) => paperState(component, content, taken) !== 'missing').length, required: required.length }
}
