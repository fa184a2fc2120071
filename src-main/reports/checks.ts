import type { ReportCheck } from '@contract/reports'
import type { Delivery } from './facts/delivery'
import { type Flow, openOf, receivedOf, solvedOf } from './facts/flow'
import type { Numbers } from './facts/numbers'
import type { Money } from './facts/money'

const check = (code: string, ok: boolean, params: ReportCheck['params']): ReportCheck => ({ code, ok, params })

/** All that was there is either ended or open: (3) = (7) + (11). */
export const flowCheck = (flow: Flow): ReportCheck => {
  const [received, solved, open] = [receivedOf(flow), solvedOf(flow), openOf(flow)]
  return check('flow', received === solved + open, { received, solved, open })
}

/** What came in the period, counted by itself, is what the city has, what is on its way and what needs somebody. */
export const deliveryCheck = ({ received, acknowledged, waiting, attention }: Delivery, { fresh }: Flow): ReportCheck =>
  check('delivery', received === acknowledged + waiting + attention && received === fresh, { received, acknowledged, waiting, attention })

/** Payments one by one come to the same as their sums by method and officer. */
export const feesCheck = (sum: Money, lines: Readonly<{ count: number; net: number }>): ReportCheck =>
  check('fees', sum.net === lines.net && sum.count + sum.voided === lines.count, { amount: sum.net, lines: lines.net, count: sum.count, voided: sum.voided })

/** Every dossier has its number in the register, and no number is left out. */
export const registerCheck = ({ received, entries, gaps }: Numbers): ReportCheck => check('register', received === entries && gaps === 0, { received, entries, gaps })
