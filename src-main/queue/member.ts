import { createDesk } from './desk'
import { createHandover } from './handover'
import { type Agreed, createLine, type Line } from './line'
import { createLines } from './lines'
import type { Change, LineMeta, QueueLog, StoredLine } from './log'
import { createReplica } from './replica'
import { callingOrder } from './rules'
import type { Timing } from './timing'
import { type QueueView, viewOf } from './view'
import { type Message, MOST_LED } from './wire'
import type { LineId, NodeId, Order, Outcome, TicketId } from './words'

export type MemberDeps = Readonly<{
  self: Readonly<{ node: NodeId; /** What its own numbers begin with. */ prefix: string; /** What people call it now. */ name(): string }>
  log: QueueLog
  timing: Timing
  /** `mono`: ms that only go forward; `wall`: ms since 1970, right or wrong; `day`: today's civil date. */
  clock: Readonly<{ mono(): number; wall(): number; day(): string }>
  random: () => number
  newId: () => string
  send: (to: NodeId, message: Message) => void
  /** Every agreed event once per run of this node, in the order of its line. `ageMs`: how long ago by the clock of the line. */
  told: (agreed: Agreed, ageMs: number) => void
  /** Another counter has the same prefix: when the network is cut both would give the same numbers. Told once a counter. */
  prefixTaken: (by: NodeId) => void
  /** What people call another node; told when it is first heard and when it changes. */
  named: (node: NodeId, name: string) => void
}>

/** A node of the queue without its network: it is given messages and ticks and gives messages. */
export type Member = Readonly<{
  /** A node can be reached, or no longer. */
  met(node: NodeId): void
  lost(node: NodeId): void
  receive(from: NodeId, message: Message): void
  /** To be called every few ten milliseconds. */
  tick(): void
  submit(order: Order, done: (outcome: Outcome) => void): void
  /** An officer says that the side which holds this number is off. It may then be called here. */
  claim(ticket: TicketId, done: (outcome: Outcome) => void): void
  /** Before the program ends: the others need not wait for it. */
  leave(): void
  view(): QueueView
  /** Those who wait in the line in which everybody works, in the order in which this counter would call them. */
  turns(letters: readonly string[] | null): readonly TicketId[]
  state(): readonly Line[]
}>

const STATUS_MS = 250

export function createMember(deps: MemberDeps): Member {
  const { self, log, timing, clock, random } = deps
  const begun = clock.mono()
  const outbox: (() => void)[] = []
  const peers = new Set<NodeId>()
  const namesakes = new Set<NodeId>()
  const names = new Map<NodeId, string>()
  let statusAt = 0

  const send = (to: NodeId, message: Message): void => {
    outbox.push(() => deps.send(to, message))
  }

  function open(stored: StoredLine): Line {
    const lastStamp = stored.entries.at(-1)?.stamp ?? 0
    // While this machine was off the line's clock went on; the clock on its wall may have been set meanwhile.
    const off = stored.entries.length === 0 ? 0 : Math.min(Math.max(0, clock.wall() - stored.keptAt), 2 * timing.overMs)
    return createLine(createReplica({ self: self.node, stored, clock: lastStamp + off, mono: clock.mono(), timing, random, send }))
  }
  const lines = createLines({ self: self.node, timing, begun, open })
  const desk = createDesk({ self: self.node, timing, lines, send, found, newId: deps.newId })
  const handover = createHandover({ lines, desk, timing })
  for (const stored of log.load()) lines.add(stored)
  for (const line of lines.all()) line.advance()

  function found(mono: number): Line {
    const day = clock.day()
    const mine = lines.all().map((line) => line.meta).filter((meta) => meta.founder === self.node && meta.day === day)
    const generation = 1 + Math.max(0, ...mine.map((meta) => meta.generation))
    const id = `${day}.${self.node}.${generation}`
    const meta: LineMeta = { id, founder: self.node, prefix: self.prefix, generation, born: lines.nextBorn(mono), day, foundedAt: clock.wall() }
    const line = lines.add({ meta, term: 0, votedFor: null, commit: 0, entries: [], keptAt: clock.wall() })
    line.replica.tick(mono)
    // the neighbours should know before they found their own
    statusAt = mono
    return line
  }

  /** First the disk, then the others and whoever waits for an answer. */
  function settle(): void {
    const mono = clock.mono()
    for (let again = true; again;) {
      const changes: Change[] = []
      for (const line of lines.all()) {
        const change = line.replica.change()
        if (change) changes.push(change)
      }
      if (changes.length > 0) log.save(changes, clock.wall())
      const news: [agreed: Agreed, ageMs: number][] = []
      for (const line of lines.all()) {
        for (const agreed of line.advance()) news.push([agreed, Math.max(0, line.replica.clock(mono) - agreed.stamp)])
        line.answer()
      }
      for (const post of outbox.splice(0)) post()
      for (const [agreed, ageMs] of news) deps.told(agreed, ageMs)
      again = desk.settle(mono) || news.length > 0
    }
  }

  function status(mono: number): void {
    statusAt = mono + STATUS_MS
    const leads = lines.led(mono).map((line) => line.meta).slice(0, MOST_LED)
    for (const node of peers) send(node, { kind: 'status', name: self.name(), prefix: self.prefix, leads })
    join(mono)
  }

  /** The line in which everybody works wants to be followed. */
  function join(mono: number): void {
    const working = lines.working(mono)
    if (!working || working.leader === self.node) return
    const copy = lines.get(working.meta.id)
    if (!copy || mono - copy.replica.heardAt() > timing.leaseMs) send(working.leader, { kind: 'join', line: working.meta.id })
  }

  function onStatus(from: NodeId, { leads, prefix, name }: Extract<Message, { kind: 'status' }>, mono: number): void {
    lines.heard(from, leads, mono)
    join(mono)
    if (names.get(from) !== name) {
      names.set(from, name)
      deps.named(from, name)
    }
    if (prefix !== self.prefix || namesakes.has(from)) return
    namesakes.add(from)
    deps.prefixTaken(from)
  }

  function onReplica(from: NodeId, message: Extract<Message, { line: LineId; term: number }>, mono: number): void {
    const known = lines.get(message.line)
    if (known) return known.replica.receive(from, message, mono)
    if (message.kind !== 'put') return
    if (message.meta?.id === message.line) {
      lines.add({ meta: message.meta, term: 0, votedFor: null, commit: 0, entries: [], keptAt: clock.wall() }).replica.receive(from, message, mono)
    } else send(from, { kind: 'got', line: message.line, term: message.term, ok: false, index: 0 })
  }

  return {
    met: (node) => void peers.add(node),
    lost(node) {
      peers.delete(node)
      lines.forget(node)
    },
    receive(from, message) {
      const mono = clock.mono()
      switch (message.kind) {
        case 'status':
          onStatus(from, message, mono)
          break
        case 'join': lines.get(message.line)?.replica.join(from, mono); break
        case 'leave': for (const line of lines.all()) line.replica.leave(from); break
        case 'order': desk.onOrder(from, message.line, message.order, mono); break
        case 'answer': desk.onAnswer(message.id, message.outcome, mono); break
        default: onReplica(from, message, mono)
      }
      settle()
    },
    tick() {
      const mono = clock.mono()
      for (const line of lines.current(mono)) line.replica.tick(mono)
      lines.look(mono)
      if (mono >= statusAt) status(mono)
      handover.tick(mono)
      desk.tick(mono)
      settle()
    },
    submit(order, done) {
      desk.submit(order, clock.mono(), done)
      settle()
    },
    claim(ticket, done) {
      desk.claim(ticket, clock.mono(), done)
      settle()
    },
    leave() {
      for (const node of peers) send(node, { kind: 'leave' })
      settle()
    },
    view: () => viewOf(lines, clock.mono()),
    turns(letters) {
      const working = lines.working(clock.mono())
      const state = working && lines.get(working.meta.id)?.state()
      return state ? callingOrder(state.tickets.values(), { counter: self.node, letters }, state.run).map(({ id }) => id) : []
    },
    state: () => lines.all(),
  }
}
