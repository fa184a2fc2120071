import type { DocumentInfo, DuplicateHit, Warning } from '@contract/draft'
import { civilDateOf, readPerson } from './person'
import { AppError } from '@contract/errors'
import type { DossierId, Instant } from '@contract/ids'
import { Instant as InstantSchema } from '@contract/ids'
import type { AppointmentView } from '@contract/draft'
import type { Procedure } from '@contract/procedures'
import { crossCheck, normaliseIdNumber } from '../identity'
import type { Reader } from '../storage'
import { appointment } from './appointment'
import { assess, type Assessment } from './assess'
import type { Draft } from './drafts'
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

/** Open dossiers of the same person for the same procedure. */
export function duplicatesOf(draft: Draft, reader: Reader): DuplicateHit[] {
  const { procedure, applicant } = draft.content
  const { person } = readPerson(applicant)
  if (!procedure || !person) return []
  const byNumber = person.idNumber !== undefined
  return reader.all(
    `SELECT id, code, body ->> '$.procedureName' AS procedure_name, received_at, state FROM dossier
     WHERE procedure_code = ? AND finished_at IS NULL AND draft_id <> ? AND id <> ? AND ${byNumber ? 'applicant_id_number = ?' : 'applicant_name = ? COLLATE NOCASE'}
     ORDER BY received_at DESC LIMIT 5`,
    [procedure.code, draft.id, draft.corrects ?? '', person.idNumber ?? person.fullName],
    (row) => ({
      dossierId: row.text<DossierId>('id'),
      code: row.text('code'),
      procedureName: row.text('procedure_name'),
      receivedAt: row.text<Instant>('received_at'),
      state: row.integer('state'),
    }),
  )
}
