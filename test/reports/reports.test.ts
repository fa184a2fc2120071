import { describe, expect, test } from 'vitest'
import { v7 } from 'uuid'
import { REPORT_KINDS, ReportSheet } from '@contract/reports'
import { actor, moveTo, receive } from '../intake/support'
import { FIRST_DAY, instantAt, writeAll } from './histories'
import { PAPER_ROWS, SCREEN_ROWS } from '../../src-main/reports'
import { cell, DAY, figure, OFFICERS, procedureRows, reportDesk } from './support'

describe('A report', () => {
  test.each(REPORT_KINDS)('%s of an office without a dossier is a report: nothing in it, all checks agree', (kind) => {
    const { reports } = reportDesk()
    const sheet = reports.sheet(DAY(kind))
    expect(ReportSheet.safeParse(sheet).error).toBeUndefined()
    expect(sheet.checks.every(({ ok }) => ok)).toBe(true)
    expect(sheet.rows).toHaveLength(sheet.rowCount)
  })

  test.each(REPORT_KINDS)('%s has as many cells in every row as columns', (kind) => {
    const desk = reportDesk()
    desk.lease('2026-11-23')
    receive(desk)
    const { rows, columns } = desk.reports.sheet(DAY(kind))
    expect(rows.filter(({ cells }) => cells.length !== columns.length)).toEqual([])
  })

  test('shows a screen the first rows of a long list and counts them all', () => {
    const desk = reportDesk()
    desk.lease('2026-11-23')
    for (let index = 0; index < 3; index += 1) receive(desk)
    const whole = desk.reports.sheet(DAY('register'))
    const cut = desk.reports.sheet(DAY('register'), 2)
    expect([cut.rows.length, cut.rowCount, cut.digest === whole.digest]).toEqual([2, 3, true])
  })

  test('has the same digest when it is made again later, and another one when a figure changed', () => {
    const desk = reportDesk()
    desk.lease('2026-11-23')
    receive(desk)
    const before = desk.reports.sheet(DAY('daily')).digest
    desk.at('2026-11-23T02:05:00.000Z')
    expect(desk.reports.sheet(DAY('daily')).digest).toBe(before)
    receive(desk)
    expect(desk.reports.sheet(DAY('daily')).digest).not.toBe(before)
  })

  test('counts a dossier as open on a day that is over although it is finished by now', () => {
    const desk = reportDesk()
    desk.lease('2026-11-23')
    const { id, version } = receive(desk)
    desk.at('2026-11-24T03:00:00.000Z')
    moveTo(desk, { id, version }, 9)
    const [monday, tuesday] = [desk.reports.sheet(DAY('daily')), desk.reports.sheet(DAY('daily', '2026-11-24'))]
    expect([figure(monday, 'running'), figure(monday, 'early'), figure(tuesday, 'running'), figure(tuesday, 'early')]).toEqual([1, 0, 0, 1])
  })

  test('counts a print of another form as no print of the receipt', () => {
    const desk = reportDesk()
    desk.lease('2026-11-23')
    const { id } = receive(desk)
    desk.store.write((tx) => {
      for (const note of ['form.printed:mau-02:01.Q3', 'receipt.printed', 'form.printed:mau-02:01.Q3', 'receipt.printed']) {
        tx.run("INSERT INTO dossier_event (dossier_id, kind, at, by_name, origin, note) VALUES (?, 'print', '2026-11-23T02:00:00.000Z', 'x', 'counter', ?)", [id, note])
      }
    })
    const printed = desk.reports.sheet(DAY('daily')).facts.find(({ caption }) => caption === 'Giấy in')
    expect(printed?.value).toMatch(/^Mẫu 01: 1; Mẫu 02: 0; .* In lại: 1\.$/)
  })

  test('judges a day that is over by the appointment of that day, however often it was moved since', () => {
    const desk = reportDesk()
    const steps = [{ state: 5, after: 2_880, due: null }, { state: 2, after: 1_440, due: 1_000 }, { state: 5, after: 1_440, due: null }, { state: 2, after: 1_440, due: 1_000 }]
    desk.at(instantAt(10 * 1_440))
    desk.store.write((tx) => writeAll(tx, [{ procedure: 0, officer: 0, receivedAt: 100, due: 200, steps, submissions: ['ready'], payments: [], prints: [] }], 10 * 1_440, OFFICERS))
    const sheet = desk.reports.sheet(DAY('daily', FIRST_DAY))
    expect([figure(sheet, 'running'), figure(sheet, 'runningLate')]).toEqual([0, 1])
  })

  test('names who handed a dossier in word for word, also a name of 200 characters', () => {
    const desk = reportDesk()
    desk.lease('2026-11-23')
    const name = 'Nguyễn Thị Ánh Tuyết '.repeat(10).slice(0, 200).trim()
    const { content } = desk.intake.start(actor)
    receive(desk, { applicant: { ...content.applicant, fullName: name, idNumber: '079192004617', birthDate: '21/04/1992', sex: 'female', phone: '0903517284', address: 'Phường Tân Mỹ Hưng' } })
    expect(cell(desk.reports.sheet(DAY('register')), 'applicant')).toBe(name)
  })
})

describe('A report for paper', () => {
  const withDossiers = (count: number): ReturnType<typeof reportDesk> => {
    const desk = reportDesk()
    const [procedure] = procedureRows
    desk.store.write((tx) => {
      for (let index = 1; index <= count; index += 1) {
        const [id, draft] = [v7(), v7()]
        tx.run("INSERT INTO draft (id, officer_id, state, content, created_at, saved_at) VALUES (?, ?, 'committed', '{}', ?, ?)", [draft, actor.id, instantAt(0), instantAt(0)])
        tx.run(
          `INSERT INTO dossier (id, draft_id, code, code_is_provisional, version, state, procedure_code, procedure_version, officer_id, counter, received_at, applicant_name, body, simulated)
           VALUES (?, ?, ?, 0, 1, 2, ?, ?, ?, 'Q3', ?, 'Bùi Nhật Khang', '{}', 1)`,
          [id, draft, `H29.900-261116-${String(index).padStart(4, '0')}`, procedure?.code ?? '', procedure?.version ?? '', actor.id, instantAt(index)])
      }
    })
    return desk
  }
  const REGISTER = { kind: 'register', from: FIRST_DAY, to: '2026-11-23' } as const

  test('has all its rows', () => {
    const { reports } = withDossiers(SCREEN_ROWS + 1)
    const { rows, digest } = reports.forPaper(REGISTER)
    expect([rows.length, digest]).toEqual([SCREEN_ROWS + 1, reports.sheet(REGISTER).digest])
  })

  test('that has more rows than can be laid out is refused, and still is on the screen', () => {
    const { reports } = withDossiers(PAPER_ROWS + 1)
    expect(() => reports.forPaper(REGISTER)).toThrow(expect.objectContaining({ code: 'BC-005', params: { rows: '5.001', most: '5.000' } }))
    expect(reports.sheet(REGISTER, 1).rowCount).toBe(PAPER_ROWS + 1)
  })
})

describe('A report that left the screen', () => {
  test('is found again by the first sixteen digits of its digest, as a footer prints them', () => {
    const desk = reportDesk()
    const sheet = desk.reports.sheet(DAY('ii06a'))
    desk.reports.left(actor.id, sheet, 'pdf')
    const typed = sheet.digest.slice(0, 16).replace(/(.{4})/g, '$1 ').toUpperCase()
    const found = desk.reports.made({ digest: typed, limit: 10 })
    expect(found).toMatchObject([{ kind: 'ii06a', digest: sheet.digest, way: 'pdf', by: actor.name }])
    expect(desk.reports.made({ digest: `MOTCUA:BC:1:${sheet.digest}`, limit: 10 })).toEqual(found)
  })

  test('is not found by a few digits, by others or by none', () => {
    const desk = reportDesk()
    const sheet = desk.reports.sheet(DAY('ii06a'))
    desk.reports.left(actor.id, sheet, 'pdf')
    expect(['', sheet.digest.slice(0, 15), `${sheet.digest}0`, 'f'.repeat(64)].flatMap((digest) => desk.reports.made({ digest, limit: 10 }))).toEqual([])
  })

  test('has its audit entry, which names no person', () => {
    const desk = reportDesk()
    desk.reports.left(actor.id, desk.reports.sheet(DAY('fees')), 'xlsx')
    expect(desk.actions().at(-1)).toBe('report.xlsx')
    expect(desk.count("report_made WHERE way = 'xlsx' AND kind = 'fees'")).toBe(1)
  })
})
