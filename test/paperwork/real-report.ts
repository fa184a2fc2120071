import { createHash } from 'node:crypto'
import { type ReportCell, type ReportColumn, type ReportKind, ReportSheet } from '@contract/reports'
import { reportDesk } from '../reports/support'

const NAMES = ['Nguyễn Thị Hồng Nhung', 'Trần Quốc Bảo', 'Lê Hoàng Phúc', 'Công ty TNHH Thương mại Dịch vụ Một Thành Viên An Phú']
const PROCEDURES = ['Cấp Giấy xác nhận tình trạng hôn nhân', 'Chứng thực bản sao từ bản chính giấy tờ, văn bản do cơ quan có thẩm quyền của Việt Nam cấp', 'Đăng ký khai sinh']
const pick = <T>(list: readonly T[], at: number): T | null => list[at % list.length] ?? null

/** What stands in a column of words, by its key; a name for those that are not named. */
const WORDS: Readonly<Record<string, (at: number) => ReportCell>> = {
  code: (at) => `H29.999.01-261123-${String(at + 1).padStart(4, '0')}`, index: (at) => String(1042 + at), number: (at) => `${String(at + 1).padStart(2, '0')}.Q3`,
  procedure: (at) => pick(PROCEDURES, at), name: (at) => pick(PROCEDURES, at), field: (at) => pick(['Hộ tịch', 'Chứng thực', 'Thành lập và hoạt động của hộ kinh doanh', 'Bảo trợ xã hội'], at),
  officer: (at) => pick(['Trần Quốc Bảo', 'Âu Thị Ánh'], at), contact: (at) => `Số ${String(at + 1)}/12 đường Thử Nghiệm, Khu phố 4; 0901 234 5${String(at % 100).padStart(2, '0')}`,
  office: () => 'Ủy ban nhân dân phường Tân Mỹ Hưng', delivery: (at) => pick(['Tại quầy', 'Bưu chính'], at), method: (at) => pick(['Tiền mặt', 'Chuyển khoản', 'Miễn'], at),
  state: (at) => pick(['Đang xử lý', 'Đã trả kết quả', 'Yêu cầu bổ sung giấy tờ'], at), note: (at) => pick(['Đang xử lý', 'Đã trả kết quả'], at),
}

function cellOf({ key, kind }: ReportColumn, at: number): ReportCell {
  if (kind === 'count') return key === 'sets' ? 1 : pick([12, 0, 3, 1245, 87], at * 3 + key.length)
  if (kind === 'money') return at % 3 === 2 ? null : 16_000 + at * 1_234_000
  if (kind === 'moment') return `2026-11-${String(1 + ((at + key.length) % 23)).padStart(2, '0')}T0${String(1 + (at % 8))}:10:00.000Z`
  if (kind === 'minutes') return 90 + at * 1060
  return kind === 'text' ? (WORDS[key]?.(at) ?? pick(NAMES, at)) : null
}

/** A report as its builder makes it for an office without dossiers, with so many invented rows before its sums. */
export function realSheet(kind: ReportKind, count: number, change: Partial<ReportSheet> = {}): ReportSheet {
  const made = reportDesk().reports.sheet({ kind, from: '2026-11-01', to: '2026-11-23' })
  const rows = [...Array.from({ length: count }, (_, at) => ({ level: 'row' as const, cells: made.columns.map((column) => cellOf(column, at)) })), ...made.rows.filter(({ level }) => level !== 'row')]
  return { ...made, rows, rowCount: rows.length, digest: ReportSheet.shape.digest.parse(createHash('sha256').update(kind).digest('hex')), ...change }
}
