import type { Sha256, SubmissionId } from '@contract/ids'
import type { WriteTx } from '../storage'
import { mailAttempts } from './mail-attempts'
import { type Mail, mailRows } from './mail-rows'
import { documentUploads } from './upload-rows'

export type OutboundDocument = Readonly<{ sha256: Sha256; documentId: string; mediaType: string; size: number }>

export type NewSubmission = Readonly<{
  submissionId: SubmissionId
  dossierId: string
  version: number
  /** Frozen bytes; they never change again. */
  payload: Uint8Array
  sha256: Sha256
  simulated: boolean
  documents: readonly OutboundDocument[]
  now: Date
}>

/** A submission as the engine works with it, without its bytes. */
export type Submission = Mail & Readonly<{ id: SubmissionId; dossierId: string; createdAt: string }>

export const submissions = mailRows<Submission>({
  table: 'submission', owner: 'dossier_id', attempts: 'submission_attempt', attemptOf: 'submission_id',
  toMail: (row, mail) => ({ ...mail, id: row.text<SubmissionId>('id'), dossierId: row.text('dossier_id'), createdAt: row.text('created_at') }),
  ownerOf: ({ dossierId }) => dossierId,
})
export const submissionAttempts = mailAttempts(submissions)

/**
 * Puts a frozen dossier version in line, in the transaction that makes it. Earlier versions that are not on their way give way:
 * the city takes any version above the one it has. One that is being sent at this moment is left to finish or to yield.
 */
export function enqueue(tx: WriteTx, { submissionId, dossierId, documents, ...mail }: NewSubmission): void {
  submissions.add(tx, { ...mail, id: submissionId, owner: dossierId })
  for (const document of documents) documentUploads.add(tx, submissionId, { ...document, id: document.documentId })
}
