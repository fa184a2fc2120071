import { toCivil } from '@contract/civil-time'
import type { DossierState } from '@contract/dossier'
import type { Instant } from '@contract/ids'
import type { FeesAccess } from '../intake'

type Settled = ReturnType<FeesAccess['stateOf']>

/** Captions of the national states (`domain.md` §4.1), as Mẫu 05 says how far a dossier came. */
export const STAGES: Readonly<Record<DossierState, string>> = {
  1: 'Mới đăng ký', 2: 'Được tiếp nhận', 3: 'Không được tiếp nhận', 4: 'Đang xử lý', 5: 'Yêu cầu bổ sung giấy tờ', 6: 'Yêu cầu thực hiện nghĩa vụ tài chính', 7: 'Công dân yêu cầu rút hồ sơ',
  8: 'Dừng xử lý', 9: 'Đã xử lý xong', 10: 'Đã trả kết quả',
}

const dong = new Intl.NumberFormat('vi-VN')

/** What became of the fee, as it stands behind its caption. Amount in đồng. */
export function moneyWords(total: number, payment: Settled): string {
  if (total === 0) return 'không thu'
  return `${dong.format(total)} đồng, ${payment === 'unpaid' ? 'chưa thu' : payment === 'exempt' ? 'được miễn' : 'đã thu'}`
}

/** "16:00 ngày 27/11/2026" */
export function formatInstant(instant: Instant): string {
  const { date, hour, minute } = toCivil(new Date(instant))
  const [year, month, day] = date.split('-')
  return `${String(hour).padStart(2, '0')}:${String(minute).padStart(2, '0')} ngày ${day ?? ''}/${month ?? ''}/${year ?? ''}`
}
