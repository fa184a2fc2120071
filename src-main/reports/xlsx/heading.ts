import type { ReportColumn } from '@contract/reports'
import { columnName, inline } from './cells'
import { HEADING, TITLE, WORDS } from './styles'

export type Heading = Readonly<{ xml: string; merges: readonly string[]; first: number; last: number }>

/** Columns that say what they count only by their kind. */
const titleOf = ({ title, kind }: ReportColumn): string => (kind === 'minutes' ? `${title} (phút)` : title)

function groupMerges(columns: readonly ReportColumn[], line: number): string[] {
  const merges: string[] = []
  for (let from = 0; from < columns.length; from += 1) {
    const group = columns[from]?.group ?? null
    let to = from
    while (group !== null && columns[to + 1]?.group === group) to += 1
    if (group === null) merges.push(`${columnName(from)}${line}:${columnName(from)}${line + 1}`)
    else if (to > from) merges.push(`${columnName(from)}${line}:${columnName(to)}${line}`)
    from = to
  }
  return merges
}

/** Title, words below it, and the heading of the table: groups, titles, numbers of columns, as far as there are any. */
export function headingOf(words: readonly string[], columns: readonly ReportColumn[]): Heading {
  const grouped = columns.some(({ group }) => group !== null)
  const first = words.length + 2
  const lines = [
    ...(grouped ? [columns.map((column) => column.group ?? titleOf(column))] : []),
    columns.map((column) => (grouped && column.group === null ? '' : titleOf(column))),
    ...(columns.some(({ index }) => index !== null) ? [columns.map(({ index }) => index ?? '')] : []),
  ]
  const said = words.map((text, index) => `<row r="${index + 1}">${inline(`A${index + 1}`, index === 0 ? TITLE : WORDS, text)}</row>`)
  const titles = lines.map((cells, at) => `<row r="${first + at}">${cells.map((text, index) => inline(`${columnName(index)}${first + at}`, HEADING, text)).join('')}</row>`)
  return { xml: [...said, ...titles].join(''), merges: grouped ? groupMerges(columns, first) : [], first, last: first + lines.length - 1 }
}
