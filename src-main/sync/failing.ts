import { AppError, type ErrorCode } from '@contract/errors'
import { cityErrors } from '@contract/errors/city'
import { storageErrors } from '@contract/errors/storage'
import { CityFailure } from './failures'
import type { FailureClass } from './state-machine'

export type Outcome = 'received' | 'waiting' | 'attention' | 'superseded' | 'interrupted'

export type Failing = Readonly<{ code: ErrorCode; class: FailureClass; words: string | null; inDoubt: boolean; retryAfterMs?: number }>

/** Reads what went wrong. A document that is missing or damaged here needs a person; a defect is thrown on. */
export function failingOf(error: unknown, submitted: boolean, doubtBefore: boolean): Failing {
  if (error instanceof CityFailure) {
    const { code, facts, unsettled } = error
    const inDoubt = submitted ? unsettled : doubtBefore
    return { code, class: error.class, words: facts.words ?? null, inDoubt, ...(facts.retryAfterMs !== undefined && { retryAfterMs: facts.retryAfterMs }) }
  }
  const lasting: readonly ErrorCode[] = [storageErrors.documentMissing, storageErrors.documentDamaged, cityErrors.simulatedToReal]
  if (error instanceof AppError && lasting.includes(error.code)) return { code: error.code, class: 'refused', words: null, inDoubt: doubtBefore }
  throw error
}
