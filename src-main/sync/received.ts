import type { Audit } from '../audit'
import type { WriteTx } from '../storage'
import { type Submission, submissions } from './outbox'
import { documentUploads } from './upload-rows'
import type { Acknowledgement } from './wire'

/** Called in the transaction that gives a dossier its final code, so that it is found under it. */
export type CodeAssigned = (tx: WriteTx, dossierId: string, code: string) => void

export type ReceivedDeps = Readonly<{ audit: Audit; codeAssigned: CodeAssigned; cityName: string; now: Date }>

const instant = (text: string): string => new Date(text).toISOString()

function noteEvent(tx: WriteTx, deps: ReceivedDeps, dossierId: string, event: { kind: 'received' | 'note'; at: string; note: string }): void {
  tx.run("INSERT INTO dossier_event (dossier_id, kind, at, by_name, origin, note) VALUES (?, ?, ?, ?, 'city', ?)", [
    dossierId, event.kind, event.at, deps.cityName, event.note,
  ])
}

/** The city gave the final code of a dossier that had to be printed with a provisional one. */
function assignCode(tx: WriteTx, deps: ReceivedDeps, dossierId: string, code: string, at: string): void {
  const changed = tx.run(
    'UPDATE dossier SET provisional_code = code, code = ?, code_is_provisional = 0 WHERE id = ? AND code_is_provisional = 1', [code, dossierId],
  )
  if (changed.changes === 0) return
  noteEvent(tx, deps, dossierId, { kind: 'note', at, note: code })
  deps.audit.append(tx, { actor: 'system', action: 'dossier.code-assigned', subject: { type: 'dossier', id: dossierId }, detail: { code } })
  deps.codeAssigned(tx, dossierId, code)
}

/**
 * Records the city's acknowledgement: state, timeline and audit entry in this one transaction. Only here does a submission
 * become received. Returns the submission, or null when it is unknown here or was recorded before.
 * Throws when the acknowledgement is for other bytes: the caller has compared them.
 */
export function recordAcknowledgement(tx: WriteTx, acknowledgement: Acknowledgement, deps: ReceivedDeps): Submission | null {
  const submission = submissions.read(tx, acknowledgement.submissionId)
  if (submission === undefined) return null
  if (submission.payloadSha256 !== acknowledgement.payloadSha256) throw new Error('an acknowledgement for other bytes')
  const { id, dossierId, version } = submission
  const receivedAt = instant(acknowledgement.receivedAt)
  if (submissions.advance(tx, id, { kind: 'acknowledged' }, deps.now, { text: JSON.stringify(acknowledgement), receivedAt }) === null) return null
  documentUploads.confirmed(tx, documentUploads.of(tx, id).map(({ sha256 }) => sha256), deps.now)
  noteEvent(tx, deps, dossierId, { kind: 'received', at: receivedAt, note: acknowledgement.receiptNumber })
  deps.audit.append(tx, {
    actor: 'system', action: 'submission.received', subject: { type: 'dossier', id: dossierId },
    detail: { submission: id, version, receipt: acknowledgement.receiptNumber, sha256: submission.payloadSha256, sequence: acknowledgement.sequence },
  })
  tx.run('UPDATE city_link SET last_received_at = ? WHERE one = 1', [deps.now.toISOString()])
  if (acknowledgement.assignedCode !== undefined) assignCode(tx, deps, dossierId, acknowledgement.assignedCode, receivedAt)
  return submission
}
