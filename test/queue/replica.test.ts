import { describe, expect, it } from 'vitest'
import type { Entry, StoredLine } from '../../src-main/queue/log'
import { createReplica } from '../../src-main/queue/replica'
import type { Replica } from '../../src-main/queue/replica-types'
import { TIMING } from '../../src-main/queue/timing'
import type { ReplicaMessage } from '../../src-main/queue/wire'

const ID = '2026-11-23.a.1'
const META = { id: ID, founder: 'a', prefix: '', generation: 1, born: 1, day: '2026-11-23', foundedAt: 0 }
const ROLL: Entry = { index: 1, term: 1, stamp: 0, body: { kind: 'roll', rolls: { next: { members: ['a', 'b', 'c'], tie: null }, old: null } } }
const turn = (index: number, term: number): Entry => ({ index, term, stamp: index, body: { kind: 'turn' } })
const stored = (changed: Partial<StoredLine> = {}): StoredLine => ({ meta: META, term: 1, votedFor: null, commit: 0, entries: [ROLL], keptAt: 0, ...changed })

function copy(self: string, from: StoredLine): { replica: Replica; said: [string, ReplicaMessage][] } {
  const said: [string, ReplicaMessage][] = []
  return { replica: createReplica({ self, stored: from, clock: 0, mono: 0, timing: TIMING, random: () => 0, send: (to, message) => void said.push([to, message]) }), said }
}
const ask = (term: number, lastIndex: number, lastTerm: number): ReplicaMessage => ({ kind: 'ask', line: ID, term, pre: false, lastIndex, lastTerm })
const votes = (said: [string, ReplicaMessage][]): unknown[] => said.flatMap(([to, message]) => (message.kind === 'vote' ? [[to, message.given]] : []))

/** Makes a copy the leader with the voice of b. */
function elected(replica: Replica, mono: number): void {
  replica.tick(mono)
  const { term } = replica.state()
  replica.receive('b', { kind: 'vote', line: ID, term: term + 1, pre: true, given: true }, mono)
  replica.receive('b', { kind: 'vote', line: ID, term: term + 1, pre: false, given: true }, mono)
}

describe('A copy of a line', () => {
  it('gives its vote once in a term, also when the machine was restarted in between', () => {
    const first = copy('c', stored())
    first.replica.receive('a', ask(2, 1, 1), 0)
    const kept = first.replica.change()
    const second = copy('c', stored({ term: kept?.term ?? 0, votedFor: kept?.votedFor ?? null }))
    second.replica.receive('b', ask(2, 1, 1), 0)
    second.replica.receive('a', ask(2, 1, 1), 0)
    expect([votes(first.said), votes(second.said)]).toEqual([[['a', true]], [['b', false], ['a', true]]])
  })

  it('does not vote for somebody who knows less', () => {
    const { replica, said } = copy('c', stored({ entries: [ROLL, turn(2, 1)] }))
    replica.receive('a', ask(2, 1, 1), 0)
    replica.receive('b', ask(3, 2, 1), 0)
    expect(votes(said)).toEqual([['a', false], ['b', true]])
  })

  it('takes for agreed what an earlier leader wrote only together with something of its own (Raft §5.4.2)', () => {
    const { replica } = copy('a', stored({ entries: [ROLL, turn(2, 1)] }))
    elected(replica, 2000)
    replica.receive('b', { kind: 'got', line: ID, term: 2, ok: true, index: 2 }, 2000)
    const early = replica.state().commit
    replica.receive('b', { kind: 'got', line: ID, term: 2, ok: true, index: 3 }, 2000)
    expect([early, replica.state().commit]).toEqual([0, 3])
  })

  it('leads no more when it hears of a later term', () => {
    const { replica } = copy('a', stored())
    elected(replica, 2000)
    const led = replica.state().leads
    replica.receive('b', { kind: 'put', line: ID, term: 5, meta: null, prevIndex: 1, prevTerm: 1, entries: [turn(2, 5)], commit: 2, clock: 9 }, 2001)
    expect([led, replica.state().leads, replica.state().term, replica.leader(2001)]).toEqual([true, false, 5, 'b'])
  })

  it('leads no more when it has not heard the others for the time of its lease', () => {
    const { replica } = copy('a', stored())
    elected(replica, 2000)
    replica.tick(2000 + TIMING.leaseMs - 1)
    const before = replica.state().leads
    replica.tick(2000 + TIMING.leaseMs + 1)
    expect([before, replica.state().leads, replica.leader(4000)]).toEqual([true, false, null])
  })

  it('does not unseat a leader that is heard, however high the term of the one who asks', () => {
    const { replica, said } = copy('c', stored())
    replica.receive('a', { kind: 'put', line: ID, term: 1, meta: null, prevIndex: 1, prevTerm: 1, entries: [], commit: 1, clock: 0 }, 100)
    said.length = 0
    replica.receive('b', ask(9, 1, 1), 200)
    expect([said, replica.state().term]).toEqual([[], 1])
  })

  it('has a clock that goes on from the last leader\'s and never back', () => {
    const { replica } = copy('a', stored())
    replica.receive('b', { kind: 'put', line: ID, term: 1, meta: null, prevIndex: 1, prevTerm: 1, entries: [{ ...turn(2, 1), stamp: 5000 }], commit: 1, clock: 5000 }, 100)
    elected(replica, 3100)
    replica.propose({ kind: 'turn' }, 3200)
    expect([replica.entry(3)?.stamp, replica.entry(4)?.stamp]).toEqual([8000, 8100])
  })
})
