import { describe, expect, it } from 'vitest'
import type { QueueGroup } from '@contract/queue'
import { GROUPS, isPriority } from '../../src-main/queue/groups'
import { labelOf, nextToCall, placeOfReturn, PRIORITY_RUN } from '../../src-main/queue/rules'
import { Label, type Ticket } from '../../src-main/queue/words'

const ANYBODY = { counter: 'counter-1', letters: null }

export const ticket = (id: string, changed: Partial<Ticket> = {}): Ticket => ({
  id, label: 'A001', kind: 'A', group: 'ordinary', state: 'waiting', via: 'taken', counter: null, wanted: null, givenAt: 0, since: 0, at: 0,
  waitedMs: 0, servedMs: 0, calls: 0, origin: '2026-11-23.counter-1.1', instead: null, byHand: false, twice: false, moved: null, ...changed,
})

/** A letter a person: lower case has no group, upper case is elderly; in the order in which they came. */
const people = (text: string): Ticket[] => [...text].map((letter, place) => ticket(letter, { since: place * 1000, group: letter === letter.toLowerCase() ? 'ordinary' : 'elderly' }))

/** Who is called, one after the other, until nobody waits. */
function order(text: string): string {
  const waiting = people(text)
  let called = ''
  let run = 0
  for (;;) {
    const next = nextToCall(waiting, ANYBODY, run)
    if (!next) return called
    waiting.splice(waiting.indexOf(next), 1)
    called += next.id
    run = isPriority(next.group) && waiting.some(({ group }) => !isPriority(group)) ? run + 1 : 0
  }
}

describe('The order of calls', () => {
  it.each([
    ['', ''],
    ['abc', 'abc'],
    ['ABC', 'ABC'],
    ['abC', 'Cab'],
    ['aBcD', 'BDac'],
    ['abABCDEFGH', 'ABCaDEFbGH'],
    ['aABC', 'ABCa'],
    ['aABCD', 'ABCaD'],
    ['abcABCDEFG', 'ABCaDEFbGc'],
  ])('of those who came as %j is %j', (came, called) => {
    expect(order(came)).toBe(called)
  })

  it('never lets somebody without a group wait behind more than three of the groups in a row', () => {
    const called = order(`xABCDEFGHIJKLMNOPQRSTUVWy`)
    expect([called.indexOf('x'), called.indexOf('y')]).toEqual([PRIORITY_RUN, 2 * PRIORITY_RUN + 1])
  })

  it('calls who was sent on to this counter first, and nobody who was sent to another', () => {
    const waiting = [ticket('priority', { group: 'disabled' }), ticket('here', { since: 9, wanted: 'counter-1' }), ticket('there', { wanted: 'counter-2' })]
    expect([nextToCall(waiting, ANYBODY, 0)?.id, nextToCall(waiting, { counter: 'counter-3', letters: null }, 0)?.id]).toEqual(['here', 'priority'])
  })

  it('keeps to the kinds of matter that a counter serves', () => {
    const waiting = [ticket('one', { kind: 'A' }), ticket('other', { kind: 'C', since: 5 })]
    expect(nextToCall(waiting, { counter: 'counter-1', letters: ['C'] }, 0)?.id).toBe('other')
  })

  it.each(['called', 'serving', 'held', 'done', 'no-show', 'void'] as const)('passes over a number that is %s', (state) => {
    expect(nextToCall([ticket('one', { state })], ANYBODY, 0)).toBeUndefined()
  })

  it('passes over a number that is on its way to another line', () => {
    expect(nextToCall([ticket('one', { moved: { into: '2026-11-23.counter-2.1', seq: 1, handed: false } })], ANYBODY, 0)).toBeUndefined()
  })
})

describe('Who comes back', () => {
  const waiting = [ticket('a', { since: 10 }), ticket('b', { since: 20 }), ticket('c', { since: 30 })]
  it('after a call in vain has the place behind the next two', () => {
    expect(placeOfReturn(waiting, ticket('late', { state: 'no-show', since: 1 }))).toBe(21)
  })
  it('has the old place when it was an officer who put the matter aside', () => {
    expect(placeOfReturn(waiting, ticket('late', { state: 'held', since: 1 }))).toBe(1)
  })
  it('to an empty hall is next', () => {
    expect(placeOfReturn([], ticket('late', { state: 'no-show', since: 1 }))).toBe(1)
  })
})

describe('A number as it is printed', () => {
  it.each([
    ['', 1, 'A', 7, 'A007'], ['K3', 1, 'A', 7, 'K3A007'], ['K3', 2, 'A', 7, 'K3.2A007'], ['', 2, 'B', 1234, '0.2B1234'],
  ])('of prefix %j, line %i, kind %s and number %i is %s', (prefix, generation, letter, number, label) => {
    expect([labelOf({ prefix, generation }, letter, number), Label.safeParse(label).success]).toEqual([label, true])
  })

  it('is never the same for two lines, kinds or numbers', () => {
    const labels = ['', 'A', 'K', 'K1', 'K12'].flatMap((prefix) => [1, 2, 11].flatMap((generation) => ['A', 'K'].flatMap((letter) => [1, 12, 112].map((number) => labelOf({ prefix, generation }, letter, number)))))
    expect(new Set(labels).size).toBe(labels.length)
  })
})

describe('Every priority group', () => {
  it.each(GROUPS.filter(({ priority }) => priority))('$code says where it comes from', ({ code, source }: { code: QueueGroup; source: string }) => {
    expect([isPriority(code), source === '']).toEqual([true, false])
  })
})
