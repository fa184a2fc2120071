import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { PaymentId } from '@contract/fees'
import type { DossierId } from '@contract/ids'
import { actor } from '../intake/support'
import { openTill, SECOND, type Till } from './support'

type Step =
  | Readonly<{ do: 'collect'; method: 'cash' | 'transfer'; dossier: number }>
  | Readonly<{ do: 'exempt'; dossier: number }>
  | Readonly<{ do: 'void'; payment: number }>
  | Readonly<{ do: 'count'; short: boolean }>
  | Readonly<{ do: 'clock'; minutes: number }>

const steps: fc.Arbitrary<Step[]> = fc.array(fc.oneof(
  { weight: 4, arbitrary: fc.record({ do: fc.constant('collect' as const), method: fc.constantFrom('cash' as const, 'transfer' as const), dossier: fc.nat(5) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('exempt' as const), dossier: fc.nat(5) }) },
  { weight: 3, arbitrary: fc.record({ do: fc.constant('void' as const), payment: fc.nat(30) }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('count' as const), short: fc.boolean() }) },
  // The clock goes on, stands still and is set back.
  { weight: 1, arbitrary: fc.record({ do: fc.constant('clock' as const), minutes: fc.integer({ min: -90, max: 600 }) }) },
), { maxLength: 30 })

type Entry = { id: PaymentId; dossier: number; method: 'cash' | 'transfer' | 'exempt'; amount: number; voided: boolean }

/** A book kept beside the till, slowly: every line in the order it happened. */
type Book = { entries: Entry[]; cashInDrawer: number; countedExpected: number; minutes: number }

const FEES = [5_000, 8_000, 15_000, 20_000, 50_000, 200_000] as const
const settledOf = (book: Book, dossier: number): number => book.entries.filter((entry) => entry.dossier === dossier && !entry.voided).reduce((sum, { amount }) => sum + amount, 0)
const openOf = (book: Book, dossier: number): number => (FEES[dossier] ?? 0) - settledOf(book, dossier)

async function play(till: Till, ids: readonly DossierId[], book: Book, step: Step): Promise<void> {
  if (step.do === 'clock') {
    book.minutes += step.minutes
    till.desk.at(new Date(Date.parse('2026-11-23T02:00:00.000Z') + book.minutes * 60_000).toISOString())
    return
  }
  if (step.do === 'count') {
    const { expected } = till.fees.shift()
    expect(expected).toBe(book.cashInDrawer - book.countedExpected)
    const counted = Math.max(0, expected - (step.short ? 1_000 : 0))
    till.fees.count(actor, { expected, pieces: { '1000': counted / 1_000 }, explanation: 'Lệch' })
    book.countedExpected += expected
    return
  }
  if (step.do === 'void') {
    const standing = book.entries.filter(({ voided }) => !voided)
    const entry = standing[step.payment % Math.max(1, standing.length)]
    if (!entry) return
    await till.fees.void(actor, { paymentId: entry.id, reason: 'Thử', second: SECOND }, () => undefined)
    entry.voided = true
    if (entry.method === 'cash') book.cashInDrawer -= entry.amount
    return
  }
  const dossierId = ids[step.dossier]
  const amount = openOf(book, step.dossier)
  if (dossierId === undefined || amount === 0) return
  const before = new Set(till.fees.of(dossierId).payments.map(({ id }) => id))
  const exemption = till.fees.of(dossierId).exemptions[0]?.code ?? ''
  const account = step.do === 'exempt' ? till.fees.exempt(actor, { dossierId, exemption, note: '' }) : till.fees.collect(actor, { dossierId, method: step.method, amount })
  const made = account.payments.find(({ id }) => !before.has(id))
  if (!made) throw new Error('nothing was kept')
  book.entries.push({ id: made.id, dossier: step.dossier, method: made.method, amount: made.amount, voided: false })
  if (made.method === 'cash') book.cashInDrawer += amount
}

describe('Any history of taking, letting off, giving back and counting', () => {
  test('adds up as in a book kept by hand, and counts nothing twice', async () => {
    const till = openTill()
    const ids = FEES.map((fee) => till.owing(fee))
    // One till through all histories: each begins where the one before has left the drawer.
    const book: Book = { entries: [], cashInDrawer: 0, countedExpected: 0, minutes: 0 }
    await fc.assert(fc.asyncProperty(steps, async (history) => {
      for (const step of history) await play(till, ids, book, step)
      ids.forEach((id, index) => expect(till.fees.of(id)).toMatchObject({ settled: settledOf(book, index), open: openOf(book, index), over: 0 }))
      const { expected, cash, voided } = till.fees.shift()
      const counted = till.fees.counts(100_000).reduce((sum, count) => sum + count.expected, 0)
      expect([expected, counted + expected]).toEqual([cash.amount - voided.amount, book.cashInDrawer])
      expect(counted).toBe(book.countedExpected)
      const numbers = till.desk.store.read.all('SELECT year, number FROM payment ORDER BY year, number', [], (row) => [row.integer('year'), row.integer('number')])
      expect(numbers.filter(([year]) => year === 2026).map(([, number]) => number)).toEqual(numbers.filter(([year]) => year === 2026).map((_row, index) => index + 1))
    }), { numRuns: 150, seed: 14, endOnFailure: true })
  }, 120_000)
})
