import type { ReportKind } from '@contract/reports'
import { formatDate, formatMoneyLong } from '@contract/format'

/** What stands on the paper of reports. These are Vietnamese papers: their words do not follow the language of the screen. */
export const TITLES: Readonly<Record<ReportKind, string>> = {
  daily: 'BÁO CÁO NGÀY',
  monthly: 'BÁO CÁO TÌNH HÌNH TIẾP NHẬN VÀ GIẢI QUYẾT HỒ SƠ',
  ii06a: 'TÌNH HÌNH, KẾT QUẢ GIẢI QUYẾT THỦ TỤC HÀNH CHÍNH',
  overdue: 'DANH SÁCH HỒ SƠ QUÁ HẠN',
  'due-soon': 'DANH SÁCH HỒ SƠ SẮP ĐẾN HẠN',
  refused: 'DANH SÁCH HỒ SƠ TỪ CHỐI TIẾP NHẬN',
  'place-independent': 'DANH SÁCH HỒ SƠ PHI ĐỊA GIỚI HÀNH CHÍNH',
  fees: 'BẢNG KÊ THU PHÍ, LỆ PHÍ',
  register: 'SỔ THEO DÕI HỒ SƠ',
  quality: 'CHỈ SỐ PHỤC VỤ NGƯỜI DÂN, DOANH NGHIỆP',
  staff: 'KẾT QUẢ THEO CÁN BỘ TIẾP NHẬN',
  procedures: 'KẾT QUẢ THEO THỦ TỤC HÀNH CHÍNH',
}

export const UNIT = 'Số hồ sơ TTHC'
export const TOTAL = 'Cộng'
export const METHODS = { cash: 'Tiền mặt', transfer: 'Chuyển khoản', exempt: 'Miễn' } as const
export const FORMS = { 'mau-01': 'Mẫu 01', 'mau-02': 'Mẫu 02', 'mau-03': 'Mẫu 03', 'mau-04': 'Mẫu 04', 'mau-05': 'Mẫu 05', 'mau-06': 'Mẫu 06' } as const

/** TrangThaiHoSo (`domain.md` §4.1). */
const STATES: readonly string[] = [
  '', 'Mới đăng ký', 'Được tiếp nhận', 'Không được tiếp nhận', 'Đang xử lý', 'Yêu cầu bổ sung giấy tờ', 'Yêu cầu thực hiện nghĩa vụ tài chính', 'Công dân yêu cầu rút hồ sơ', 'Dừng xử lý',
  'Đã xử lý xong', 'Đã trả kết quả',
]
export const stateName = (state: number): string => STATES[state] ?? ''

/** "Ngày 23/11/2026", or "Từ ngày 01/11/2026 đến ngày 30/11/2026". */
export const periodWords = ({ from, to }: Readonly<{ from: string; to: string }>): string =>
  from === to ? `Ngày ${formatDate(from)}` : `Từ ngày ${formatDate(from)} đến ngày ${formatDate(to)}`

export const money = formatMoneyLong

export const NOTES = {
  onTime: 'Đúng hạn gồm cả hồ sơ rút, hồ sơ từ chối và hồ sơ không có ngày hẹn; hồ sơ yêu cầu bổ sung quá một lần tính là quá hạn.',
  pausedApart: 'Tạm dừng: đang chờ bổ sung giấy tờ hoặc thực hiện nghĩa vụ tài chính, không tính vào đang giải quyết.',
  pausedInTime: 'Hồ sơ tạm dừng (chờ bổ sung giấy tờ, thực hiện nghĩa vụ tài chính) tính vào cột (12) trong hạn.',
  channels: 'Số liệu của bộ phận tại máy này: hồ sơ nộp trực tiếp. Hồ sơ trực tuyến và qua BCCI do hệ thống của thành phố thống kê.',
  delivery: 'Gửi thành phố: tình trạng lúc lập báo cáo.',
  fees: 'Khoản thu tính vào ngày thu, khoản hủy tính vào ngày hủy; số miễn không cộng vào số thu.',
  overdue: 'Gồm hồ sơ kết thúc trong kỳ mà quá hạn và hồ sơ còn đang giải quyết đã quá hạn cuối kỳ. Số giờ quá hạn tính theo giờ làm việc.',
  dueSoon: 'Hồ sơ đang giải quyết, chưa quá hạn, có ngày hẹn trả trong kỳ.',
  placeIndependent: 'Gồm hồ sơ thuộc thủ tục tiếp nhận hoặc giải quyết không phụ thuộc địa giới và hồ sơ của người cư trú nơi khác.',
  quality: 'Tính theo cách của Quyết định 766/QĐ-TTg trên hồ sơ tiếp nhận trong kỳ tại máy này.',
  registerPaper: 'Ký nhận: chữ ký trên bảng hoặc trên phiếu lưu cùng hồ sơ.',
} as const

/** What a check compares, on the second sheet of a workbook. */
export const CHECKS: Readonly<Record<string, string>> = {
  flow: 'Tiếp nhận = đã giải quyết + chưa giải quyết',
  delivery: 'Tiếp nhận = thành phố đã nhận + chờ + cần xử lý',
  fees: 'Số thu theo phiếu = số thu theo hình thức',
  register: 'Hồ sơ = số trong sổ theo dõi, không đứt số',
  'ii06a.received': '(3) = (4) + (5) + (6)',
  'ii06a.solved': '(7) = (8) + (9) + (10)',
  'ii06a.open': '(11) = (12) + (13)',
  'ii06a.all': '(3) = (7) + (11)',
  overdue: 'Số dòng = số quá hạn của báo cáo',
  refused: 'Số dòng = số từ chối của báo cáo',
}
