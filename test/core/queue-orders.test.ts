import { expect, test } from 'vitest'
import { DEFAULT_SETTINGS, Settings } from '@contract/settings'
import type { QueueNode } from '../../src-main/core/queue-node'
import { createOrders } from '../../src-main/core/queue-orders'
import type { Seen } from '../../src-main/core/queue-views'
import type { Order, Ticket } from '../../src-main/queue'
import { counter, ward } from '../staff/support'
import { codeOfCall } from './support'

const called = (id: string): Ticket => ({
  id, label: 'A001', kind: 'A', group: 'ordinary', state: 'called', via: 'taken', counter: 'here', wanted: null, givenAt: 0, since: 0, at: 500, waitedMs: 500, servedMs: 0, calls: 1,
  origin: 'line', instead: null, byHand: false, twice: false, moved: null,
})

/** A counter that another one leads: the answers come, the log does not yet. */
function behind(): { node: QueueNode; ordered: Order[] } {
  const ordered: Order[] = []
  const seen: Seen = {
    place: { node: 'here', prefix: '', origin: 'city', secret: { agency: 'H29', bytes: new Uint8Array(32) } }, turns: ['one', 'two'], reached: ['leader'], standing: 'together', trouble: null, today: [], now: 0,
    view: { working: { line: 'line', prefix: '', generation: 1, leader: 'leader', members: ['leader', 'here'] }, cutOff: false, tickets: new Map() },
    roster: { nameOf: (node) => node, seenSince: () => [], heard: () => undefined },
  }
  const node: QueueNode = {
    seen: () => seen, allTurns: () => seen.turns, claim: () => Promise.reject(new Error('not asked')), reaches: () => true, calls: () => { throw new Error('not asked') }, close: () => Promise.resolve(),
    order: (order) => Promise.resolve({ ok: true, line: 'line', ticket: called(ordered.push(order) === 1 ? 'one' : 'two') }),
  }
  return { node, ordered }
}

test('A key pressed twice skips nobody where the answer of the leading counter is here before its log', async () => {
  const { node, ordered } = behind()
  const { next } = createOrders({ node, settings: () => Settings.parse({ ...DEFAULT_SETTINGS, ward, counter }), isUnfinished: () => false })
  const [first, second] = await Promise.all([next(), codeOfCall(next)])
  expect([first.id, second, ordered.length]).toEqual(['one', 'HC-003', 1])
})
