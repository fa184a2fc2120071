import { isCivilDate } from '@contract/civil-time'

export interface DossierCodeParts {
  /** Agency code, `H29.900`. */
  readonly agency: string
  /** Civil day of reception, `YYYY-MM-DD`. */
  readonly day: string
  readonly number: number
}

/**
 * `city`: agency-YYMMDD-number (TT 01/2018 art. 19). `ministry`: 8-digit date, longer number. `former`: unit code of TT 10/2016.
 * `provisional`: the counter's own, before a number was leased.
 */
export type DossierCodeShape = 'city' | 'ministry' | 'former' | 'provisional'

export interface ParsedDossierCode extends DossierCodeParts {
  readonly shape: DossierCodeShape
  /** From practice mode (`TH-`). */
  readonly practice: boolean
  /** The code as it is printed. */
  readonly text: string
}

const PRACTICE = 'TH-'
const PROVISIONAL = 'TAM.'

const shortDay = (day: string): string => day.slice(2).replaceAll('-', '')

function digits(number: number): string {
  if (!Number.isInteger(number) || number < 1 || number > 9999) throw new RangeError('the number of the day is 1 to 9999')
  return String(number).padStart(4, '0')
}

/** `H29.900-261123-0009`: agency, day of reception, number of the day. @throws RangeError for a number outside 1–9999. */
export function formatDossierCode(parts: DossierCodeParts & { readonly practice?: boolean }): string {
  return `${parts.practice === true ? PRACTICE : ''}${parts.agency}-${shortDay(parts.day)}-${digits(parts.number)}`
}

/** `TAM.Q3-261123-0009`: a number of this counter only, to be replaced by the city's. @throws RangeError as above. */
export function formatProvisionalCode(parts: { readonly counter: string; readonly day: string; readonly number: number; readonly practice?: boolean }): string {
  return `${parts.practice === true ? PRACTICE : ''}${PROVISIONAL}${parts.counter}-${shortDay(parts.day)}-${digits(parts.number)}`
}

/** What was typed, pasted or scanned → the shape of a printed code: capitals, plain hyphens and dots, no blanks. */
export function normaliseDossierCode(typed: string): string {
  const plain = typed
    .normalize('NFKC')
    .toUpperCase()
    .replace(/[‐‑‒–—―−_]/gu, '-')
    .replace(/[,·]/gu, '.')
    .replace(/^[#\s]+|\s+$/gu, '')
    .replace(/\s*([.-])\s*/gu, '$1')
  return plain.includes('-') ? plain.replace(/\s+/gu, '') : plain.replace(/\s+/gu, '-')
}

const SHAPES: readonly (readonly [DossierCodeShape, RegExp])[] = [
  ['provisional', /^(TAM\.[A-Z0-9]{1,8})-(\d{6})-(\d{4})$/],
  ['former', /^(\d{3}\.\d{2}\.\d{2}\.[A-Z]\d{2})-(\d{6})-(\d{4})$/],
  ['city', /^([GH]\d{2}(?:\.\d{2,3}){0,3})-(\d{6})-(\d{4})$/],
  ['ministry', /^([GH]\d{2}(?:\.\d{2,3}){0,3})-(\d{8}|\d{6})-(\d{4,7})$/],
]

function longDay(text: string): string | null {
  const full = text.length === 6 ? `20${text}` : text
  const day = `${full.slice(0, 4)}-${full.slice(4, 6)}-${full.slice(6, 8)}`
  return isCivilDate(day) ? day : null
}

/** Reads every shape of code that a counter meets (`domain.md` §3), typed carelessly too. Null when it is none of them. */
export function parseDossierCode(typed: string): ParsedDossierCode | null {
  if (typed.length > 80) return null
  const normal = normaliseDossierCode(typed)
  const practice = normal.startsWith(PRACTICE)
  const text = practice ? normal.slice(PRACTICE.length) : normal
  for (const [shape, pattern] of SHAPES) {
    const match = pattern.exec(text)
    const day = match === null ? null : longDay(match[2] ?? '')
    if (match === null || day === null) continue
    const head = match[1] ?? ''
    const agency = shape === 'provisional' ? head.slice(PROVISIONAL.length) : head
    return { shape, practice, agency, day, number: Number(match[3]), text: normal }
  }
  return null
}

/** The last four digits of a code, which may stand alone in speech ("hồ sơ 0009"). */
export function lastFour(code: string): string {
  return /(\d{4})$/.exec(code)?.[1] ?? ''
}

/** "0009", "9", "#9", "hồ sơ 0009" → "0009"; null when the text is no such short number. */
export function readLastFour(typed: string): string | null {
  const match = /^(?:(?:hồ sơ|ho so|hs|#)\s*)?(?:#|số\s+|so\s+)?(\d{1,4})$/iu.exec(typed.normalize('NFC').trim())
  return match === null ? null : (match[1] ?? '').padStart(4, '0')
}
