const DIGITS = ['không', 'một', 'hai', 'ba', 'bốn', 'năm', 'sáu', 'bảy', 'tám', 'chín'] as const
const GROUPS = ['', 'nghìn', 'triệu', 'tỷ', 'nghìn tỷ', 'triệu tỷ'] as const

const digit = (value: number): string => DIGITS[value] ?? ''

function unitAfterTens(tens: number, unit: number): string {
  if (unit === 0) return ''
  if (unit === 1 && tens > 1) return 'mốt'
  if (unit === 5 && tens > 0) return 'lăm'
  return digit(unit)
}

/** Three digits in words; `full` also says the leading zeros, as after a larger group ("không trăm linh năm"). */
function group(value: number, full: boolean): string[] {
  const hundreds = Math.floor(value / 100)
  const tens = Math.floor((value % 100) / 10)
  const unit = value % 10
  const parts: string[] = []
  if (full || hundreds > 0) parts.push(digit(hundreds), 'trăm')
  if (tens > 1) parts.push(digit(tens), 'mươi')
  if (tens === 1) parts.push('mười')
  if (tens === 0 && unit > 0 && parts.length > 0) parts.push('linh')
  parts.push(unitAfterTens(tens, unit))
  return parts.filter((part) => part !== '')
}

/**
 * A whole number in Vietnamese words, without capital: 15000 → "mười lăm nghìn".
 * @throws RangeError for a negative, fractional or unsafe number.
 */
export function numberInWords(value: number): string {
  if (!Number.isSafeInteger(value) || value < 0) throw new RangeError('numberInWords needs a whole number from 0')
  if (value === 0) return digit(0)
  const parts: string[] = []
  for (let index = GROUPS.length - 1; index >= 0; index -= 1) {
    const part = Math.floor(value / 1000 ** index) % 1000
    if (part === 0) continue
    parts.push(...group(part, parts.length > 0), ...groupName(index, value))
  }
  return parts.join(' ')
}

/** "tỷ" is said once for the groups above it: 2.500 tỷ = "hai nghìn năm trăm tỷ". */
function groupName(index: number, value: number): string[] {
  const name = GROUPS[index] ?? ''
  const moreGroups = index > 3 && Math.floor(value / 1000 ** 3) % 1000 ** (index - 3) !== 0
  return name === '' ? [] : [moreGroups ? name.replace(' tỷ', '') : name]
}

/** An amount of đồng for a receipt: 15000 → "Mười lăm nghìn đồng". @throws RangeError as `numberInWords`. */
export function moneyInWords(dong: number): string {
  const text = numberInWords(dong)
  return `${text.charAt(0).toLocaleUpperCase('vi')}${text.slice(1)} đồng`
}
