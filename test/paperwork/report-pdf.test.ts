import { execFileSync } from 'node:child_process'
import { beforeAll, describe, expect, it } from 'vitest'
import { REPORT_KINDS, type ReportKind, type ReportRow, type ReportSheet } from '@contract/reports'
import { createPaperwork } from '../../src-main/paperwork'
import { codesByZbar, codesOf, extentOf, fontsOf, infoOf, qpdfCheck, RESOURCES, textOf, wordsOf } from './pdf-tools'
import { realSheet } from './real-report'
import { FRAME, register, sampleSheet } from './report-sample'

const paperwork = createPaperwork({ resourcesFolder: RESOURCES })
const A4 = { upright: /Page size: +595\.\d+ x 841\.\d+ pts/, across: /Page size: +841\.\d+ x 595\.\d+ pts/ }
const MARGIN_RIGHT = 30

describe.each(REPORT_KINDS)('the report "%s" as a paper', (kind: ReportKind) => {
  let pdf: Uint8Array
  let pages = 0
  const sheet = sampleSheet(kind)
  beforeAll(async () => {
    ;({ pdf, pages } = await paperwork.report(sheet, FRAME))
  })

  it('gives back every text that was put in', () => {
    const text = textOf(pdf)
    const rows = sheet.rows.flatMap(({ cells }) => cells).filter((cell) => typeof cell === 'string' && !/^\d{4}-/.test(cell))
    const facts = sheet.facts.map(({ caption, value }) => `${caption}: ${value}`)
    const missing = [...rows, ...facts, ...sheet.columns.map(({ title }) => title)].filter((words) => !text.includes(String(words)))
    expect(missing).toEqual([])
  })

  it('has letterhead, title, moment and seal', () => {
    const text = textOf(pdf)
    const wanted = ['CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM', 'Độc lập - Tự do - Hạnh phúc', 'TRUNG TÂM PHỤC VỤ HÀNH CHÍNH CÔNG', 'Tân Mỹ Hưng, ngày 23 tháng 11 năm 2026', sheet.title.toLocaleUpperCase('vi'), sheet.subtitle, 'Số liệu đến 23/11/2026 16:48', 'Niêm số liệu: af2b dbe1 aa9b 6ec1', 'NGƯỜI LÀM BÁO CÁO', 'LÃNH ĐẠO BỘ PHẬN', 'Phạm Quốc Huy']
    expect(wanted.filter((words) => !text.includes(words))).toEqual([])
  })

  it('counts its pages, which all stand the same way', () => {
    const last = textOf(pdf, pages)
    expect([last.includes(`Trang ${String(pages)}/${String(pages)}`), A4.upright.test(infoOf(pdf)) || A4.across.test(infoOf(pdf))]).toEqual([true, true])
  })

  it('embeds every font as a subset, and qpdf finds nothing', () => {
    expect(fontsOf(pdf).every(([name, ...flags]) => /^[A-Z]{6}\+Tinos-/.test(name) && flags.every((flag) => flag === 'yes'))).toBe(true)
    expect(qpdfCheck(pdf)).toContain('No syntax or stream encoding errors found')
  })

  it('keeps inside its margins', () => {
    const { right } = extentOf(pdf)
    expect(right).toBeLessThanOrEqual((A4.upright.test(infoOf(pdf)) ? 595.28 : 841.89) - MARGIN_RIGHT)
  })

  it('carries the code that it is known by on its last page only', async () => {
    const codes = (await codesOf(pdf, 150)).map((page) => page.map(({ text }) => text))
    expect(codes).toEqual([...Array.from({ length: pages - 1 }, () => []), [`MOTCUA:BC:1:${sheet.digest}`]])
  })
})

describe('a table', () => {
  const rowsOf = (count: number): ReportRow[] => register(count).rows

  it('repeats its heading on every page and leaves no row out', async () => {
    const { pdf, pages } = await paperwork.report(sampleSheet('register', { rows: rowsOf(120) }), FRAME)
    const texts = Array.from({ length: pages }, (_, at) => textOf(pdf, at + 1))
    // The signatures may have a page of their own.
    const headed = texts.filter((text) => text.includes('Tên thủ tục (trích yếu)')).length
    const missing = Array.from({ length: 120 }, (_, at) => `H29.999.01-261123-${String(at).padStart(4, '0')}`).filter((code) => !texts.some((text) => text.includes(code)))
    expect([headed >= pages - 1, missing]).toEqual([true, []])
  })

  it('keeps each row on one page', async () => {
    const { pdf, pages } = await paperwork.report(sampleSheet('register', { rows: rowsOf(60) }), FRAME)
    const torn = Array.from({ length: pages }, (_, at) => textOf(pdf, at + 1)).filter((text) => {
      const codes = text.match(/H29\.999\.01-261123-\d{4}/g)?.length ?? 0
      return codes !== (text.match(/09012345\d\d/g)?.length ?? 0)
    })
    expect(torn).toEqual([])
  })

  it('has its index row under the titles of II.06a', async () => {
    const { pdf } = await paperwork.report(sampleSheet('ii06a'), FRAME)
    expect(textOf(pdf)).toContain('(1) (2) (3) (4) (5) (6) (7) (8) (9) (10) (11) (12) (13)')
  })

  it('stands figures at the right of their column, with dots for thousands', async () => {
    const { pdf } = await paperwork.report(sampleSheet('ii06a'), FRAME)
    const words = wordsOf(pdf, 1).filter(({ text }) => text === '1.200' || text === '6.000')
    expect([words.length, textOf(pdf).includes('1.950')]).toEqual([6, true])
  })

  it('without rows says so', async () => {
    const none = sampleSheet('overdue', { rows: [] })
    const fees = sampleSheet('fees', { rows: [] })
    expect([textOf((await paperwork.report(none, FRAME)).pdf).includes('Không có hồ sơ nào trong kỳ.'), textOf((await paperwork.report(fees, FRAME)).pdf).includes('Không có khoản thu nào trong kỳ.')]).toEqual([true, true])
  })

  it.each([
    ['of many words', 'Hợp tác xã nông nghiệp '.repeat(9).slice(0, 199).trim().padEnd(200, 'ẵ'), 1],
    ['of one word', 'ẵ'.repeat(200), 200],
  ])('keeps a name of 200 letters %s whole and inside its column', async (_case, name, marks) => {
    const { pdf } = await paperwork.report(sampleSheet('overdue', { rows: [{ level: 'row', cells: [1, 'H29.999.01-261123-0001', name, name, null, null, 5] }] }), FRAME)
    // No other word of the paper has this letter.
    expect([textOf(pdf).match(/ẵ/g)?.length, extentOf(pdf).right <= 841.89 - MARGIN_RIGHT]).toEqual([2 * marks, true])
  })

  it('prints what looks like markup as it stands, and what has no glyph as a box', async () => {
    const name = '<b>Đậm</b> **x** {unitName} 👩‍🌾'
    const { pdf } = await paperwork.report(sampleSheet('staff', { rows: [{ level: 'row', cells: [name, 1, 1, 1, 1] }] }), FRAME)
    expect(textOf(pdf)).toContain('<b>Đậm</b> **x** {unitName} □')
  })
})

describe('the columns as the reports have them', () => {
  it.each([['register', 'H29.999.01-261123-0001'], ['overdue', 'H29.999.01-261123-0001'], ['fees', 'H29.999.01-261123-0001'], ['fees', 'Chuyển khoản']] as const)('of "%s" hold "%s" in one line', async (kind, words) => {
    const { pdf } = await paperwork.report(realSheet(kind, 3), FRAME)
    const lines = execFileSync('pdftotext', ['-layout', '-', '-'], { input: pdf, encoding: 'utf8' }).split('\n').filter((line) => line.includes(words))
    expect(lines.length).toBeGreaterThan(0)
  })
})

describe('around the table', () => {
  it('says for whom it is where that is known', async () => {
    const { pdf } = await paperwork.report(sampleSheet('ii06a'), { ...FRAME, recipient: 'Ủy ban nhân dân Thành phố Hồ Chí Minh' })
    expect(textOf(pdf)).toContain('Đơn vị nhận báo cáo: Ủy ban nhân dân Thành phố Hồ Chí Minh')
  })

  it('says nothing of sums that come out, and both sides of one that does not', async () => {
    const check = (ok: boolean): ReportSheet => sampleSheet('daily', { checks: [{ code: 'flow', ok, params: { received: 1082, solved: 1000, open: 81 } }] })
    const texts = await Promise.all([true, false].map(async (ok) => textOf((await paperwork.report(check(ok), FRAME)).pdf)))
    expect(texts.map((text) => text.includes('CẦN ĐỐI CHIẾU: tiếp nhận 1.082 hồ sơ, nhưng đã giải quyết 1.000 và chưa giải quyết 81.'))).toEqual([false, true])
  })

  it.each(REPORT_KINDS)('has words for every sum of the report "%s"', async (kind) => {
    const made = realSheet(kind, 2)
    const text = textOf((await paperwork.report({ ...made, checks: made.checks.map((check) => ({ ...check, ok: false })) }, FRAME)).pdf)
    expect([text.split('CẦN ĐỐI CHIẾU').length - 1, text.includes('chưa khớp, xem màn hình')]).toEqual([made.checks.length, false])
  })

  it('names a sum that it has no words for by its code', async () => {
    const { pdf } = await paperwork.report(sampleSheet('daily', { checks: [{ code: 'new', ok: false, params: {} }] }), FRAME)
    expect(textOf(pdf)).toContain('CẦN ĐỐI CHIẾU: phép cộng "new" chưa khớp')
  })

  it('never leaves the signatures alone on a page', async () => {
    for (let rows = 18; rows < 40; rows += 1) {
      const { pdf, pages } = await paperwork.report(realSheet('fees', rows), FRAME)
      const last = textOf(pdf, pages)
      expect([last.includes('NGƯỜI LÀM BÁO CÁO'), last.includes('Khoản thu tính vào ngày thu')]).toEqual([true, true])
    }
  })

  it('says once who reports to whom', async () => {
    const { pdf } = await paperwork.report(realSheet('ii06a', 2), { ...FRAME, recipient: 'Ủy ban nhân dân Thành phố' })
    expect(textOf(pdf).split('Đơn vị nhận báo cáo').length - 1).toBe(1)
  })

  it('is marked in practice, and only there', async () => {
    const texts = await Promise.all([true, false].map(async (practice) => textOf((await paperwork.report(sampleSheet('daily'), { ...FRAME, practice })).pdf)))
    expect(texts.map((text) => text.includes('BẢN THỰC HÀNH'))).toEqual([true, false])
  })

  it('leaves the names out that nobody gave', async () => {
    const { pdf } = await paperwork.report(sampleSheet('daily'), { ...FRAME, preparedBy: '', leader: { titles: ['KT. Chủ tịch', 'Phó Chủ tịch'], name: '' } })
    expect(textOf(pdf)).toContain('PHÓ CHỦ TỊCH')
  })

  it('is the same to the byte for the same figures', async () => {
    const [one, other] = await Promise.all([paperwork.report(sampleSheet('monthly'), FRAME), paperwork.report(sampleSheet('monthly'), FRAME)])
    expect(Buffer.compare(one.pdf, other.pdf)).toBe(0)
  })

  it('carries a code that zbar reads, too', async () => {
    const sheet = sampleSheet('daily')
    expect(codesByZbar((await paperwork.report(sheet, FRAME)).pdf, 200)).toEqual([`MOTCUA:BC:1:${sheet.digest}`])
  })

  it('without an agency is refused by the name of the field', async () => {
    await expect(paperwork.report(sampleSheet('daily'), { ...FRAME, agencyName: ' ' })).rejects.toMatchObject({ code: 'IN-001', params: { field: 'agencyName' } })
  })
})
