import type { Instant } from '@contract/ids'
import type { PaperFrame, PaperPerson, PaperProvider, SigningPaperData } from '../../src-main/paperwork'

const instant = (text: string): Instant => text as Instant

export const FRAME: PaperFrame = {
  agencyParent: 'Ủy ban nhân dân phường Bình Minh', agencyName: 'Trung tâm Phục vụ hành chính công', unitName: 'Trung tâm Phục vụ hành chính công phường Bình Minh', place: 'Phường Bình Minh',
  officerName: 'Trần Văn Mẫu', at: instant('2026-11-23T02:05:00.000Z'), practice: false,
}
export const PROVIDER: PaperProvider = {
  name: 'CA Nam Bình (trình diễn)', licence: 'Trình diễn, không có giấy phép', kind: 'token', years: 1, price: 'Miễn phí năm đầu; từ năm thứ hai 220.000 đồng mỗi năm nếu gia hạn.', terms: 'Điều khoản thuê bao cá nhân, bản 2026-01',
  hotline: '1900 0000', revokeAt: 'đến quầy này với thẻ căn cước', demo: true,
}
export const REMOTE: PaperProvider = { ...PROVIDER, kind: 'remote' }
export const PERSON: PaperPerson = { fullName: 'NGUYỄN THỊ VÍ DỤ', idNumber: '079199000123', birthDate: '1999-01-01', sex: 'female', province: 'Thành phố Hồ Chí Minh', phone: '0903517284' }
const DEVICE = { kind: 'token', label: 'Thiết bị mô phỏng A', serial: 'MP-0001' } as const

/** One complete paper of each kind; nobody in them exists. */
export const SAMPLES: SigningPaperData = {
  agreement: {
    frame: FRAME, number: '0007', provider: PROVIDER, person: PERSON, key: 'RSA 2048', device: DEVICE, renewalOf: null, consent: { how: 'display', at: instant('2026-11-23T02:01:00.000Z') },
    contents: [{ name: 'Quốc gia (C)', value: 'VN' }, { name: 'Tỉnh, thành phố (ST)', value: 'Thành phố Hồ Chí Minh' }, { name: 'Họ và tên (CN)', value: 'NGUYỄN THỊ VÍ DỤ' }, { name: 'Số định danh (UID)', value: 'CCCD:079199000123' }],
  },
  handover: {
    frame: FRAME, number: '0007', provider: PROVIDER, person: PERSON, device: DEVICE, trial: { at: instant('2026-11-23T02:10:00.000Z') },
    certificate: { serial: '5401ab77c0ffee12', subject: 'NGUYỄN THỊ VÍ DỤ, CCCD:079199000123', issuer: 'CA Nam Bình (trình diễn)', notBefore: instant('2026-11-23T02:08:00.000Z'), notAfter: instant('2027-11-23T02:08:00.000Z'), key: 'RSA 2048' },
  },
  leaflet: { frame: FRAME, paper: 'A5', provider: PROVIDER, address: 'Số 1 đường Thử Nghiệm, Phường Bình Minh', hotline: '028 0000 0000', hours: 'Thứ Hai – Thứ Sáu, 7:30 – 11:30 và 13:00 – 17:00' },
  slip: {
    frame: FRAME, paper: 'A5', number: '0007', provider: PROVIDER, person: PERSON, next: 'come-back', from: instant('2026-11-25T01:00:00.000Z'), hotline: '028 0000 0000',
    done: ['Đồng ý với điều khoản và việc xử lý dữ liệu', 'Xác định danh tính bằng chip của thẻ', 'Xác nhận số điện thoại', 'Đặt mã PIN và tạo khóa trong thiết bị'],
  },
  'daily-list': {
    frame: FRAME, day: '2026-11-23', month: 41, year: 812, target: 1200, demo: true,
    rows: Array.from({ length: 9 }, (_, index) => ({
      at: instant(`2026-11-23T0${index}:1${index}:00.000Z`), fullName: ['NGUYỄN THỊ VÍ DỤ', 'LÊ VĂN THỬ', 'PHẠM MẪU'][index % 3] ?? '', idNumber: `07919900012${index}`, provider: PROVIDER.name,
      serial: index % 4 === 3 ? null : `5401ab77c0ffee1${index}`, officer: 'Trần Văn Mẫu', state: index % 4 === 3 ? 'queued' as const : 'done' as const,
    })),
  },
  declaration: {
    frame: FRAME, dossierCode: 'H29.999.01-261123-0042', procedure: { code: '1.004873', name: 'Cấp Giấy xác nhận tình trạng hôn nhân' }, applicant: { fullName: PERSON.fullName, idNumber: PERSON.idNumber }, demo: true,
    sections: [
      { title: 'Người yêu cầu', entries: [{ name: 'Họ và tên', value: 'NGUYỄN THỊ VÍ DỤ' }, { name: 'Ngày sinh', value: '01/01/1999' }, { name: 'Nơi cư trú', value: 'Số 12/3 đường Thử Nghiệm, Khu phố 4, Phường Bình Minh, Thành phố Hồ Chí Minh' }] },
      { title: 'Nội dung yêu cầu', entries: [{ name: 'Mục đích sử dụng', value: 'Đăng ký kết hôn' }, { name: 'Ghi chú', value: '' }] },
    ],
    documents: [{ name: 'Thẻ căn cước', kind: 'Bản điện tử', pages: 2 }, { name: 'Bản án, quyết định ly hôn đã có hiệu lực pháp luật', kind: 'Bản sao chứng thực', pages: 4 }],
  },
}
