import type { DossierId, Instant } from '@contract/ids'
import { FormDossier, type FormFrame, type FormSigner, type Handover, type OfficeForm, type SignerRole } from '@contract/office-forms'
import type { Actor, DossierBody, DossierRow, TurnedAway } from '../intake'
import type { Reader } from '../storage'
import type { IssuingPlace } from './ports'
import { handoversOf, standingOf, supplementsOf } from './rows'
import type { Standing } from './rules'

/** What an act speaks of: a dossier, or a draft that would become one. */
export type Subject = Readonly<{
  /** Null for a draft. */
  id: DossierId | null
  dossier: FormDossier
  body: DossierBody
  standing: Standing
  handovers: readonly Handover[]
  /** Requests that were made before. */
  earlier: number
}>

const UNKNOWN = '…'

function formDossier(body: DossierBody, rest: Pick<FormDossier, 'code' | 'codeIsProvisional' | 'procedureCode' | 'receivedAt' | 'dueAt'>): FormDossier {
  const { applicant } = body
  return FormDossier.parse({
    ...rest, applicantName: applicant.fullName, onBehalfOf: body.organisation?.name ?? body.owner?.fullName ?? null, idNumber: applicant.idNumber ?? null, address: applicant.address ?? null,
    phone: applicant.phone ?? null, email: applicant.email ?? null, procedureName: body.procedureName, resultName: body.resultName.trim() === '' ? UNKNOWN : body.resultName,
  })
}

export function subjectOf(reader: Reader, row: DossierRow): Subject {
  const { id, code, codeIsProvisional, procedureCode, receivedAt, dueAt, body } = row
  return {
    id, body, dossier: formDossier(body, { code, codeIsProvisional, procedureCode, receivedAt, dueAt }), standing: standingOf(reader, row),
    handovers: handoversOf(reader, id), earlier: supplementsOf(reader, id).length,
  }
}

/** A draft as the dossier that it would become: its code is not known yet. */
export function subjectOfDraft({ body, procedure }: TurnedAway, now: Instant): Subject {
  return {
    id: null, body, dossier: formDossier(body, { code: UNKNOWN, codeIsProvisional: true, procedureCode: procedure.code, receivedAt: now, dueAt: null }),
    standing: { state: 1, dueAt: null, supplementOpen: false, extended: false, resultDecided: false, refused: false, stopped: false }, handovers: [], earlier: 0,
  }
}

/** Under an officer's name the paper says what the officer did. */
const OFFICER: Readonly<Record<OfficeForm['form'], string>> = {
  'mau-02': 'NGƯỜI HƯỚNG DẪN', 'mau-03': 'NGƯỜI TIẾP NHẬN HỒ SƠ', 'mau-04': 'NGƯỜI TIẾP NHẬN HỒ SƠ', 'mau-05': 'NGƯỜI TIẾP NHẬN HỒ SƠ', 'mau-06': 'NGƯỜI TIẾP NHẬN HỒ SƠ',
}
/** Titles where the settings name nobody (Nghị định 30/2020, Phụ lục I: "KT." before the title of the head). */
const TITLES: Readonly<Record<Exclude<SignerRole, 'officer'>, string[]>> = { head: ['CHỦ TỊCH'], deputy: ['KT. CHỦ TỊCH', 'PHÓ CHỦ TỊCH'], centre: ['GIÁM ĐỐC'] }

/** Who signs a form: by the settings, else the office's title without a name. */
export function signerOf(form: OfficeForm['form'], role: SignerRole, actor: Actor, signers: readonly FormSigner[]): FormSigner {
  if (role === 'officer') return { role, titles: [OFFICER[form]], name: actor.name }
  return signers.find((signer) => signer.role === role) ?? { role, titles: TITLES[role], name: '' }
}

/** The head of a form before it has a number. */
export function frameOf(form: OfficeForm['form'], role: SignerRole, place: IssuingPlace, actor: Actor, at: Instant): FormFrame {
  const { agencyParent, agencyName, unitName, hotline, practice } = place
  return { agencyParent, agencyName, unitName, place: place.place, number: null, at, officerName: actor.name, signer: signerOf(form, role, actor, place.signers), hotline, practice }
}
