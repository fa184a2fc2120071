import type { Reader } from '../../storage'
import type { Span } from '../period'

export type Method = 'cash' | 'transfer' | 'exempt'
/** Amounts in đồng. A payment counts on the day it was taken, its void on the day it was voided: days that are over keep their sums. */
export type MoneyGroup = Readonly<{ method: Method; officer: string; taken: number; takenAmount: number; voided: number; voidedAmount: number }>
export type Money = Readonly<{ count: number; amount: number; voided: number; voidedAmount: number; net: number }>

export const NO_MONEY: Money = { count: 0, amount: 0, voided: 0, voidedAmount: 0, net: 0 }

/** Payments and voids of a period by method and by the officer who took the money. */
export function moneyOf(reader: Reader, { begin, end }: Span): MoneyGroup[] {
  return reader.all(
    `SELECT method, officer, sum(taken) AS taken, sum(taken * amount) AS taken_amount, sum(1 - taken) AS voided, sum((1 - taken) * amount) AS voided_amount FROM (
       SELECT method, officer_id AS officer, amount, 1 AS taken FROM payment WHERE at >= :begin AND at < :end
       UNION ALL SELECT method, officer_id, amount, 0 FROM payment WHERE voided_at >= :begin AND voided_at < :end
     ) GROUP BY method, officer ORDER BY method, officer`, { begin, end },
    (row) => ({
      method: row.text<Method>('method'), officer: row.text('officer'), taken: row.integer('taken'), takenAmount: row.integer('taken_amount'), voided: row.integer('voided'),
      voidedAmount: row.integer('voided_amount'),
    }))
}

export const sumMoney = (groups: readonly MoneyGroup[], where: (group: MoneyGroup) => boolean = () => true): Money =>
  groups.filter(where).reduce((sum, { taken, takenAmount, voided, voidedAmount }) => ({
    count: sum.count + taken, amount: sum.amount + takenAmount, voided: sum.voided + voided, voidedAmount: sum.voidedAmount + voidedAmount, net: sum.net + takenAmount - voidedAmount,
  }), NO_MONEY)

/** What lies in the drawer or on the account; an exemption is not money. */
export const isCollected = ({ method }: Pick<MoneyGroup, 'method'>): boolean => method !== 'exempt'

/** A line of the fee sheet: a payment, or a void, which takes its amount away again. */
export type MoneyRow = Readonly<{
  at: string; number: string; code: string; applicant: string; procedure: string; officer: string; method: Method; amount: number; isVoid: boolean; ground: string | null; voidedAt: string | null
}>

const PAGE = 1_000

/** All payments and voids of a period in the order of time, a page at a time: a year of them need not be held. */
export function* moneyRows(reader: Reader, { begin, end }: Span): Generator<MoneyRow> {
  let [at, key] = ['', '']
  for (;;) {
    const rows = reader.all(
      `SELECT m.at, m.id || m.void AS key, m.void, m.number, m.counter, m.method, m.amount, m.ground, m.voided_at, d.code, d.applicant_name AS applicant, v.name AS procedure, a.full_name AS officer FROM (
         SELECT at, id, 0 AS void, number, counter, method, amount, ground, voided_at, dossier_id, officer_id FROM payment WHERE at >= :begin AND at < :end
         UNION ALL SELECT voided_at, id, 1, number, counter, method, amount, void_reason, voided_at, dossier_id, officer_id FROM payment WHERE voided_at >= :begin AND voided_at < :end
       ) m JOIN dossier d ON d.id = m.dossier_id JOIN procedure_version v ON v.code = d.procedure_code AND v.version = d.procedure_version JOIN account a ON a.id = m.officer_id
       WHERE (m.at, m.id || m.void) > (:at, :key) ORDER BY m.at, m.id || m.void LIMIT ${PAGE}`, { begin, end, at, key },
      (row) => ({
        key: row.text('key'), at: row.text('at'), number: `${String(row.integer('number')).padStart(4, '0')}.${row.text('counter')}`, code: row.text('code'), applicant: row.text('applicant'),
        procedure: row.text('procedure'), officer: row.text('officer'), method: row.text<Method>('method'), amount: row.integer('amount'), isVoid: row.flag('void'),
        ground: row.textOrNull('ground'), voidedAt: row.textOrNull('voided_at'),
      }))
    yield* rows
    const last = rows.at(-1)
    if (!last || rows.length < PAGE) return
    ;[at, key] = [last.at, last.key]
  }
}

/** Payments and voids of a period that moved money, one by one. */
export function lineSums(reader: Reader, { begin, end }: Span): Readonly<{ count: number; net: number }> {
  return reader.get(
    `SELECT count(*) AS n, coalesce(sum(amount), 0) AS net FROM (
       SELECT amount FROM payment WHERE at >= :begin AND at < :end AND method <> 'exempt'
       UNION ALL SELECT -amount FROM payment WHERE voided_at >= :begin AND voided_at < :end AND method <> 'exempt')`, { begin, end },
    (row) => ({ count: row.integer('n'), net: row.integer('net') })) ?? { count: 0, net: 0 }
}
