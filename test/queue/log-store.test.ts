import { describe, expect, it } from 'vitest'
import type { Change, Entry, LineMeta } from '../../src-main/queue/log'
import { createMemoryLog } from '../../src-main/queue/log-memory'
import { createStoreLog, storedDay } from '../../src-main/queue/log-store'
import { openStore, type Store } from '../../src-main/storage'
import { seeded } from '../seeded'
import { storeOptions, temporaryFolder } from '../storage/support'

const META: LineMeta = { id: '2026-11-23.counter-1.1', founder: 'counter-1', prefix: '', generation: 1, born: 1, day: '2026-11-23', foundedAt: 1_795_000_000_000 }
const entry = (index: number, term = 1, id = `e${index}-${term}`): Entry => ({
  index, term, stamp: index * 10, body: { kind: 'event', event: { kind: 'called', id, ticket: `t${index}`, counter: 'counter-1' } },
})
const change = (changed: Partial<Change>): Change => ({ meta: META, term: 1, votedFor: null, commit: 0, from: null, entries: [], ...changed })

function fresh(): { store: Store; reopen: () => Store } {
  const folder = temporaryFolder()
  const open = (): Store => openStore(storeOptions(folder))
  const store = open()
  return { store, reopen: () => { store.close(); return open() } }
}

describe('The kept log of a line', () => {
  it('is after any row of savings and a restart what a log in memory is', () => {
    const { store, reopen } = fresh()
    const memory = createMemoryLog()
    const kept = createStoreLog(store, '2026-11-23')
    const random = seeded(11)
    let last = 0
    let commit = 0
    for (let term = 1; term < 60; term++) {
      const from = commit + 1 + Math.floor(random() * (last - commit + 1))
      const entries = Array.from({ length: Math.floor(random() * 4) }, (_, index) => entry(from + index, term))
      last = from + entries.length - 1
      commit += Math.floor(random() * (last - commit + 1))
      const changes = [change({ term, votedFor: random() < 0.5 ? 'counter-2' : null, commit, from, entries })]
      for (const log of [memory, kept]) log.save(changes, 1000 + term)
    }
    const again = reopen()
    expect(createStoreLog(again, '2026-11-23').load()).toEqual(memory.load())
    again.close()
  })

  it('tells a day as far as it was agreed, each number by the line that has it now', () => {
    const { store } = fresh()
    const log = createStoreLog(store, '2026-11-23')
    const given = (index: number, ticket: string): Entry => ({
      index, term: 1, stamp: index * 10, body: { kind: 'event', event: { kind: 'given', id: ticket, ticket, letter: 'A', group: 'ordinary', number: index, label: `A00${index}`, origin: META.id, instead: null } },
    })
    const released: Entry = { index: 3, term: 1, stamp: 30, body: { kind: 'event', event: { kind: 'released', id: 'r', ticket: 'b', into: '2026-11-23.counter-2.1', seq: 3 } } }
    log.save([change({ commit: 3, from: 1, entries: [given(1, 'a'), given(2, 'b'), released, given(4, 'c')] })], 1)
    const other = { ...META, id: '2026-11-23.counter-2.1', founder: 'counter-2', prefix: 'K2', foundedAt: META.foundedAt + 1000 }
    const whole = { ...(storedDay(store.read, META.day).find(({ ticket }) => ticket.id === 'b')?.ticket ?? (() => { throw new Error('not told') })()), moved: null, givenAt: 5 }
    log.save([change({ meta: other, commit: 1, from: 1, entries: [{ index: 1, term: 1, stamp: 6, body: { kind: 'event', event: { kind: 'adopted', id: 'adopt', whole, from: META.id } } }] })], 1)
    expect(storedDay(store.read, META.day).map(({ ticket, givenAt }) => [ticket.id, ticket.moved, givenAt - META.foundedAt])).toEqual([['a', null, 10], ['b', null, 1005]])
    expect(storedDay(store.read, '2026-11-22')).toEqual([])
    store.close()
  })

  it('of an earlier day is left for the reports', () => {
    const { store } = fresh()
    createStoreLog(store, '2026-11-23').save([change({})], 1)
    expect([createStoreLog(store, '2026-11-23').load().length, createStoreLog(store, '2026-11-24').load().length]).toEqual([1, 0])
    store.close()
  })

  it.each<[string, Change]>([
    ['a term that falls', change({ term: 2 })],
    ['a second vote in a term', change({ term: 3, votedFor: 'counter-3' })],
    ['an agreement that is taken back', change({ term: 3, votedFor: 'counter-2', commit: 1 })],
    ['an agreed entry that is replaced', change({ term: 3, votedFor: 'counter-2', commit: 2, from: 2, entries: [entry(2, 3)] })],
    ['a gap', change({ term: 3, votedFor: 'counter-2', commit: 2, from: 5, entries: [entry(5, 3)] })],
    ['an event that is there already', change({ term: 3, votedFor: 'counter-2', commit: 2, from: 4, entries: [entry(4, 3, 'e1-1')] })],
    ['another founder', change({ meta: { ...META, founder: 'counter-2' }, term: 3, votedFor: 'counter-2', commit: 3, from: 9 })],
  ])('refuses %s', (what, wrong) => {
    const { store } = fresh()
    const log = createStoreLog(store, '2026-11-23')
    log.save([change({ term: 3, votedFor: 'counter-2', commit: 2, from: 1, entries: [entry(1), entry(2), entry(3)] })], 1)
    const before = log.load()
    const attempt = (): void => log.save([wrong], 2)
    if (what === 'another founder') attempt()
    else expect(attempt).toThrow()
    expect(log.load()[0]?.meta).toEqual(META)
    if (what !== 'another founder') expect(log.load()).toEqual(before)
    store.close()
  })
})
