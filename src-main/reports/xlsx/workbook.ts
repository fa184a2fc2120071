import { strToU8, Zip, ZipDeflate } from 'fflate'
import type { ReportColumn, ReportRow } from '@contract/reports'
import { rowXml } from './cells'
import { headingOf } from './heading'
import { CONTENT_TYPES_XML, RELATIONS_XML, sheetHead, sheetTail, WORKBOOK_RELATIONS_XML, workbookXml } from './parts'
import { STYLES_XML } from './styles'

/** A workbook of a table and a sheet of words beside it. The words are asked for when all rows are written. */
export type Workbook = Readonly<{
  words: readonly string[]; columns: readonly ReportColumn[]; rows: Iterable<ReportRow>
  beside(): Readonly<{ words: readonly string[]; columns: readonly ReportColumn[]; rows: readonly ReportRow[] }>
  names: readonly [string, string]
}>

/** Letters that a weight of 1 has room for. */
const LETTERS = 9
const SLICE = 500
/** Rows after which others have their turn. */
const TURN = 2_000
const MOST_ROWS = 1_048_576

const nextTurn = (): Promise<void> => new Promise((resolve) => { setImmediate(resolve) })
const widthsOf = (columns: readonly ReportColumn[]): number[] => columns.map(({ weight, kind }) => Math.max(kind === 'moment' ? 17 : 8, Math.round(weight * LETTERS)))

async function writeSheet(file: ZipDeflate, { words, columns, rows }: Pick<Workbook, 'words' | 'columns' | 'rows'>): Promise<void> {
  const heading = headingOf(words, columns)
  file.push(strToU8(sheetHead({ frozen: heading.last, widths: widthsOf(columns) }) + heading.xml))
  let line = heading.last
  let slice = ''
  for (const row of rows) {
    line += 1
    if (line > MOST_ROWS) break
    slice += rowXml(row, columns, line)
    if (line % SLICE === 0) {
      file.push(strToU8(slice))
      slice = ''
    }
    if (line % TURN === 0) await nextTurn()
  }
  file.push(strToU8(slice + sheetTail(heading.merges)), true)
}

/**
 * Writes a workbook (Office Open XML) piece by piece: rows go from their iterator into the compressor and are never held.
 * @param sink takes the compressed pieces in order
 */
export async function writeWorkbook({ words, columns, rows, beside, names }: Workbook, sink: (piece: Uint8Array) => void): Promise<void> {
  const zip = new Zip((error, piece) => {
    if (error) throw error
    sink(piece)
  })
  const add = (name: string): ZipDeflate => {
    const file = new ZipDeflate(name, { level: 6 })
    zip.add(file)
    return file
  }
  const heading = headingOf(words, columns)
  const whole: readonly (readonly [string, string])[] = [
    ['[Content_Types].xml', CONTENT_TYPES_XML], ['_rels/.rels', RELATIONS_XML], ['xl/workbook.xml', workbookXml(names, { from: heading.first, to: heading.last })],
    ['xl/_rels/workbook.xml.rels', WORKBOOK_RELATIONS_XML], ['xl/styles.xml', STYLES_XML],
  ]
  for (const [name, text] of whole) add(name).push(strToU8(text), true)
  await writeSheet(add('xl/worksheets/sheet1.xml'), { words, columns, rows })
  await writeSheet(add('xl/worksheets/sheet2.xml'), beside())
  zip.end()
}
