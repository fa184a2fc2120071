import { beforeAll, describe, expect, it } from 'vitest'
import { createPaperwork } from '../../src-main/paperwork'
import { codesOf, extentOf, fontsOf, infoOf, qpdfCheck, RESOURCES, textOf } from './pdf-tools'
import { manyComponents, sampleOptions, sampleReceipt } from './sample'

const paperwork = createPaperwork({ resourcesFolder: RESOURCES })

describe('a short receipt on A5', () => {
  let pdf: Uint8Array
  let pages = 0
  beforeAll(async () => {
    ;({ pdf, pages } = await paperwork.receipt(sampleReceipt(), sampleOptions()))
  })

  it('has one page for each copy', () => expect(pages).toBe(2))

  it('measures 148 by 210 mm', () => expect(infoOf(pdf)).toMatch(/Page size: +419\.528 x 595\.276 pts/))

  it('says its title and is dated by the reception, not by the printing', () => {
    expect(infoOf(pdf)).toMatch(/Title: +Giấy tiếp nhận hồ sơ và hẹn trả kết quả H29\.999\.01-261123-0042[\s\S]*CreationDate: +Mon Nov 23 07:20:00 2026 UTC/)
  })

  it.each([
    'CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM',
    'Độc lập - Tự do - Hạnh phúc',
    'ỦY BAN NHÂN DÂN PHƯỜNG BÌNH MINH',
    'TRUNG TÂM PHỤC VỤ HÀNH CHÍNH CÔNG',
    'Số: 0042/TNHS',
    'Phường Bình Minh, ngày 23 tháng 11 năm 2026',
    'GIẤY TIẾP NHẬN HỒ SƠ VÀ HẸN TRẢ KẾT QUẢ',
    'Tiếp nhận hồ sơ của: NGUYỄN THỊ VÍ DỤ',
    'CCCD/MST: 079199000123',
    'Địa chỉ: Số 12/3 đường Thử Nghiệm, Khu phố 4, Phường Bình Minh, Thành phố Hồ Chí Minh',
    'Nội dung yêu cầu giải quyết: Cấp Giấy xác nhận tình trạng hôn nhân (1.004873)',
    'Bản án, quyết định ly hôn đã có hiệu lực pháp luật Bản sao chứng thực 01',
    '2. Số bộ hồ sơ: 01 (bộ)',
    '3. Thời gian giải quyết hồ sơ theo quy định là: 3 ngày làm việc',
    '4. Thời gian nhận hồ sơ: 14 giờ 20 phút, ngày 23 tháng 11 năm 2026',
    '5. Thời gian trả kết quả giải quyết hồ sơ: 14 giờ 20 phút, ngày 27 tháng 11 năm 2026',
    '7. Phí, lệ phí (nếu có): 16.000 đồng (Mười sáu nghìn đồng), đã thu',
    'Vào Sổ theo dõi hồ sơ, Quyển số: 01/2026 Số thứ tự: 1042',
  ])('returns the sentence "%s" when its text is read back', (sentence) => expect(textOf(pdf, 1)).toContain(sentence))

  it('names each copy on its own page', () => {
    expect([textOf(pdf, 1).includes('(Liên 1: Lưu)'), textOf(pdf, 2).includes('(Liên 2: Giao khách hàng)')]).toEqual([true, true])
  })

  it('prints the look-up secret on the citizen\'s copy only', () => {
    expect([textOf(pdf, 1).includes('A7K2'), textOf(pdf, 2).includes('A7K2')]).toEqual([false, true])
  })

  it('embeds every font as a subset with a Unicode map', () => {
    const fonts = fontsOf(pdf)
    expect(fonts.length).toBeGreaterThanOrEqual(3)
    expect(fonts.every(([name, ...flags]) => /^[A-Z]{6}\+Tinos-/.test(name) && flags.every((flag) => flag === 'yes'))).toBe(true)
  })

  it('passes qpdf', () => expect(qpdfCheck(pdf)).toContain('No syntax or stream encoding errors found'))

  it('declares PDF/A-2b', () => expect(Buffer.from(pdf).toString('latin1')).toMatch(/<pdfaid:part>2<[\s\S]*<pdfaid:conformance>B</))

  it('is the same to the byte when the same data are printed again', async () => {
    const again = await paperwork.receipt(sampleReceipt(), sampleOptions())
    expect(Buffer.compare(again.pdf, pdf)).toBe(0)
  })
})

describe('codes', () => {
  // The drawing library raises the level above M where the symbol has room to spare.
  const both = (text: string): object[] => [
    { format: 'Code128', text, errorCorrection: expect.any(String) },
    { format: 'QRCode', text, errorCorrection: expect.stringMatching(/^[MQH]$/) },
  ]

  it.each([
    ['A5', 'H29.999.01-261123-0042', false],
    ['A5', 'G09.20-20260609-0092637', true],
    ['A4', '000.00.04.G18-261123-0001', false],
  ] as const)('on %s are read from the picture as %s (practice: %s)', async (paper, dossierCode, practice) => {
    const { pdf } = await paperwork.receipt(sampleReceipt({ dossierCode }), sampleOptions({ paper, practice, copies: ['citizen'] }))
    expect(await codesOf(pdf, 200)).toEqual([both(dossierCode)])
  })

  it('survive the longest code that is allowed', async () => {
    const dossierCode = `H29.${'9'.repeat(20)}-261123-${'0'.repeat(8)}`
    const { pdf } = await paperwork.receipt(sampleReceipt({ dossierCode }), sampleOptions({ copies: ['citizen'] }))
    expect(await codesOf(pdf, 300)).toEqual([both(dossierCode)])
  })
})

describe('marks', () => {
  const plain = sampleOptions({ copies: ['citizen'] })

  it('a provisional number is boxed as such', async () => {
    const { pdf } = await paperwork.receipt(sampleReceipt({ codeIsProvisional: true }), plain)
    expect(textOf(pdf)).toContain('SỐ TẠM – chờ thành phố cấp số')
  })

  it('a final number is not', async () => {
    const { pdf } = await paperwork.receipt(sampleReceipt(), plain)
    expect(textOf(pdf)).not.toContain('SỐ TẠM')
  })

  it('practice is written in the foot of each page', async () => {
    const { pdf } = await paperwork.receipt(sampleReceipt(), { ...plain, practice: true })
    expect(textOf(pdf)).toContain('BẢN THỰC HÀNH')
  })

  it('practice is also written across the sheet', async () => {
    // Slanted text comes back letter by letter, so letters are counted: twice the words more than on a real receipt.
    const letters = async (practice: boolean): Promise<string[]> => [...textOf((await paperwork.receipt(sampleReceipt(), { ...plain, practice })).pdf).replaceAll(' ', '')]
    const rest = await letters(true)
    for (const letter of await letters(false)) rest.splice(rest.indexOf(letter), 1)
    expect(rest.sort().join('')).toBe([...'BẢNTHỰCHÀNHBẢNTHỰCHÀNH'].sort().join(''))
  })

  it('a real receipt does not carry the practice mark', async () => {
    const { pdf } = await paperwork.receipt(sampleReceipt(), plain)
    expect(textOf(pdf)).not.toContain('THỰC HÀNH')
  })

  it('a reprint says which one, when and by whom', async () => {
    const reprint = { at: sampleReceipt({ receivedAt: '2027-02-04T01:05:00.000Z' }).receivedAt, by: 'Trần Văn Mẫu', count: 2 }
    const { pdf } = await paperwork.receipt(sampleReceipt(), { ...plain, reprint })
    expect(textOf(pdf)).toContain('In lại lần 2, lúc 08 giờ 05 phút, ngày 04 tháng 02 năm 2027, bởi Trần Văn Mẫu.')
  })
})

describe('long content', () => {
  const NAME = 'Hợp tác xã nông nghiệp '.repeat(9).slice(0, 199).trim().padEnd(200, 'ế')

  it.each(['A5', 'A4'] as const)('with 60 components on %s prints every row', async (paper) => {
    const { pdf } = await paperwork.receipt(sampleReceipt({ components: manyComponents(60) }), sampleOptions({ paper, copies: ['citizen'] }))
    const text = textOf(pdf)
    const missing = Array.from({ length: 60 }, (_, index) => index + 1).filter((n) => !text.includes(`${n} Giấy tờ thứ ${n}:`))
    expect(missing).toEqual([])
  })

  it('repeats code and page numbers, counted for each copy', async () => {
    const { pdf, pages } = await paperwork.receipt(sampleReceipt({ components: manyComponents(60) }), sampleOptions())
    const each = pages / 2
    expect(textOf(pdf, each + 2)).toMatch(new RegExp(`Mã hồ sơ: H29\\.999\\.01-261123-0042 \\(Liên 2: Giao khách hàng\\).*Trang 2/${each}`))
  })

  it('keeps names of 200 characters whole', async () => {
    const data = sampleReceipt({ officerName: NAME, applicant: { ...sampleReceipt().applicant, name: NAME } })
    const { pdf } = await paperwork.receipt(data, sampleOptions({ copies: ['citizen'] }))
    expect(textOf(pdf).split(NAME).length - 1).toBe(3)
  })

  it('never leaves the caption of the table alone at the foot of a page', async () => {
    // Two long fields push the table down line by line, so that every place of the break occurs.
    const lost: number[] = []
    for (let lines = 10; lines <= 16; lines += 1) {
      const applicant = { name: 'A', address: 'đường '.repeat(15 * 12), onBehalfOf: 'đường '.repeat(15 * lines) }
      const components = manyComponents(8)
      const { pdf, pages } = await paperwork.receipt(sampleReceipt({ applicant, components }), sampleOptions())
      const alone = Array.from({ length: pages }, (_, index) => textOf(pdf, index + 1)).some((text) => /nộp gồm:(?! STT)/.test(text))
      const counted = textOf(pdf, pages).includes(`Trang ${pages / 2}/${pages / 2}`)
      if (alone || !counted) lost.push(lines)
    }
    expect(lost).toEqual([])
  })

  describe('with words of 200 letters in every field', () => {
    const WORD = 'ử'.repeat(200)
    let pdf: Uint8Array
    let printed: { pages: number }
    beforeAll(async () => {
      const change = {
        agencyParent: WORD, agencyName: WORD, unitName: WORD, place: WORD, receiptNumber: WORD, processingTime: WORD, delivery: WORD,
        officerName: WORD, hotline: WORD, lookupAddress: WORD, lookupSecret: WORD, notes: [WORD],
        applicant: { name: WORD, idNumber: WORD, address: WORD, phone: WORD, email: WORD, onBehalfOf: WORD },
        components: [{ name: WORD, kind: 'original', quantity: 1 }], register: { book: WORD, number: WORD },
        fee: { text: WORD, lines: [], total: 0, paid: false },
      }
      const receipt = await paperwork.receipt(sampleReceipt(change), sampleOptions({ copies: ['citizen'] }))
      printed = receipt
      pdf = receipt.pdf
    })

    it('keeps every word inside the right margin and the sheet', () => {
      const { right, bottom } = extentOf(pdf)
      expect({ right: right <= 419.53 - 31, bottom: bottom <= 595.28 }).toEqual({ right: true, bottom: true })
    })

    it('counts its pages right', () => {
      const { pages } = printed
      expect(Array.from({ length: pages }, (_, index) => textOf(pdf, index + 1).includes(`Trang ${index + 1}/${pages}`))).not.toContain(false)
    })

    it('loses no letter', () => {
      // 22 fields, the applicant's name once more under the signature; the form itself has no ử.
      expect(textOf(pdf).match(/ử/gi)?.length).toBe(23 * 200)
    })
  })
})

describe('data', () => {
  const plain = sampleOptions({ copies: ['citizen'] })

  it.each([
    ['a name that the schema requires', { officerName: '' }, 'officerName'],
    ['a nested field', { applicant: { name: 'A', address: ' ' } }, 'applicant.address'],
  ])('%s, when missing, is named', async (_case, change, field) => {
    const data = { ...sampleReceipt(), ...change }
    await expect(paperwork.receipt(data, plain)).rejects.toMatchObject({ code: 'IN-001', params: { field } })
  })

  it('without a due time or a text for it is refused by the name of the placeholder', async () => {
    await expect(paperwork.receipt(sampleReceipt({ dueAt: undefined }), plain)).rejects.toMatchObject({ code: 'IN-001', params: { field: 'dueTime' } })
  })

  it('that looks like markup is printed as it stands', async () => {
    const hostile = '<b>Đậm</b> **x** {officerName} ${y} &amp; \\n (/Link) <svg onload="x"/>'
    const { pdf } = await paperwork.receipt(sampleReceipt({ applicant: { name: hostile, address: 'A' } }), plain)
    expect(textOf(pdf)).toContain(`Tiếp nhận hồ sơ của: ${hostile}`)
  })

  it('with line ends and control characters stays on one line', async () => {
    const { pdf } = await paperwork.receipt(sampleReceipt({ officerName: 'Trần\r\n\u0000Văn\tMẫu' }), plain)
    expect(textOf(pdf)).toContain('Trần Văn Mẫu')
  })

  it('with an emoji is printed with a box and reported by field and code point', async () => {
    const { pdf, warnings } = await paperwork.receipt(sampleReceipt({ applicant: { name: 'Nguyễn 👩‍🌾 An', address: 'A' } }), plain)
    expect({ printed: textOf(pdf).includes('Nguyễn □ An'), warnings }).toEqual({
      printed: true,
      warnings: [
        { code: 'IN-005', field: 'applicant.name', codePoint: 'U+1F469' },
        { code: 'IN-005', field: 'applicant.name', codePoint: 'U+1F33E' },
      ],
    })
  })
})
