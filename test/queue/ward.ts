import type { Order, Ticket } from '../../src-main/queue/words'
import type { World } from './world'

type Machine = World['machines'][number]

/** What people in the hall see: who has which paper in his hand and who was served. */
export type Hall = { readonly papers: Map<string, string>; readonly labels: Map<string, string>; readonly served: Map<string, number>; readonly outcomes: Map<string, number> }

const GROUPS = ['ordinary', 'ordinary', 'elderly', 'pregnant'] as const

/** Some act that a citizen or an officer at this machine may come upon. */
function act(world: World, hall: Hall, machine: Machine): void {
  const { member, node } = machine
  if (!member) return
  const count = (word: string): void => void hall.outcomes.set(word, (hall.outcomes.get(word) ?? 0) + 1)
  const give = (order: Order, done: (ticket: Ticket) => void = () => undefined): void => {
    world.order(machine, order, (outcome) => {
      count(outcome.ok ? `${order.kind} ok` : `${order.kind} ${outcome.refusal}`)
      if (outcome.ok) done(outcome.ticket)
    })
  }
  const id = world.newId()
  if (world.random() < 0.45) {
    give({ kind: 'take', id, ticket: id, letter: world.pick(['A', 'B']) ?? 'A', group: world.pick(GROUPS) ?? 'ordinary', instead: null }, (ticket) => handOut(world, hall, ticket))
    return
  }
  const mine = [...member.view().tickets.values()].filter(({ ticket }) => ticket.counter === node && ['called', 'serving'].includes(ticket.state))
  const at = world.pick(mine)?.ticket
  if (!at || world.random() < 0.2) return give({ kind: 'next', id, counter: node, letters: null })
  const dice = world.random()
  if (at.state === 'called') {
    if (!hall.papers.has(at.id) || dice < 0.15) give({ kind: 'miss', id, ticket: at.id, counter: node })
    else if (dice < 0.25) give({ kind: 'return', id, ticket: at.id })
    else give({ kind: 'start', id, ticket: at.id, counter: node })
  } else if (dice < 0.15) give({ kind: 'hold', id, ticket: at.id, counter: node })
  else if (dice < 0.3) give({ kind: 'transfer', id, ticket: at.id, to: world.pick(world.machines)?.node ?? node, letter: null })
  else give({ kind: 'finish', id, ticket: at.id, counter: node }, (ticket) => serve(world, hall, ticket))
}

function handOut(world: World, { papers, labels }: Hall, { id, label }: Ticket): void {
  const holder = labels.get(label)
  if (holder !== undefined && holder !== id) world.flaws.push(`number ${label} given twice`)
  labels.set(label, id)
  papers.set(id, label)
}

function serve(world: World, { served }: Hall, { id, label }: Ticket): void {
  const times = (served.get(id) ?? 0) + 1
  served.set(id, times)
  if (times > 1) world.flaws.push(`${label} served twice`)
}

function mishap(world: World): void {
  const dice = world.random()
  const machine = world.pick(world.machines)
  if (!machine) return
  if (dice < 0.3) for (const each of world.machines) each.group = Math.floor(world.random() * 2)
  else if (dice < 0.55) for (const each of world.machines) each.group = 0
  else if (dice < 0.75) world.kill(machine)
  else if (dice < 0.8) machine.skew = Math.round((world.random() - 0.5) * 7_200_000)
  if (dice >= 0.5) for (const each of world.machines) if (!each.member) world.start(each)
}

/** A morning full of mishaps. */
export function chaos(world: World, ms: number): Hall {
  const hall: Hall = { papers: new Map(), labels: new Map(), served: new Map(), outcomes: new Map() }
  world.faults = { drop: world.random() * 0.15, repeat: world.random() * 0.2, slow: world.random() * 0.1, die: world.random() * 0.01 }
  for (const machine of world.machines) world.start(machine)
  const end = world.now + ms
  const acts = (): void => {
    if (world.now >= end) return
    const machine = world.pick(world.machines)
    if (machine) act(world, hall, machine)
    world.after(world.random() * 200, acts)
  }
  const mishaps = (): void => {
    if (world.now >= end) return
    mishap(world)
    world.after(300 + world.random() * 4000, mishaps)
  }
  world.after(0, acts)
  world.after(1500, mishaps)
  world.run(ms)
  return hall
}

export function peace(world: World): void {
  world.faults = { drop: 0, repeat: 0, slow: 0, die: 0 }
  for (const machine of world.machines) {
    machine.group = 0
    if (!machine.member) world.start(machine)
  }
}

/** All numbers of all counters, the same text for the same view. */
export const picture = (machine: Machine): string =>
  JSON.stringify([...(machine.member?.view().tickets.values() ?? [])].map(({ ticket, line, side }) => [ticket, line, side] as const).sort(([one], [other]) => (one.id < other.id ? -1 : 1)))

export const calm = (world: World): boolean => {
  const pictures = new Set(world.machines.map(picture))
  return pictures.size === 1 && [...(world.machines[0]?.member?.view().tickets.values() ?? [])].every(({ side }) => side === 'here')
}

/** Everybody who holds a paper and was not served is served now, at the first counter. */
export function workOff(world: World, hall: Hall): void {
  const [machine] = world.machines
  if (!machine) return
  const now = (order: Order): Ticket | undefined => {
    let ticket: Ticket | undefined
    let answered = false
    world.order(machine, order, (outcome) => {
      answered = true
      if (outcome.ok) ticket = outcome.ticket
    })
    if (!world.until(() => answered, 20_000)) world.flaws.push(`no answer to ${order.kind}`)
    return ticket
  }
  const open = [...(machine.member?.view().tickets.values() ?? [])].map(({ ticket }) => ticket)
  for (const ticket of open) if (['called', 'serving', 'held', 'no-show'].includes(ticket.state)) now({ kind: 'return', id: world.newId(), ticket: ticket.id })
  for (const counter of world.machines.map(({ node }) => node)) {
    for (let left = 500; left > 0; left--) {
      const called = now({ kind: 'next', id: world.newId(), counter, letters: null })
      if (!called) break
      if (!hall.papers.has(called.id)) {
        now({ kind: 'miss', id: world.newId(), ticket: called.id, counter })
        continue
      }
      now({ kind: 'start', id: world.newId(), ticket: called.id, counter })
      const done = now({ kind: 'finish', id: world.newId(), ticket: called.id, counter })
      if (done) serve(world, hall, done)
    }
  }
}

/** What must hold at the end of every day, whatever happened. */
export function judge(world: World, hall: Hall): readonly string[] {
  const flaws = [...world.flaws]
  const view = world.machines[0]?.member?.view().tickets ?? new Map<string, never>()
  for (const [id, label] of hall.papers) {
    const shown = view.get(id)
    if (!shown) flaws.push(`${label} forgotten`)
    else if (shown.ticket.state !== 'done') flaws.push(`${label} is ${shown.ticket.state} at the end`)
    else if (shown.ticket.label !== label) flaws.push(`${label} became ${shown.ticket.label}`)
    else if (shown.ticket.twice) flaws.push(`${label} worked on twice`)
  }
  return flaws
}
