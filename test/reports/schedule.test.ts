import { describe, expect, test } from 'vitest'
import { AppError } from '@contract/errors'
import { actor, receive } from '../intake/support'
import { DAY, reportDesk } from './support'

/** Monday 16/11/2026, the first dossier; practice hours end at 17:00. */
function openedOnMonday(changed: Parameters<typeof reportDesk>[0] = {}) {
  const desk = reportDesk(changed)
  desk.at('2026-11-16T02:00:00.000Z')
  desk.lease('2026-11-16')
  receive(desk)
  return desk
}
const days = (desk: ReturnType<typeof openedOnMonday>): string[] => desk.reports.due().map(({ day }) => day)

describe('The daily sheet', () => {
  test('prepares itself when the office closes, once, and tells the screen', () => {
    const desk = openedOnMonday()
    desk.at('2026-11-16T09:59:00.000Z')
    expect([desk.reports.prepare(), days(desk)]).toEqual([[], []])
    desk.at('2026-11-16T10:00:00.000Z')
    expect([desk.reports.prepare(), desk.reports.prepare(), days(desk), desk.told]).toEqual([['2026-11-16'], [], ['2026-11-16'], ['reports']])
    expect(desk.actions().at(-1)).toBe('report.prepared')
  })

  test('asks until it is printed, also on the days after', () => {
    const desk = openedOnMonday()
    desk.at('2026-11-16T10:00:00.000Z')
    desk.reports.prepare()
    desk.reports.left(actor.id, desk.reports.sheet(DAY('daily', '2026-11-16')), 'pdf')
    desk.at('2026-11-17T01:00:00.000Z')
    expect(days(desk)).toEqual(['2026-11-16'])
    desk.reports.left(actor.id, desk.reports.sheet(DAY('daily', '2026-11-16')), 'printed')
    expect(days(desk)).toEqual([])
  })

  test('asks no more when it is put off, which is audited, and cannot be put off twice', () => {
    const desk = openedOnMonday()
    desk.at('2026-11-16T10:00:00.000Z')
    desk.reports.prepare()
    desk.reports.putOff(actor.id, '2026-11-16')
    expect([days(desk), desk.actions().at(-1)]).toEqual([[], 'report.put-off'])
    expect(() => desk.reports.putOff(actor.id, '2026-11-16')).toThrow(new AppError('BC-004', { day: '16/11/2026' }))
  })

  test('is not asked for by a print that was made before the day was over', () => {
    const desk = openedOnMonday()
    desk.at('2026-11-16T05:00:00.000Z')
    desk.reports.left(actor.id, desk.reports.sheet(DAY('daily', '2026-11-16')), 'printed')
    desk.at('2026-11-16T10:00:00.000Z')
    desk.reports.prepare()
    expect(days(desk)).toEqual(['2026-11-16'])
  })

  test('is made up for on days that were missed: the last five working days, weekend and holidays left out', () => {
    const desk = openedOnMonday()
    // Thursday 26/11; Tuesday 24/11 is a holiday.
    desk.at('2026-11-26T01:00:00.000Z')
    expect(desk.reports.prepare()).toEqual(['2026-11-18', '2026-11-19', '2026-11-20', '2026-11-23', '2026-11-25'])
    expect(days(desk)).toHaveLength(5)
  })

  test('is not made for days before the first dossier, nor where the settings say so', () => {
    const desk = openedOnMonday()
    desk.at('2026-11-17T01:00:00.000Z')
    expect(desk.reports.prepare()).toEqual(['2026-11-16'])
    const quiet = openedOnMonday({ preparesDaily: () => false })
    quiet.at('2026-11-17T01:00:00.000Z')
    expect([quiet.reports.prepare(), days(quiet)]).toEqual([[], []])
  })
})
