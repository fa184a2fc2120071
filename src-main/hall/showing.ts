import type { DisplayAnswer, DisplayPage, DisplayState, ShowingId } from '@contract/display'
import type { DraftId, Instant } from '@contract/ids'

/** What stands on the display when something was pushed. */
export type ShownPage = Exclude<DisplayPage, { kind: 'waiting' }>
export type AskingPage = Extract<ShownPage, { kind: 'check' | 'consent' | 'certificate' | 'pay' | 'rating' | 'handover' }>
export type DoneWords = Extract<ShownPage, { kind: 'done' }>['words']
export type Outcome = NonNullable<DisplayState['answer']>['kind']

/** What became of an answer: what the citizen is told, and what the officer. */
export type Taken = Readonly<{ words: DoneWords; outcome: Outcome; signed: boolean }>

/** Something to be pushed. Holds everything that the page and its answer need: the desk looks nothing up. */
export type Offer = Readonly<{
  draftId: DraftId | null
  page(id: ShowingId): AskingPage
  officer(since: Instant): DisplayState['shown']
  /** Keeps the answer. Null: that is no answer to this page (`leave` ends every page, whatever is kept of it). What it throws leaves the page as it is. */
  take(answer: DisplayAnswer, id: ShowingId): Taken | null
}>

const MINUTE = 60_000
/** How long a page stays without an answer, in milliseconds (`ui.md` §8). */
export const LASTS: Readonly<Record<ShownPage['kind'], number>> = {
  check: 5 * MINUTE, consent: 5 * MINUTE, certificate: 5 * MINUTE, handover: 5 * MINUTE, pay: 5 * MINUTE, pin: 3 * MINUTE, rating: 3 * MINUTE, done: 20_000,
}
/** What the officer adds to a PIN at one press. */
export const MORE_TIME = 2 * MINUTE
/** How long something pushed waits for the window that is just being turned around. */
export const TURNING = 15_000
