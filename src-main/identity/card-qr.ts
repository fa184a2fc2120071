import { Card, type CardWarning } from '@contract/card'
import { isCivilDate } from '@contract/civil-time'
import { normaliseScan } from '@contract/codes'
import type { FieldDamage } from '@contract/code-damage'
import { AppError } from '@contract/errors'
import { identityErrors } from '@contract/errors/identity'
import type { Sex } from '@contract/person'
import { cannotBeOnACard, hasMarks, isDamaged, isNameDamaged } from './damage'
import { repairFields } from './card-repair'
import { crossCheck } from './id-number'

/** Longest text taken, in characters. The largest QR symbol holds 2,953 bytes. */
export const MAX_QR_TEXT = 3000
const MAX_NAME = 200
const MAX_ADDRESS = 500

const SEXES: ReadonlyMap<string, Sex> = new Map([['nam', 'male'], ['nữ', 'female']])

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
  return text
}

function split(text: string): readonly string[] {
  const fields = text.split('|').map((field) => field.replace(/ +/g, ' ').trim())
  if (fields.length < 6 || !/^\d{9,12}$/.test(fields[0] ?? '')) throw new AppError(identityErrors.qrNotACard)
  return toSeven(fields)
}

/** What the seven fields and those after them say. @throws AppError THE-021, THE-022 */
function cardOf(fields: readonly string[]): Card {
  const [idNumber = '', oldNumber = '', name = '', birth = '', sexText = '', address = '', issued, ...extra] = fields
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

/** @throws AppError THE-020, THE-023 */
function tidied(text: string): string {
  if (text.length > MAX_QR_TEXT) throw new AppError(identityErrors.qrTooLong, { limit: MAX_QR_TEXT })
  const clean = normaliseScan(text)
  if (clean === '') throw new AppError(identityErrors.qrEmpty)
  return clean
}

/**
 * The card behind the QR text of a CCCD (2021) or căn cước (2024) card: seven fields between `|`, the old number empty or left out, later
 * fields kept as they came (`domain.md` §7.2). Text comes back in NFC.
 * @throws AppError THE-020 empty · THE-021 not a card · THE-022 a field is wrong (`field`) · THE-023 too long · THE-024 letters damaged
 */
export function parseCardQr(text: string): Card {
  const clean = tidied(text)
  if (clean.includes('|') && isDamaged(clean)) throw new AppError(identityErrors.qrEncoding)
  const fields = split(clean)
  const name = fields[2] ?? ''
  if (name !== '' && name.length <= MAX_NAME && isNameDamaged(name)) throw new AppError(identityErrors.qrEncoding)
  return cardOf(fields)
}

/**
 * As `parseCardQr`, for readers that type: letters that a keyboard or a code page changed are put right where they can be. `damage`
 * tells field by field what was put right and which letters are lost (U+FFFD stands for each); numbers and dates are never changed.
 * @throws AppError as above; THE-024 only for what no reader makes of a card: control and direction characters, half letters
 */
export function readCardQr(text: string): Readonly<{ card: Card; damage: readonly FieldDamage[] }> {
  const clean = tidied(text)
  const { fields, damage } = repairFields(split(clean))
  if (fields.some(cannotBeOnACard)) throw new AppError(identityErrors.qrEncoding)
  return { card: cardOf(fields), damage }
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
