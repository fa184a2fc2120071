import { formatMoney } from '@contract/format'
import type { FeeRule, Procedure, ProcedureTime } from '@contract/procedures'

const UNITS = { 'working-hour': 'giờ làm việc', 'working-day': 'ngày làm việc', day: 'ngày', month: 'tháng' } as const

/** "trong ngày", "3 ngày làm việc"; null where no time is documented. */
export function timeText(time: ProcedureTime | undefined): string | null {
  if (time === undefined) return null
  return time.unit === 'same-day' ? 'trong ngày' : `${String(time.amount)} ${UNITS[time.unit]}`
}

function ruleText(rule: FeeRule): string {
  if (rule.kind === 'free') return 'Miễn phí'
  if (rule.kind === 'fixed') return formatMoney(rule.amount)
  if (rule.kind === 'perCopy') return `${formatMoney(rule.amount)}/bản`
  if (rule.kind === 'perPage') return `${formatMoney(rule.first.amount)}/trang, từ trang ${String(rule.first.pages + 1)}: ${formatMoney(rule.thenAmount)}`
  return rule.amount === undefined ? 'Theo nghị quyết HĐND' : formatMoney(rule.amount)
}

/** The fee in a few words for a list: "8.000 đ/bản", "Miễn phí khi đúng hạn". Catalogue language (Vietnamese). */
export function feeText(procedure: Procedure): string {
  const usual = procedure.fee.exemptions.find((item) => item.code === procedure.fee.usualExemption)
  if (usual !== undefined) return `Miễn phí: ${usual.name.charAt(0).toLocaleLowerCase('vi')}${usual.name.slice(1)}`
  return procedure.fee.rules.map(ruleText).join(' + ')
}
