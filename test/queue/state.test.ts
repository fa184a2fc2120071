import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { decide } from '../../src-main/queue/decide'
import type { LineMeta } from '../../src-main/queue/log'
import { reportOf } from '../../src-main/queue/report'
import { callingOrder } from '../../src-main/queue/rules'
import { apply, emptyState, fold, type QueueState } from '../../src-main/queue/state'
import type { Order, QueueEvent } from '../../src-main/queue/words'
import { seeded } from '../seeded'

const LINE: LineMeta = { id: '2026-11-23.counter-1.1', founder: 'counter-1', prefix: '', generation: 1, born: 1, day: '2026-11-23', foundedAt: 0 }

type Log = { event: QueueEvent; stamp: number }[]
const on = (ticket: string, id = `${ticket}-${Math.random()}`) => ({ id, ticket })
const take = (ticket: string, letter = 'A'): Order => ({ kind: 'take', id: ticket, ticket, letter, group: 'ordinary', instead: null })

/** Gives orders at these moments; what was refused stands in the second result. */
function played(orders: readonly (readonly [stamp: number, order: Order])[]): { log: Log; state: QueueState; refusals: string[] } {
  const log: Log = []
  const state = emptyState()
  const refusals: string[] = []
  for (const [stamp, order] of orders) {
    const event = decide(LINE, state, order, stamp)
    if (typeof event === 'string') refusals.push(event)
    else {
      log.push({ event, stamp })
      apply(state, event, stamp)
    }
  }
  return { log, state, refusals }
}

const by = { counter: 'counter-1' }

const GROUPS = ['ordinary', 'elderly', 'pregnant'] as const
/** A morning: people take numbers, two counters call, send on and put back. */
const morning = fc.array(fc.tuple(fc.nat(9), fc.nat(2), fc.constantFrom('A', 'B'), fc.nat(30)), { maxLength: 60 }).map((acts) => acts.map(([act, group, letter, pick], index): readonly [number, Order] => {
  const about = { id: `o${index}`, ticket: `t${pick}` }
  const counter = `counter-${1 + (pick % 2)}`
  if (act < 5) return [index * 10, { kind: 'take', id: `t${index}`, ticket: `t${index}`, letter, group: GROUPS[group] ?? 'ordinary', instead: null }]
  if (act === 5) return [index * 10, { kind: 'transfer', ...about, to: counter, letter: null }]
  if (act === 6) return [index * 10, { kind: 'return', ...about }]
  if (act === 7) return [index * 10, { kind: 'miss', ...about, counter }]
  return [index * 10, { kind: 'next', id: about.id, counter, letters: null }]
}))

describe('The list of those who wait', () => {
  it('is, after any morning, the order in which this counter calls them', () => {
    fc.assert(fc.property(morning, fc.constantFrom<string[] | null>(null, ['A'], ['B', 'C']), (orders, letters) => {
      const { state } = played(orders)
      const shown = callingOrder(state.tickets.values(), { ...by, letters }, state.run).map(({ id }) => id)
      const called: string[] = []
      for (let turn = 0; ; turn++) {
        const event = decide(LINE, state, { kind: 'next', id: `n${turn}`, ...by, letters }, 10_000)
        if (typeof event === 'string') break
        apply(state, event, 10_000)
        if ('ticket' in event) called.push(event.ticket)
      }
      expect(shown).toEqual(called)
    }))
  })
})

describe('A number on its way', () => {
  it('from the kiosk to the end tells how long was waited and how long served', () => {
    const { state } = played([[0, take('a')], [60_000, { kind: 'next', id: 'n', ...by, letters: null }], [70_000, { kind: 'start', ...on('a'), ...by }], [190_000, { kind: 'finish', ...on('a'), ...by }]])
    const { state: end, waitedMs, servedMs } = state.tickets.get('a') ?? {}
    expect({ end, waitedMs, servedMs }).toEqual({ end: 'done', waitedMs: 60_000, servedMs: 120_000 })
  })

  it('to a counter that is off comes back for everybody, and only from there', () => {
    const { state, refusals } = played([
      [0, take('a')], [1, { kind: 'return', ...on('a') }], [2, { kind: 'next', id: 'n', ...by, letters: null }], [3, { kind: 'transfer', ...on('a'), to: 'counter-2', letter: 'C' }],
      [4, { kind: 'call', ...on('a'), ...by }], [5, { kind: 'return', ...on('a') }], [6, { kind: 'return', ...on('a') }],
    ])
    const { state: end, wanted, kind } = state.tickets.get('a') ?? {}
    expect({ end, wanted, kind, refusals }).toEqual({ end: 'waiting', wanted: null, kind: 'C', refusals: ['not-so-now', 'other-counter', 'not-so-now'] })
  })

  it('keeps its number when it comes back, and adds up both waits', () => {
    const { state } = played([
      [0, take('a')], [10, { kind: 'call', ...on('a'), ...by }], [20, { kind: 'miss', ...on('a'), ...by }], [30, { kind: 'return', ...on('a') }], [50, { kind: 'call', ...on('a'), ...by }],
    ])
    expect(state.tickets.get('a')).toMatchObject({ label: 'A001', waitedMs: 30, calls: 2, via: 'returned', state: 'called' })
  })

  it('sent on to another counter may be called there only', () => {
    const { refusals, state } = played([
      [0, take('a')], [1, { kind: 'call', ...on('a'), ...by }], [2, { kind: 'transfer', ...on('a'), to: 'counter-2', letter: 'C' }],
      [3, { kind: 'call', ...on('a'), ...by }], [4, { kind: 'next', id: 'x', counter: 'counter-2', letters: ['B'] }],
    ])
    expect([refusals, state.tickets.get('a')]).toMatchObject([['other-counter'], { state: 'called', counter: 'counter-2', kind: 'C', label: 'A001' }])
  })

  const states = {
    waiting: [], called: ['call'], serving: ['call', 'start'], held: ['call', 'hold'], done: ['call', 'start', 'finish'], 'no-show': ['call', 'miss'],
  } as const
  const allowed: Record<string, readonly string[]> = {
    call: ['waiting', 'held', 'no-show'], recall: ['called'], start: ['called', 'held'], finish: ['serving'], hold: ['called', 'serving'], miss: ['called'], return: ['called', 'serving', 'held', 'no-show'], transfer: ['called', 'serving', 'held'],
  }
  const order = (kind: string): Order => ({ kind, ...on('a'), ...(kind === 'transfer' ? { to: 'counter-2', letter: null } : kind === 'return' ? {} : by) }) as Order
  it.each(Object.entries(states).flatMap(([state, way]) => Object.keys(allowed).map((kind) => [kind, state, way] as const)))('%s when %s', (kind, state, way) => {
    const { refusals } = played([[0, take('a')], ...way.map((step, index) => [index + 1, order(step)] as const), [9, order(kind)]])
    expect(refusals).toEqual(allowed[kind]?.includes(state) ? [] : ['not-so-now'])
  })

  it('is nobody else\'s while a counter has it', () => {
    const { refusals } = played([[0, take('a')], [1, { kind: 'call', ...on('a'), ...by }], [2, { kind: 'start', ...on('a'), counter: 'counter-2' }], [3, { kind: 'miss', ...on('a'), counter: 'counter-2' }]])
    expect(refusals).toEqual(['other-counter', 'other-counter'])
  })
})

describe('Numbers', () => {
  it('count from one for each kind of matter', () => {
    const { state } = played([[0, take('a')], [0, take('b', 'B')], [0, take('c')]])
    expect([...state.tickets.values()].map(({ label }) => label)).toEqual(['A001', 'B001', 'A002'])
  })
})

describe('The fold of a log', () => {
  it('does not change when events come again, wherever and however often', () => {
    const random = seeded(5)
    const { log, state } = played(Array.from({ length: 200 }, (_, step): [number, Order] => {
      const ticket = `t${Math.floor(random() * 20)}`
      const kinds = ['take', 'call', 'start', 'finish', 'hold', 'miss', 'return'] as const
      const kind = kinds[Math.floor(random() * kinds.length)] ?? 'take'
      const order = kind === 'take' ? { ...take(ticket), id: `e${step}`, ticket: `t${step}` } : { kind, id: `e${step}`, ticket, ...(kind === 'return' ? {} : by) }
      return [step, order as Order]
    }))
    for (let round = 0; round < 50; round++) {
      const again = log.flatMap((entry, index) => [entry, ...(random() < 0.3 ? [log[Math.floor(random() * (index + 1))] ?? entry] : [])])
      expect(fold(again)).toEqual(state)
    }
    expect(log.length).toBeGreaterThan(20)
  })
})

describe('A number of another line', () => {
  const adopt = (from: QueueState, ticket: string, changed: object = {}, id = 'adopt'): Order => {
    const whole = from.tickets.get(ticket)
    if (!whole) throw new Error('no such number')
    return { kind: 'adopt', id, whole: { ...whole, ...changed }, from: '2026-11-23.counter-3.1', base: 500 }
  }

  it('has waited as long here as it did there', () => {
    const there = played([[100, take('a')]]).state
    const { state } = played([[9000, adopt(there, 'a')], [9010, { kind: 'call', ...on('a'), ...by }]])
    expect(state.tickets.get('a')).toMatchObject({ givenAt: 8600, waitedMs: 410 })
  })

  it('makes a number void in whose stead it was given, whichever comes first', () => {
    const there = played([[0, { ...take('paper'), instead: 'ghost' } as Order]]).state
    const late = played([[0, take('ghost')], [1, adopt(there, 'paper')]]).state
    const early = played([[0, adopt(there, 'paper')], [1, take('ghost')]]).state
    expect([late, early].map((state) => [state.tickets.get('ghost')?.state, state.tickets.get('paper')?.state])).toEqual([['void', 'waiting'], ['void', 'waiting']])
  })

  it('taken over by hand and served there is served here', () => {
    const { state: here, log } = played([[0, take('a')]])
    const there = played([[0, adopt(here, 'a', { byHand: true })], [1, { kind: 'call', ...on('a'), ...by }], [2, { kind: 'start', ...on('a'), ...by }], [3, { kind: 'finish', ...on('a'), ...by }]]).state
    const event = decide(LINE, here, adopt(there, 'a', {}, 'back'), 600)
    expect(fold([...log, { event: event as QueueEvent, stamp: 600 }]).tickets.get('a')).toMatchObject({ state: 'done', twice: false, byHand: true })
  })

  it('taken over by hand while the other side did have it is marked for the supervisor', () => {
    const { state: before } = played([[0, take('a')]])
    const there = played([[0, adopt(before, 'a', { byHand: true })], [1, { kind: 'call', ...on('a'), ...by }]]).state
    const { state } = played([[0, take('a')], [1, { kind: 'call', ...on('a'), ...by }], [2, adopt(there, 'a', {}, 'back')]])
    const shown = [...state.tickets.values()].map((ticket) => ({ ticket, givenAt: 0 }))
    expect(reportOf(shown, () => 0).twice).toEqual(['A001'])
  })
})
