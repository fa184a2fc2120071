import { describe, expect, it } from 'vitest'
import type { Order, Outcome, Ticket } from '../../src-main/queue/words'
import { calm } from './ward'
import { World } from './world'

type Machine = World['machines'][number]

/** Counters that have found each other and work in one line. */
function ward(count: number): { world: World; machines: readonly Machine[]; give: (machine: Machine | undefined, order: Order) => Outcome; take: (machine: Machine | undefined) => Ticket } {
  const world = new World(1, count)
  const give = (machine: Machine | undefined, order: Order): Outcome => {
    let outcome: Outcome | undefined
    if (machine) world.order(machine, order, (told) => { outcome = told })
    world.until(() => outcome !== undefined, 20_000)
    if (!outcome) throw new Error('no answer')
    return outcome
  }
  const take = (machine: Machine | undefined): Ticket => {
    const id = world.newId()
    const outcome = give(machine, { kind: 'take', id, ticket: id, letter: 'A', group: 'ordinary', instead: null })
    if (!outcome.ok) throw new Error(outcome.refusal)
    return outcome.ticket
  }
  const [first] = world.machines
  if (first) world.start(first)
  world.run(2000)
  take(first)
  for (const machine of world.machines.slice(1)) world.start(machine)
  world.run(4000)
  return { world, machines: world.machines, give, take }
}
const call = (world: World, machine: Machine | undefined, ticket: string): Order => ({ kind: 'call', id: world.newId(), ticket, counter: machine?.node ?? '' })
const shown = (machine: Machine | undefined, id: string) => machine?.member?.view().tickets.get(id)
const split = (machines: readonly Machine[], away: readonly number[]): void => machines.forEach((machine, index) => { machine.group = away.includes(index) ? 1 : 0 })

describe('Two counters that call at the same moment', () => {
  it('call two people', () => {
    const { world, machines, take } = ward(3)
    take(machines[0])
    const called: string[] = []
    for (const machine of machines.slice(1)) world.order(machine, { kind: 'next', id: world.newId(), counter: machine.node, letters: null }, (outcome) => { if (outcome.ok) called.push(outcome.ticket.id) })
    world.run(1000)
    expect(new Set(called).size).toBe(2)
  })

  it('for the same person: one of them has him, and an order that is repeated is carried out once', () => {
    const { world, machines, give, take } = ward(3)
    const { id } = take(machines[0])
    const order = call(world, machines[1], id)
    const outcomes = [give(machines[1], order), give(machines[2], call(world, machines[2], id)), give(machines[1], order)]
    expect(outcomes.map((outcome) => (outcome.ok ? [outcome.ticket.counter, outcome.ticket.calls] : outcome.refusal))).toEqual([['counter-2', 1], 'not-so-now', ['counter-2', 1]])
  })
})

describe('A ward whose network is cut', () => {
  it('goes on with the common numbers where most counters are, and with own ones elsewhere; then they are one queue', () => {
    const { world, machines, give, take } = ward(5)
    const common = take(machines[4])
    split(machines, [3, 4])
    world.run(5000)
    const most = take(machines[1])
    const own = take(machines[3])
    world.run(500)
    const neighbour = take(machines[4])
    const cut = {
      most: most.label, own: own.label, neighbour: neighbour.label, side: shown(machines[4], common.id)?.side, there: shown(machines[1], common.id)?.side,
      call: give(machines[4], call(world, machines[4], common.id)), next: give(machines[4], { kind: 'next', id: world.newId(), counter: 'counter-5', letters: null }),
    }
    split(machines, [])
    const together = world.until(() => calm(world), 20_000)
    const later = take(machines[3])
    expect({ ...cut, next: cut.next.ok && cut.next.ticket.label, together, later: later.label, ownStill: shown(machines[0], own.id)?.ticket.label, side: cut.side }).toEqual({
      most: 'A003', own: 'K4A001', neighbour: 'K4A002', side: 'other-side', there: 'here', call: { ok: false, refusal: 'other-side' }, next: 'K4A001',
      together: true, later: 'A004', ownStill: 'K4A001',
    })
  })

  it('says where it is cut off: on the side of the fewer, until the lines have met', () => {
    const { world, machines } = ward(3)
    const cut = (): (boolean | undefined)[] => machines.map((machine) => machine.member?.view().cutOff)
    const before = cut()
    split(machines, [2])
    world.run(5000)
    const apart = cut()
    split(machines, [])
    world.until(() => calm(world), 20_000)
    world.run(2000)
    expect({ before, apart, after: cut() }).toEqual({ before: [false, false, false], apart: [false, false, true], after: [false, false, false] })
  })

  it('does not give the same own number again when it is cut a second time', () => {
    const { world, machines, take } = ward(3)
    const labels: string[] = []
    for (let round = 0; round < 3; round++) {
      split(machines, [2])
      world.run(5000)
      labels.push(take(machines[2]).label)
      split(machines, [])
      world.until(() => calm(world), 20_000)
      if (round === 1 && machines[2]) {
        world.kill(machines[2])
        world.start(machines[2])
      }
    }
    expect(labels).toEqual(['K3A001', 'K3A002', 'K3A003'])
  })

  it('keeps the order of waiting when the numbers come together, whatever the clocks say', () => {
    const { world, machines, give, take } = ward(3)
    give(machines[0], { kind: 'next', id: world.newId(), counter: 'counter-1', letters: null })
    split(machines, [2])
    world.run(5000)
    const labels = [take(machines[0]), take(machines[2])]
    world.run(30_000)
    labels.push(take(machines[0]))
    world.run(30_000)
    labels.push(take(machines[2]))
    split(machines, [])
    world.until(() => calm(world), 20_000)
    const called = labels.map(() => give(machines[1], { kind: 'next', id: world.newId(), counter: 'counter-2', letters: null })).map((outcome) => outcome.ok && outcome.ticket.label)
    expect(called).toEqual(labels.map(({ label }) => label))
  })
})

describe('A leader', () => {
  it('that was cut off and comes back with an older term follows', () => {
    const { world, machines, take } = ward(3)
    split(machines, [0])
    world.run(5000)
    take(machines[1])
    split(machines, [])
    world.run(3000)
    const { leader } = machines[0]?.member?.view().working ?? {}
    expect([leader === 'counter-1', take(machines[0]).label, world.until(() => calm(world), 5000)]).toEqual([false, 'A003', true])
  })
})

describe('Of two counters', () => {
  it('the one that is left takes numbers over by hand when an officer says that the other is off', () => {
    const { world, machines, give, take } = ward(2)
    const [first, second] = machines
    const { id, label } = take(second)
    if (second) world.kill(second)
    world.run(6000)
    const own = take(first)
    const before = give(first, call(world, first, id))
    let claimed: Outcome | undefined
    first?.member?.claim(id, (outcome) => { claimed = outcome })
    world.run(500)
    const after = give(first, call(world, first, id))
    give(first, { kind: 'start', id: world.newId(), ticket: id, counter: 'counter-1' })
    give(first, { kind: 'finish', id: world.newId(), ticket: id, counter: 'counter-1' })
    if (second) world.start(second)
    const together = world.until(() => calm(world), 20_000)
    expect({ own: own.label, before, claimed: claimed?.ok, called: after.ok && after.ticket.label, together, end: shown(second, id)?.ticket.state, twice: shown(second, id)?.ticket.twice }).toEqual({
      own: '0.2A001', before: { ok: false, refusal: 'other-side' }, claimed: true, called: label, together: true, end: 'done', twice: false,
    })
  })

  it('the one that is left needs no number of its own before it takes others over, and founds one line for all of them', () => {
    const { world, machines, give, take } = ward(2)
    const [first, second] = machines
    const given = [take(second), take(second), take(second)]
    if (second) world.kill(second)
    const claimed: boolean[] = []
    const claim = ({ id }: { id: string }): void => first?.member?.claim(id, ({ ok }) => void claimed.push(ok))
    world.run(2000)
    for (const each of given.slice(0, 2)) claim(each)
    const early = claimed.length
    world.run(4000)
    for (const each of given.slice(2)) claim(each)
    world.run(500)
    const lines = new Set(given.map(({ id }) => shown(first, id)?.line))
    const called = given.map(({ id }) => give(first, call(world, first, id)).ok)
    expect({ early, claimed, lines: lines.size, called }).toEqual({ early: 0, claimed: [true, true, true], lines: 1, called: [true, true, true] })
  })

  it('nobody takes over by hand what the leader can still call', () => {
    const { machines, take } = ward(2)
    const { id } = take(machines[0])
    let claimed: Outcome | undefined
    machines[1]?.member?.claim(id, (outcome) => { claimed = outcome })
    expect(claimed).toEqual({ ok: false, refusal: 'not-so-now' })
  })
})

describe('The next morning', () => {
  it('begins with a line of its own', () => {
    const { world, machines, take } = ward(2)
    const [first] = machines
    world.run(15 * 3_600_000)
    world.until(() => calm(world), 20_000)
    const { label } = take(first)
    world.until(() => calm(world), 20_000)
    expect([label.endsWith('001'), machines[1]?.member?.view().tickets.size]).toEqual([true, 1])
  })
})
