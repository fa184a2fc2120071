import type { ReportRow } from '@contract/reports'
import { feesCheck } from '../checks'
import { amount, groupRow, moment, row, text, totalRow } from '../columns'
import { isCollected, lineSums, type Money, moneyOf, type MoneyGroup, moneyRows, type MoneyRow, sumMoney } from '../facts/money'
import type { Names } from '../facts/names'
import type { ReportBuilder, ReportFact } from '../ports'
import { METHODS, money as inWords, NOTES, periodWords, TITLES, TOTAL } from '../words'

const COLUMNS = [
  moment('at', 'Thời gian'), text('number', 'Số phiếu', { weight: 1.3 }), text('code', 'Mã hồ sơ', { weight: 2.6 }), text('applicant', 'Người nộp', { weight: 2.8 }), text('procedure', 'Thủ tục', { weight: 3.6 }),
  text('method', 'Hình thức', { weight: 1.4 }), amount('amount', 'Thu (đồng)'), amount('exempt', 'Miễn (đồng)'), text('officer', 'Cán bộ thu', { weight: 2.2 }), text('note', 'Ghi chú', { weight: 2.4 }),
]
const METHOD_ORDER = ['cash', 'transfer', 'exempt'] as const

function lineOf({ at, number, code, applicant, procedure, method, amount: of, isVoid, officer, ground }: MoneyRow): ReportRow {
  const signed = isVoid ? -of : of
  return row(at, number, code, applicant, procedure, METHODS[method], method === 'exempt' ? null : signed, method === 'exempt' ? signed : null, officer, isVoid ? `Hủy: ${ground ?? ''}` : ground)
}

const sumWords = ({ count, net, voided, voidedAmount }: Money): string => `${count} khoản, ${inWords(net)}${voided > 0 ? ` (đã trừ ${voided} khoản hủy, ${inWords(voidedAmount)})` : ''}`

function factsOf(groups: readonly MoneyGroup[], names: Names): ReportFact[] {
  const methods = METHOD_ORDER.map((method) => ({ caption: METHODS[method], value: `${sumWords(sumMoney(groups, (group) => group.method === method))}.` }))
  const officers = [...new Set(groups.filter(isCollected).map(({ officer }) => officer))]
    .map((officer) => ({ caption: names.officer(officer), value: `${sumWords(sumMoney(groups, (group) => isCollected(group) && group.officer === officer))}.` }))
    .sort((one, other) => one.caption.localeCompare(other.caption, 'vi'))
  return [...methods, ...officers]
}

/** The fee sheet: payments and voids one by one, sums by method and by officer. */
export const fees: ReportBuilder = ({ reader, span, names }) => {
  const groups = moneyOf(reader, span)
  const [collected, exempted, lines] = [sumMoney(groups, isCollected), sumMoney(groups, (group) => !isCollected(group)), lineSums(reader, span)]
  const entries = groups.reduce((sum, { taken, voided }) => sum + taken + voided, 0)
  const blank = [null, null, null, null, null] as const
  const tail = [
    ...METHOD_ORDER.map((method) => {
      const { net } = sumMoney(groups, (group) => group.method === method)
      return groupRow(METHODS[method], ...blank, method === 'exempt' ? null : net, method === 'exempt' ? net : null, null, null)
    }),
    totalRow(TOTAL, ...blank, collected.net, exempted.net, null, null),
  ]
  return {
    title: TITLES.fees, subtitle: periodWords(span), unit: 'Đồng', columns: COLUMNS, rowCount: entries + tail.length,
    rows: function* () {
      for (const line of moneyRows(reader, span)) yield lineOf(line)
      yield* tail
    },
    facts: factsOf(groups, names), checks: [feesCheck(collected, lines)], notes: [NOTES.fees],
  }
}
