import { describe, expect, test } from 'vitest'
import { Instant } from '@contract/ids'
import { codeOf } from '../storage/support'
import { actor, type Desk, moveTo, newDesk, person, receive } from './support'

const at = (text: string): Instant => Instant.parse(text)

/** Seven dossiers of one morning whose order of entry is not that of their due dates. */
function filledDesk(): Desk {
  const desk = newDesk()
  for (const [index, minute] of [3, 1, 6, 2, 7, 5, 4].entries()) {
    desk.at(`2026-11-23T02:0${minute}:00.000Z`)
    receive(desk, { applicant: person({ fullName: `Người Thứ ${index}`, idNumber: '' }) })
  }
  desk.at('2026-11-30T10:00:00.000Z')
  return desk
}

function pages(desk: Desk, query: Parameters<Desk['intake']['list']>[0]): string[] {
  const names: string[] = []
  for (let before: string | undefined; ;) {
    const { items, next } = desk.intake.list({ ...query, before })
    names.push(...items.map(({ applicantName }) => applicantName.slice(-1)))
    if (next === null) return names
    before = next
  }
}

describe('A list of dossiers', () => {
  test('comes page by page, newest first, none twice and none left out', () => {
    expect(pages(filledDesk(), { limit: 3 })).toEqual(['6', '5', '4', '3', '2', '1', '0'])
  })

  test('by due date comes page by page, the most urgent first, none twice and none left out', () => {
    expect(pages(filledDesk(), { due: 'overdue', limit: 3 })).toEqual(['1', '3', '0', '6', '5', '2', '4'])
  })

  test('takes no page mark that it did not give', () => {
    const desk = filledDesk()
    expect([codeOf(() => desk.intake.list({ before: 'x', limit: 3 })), codeOf(() => desk.intake.list({ before: '3', due: 'overdue', limit: 3 })), codeOf(() => desk.intake.list({ before: '3@2026-11-23T00:00:00.000Z', limit: 3 }))])
      .toEqual(['TK-013', 'TK-013', 'TK-013'])
  })

  test('holds what was received in a span of time', () => {
    expect(pages(filledDesk(), { from: at('2026-11-23T02:03:00.000Z'), to: at('2026-11-23T02:05:00.000Z'), limit: 10 })).toEqual(['6', '0'])
  })

  test('of a state holds that state only', () => {
    const desk = filledDesk()
    const [first] = desk.intake.list({ limit: 1 }).items
    if (first) desk.intake.changeState(actor, { dossierId: first.id, version: 1, to: 4, note: 'chuyển' })
    expect([pages(desk, { states: [4], limit: 5 }), pages(desk, { states: [2], limit: 5 }).length]).toEqual([['6'], 6])
  })

  test('of what is late leaves out what waits for the citizen and what is done', () => {
    const desk = filledDesk()
    const [one, two] = desk.intake.list({ limit: 2 }).items
    if (one) moveTo(desk, { id: one.id, version: 1 }, 5)
    if (two) moveTo(desk, { id: two.id, version: 1 }, 9)
    expect(pages(desk, { due: 'overdue', limit: 5 })).toEqual(['1', '3', '0', '2', '4'])
  })

  test('of today holds what is due on this civil day', () => {
    const desk = filledDesk()
    desk.at('2026-11-26T18:00:00.000Z')
    expect([pages(desk, { due: 'today', limit: 10 }).length, pages(desk, { due: 'next-working-day', limit: 10 }).length]).toEqual([7, 0])
  })
})
