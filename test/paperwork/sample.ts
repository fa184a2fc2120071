import type { ReceiptComponent, ReceiptData, ReceiptOptions } from '@contract/receipt'
import { ReceiptData as Schema, ReceiptOptions as OptionsSchema } from '@contract/receipt'

/** An invented dossier, short enough for one A5 page. */
export function sampleReceipt(change: Record<string, unknown> = {}): ReceiptData {
  return Schema.parse({
    agencyParent: 'Ủy ban nhân dân Phường Bình Minh',
    agencyName: 'Trung tâm Phục vụ hành chính công',
    unitName: 'Trung tâm Phục vụ hành chính công Phường Bình Minh',
    place: 'Phường Bình Minh',
    receiptNumber: '0042',
    dossierCode: 'H29.999.01-261123-0042',
    codeIsProvisional: false,
    applicant: {
      name: 'NGUYỄN THỊ VÍ DỤ',
      idNumber: '079199000123',
      address: 'Số 12/3 đường Thử Nghiệm, Khu phố 4, Phường Bình Minh, Thành phố Hồ Chí Minh',
      phone: '0900 000 123',
      email: 'vidu@example.vn',
    },
    procedure: { code: '1.004873', name: 'Cấp Giấy xác nhận tình trạng hôn nhân' },
    components: [
      { name: 'Tờ khai cấp Giấy xác nhận tình trạng hôn nhân theo mẫu', kind: 'original', quantity: 1 },
      { name: 'Bản án, quyết định ly hôn đã có hiệu lực pháp luật', kind: 'certifiedCopy', quantity: 1 },
      { name: 'Văn bản ủy quyền', kind: 'original', quantity: 1 },
    ],
    sets: 1,
    processingTime: '3 ngày làm việc',
    receivedAt: '2026-11-23T07:20:00.000Z',
    dueAt: '2026-11-27T07:20:00.000Z',
    delivery: 'Trung tâm Phục vụ hành chính công Phường Bình Minh',
    fee: { lines: [{ name: 'Lệ phí', amount: 16_000 }], total: 16_000, paid: true },
    register: { book: '01/2026', number: '1042' },
    officerName: 'Trần Văn Mẫu',
    notes: [],
    lookupSecret: 'A7K2',
    lookupAddress: 'https://dichvucong.example.vn',
    hotline: '1022',
    catalogueVersion: '2026.11',
    ...change,
  })
}

export function sampleOptions(change: Partial<ReceiptOptions> = {}): ReceiptOptions {
  return OptionsSchema.parse({ paper: 'A5', copies: ['archive', 'citizen'], practice: false, ...change })
}

export function manyComponents(count: number): ReceiptComponent[] {
  return Array.from({ length: count }, (_, index) => ({
    name: `Giấy tờ thứ ${index + 1}: hợp đồng, văn bản chuyển quyền sử dụng đất, quyền sở hữu tài sản gắn liền với đất đã được công chứng`,
    kind: index % 2 === 0 ? ('original' as const) : ('certifiedCopy' as const),
    quantity: (index % 3) + 1,
  }))
}
