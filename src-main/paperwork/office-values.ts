import { toCivil } from '@contract/civil-time'
import { formatFormDate, formatFormMoment, formatIdNumber, formatPhone } from '@contract/format'
import type { ActFormCode, ControlForm, ExtensionForm, OfficeForm, RefusalForm, StopForm, SupplementForm } from '@contract/office-forms'
import type { z } from 'zod'
import type { Filling, Texts } from './form-press'
import type { Vocabulary } from './form-template'

/** `sure`: every form of the kind has them. `maybe`: a dossier may lack them, so that they are for optional parts only. */
export type OfficeVocabulary = Vocabulary & Readonly<{ sure: readonly string[]; maybe: readonly string[] }>

const SURE = [
  'agencyName', 'unitName', 'place', 'day', 'number', 'officerName', 'signerTitles', 'dossierCode', 'applicantName', 'procedureName', 'procedureCode', 'receivedTime', 'receivedDay', 'resultName',
] as const
const MAYBE = ['signerName', 'hotline', 'onBehalfOf', 'idNumber', 'address', 'phone', 'email', 'dueTime', 'reprintCount', 'reprintTime', 'reprintBy'] as const

const vocabulary = (own: Readonly<{ sure?: readonly string[]; maybe?: readonly string[]; lists?: Vocabulary['lists']; flags?: readonly string[] }>): OfficeVocabulary => {
  const [sure, maybe] = [[...SURE, ...(own.sure ?? [])], [...MAYBE, ...(own.maybe ?? [])]]
  return { sure, maybe, names: [...sure, ...maybe], lists: own.lists ?? {}, flags: own.flags ?? [] }
}

/** What the wording of each form may use. A template that uses another name is refused when it is loaded. */
export const OFFICE_VOCABULARY: Readonly<Record<ActFormCode, OfficeVocabulary>> = {
  'mau-02': vocabulary({
    sure: ['reason', 'ordinal', 'contactName'], maybe: ['contactPhone'], flags: ['counted', 'second', 'contactPhone'],
    lists: { items: ['index', 'item', 'originals', 'certified', 'copies'] },
  }),
  'mau-03': vocabulary({ maybe: ['detail'], lists: { grounds: ['index', 'ground', 'basis'] } }),
  'mau-04': vocabulary({ sure: ['previousDueTime', 'newDueTime', 'newDueDay', 'reason'] }),
  'mau-05': vocabulary({ sure: ['ground', 'basis', 'stage', 'money'], maybe: ['detail'], flags: ['citizen', 'agency'] }),
  'mau-06': vocabulary({ sure: ['agency'], lists: { handovers: ['index', 'from', 'to', 'time', 'giver', 'receiver', 'standing', 'note'] } }),
}

export type Reprint = Readonly<{ at: string; by: string; count: number }>

const NONE = '–'
const moment = (instant: string): string => formatFormMoment(new Date(instant))
const day = (instant: string): string => formatFormDate(toCivil(new Date(instant)).date)
const orNothing = (text: string | null): string | undefined => (text === null || text === '' ? undefined : text)
const orDash = (text: string): string => (text === '' ? NONE : text)

function commonTexts({ frame, dossier }: OfficeForm, reprint: Reprint | null): Texts {
  return {
    agencyName: frame.agencyName, unitName: frame.unitName, place: frame.place, day: day(frame.at), number: frame.number ?? '…', officerName: frame.officerName,
    signerTitles: frame.signer.titles.join('\n'), signerName: orNothing(frame.signer.name), hotline: orNothing(frame.hotline),
    dossierCode: dossier.code, applicantName: dossier.applicantName, onBehalfOf: orNothing(dossier.onBehalfOf), idNumber: dossier.idNumber === null ? undefined : formatIdNumber(dossier.idNumber),
    address: orNothing(dossier.address), phone: dossier.phone === null ? undefined : formatPhone(dossier.phone), email: orNothing(dossier.email),
    procedureName: dossier.procedureName, procedureCode: dossier.procedureCode, receivedTime: moment(dossier.receivedAt), receivedDay: day(dossier.receivedAt),
    dueTime: dossier.dueAt === null ? undefined : moment(dossier.dueAt), resultName: dossier.resultName,
    ...(reprint && { reprintCount: String(reprint.count), reprintTime: moment(reprint.at), reprintBy: reprint.by }),
  }
}

type Own = Readonly<{ texts?: Texts; lists?: Filling['lists']; flags?: readonly string[] }>

function supplement({ items, reason, ordinal, contact }: z.infer<typeof SupplementForm>): Own {
  const count = (papers: number): string => (papers === 0 ? NONE : String(papers).padStart(2, '0'))
  const counted = items.some(({ originals, certified, copies }) => originals + certified + copies > 0)
  return {
    texts: { reason, ordinal: String(ordinal), contactName: contact.name, contactPhone: contact.phone === null ? undefined : formatPhone(contact.phone) },
    lists: {
      items: items.map(({ name, what, originals, certified, copies }, index) => ({
        index: String(index + 1), item: what === '' ? name : `${name}: ${what}`, originals: count(originals), certified: count(certified), copies: count(copies),
      })),
    },
    flags: [...(counted ? ['counted'] : []), ...(ordinal > 1 ? ['second'] : []), ...(contact.phone === null ? [] : ['contactPhone'])],
  }
}

const refusal = ({ grounds, detail }: z.infer<typeof RefusalForm>): Own => ({
  texts: { detail: orNothing(detail) }, lists: { grounds: grounds.map(({ text, basis }, index) => ({ index: String(index + 1), ground: text, basis })) },
})

const extension = ({ previousDueAt, newDueAt, reason }: z.infer<typeof ExtensionForm>): Own =>
  ({ texts: { previousDueTime: moment(previousDueAt), newDueTime: moment(newDueAt), newDueDay: day(newDueAt), reason } })

const stop = ({ ground, requestedBy, stage, money, detail }: z.infer<typeof StopForm>): Own =>
  ({ texts: { ground: ground.text, basis: ground.basis, stage, money, detail: orNothing(detail) }, flags: [requestedBy] })

function control({ agency, handovers }: z.infer<typeof ControlForm>, words: Readonly<Record<string, string>>): Own {
  const standings = { early: words['early'] ?? NONE, 'on-time': words['onTime'] ?? NONE, overdue: words['overdue'] ?? NONE }
  return {
    texts: { agency },
    lists: {
      handovers: handovers.map(({ from, to, at, giver, receiver, standing, note }, index) => ({
        index: String(index + 1), from, to, time: moment(at), giver, receiver, standing: standing === null ? NONE : standings[standing], note: orDash(note),
      })),
    },
  }
}

function ownOf(form: OfficeForm, words: Readonly<Record<string, string>>): Own {
  switch (form.form) {
    case 'mau-02': return supplement(form)
    case 'mau-03': return refusal(form)
    case 'mau-04': return extension(form)
    case 'mau-05': return stop(form)
    case 'mau-06': return control(form, words)
  }
}

/** The texts, lists and conditions of an official form; what its dossier does not have stays out. @param words those that the template gives for what the data choose from */
export function officeFilling(form: OfficeForm, words: Readonly<Record<string, string>>, reprint: Reprint | null): Filling {
  const { texts, lists, flags } = ownOf(form, words)
  return { texts: { ...commonTexts(form, reprint), ...texts }, lists: lists ?? {}, flags: new Set(flags ?? []), demo: false }
}
