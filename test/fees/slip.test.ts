import { describe, expect, it } from 'vitest'
import { crc16 } from '@contract/vietqr'
import { transferOf } from '../../src-main/fees'
import { createPaperwork, type FeeSlipData } from '../../src-main/paperwork'
import { codesByZbar, codesOf, extentOf, fontsOf, infoOf, qpdfCheck, RESOURCES, textOf } from '../paperwork/pdf-tools'

const paperwork = createPaperwork({ resourcesFolder: RESOURCES })
const MM = 72 / 25.4
const ACCOUNT = { bin: '970415', bank: 'VietinBank', number: '0011001932418', holder: 'UBND phường Ví Dụ' }
const OFFER = transferOf(ACCOUNT, 15_000, '2611230009', false)
const LONG = 'Liên thông đăng ký khai sinh, đăng ký thường trú, cấp thẻ bảo hiểm y tế cho trẻ em dưới 6 tuổi tại nơi ở hiện tại của cha, mẹ'

const OPEN: FeeSlipData = {
  paper: 'T80', ward: 'UBND phường Ví Dụ', unit: 'Trung tâm Phục vụ hành chính công', dossierCode: 'H29.900-261123-0009', procedure: 'Cấp Giấy xác nhận tình trạng hôn nhân', payer: 'Bùi Nhật Khang',
  lines: [{ name: 'Lệ phí hộ tịch', amount: 15_000 }], total: 15_000, amount: 15_000, at: '2026-11-23T02:46:00.000Z', payment: null,
  transfer: { ...OFFER.account, purpose: OFFER.purpose, qr: OFFER.payload }, practice: false,
}
const PAID: FeeSlipData = { ...OPEN, transfer: null, payment: { number: '0007.Q3', method: 'cash', ground: null, officerName: 'Đỗ Thị Mỹ Duyên', reprints: 0, voidedAt: null } }
const slip = (data: FeeSlipData, change: Partial<FeeSlipData> = {}): Promise<Uint8Array> => paperwork.feeSlip({ ...data, ...change })
const pages = (pdf: Uint8Array): number => Number(/Pages:\s+(\d+)/u.exec(infoOf(pdf))?.[1])

/** The fields of an EMVCo text: two digits id, two digits length. */
function fieldsOf(text: string): Record<string, string> {
  const fields: Record<string, string> = {}
  for (let at = 0; at < text.length;) {
    const length = Number(text.slice(at + 2, at + 4))
    fields[text.slice(at, at + 2)] = text.slice(at + 4, at + 4 + length)
    at += 4 + length
  }
  return fields
}

describe('A slip about an open fee', () => {
  it('says how much, what for and how to pay', async () => {
    const text = textOf(await slip(OPEN))
    for (const words of [
      'UBND phường Ví Dụ', 'PHIẾU BÁO PHÍ, LỆ PHÍ', 'H29.900-261123-0009', 'Cấp Giấy xác nhận tình trạng hôn nhân', 'Bùi Nhật Khang', 'Lệ phí hộ tịch', 'Chưa nộp', '15.000 đồng',
      '(Mười lăm nghìn đồng)', 'VietinBank', '0011001932418', 'Le phi ho so 2611230009', 'Phiếu này không thay biên lai thu phí, lệ phí.',
    ]) expect(text).toContain(words)
    expect(text).not.toContain('THỰC HÀNH')
  })

  it.each([['T80', 203], ['A5', 150]] as const)('on %s has a VietQR that two readers read, with its amount and a sound CRC', async (paper, dpi) => {
    const pdf = await slip(OPEN, { paper })
    const [byZbar = ''] = codesByZbar(pdf, dpi)
    const byZxing = (await codesOf(pdf, dpi)).flat().map(({ text }) => text)
    expect([byZbar, byZxing]).toEqual([OFFER.payload, [OFFER.payload]])
    expect(crc16(byZbar.slice(0, -4))).toBe(byZbar.slice(-4))
    const fields = fieldsOf(byZbar)
    expect([fields['54'], fields['53'], fields['58'], fieldsOf(fields['62'] ?? '')['08']]).toEqual(['15000', '704', 'VN', OFFER.purpose])
    expect(fieldsOf(fieldsOf(fields['38'] ?? '')['01'] ?? '')).toEqual({ '00': '970415', '01': '0011001932418' })
  })

  it('where no account is set asks for cash', async () => {
    const pdf = await slip(OPEN, { transfer: null })
    expect([textOf(pdf).includes('Nộp tiền mặt tại quầy.'), codesByZbarOrNone(pdf)]).toEqual([true, 0])
  })
})

/** zbarimg leaves with an error where there is no code. */
function codesByZbarOrNone(pdf: Uint8Array): number {
  try {
    return codesByZbar(pdf, 203).length
  } catch {
    return 0
  }
}

describe('A slip of a payment', () => {
  it('has its number, the amount in figures and words, when and by whom, and is no receipt', async () => {
    const text = textOf(await slip(PAID))
    for (const words of ['PHIẾU THU PHÍ, LỆ PHÍ', 'Số 0007.Q3', 'Đã thu tiền mặt', '15.000 đồng', '(Mười lăm nghìn đồng)', '09:46, ngày 23/11/2026', 'Đỗ Thị Mỹ Duyên', 'Phiếu này không thay biên lai thu phí, lệ phí.']) expect(text).toContain(words)
    for (const words of ['Bản in lại', 'ĐÃ HỦY', 'Cộng']) expect(text).not.toContain(words)
  })

  it.each([
    ['of a transfer', { method: 'transfer' as const }, 'Đã nhận chuyển khoản'],
    ['of an exemption', { method: 'exempt' as const, ground: 'Người thuộc hộ nghèo – Luật Phí và lệ phí' }, 'PHIẾU MIỄN PHÍ, LỆ PHÍ'],
    ['printed again', { reprints: 2 }, 'Bản in lại lần 2'],
    ['that was taken back', { voidedAt: '2026-11-23T03:00:00.000Z' }, 'ĐÃ HỦY lúc 10:00, ngày 23/11/2026'],
  ])('%s says so', async (_what, change, words) => {
    expect(textOf(await slip(PAID, { payment: { number: '0007.Q3', method: 'cash', ground: null, officerName: 'Đỗ Thị Mỹ Duyên', reprints: 0, voidedAt: null, ...change } }))).toContain(words)
  })

  it('of a part shows the whole fee, too', async () => {
    expect(textOf(await slip(PAID, { amount: 5_000 }))).toMatch(/Cộng 15\.000 đồng.*5\.000 đồng/u)
  })
})

describe('Every slip', () => {
  const lines = Array.from({ length: 6 }, (_none, index) => ({ name: `Phí chứng thực bản sao từ bản chính ${String(index + 1)}`, amount: 2_000, note: '1 × 2.000 đ' }))
  const heavy = { procedure: LONG, payer: 'Nguyễn Thị Tường Vy '.repeat(10).trim(), ward: 'Ủy ban nhân dân đặc khu có tên rất dài của thành phố Hồ Chí Minh', lines, total: 12_000, practice: true }

  it.each(['T80', 'A5'] as const)('on %s stays on one page with long names and many lines', async (paper) => {
    const pdf = await slip(OPEN, { paper, ...heavy })
    expect([pages(pdf), textOf(pdf).includes('BẢN THỰC HÀNH'), codesByZbar(pdf, 203)]).toEqual([1, true, [OFFER.payload]])
  })

  it('keeps to the 72 mm that a heat printer prints', async () => {
    expect(extentOf(await slip(OPEN, heavy)).right).toBeLessThanOrEqual(76 * MM + 0.01)
  })

  it('prints hostile text as text', async () => {
    expect(textOf(await slip(PAID, { procedure: '<svg onload=alert(1)> ${label}' }))).toContain('<svg onload=alert(1)> ${label}')
  })

  it('is sound, has its fonts inside, and is the same bytes for the same payment', async () => {
    const pdf = await slip(OPEN, { paper: 'A5' })
    expect(qpdfCheck(pdf)).toContain('No syntax or stream encoding errors')
    expect(fontsOf(pdf).every(([, embedded]) => embedded === 'yes')).toBe(true)
    expect(Buffer.compare(Buffer.from(pdf), Buffer.from(await slip(OPEN, { paper: 'A5' })))).toBe(0)
  })
})
