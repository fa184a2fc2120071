import type { LiveEvent } from '@contract/calls-live'
import type { FeedbackId, PhotoId } from '@contract/feedback'
import type { AccountId, Sha256 } from '@contract/ids'
import type { Audit } from '../audit'
import type { WorkCalendar } from '../intake'
import type { Clock, Documents, Log, Store, WriteTx } from '../storage'

/** Who acts. Without `seesAll` only what this account took. */
export type Officer = Readonly<{ id: AccountId; name: string; seesAll: boolean }>

/** The copy of a photo that leaves the counter. */
export type OutboundPhoto = Readonly<{ photoId: PhotoId; sha256: Sha256; size: number; mediaType: string; name: string }>

/** What this module asks of sync, always inside its own transaction. */
export type LetterBox = Readonly<{
  /** Puts a frozen letter in line; earlier letters of the same feedback that are not on their way give way to it. */
  enqueueLetter(tx: WriteTx, letter: {
    letterId: string; feedbackId: FeedbackId; version: number; payload: Uint8Array; sha256: Sha256; simulated: boolean
    photos: readonly OutboundPhoto[]; now: Date
  }): void
  /** Takes back every letter of it that can never have reached the city; false when one may have. */
  recallLetters(tx: WriteTx, feedbackId: FeedbackId, now: Date): boolean
  /** False when its newest letter needs no attention. */
  retryLetter(tx: WriteTx, feedbackId: FeedbackId, now: Date): boolean
}>

export type FeedbackDeps = Readonly<{
  store: Store
  documents: Documents
  audit: Audit
  clock: Clock
  log: Log
  letters: LetterBox
  /** After a commit that put a letter in line. */
  wake(): void
  calendar(): WorkCalendar
  place(): Readonly<{ agency: string; counter: string }>
  /** True in practice mode: nothing of it may reach a real city. */
  simulated: boolean
  changed(event: LiveEvent): void
}>
