import type { ChipKey } from '@contract/chip'
import { AppError } from '@contract/errors'
import { chipErrors } from '@contract/errors/chip'
import type { AccessKey } from '../chip/types'
import { documentNumberOf, expiryCandidates, mrzInformation, readTypedMrz } from '../lds'

/** Keys to try, likeliest first. `guessed`: none of them is sure, so when all are wrong the expiry date is what is missing. */
export type Keys = Readonly<{ keys: readonly AccessKey[]; guessed: boolean }>

const CAN = /^\d{6}$/u

const byMrz = (information: string): AccessKey => ({ kind: 'mrz', information })

/**
 * What a chip may be opened with, from what is known of the card.
 * @param today civil date, YYYY-MM-DD: without a date of issue the likeliest expiry depends on it
 * @throws AppError THE-012 a typed MRZ that does not fit its check digits, THE-015 no CAN
 */
export function keysOf(key: ChipKey, today: string): Keys {
  if ('mrz' in key) return { keys: [byMrz(readTypedMrz(key.mrz).information)], guessed: false }
  if ('can' in key) {
    const can = key.can.replace(/\s/gu, '')
    if (!CAN.test(can)) throw new AppError(chipErrors.canText)
    return { keys: [{ kind: 'can', can }], guessed: false }
  }
  if ('documentNumber' in key) return { keys: [byMrz(mrzInformation(key.documentNumber, key.birthDate, key.expiryDate))], guessed: false }
  const number = documentNumberOf(key.idNumber)
  if (key.expiryDate !== undefined) return { keys: [byMrz(mrzInformation(number, key.birthDate, key.expiryDate))], guessed: false }
  const candidates = expiryCandidates({ birthDate: key.birthDate, issuedAt: key.issuedAt, today })
  return { keys: candidates.map(({ mrz }) => byMrz(mrzInformation(number, key.birthDate, mrz))), guessed: true }
}
