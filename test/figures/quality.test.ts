import { describe, expect, test } from 'vitest'
import { dayFigures, hoursOf, lateDossiers, nextDossiers, qualityOf } from '../../src-main/figures'
import { type Desk, moveTo, newDesk, person, receive } from '../intake/support'
import { seeded } from '../seeded'

const named = (desk: Desk, fullName: string, changed = {}) => receive(desk, { applicant: person({ fullName, idNumber: '' }), ...changed })
const move = moveTo
const now = (desk: Desk): Date => desk.deps.clock.now()

describe('Figures of the day', () => {
  test('count what came, ended, is late and lies with the citizen', () => {
    const desk = newDesk()
    const [, two, three] = [named(desk, 'Một'), named(desk, 'Hai'), named(desk, 'Ba')]
    move(desk, two, 9)
    move(desk, three, 5)
    desk.at('2026-11-27T08:00:00.000Z')
    named(desk, 'Bốn')
    expect(dayFigures(desk.store.read, now(desk))).toEqual({ received: 1, finished: 0, dueToday: 3, overdue: 1, inWork: 2, waitingForCitizen: 1 })
  })

  test('list the late ones and the next ones by code', () => {
    const desk = newDesk()
    const late = named(desk, 'Một')
    desk.at('2026-11-27T08:00:00.000Z')
    const next = named(desk, 'Hai')
    desk.at('2026-12-01T08:00:00.000Z')
    expect([lateDossiers(desk.store.read, now(desk)).map(({ code }) => code), nextDossiers(desk.store.read, now(desk)).map(({ code }) => code)]).toEqual([[late.code], [next.code]])
  })

  test('put each reception into its hour of Viet Nam', () => {
    const desk = newDesk()
    named(desk, 'Chín giờ')
    desk.at('2026-11-23T02:59:00.000Z')
    named(desk, 'Gần mười giờ')
    desk.at('2026-11-23T08:00:00.000Z')
    named(desk, 'Ba giờ chiều')
    expect([...hoursOf(desk.store.read, now(desk))]).toEqual([[9, { received: 2, finished: 0 }], [15, { received: 1, finished: 0 }]])
  })
})

describe('Service quality', () => {
  test('of nothing is unknown', () => {
    const desk = newDesk()
    expect(qualityOf(desk.store.read, '2026-11-01', '2026-11-30', now(desk)).onTime).toEqual({ part: 0, whole: 0, share: null })
  })

  test('takes only what was received in the period, both days included', () => {
    const desk = newDesk()
    named(desk, 'Ngày 23')
    desk.at('2026-11-25T16:59:00.000Z')
    named(desk, 'Cuối ngày 25')
    desk.at('2026-11-25T17:00:00.000Z')
    named(desk, 'Đầu ngày 26')
    const whole = (from: string, to: string): number => qualityOf(desk.store.read, from, to, now(desk)).synchronised.whole
    expect([whole('2026-11-23', '2026-11-25'), whole('2026-11-24', '2026-11-24'), whole('2026-11-26', '2026-11-26')]).toEqual([2, 0, 1])
  })

  test('knows papers that were used again', () => {
    const desk = newDesk()
    const procedure = desk.catalogue.get('1.004873')
    const components = Object.fromEntries(procedure.components.map(({ code }) => [code, { mark: 'reused' as const, note: '' }]))
    named(desk, 'Dùng lại', { components })
    named(desk, 'Nộp mới')
    expect(qualityOf(desk.store.read, '2026-11-23', '2026-11-23', now(desk)).reused).toEqual({ part: 1, whole: 2, share: 0.5 })
  })

  test('counts as a slow count over random histories does', () => {
    const desk = newDesk()
    const random = seeded(20261123)
    const day = (offset: number): string => new Date(Date.parse('2026-11-23T02:00:00.000Z') + offset * 3_600_000).toISOString()
    let late = 0
    for (let index = 0; index < 40; index += 1) {
      desk.at(day(index))
      const dossier = named(desk, `Người ${String(index)}`)
      const hours = Math.floor(random() * 200)
      desk.at(day(index + hours))
      move(desk, dossier, 9)
      if (dossier.dueAt !== null && Date.parse(day(index + hours)) > Date.parse(dossier.dueAt)) late += 1
    }
    desk.at(day(400))
    expect(qualityOf(desk.store.read, '2026-11-23', '2026-11-30', now(desk)).onTime).toMatchObject({ part: 40 - late, whole: 40 })
  })
})
