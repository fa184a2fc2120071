import { deflateRawSync } from 'node:zlib'
import fc from 'fast-check'
import readXlsxFile from 'read-excel-file/node'
import { beforeAll, describe, expect, it } from 'vitest'
import writeXlsxFile from 'write-excel-file/node'
import { AppError } from '@contract/errors'
import type { Catalogue } from '@contract/procedures'
import { exportJson, exportXlsx, importCatalogue, MAX_CATALOGUE_FILE, type Problem } from '../../src-main/procedures'
import { catalogue, rawCatalogue } from './sample'

type Cells = (string | number | null)[][]
type Book = Map<string, Cells>

let exported: Buffer

beforeAll(async () => {
  exported = await exportXlsx(catalogue)
})

async function readBook(): Promise<Book> {
  const sheets = await readXlsxFile(exported)
  return new Map(sheets.map(({ sheet, data }) => [sheet, data.map((row) => row.map((cell) => (typeof cell === 'number' || cell === null ? cell : String(cell))))]))
}

async function writeBook(book: Book): Promise<Buffer> {
  const sheets = [...book].map(([sheet, rows]) => ({ sheet, data: rows.map((row) => row.map((cell) => (cell === null ? null : { value: cell, type: typeof cell === 'number' ? Number : String }))) }))
  return writeXlsxFile(sheets).toBuffer()
}

/** Changes cells of the exported workbook (row as the spreadsheet counts) and imports it. */
async function importChanged(...changes: (readonly [sheet: string, row: number, title: string, value: string | number | null])[]): Promise<readonly Problem[]> {
  const book = await readBook()
  for (const [sheet, row, title, value] of changes) {
    const rows = book.get(sheet)
    const cells = rows?.[row - 1]
    if (cells !== undefined) cells[rows?.[0]?.indexOf(title) ?? -1] = value
  }
  const outcome = await importCatalogue(await writeBook(book))
  return outcome.ok ? [] : outcome.problems
}

async function reasonOf(bytes: Buffer): Promise<string> {
  try {
    const outcome = await importCatalogue(bytes)
    return outcome.ok ? 'read' : 'problems'
  } catch (error) {
    if (error instanceof AppError) return `${error.code} ${String(error.params['reason'])}`
    throw error
  }
}

const json = (change: (raw: Catalogue) => unknown): Buffer => Buffer.from(JSON.stringify(change(structuredClone(catalogue))))
async function jsonProblems(change: (raw: Catalogue) => unknown): Promise<readonly Problem[]> {
  const outcome = await importCatalogue(json(change))
  return outcome.ok ? [] : outcome.problems
}
function withFirst(change: Record<string, unknown>): (raw: Catalogue) => unknown {
  return (raw) => ({ ...raw, procedures: [{ ...raw.procedures[0], ...change }, ...raw.procedures.slice(1)] })
}

describe('a catalogue file', () => {
  it('in JSON comes back as it went out', async () => {
    expect(await importCatalogue(Buffer.from(exportJson(catalogue)))).toEqual({ ok: true, catalogue: rawCatalogue })
  })

  it('in XLSX comes back as it went out', async () => {
    expect(await importCatalogue(exported)).toEqual({ ok: true, catalogue: rawCatalogue })
  })

  it('in XLSX comes back whatever procedures and words it holds', async () => {
    const word = fc.stringMatching(/^[\p{L}\p{N}][\p{L}\p{N} ,.:"'&<>=+\-()/]{0,30}[\p{L}\p{N}]$/u).map((text) => text.normalize('NFC'))
    const list = fc.shuffledSubarray(catalogue.procedures.filter((procedure) => procedure.eligibility.length === 0), { minLength: 1, maxLength: 4 })
    await fc.assert(fc.asyncProperty(list, word, fc.uniqueArray(word, { maxLength: 4 }), async (procedures, name, keywords) => {
      const odd: Catalogue = { ...catalogue, procedures: procedures.map((procedure) => ({ ...procedure, name, keywords })) }
      expect(await importCatalogue(await exportXlsx(odd))).toEqual({ ok: true, catalogue: odd })
    }), { numRuns: 25 })
  })

  it('may have lost the last zeros of a code to the spreadsheet', async () => {
    expect(await importChanged(['Thủ tục', 3, 'Mã thủ tục', 2.000986])).toEqual([])
  })

  it('in XLSX is the same text as JSON afterwards, so that an unchanged procedure is seen as unchanged', async () => {
    const outcome = await importCatalogue(exported)
    expect(outcome.ok && exportJson(outcome.catalogue)).toBe(exportJson(catalogue))
  })

  it('may be written in capitals', async () => {
    expect(await importChanged(['Thành phần', 2, 'Loại', 'BẢN CHÍNH'])).toEqual([])
  })

  it('may have dots in a number written as text', async () => {
    expect(await importChanged(['Phí', 17, 'Số tiền', '8.000'])).toEqual([])
  })
})

describe('errors in a workbook are named by sheet, row and field:', () => {
  it.each<[string, readonly [string, number, string, string | number | null], string]>([
    ['a missing name', ['Thủ tục', 5, 'Tên thủ tục', null], 'missing'],
    ['a wrong code', ['Thủ tục', 52, 'Mã thủ tục', '1.0022'], 'wrong-form'],
    ['a date that does not exist', ['Thủ tục', 4, 'Hiệu lực từ', '31/02/2026'], 'wrong-form'],
    ['a unit nobody knows', ['Thủ tục', 3, 'Đơn vị thời hạn', 'tuần trăng'], 'not-in-list'],
    ['words for a number', ['Thủ tục', 3, 'Thời hạn', 'ba'], 'wrong-type'],
    ['a negative count', ['Thành phần', 9, 'Số lượng', -1], 'too-small'],
    ['a kind of paper nobody knows', ['Thành phần', 7, 'Loại', 'giấy nháp'], 'not-in-list'],
    ['a component of no procedure', ['Thành phần', 8, 'Mã thủ tục', '9.999999'], 'unknown-reference'],
    ['a fee kind nobody knows', ['Phí', 4, 'Cách tính', 'tùy'], 'not-in-list'],
    ['an amount that does not belong', ['Phí', 3, 'Số tiền', 5000], 'not-expected'],
    ['an exemption without ground', ['Miễn giảm', 2, 'Căn cứ', null], 'missing'],
    ['an answer of no question', ['Trả lời', 2, 'Mã câu hỏi', 'khong-co'], 'unknown-reference'],
    ['a follow-up that does not exist', ['Trả lời', 4, 'Hỏi tiếp', 'khong-co'], 'unknown-reference'],
    ['a procedure that does not exist', ['Trả lời', 3, 'Thủ tục khác', '9.999999'], 'unknown-reference'],
    ['an end before the beginning', ['Thủ tục', 2, 'Hiệu lực đến', '2020-01-01'], 'order'],
    ['a wrong version of the catalogue', ['Danh mục', 2, 'Phiên bản', 'mới nhất'], 'wrong-form'],
  ])('%s', async (_name, change, problem) => {
    const [sheet, row, field] = change
    expect(await importChanged(change)).toContainEqual({ sheet, row, field, problem })
  })

  it('all of them at once, in the order of the file', async () => {
    const problems = await importChanged(['Thủ tục', 9, 'Tên thủ tục', null], ['Thủ tục', 5, 'Tên thủ tục', null], ['Thành phần', 9, 'Số lượng', 0])
    expect(problems.map(({ sheet, row }) => `${sheet ?? ''} ${String(row)}`)).toEqual(['Thành phần 9', 'Thủ tục 5', 'Thủ tục 9'])
  })

  it('the same code twice', async () => {
    expect(await importChanged(['Thủ tục', 6, 'Mã thủ tục', '1.001193'])).toContainEqual({ sheet: 'Thủ tục', row: 6, field: 'Mã thủ tục', problem: 'duplicate' })
  })

  it('a missing sheet', async () => {
    const book = await readBook()
    book.delete('Phí')
    const outcome = await importCatalogue(await writeBook(book))
    expect(outcome).toMatchObject({ ok: false, problems: expect.arrayContaining([{ sheet: 'Phí', row: null, field: 'Phí', problem: 'sheet-missing' }]) as unknown })
  })

  it('a missing column', async () => {
    expect(await importChanged(['Thành phần', 1, 'Số lượng', 'Số'])).toContainEqual({ sheet: 'Thành phần', row: 1, field: 'Số lượng', problem: 'column-missing' })
  })
})

describe('errors in JSON are named by procedure and field:', () => {
  it.each<[string, (raw: Catalogue) => unknown, Problem]>([
    ['a missing name', withFirst({ name: undefined }), { sheet: null, row: 1, field: 'name', problem: 'missing' }],
    ['a component without quantity', withFirst({ components: [{ code: 'a', name: 'A', kind: 'copy', required: { when: 'always' } }] }), { sheet: null, row: 1, field: 'components[1].quantity', problem: 'missing' }],
    ['a field nobody knows', withFirst({ colour: 'đỏ' }), { sheet: null, row: 1, field: 'colour', problem: 'not-expected' }],
    ['a same-day matter with days', withFirst({ time: { amount: 3, unit: 'same-day', afterFifteen: true } }), { sheet: null, row: 1, field: 'time.amount', problem: 'not-expected' }],
    ['a usual exemption that is not there', withFirst({ fee: { rules: [{ code: 'a', name: 'A', kind: 'free' }], exemptions: [], usualExemption: 'b' } }), { sheet: null, row: 1, field: 'fee.usualExemption', problem: 'unknown-reference' }],
    ['two versions in force at once', (raw) => ({ ...raw, procedures: [...raw.procedures, { ...raw.procedures[0], version: '2026-12-01' }] }), { sheet: null, row: 53, field: 'effectiveFrom', problem: 'overlap' }],
    ['another format', (raw) => ({ ...raw, format: 'mot-cua/catalogue-9' }), { sheet: null, row: null, field: 'format', problem: 'not-in-list' }],
    ['no procedures', (raw) => ({ ...raw, procedures: [] }), { sheet: null, row: null, field: 'procedures', problem: 'too-small' }],
  ])('%s', async (_name, change, problem) => {
    expect(await jsonProblems(change)).toContainEqual(problem)
  })
})

describe('a file that cannot be read', () => {
  /** A ZIP of one entry whose directory declares `declared` bytes. */
  function zip(data: Buffer, declared: number, flags = 0): Buffer {
    const packed = deflateRawSync(data)
    const name = Buffer.from('xl/workbook.xml')
    const local = Buffer.alloc(30)
    local.writeUInt32LE(0x04034b50, 0); local.writeUInt16LE(20, 4); local.writeUInt16LE(8, 8); local.writeUInt32LE(packed.length, 18); local.writeUInt32LE(declared, 22); local.writeUInt16LE(name.length, 26)
    const central = Buffer.alloc(46)
    central.writeUInt32LE(0x02014b50, 0); central.writeUInt16LE(flags, 8); central.writeUInt16LE(8, 10); central.writeUInt32LE(packed.length, 20); central.writeUInt32LE(declared, 24); central.writeUInt16LE(name.length, 28)
    const body = Buffer.concat([local, name, packed])
    const end = Buffer.alloc(22)
    end.writeUInt32LE(0x06054b50, 0); end.writeUInt16LE(1, 8); end.writeUInt16LE(1, 10); end.writeUInt32LE(46 + name.length, 12); end.writeUInt32LE(body.length, 16)
    return Buffer.concat([body, central, name, end])
  }
  const zeros = Buffer.alloc(1_000_000)

  it.each<[string, () => Buffer, string]>([
    ['is empty', () => Buffer.alloc(0), 'DM-001 empty'],
    ['is too large', () => Buffer.alloc(MAX_CATALOGUE_FILE + 1, 0x20), 'DM-001 too-large'],
    ['is no JSON', () => Buffer.from('{"format":'), 'DM-001 not-json'],
    ['is JSON in Latin-1', () => Buffer.from('{"format":"é"}', 'latin1'), 'DM-001 not-json'],
    ['is a picture', () => Buffer.from([0x89, 0x50, 0x4e, 0x47]), 'DM-001 not-json'],
    ['is the head of a ZIP only', () => Buffer.from('PK\u0003\u0004'), 'DM-001 not-a-workbook'],
    ['is a workbook cut in half', () => exported.subarray(0, exported.length / 2), 'DM-001 not-a-workbook'],
    ['is some other ZIP', () => zip(zeros.subarray(0, 100), 100), 'DM-001 not-a-workbook'],
    ['declares too much', () => zip(zeros, 60 * 1024 * 1024), 'DM-001 bomb'],
    ['unpacks to more than it declares', () => zip(zeros, 1000), 'DM-001 bomb'],
    ['unpacks to less than it declares', () => zip(zeros, 2_000_000), 'DM-001 damaged'],
    ['is encrypted', () => zip(zeros, zeros.length, 1), 'DM-001 encrypted'],
  ])('because it %s', async (_name, bytes, expected) => {
    expect(await reasonOf(bytes())).toBe(expected)
  })

  it('when bytes of a workbook are changed is refused by name or still the same catalogue form', async () => {
    await fc.assert(fc.asyncProperty(fc.integer({ min: 0, max: 1_000_000 }), fc.integer({ min: 0, max: 255 }), async (place, value) => {
      const damaged = Buffer.from(exported)
      damaged[place % damaged.length] = value
      expect(['read', 'problems', 'DM-001']).toContain((await reasonOf(damaged)).split(' ')[0])
    }), { numRuns: 40 })
  })
})
