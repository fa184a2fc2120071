/**
 * A transfer as VietQR: the EMVCo merchant-presented payload with the template of NAPAS (AID `A000000727`, service `QRIBFTTA`:
 * instant transfer to an account). Pure; `Thông số kỹ thuật QR Code chuyển khoản NAPAS`, EMVCo MPM 1.1.
 */
export type Transfer = Readonly<{
  /** Bank identification number, six digits. */
  bin: string
  account: string
  /** Whole đồng; 0 leaves the amount to whoever pays. */
  amount: number
  /** What stands on the statement; marks go, at most 25 characters are kept. */
  purpose: string
}>

/** The longest purpose that all banks take. */
export const PURPOSE_LIMIT = 25
const AID = 'A000000727'
const TO_ACCOUNT = 'QRIBFTTA'
const DONG = '704'
/** Point of initiation: `11` is used again and again, `12` is for this one payment. */
const POINT = { again: '11', once: '12' } as const

/** Text as banks take it: no marks, letters, digits and single blanks only, whole words where they fit in 25 characters. */
export function plainPurpose(text: string): string {
  const plain = text.normalize('NFD').replace(/\p{M}+/gu, '').replaceAll('đ', 'd').replaceAll('Đ', 'D').replace(/[^A-Za-z0-9]+/gu, ' ').trim()
  if (plain.length <= PURPOSE_LIMIT) return plain
  const cut = plain.slice(0, PURPOSE_LIMIT + 1)
  const blank = cut.lastIndexOf(' ')
  return (blank > 0 ? cut.slice(0, blank) : plain.slice(0, PURPOSE_LIMIT)).trim()
}

/** CRC-16/CCITT-FALSE of ASCII text (polynomial 1021, start FFFF), four hexadecimal digits. */
export function crc16(text: string): string {
  let crc = 0xffff
  for (const character of text) {
    crc ^= (character.codePointAt(0) ?? 0) << 8
    for (let bit = 0; bit < 8; bit += 1) crc = ((crc & 0x8000) === 0 ? crc << 1 : (crc << 1) ^ 0x1021) & 0xffff
  }
  return crc.toString(16).toUpperCase().padStart(4, '0')
}

const object = (id: string, value: string): string => `${id}${String(value.length).padStart(2, '0')}${value}`

/** The text of the QR. @throws RangeError for an account, bank or amount that no payload can carry */
export function vietQr({ bin, account, amount, purpose }: Transfer): string {
  if (!/^\d{6}$/.test(bin) || !/^[A-Za-z0-9]{1,19}$/.test(account)) throw new RangeError('not an account')
  // 13 characters in EMVCo; no fee of a ward comes near.
  if (!Number.isSafeInteger(amount) || amount < 0 || amount > 9_999_999_999_999) throw new RangeError('not an amount')
  const words = plainPurpose(purpose)
  const open = [
    object('00', '01'),
    object('01', amount === 0 ? POINT.again : POINT.once),
    object('38', object('00', AID) + object('01', object('00', bin) + object('01', account)) + object('02', TO_ACCOUNT)),
    object('53', DONG),
    amount === 0 ? '' : object('54', String(amount)),
    object('58', 'VN'),
    words === '' ? '' : object('62', object('08', words)),
    '6304',
  ].join('')
  return open + crc16(open)
}
