import fc from 'fast-check'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'
import type { OfficeForm } from '@contract/office-forms'
import type { Paper } from '@contract/receipt'
import { createPaperwork, type OfficePaper, registerCaptions } from '../../src-main/paperwork'
import { OFFICE_FORMS, sampleForm, type SampleChange } from './office-sample'
import { codesOf, extentOf, fontsOf, infoOf, qpdfCheck, RESOURCES, textOf, wordsOf } from './pdf-tools'

const paperwork = createPaperwork({ resourcesFolder: RESOURCES })
const print = (form: OfficeForm, paper: Paper = 'A5', practice = false): Promise<OfficePaper> => paperwork.officeForm(form, { paper, practice, reprint: null })
const SIZES: Readonly<Record<Paper, readonly [number, number]>> = { A5: [419.53, 595.28], A4: [595.28, 841.89] }

const SAID: Record<(typeof OFFICE_FORMS)[number], readonly string[]> = {
  'mau-02': [
    'Số: 03.Q3/HDHS', 'PHIẾU YÊU CẦU BỔ SUNG, HOÀN THIỆN HỒ SƠ', 'Tiếp nhận hồ sơ/yêu cầu của Ông/Bà: NGUYỄN THỊ VÍ DỤ', 'Nội dung yêu cầu giải quyết: Cấp Giấy xác nhận tình trạng hôn nhân (1.004873)', 'Địa chỉ: Số 12/3 đường Thử Nghiệm',
    'Số điện thoại: 0900 000 123', 'Email: vidu@example.vn', 'Yêu cầu Ông/Bà hoàn thiện hồ sơ gồm những nội dung như sau:', 'Bản chứng thực', 'bản nộp thiếu trang 3', 'Lý do: Thiếu giấy tờ theo quy định tại khoản 2', 'liên hệ với Trần Văn Mẫu', 'NGƯỜI HƯỚNG DẪN (Ký và ghi rõ họ tên) Trần Văn Mẫu',
  ],
  'mau-03': [
    'Số: 03.Q3/TCHS', 'PHIẾU TỪ CHỐI TIẾP NHẬN GIẢI QUYẾT HỒ SƠ', 'Tiếp nhận hồ sơ của: NGUYỄN THỊ VÍ DỤ', 'thông báo không tiếp nhận, giải quyết hồ sơ này với lý do cụ thể như sau:', '1. Thủ tục không thuộc thẩm quyền giải quyết của cơ quan tiếp nhận (Căn cứ: Nghị định 118/2025/NĐ-CP)',
    'Thủ tục này nộp tại Công an phường.', 'Xin thông báo cho Ông/Bà được biết và thực hiện.', 'NGƯỜI NỘP HỒ SƠ', 'NGƯỜI TIẾP NHẬN HỒ SƠ',
  ],
  'mau-04': [
    'Số: 03.Q3/PXL', 'VĂN BẢN XIN LỖI VÀ ĐỀ NGHỊ GIA HẠN THỜI GIAN GIẢI QUYẾT', 'Kính gửi: NGUYỄN THỊ VÍ DỤ', 'Ngày hẹn trả kết quả giải quyết hồ sơ: 14 giờ 20 phút, ngày 27 tháng 11 năm 2026', 'Lý do: Chờ cơ quan nơi cư trú trước đây trả lời xác minh', 'xin lỗi Ông/Bà',
    'Thời gian hẹn trả kết quả lại: 10 giờ 00 phút, ngày 03 tháng 12 năm 2026', 'Nơi nhận:', '- Như trên;', '- Lưu: VT.', 'KT. CHỦ TỊCH PHÓ CHỦ TỊCH', 'Phạm Thị Thí Dụ',
  ],
  'mau-05': ['Số: 03.Q3/TB', 'THÔNG BÁO DỪNG GIẢI QUYẾT HỒ SƠ', 'Theo đề nghị của Ông/Bà', 'kể từ ngày 24 tháng 11 năm 2026', 'Lý do dừng: Người nộp hồ sơ đề nghị dừng giải quyết', 'Căn cứ: Đơn đề nghị', 'Hồ sơ đang ở bước: Đang thẩm định', 'Phí, lệ phí: Đã thu 16.000 đồng', 'Nơi nhận:', 'PHÓ CHỦ TỊCH'],
  'mau-06': [
    'Số: 03.Q3/PKS', 'PHIẾU KIỂM SOÁT QUÁ TRÌNH GIẢI QUYẾT HỒ SƠ', 'Chủ hồ sơ ông (bà): NGUYỄN THỊ VÍ DỤ', 'Thời gian nhận hồ sơ: 14 giờ 20 phút, ngày 23 tháng 11 năm 2026', 'Cơ quan (bộ phận) giải quyết hồ sơ: Phòng Văn hóa - Xã hội', 'TÊN CƠ QUAN', 'GIAO, NHẬN HỒ SƠ', '1. Giao:', '2. Nhận:', 'Người giao', 'Người nhận',
    '16 giờ 30 phút, ngày 24 tháng 11 năm 2026', 'Trước hạn', 'Đúng hạn', 'Trình ký',
  ],
}

describe.each(OFFICE_FORMS.flatMap((form) => [{ form, paper: 'A5' as const }, { form, paper: 'A4' as const }]))('$form on $paper', ({ form, paper }) => {
  let made: OfficePaper
  let text: string
  beforeAll(async () => {
    made = await print(sampleForm(form), paper)
    text = textOf(made.pdf)
  })

  it('says all its captions and what was put in', () => expect([...SAID[form], 'CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM', 'Độc lập - Tự do - Hạnh phúc', 'ỦY BAN NHÂN DÂN', 'Phường Bình Minh, ngày 24 tháng 11 năm 2026', 'Mã hồ sơ: H29.999.01-261123-0042', 'Trang 1/1'].filter((sentence) => !text.includes(sentence))).toEqual([]))
  it('embeds every font as a subset with a Unicode map', () => expect(fontsOf(made.pdf).every(([name, ...flags]) => /^[A-Z]{6}\+Tinos-/.test(name) && flags.every((flag) => flag === 'yes'))).toBe(true))
  it('passes qpdf and is PDF 1.7', () => expect([qpdfCheck(made.pdf).includes('No syntax or stream encoding errors found'), Buffer.from(made.pdf).toString('latin1', 0, 8)]).toEqual([true, '%PDF-1.7']))
  it('has the page it was asked for and leaves its margins white', () => {
    const [width, height] = SIZES[paper]
    const { right, bottom } = extentOf(made.pdf)
    const size = /Page size: +([\d.]+) x ([\d.]+)/.exec(infoOf(made.pdf))
    expect([Math.abs(Number(size?.[1]) - width) < 0.1 && Math.abs(Number(size?.[2]) - height) < 0.1, right < width - 20, bottom < height - 10, made.warnings]).toEqual([true, true, true, []])
  })
  it('carries the dossier code as QR that another program reads', async () => {
    const [codes = []] = await codesOf(made.pdf, 200)
    expect(codes.map(({ format, text: code }) => [format, code])).toEqual([['QRCode', 'H29.999.01-261123-0042']])
  })
  it('is the same bytes for the same data', async () => expect(Buffer.compare((await print(sampleForm(form), paper)).pdf, made.pdf)).toBe(0))
})

describe('marks', () => {
  const text = async (form: OfficeForm, options: Parameters<typeof paperwork.officeForm>[1]): Promise<string> => textOf((await paperwork.officeForm(form, options)).pdf)
  it.each(OFFICE_FORMS)('%s says that it is an exercise, that the code is provisional and that it is a reprint', async (form) => {
    const said = await text(sampleForm(form, { dossier: { codeIsProvisional: true } }), { paper: 'A5', practice: true, reprint: { at: '2026-11-25T01:05:00.000Z', by: 'Lê Thị Mẫu', count: 2 } })
    expect(['BẢN THỰC HÀNH', 'SỐ TẠM – chờ thành phố cấp số', 'In lại lần 2, lúc 08 giờ 05 phút, ngày 25 tháng 11 năm 2026, bởi Lê Thị Mẫu.'].filter((mark) => !said.includes(mark))).toEqual([])
  })
  it('of practice come with the form too', async () => expect(await text(sampleForm('mau-02', { frame: { practice: true } }), { paper: 'A4', practice: false, reprint: null })).toContain('BẢN THỰC HÀNH'))
  it('are not on what counts', async () => expect(await text(sampleForm('mau-02'), { paper: 'A4', practice: false, reprint: null })).not.toMatch(/BẢN THỰC HÀNH|SỐ TẠM|In lại/))
})

describe('what a dossier lacks', () => {
  const bare: SampleChange = { frame: { hotline: null, number: null, signer: { role: 'officer', titles: ['CÁN BỘ TIẾP NHẬN'], name: '' } }, dossier: { onBehalfOf: null, idNumber: null, address: null, phone: null, email: null, dueAt: null } }
  it.each(OFFICE_FORMS)('stays out of %s, caption and all', async (form) => {
    const { pdf } = await print(sampleForm(form, bare))
    expect([textOf(pdf).includes('Địa chỉ:'), textOf(pdf).includes('Email:'), /Số: …\//.test(textOf(pdf))]).toEqual([false, false, true])
  })
  it('supplements that are only to be mended are a numbered list', async () => {
    const items = [{ component: null, name: 'Tờ khai', what: 'ghi rõ nơi cư trú', originals: 0, certified: 0, copies: 0 }, { component: null, name: 'Ảnh chân dung', what: '', originals: 0, certified: 0, copies: 0 }]
    const text = textOf((await print(sampleForm('mau-02', { items }))).pdf)
    expect([text.includes('1. Tờ khai: ghi rõ nơi cư trú 2. Ảnh chân dung'), text.includes('Bản photo')]).toEqual([true, false])
  })
  it('a second request says that it is one, and a contact without a phone has none', async () => {
    const text = textOf((await print(sampleForm('mau-02', { ordinal: 2, contact: { name: 'Trần Văn Mẫu', phone: null } }))).pdf)
    expect([text.includes('lần yêu cầu bổ sung thứ 2'), text.includes('liên hệ với Trần Văn Mẫu để được hướng dẫn')]).toEqual([true, true])
  })
  it('a stop of the office is not called a request of the citizen', async () => expect(textOf((await print(sampleForm('mau-05', { requestedBy: 'agency' }))).pdf)).not.toContain('Theo đề nghị của Ông/Bà'))
  it('no hand-over yet is said so', async () => expect(textOf((await print(sampleForm('mau-06', { handovers: [] }))).pdf)).toContain('Hồ sơ chưa được giao'))
})

const NAME_OF_200 = 'NGUYỄN PHẠM '.repeat(17).slice(0, 200).trim()
const WORD_OF_300 = 'Ỡ'.repeat(300)
const squeezed = (text: string): string => text.replaceAll(/\s+/g, '')
const handover = (index: number): Record<string, unknown> => ({
  from: `Phòng số ${index} của Ủy ban nhân dân`, to: `Phòng số ${index + 1} của Ủy ban nhân dân`, at: '2026-11-23T08:00:00.000Z', giver: `Người Giao Thứ ${index}`, receiver: `Người Nhận Thứ ${index}`, standing: index % 2 === 0 ? 'early' : null, note: index % 5 === 0 ? 'Trả lại để bổ sung phần nêu tại biên bản kiểm tra' : '',
})

/** Everything stands between the margins, and no two words of a page lie on each other. */
function faultsOfLayout(made: OfficePaper, paper: Paper): string[] {
  const [width, height] = SIZES[paper]
  const { right, bottom } = extentOf(made.pdf)
  const faults = right > width - 20 || bottom > height - 10 ? [`beyond the margins: ${right} ${bottom}`] : []
  for (let page = 1; page <= made.pages; page += 1) {
    const words = wordsOf(made.pdf, page)
    const bodyEnd = height - (paper === 'A5' ? 11 : 20) * (72 / 25.4)
    const foot = words.filter(({ text, top }) => text === 'Mẫu' && top > bodyEnd - 2)
    if (foot.length !== 1) faults.push(`footer of page ${page}`)
    if (words.some(({ top, bottom: low }) => top < bodyEnd - 2 && low > bodyEnd + 6)) faults.push(`over the footer on page ${page}`)
  }
  return faults
}

describe.each(['A5', 'A4'] as const)('hard content on %s', (paper) => {
  it.each(OFFICE_FORMS)('%s prints a name of 200 letters whole', async (form) => {
    const made = await print(sampleForm(form, { dossier: { applicantName: NAME_OF_200, onBehalfOf: NAME_OF_200 } }), paper)
    expect([squeezed(textOf(made.pdf)).includes(squeezed(NAME_OF_200)), faultsOfLayout(made, paper)]).toEqual([true, []])
  })
  it.each(OFFICE_FORMS)('%s prints a word of 300 letters without a blank whole, inside the margins', async (form) => {
    const word = WORD_OF_300
    const own = { 'mau-02': { reason: word }, 'mau-03': { detail: word }, 'mau-04': { reason: word }, 'mau-05': { money: word }, 'mau-06': { agency: word } }[form]
    const made = await print(sampleForm(form, { ...own, dossier: { procedureName: word, address: word }, frame: { unitName: word } }), paper)
    expect([squeezed(textOf(made.pdf)).split(word).length - 1 >= 2, faultsOfLayout(made, paper)]).toEqual([true, []])
  })
  it('an agency and a ward of 200 letters without a blank stay between the margins', async () => {
    const made = await print(sampleForm('mau-04', { frame: { agencyParent: 'Ữ'.repeat(200), agencyName: 'Ậ'.repeat(200), place: 'Ợ'.repeat(60) } }), paper)
    expect([squeezed(textOf(made.pdf)).split('Ữ').length - 1, squeezed(textOf(made.pdf)).includes('Ợ'.repeat(60)), faultsOfLayout(made, paper)]).toEqual([200, true, []])
  })
  it('60 papers to bring are all there, with the heading of the table on each page', async () => {
    const items = Array.from({ length: 60 }, (_, index) => ({ component: null, name: `Giấy tờ thứ ${index + 1} chứng minh quan hệ nhân thân theo quy định`, what: index % 3 === 0 ? 'bản nộp mờ, không đọc được con dấu' : '', originals: 1, certified: 0, copies: index % 2 }))
    const made = await print(sampleForm('mau-02', { items }), paper)
    const text = squeezed(textOf(made.pdf))
    const heads = Array.from({ length: made.pages }, (_, page) => textOf(made.pdf, page + 1)).filter((page) => page.includes('Giấy tờ thứ')).map((page) => page.includes('Thành phần hồ sơ') && page.includes('Bản photo'))
    expect([items.filter(({ name }) => !text.includes(squeezed(name))), heads.every(Boolean), text.includes(`Trang${made.pages}/${made.pages}`), faultsOfLayout(made, paper)]).toEqual([[], true, true, []])
  })
  it('200 hand-overs are all there, each whole on one page', async () => {
    const made = await print(sampleForm('mau-06', { handovers: Array.from({ length: 200 }, (_, index) => handover(index)) }), paper)
    const pages = Array.from({ length: made.pages }, (_, page) => squeezed(textOf(made.pdf, page + 1)))
    const whole = Array.from({ length: 200 }, (_, index) => pages.some((page) => page.includes(`NgườiGiaoThứ${index}`) && page.includes(`NgườiNhậnThứ${index}`) && page.includes(`Phòngsố${index}của`)))
    expect([whole.filter((each) => !each).length, pages.slice(1).every((page) => page.includes('Mãhồsơ:H29.999.01-261123-0042') && page.includes('TÊNCƠQUAN')), faultsOfLayout(made, paper)]).toEqual([0, true, []])
  })
  it('a hand-over whose texts are as long as they may be is not cut', async () => {
    const made = await print(sampleForm('mau-06', { handovers: [{ ...handover(1), from: NAME_OF_200, to: 'Ữ'.repeat(200), giver: NAME_OF_200, receiver: 'Ẵ'.repeat(200), note: 'ghi chú rất dài '.repeat(62).trim() }, handover(2)] }), paper)
    const text = squeezed(textOf(made.pdf))
    expect([text.split('Ữ').length - 1, text.split('Ẵ').length - 1, text.split('rất').length - 1, text.includes('NgườiNhậnThứ2'), faultsOfLayout(made, paper)]).toEqual([200, 200, 62, true, []])
  })
  it('grounds and details as long as they may be take further pages, and the signatures stay together', async () => {
    const grounds = Array.from({ length: 10 }, (_, index) => ({ code: String(index), text: `Lý do ${index} ${'theo quy định của pháp luật '.repeat(8)}`.trim(), basis: 'Nghị định 118/2025/NĐ-CP' }))
    const made = await print(sampleForm('mau-03', { grounds, detail: 'nêu rõ thêm '.repeat(100).trim() }), paper)
    const last = textOf(made.pdf, made.pages)
    expect([last.includes('NGƯỜI NỘP HỒ SƠ'), last.includes('Trần Văn Mẫu'), faultsOfLayout(made, paper)]).toEqual([true, true, []])
  })
})

describe('what is put in', () => {
  it('is never read as markup or as a placeholder', async () => {
    expect(textOf((await print(sampleForm('mau-02', { reason: '{officerName} <b>A</b> & "B"' }))).pdf)).toContain('Lý do: {officerName} <b>A</b> & "B"')
  })
  it('is checked: a missing or wrong field is named', async () => {
    const { reason: _reason, ...rest } = sampleForm('mau-02') as OfficeForm & { reason: string }
    await expect(print(rest as OfficeForm)).rejects.toMatchObject({ code: 'IN-001', params: { field: 'reason' } })
  })
  it('comes out as it was typed, whatever Vietnamese letters it has', async () => {
    const letters = [...'aăâeêioôơuưyđ'].flatMap((base) => ['', '\u0300', '\u0309', '\u0303', '\u0301', '\u0323'].map((tone) => (base === 'đ' ? base : (base + tone).normalize('NFC'))))
    const word = fc.array(fc.constantFrom(...letters, ...letters.map((letter) => letter.toLocaleUpperCase('vi'))), { minLength: 1, maxLength: 8 }).map((each) => each.join(''))
    const sentences = fc.array(fc.array(word, { minLength: 1, maxLength: 10 }).map((words) => words.join(' ')), { minLength: 10, maxLength: 20 })
    await fc.assert(fc.asyncProperty(sentences, fc.boolean(), async (typed, decomposed) => {
      const items = typed.map((name) => ({ component: null, name: decomposed ? name.normalize('NFD') : name, what: '', originals: 0, certified: 0, copies: 0 }))
      const text = textOf((await print(sampleForm('mau-02', { items }), 'A4')).pdf)
      expect(typed.filter((name, index) => !text.includes(`${index + 1}. ${name}`))).toEqual([])
    }), { numRuns: 6, endOnFailure: true })
  })
  it('a wording of another form is refused', async () => {
    const template: unknown = JSON.parse(readFileSync(join(RESOURCES, 'forms/mau-03.v1.json'), 'utf8'))
    await expect(paperwork.officeForm(sampleForm('mau-02'), { paper: 'A5', practice: false, reprint: null, template })).rejects.toMatchObject({ code: 'IN-001' })
  })
})

describe('the register', () => {
  const template = JSON.parse(readFileSync(join(RESOURCES, 'forms/mau-07.v1.json'), 'utf8')) as Record<string, unknown>
  it('gives its captions to the report', () => {
    const captions = registerCaptions(template)
    expect([captions.title, captions.columns.code, captions.columns.signed, captions.handing, captions.version]).toEqual(['SỔ THEO DÕI HỒ SƠ', 'Mã hồ sơ', 'Ký nhận', 'Nhận và trả kết quả', '1'])
  })
  it('without one of its captions is refused with the name of what is missing', () => {
    expect(() => registerCaptions({ ...template, none: undefined })).toThrow(expect.objectContaining({ code: 'IN-001', params: { field: 'mau-07: none' } }))
  })
})
