import type { QueueGroup } from '@contract/queue'
import type { Shown } from './view'
import type { NodeId, Ticket } from './words'

/** Milliseconds of the line's own clock, so that no counter's wrong clock gets into them. */
export type WaitFigures = Readonly<{ count: number; meanWaitMs: number; p90WaitMs: number; longestWaitMs: number; meanServedMs: number }>

export type DayReport = Readonly<{
  given: number
  done: number
  missed: number
  /** Not worked on to the end. */
  open: number
  whole: WaitFigures
  byKind: ReadonlyMap<string, WaitFigures>
  byGroup: ReadonlyMap<QueueGroup, WaitFigures>
  byCounter: ReadonlyMap<NodeId, WaitFigures>
  /** By the hour in which a number was given; the wait of those of them that were served. */
  byHour: ReadonlyMap<number, Readonly<{ given: number; meanWaitMs: number }>>
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

function byHour(held: readonly Pick<Shown, 'ticket' | 'givenAt'>[], hourOf: (ms: number) => number): DayReport['byHour'] {
  const hours = new Map<number, Ticket[]>()
  for (const { ticket, givenAt } of held) hours.set(hourOf(givenAt), [...(hours.get(hourOf(givenAt)) ?? []), ticket])
  const served = (tickets: readonly Ticket[]): readonly number[] => tickets.filter(({ state }) => state === 'done').map(({ waitedMs }) => waitedMs)
  return new Map([...hours].sort(([one], [other]) => one - other).map(([hour, tickets]) => [hour, { given: tickets.length, meanWaitMs: mean(served(tickets)) }]))
}

/**
 * How long people waited and how long they were served. Numbers that nobody held do not count.
 * @param hourOf the hour on the clock of the hall, 0 to 23, of a moment in ms since 1970
 */
export function reportOf(shown: Iterable<Pick<Shown, 'ticket' | 'givenAt'>>, hourOf: (ms: number) => number): DayReport {
  const held = [...shown].filter(({ ticket }) => ticket.state !== 'void')
  const tickets = held.map(({ ticket }) => ticket)
  const done = tickets.filter(({ state }) => state === 'done')
  const missed = tickets.filter(({ state }) => state === 'no-show').length
  return {
    given: tickets.length, done: done.length, missed, open: tickets.length - done.length - missed,
    whole: figures(done), byKind: by(done, ({ kind }) => kind), byGroup: by(done, ({ group }) => group), byCounter: by(done, ({ counter }) => counter),
    byHour: byHour(held, hourOf),
    twice: tickets.filter(({ twice }) => twice).map(({ label }) => label),
  }
}
