import { toCivil } from '@contract/civil-time'
import type { CashCount, Payment, PaymentMethod } from '@contract/fees'
import { PaymentId, Pieces } from '@contract/fees'
import type { AccountId, DossierId, Instant } from '@contract/ids'
import { v7 } from 'uuid'
import type { Reader, RowView, WriteTx } from '../storage'
import { type Kept, slipNumber } from './rules'

export type PaymentRow = Payment & Readonly<{ dossierId: DossierId }>

const SELECT = `SELECT p.*, o.full_name AS officer_name, b.full_name AS voided_name, s.full_name AS second_name FROM payment p
  JOIN account o ON o.id = p.officer_id LEFT JOIN account b ON b.id = p.voided_by LEFT JOIN account s ON s.id = p.void_second`

function toPayment(row: RowView): PaymentRow {
  const voidedAt = row.textOrNull<Instant>('voided_at')
  return {
    id: row.text<PaymentId>('id'), dossierId: row.text<DossierId>('dossier_id'), method: row.text<PaymentMethod>('method'), amount: row.integer('amount'), ground: row.textOrNull('ground'),
    number: slipNumber(row.integer('number'), row.text('counter')), at: row.text<Instant>('at'), officerName: row.text('officer_name'), prints: row.integer('prints'),
    voided: voidedAt === null ? null : { at: voidedAt, by: row.text('voided_name'), second: row.text('second_name'), reason: row.text('void_reason') },
  }
}

/** Every payment of a dossier in the order it was taken, the voided ones too. */
export const paymentsOf = (reader: Reader, dossierId: DossierId): PaymentRow[] =>
  reader.all(`${SELECT} WHERE p.dossier_id = ? ORDER BY p.rowid`, [dossierId], toPayment)

export const findPayment = (reader: Reader, id: PaymentId): PaymentRow | undefined => reader.get(`${SELECT} WHERE p.id = ?`, [id], toPayment)

/** What sums are made of, in the order it was taken. */
export const keptOf = (reader: Reader, dossierId: DossierId): Kept[] =>
  reader.all('SELECT method, amount, voided_at FROM payment WHERE dossier_id = ? ORDER BY rowid', [dossierId],
    (row) => ({ method: row.text<PaymentMethod>('method'), amount: row.integer('amount'), voided: row.textOrNull('voided_at') !== null }))

export type NewPayment = Readonly<{ dossierId: DossierId; method: PaymentMethod; amount: number; ground: string | null; counter: string; at: Instant; officerId: AccountId }>

/** Keeps a payment under the next number of the year and counter. */
export function insertPayment(tx: WriteTx, payment: NewPayment): PaymentId {
  const id = PaymentId.parse(v7())
  const year = Number(toCivil(new Date(payment.at)).date.slice(0, 4))
  tx.run(
    `INSERT INTO payment (id, dossier_id, method, amount, ground, year, counter, number, at, officer_id)
     SELECT :id, :dossierId, :method, :amount, :ground, :year, :counter, coalesce(max(number), 0) + 1, :at, :officerId FROM payment WHERE year = :year AND counter = :counter`,
    { id, year, ...payment })
  return id
}

/** @returns false when it was voided already */
export const voidPayment = (tx: WriteTx, id: PaymentId, voiding: Readonly<{ at: Instant; by: AccountId; second: AccountId; reason: string }>): boolean =>
  tx.run('UPDATE payment SET voided_at = :at, voided_by = :by, void_second = :second, void_reason = :reason WHERE id = :id AND voided_at IS NULL', { id, ...voiding }).changes === 1

export const countSlip = (tx: WriteTx, id: PaymentId): void => void tx.run('UPDATE payment SET prints = prints + 1 WHERE id = ?', [id])

export type Tally = Readonly<{ count: number; amount: number }>

const tally = (reader: Reader, where: string): Tally =>
  reader.get(`SELECT count(*) AS n, coalesce(sum(amount), 0) AS amount FROM payment WHERE ${where}`, [], (row) => ({ count: row.integer('n'), amount: row.integer('amount') })) ?? { count: 0, amount: 0 }

/** What is in no count yet. */
export const uncounted = (reader: Reader): Readonly<{ cash: Tally; voided: Tally; transfer: Tally }> => ({
  cash: tally(reader, "taken_in IS NULL AND in_drawer = 1 AND method = 'cash'"),
  voided: tally(reader, "voided_at IS NOT NULL AND voided_in IS NULL AND method = 'cash'"),
  transfer: tally(reader, "taken_in IS NULL AND in_drawer = 1 AND method = 'transfer' AND voided_at IS NULL"),
})

export type NewCount = Readonly<{ id: string; counter: string; since: Instant | null; at: Instant; officerId: AccountId; expected: number; counted: number; pieces: Pieces; explanation: string | null }>

/** Keeps a count, and that all that was in none is in this one. */
export function insertCount(tx: WriteTx, { pieces, ...count }: NewCount): void {
  tx.run(
    `INSERT INTO cash_count (id, counter, since, at, officer_id, expected, counted, pieces, explanation)
     VALUES (:id, :counter, :since, :at, :officerId, :expected, :counted, :pieces, :explanation)`, { ...count, pieces: JSON.stringify(pieces) })
  tx.run('UPDATE payment SET taken_in = ? WHERE taken_in IS NULL AND in_drawer = 1', [count.id])
  tx.run('UPDATE payment SET voided_in = ? WHERE voided_at IS NOT NULL AND voided_in IS NULL', [count.id])
}

/** Newest first, in the order they were made. */
export const countsOf = (reader: Reader, limit: number): CashCount[] =>
  reader.all('SELECT c.*, a.full_name AS officer_name FROM cash_count c JOIN account a ON a.id = c.officer_id ORDER BY c.rowid DESC LIMIT ?', [limit], (row) => ({
    id: row.text('id'), counter: row.text('counter'), since: row.textOrNull<Instant>('since'), at: row.text<Instant>('at'), officerName: row.text('officer_name'),
    expected: row.integer('expected'), counted: row.integer('counted'), pieces: row.json('pieces', Pieces), explanation: row.textOrNull('explanation'),
  }))
