import { assistErrors } from './assist'
import { captureErrors } from './capture'
import { chipErrors } from './chip'
import { cityErrors } from './city'
import { feeErrors } from './fees'
import { feedbackErrors } from './feedback'
import { formErrors } from './forms'
import { hallErrors } from './hall'
import { handlingErrors } from './handling'
import { identityErrors } from './identity'
import { intakeErrors } from './intake'
import { paperErrors } from './paper'
import { procedureErrors } from './procedures'
import { queueErrors } from './queue'
import { readerErrors } from './readers'
import { reportErrors } from './reports'
import { resultErrors } from './results'
import { signingErrors } from './signing'
import { staffErrors } from './staff'
import { storageErrors } from './storage'
import { trustErrors } from './trust'

/** Every error code of the program, by area. The sentence for each stands in resources/locales under the code. */
export const ERRORS = {
  storage: storageErrors,
  staff: staffErrors,
  procedures: procedureErrors,
  identity: identityErrors,
  intake: intakeErrors,
  paper: paperErrors,
  city: cityErrors,
  readers: readerErrors,
  chip: chipErrors,
  trust: trustErrors,
  capture: captureErrors,
  hall: hallErrors,
  queue: queueErrors,
  feedback: feedbackErrors,
  assist: assistErrors,
  signing: signingErrors,
  handling: handlingErrors,
  fees: feeErrors,
  results: resultErrors,
  reports: reportErrors,
  forms: formErrors,
} as const

type ValueOf<T> = T[keyof T]
export type ErrorCode = ValueOf<{ [Area in keyof typeof ERRORS]: ValueOf<(typeof ERRORS)[Area]> }>

/** Values that fill the placeholders of the sentence. Never personal data: they travel to the screen and may reach a log. */
export type ErrorParams = Readonly<Record<string, string | number>>

/** An expected failure with a code that the user can read out. Anything else that is thrown is a defect. */
export class AppError extends Error {
  readonly code: ErrorCode
  readonly params: ErrorParams

  constructor(code: ErrorCode, params: ErrorParams = {}, options?: ErrorOptions) {
    super(code, options)
    this.name = 'AppError'
    this.code = code
    this.params = params
  }
}

const ALL_CODES: ReadonlySet<string> = new Set(Object.values(ERRORS).flatMap((area) => Object.values(area)))

/** True when a text from the other side of a port is one of our codes. */
export function isErrorCode(text: string): text is ErrorCode {
  return ALL_CODES.has(text)
}
