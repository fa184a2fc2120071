import type { ReportCell, ReportSheet } from '@contract/reports'
import { printableTexts } from './glyphs'

type Has = (codePoint: number) => boolean

/**
 * All texts of a sheet made printable, as on every paper. Cells are counted in ten thousands: one of ordinary letters
 * is known by them and passed on as it is; only the others are looked at closely.
 */
export function printableSheet(sheet: ReportSheet, has: Has): ReportSheet {
  const known = new Map<number, boolean>()
  // Letters below the combining marks and the composed Vietnamese ones are NFC as they stand, and none of them is invisible.
  const isOrdinary = (unit: number): boolean => (unit >= 0x20 && unit < 0x7f) || (unit >= 0xc0 && unit < 0x300) || (unit >= 0x1ea0 && unit < 0x1efa) || unit === 0x2013
  const isPlain = (unit: number): boolean => {
    const before = known.get(unit)
    if (before !== undefined) return before
    const plain = isOrdinary(unit) && has(unit)
    known.set(unit, plain)
    return plain
  }
  const clean = (text: string): string => {
    let previous = 0x20
    for (let at = 0; at < text.length; at += 1) {
      const unit = text.charCodeAt(at)
      if (!isPlain(unit) || (unit === 0x20 && previous === 0x20)) return printableTexts(text, has).value
      previous = unit
    }
    return text.endsWith(' ') ? text.trimEnd() : text
  }
  const cell = (value: ReportCell): ReportCell => (typeof value === 'string' ? clean(value) : value)
  const { rows, ...rest } = sheet
  return { ...printableTexts(rest, has).value, rows: rows.map(({ level, cells }) => ({ level, cells: cells.map(cell) })) }
}
