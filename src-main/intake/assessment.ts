import type { DocumentInfo, DuplicateHit, Warning } from '@contract/draft'
import { civilDateOf, readPerson } from './person'
import { AppError } from '@contract/errors'
import { withMarks } from '@contract/fold'
import type { DossierId, Instant } from '@contract/ids'
import { Instant as InstantSchema } from '@contract/ids'
import type { AppointmentView } from '@contract/draft'
import type { Procedure } from '@contract/procedures'
import { crossCheck, normaliseIdNumber } from '../identity'
import type { Reader, RowView } from '../storage'
import { appointment } from './appointment'
import { assess, type Assessment } from './assess'
import type { Draft } from './drafts'
import { wholeName } from './search'
import type { IntakeDeps } from './ports'

const asInstant = (date: Date): Instant => InstantSchema.parse(date.toISOString())

/** The appointment as the screen shows it; null for a procedure without a documented period. */
export function appointmentOf(procedure: Procedure, received: Date, deps: Pick<IntakeDeps, 'calendar'>): AppointmentView | null {
  if (procedure.time === undefined) return null
  const { dueAt, skipped, notes } = appointment(received, procedure.time, deps.calendar())
  return {
    dueAt: asInstant(dueAt),
    skipped: skipped.map(({ date, reason, name }) => ({ date, reason: name ?? reason })),
    afterFifteen: notes.includes('after-fifteen'),
  }
}

/** What the rules say of a draft at this moment. */
export function assessDraft(draft: Draft, documents: readonly DocumentInfo[], reader: Reader, deps: IntakeDeps): Assessment & { procedure: Procedure | null } {
  const { content } = draft
  const procedure = content.procedure ? deps.catalogue.version(reader, content.procedure.code, content.procedure.version) : null
  const place = procedure && deps.catalogue.judge(procedure, { address: content.applicant.address }, content.answers)
  const judged = {
    verdict: place?.verdict ?? null,
    questions: place?.open ?? [],
    fee: procedure && deps.catalogue.quote(procedure, content.fee),
    appointment: procedure && promised(procedure, deps),
    warnings: [...doubts('applicant', draft), ...(content.capacity === 'self' ? [] : doubts('owner', draft))],
  }
  return { ...assess(content, documents, procedure, judged), procedure }
}

/** No calendar for that year is a gap that an administrator mends, never a draft that cannot be opened. */
function promised(procedure: Procedure, deps: IntakeDeps): AppointmentView | null {
  try {
    return appointmentOf(procedure, deps.clock.now(), deps)
  } catch (error) {
    if (error instanceof AppError && error.code === 'LICH-001') return null
    throw error
  }
}

function doubts(who: 'applicant' | 'owner', draft: Draft): Warning[] {
  const person = draft.content[who]
  const facts = { idNumber: normaliseIdNumber(person.idNumber) ?? undefined, birthDate: civilDateOf(person.birthDate) ?? undefined, sex: person.sex }
  return crossCheck(facts).map(({ field, code, params }) => ({ field: `${who}.${field}`, code, params: { ...params } }))
}

type OpenDossier = DuplicateHit & Readonly<{ name: string }>

const toOpenDossier = (row: RowView): OpenDossier => ({
  dossierId: row.text<DossierId>('id'),
  code: row.text('code'),
  procedureName: row.text('procedure_name'),
  receivedAt: row.text<Instant>('received_at'),
  state: row.integer('state'),
  name: row.text('applicant_name'),
})

const OPEN_DOSSIER = `SELECT d.id, d.code, d.body ->> '$.procedureName' AS procedure_name, d.received_at, d.state, d.applicant_name FROM`
const SAME_ERRAND = `d.procedure_code = ? AND d.finished_at IS NULL AND d.id <> ?`

/** Open dossiers of the same person for the same procedure: by number, or by name where no number is known. */
export function duplicatesOf(draft: Draft, reader: Reader): DuplicateHit[] {
  const { procedure, applicant } = draft.content
  const { person } = readPerson(applicant)
  if (!procedure || !person) return []
  const errand = [procedure.code, draft.corrects ?? '']
  const found = person.idNumber !== undefined
    ? reader.all(`${OPEN_DOSSIER} dossier d WHERE d.applicant_id_number = ? AND ${SAME_ERRAND} ORDER BY d.received_at DESC LIMIT 5`, [person.idNumber, ...errand], toOpenDossier)
    : sameName(person.fullName, errand, reader)
  return found.map(({ name: _name, ...hit }) => hit)
}

/** The search index knows case beyond ASCII; SQLite's NOCASE does not. */
function sameName(fullName: string, errand: readonly string[], reader: Reader): OpenDossier[] {
  const match = wholeName(fullName)
  if (match === null) return []
  const found = reader.all(
    `${OPEN_DOSSIER} dossier_search f JOIN dossier d ON d.rowid = f.rowid WHERE f.dossier_search MATCH ? AND ${SAME_ERRAND} ORDER BY d.rowid DESC LIMIT 50`,
    [match, ...errand], toOpenDossier)
  return found.filter(({ name }) => withMarks(name) === withMarks(fullName)).slice(0, 5)
}
