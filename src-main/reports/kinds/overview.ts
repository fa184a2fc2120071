import type { ReportCheck } from '@contract/reports'
import { deliveryCheck, feesCheck, flowCheck, registerCheck } from '../checks'
import { type Delivery, deliveryOf } from '../facts/delivery'
import { type Flow, type FlowGroup, flowsOf, totalOf } from '../facts/flow'
import { isCollected, lineSums, moneyOf, type MoneyGroup, sumMoney } from '../facts/money'
import { numbersOf } from '../facts/numbers'
import { type Papers, papersOf } from '../facts/papers'
import type { ReportContext, ReportFact } from '../ports'
import { FORMS, METHODS, money as inWords } from '../words'
import { waitFact } from './waits'

/** What the sheets of a day and of a month have in common: groups, what was sent, money, papers, and whether they agree. */
export type Overview = Readonly<{ groups: readonly FlowGroup[]; flow: Flow; facts: readonly ReportFact[]; checks: readonly ReportCheck[] }>

const deliveryFact = ({ received, acknowledged, waiting, attention }: Delivery): ReportFact =>
  ({ caption: 'Gửi thành phố', value: `${received} hồ sơ; đã nhận ${acknowledged}; chờ ${waiting}; cần xử lý ${attention}.` })

function feeFact(groups: readonly MoneyGroup[]): ReportFact {
  const of = (method: MoneyGroup['method']) => sumMoney(groups, (group) => group.method === method)
  const collected = sumMoney(groups, isCollected)
  const voided = collected.voided > 0 ? ` Hủy: ${collected.voided} khoản, ${inWords(collected.voidedAmount)}.` : ''
  const exempt = of('exempt').net > 0 ? ` Miễn: ${inWords(of('exempt').net)}.` : ''
  return {
    caption: 'Phí, lệ phí thu',
    value: `${inWords(collected.net)} (${METHODS.cash.toLowerCase()} ${inWords(of('cash').net)}; ${METHODS.transfer.toLowerCase()} ${inWords(of('transfer').net)}).${voided}${exempt}`,
  }
}

function paperFact(papers: Papers): ReportFact {
  const forms = ['mau-01', 'mau-02', 'mau-03', 'mau-04', 'mau-05', 'mau-06'] as const
  const again = forms.reduce((sum, form) => sum + papers[form].again, 0)
  return { caption: 'Giấy in', value: `${forms.map((form) => `${FORMS[form]}: ${papers[form].first}`).join('; ')}. In lại: ${again}.` }
}

const endFact = ({ refused, withdrawn, stopped }: Flow): ReportFact => ({ caption: 'Trong số đã giải quyết', value: `từ chối ${refused}; rút ${withdrawn}; dừng ${stopped}.` })

export function overviewOf({ reader, span, now, sources }: ReportContext): Overview {
  const groups = flowsOf(reader, span, now)
  const flow = totalOf(groups)
  const delivery = deliveryOf(reader, span)
  const payments = moneyOf(reader, span)
  return {
    groups, flow,
    facts: [endFact(flow), deliveryFact(delivery), feeFact(payments), paperFact(papersOf(reader, span)), waitFact(sources, span)],
    checks: [flowCheck(flow), deliveryCheck(delivery, flow), feesCheck(sumMoney(payments, isCollected), lineSums(reader, span)), registerCheck(numbersOf(reader, span))],
  }
}
