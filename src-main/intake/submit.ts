import type { DocumentInfo } from '@contract/draft'
import type { WriteTx } from '../storage'
import { type DossierRow, stateEvents } from './dossier-rows'
import { newSubmissionId } from './ids'
import { freezePayload } from './payload'
import type { Actor, IntakeDeps } from './ports'

/** Freezes the dossier, given with its documents as it stands in this transaction, as the next submission and puts it in the outbox. */
export function submitVersion(tx: WriteTx, dossier: DossierRow, documents: readonly DocumentInfo[], deps: Pick<IntakeDeps, 'outbox' | 'clock' | 'fees' | 'extras'>, actor: Actor): void {
  const { id: dossierId } = dossier
  const submissionId = newSubmissionId()
  const version = tx.get('SELECT coalesce(max(version), 0) + 1 AS v FROM submission WHERE dossier_id = ?', [dossierId], (row) => row.integer('v')) ?? 1
  tx.run('UPDATE dossier SET version = ? WHERE id = ?', [version, dossierId])
  const payload = freezePayload({
    submissionId, dossierId, code: dossier.code, codeIsProvisional: dossier.codeIsProvisional, version, counter: dossier.counter,
    procedure: { code: dossier.procedureCode, catalogueVersion: dossier.procedureVersion }, receivedAt: dossier.receivedAt, dueAt: dossier.dueAt,
    state: dossier.state, body: dossier.body, documents, timeline: stateEvents(tx, dossierId), officer: actor, paid: deps.fees.stateOf(tx, dossierId, dossier.body.fee.total) !== 'unpaid', extras: deps.extras(tx, dossierId),
  })
  deps.outbox.enqueue(tx, {
    submissionId, dossierId, version, payload: payload.bytes, sha256: payload.sha256, simulated: dossier.simulated,
    documents: documents.map(({ id, sha256, mediaType, size }) => ({ documentId: id, sha256, mediaType, size })),
    now: deps.clock.now(),
  })
}
