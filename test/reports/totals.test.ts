import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { ReportSheet } from '@contract/reports'
import { addDays } from '../../src-preload/contract/civil-time'
import type { Store } from '../../src-main/storage'
import type { WriteTx } from '../../src-main/storage'
import { FIRST_DAY, history, instantAt, type Told, writeAll } from './histories'
import { type Count, slowCount, slowDelivery, slowMoney, slowPrints } from './slow-count'
import { cell, figure, OFFICERS, reportDesk, type ReportDesk } from './support'

const RUNS = 1_000
const world = fc.record({
  histories: fc.array(history, { maxLength: 30 }), now: fc.integer({ min: 2 * 1440, max: 15 * 1440 }), from: fc.integer({ min: 0, max: 13 }), days: fc.integer({ min: 1, max: 14 }),
})

class Undone extends Error {}

/** Does something with rows that are gone afterwards: a thousand worlds in one file. */
function undone(store: Store, act: (tx: WriteTx) => void): void {
  try {
    store.write((tx) => {
      act(tx)
      throw new Undone()
    })
  } catch (error) {
    if (!(error instanceof Undone)) throw error
  }
}

const NONE: Count = { fresh: 0, carried: 0, early: 0, onTime: 0, late: 0, running: 0, runningLate: 0, paused: 0, pausedLate: 0, refused: 0, withdrawn: 0, stopped: 0 }
const add = (counts: Iterable<Count>): Count => [...counts].reduce((sum, one) => Object.fromEntries(Object.entries(sum).map(([key, value]) => [key, value + one[key as keyof Count]])) as Count, NONE)
const rowsOf = (sheet: ReportSheet, level: 'row' | 'group' = 'row'): ReportSheet['rows'] => sheet.rows.filter((row) => row.level === level)
const lines = (sheet: ReportSheet, keys: readonly string[], name: string, level: 'row' | 'group' = 'row'): Record<string, unknown[]> =>
  Object.fromEntries(rowsOf(sheet, level).map(({ cells }) => {
    const at = (key: string): unknown => cells[sheet.columns.findIndex((column) => column.key === key)]
    return [String(at(name)), keys.map(at)]
  }))
const slowLines = (counts: ReadonlyMap<string, Count>, cells: (count: Count) => number[], nameOf = (key: string): string => key): Record<string, unknown[]> =>
  Object.fromEntries([...counts].map(([key, count]) => [nameOf(key), cells(count)]))

type Period = Readonly<{ from: string; to: string }>

function checkFlows(desk: ReportDesk, told: readonly Told[], period: Period, now: number): void {
  const by = (keyOf: (one: Told) => string) => slowCount(told, period, now, keyOf)
  const total = add(by(() => '').values())
  const day = (c: Count): number[] => [c.fresh, c.carried, c.early, c.onTime, c.late, c.running, c.runningLate, c.paused, c.pausedLate]
  const keys = ['fresh', 'carried', 'early', 'onTime', 'late', 'running', 'runningLate', 'paused', 'pausedLate']
  const daily = desk.reports.sheet({ kind: 'daily', ...period })
  expect(lines(daily, keys, 'field')).toEqual(slowLines(by(({ field }) => field), day))
  expect(keys.map((key) => figure(daily, key))).toEqual(day(total))
  expect(daily.facts[0]?.value).toBe(`từ chối ${total.refused}; rút ${total.withdrawn}; dừng ${total.stopped}.`)

  const monthly = desk.reports.sheet({ kind: 'monthly', ...period })
  const month = (c: Count): number[] => [c.fresh + c.carried, c.carried, c.fresh, 0, 0, c.early + c.onTime + c.late, c.early, c.onTime, c.late, c.running + c.runningLate, c.running, c.runningLate, c.paused + c.pausedLate, c.paused, c.pausedLate]
  const monthKeys = monthly.columns.slice(1).map(({ key }) => key)
  expect(lines(monthly, monthKeys, 'name', 'group')).toEqual(slowLines(by(({ field }) => field), month))
  expect(monthKeys.map((key) => figure(monthly, key))).toEqual(month(total))

  const ii06a = desk.reports.sheet({ kind: 'ii06a', ...period })
  const table = (c: Count): number[] =>
    [c.fresh + c.carried, 0, c.fresh, c.carried, c.early + c.onTime + c.late, c.early, c.onTime, c.late, c.running + c.runningLate + c.paused + c.pausedLate, c.running + c.paused + c.pausedLate, c.runningLate]
  const tableKeys = ii06a.columns.slice(2).map(({ key }) => key)
  expect(lines(ii06a, tableKeys, 'field')).toEqual(slowLines(by(({ field }) => field), table))
  expect(tableKeys.map((key) => figure(ii06a, key))).toEqual(table(total))

  const breakdown = (c: Count): number[] => [c.fresh, c.carried, c.early + c.onTime + c.late, c.early, c.onTime, c.late, c.running + c.runningLate + c.paused + c.pausedLate, c.running, c.runningLate, c.paused + c.pausedLate]
  const someKeys = ['fresh', 'carried', 'solved', 'early', 'onTime', 'late', 'open', 'running', 'runningLate', 'pausedAll']
  const procedures = desk.reports.sheet({ kind: 'procedures', ...period })
  expect(lines(procedures, someKeys, 'code')).toEqual(slowLines(by(({ procedure }) => procedure), breakdown))
  expect(someKeys.map((key) => figure(procedures, key))).toEqual(breakdown(total))

  const staff = desk.reports.sheet({ kind: 'staff', ...period })
  const names = new Map(desk.store.read.all('SELECT id, full_name FROM account', [], (row) => [row.text('id'), row.text('full_name')] as const))
  const flows = lines(staff, someKeys, 'officer')
  for (const [officer, count] of by(({ officer: of }) => of)) expect(flows[names.get(officer) ?? '']).toEqual(breakdown(count))
  expect(someKeys.map((key) => figure(staff, key))).toEqual(breakdown(total))
  const money = slowMoney(told, period)
  const collected = lines(staff, ['collected'], 'officer')
  for (const [officer, amount] of money.byOfficer) expect(collected[names.get(officer) ?? '']).toEqual([amount])
  expect(figure(staff, 'collected')).toBe(money.cash + money.transfer)

  const [overdue, refused] = [desk.reports.sheet({ kind: 'overdue', ...period }), desk.reports.sheet({ kind: 'refused', ...period })]
  expect([overdue.rows.length, overdue.rowCount, refused.rows.length, refused.rowCount]).toEqual([total.late + total.runningLate, total.late + total.runningLate, total.refused, total.refused])
  const charts = desk.reports.charts(period)
  const sum = (key: 'received' | 'solved' | 'onTime'): number => charts.days.reduce((all, one) => all + one[key], 0)
  expect([sum('received'), sum('solved'), sum('onTime')]).toEqual([total.fresh, total.early + total.onTime + total.late, total.early + total.onTime])
  for (const sheet of [daily, monthly, ii06a, procedures, staff, overdue, refused]) expect(sheet.checks.filter(({ ok }) => !ok)).toEqual([])
}

function checkTheRest(desk: ReportDesk, told: readonly Told[], period: Period): void {
  const money = slowMoney(told, period)
  const fees = desk.reports.sheet({ kind: 'fees', ...period })
  expect([cell(fees, 'amount', -1 + fees.rows.length), cell(fees, 'exempt', -1 + fees.rows.length), rowsOf(fees).length]).toEqual([money.cash + money.transfer, money.exempt, money.lines])
  expect(rowsOf(fees, 'group').map(({ cells }) => cells[6] ?? cells[7])).toEqual([money.cash, money.transfer, money.exempt])
  expect(rowsOf(fees).reduce((sum, { cells }) => sum + Number(cells[6] ?? 0), 0)).toBe(money.cash + money.transfer)
  const daily = desk.reports.sheet({ kind: 'daily', ...period })
  const delivery = slowDelivery(told, period)
  expect(daily.checks.find(({ code }) => code === 'delivery')).toEqual({ code: 'delivery', ok: true, params: delivery })
  const prints = slowPrints(told, period)
  const paper = daily.facts.find(({ caption }) => caption === 'Giấy in')?.value ?? ''
  expect([paper.startsWith(`Mẫu 01: ${prints.first};`), paper.endsWith(`In lại: ${prints.again}.`)]).toEqual([true, true])
  const register = desk.reports.sheet({ kind: 'register', ...period })
  expect([register.rows.length, register.rowCount, register.checks[0]?.ok]).toEqual([delivery.received, delivery.received, true])
  expect([...fees.checks, ...daily.checks].filter(({ ok }) => !ok)).toEqual([])
}

test('In a thousand random histories every total of every report is what a slow count of the same events gives, and all of them agree', { timeout: 240_000 }, () => {
  const desk = reportDesk()
  fc.assert(fc.property(world, ({ histories, now, from, days }) => {
    undone(desk.store, (tx) => {
      desk.at(instantAt(now))
      const told = writeAll(tx, histories, now, OFFICERS)
      const begin = Math.min(from, Math.floor(now / 1440))
      const period = { from: addDays(FIRST_DAY, begin), to: addDays(FIRST_DAY, begin + days - 1) }
      checkFlows(desk, told, period, now)
      checkTheRest(desk, told, period)
    })
  }), { numRuns: RUNS, seed: 20_261_123 })
})
