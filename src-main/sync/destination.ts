import type { UploadProgress, UploadSource } from './tus'
import type { Acknowledgement, EnrolmentAnswer, FeedbackStatusesAnswer, HealthAnswer, LeaseAnswer, LetterReceipt, ReceiptsAnswer, StatusesAnswer } from './wire'

export type SubmissionBytes = Readonly<{ id: string; payload: Uint8Array; sha256: string }>

/**
 * A system that dossiers go to. The reference city is one; a national or a ministry system is another with the same meaning:
 * `submit` is idempotent by the submission's id, and an acknowledgement is given only for what is stored.
 * Every call throws `CityFailure` when it did not end as agreed.
 */
export type Destination = Readonly<{
  health(): Promise<HealthAnswer>
  /** Resolves once the destination has every byte and agrees with the SHA-256. `url` is where an earlier try stood. */
  uploadDocument(source: UploadSource, url: string | null, onAccepted: (progress: UploadProgress) => void): Promise<void>
  /** True when the destination holds the document already. */
  hasDocument(sha256: string, size: number): Promise<boolean>
  submit(submission: SubmissionBytes): Promise<Acknowledgement>
  /** Settles an unknown outcome; null when the destination has never stored it. */
  findSubmission(id: string): Promise<Acknowledgement | null>
  receiptsSince(sequence: number, limit: number): Promise<ReceiptsAnswer>
  statuses(cursor: number, limit: number): Promise<StatusesAnswer>
  /** A letter of a complaint or proposal: idempotent by its id, as `submit` is. */
  submitLetter(letter: SubmissionBytes): Promise<LetterReceipt>
  findLetter(id: string): Promise<LetterReceipt | null>
  feedbackStatuses(cursor: number, limit: number): Promise<FeedbackStatusesAnswer>
  leaseNumbers(request: Readonly<{ requestId: string; agency: string; day: string; size: number }>): Promise<LeaseAnswer>
  witnessAudit(head: Readonly<{ sequence: number; hash: string }>): Promise<void>
}>

export type Enrolment = EnrolmentAnswer
