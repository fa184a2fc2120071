import type { Box } from '../../pages/raster'
import { around } from '../tsv'
import type { Line, PageText } from '../types'
import type { FieldName, Proposal } from './form-types'
import { cleanMrzLine, type MrzTools, type RepairedMrz, repairMrz } from './mrz-repair'
import { rowsOf } from './rows'

/** Shortest and longest of what may be a line of an MRZ. */
const LENGTHS = { least: 24, most: 48 } as const
const MOST_LINES = 3

const compact = ({ text }: Line): string => cleanMrzLine(text)

/** Long, without small letters, and with fillers or many digits. */
function looksLikeMrz(line: Line): boolean {
  const text = compact(line)
  const fillers = text.split('<').length - 1
  return text.length >= LENGTHS.least && text.length <= LENGTHS.most && !/\p{Ll}{2}/u.test(line.text) && (fillers >= 2 || text.replace(/\D/g, '').length >= 12)
}

function mrzLines(page: Pick<PageText, 'lines'>): Line[] {
  const rows = rowsOf(page)
  const last = rows.findLastIndex(looksLikeMrz)
  const lines: Line[] = []
  for (let at = last; at >= 0 && lines.length < MOST_LINES; at -= 1) {
    const row = rows[at]
    if (!row || !looksLikeMrz(row)) break
    lines.unshift(row)
  }
  return lines.length < 2 ? [] : lines
}

/** Where an MRZ seems to be, with some room around, to read it once more with its own letters; null without one. */
export function findMrz(page: PageText): Box | null {
  const lines = mrzLines(page)
  if (lines.length === 0) return null
  const { x, y, width, height } = around(lines.map(({ box }) => box))
  const room = Math.round(height / lines.length)
  return { x: Math.max(0, x - room), y: Math.max(0, y - room), width: width + 2 * room, height: height + 2 * room }
}

/** The MRZ on a page that was read, repaired; null when its check digits do not agree. */
export function readMrz(page: Pick<PageText, 'lines'>, tools: MrzTools): RepairedMrz | null {
  const likely = repairMrz(mrzLines(page).map(({ text }) => text), tools)
  return likely ?? repairMrz(page.lines.slice(-MOST_LINES).map(({ text }) => text), tools)
}

/** Sure as far as check digits go: one in ten misreadings has a digit that fits, but not all three or four. */
const CHECKED = 0.99
const REPAIRED = 0.9
/** A name in an MRZ has no marks and no check digit. */
const NAME = 0.6

const NATIONALITIES: Readonly<Record<string, string>> = { VNM: 'Việt Nam' }

/**
 * What an MRZ says, as proposals. The name comes without its marks, so it is never more than a hint.
 * @param today `YYYY-MM-DD`, for the century of the dates
 */
export function proposeFromMrz(page: PageText, number: number, today: string, tools: MrzTools): Proposal[] {
  const found = readMrz(page, tools)
  if (!found) return []
  const { mrz, changed } = found
  const lines = mrzLines(page)
  const box = around((lines.length > 0 ? lines : page.lines.slice(-MOST_LINES)).map((line) => line.box))
  const idNumber = mrz.issuer === 'VNM' ? /^(\d{12})(?:<|$)/.exec(mrz.optional1)?.[1] : undefined
  const values: readonly (readonly [FieldName, string | null | undefined, boolean])[] = [
    ['subject.idNumber', idNumber, true],
    ['document.number', mrz.documentNumber, true],
    ['subject.birthDate', tools.birthDate(mrz.birth, today), true],
    ['document.expiresOn', mrz.expiry === '991231' && mrz.issuer === 'VNM' ? null : tools.expiryDate(mrz.expiry, today), true],
    ['subject.sex', mrz.sex, false],
    ['subject.nationality', NATIONALITIES[mrz.nationality] ?? mrz.nationality, false],
    ['subject.fullName', [mrz.name.primary, mrz.name.secondary].filter((part) => part !== '').join(' '), false],
  ]
  return values.flatMap(([field, value, checked]) => {
    if (value == null || value === '') return []
    const confidence = checked ? (changed === 0 ? CHECKED : REPAIRED) : NAME
    return [{ field, value, box, page: number, confidence, why: { kind: 'mrz', format: mrz.format, checked, repaired: changed } }]
  })
}
