import type { DossierState, DossierView, SubmissionBrief } from '@contract/dossier'
import { AppError } from '@contract/errors'
import { maskIdNumber, maskPhone } from '@contract/format'
import { type DossierId, Instant, type SubmissionId } from '@contract/ids'
import type { Person, ShownPerson } from '@contract/person'
import type { Reader, WriteTx } from '../storage'
import { documentsOfDossier } from './documents'
import { readDossier, timelineOf } from './dossier-rows'
import { getDraft, insertDraft } from './drafts'
import { newDocumentId } from './ids'
import { moveDossier } from './moves'
import type { Actor, FeesAccess, IntakeDeps } from './ports'
import { mayMove, nextStates, wantsAct } from './states'

function masked(person: Person): ShownPerson {
  return {
    ...person,
    ...(person.idNumber !== undefined && { idNumber: maskIdNumber(person.idNumber, 'six') }),
    ...(person.phone !== undefined && { phone: maskPhone(person.phone) }),
  }
}

function submissionsOf(reader: Reader, id: DossierId): SubmissionBrief[] {
  return reader.all(
    "SELECT id, version, state, received_at, acknowledgement ->> '$.receiptNumber' AS receipt_number FROM submission WHERE dossier_id = ? ORDER BY version", [id],
    (row) => ({
      id: row.text<SubmissionId>('id'), version: row.integer('version'), state: row.text<SubmissionBrief['state']>('state'),
      receiptNumber: row.textOrNull('receipt_number'), receivedAt: row.textOrNull<Instant>('received_at'),
    }))
}

/** A dossier in full. `reveal` leaves the numbers in clear: the caller has audited that. @throws AppError HS-004 */
export function viewDossier(reader: Reader, id: DossierId, fees: FeesAccess, reveal: boolean): DossierView {
  const row = readDossier(reader, id)
  const { body } = row
  const show = reveal ? (person: Person): ShownPerson => person : masked
  const submissions = submissionsOf(reader, id)
  return {
    id, code: row.code, codeIsProvisional: row.codeIsProvisional, applicantName: body.applicant.fullName, procedureCode: row.procedureCode,
    procedureName: body.procedureName, receivedAt: row.receivedAt, dueAt: row.dueAt, state: row.state,
    submission: submissions.at(-1)?.state ?? 'ready', version: row.version, catalogueVersion: row.procedureVersion, field: body.field,
    applicant: show(body.applicant), capacity: body.capacity, owner: body.owner && show(body.owner), organisation: body.organisation,
    components: body.components, documents: documentsOfDossier(reader, id), sets: body.sets, fee: body.fee, payment: fees.stateOf(reader, id, body.fee.total),
    delivery: body.delivery, note: body.note, officerName: body.officerName, counter: row.counter, timeline: timelineOf(reader, id), submissions,
    nextStates: [...nextStates(row.state)], printed: row.prints,
  }
}

/**
 * Moves a dossier on and sends the new state to the city as the next version.
 * @throws AppError HS-004, HS-005 not allowed from here, GQ-001 only by an act of its own, HS-002 somebody else changed it
 */
export function changeState(deps: IntakeDeps, actor: Actor, input: { dossierId: DossierId; version: number; to: DossierState; note: string }): void {
  deps.store.write((tx) => {
    const { state } = readDossier(tx, input.dossierId)
    if (mayMove(state, input.to) && wantsAct(state, input.to)) throw new AppError('GQ-001', { from: state, to: input.to })
    moveDossier(tx, deps, actor, input)
  })
}

/** Opens a dossier as a draft again, with copies of its documents; the commit makes its next version. @throws AppError HS-004 */
export function reopenAsDraft(tx: WriteTx, id: DossierId, deps: IntakeDeps, actor: Actor): ReturnType<typeof insertDraft> {
  const row = readDossier(tx, id)
  const waiting = tx.get("SELECT id FROM draft WHERE corrects = ? AND state = 'open'", [id], (found) => found.text<typeof row.draftId>('id'))
  if (waiting !== undefined) return getDraft(tx, waiting)
  const latest = tx.get("SELECT id FROM draft WHERE corrects = ? AND state = 'committed' ORDER BY saved_at DESC LIMIT 1", [id], (found) => found.text<typeof row.draftId>('id'))
  const { content } = getDraft(tx, latest ?? row.draftId)
  const draft = insertDraft(tx, actor.id, Instant.parse(deps.clock.now().toISOString()), content, id)
  for (const document of documentsOfDossier(tx, id)) {
    tx.run(
      `INSERT INTO document (id, draft_id, component, ordinal, name, media_type, size, sha256, pages, rotation, added_at)
       SELECT ?, ?, component, ordinal, name, media_type, size, sha256, pages, rotation, added_at FROM document WHERE id = ?`,
      [newDocumentId(), draft.id, document.id])
  }
  deps.audit.append(tx, { actor: actor.id, action: 'dossier.reopened', subject: { type: 'dossier', id }, detail: { draft: draft.id } })
  return draft
}
