import { execFileSync } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { unzipSync } from 'fflate'
import { readSheet } from 'read-excel-file/node'
import { describe, expect, test } from 'vitest'
import type { ReportRow } from '@contract/reports'
import { count, moment, row, share, text, totalRow } from '../../src-main/reports/columns'
import { columnName, serialOfMoment } from '../../src-main/reports/xlsx/cells'
import { writeWorkbook } from '../../src-main/reports/xlsx/workbook'
import { receive } from '../intake/support'
import { temporaryFolder } from '../storage/support'
import { DAY, reportDesk } from './support'

const COLUMNS = [text('name', 'Tên'), count('count', 'Số', { group: 'Nhóm' }), share('share', 'Tỷ lệ', { group: 'Nhóm' }), moment('at', 'Lúc')]

async function bytesOf(rows: Iterable<ReportRow>): Promise<Buffer> {
  const pieces: Uint8Array[] = []
  await writeWorkbook({ words: ['TIÊU ĐỀ'], columns: COLUMNS, rows, beside: () => ({ words: ['Bên'], columns: [text('a', 'A')], rows: [row('b')] }), names: ['Báo cáo', 'Đối chiếu'] }, (piece) => pieces.push(piece))
  return Buffer.concat(pieces)
}
const read = (bytes: Uint8Array, sheet = 1): Promise<unknown[][]> => readSheet(Buffer.from(bytes), sheet)
const xmlOf = (bytes: Uint8Array, name: string): string => Buffer.from(unzipSync(bytes)[name] ?? new Uint8Array()).toString('utf8')

describe('A workbook', () => {
  test('holds numbers as numbers, shares as shares and moments as dates on the clock of the ward', async () => {
    const lines = await read(await bytesOf([row('Hộ tịch', 12_345, 0.853, '2026-11-23T02:30:00.000Z'), totalRow('Cộng', 1, null, null)]))
    const [name, of, part, at] = lines.at(-2) ?? []
    expect([name, of, part, at instanceof Date ? at.toISOString() : at]).toEqual(['Hộ tịch', 12_345, 0.853, '2026-11-23T09:30:00.000Z'])
  })

  test.each(['=1+1', '+84903517284', '-5', '@cmd', '=HYPERLINK("http://x")', '_x0041_', 'a & b < c > "d"', ' hai  cách ', 'Nguyễn Thị Ánh Tuyết'])('keeps the text %j as a text, word for word', async (name) => {
    const bytes = await bytesOf([row(name, 1, 1, null)])
    expect(xmlOf(bytes, 'xl/worksheets/sheet1.xml')).not.toContain('<f>')
    expect(String((await read(bytes)).at(-1)?.[0]).trim()).toBe(name.trim())
  })

  test('leaves out what no XML can hold and stays readable', async () => {
    expect((await read(await bytesOf([row('a\u0000b\u0008c\ud800d', 1, 1, null)]))).at(-1)?.[0]).toBe('abcd')
  })

  test('freezes and repeats its heading and joins the cells of a group', async () => {
    const bytes = await bytesOf([row('a', 1, 1, null)])
    const sheet = xmlOf(bytes, 'xl/worksheets/sheet1.xml')
    expect([sheet.includes('<pane ySplit="4" topLeftCell="A5"'), sheet.includes('<mergeCell ref="B3:C3"/>'), sheet.includes('<mergeCell ref="A3:A4"/>'), xmlOf(bytes, 'xl/workbook.xml').includes("'Báo cáo'!$3:$4")]).toEqual([true, true, true, true])
  })

  test('is a sound archive of well-formed parts for an independent reader', async () => {
    const file = join(temporaryFolder(), 'bao-cao.xlsx')
    writeFileSync(file, await bytesOf([row('=1', 1, 0.5, '2026-11-23T02:30:00.000Z')]))
    const script = 'import sys,zipfile,xml.dom.minidom as m\nz=zipfile.ZipFile(sys.argv[1])\nassert z.testzip() is None\nfor n in z.namelist(): m.parseString(z.read(n))\nprint(len(z.namelist()))'
    expect(execFileSync('python3', ['-c', script, file], { encoding: 'utf8' }).trim()).toBe('7')
  })

  test('asks for its rows as it goes and holds none of them', async () => {
    let asked = 0
    let before = -1
    function* rows(): Generator<ReportRow> {
      for (; asked < 20_000; asked += 1) yield row(`Hồ sơ ${asked}`, asked, asked / 20_000, '2026-11-23T02:30:00.000Z')
    }
    await writeWorkbook({ words: ['T'], columns: COLUMNS, rows: rows(), beside: () => ({ words: ['Bên'], columns: [text('a', 'A')], rows: [] }), names: ['Báo cáo', 'Đối chiếu'] }, (piece) => {
      if (before === -1 && piece.length > 10_000) before = asked
    })
    expect([asked, before > 0 && before < 20_000]).toEqual([20_000, true])
  })

  test.each([[0, 'A'], [25, 'Z'], [26, 'AA'], [701, 'ZZ'], [702, 'AAA']])('calls column %i %s', (index, name) => { expect(columnName(index)).toBe(name) })

  test('counts days as workbooks do', () => { expect(serialOfMoment('2026-11-22T17:00:00.000Z')).toBe(46_349) })
})

describe('The workbook of a report', () => {
  test('has the figures of the sheet, its facts, checks and the same seal', async () => {
    const desk = reportDesk()
    desk.lease('2026-11-23')
    receive(desk)
    const sheet = desk.reports.sheet(DAY('daily'))
    const { bytes, digest } = await desk.reports.workbook(DAY('daily'))
    const [table, beside] = [await read(bytes), await read(bytes, 2)]
    expect(digest).toBe(sheet.digest)
    expect(table.at(-1)?.slice(0, 3)).toEqual(['Cộng', 1, 0])
    expect(beside.flat()).toEqual(expect.arrayContaining([sheet.digest, 'Gửi thành phố', 'Khớp (received = 1; solved = 0; open = 1)']))
  })
})
