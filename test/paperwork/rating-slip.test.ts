import { describe, expect, it } from 'vitest'
import { createPaperwork, type RatingSlipData } from '../../src-main/paperwork'
import { shortened } from '../../src-main/paperwork/rating-slip'
import { codesByZbar, extentOf, fontsOf, infoOf, qpdfCheck, RESOURCES, textOf } from './pdf-tools'

const paperwork = createPaperwork({ resourcesFolder: RESOURCES })
const MARK = 'MOTCUA:DG:1:0123456789ABCDEFGHJK'
const MM = 72 / 25.4
const LONG = 'Liên thông đăng ký khai sinh, đăng ký thường trú, cấp thẻ bảo hiểm y tế cho trẻ em dưới 6 tuổi tại nơi ở hiện tại của cha, mẹ'

const slip = (change: Partial<RatingSlipData> = {}): Promise<Uint8Array> => paperwork.ratingSlip({
  paper: 'T80', ward: 'UBND phường Ví Dụ', unit: 'Trung tâm Phục vụ hành chính công', subject: 'Chứng thực bản sao từ bản chính', lastDigits: '0042', qr: MARK, practice: false, ...change,
})

function pageOf(pdf: Uint8Array): { width: number; height: number; pages: number } {
  const [, width, height] = /Page size:\s+([\d.]+) x ([\d.]+)/u.exec(infoOf(pdf)) ?? []
  return { width: Number(width) / MM, height: Number(height) / MM, pages: Number(/Pages:\s+(\d+)/u.exec(infoOf(pdf))?.[1]) }
}

describe('a rating slip', () => {
  it('asks, says what for, and has five boxes', async () => {
    const text = textOf(await slip()).replace(/\s+/gu, ' ')
    for (const words of [
      'UBND phường Ví Dụ', 'MỜI ĐÁNH GIÁ', 'Đưa mã này vào máy lấy số, hoặc đưa phiếu cho cán bộ.', 'Chứng thực bản sao từ bản chính', 'Hồ sơ có số cuối 0042',
      'Rất hài lòng', 'Bình thường', 'Rất không hài lòng',
    ]) expect(text).toContain(words)
    expect(text).not.toContain('THỰC HÀNH')
  })

  it.each([['T80', 203], ['A5', 150], ['A4', 150]] as const)('on %s is one page that a reader reads', async (paper, dpi) => {
    const pdf = await slip({ paper, subject: LONG, practice: true })
    expect([pageOf(pdf).pages, codesByZbar(pdf, dpi)]).toEqual([1, [MARK]])
  })

  it('keeps to the 72 mm that a heat printer prints', async () => {
    const pdf = await slip({ subject: LONG })
    expect(pageOf(pdf).width).toBeCloseTo(80, 1)
    expect(pageOf(pdf).height).toBeLessThan(190)
    expect(extentOf(pdf).right).toBeLessThanOrEqual(76 * MM)
  })

  it('cuts the name of a procedure between words', () => {
    expect([shortened('Chứng thực chữ ký'), shortened(LONG), shortened('x'.repeat(200)).length]).toEqual([
      'Chứng thực chữ ký', 'Liên thông đăng ký khai sinh, đăng ký thường trú, cấp thẻ bảo hiểm y tế cho trẻ em dưới 6…', 91,
    ])
  })

  it('of practice says that it does not count', async () => {
    expect(textOf(await slip({ practice: true }))).toContain('BẢN THỰC HÀNH')
  })

  it('prints hostile text as text', async () => {
    expect(textOf(await slip({ subject: '<svg onload=alert(1)> \u0000 ${label}' }))).toContain('<svg onload=alert(1)> ${label}')
  })

  it('is sound, has its fonts inside, and is the same bytes each time', async () => {
    const pdf = await slip({ paper: 'A5' })
    expect(qpdfCheck(pdf)).toContain('No syntax or stream encoding errors')
    expect(fontsOf(pdf).every(([, embedded]) => embedded === 'yes')).toBe(true)
    expect(Buffer.compare(Buffer.from(pdf), Buffer.from(await slip({ paper: 'A5' })))).toBe(0)
  })
})
