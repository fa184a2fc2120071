import fc from 'fast-check'
import { v7 } from 'uuid'
import { fromCivil } from '../../src-preload/contract/civil-time'
import type { WriteTx } from '../../src-main/storage'
import { procedureRows } from './support'

/** Two working weeks in which histories play; counted in minutes from its first midnight. */
export const FIRST_DAY = '2026-11-16'
const DAYS = 14
const DAY = 1440
export const instantAt = (minute: number): string => fromCivil(FIRST_DAY, minute * 60_000).toISOString()

/** What happens to a dossier, `after` minutes since what happened before. */
export type Step = Readonly<{ state: number; after: number; due: number | null }>
export type History = Readonly<{
  procedure: number; officer: number; receivedAt: number; due: number | null; steps: readonly Step[]
  submissions: readonly string[]; payments: readonly Readonly<{ method: 'cash' | 'transfer' | 'exempt'; amount: number; after: number; voided: number | null }>[]
  prints: readonly number[]
}>

/** Where a dossier may go from a state (`intake/states.ts`); what comes often in life stands there often. */
const NEXT: Readonly<Record<number, readonly number[]>> = { 2: [4, 5, 5, 5, 6, 3, 7, 8, 9, 9], 4: [5, 5, 6, 7, 8, 9], 5: [2, 2, 2, 2, 3, 7, 8], 6: [4, 4, 7, 8], 9: [10] }

const due = fc.option(fc.integer({ min: 0, max: 6 * DAY }), { nil: null, freq: 6 })
const rawStep = fc.record({ pick: fc.nat(), after: fc.integer({ min: 1, max: 2 * DAY }), due })

/** Each choice is taken among the states that are possible then; due moves when everything asked for came in. */
function walk(raw: readonly Readonly<{ pick: number; after: number; due: number | null }>[]): Step[] {
  let state = 2
  const steps: Step[] = []
  for (const { pick, after, due: by } of raw) {
    const possible = NEXT[state] ?? []
    const to = possible[pick % Math.max(1, possible.length)]
    if (to === undefined) break
    steps.push({ state: to, after, due: state === 5 && to === 2 ? by : null })
    state = to
  }
  return steps
}

const payment = fc.record({
  method: fc.constantFrom('cash' as const, 'transfer' as const, 'exempt' as const), amount: fc.integer({ min: 1, max: 500 }).map((thousands) => thousands * 1000),
  after: fc.integer({ min: 0, max: 3 * DAY }), voided: fc.option(fc.integer({ min: 1, max: 2 * DAY }), { nil: null, freq: 2 }),
})

export const history: fc.Arbitrary<History> = fc.record({
  procedure: fc.integer({ min: 0, max: 4 }), officer: fc.integer({ min: 0, max: 2 }), receivedAt: fc.integer({ min: 0, max: DAYS * DAY - 1 }), due,
  steps: fc.array(rawStep, { maxLength: 10, size: 'max' }).map(walk),
  submissions: fc.array(fc.constantFrom('ready', 'sending', 'waiting', 'received', 'attention'), { minLength: 1, maxLength: 3 }),
  payments: fc.array(payment, { maxLength: 2 }), prints: fc.array(fc.integer({ min: 0, max: 3 * DAY }), { maxLength: 3 }),
})

/** What is true of one dossier, in plain minutes: what a slow count goes through. */
export type Told = Readonly<{
  field: string; procedure: string; officer: string; receivedAt: number
  states: readonly Readonly<{ state: number; at: number }>[]; dues: readonly Readonly<{ due: number | null; at: number }>[]
  submission: string; payments: readonly Readonly<{ method: string; amount: number; at: number; voided: number | null; officer: string }>[]; prints: readonly number[]
}>

const TELLING_ENDS = new Set([3, 7, 8, 9, 10])

export function tell(item: History, now: number, officers: readonly string[]): Told | null {
  const procedure = procedureRows[item.procedure % procedureRows.length]
  if (!procedure || item.receivedAt >= now) return null
  const officer = officers[item.officer % officers.length] ?? ''
  let at = item.receivedAt
  const states = [{ state: 2, at }]
  const dues: { due: number | null; at: number }[] = [{ due: item.due === null ? null : at + item.due, at }]
  for (const step of item.steps) {
    at += step.after
    if (at >= now) break
    states.push({ state: step.state, at })
    if (step.due !== null) dues.push({ due: at + step.due, at })
  }
  const payments = item.payments.map(({ method, amount, after, voided }) => ({ method, amount, at: item.receivedAt + after, voided: voided === null ? null : item.receivedAt + after + voided, officer }))
    .filter((one) => one.at < now).map((one) => ({ ...one, voided: one.voided !== null && one.voided < now ? one.voided : null }))
  return {
    field: procedure.field, procedure: procedure.code, officer, receivedAt: item.receivedAt, states, dues, submission: item.submissions.at(-1) ?? 'ready', payments,
    prints: item.prints.map((after) => item.receivedAt + after).filter((one) => one < now).sort((one, other) => one - other),
  }
}

function writeSubmissions(tx: WriteTx, id: string, states: readonly string[], at: string): void {
  states.forEach((state, index) => {
    const version = index + 1
    const shown = index < states.length - 1 && state !== 'received' ? 'superseded' : state
    tx.run(
      `INSERT INTO submission (id, dossier_id, version, payload_sha256, simulated, state, created_at, changed_at, next_try_at, acknowledgement, superseded_by, payload) VALUES (?, ?, ?, ?, 1, ?, ?, ?, ?, ?, ?, ?)`,
      [v7(), id, version, '0'.repeat(64), shown, at, at, shown === 'waiting' ? at : null, shown === 'received' ? '{}' : null, shown === 'superseded' ? version + 1 : null, Buffer.from('{}')])
  })
}

/** Writes a dossier with all its rows as the acts of the program leave them. */
function write(tx: WriteTx, told: Told, item: History, next: Readonly<{ code: number; slip(): number }>): void {
  const [id, draft] = [v7(), v7()]
  const procedure = procedureRows.find(({ code }) => code === told.procedure)
  const ended = told.states.find(({ state }) => TELLING_ENDS.has(state))
  const [received, state, last] = [instantAt(told.receivedAt), told.states.at(-1)?.state ?? 2, told.dues.at(-1)?.due ?? null]
  tx.run("INSERT INTO draft (id, officer_id, state, content, created_at, saved_at) VALUES (?, ?, 'committed', '{}', ?, ?)", [draft, told.officer, received, received])
  tx.run(
    `INSERT INTO dossier (id, draft_id, code, code_is_provisional, version, state, procedure_code, procedure_version, officer_id, counter, received_at, due_at, finished_at, applicant_name, body, simulated)
     VALUES (?, ?, ?, 0, 1, ?, ?, ?, ?, 'Q3', ?, ?, ?, 'Bùi Nhật Khang', '{}', 1)`,
    [id, draft, `H29.900-261116-${String(next.code).padStart(4, '0')}`, state, told.procedure, procedure?.version ?? '', told.officer, received, last === null ? null : instantAt(last),
      ended ? instantAt(ended.at) : null])
  for (const one of told.states) tx.run("INSERT INTO dossier_event (dossier_id, kind, state, at, by_name, origin) VALUES (?, 'state', ?, ?, 'x', 'counter')", [id, one.state, instantAt(one.at)])
  for (const at of told.prints) tx.run("INSERT INTO dossier_event (dossier_id, kind, at, by_name, origin, note) VALUES (?, 'print', ?, 'x', 'counter', 'receipt.printed')", [id, instantAt(at)])
  told.dues.forEach((one, index) => {
    const before = told.dues[index - 1]
    if (!before) return
    tx.run("INSERT INTO appointment_change (dossier_id, at, previous_due_at, due_at, cause) VALUES (?, ?, ?, ?, 'supplement')",
      [id, instantAt(one.at), before.due === null ? null : instantAt(before.due), one.due === null ? null : instantAt(one.due)])
  })
  writeSubmissions(tx, id, item.submissions, received)
  for (const one of told.payments) {
    const other = tx.get('SELECT id FROM account WHERE id <> ? LIMIT 1', [one.officer], (row) => row.text('id'))
    const voided = one.voided === null ? [null, null, null, null] : [instantAt(one.voided), one.officer, other ?? null, 'Thu nhầm']
    tx.run(
      `INSERT INTO payment (id, dossier_id, method, amount, ground, year, counter, number, at, officer_id, voided_at, voided_by, void_second, void_reason) VALUES (?, ?, ?, ?, ?, 2026, 'Q3', ?, ?, ?, ?, ?, ?, ?)`,
      [v7(), id, one.method, one.amount, one.method === 'exempt' ? 'Hộ nghèo' : null, next.slip(), instantAt(one.at), one.officer, ...voided])
  }
}

/** Writes all histories as far as they have come by `now` (minutes), in the order of reception, and answers what is true of them. */
export function writeAll(tx: WriteTx, histories: readonly History[], now: number, officers: readonly string[]): Told[] {
  let slips = 0
  const all = histories.flatMap((item) => {
    const told = tell(item, now, officers)
    return told ? [{ told, item }] : []
  }).sort((one, other) => one.told.receivedAt - other.told.receivedAt)
  all.forEach(({ told, item }, index) => { write(tx, told, item, { code: index + 1, slip: () => (slips += 1) }) })
  tx.run('INSERT INTO register_entry (dossier_id, year, number) SELECT id, 2026, row_number() OVER (ORDER BY received_at, rowid) FROM dossier')
  return all.map(({ told }) => told)
}
