import { describe, expect, test } from 'vitest'
import { moveTo, person, receive } from '../intake/support'
import { EXTENSION, handover, newOffice, type Office, SUPPLEMENT, UNIT } from './support'

const named = ({ desk }: Office, fullName: string) => receive(desk, { applicant: person({ fullName, idNumber: '' }) })
const shown = (office: Office, days = 2) => office.handling.dueSoon(days).map(({ applicantName, apology }) => `${applicantName} ${apology}`)

describe('What is about to be due', () => {
  test('is listed with the most urgent first and what an apology still can do', () => {
    const office = newOffice()
    named(office, 'Một')
    office.desk.at('2026-11-25T02:00:00.000Z')
    named(office, 'Hai')
    named(office, 'Ba')
    const before = shown(office)
    office.desk.at('2026-11-26T02:00:00.000Z')
    const lastDay = shown(office)
    office.desk.at('2026-11-27T03:00:00.000Z')
    expect([before, lastDay, shown(office)]).toEqual([['Một later'], ['Một today', 'Hai later', 'Ba later'], ['Một passed', 'Hai later', 'Ba later']])
  })

  test('counts working days: on a Thursday with one day, Friday is in and Monday is not', () => {
    const office = newOffice()
    named(office, 'Thứ sáu')
    office.desk.at('2026-11-25T02:00:00.000Z')
    named(office, 'Thứ hai')
    office.desk.at('2026-11-26T02:00:00.000Z')
    expect([shown(office, 1), shown(office, 2)]).toEqual([['Thứ sáu today'], ['Thứ sáu today', 'Thứ hai later']])
  })

  test('leaves out what waits for the citizen or is done', async () => {
    const office = newOffice()
    const [one, two, three] = [named(office, 'Một'), named(office, 'Hai'), named(office, 'Ba')]
    await office.act(one.id, SUPPLEMENT)
    moveTo(office.desk, two, 9)
    moveTo(office.desk, three, 6)
    named(office, 'Bốn')
    office.desk.at('2026-11-26T02:00:00.000Z')
    expect(shown(office)).toEqual(['Bốn today'])
  })

  test('says where the papers lie, how long there is and who had an apology already', async () => {
    const office = newOffice()
    const [one, two] = [named(office, 'Một'), named(office, 'Hai')]
    await office.act(one.id, handover('Lãnh đạo UBND'))
    await office.act(two.id, EXTENSION)
    office.desk.at('2026-12-01T02:00:00.000Z')
    expect(office.handling.dueSoon(2)).toMatchObject([
      { applicantName: 'Một', office: 'Lãnh đạo UBND', extended: false, apology: 'passed', minutesLeft: -960 }, { applicantName: 'Hai', office: UNIT, extended: true, apology: 'done', minutesLeft: 480 },
    ])
  })
})
