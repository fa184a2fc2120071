import { AppError, type ErrorCode } from '@contract/errors'
import { signingErrors } from '@contract/errors/signing'
import type { Failure, FailureWord } from './protocol'

/** What a return value of a driver means at the counter (PKCS#11 v2.40 §5.1). Everything that is not here is a failure of the driver, never "wrong PIN". */
const MEANING: ReadonlyMap<number, ErrorCode> = new Map<number, ErrorCode>([
  [0x31, signingErrors.tokenFull], // CKR_DEVICE_MEMORY
  [0x32, signingErrors.tokenRemoved], // CKR_DEVICE_REMOVED
  [0x03, signingErrors.tokenRemoved], // CKR_SLOT_ID_INVALID: the reader went with the token
  [0x68, signingErrors.noMechanism], // CKR_KEY_FUNCTION_NOT_PERMITTED
  [0x63, signingErrors.noMechanism], // CKR_KEY_TYPE_INCONSISTENT
  [0x62, signingErrors.noMechanism], // CKR_KEY_SIZE_RANGE
  [0x70, signingErrors.noMechanism], // CKR_MECHANISM_INVALID
  [0x71, signingErrors.noMechanism], // CKR_MECHANISM_PARAM_INVALID
  [0x140, signingErrors.noMechanism], // CKR_CURVE_NOT_SUPPORTED
  [0xa0, signingErrors.pinWrong], // CKR_PIN_INCORRECT
  [0xa1, signingErrors.pinRefused], // CKR_PIN_INVALID
  [0xa2, signingErrors.pinRefused], // CKR_PIN_LEN_RANGE
  [0xa3, signingErrors.pinMustChange], // CKR_PIN_EXPIRED
  [0xa4, signingErrors.pinBlocked], // CKR_PIN_LOCKED
  [0xb5, signingErrors.tokenReadOnly], // CKR_SESSION_READ_ONLY
  [0xb7, signingErrors.tokenReadOnly], // CKR_SESSION_READ_ONLY_EXISTS
  [0xe0, signingErrors.tokenRemoved], // CKR_TOKEN_NOT_PRESENT
  [0xe1, signingErrors.tokenRemoved], // CKR_TOKEN_NOT_RECOGNIZED
  [0xe2, signingErrors.tokenReadOnly], // CKR_TOKEN_WRITE_PROTECTED
  [0x102, signingErrors.pinNotSet], // CKR_USER_PIN_NOT_INITIALIZED
])

const WORDS: Readonly<Record<FailureWord, ErrorCode>> = {
  unloadable: signingErrors.driverUnfit, 'other-token': signingErrors.tokenRemoved, 'no-key': signingErrors.noKey, 'no-mechanism': signingErrors.noMechanism,
  'key-in-use': signingErrors.keyInUse, 'key-leaks': signingErrors.noMechanism, malformed: signingErrors.driverFailed,
}

/** The code of a failure: the driver's own words, with what it cost. A wrong PIN that was the last try is "blocked". */
export function codeOf({ word, rv, pin }: Failure): ErrorCode {
  if (word !== null) return WORDS[word]
  const code = rv === null ? undefined : MEANING.get(rv)
  return code === signingErrors.pinWrong && pin === 'blocked' ? signingErrors.pinBlocked : (code ?? signingErrors.driverFailed)
}

/** For logs and the "details" of a message: which function said what. Nothing personal is in it. */
const reasonOf = ({ word, rv, step }: Failure): string => word ?? (rv === null ? step : `${step} 0x${rv.toString(16)}`)

export const failed = (driver: string, failure: Failure): AppError => new AppError(codeOf(failure), { driver, reason: reasonOf(failure), ...(failure.pin !== null && { pin: failure.pin }) })
