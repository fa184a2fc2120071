import { createHash } from 'node:crypto'
import { REPORT_KINDS, type ReportCell, type ReportColumn, type ReportKind, type ReportRow, ReportSheet } from '@contract/reports'
import type { ReportFrame } from '../../src-main/paperwork'

export const FRAME: ReportFrame = {
  agencyParent: 'Ủy ban nhân dân Phường Tân Mỹ Hưng', agencyName: 'Trung tâm Phục vụ hành chính công', unitName: 'Trung tâm Phục vụ hành chính công Phường Tân Mỹ Hưng', place: 'Tân Mỹ Hưng', recipient: '',
  preparedBy: 'Trần Văn Mẫu', leader: { titles: ['Lãnh đạo bộ phận'], name: 'Phạm Quốc Huy' }, practice: false,
}

const column = (title: string, kind: ReportColumn['kind'], weight: number, group: string | null = null, index: string | null = null): ReportColumn => ({ key: title, title, group, kind, weight, index })
const row = (...cells: ReportCell[]): ReportRow => ({ level: 'row', cells })
const total = (...cells: ReportCell[]): ReportRow => ({ level: 'total', cells })
const DIGEST = createHash('sha256').update('sample').digest('hex')

const FIELDS = ['Hộ tịch', 'Chứng thực', 'Hộ kinh doanh', 'Bảo trợ xã hội', 'Cư trú']
const NAMES = ['Nguyễn Thị Hồng Nhung', 'Trần Quốc Bảo', 'Lê Hoàng Phúc', 'Phạm Thị Thanh Tuyền', 'Huỳnh Ngọc Ánh', 'Công ty TNHH Thương mại Dịch vụ Một Thành Viên An Phú']
const PROCEDURES = ['Cấp Giấy xác nhận tình trạng hôn nhân', 'Chứng thực bản sao từ bản chính giấy tờ, văn bản do cơ quan có thẩm quyền của Việt Nam cấp', 'Đăng ký khai sinh', 'Đăng ký hộ kinh doanh', 'Hỗ trợ chi phí mai táng cho đối tượng bảo trợ xã hội']
const pick = (list: readonly string[], at: number): string => list[at % list.length] ?? ''
const code = (at: number): string => `H29.999.01-261123-${String(at).padStart(4, '0')}`
const moment = (at: number): string => `2026-11-${String(1 + (at % 23)).padStart(2, '0')}T0${String(1 + (at % 8))}:${String(10 + (at % 50))}:00.000Z`

type Body = Pick<ReportSheet, 'title' | 'unit' | 'columns' | 'rows'> & Partial<Pick<ReportSheet, 'facts' | 'notes' | 'subtitle'>>

const daily = (title: string): Body => ({
  title, unit: 'Số hồ sơ TTHC',
  columns: [
    column('Lĩnh vực', 'text', 3), column('Trong kỳ', 'count', 1, 'Tiếp nhận'), column('Kỳ trước', 'count', 1, 'Tiếp nhận'), column('Trước hạn', 'count', 1, 'Đã giải quyết'), column('Đúng hạn', 'count', 1, 'Đã giải quyết'),
    column('Quá hạn', 'count', 1, 'Đã giải quyết'), column('Trong hạn', 'count', 1, 'Đang giải quyết'), column('Quá hạn', 'count', 1, 'Đang giải quyết'),
  ],
  rows: [...FIELDS.map((name, at) => row(name, 26 - at * 4, 3 + at, 18 - at * 2, 3, 0, 8 - at, at === 3 ? 1 : 0)), total('Cộng', 66, 16, 47, 9, 0, 25, 1)],
  facts: [{ caption: 'Gửi thành phố', value: '66 bản; đã nhận 64; chờ 1; cần xử lý 1' }, { caption: 'Phí, lệ phí thu', value: '1.284.000 đồng (tiền mặt 746.000; chuyển khoản 538.000)' }, { caption: 'Giấy in', value: 'Mẫu 01: 66; Mẫu 02: 3; Mẫu 03: 0; Mẫu 04: 1' }],
})

const ii06a: Body = {
  title: 'Tình hình, kết quả giải quyết thủ tục hành chính tại Trung tâm Phục vụ hành chính công Phường Tân Mỹ Hưng', unit: 'Số hồ sơ TTHC', subtitle: 'Kỳ báo cáo: Quý IV năm 2026 (từ ngày 15/09/2026 đến ngày 14/12/2026)',
  columns: [
    column('TT', 'count', 0.6, null, '(1)'), column('Lĩnh vực giải quyết', 'text', 3.4, null, '(2)'), column('Tổng số', 'count', 1, 'Số hồ sơ tiếp nhận', '(3)'), column('Trong kỳ: trực tuyến', 'count', 1.2, 'Số hồ sơ tiếp nhận', '(4)'),
    column('Trong kỳ: trực tiếp, dịch vụ bưu chính', 'count', 1.5, 'Số hồ sơ tiếp nhận', '(5)'), column('Từ kỳ trước', 'count', 1, 'Số hồ sơ tiếp nhận', '(6)'), column('Tổng số', 'count', 1, 'Số hồ sơ đã giải quyết', '(7)'),
    column('Trước hạn', 'count', 1, 'Số hồ sơ đã giải quyết', '(8)'), column('Đúng hạn', 'count', 1, 'Số hồ sơ đã giải quyết', '(9)'), column('Quá hạn', 'count', 1, 'Số hồ sơ đã giải quyết', '(10)'),
    column('Tổng số', 'count', 1, 'Số hồ sơ đang giải quyết', '(11)'), column('Trong hạn', 'count', 1, 'Số hồ sơ đang giải quyết', '(12)'), column('Quá hạn', 'count', 1, 'Số hồ sơ đang giải quyết', '(13)'),
  ],
  rows: [...FIELDS.map((name, at) => row(at + 1, name, 1200, 500, 600, 100, 1000, 600, 390, 10, 200, 199, 1)), total(null, 'Tổng cộng', 6000, 2500, 3000, 500, 5000, 3000, 1950, 50, 1000, 995, 5)],
  notes: ['(4) gồm hồ sơ nộp qua Cổng dịch vụ công; (9) gồm hồ sơ chờ bổ sung, trả lại hoặc xin rút.'],
}

export const register = (count: number): Body => ({
  title: 'Sổ theo dõi hồ sơ', unit: null,
  columns: [
    column('STT', 'count', 0.6), column('Mã hồ sơ', 'text', 2), column('Tên thủ tục (trích yếu)', 'text', 3.2), column('Số bộ', 'count', 0.6), column('Tên cá nhân, tổ chức', 'text', 2.4), column('Địa chỉ, số điện thoại', 'text', 2.8),
    column('Cơ quan chủ trì giải quyết', 'text', 2), column('Nhận hồ sơ', 'moment', 1.2, 'Nhận và trả kết quả'), column('Hẹn trả kết quả', 'moment', 1.2, 'Nhận và trả kết quả'), column('Trả kết quả', 'moment', 1.2, 'Nhận và trả kết quả'),
    column('Phương thức nhận kết quả', 'text', 1.4, 'Nhận và trả kết quả'), column('Ký nhận', 'text', 1, 'Nhận và trả kết quả'), column('Ghi chú', 'text', 1.2),
  ],
  rows: Array.from({ length: count }, (_, at) => row(
    at + 1, code(at), pick(PROCEDURES, at), 1, pick(NAMES, at), `Số ${String(at % 300)}/12 đường Thử Nghiệm, Khu phố ${String(1 + (at % 40))}, 09012345${String(at % 100).padStart(2, '0')}`,
    'Ủy ban nhân dân phường', moment(at), moment(at + 3), at % 4 === 0 ? null : moment(at + 2), at % 3 === 0 ? 'Bưu chính' : 'Trực tiếp', null, null)),
})

const list = (title: string, last: ReportColumn, value: (at: number) => ReportCell): Body => ({
  title, unit: null,
  columns: [column('STT', 'count', 0.5), column('Mã hồ sơ', 'text', 2), column('Tên thủ tục', 'text', 3), column('Người nộp', 'text', 2.4), column('Tiếp nhận', 'moment', 1.3), column('Hẹn trả', 'moment', 1.3), last],
  rows: Array.from({ length: 14 }, (_, at) => row(at + 1, code(at), pick(PROCEDURES, at), pick(NAMES, at), moment(at), moment(at + 1), value(at))),
})

const BODIES: Readonly<Record<ReportKind, () => Body>> = {
  daily: () => daily('Báo cáo ngày'), monthly: () => daily('Báo cáo tháng'), ii06a: () => ii06a,
  overdue: () => list('Danh sách hồ sơ quá hạn', column('Quá hạn', 'minutes', 1.2), (at) => 90 + at * 60), 'due-soon': () => list('Danh sách hồ sơ sắp đến hạn', column('Còn lại', 'minutes', 1.2), (at) => 40 + at * 30),
  refused: () => list('Danh sách hồ sơ từ chối tiếp nhận', column('Lý do', 'text', 3), () => 'Không thuộc thẩm quyền giải quyết của Ủy ban nhân dân cấp xã theo quy định'),
  'place-independent': () => list('Danh sách hồ sơ phi địa giới', column('Nơi cư trú', 'text', 2), () => 'Phường Sài Gòn, Thành phố Hồ Chí Minh'),
  fees: () => ({
    title: 'Bảng kê phí, lệ phí', unit: 'đồng',
    columns: [column('STT', 'count', 0.5), column('Số biên lai', 'text', 1.2), column('Mã hồ sơ', 'text', 2), column('Người nộp', 'text', 2.4), column('Thời điểm', 'moment', 1.3), column('Tiền mặt', 'money', 1.2), column('Chuyển khoản', 'money', 1.2)],
    rows: [
      { level: 'group', cells: ['Chứng thực', null, null, null, null, null, null] }, ...Array.from({ length: 8 }, (_, at) => row(at + 1, `0${String(at)}.Q1`, code(at), pick(NAMES, at), moment(at), at % 2 === 0 ? 16_000 : null, at % 2 === 0 ? null : 1_250_000)),
      total(null, 'Cộng', null, null, null, 64_000, 5_000_000),
    ],
    facts: [{ caption: 'Tổng số tiền', value: '5.064.000 đồng (Năm triệu không trăm sáu mươi tư nghìn đồng)' }],
  }),
  register: () => register(40),
  quality: () => ({
    title: 'Chỉ số phục vụ', unit: null, columns: [column('Chỉ số', 'text', 4), column('Đạt', 'count', 1), column('Tổng', 'count', 1), column('Tỷ lệ', 'share', 1), column('Điểm', 'count', 1)],
    rows: [row('Hồ sơ giải quyết đúng hạn', 512, 520, 0.9846, 20), row('Hồ sơ đồng bộ về thành phố', 520, 520, 1, 18), row('Thành phần hồ sơ được số hóa', 300, 520, 0.5769, 12)],
  }),
  staff: () => ({
    title: 'Kết quả theo cán bộ', unit: 'Số hồ sơ TTHC', columns: [column('Cán bộ', 'text', 3), column('Tiếp nhận', 'count', 1), column('Đã giải quyết', 'count', 1), column('Đúng hạn', 'share', 1), column('Thời gian trung bình', 'minutes', 1.2)],
    rows: NAMES.map((name, at) => row(name, 40 + at, 38 + at, 0.95, 12 + at)),
  }),
  procedures: () => ({
    title: 'Kết quả theo thủ tục', unit: 'Số hồ sơ TTHC', columns: [column('Mã', 'text', 1.2), column('Thủ tục', 'text', 5), column('Tiếp nhận', 'count', 1), column('Đã giải quyết', 'count', 1), column('Quá hạn', 'count', 1)],
    rows: PROCEDURES.map((name, at) => row(`1.00487${String(at)}`, name, 40 + at, 38 + at, 0)),
  }),
}

/** A report of each kind as the core would hand it over. */
export function sampleSheet(kind: ReportKind, change: Partial<ReportSheet> = {}): ReportSheet {
  const body = BODIES[kind]()
  const rows = change.rows ?? body.rows
  return {
    kind, from: '2026-11-23', to: '2026-11-23', at: ReportSheet.shape.at.parse('2026-11-23T09:48:00.000Z'), subtitle: 'Ngày 23/11/2026', facts: [], checks: [], notes: [], digest: ReportSheet.shape.digest.parse(DIGEST),
    ...body, rowCount: rows.length, ...change,
  }
}

export const SAMPLE_KINDS = REPORT_KINDS
