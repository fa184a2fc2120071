import { describe, expect, test } from 'vitest'
import { REPORT_KINDS, ReportSheet } from '@contract/reports'
import { actor, receive } from '../intake/support'
import { FIRST_DAY, instantAt, writeAll } from './histories'
import { cell, DAY, figure, OFFICERS, reportDesk } from './support'

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
    desk.intake.changeState(actor, { dossierId: id, version, to: 9, note: 'Đã ký' })
    const [monday, tuesday] = [desk.reports.sheet(DAY('daily')), desk.reports.sheet(DAY('daily', '2026-11-24'))]
    expect([figure(monday, 'running'), figure(monday, 'early'), figure(tuesday, 'running'), figure(tuesday, 'early')]).toEqual([1, 0, 0, 1])
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
