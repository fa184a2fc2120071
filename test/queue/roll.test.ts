import { describe, expect, it } from 'vitest'
import { enough, rollOf } from '../../src-main/queue/roll'

const NODES = ['a', 'b', 'c', 'd', 'e', 'f']
const subsets = (nodes: readonly string[]): string[][] => nodes.reduce<string[][]>((sets, node) => sets.flatMap((set) => [set, [...set, node]]), [[]])
const has = (set: readonly string[]) => (node: string): boolean => set.includes(node)

describe('What is enough of a roll', () => {
  it('always has a member in common with whatever else is enough', () => {
    for (const nodes of subsets(NODES).filter((set) => set.length > 0)) {
      const rolls = { next: rollOf(nodes, nodes[0] ?? ''), old: null }
      const sets = subsets(nodes).filter((set) => enough(rolls, has(set)))
      expect(sets.every((one) => sets.every((other) => one.some(has(other))))).toBe(true)
    }
  })

  it('while the roll changes has a member in common with what is enough of the old and of the new one', () => {
    for (const from of [['a'], ['a', 'b'], ['a', 'b', 'c'], ['a', 'b', 'c', 'd']]) {
      for (const to of subsets(['a', 'b', 'c', 'd', 'e']).filter((set) => set.length > 0)) {
        const old = rollOf(from, 'a')
        const next = rollOf(to, 'b')
        const all = subsets(['a', 'b', 'c', 'd', 'e'])
        const both = all.filter((set) => enough({ next, old }, has(set)))
        const single = all.filter((set) => enough({ next: old, old: null }, has(set)) || enough({ next, old: null }, has(set)))
        expect(both.every((one) => single.every((other) => one.some(has(other))))).toBe(true)
      }
    }
  })

  it.each([[['a', 'b'], 'a', ['b']], [['a', 'b', 'c'], 'a', ['b', 'c']], [['a', 'b', 'c', 'd'], 'a', ['b', 'c']]])('of %j without the leader %s is %j', (nodes, leader, rest) => {
    expect(enough({ next: rollOf(nodes, leader), old: null }, has(rest))).toBe(true)
  })

  it('of two counters is never the one that leads alone', () => {
    expect(enough({ next: rollOf(['a', 'b'], 'a'), old: null }, has(['a']))).toBe(false)
  })
})
