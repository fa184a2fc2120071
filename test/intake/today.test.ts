import { describe, expect, test } from 'vitest'
import { actor, type Desk, moveTo, newDesk, person, receive } from './support'

const named = (desk: Desk, fullName: string) => receive(desk, { applicant: person({ fullName, idNumber: '' }) })
const move = moveTo

describe('Today', () => {
  test('counts what came, what is due and what is late', () => {
    const desk = newDesk()
    const [one, two, three] = [named(desk, 'Một'), named(desk, 'Hai'), named(desk, 'Ba')]
    move(desk, two, 9)
    move(desk, three, 5)
    desk.at('2026-11-27T08:00:00.000Z')
    named(desk, 'Bốn')
    desk.intake.start(actor)
    const today = desk.intake.today()
    expect({ ...today, due: today.due.map(({ applicantName }) => applicantName), one: one.dueAt }).toMatchObject({
      receivedToday: 1, receivedHere: 1, dueToday: 3, dueTodayReady: 1, overdue: 1, drafts: 1, due: ['Một', 'Hai'], dueTotal: 2, one: '2026-11-27T02:00:00.000Z',
    })
  })

  test('is the civil day of Viet Nam', () => {
    const desk = newDesk()
    desk.at('2026-11-22T17:00:00.000Z')
    named(desk, 'Nửa đêm')
    desk.at('2026-11-23T16:59:00.000Z')
    const evening = desk.intake.today().receivedToday
    desk.at('2026-11-23T17:00:00.000Z')
    expect([evening, desk.intake.today().receivedToday]).toEqual([1, 0])
  })

  test('reminds of three o’clock and of the holiday to come', () => {
    const desk = newDesk()
    const before = desk.intake.today().reminders.map(({ code }) => code)
    desk.at('2026-11-23T08:30:00.000Z')
    expect([before, desk.intake.today().reminders.map(({ code, params }) => [code, params['date']])])
      .toEqual([['holiday-tomorrow', 'after-fifteen'], [['holiday-tomorrow', '2026-11-24'], ['fifteen-passed', '2026-11-25']]])
  })

  test('is there on the last day of a calendar too, and says what is missing', () => {
    const desk = newDesk()
    desk.at('2027-12-31T02:00:00.000Z')
    expect(desk.intake.today().reminders).toMatchObject([{ code: 'calendar-missing', params: { year: '2028' } }, { code: 'after-fifteen' }])
  })
})
