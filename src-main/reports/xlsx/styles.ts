import type { ReportColumn } from '@contract/reports'

type Kind = ReportColumn['kind']
const KINDS: readonly Kind[] = ['text', 'count', 'money', 'date', 'moment', 'share', 'minutes']
/** Number formats of our own begin at 164; 1 and 3 are built in ("0", "#,##0"). */
const FORMATS: Readonly<Record<Kind, number>> = { text: 49, count: 3, money: 3, date: 164, moment: 165, share: 166, minutes: 3 }

/** Indexes into `cellXfs`: 0 nothing, 1 title, 2 words below it, 3 heading; then two of each kind. */
export const TITLE = 1
export const WORDS = 2
export const HEADING = 3
const FIRST = 4

const pair = (kind: Kind): Readonly<{ plain: number; bold: number }> => ({ plain: FIRST + KINDS.indexOf(kind) * 2, bold: FIRST + KINDS.indexOf(kind) * 2 + 1 })
export const STYLE: Readonly<Record<Kind, Readonly<{ plain: number; bold: number }>>> = {
  text: pair('text'), count: pair('count'), money: pair('money'), date: pair('date'), moment: pair('moment'), share: pair('share'), minutes: pair('minutes'),
}

const font = (size: number, bold: boolean): string => `<font>${bold ? '<b/>' : ''}<sz val="${size}"/><name val="Times New Roman"/><family val="1"/></font>`
const EDGES = ['left', 'right', 'top', 'bottom'].map((side) => `<${side} style="thin"><color rgb="FF8A8A8A"/></${side}>`).join('')
const cellStyle = (kind: Kind, bold: boolean): string =>
  `<xf numFmtId="${FORMATS[kind]}" fontId="${bold ? 1 : 0}" fillId="0" borderId="1" xfId="0" applyNumberFormat="1" applyFont="1" applyBorder="1" applyAlignment="1"><alignment vertical="top" wrapText="${kind === 'text' ? 1 : 0}"/></xf>`

const XFS = [
  '<xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/>',
  '<xf numFmtId="49" fontId="2" fillId="0" borderId="0" xfId="0" applyFont="1"/>',
  '<xf numFmtId="49" fontId="0" fillId="0" borderId="0" xfId="0" applyFont="1"/>',
  '<xf numFmtId="49" fontId="1" fillId="2" borderId="1" xfId="0" applyFont="1" applyFill="1" applyBorder="1" applyAlignment="1"><alignment horizontal="center" vertical="center" wrapText="1"/></xf>',
  ...KINDS.flatMap((kind) => [cellStyle(kind, false), cellStyle(kind, true)]),
]

export const STYLES_XML = `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<styleSheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><numFmts count="3"><numFmt numFmtId="164" formatCode="dd/mm/yyyy"/><numFmt numFmtId="165" formatCode="dd/mm/yyyy hh:mm"/><numFmt numFmtId="166" formatCode="0.0%"/></numFmts><fonts count="3">${font(11, false)}${font(11, true)}${font(14, true)}</fonts><fills count="3"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill><fill><patternFill patternType="solid"><fgColor rgb="FFE6ECEE"/><bgColor indexed="64"/></patternFill></fill></fills><borders count="2"><border><left/><right/><top/><bottom/><diagonal/></border><border>${EDGES}<diagonal/></border></borders><cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs><cellXfs count="${XFS.length}">${XFS.join('')}</cellXfs><cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>`
