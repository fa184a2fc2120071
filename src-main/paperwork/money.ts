const DIGITS = ['không', 'một', 'hai', 'ba', 'bốn', 'năm', 'sáu', 'bảy', 'tám', 'chín'] as const
const SCALES = ['', 'nghìn', 'triệu', 'tỷ', 'nghìn tỷ'] as const

const digit = (n: number): string => DIGITS[n] ?? ''

function unitWord(tens: number, unit: number): string {
  if (unit === 0) return ''
  if (unit === 1 && tens > 1) return 'mốt'
  if (unit === 5 && tens > 0) return 'lăm'
  return digit(unit)
}

function tensWord(tens: number, unit: number, spoken: boolean): string {
  if (tens > 1) return `${digit(tens)} mươi`
  if (tens === 1) return 'mười'
  return spoken && unit > 0 ? 'linh' : ''
}

function groupWords(group: number, leading: boolean): string[] {
  const hundreds = Math.floor(group / 100)
  const tens = Math.floor(group / 10) % 10
  const unit = group % 10
  const spoken = !leading || hundreds > 0
  return [spoken ? `${digit(hundreds)} trăm` : '', tensWord(tens, unit, spoken), unitWord(tens, unit)].filter(Boolean)
}

/** `16.000 đồng`, thousands by dots. */
export function dong(amount: number): string {
  return `${String(amount).replaceAll(/\B(?=(\d{3})+$)/g, '.')} đồng`
}

/** The amount read out, first letter capital: `Mười sáu nghìn đồng`. @param amount whole đồng, 0 to below 10^15. */
export function dongInWords(amount: number): string {
  if (amount === 0) return 'Không đồng'
  const groups: number[] = []
  for (let rest = amount; rest > 0; rest = Math.floor(rest / 1000)) groups.push(rest % 1000)
  const words = groups.flatMap((_, index) => {
    const place = groups.length - 1 - index
    const group = groups[place] ?? 0
    return group === 0 ? [] : [...groupWords(group, index === 0), SCALES[place] ?? '']
  })
  const text = [...words.filter(Boolean), 'đồng'].join(' ')
  return text.charAt(0).toLocaleUpperCase('vi') + text.slice(1)
}
