import { mkdirSync, mkdtempSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'
import { createPaperwork, type SigningPaper, type SigningPaperKind } from '../../src-main/paperwork'
import { FORM_IDS, SigningForm } from '../../src-main/paperwork/signing-form'
import { extentOf, fontsOf, infoOf, qpdfCheck, RESOURCES, textOf, wordsOf } from './pdf-tools'
import { FRAME, PERSON, PROVIDER, REMOTE, SAMPLES } from './signing-sample'

const paperwork = createPaperwork({ resourcesFolder: RESOURCES })
const KINDS = Object.keys(SAMPLES) as SigningPaperKind[]
const formOf = (kind: SigningPaperKind): Record<string, unknown> => JSON.parse(readFileSync(join(RESOURCES, `forms/${FORM_IDS[kind]}.v1.json`), 'utf8')) as Record<string, unknown>
const A4_HEIGHT = 841.89
const DEMO = 'TRÌNH DIỄN – không có giá trị pháp lý'

const SAID: Record<SigningPaperKind, readonly string[]> = {
  agreement: [
    'CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM', 'Độc lập - Tự do - Hạnh phúc', 'Số: 0007/TT-CKS', 'Phường Bình Minh, ngày 23 tháng 11 năm 2026', 'ĐƠN ĐỀ NGHỊ CẤP CHỨNG THƯ CHỮ KÝ SỐ CÁ NHÂN VÀ THỎA THUẬN THUÊ BAO',
    'Kính gửi: CA Nam Bình (trình diễn)', 'Giấy phép: Trình diễn, không có giấy phép', 'Điều khoản thuê bao cá nhân, bản 2026-01', 'Bộ phận không cấp chứng thư, không giữ khóa ký và không biết mã PIN', 'Họ và tên: NGUYỄN THỊ VÍ DỤ',
    'Số định danh cá nhân/CCCD: 079 199 000 123', 'Điện thoại: 0903 517 284', 'Số định danh (UID) CCCD:079199000123', 'Loại khóa: RSA 2048', 'Số thiết bị: MP-0001', 'chứng thư này chỉ để trình diễn',
    'Luật Bảo vệ dữ liệu cá nhân', 'Đã đồng ý trên màn hình dành cho công dân lúc 23/11/2026 09:01.', 'NGƯỜI ĐỀ NGHỊ', 'CÁN BỘ TIẾP NHẬN', 'Trần Văn Mẫu',
  ],
  handover: [
    'Số: 0007/BG-CKS', 'BIÊN BẢN BÀN GIAO CHỨNG THƯ CHỮ KÝ SỐ', 'Số chứng thư: 5401AB77C0FFEE12', 'Nơi cấp: CA Nam Bình (trình diễn)', 'Hiệu lực từ: 23/11/2026 09:08', 'đến: 23/11/2027 09:08', 'Số thiết bị: MP-0001',
    'Thuê bao tự đặt mã PIN. Cán bộ không nhìn thấy, không biết và không ghi lại mã PIN.', 'Đã ký thử trên đơn đề nghị lúc 23/11/2026 09:10', 'Gọi 1900 0000, hoặc đến quầy này với thẻ căn cước.', 'BÊN NHẬN', 'BÊN GIAO', 'mỗi bên giữ 01 bản',
  ],
  leaflet: ['Không ai có quyền hỏi mã PIN', 'Miễn phí năm đầu; từ năm thứ hai 220.000 đồng mỗi năm nếu gia hạn.', 'báo ngay để thu hồi', 'Gọi 1900 0000', 'Điện thoại: 028 0000 0000'],
  slip: ['Số: 0007/PH-CKS', 'chứng thư chưa được cấp', 'Xác định danh tính bằng chip của thẻ', 'Việc còn lại: đến lại quầy một lần', 'Đến từ ngày 25 tháng 11 năm 2026.'],
  'daily-list': ['DANH SÁCH CẤP CHỮ KÝ SỐ CÁ NHÂN', '079 ••• ••• 120', '5401AB77C0FFEE10', 'Chờ gửi', 'Đã bàn giao trong ngày: 7', 'Lũy kế năm: 812', 'Chỉ tiêu năm: 1.200', 'Đạt: 67%', 'không niêm yết'],
  declaration: [
    'BẢN KÊ KHAI NỘI DUNG HỒ SƠ', 'Thủ tục: Cấp Giấy xác nhận tình trạng hôn nhân (1.004873)', 'Mã hồ sơ: H29.999.01-261123-0042', 'Nơi cư trú Số 12/3 đường Thử Nghiệm', 'Mục đích sử dụng Đăng ký kết hôn', 'Ghi chú –',
    'Bản án, quyết định ly hôn đã có hiệu lực pháp luật Bản sao chứng thực 4', 'tôi chịu trách nhiệm về lời khai của mình', 'NGƯỜI KÊ KHAI',
  ],
}

describe.each(KINDS)('the paper %s', (kind) => {
  let made: SigningPaper
  beforeAll(async () => {
    made = await paperwork.signingPaper(kind, SAMPLES[kind])
  })

  it.each(SAID[kind])('says "%s" when its text is read back', (sentence) => expect(textOf(made.pdf)).toContain(sentence))
  it('is marked as a demonstration on every page', () => {
    expect(Array.from({ length: made.pages }, (_, page) => textOf(made.pdf, page + 1).includes(DEMO))).toEqual(Array.from({ length: made.pages }, () => true))
  })
  it('embeds every font as a subset with a Unicode map', () => {
    expect(fontsOf(made.pdf).every(([name, ...flags]) => /^[A-Z]{6}\+Tinos-/.test(name) && flags.every((flag) => flag === 'yes'))).toBe(true)
  })
  it('passes qpdf', () => expect(qpdfCheck(made.pdf)).toContain('No syntax or stream encoding errors found'))
  it('is PDF 1.7 in Vietnamese with one classic cross-reference table, as signing wants it', () => {
    const bytes = Buffer.from(made.pdf).toString('latin1')
    // One section that begins with object 0: what was called fragmented breaks viewers after a second signature.
    expect([bytes.startsWith('%PDF-1.7'), bytes.match(/(^|\n)xref\n0 \d+\n/g)?.length, bytes.match(/\n\d+ \d+\n(?=\d{10} )/g)?.length, /\/Type \/XRef|\/Linearized/.test(bytes), bytes.includes('vi-VN')]).toEqual([true, 1, 1, false, true])
  })
  it('leaves nothing beyond its margins', () => {
    const size = /Page size: +([\d.]+) x ([\d.]+)/.exec(infoOf(made.pdf))
    const { right, bottom } = extentOf(made.pdf)
    expect([right < Number(size?.[1]) - 20, bottom < Number(size?.[2]) - 10]).toEqual([true, true])
  })
  it('is the same bytes for the same data', async () => {
    expect(Buffer.compare((await paperwork.signingPaper(kind, SAMPLES[kind])).pdf, made.pdf)).toBe(0)
  })
  it('is refused with a placeholder that nobody fills', () => expect(SigningForm.safeParse({ ...formOf(kind), documentTitle: 'Số {khongCo}' }).success).toBe(false))
  it('is refused with markup, a picture or a text that cannot be seen', () => {
    const form = formOf(kind)
    const strange = [{ documentTitle: '<b>Đậm</b>' }, { image: 'logo.png' }, { documentTitle: 'Dòng\u0007' }, { blocks: [{ kind: 'svg', svg: '<svg/>' }] }, { blocks: [{ kind: 'text', text: 'Chữ', style: 'to' }] }]
    expect(strange.filter((change) => SigningForm.safeParse({ ...form, ...change }).success)).toEqual([])
  })
  it('is refused without one of its parts', () => {
    const { blocks: _blocks, ...rest } = formOf(kind)
    expect(SigningForm.safeParse(rest).success).toBe(false)
  })
})

describe('conditions of a form', () => {
  it('must be ones that the paper knows', () => {
    expect(SigningForm.safeParse({ ...formOf('slip'), blocks: [{ kind: 'text', text: 'Chữ', when: ['khongCo'] }] }).success).toBe(false)
  })
  it('must be about lists that the paper has', () => {
    expect(SigningForm.safeParse({ ...formOf('slip'), blocks: [{ kind: 'lines', list: 'khongCo', text: 'Chữ' }] }).success).toBe(false)
  })
  it('let entries of a list be named inside it only', () => {
    expect([{ kind: 'lines', list: 'steps', text: '{step}' }, { kind: 'text', text: '{step}' }].map((block) => SigningForm.safeParse({ ...formOf('slip'), blocks: [block] }).success)).toEqual([true, false])
  })
})

const NAME_OF_200 = 'NGUYỄN PHẠM '.repeat(17).slice(0, 200).trim()
const ONE_WORD = 'Ỡ'.repeat(200)

describe('what was put in', () => {
  const agreement = (fullName: string): Promise<SigningPaper> => paperwork.signingPaper('agreement', { ...SAMPLES.agreement, person: { ...PERSON, fullName } })

  it('comes out whole with a name of 200 letters', async () => expect(textOf((await agreement(NAME_OF_200)).pdf)).toContain(NAME_OF_200))
  it('comes out whole with one word of 200 letters, inside the margins', async () => {
    const { pdf } = await agreement(ONE_WORD)
    expect([textOf(pdf).replaceAll(' ', '').split(ONE_WORD).length - 1, extentOf(pdf).right < 595 - 40]).toEqual([2, true])
  })
  it('is never read as markup or as a placeholder', async () => {
    expect(textOf((await agreement('{officerName} <b>A</b> & "B"')).pdf)).toContain('Họ và tên: {officerName} <b>A</b> & "B"')
  })
  it('is checked: a missing or wrong field is named', async () => {
    await expect(paperwork.signingPaper('agreement', { ...SAMPLES.agreement, person: { ...PERSON, idNumber: '12' } })).rejects.toMatchObject({ code: 'IN-001', params: { field: 'person.idNumber' } })
  })
  it('takes as many pages as a long list needs, with its head on each', async () => {
    const rows = Array.from({ length: 90 }, (_, index) => SAMPLES['daily-list'].rows[index % 9] ?? SAMPLES['daily-list'].rows[0]).filter((row) => row !== undefined)
    const made = await paperwork.signingPaper('daily-list', { ...SAMPLES['daily-list'], rows })
    expect([made.pages > 2, textOf(made.pdf, 2).includes('Số chứng thư'), textOf(made.pdf, made.pages).includes('NGƯỜI LẬP DANH SÁCH')]).toEqual([true, true, true])
  })
})

describe('the room for a signature', () => {
  it('lies between the role and the name, on the page where they stand, wherever the page breaks', async () => {
    for (const extra of [0, 12, 14, 15, 16, 17, 18, 20, 22]) {
      const entries = Array.from({ length: extra + 1 }, (_, index) => ({ name: `Mục ${index}`, value: 'nội dung' }))
      const made = await paperwork.signingPaper('declaration', { ...SAMPLES.declaration, sections: [{ title: 'Người yêu cầu', entries }] })
      const { page, box: [x, y, width, height] } = made.places.citizen ?? { page: 0, box: [0, 0, 0, 0] }
      const words = wordsOf(made.pdf, page).filter(({ left }) => left >= x && left < x + width)
      const hint = words.findLast(({ text }) => text === 'tên)')
      const name = words.findLast(({ text }) => text === 'DỤ')
      const [top, bottom] = [A4_HEIGHT - y - height, A4_HEIGHT - y]
      expect([(hint?.bottom ?? 999) <= top + 1, (name?.top ?? 0) >= bottom - 1, (name?.bottom ?? 999) < A4_HEIGHT - 50], `with ${extra} more`).toEqual([true, true, true])
    }
  })
  it('is there for citizen and office where both sign, and for the office alone on the list', async () => {
    const places = async (kind: SigningPaperKind): Promise<string[]> => Object.keys((await paperwork.signingPaper(kind, SAMPLES[kind])).places)
    expect(await Promise.all([places('agreement'), places('handover'), places('daily-list'), places('leaflet')])).toEqual([['citizen', 'office'], ['citizen', 'office'], ['office'], []])
  })
})

describe('the words of a paper follow the case', () => {
  const text = async <Kind extends SigningPaperKind>(kind: Kind, data: (typeof SAMPLES)[Kind]): Promise<string> => textOf((await paperwork.signingPaper(kind, data)).pdf)

  it('a licensed CA is not called a demonstration, and its signatures count', async () => {
    const said = await text('agreement', { ...SAMPLES.agreement, provider: { ...PROVIDER, name: 'VÍ DỤ CA', demo: false } })
    expect([said.includes(DEMO), said.includes('có giá trị như văn bản tôi ký tay'), said.includes('chỉ để trình diễn')]).toEqual([false, true, false])
  })
  it('an exercise is marked as one', async () => expect(await text('handover', { ...SAMPLES.handover, frame: { ...FRAME, practice: true } })).toContain('BẢN THỰC HÀNH'))
  it('a remote account has no device', async () => {
    const said = await text('handover', { ...SAMPLES.handover, provider: REMOTE, device: { kind: 'remote', account: '079199000123' } })
    expect([said.includes('Tài khoản: 079199000123'), said.includes('Thiết bị ký')]).toEqual([true, false])
  })
  it('consent on paper has a box to tick, and no time on a screen', async () => {
    const said = await text('agreement', { ...SAMPLES.agreement, consent: null })
    expect([said.includes('Tôi đồng ý với nội dung ở mục 4 và mục 5.'), said.includes('màn hình')]).toEqual([true, false])
  })
  it('who needs not come back is told so', async () => {
    const said = await text('slip', { ...SAMPLES.slip, provider: REMOTE, next: 'by-itself', from: null })
    expect([said.includes('không phải đến lại'), said.includes('thiết bị ký'), said.includes('Đến từ')]).toEqual([true, false, false])
  })
  it('a list without a target shows none', async () => expect(await text('daily-list', { ...SAMPLES['daily-list'], target: null, rows: [] })).not.toContain('Chỉ tiêu'))
  it('a list of nobody says so', async () => expect(await text('daily-list', { ...SAMPLES['daily-list'], rows: [] })).toContain('Không có trường hợp nào trong ngày.'))
})

describe('a ward that changes a form', () => {
  const wardWith = (name: string, content: string): ReturnType<typeof createPaperwork> => {
    const folder = mkdtempSync(join(tmpdir(), 'signing-forms-'))
    mkdirSync(join(folder, 'forms'))
    symlinkSync(join(RESOURCES, 'fonts'), join(folder, 'fonts'), 'junction')
    writeFileSync(join(folder, 'forms', 'mau-01.v1.json'), readFileSync(join(RESOURCES, 'forms/mau-01.v1.json')))
    writeFileSync(join(folder, 'forms', name), content)
    return createPaperwork({ resourcesFolder: folder })
  }

  it('gets its own words', async () => {
    const { pdf } = await wardWith('ck-phieu-hen.v2.json', JSON.stringify({ ...formOf('slip'), version: 2, titleLines: ['PHIẾU CHỜ'] })).signingPaper('slip', SAMPLES.slip)
    expect(textOf(pdf)).toContain('PHIẾU CHỜ')
  })
  it('is told which file and field is wrong', async () => {
    await expect(wardWith('ck-phieu-hen.v1.json', JSON.stringify({ ...formOf('slip'), effectiveFrom: 'hôm nay' })).signingPaper('slip', SAMPLES.slip))
      .rejects.toMatchObject({ code: 'IN-001', params: { field: 'ck-phieu-hen.v1.json: effectiveFrom' } })
  })
  it('is told which form is missing', async () => {
    await expect(wardWith('ck-phieu-hen.v1.json', JSON.stringify(formOf('slip'))).signingPaper('handover', SAMPLES.handover)).rejects.toMatchObject({ code: 'IN-001', params: { field: 'ck-ban-giao' } })
  })
})
