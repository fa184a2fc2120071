import { type ActFormCode, type FormDossier, type FormFrame, OfficeForm } from '@contract/office-forms'
import { ReceiptData } from '@contract/receipt'
import type { Filling } from './form-press'

// An invented person at an invented ward: what a wording is looked at with.

const FRAME = {
  agencyParent: 'Thành phố Hồ Chí Minh', agencyName: 'Ủy ban nhân dân phường Bình Minh', unitName: 'Trung tâm Phục vụ hành chính công phường Bình Minh', place: 'Phường Bình Minh', number: '03.Q3',
  at: '2026-11-24T02:15:00.000Z', officerName: 'Trần Văn Mẫu', signer: { role: 'officer', titles: ['CÁN BỘ TIẾP NHẬN'], name: 'Trần Văn Mẫu' }, hotline: '028 0000 0000', practice: false,
}
const DOSSIER = {
  code: 'H29.999.01-261123-0042', codeIsProvisional: false, applicantName: 'NGUYỄN THỊ VÍ DỤ', onBehalfOf: null, idNumber: '079199000123', address: 'Số 12/3 đường Thử Nghiệm, khu phố 4, phường Bình Minh, Thành phố Hồ Chí Minh',
  phone: '0900000123', email: 'vidu@example.vn', procedureCode: '1.004873', procedureName: 'Cấp Giấy xác nhận tình trạng hôn nhân', receivedAt: '2026-11-23T07:20:00.000Z', dueAt: '2026-11-27T07:20:00.000Z', resultName: 'Giấy xác nhận tình trạng hôn nhân',
}
const LEADER = { role: 'deputy', titles: ['KT. CHỦ TỊCH', 'PHÓ CHỦ TỊCH'], name: 'Phạm Thị Thí Dụ' }

/** What each form says beside frame and dossier, as an act would. */
const OWN: Record<ActFormCode, Record<string, unknown>> = {
  'mau-02': {
    items: [
      { component: 'ban-an', name: 'Bản án, quyết định ly hôn đã có hiệu lực pháp luật', what: 'bản nộp thiếu trang 3', originals: 0, certified: 1, copies: 0 },
      { component: null, name: 'Giấy tờ chứng minh nơi cư trú', what: '', originals: 1, certified: 0, copies: 2 },
    ],
    reason: 'Thiếu giấy tờ theo quy định tại khoản 2 Điều 22 Nghị định 123/2015/NĐ-CP', ordinal: 1, contact: { name: 'Trần Văn Mẫu', phone: '02800000000' },
  },
  'mau-03': { grounds: [{ code: 'tham-quyen', text: 'Thủ tục không thuộc thẩm quyền giải quyết của cơ quan tiếp nhận', basis: 'Nghị định 118/2025/NĐ-CP' }], detail: 'Thủ tục này nộp tại Công an phường.' },
  'mau-04': { previousDueAt: '2026-11-27T07:20:00.000Z', newDueAt: '2026-12-03T03:00:00.000Z', reason: 'Chờ cơ quan nơi cư trú trước đây trả lời xác minh' },
  'mau-05': { ground: { code: 'de-nghi', text: 'Người nộp hồ sơ đề nghị dừng giải quyết', basis: 'Đơn đề nghị ngày 24/11/2026' }, requestedBy: 'citizen', stage: 'Đang thẩm định', money: 'Đã thu 16.000 đồng, không hoàn lại', detail: '' },
  'mau-06': {
    agency: 'Phòng Văn hóa - Xã hội',
    handovers: [
      { from: 'Bộ phận tiếp nhận', to: 'Phòng Văn hóa - Xã hội', at: '2026-11-23T08:00:00.000Z', giver: 'Trần Văn Mẫu', receiver: 'Lê Thị Mẫu', standing: null, note: '' },
      { from: 'Phòng Văn hóa - Xã hội', to: 'Lãnh đạo UBND', at: '2026-11-24T09:30:00.000Z', giver: 'Lê Thị Mẫu', receiver: 'Phạm Thị Thí Dụ', standing: 'early', note: 'Trình ký' },
      { from: 'Lãnh đạo UBND', to: 'Bộ phận trả kết quả', at: '2026-11-26T03:10:00.000Z', giver: 'Phạm Thị Thí Dụ', receiver: 'Trần Văn Mẫu', standing: 'on-time', note: '' },
    ],
  },
}

/** Changes of the invented dossier; other members replace those of the form itself. */
export type SampleChange = Readonly<{ frame?: Partial<FormFrame>; dossier?: Partial<FormDossier> } & Record<string, unknown>>

/** An invented form of that kind. */
export function sampleForm(form: ActFormCode, { frame, dossier, ...own }: SampleChange = {}): OfficeForm {
  const signer = form === 'mau-04' || form === 'mau-05' ? { signer: LEADER } : {}
  return OfficeForm.parse({ form, frame: { ...FRAME, ...signer, ...frame }, dossier: { ...DOSSIER, ...dossier }, ...OWN[form], ...own })
}

/** The invented dossier's receipt. */
export function sampleReceiptData(): ReceiptData {
  return ReceiptData.parse({
    agencyParent: FRAME.agencyParent, agencyName: FRAME.agencyName, unitName: FRAME.unitName, place: FRAME.place, receiptNumber: '0042', dossierCode: DOSSIER.code, codeIsProvisional: false,
    applicant: { name: DOSSIER.applicantName, idNumber: DOSSIER.idNumber, address: DOSSIER.address, phone: '0900 000 123', email: DOSSIER.email },
    procedure: { code: DOSSIER.procedureCode, name: DOSSIER.procedureName },
    components: [
      { name: 'Tờ khai cấp Giấy xác nhận tình trạng hôn nhân theo mẫu', kind: 'original', quantity: 1 },
      { name: 'Bản án, quyết định ly hôn đã có hiệu lực pháp luật', kind: 'certifiedCopy', quantity: 1 },
    ],
    sets: 1, processingTime: '3 ngày làm việc', receivedAt: DOSSIER.receivedAt, dueAt: DOSSIER.dueAt, delivery: FRAME.unitName, fee: { lines: [{ name: 'Lệ phí', amount: 16_000 }], total: 16_000, paid: true },
    register: { book: '01/2026', number: '1042' }, officerName: FRAME.officerName, notes: [], lookupSecret: 'A7K2', lookupAddress: 'https://dichvucong.example.vn', hotline: FRAME.hotline, catalogueVersion: '2026.11',
  })
}

/** Two rows of an invented register. */
export function sampleRegister(): Filling {
  const row = {
    index: '1', code: DOSSIER.code, procedure: DOSSIER.procedureName, sets: '01', applicant: DOSSIER.applicantName, contact: `${DOSSIER.address}; 0900 000 123`, office: 'Phòng Văn hóa - Xã hội',
    received: '23/11/2026 14:20', due: '27/11/2026 14:20', returned: '26/11/2026 10:30', delivery: 'Tại quầy', signed: ' ', note: '–',
  }
  return {
    texts: { place: FRAME.place, day: 'ngày 24 tháng 11 năm 2026', from: '23/11/2026', to: '24/11/2026', state: 'tất cả' }, lists: { rows: [row, { ...row, index: '2', code: 'H29.999.01-261123-0043', returned: '–' }] },
    flags: new Set(), demo: false,
  }
}

/** Whose the invented papers are. */
export const SAMPLE_FRAME = { agencyParent: FRAME.agencyParent, agencyName: FRAME.agencyName, unitName: FRAME.unitName, at: FRAME.at, practice: false } as const
