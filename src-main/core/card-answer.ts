import { toCivil } from '@contract/civil-time'
import { titleCaseName } from '@contract/names'
import { EMPTY_PERSON } from '@contract/person'
import { cardDoubts, readCardQr } from '../identity'
import type { Clock } from '../storage'

/** The person in the QR text of an ID card, with what is doubtful about it. @throws AppError DD-… a text that is no card */
export function cardAnswer(text: string, clock: Clock) {
  const { card, damage } = readCardQr(text)
  const warnings = cardDoubts(card, damage, toCivil(clock.now()).date)
  const { idNumber, birthDate, sex, address } = card
  const source = 'qr' as const
  return {
    person: {
      ...EMPTY_PERSON, fullName: titleCaseName(card.fullName), idNumber, birthDate, sex, address,
      sources: { fullName: source, idNumber: source, birthDate: source, sex: source, address: source },
    },
    oldIdNumber: card.oldNumber ?? null,
    issuedAt: card.issuedAt,
    extra: [...card.extra],
    warnings: warnings.map(({ field, code, params }) => ({ field: `applicant.${field}`, code, params: { ...params } })),
  }
}
