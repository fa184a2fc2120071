import type { LiveEvent } from '@contract/calls-live'
import type { FeeQuote, FeeState, OpenQuestion, Verdict } from '@contract/draft'
import type { AccountId, DossierId, Instant, Sha256, SubmissionId } from '@contract/ids'
import type { Procedure } from '@contract/procedures'
import type { Audit } from '../audit'
import type { Clock, Documents, Reader, Store, WriteTx } from '../storage'
import type { WorkCalendar } from './calendar'

/** Who acts; every act is audited under this id and shown under this name. */
export type Actor = Readonly<{ id: AccountId; name: string }>

/** What intake asks of the catalogue. */
export type CatalogueAccess = Readonly<{
  /** @throws AppError DM-003 */
  version(reader: Reader, code: string, version: string): Procedure
  judge(procedure: Procedure, applicant: { address: string }, answers: Readonly<Record<string, string>>): { verdict: Verdict; open: OpenQuestion[] }
  quote(procedure: Procedure, input: { copies: number; pages: number; exemption: string | null; councilAmount: number | null }): FeeQuote
}>

export type OutboundDocument = Readonly<{ sha256: Sha256; documentId: string; mediaType: string; size: number }>

/** What intake asks of sync, always inside its own transaction. */
export type OutboxAccess = Readonly<{
  enqueue(tx: WriteTx, submission: {
    submissionId: SubmissionId; dossierId: string; version: number; payload: Uint8Array; sha256: Sha256; simulated: boolean
    documents: readonly OutboundDocument[]; now: Date
  }): void
  /** The next leased number of that agency and day; null when none is left. */
  takeNumber(tx: WriteTx, agency: string, day: string): number | null
}>

/** What intake asks of fees, inside its own transaction. Amounts in đồng. */
export type FeesAccess = Readonly<{
  /** Keeps what was taken at the reception. */
  taken(tx: WriteTx, payment: { dossierId: DossierId; method: 'cash' | 'transfer'; amount: number; counter: string; at: Instant; actor: Actor }): void
  /** What is open of `total`. */
  openOf(reader: Reader, dossierId: DossierId, total: number): number
  /** How a dossier stands that owes `total`: by what its open part, if any, was last settled. */
  stateOf(reader: Reader, dossierId: DossierId, total: number): FeeState
}>

/** What intake asks of handling, inside its own transaction. */
export type SupplementsAccess = Readonly<{
  /** Everything that was asked for came in with a corrected version; nothing happens where nothing is open. */
  completed(tx: WriteTx, answer: { dossierId: DossierId; at: Instant; by: Actor; note: string; previousDueAt: Instant | null; newDueAt: Instant | null }): void
}>

/** What other modules add to a submission from rows of their own (`docs/city-protocol.md`). */
export type PayloadExtras = Readonly<Record<string, unknown>>

export type IntakeDeps = Readonly<{
  store: Store
  documents: Documents
  audit: Audit
  clock: Clock
  catalogue: CatalogueAccess
  outbox: OutboxAccess
  fees: FeesAccess
  supplements: SupplementsAccess
  extras(reader: Reader, dossierId: DossierId): PayloadExtras
  calendar(): WorkCalendar
  place(): Readonly<{ agency: string; counter: string }>
  /** True in practice mode: nothing of it may reach a real city. */
  simulated: boolean
  changed(event: LiveEvent): void
}>
