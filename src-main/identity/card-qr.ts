import { Card, type CardWarning } from '@contract/card'
import { isCivilDate } from '@contract/civil-time'
import { AppError } from '@contract/errors'
import { identityErrors } from '@contract/errors/identity'
import type { Sex } from '@contract/person'
import { hasMarks, isDamaged, isNameDamaged } from './damage'
import { crossCheck } from './id-number'

/** Longest text taken, in characters. The largest QR symbol holds 2,953 bytes. */
export const MAX_QR_TEXT = 3000
const MAX_NAME = 200
const MAX_ADDRESS = 500

const SEXES: ReadonlyMap<string, Sex> = new Map([['nam', 'male'], ['nữ', 'female']])

/** Prefix and suffix that readers are set to send: STX, ETX, CR, LF, tab, byte order mark. */
// eslint-disable-next-line no-control-regex
const FRAME = /^[\s\u0000-\u001f\ufeff]+|[\s\u0000-\u001f]+$/gu

function wrongField(field: string): never {
  throw new AppError(identityErrors.qrField, { field })
}

/** `ddMMyyyy` → `YYYY-MM-DD`. */
function readDate(text: string, field: string): string {
  const match = /^(\d{2})(\d{2})(\d{4})$/.exec(text)
  const date = match === null ? '' : `${match[3] ?? ''}-${match[2] ?? ''}-${match[1] ?? ''}`
  if (!isCivilDate(date) || date < '1850-01-01') wrongField(field)
  return date
}

/** Index 3 holds the birth date in the seven-field layout, index 2 where the old number was left out. */
function toSeven(fields: readonly string[]): readonly string[] {
  const isDate = (text: string | undefined): boolean => /^\d{8}$/.test(text ?? '')
  const shortLayout = fields.length >= 6 && isDate(fields[2]) && !isDate(fields[3])
  return shortLayout ? [fields[0] ?? '', '', ...fields.slice(1)] : fields
}

function readName(text: string): string {
  if (text === '' || text.length > MAX_NAME) wrongField('fullName')
  if (isNameDamaged(text)) throw new AppError(identityErrors.qrEncoding)
  return text
}

function split(text: string): readonly string[] {
  const fields = text.split('|').map((field) => field.replace(/ +/g, ' ').trim())
  if (fields.length < 6 || !/^\d{9,12}$/.test(fields[0] ?? '')) throw new AppError(identityErrors.qrNotACard)
  return toSeven(fields)
}

/**
 * The card behind the QR text of a CCCD (2021) or căn cước (2024) card: seven fields between `|`, the old number empty or left out, later
 * fields kept as they came (`domain.md` §7.2). Text comes back in NFC.
 * @throws AppError THE-020 empty · THE-021 not a card · THE-022 a field is wrong (`field`) · THE-023 too long · THE-024 letters damaged
 */
export function parseCardQr(text: string): Card {
  if (text.length > MAX_QR_TEXT) throw new AppError(identityErrors.qrTooLong, { limit: MAX_QR_TEXT })
  const clean = text.replace(FRAME, '').normalize('NFC')
  if (clean === '') throw new AppError(identityErrors.qrEmpty)
  const isPiped = clean.includes('|')
  if (isPiped && isDamaged(clean)) throw new AppError(identityErrors.qrEncoding)
  const [idNumber = '', oldNumber = '', name = '', birth = '', sexText = '', address = '', issued, ...extra] = split(clean)
  if (issued === undefined) throw new AppError(identityErrors.qrNotACard)
  if (!/^\d{12}$/.test(idNumber)) wrongField('idNumber')
  if (!/^(\d{9}|\d{12})?$/.test(oldNumber)) wrongField('oldNumber')
  const fullName = readName(name)
  const birthDate = readDate(birth, 'birthDate')
  const sex = SEXES.get(sexText.toLocaleLowerCase('vi')) ?? wrongField('sex')
  if (address.length > MAX_ADDRESS) wrongField('address')
  const issuedAt = readDate(issued, 'issuedAt')
  return Card.parse({ idNumber, ...(oldNumber === '' ? {} : { oldNumber }), fullName, birthDate, sex, address, issuedAt, extra })
}

/** Doubts about a card that was read: dates against each other and `today`, number against person, marks that may have been lost. */
export function checkCard(card: Card, today: string): CardWarning[] {
  const warnings = crossCheck(card)
  if (card.issuedAt < card.birthDate) warnings.push({ field: 'issuedAt', code: 'issued-before-birth', params: {} })
  if (card.birthDate > today) warnings.push({ field: 'birthDate', code: 'birth-in-future', params: {} })
  if (card.issuedAt > today) warnings.push({ field: 'issuedAt', code: 'issued-in-future', params: {} })
  if (!hasMarks(card.fullName)) warnings.push({ field: 'fullName', code: 'name-unmarked', params: {} })
  if (card.address === '') warnings.push({ field: 'address', code: 'address-empty', params: {} })
  else if (!hasMarks(card.address)) warnings.push({ field: 'address', code: 'address-unmarked', params: {} })
  return warnings
}
