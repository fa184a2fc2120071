import type { SubmissionState } from '@contract/dossier'
import { cityErrors } from '@contract/errors/city'
import type { ErrorCode } from '@contract/errors'

/** The part of a submission that moves; everything else about it is frozen. */
export type Progress = Readonly<{
  state: SubmissionState
  attempts: number
  /** Failures of the city itself since somebody last put the submission back in line. */
  troubles: number
  /** True while the city may have the submission without our knowing: ask before sending again. */
  inDoubt: boolean
  nextTryAt: string | null
  errorCode: ErrorCode | null
  cityWords: string | null
  supersededBy: number | null
}>

/**
 * `line`: nobody answered, or not the city. `trouble`: the city answered, but could not. `refused`: the city will not, and
 * sending the same again cannot change that.
 */
export type FailureClass = 'line' | 'trouble' | 'refused'

export type Event =
  | Readonly<{ kind: 'begin' }>
  | Readonly<{ kind: 'acknowledged' }>
  | Readonly<{ kind: 'failed'; class: FailureClass; code: ErrorCode; words: string | null; inDoubt: boolean; nextTryAt: string }>
  | Readonly<{ kind: 'interrupted' }>
  | Readonly<{ kind: 'unknown-at-city' }>
  | Readonly<{ kind: 'hurry' }>
  | Readonly<{ kind: 'retry' }>
  | Readonly<{ kind: 'newer-version'; version: number }>
  | Readonly<{ kind: 'yielded'; version: number }>

/** So many failures of the city, then a person has to look. The line being down never counts. */
export const MAX_TROUBLES = 20

export const NEW_SUBMISSION: Progress = {
  state: 'ready', attempts: 0, troubles: 0, inDoubt: false, nextTryAt: null, errorCode: null, cityWords: null, supersededBy: null,
}

/** Codes of failures that may pass by themselves: "send now" tries these again even after they were given up. */
export const PASSING_CODES: readonly ErrorCode[] = [cityErrors.malformedAnswer, cityErrors.cityTrouble, cityErrors.documentsMissing, cityErrors.documentHash]

function failed(from: Progress, event: Extract<Event, { kind: 'failed' }>): Progress {
  const troubles = event.class === 'trouble' ? from.troubles + 1 : from.troubles
  const givenUp = event.class === 'refused' || troubles >= MAX_TROUBLES
  const told = { ...from, troubles, inDoubt: event.inDoubt, errorCode: event.code, cityWords: event.words }
  return givenUp ? { ...told, state: 'attention', nextTryAt: null } : { ...told, state: 'waiting', nextTryAt: event.nextTryAt }
}

/**
 * The next progress, or null where the event means nothing: an acknowledged submission stays acknowledged whatever comes,
 * and only an acknowledgement makes one.
 */
export function step(from: Progress, event: Event): Progress | null {
  const { state } = from
  if (state === 'received') return null
  switch (event.kind) {
    case 'acknowledged':
      return { ...from, state: 'received', inDoubt: false, nextTryAt: null, errorCode: null, cityWords: null, supersededBy: null }
    case 'unknown-at-city':
      return from.inDoubt ? { ...from, inDoubt: false } : null
    case 'begin':
      return state === 'ready' || state === 'waiting' ? { ...from, state: 'sending', attempts: from.attempts + 1, nextTryAt: null } : null
    case 'failed':
      return state === 'sending' ? failed(from, event) : null
    case 'interrupted':
      return state === 'sending' ? { ...from, state: 'ready', inDoubt: true } : null
    case 'hurry':
      return state === 'waiting' ? { ...from, state: 'ready', nextTryAt: null } : null
    case 'retry':
      return state === 'attention' ? { ...from, state: 'ready', troubles: 0 } : null
    case 'newer-version':
      return state === 'sending' || state === 'superseded' ? null : superseded(from, event.version)
    case 'yielded':
      return state === 'sending' ? superseded(from, event.version) : null
  }
}

const superseded = (from: Progress, version: number): Progress => ({ ...from, state: 'superseded', nextTryAt: null, supersededBy: version })
