import { v7 } from 'uuid'
import { describe, expect, test } from 'vitest'
import type { Reader } from '../../src-main/storage'
import { flowsOf } from '../../src-main/reports/facts/flow'
import { spanOf } from '../../src-main/reports/period'
import { actor, receive } from '../intake/support'
import { cell, DAY, figure, reportDesk, SECOND } from './support'

const GROUND = { code: 'khong-thuoc-tham-quyen', text: 'Hồ sơ không thuộc thẩm quyền giải quyết', basis: 'Điều 17 Nghị định 118/2025/NĐ-CP' }

describe('A list', () => {
  test('of refused dossiers gives the legal ground and the number of the slip as it was printed', () => {
    const desk = reportDesk()
    desk.lease('2026-11-23')
    const { id } = receive(desk)
    desk.at('2026-11-23T03:00:00.000Z')
    const form = v7()
    desk.store.write((tx) => {
      tx.run("UPDATE dossier SET state = 3, finished_at = '2026-11-23T03:00:00.000Z' WHERE id = ?", [id])
      tx.run(`INSERT INTO issued_form (id, dossier_id, form, year, counter, number, data, signer, signer_name, at, officer_id) VALUES (?, ?, 'mau-03', 2026, 'Q3', 1, ?, 'officer', 'x', '2026-11-23T03:00:00.000Z', ?)`,
        [form, id, JSON.stringify({ grounds: [GROUND] }), actor.id])
      tx.run("INSERT INTO refusal (dossier_id, form_id, grounds, detail, at) VALUES (?, ?, ?, 'Nơi cư trú ở phường khác', '2026-11-23T03:00:00.000Z')", [id, form, JSON.stringify([GROUND.code])])
    })
    const sheet = desk.reports.sheet(DAY('refused'))
    expect([sheet.rowCount, cell(sheet, 'number'), cell(sheet, 'reason'), cell(sheet, 'basis')]).toEqual([1, '01.Q3', `${GROUND.text}; Nơi cư trú ở phường khác`, GROUND.basis])
  })

  test('of dossiers about to be due has those in work that are not late, soonest first, with the minutes of work left', () => {
    const desk = reportDesk()
    desk.lease('2026-11-23')
    const { id, dueAt } = receive(desk)
    desk.at('2026-11-26T01:00:00.000Z')
    const due = desk.reports.sheet({ kind: 'due-soon', from: '2026-11-26', to: '2026-11-30' })
    expect([cell(due, 'dueAt'), due.rowCount, Number(cell(due, 'left')) > 0]).toEqual([dueAt, 1, true])
    desk.at('2026-12-02T01:00:00.000Z')
    const [soon, late] = [desk.reports.sheet({ kind: 'due-soon', from: '2026-11-26', to: '2026-12-31' }), desk.reports.sheet(DAY('overdue', '2026-12-02'))]
    expect([soon.rowCount, late.rowCount, Number(cell(late, 'late')) > 0, desk.intake.get(id).code === cell(late, 'code')]).toEqual([0, 1, true, true])
  })

  test('of place-independent dossiers has those of people who live elsewhere', () => {
    const desk = reportDesk()
    desk.lease('2026-11-23')
    receive(desk)
    const ours = desk.reports.sheet(DAY('place-independent'))
    desk.store.write((tx) => tx.run("UPDATE dossier SET body = json_set(body, '$.answers.place', 'elsewhere')"))
    expect([cell(ours, 'kind'), ours.rowCount, desk.reports.sheet(DAY('place-independent')).rowCount]).toEqual(['Tiếp nhận', 1, 1])
  })

  test('of printed papers tells a second form of a dossier from a reprint', () => {
    const desk = reportDesk()
    desk.lease('2026-11-23')
    const { id } = receive(desk)
    desk.store.write((tx) => {
      for (const [number, at] of [[1, '02:10'], [2, '02:30']] as const) {
        tx.run(`INSERT INTO issued_form (id, dossier_id, form, year, counter, number, data, signer, signer_name, at, officer_id) VALUES (?, ?, 'mau-02', 2026, 'Q3', ?, '{}', 'officer', 'x', ?, ?)`,
          [v7(), id, number, `2026-11-23T${at}:00.000Z`, actor.id])
      }
      for (const [at, state] of [['02:11', 'printed'], ['02:12', 'cancelled'], ['02:13', 'printed'], ['02:31', 'waiting']] as const) {
        const job = v7()
        tx.run(`INSERT INTO print_job (id, kind, title, subject_type, subject_id, paper, copies, sha256, at, by, by_name, state, changed_at) VALUES (?, 'receipt', 'mau-02', 'dossier', ?, 'A5', 1, ?, ?, ?, 'x', 'sending', ?)`,
          [job, id, '0'.repeat(64), `2026-11-23T${at}:00.000Z`, actor.id, `2026-11-23T${at}:00.000Z`])
        tx.run('UPDATE print_job SET state = ? WHERE id = ?', [state, job])
      }
    })
    const papers = desk.reports.sheet(DAY('daily')).facts.find(({ caption }) => caption === 'Giấy in')?.value
    expect(papers).toBe('Mẫu 01: 0; Mẫu 02: 2; Mẫu 03: 0; Mẫu 04: 0; Mẫu 05: 0; Mẫu 06: 0. In lại: 1.')
  })

  test('of fees takes a void off on the day of the void and leaves the day before as it was', () => {
    const desk = reportDesk()
    desk.lease('2026-11-23')
    const { id } = receive(desk)
    const pay = v7()
    desk.store.write((tx) => tx.run("INSERT INTO payment (id, dossier_id, method, amount, year, counter, number, at, officer_id) VALUES (?, ?, 'cash', 8000, 2026, 'Q3', 1, '2026-11-23T02:00:00.000Z', ?)", [pay, id, actor.id]))
    desk.at('2026-11-25T03:00:00.000Z')
    desk.store.write((tx) => tx.run("UPDATE payment SET voided_at = '2026-11-25T02:00:00.000Z', voided_by = ?, void_second = ?, void_reason = 'Thu nhầm' WHERE id = ?", [actor.id, SECOND, pay]))
    const [before, after, both] = [desk.reports.sheet(DAY('fees')), desk.reports.sheet(DAY('fees', '2026-11-25')), desk.reports.sheet({ kind: 'fees', from: '2026-11-23', to: '2026-11-25' })]
    expect([figure(before, 'amount'), figure(after, 'amount'), figure(both, 'amount'), cell(after, 'note'), cell(after, 'number')]).toEqual([8000, -8000, 0, 'Hủy: Thu nhầm', '0001.Q3'])
    expect([before, after, both].flatMap(({ checks }) => checks.map(({ ok }) => ok))).toEqual([true, true, true])
  })
})

test('The counts of a period are found by the index of the flow and read no dossier itself', () => {
  const desk = reportDesk()
  const plans: string[] = []
  const explained: Reader = {
    ...desk.store.read,
    all: (sql, params, map) => {
      plans.push(...desk.store.read.all(`EXPLAIN QUERY PLAN ${sql}`, params, (row) => row.text('detail')))
      return desk.store.read.all(sql, params, map)
    },
  }
  const now = desk.deps.clock.now()
  for (const day of ['2026-11-20', '2026-11-23']) flowsOf(explained, spanOf({ from: day, to: day }, now), now)
  const dossiers = plans.filter((plan) => / d( |$)/u.test(plan))
  expect([dossiers.length, dossiers.filter((plan) => !plan.includes('USING COVERING INDEX dossier_flow') && !plan.includes('USING INDEX dossier_ended_before'))]).toEqual([6, []])
})
