import type { GroupCode } from './groups'
import type { QueueView } from './view'
import type { NodeId, Ticket } from './words'

/** Milliseconds of the line's own clock, so that no counter's wrong clock gets into them. */
export type WaitFigures = Readonly<{ count: number; meanWaitMs: number; p90WaitMs: number; longestWaitMs: number; meanServedMs: number }>

export type QueueReport = Readonly<{
  given: number
  done: number
  missed: number
  /** Not worked on to the end. */
  open: number
  whole: WaitFigures
  byKind: ReadonlyMap<string, WaitFigures>
  byGroup: ReadonlyMap<GroupCode, WaitFigures>
  byCounter: ReadonlyMap<NodeId, WaitFigures>
  /** Worked on on both sides after a number was taken over by hand: somebody should look. */
  twice: readonly string[]
}>

const mean = (values: readonly number[]): number => (values.length === 0 ? 0 : Math.round(values.reduce((sum, value) => sum + value, 0) / values.length))

function figures(tickets: readonly Ticket[]): WaitFigures {
  const waits = tickets.map(({ waitedMs }) => waitedMs).sort((one, other) => one - other)
  return {
    count: tickets.length, meanWaitMs: mean(waits), p90WaitMs: waits[Math.max(0, Math.ceil(waits.length * 0.9) - 1)] ?? 0, longestWaitMs: waits.at(-1) ?? 0,
    meanServedMs: mean(tickets.map(({ servedMs }) => servedMs)),
  }
}

function by<K>(tickets: readonly Ticket[], key: (ticket: Ticket) => K | null): ReadonlyMap<K, WaitFigures> {
  const groups = new Map<K, Ticket[]>()
  for (const ticket of tickets) {
    const name = key(ticket)
    if (name === null) continue
    const group = groups.get(name)
    if (group) group.push(ticket)
    else groups.set(name, [ticket])
  }
  return new Map([...groups].map(([name, group]) => [name, figures(group)]))
}

/** How long people waited and how long they were served. Numbers that nobody held do not count. */
export function reportOf(view: QueueView): QueueReport {
  const tickets = [...view.tickets.values()].map(({ ticket }) => ticket).filter(({ state }) => state !== 'void')
  const done = tickets.filter(({ state }) => state === 'done')
  const missed = tickets.filter(({ state }) => state === 'no-show').length
  return {
    given: tickets.length, done: done.length, missed, open: tickets.length - done.length - missed,
    whole: figures(done), byKind: by(done, ({ kind }) => kind), byGroup: by(done, ({ group }) => group), byCounter: by(done, ({ counter }) => counter),
    twice: tickets.filter(({ twice }) => twice).map(({ label }) => label),
  }
}
