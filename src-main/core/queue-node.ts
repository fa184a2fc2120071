import { randomUUID } from 'node:crypto'
import { z } from 'zod'
import { addDays, fromCivil, toCivil } from '@contract/civil-time'
import type { CoreSettings } from '@contract/host'
import type { CallNews, QueueState, TicketId } from '@contract/queue'
import type { Settings } from '@contract/settings'
import { type Agreed, CALL_PORT, createQueue, createStoreLog, type Order, type Outcome, type Queue, type QueueOptions, type QueueTrouble, TIMING } from '../queue'
import { asAppError, type Clock, type Store } from '../storage'
import { createFeed } from './code-feed'
import type { Live } from './live'
import type { Log } from './log'
import { createRoster, type QueuePlace, samePlace, takePlace } from './queue-place'
import { instantOf, type Seen } from './queue-views'

export type QueueNodeDeps = Readonly<{
  place: CoreSettings
  store: Store
  clock: Clock
  live: Pick<Live, 'emit'>
  log: Log
  settings(): Settings
  /** For tests with several counters in one process; otherwise it follows from who this counter is. */
  lan?: QueueOptions['lan']
}>

/** The engine on this machine, as long as the office is open: begun anew when the ward's secret or the prefix is another one. */
export type QueueNode = Readonly<{
  seen(): Seen
  /** Those who wait, whatever their kind, in the order in which this counter would call them. */
  allTurns(): readonly string[]
  order(order: Order): Promise<Outcome>
  claim(ticket: string): Promise<Outcome>
  reaches(node: string): boolean
  /** Calls and recalls from now on, of all counters. */
  calls(signal: AbortSignal | undefined): AsyncGenerator<CallNews, void, undefined>
  close(): Promise<void>
}>

type Lan = NonNullable<QueueOptions['lan']>

const LanSchema = z.strictObject({
  address: z.ipv4(), port: z.int().min(0).max(65_535), callPort: z.int().min(0).max(65_535), group: z.ipv4().nullable(), targets: z.array(z.ipv4()).nullable(), everyMs: z.int().min(20),
}).partial()

/** An older call is news to nobody: this node came later, or was away. */
const NEWS_MS = 10_000
const LOOK_MS = 500
const FIRST_TICK_MS = 120
/** How long waiting times may stand still on a board. */
const REFRESH_MS = 30_000
/** So long the program listens for other counters before it says that there are none. */
const ARRIVAL_MS = 2_000
/** Told as long as nothing better is known; the others pass by themselves. */
const LASTING: ReadonlySet<QueueTrouble> = new Set(['log-failed', 'prefix-taken', 'call-port-busy'])
const TROUBLE_MS = 10 * 60_000
const GRAVEST = ['log-failed', 'prefix-taken', 'call-port-busy', 'call-failed', 'key'] as const

const NOBODY: Outcome = { ok: false, refusal: 'cut-off' }
const ALONE: Lan = { address: '127.0.0.1', callPort: 0, group: null, targets: [] }
const PRACTICE: Lan = { address: '127.0.0.1', callPort: CALL_PORT, group: null, targets: ['127.255.255.255'] }

/** Where the node speaks and listens. Nobody is called while no other counter can know the secret; practice mode stays on this machine. */
export function lanOf({ practice }: Pick<CoreSettings, 'practice'>, { origin }: Pick<QueuePlace, 'origin'>, wished: string | undefined): Lan {
  const usual = origin === 'own' ? ALONE : practice ? PRACTICE : {}
  // Only where the program is not installed: the shell passes no such variable otherwise.
  return wished === undefined ? usual : { ...usual, ...withoutGaps(LanSchema.parse(JSON.parse(wished))) }
}

const withoutGaps = (lan: z.infer<typeof LanSchema>): Lan => Object.fromEntries(Object.entries(lan).filter(([, value]) => value !== undefined))

export async function openQueueNode(deps: QueueNodeDeps): Promise<QueueNode> {
  const { store, clock, live, log, settings } = deps
  const nowMs = (): number => clock.now().getTime()
  const today = (): string => toCivil(clock.now()).date
  const roster = createRoster(store, () => clock.now())
  const news = createFeed<CallNews>(() => true)
  const troubles = new Map<QueueTrouble, number>()
  let place = takePlace(store, settings(), clock.now())
  let queue: Queue | null = null
  let begun = performance.now()
  let openedOn = today()
  let closed = false

  function told({ event, line }: Agreed, ageMs: number): void {
    live.emit({ kind: 'queue' })
    if ((event.kind !== 'called' && event.kind !== 'recalled') || ageMs > NEWS_MS) return
    const ticket = queue?.view().tickets.get(event.ticket)?.ticket
    if (!ticket) return log('queue.call-unknown', { line: line.id })
    const counter = event.kind === 'called' ? event.counter : ticket.counter
    news.push({ ticket: ticket.id as TicketId, label: ticket.label, counter: counter === null ? '' : roster.nameOf(counter), times: Math.max(1, ticket.calls), at: instantOf(nowMs() - ageMs) })
  }
  /** A name that cannot be kept is no reason to stop giving numbers. */
  function named(node: string, name: string): void {
    try {
      roster.heard(node, name)
    } catch (error) {
      log('queue.name-not-kept', { code: asAppError(error).code })
    }
    live.emit({ kind: 'queue' })
  }
  function trouble(code: QueueTrouble): void {
    if (!troubles.has(code)) log('queue.trouble', { code })
    troubles.set(code, performance.now())
    live.emit({ kind: 'queue' })
  }
  async function begin(): Promise<void> {
    begun = performance.now()
    openedOn = today()
    troubles.clear()
    named(place.node, settings().counter.name)
    try {
      queue = await createQueue({
        node: place.node, prefix: place.prefix, name: () => settings().counter.name, secret: place.secret,
        // A line may have been founded by a counter whose clock is still at yesterday.
        log: createStoreLog(store, addDays(openedOn, -1)), lan: deps.lan ?? lanOf(deps.place, place, process.env['MOTCUA_QUEUE_LAN']),
        clock: { wall: nowMs, day: today }, newId: randomUUID, told, named, trouble,
        // Nobody can come whom one would have to listen for.
        timing: place.origin === 'own' ? { ...TIMING, arrivalMs: 0 } : TIMING,
      })
      // A counter alone leads its own line with the first tick: what is shown first is right already.
      if (queue.view().cutOff) await new Promise((done) => setTimeout(done, FIRST_TICK_MS))
    } catch (error) {
      queue = null
      log('queue.not-opened', { code: asAppError(error).code })
    }
  }

  function standing(): QueueState['standing'] {
    if (!queue || troubles.has('log-failed')) return 'off'
    const { working, cutOff, tickets } = queue.view()
    if (working && !cutOff) return 'together'
    if (performance.now() - begun < ARRIVAL_MS) return 'starting'
    return cutOff || tickets.size > 0 ? 'alone' : 'together'
  }
  function gravest(): QueueState['trouble'] {
    const fresh = (code: QueueTrouble): boolean => troubles.has(code) && (LASTING.has(code) || performance.now() - (troubles.get(code) ?? 0) < TROUBLE_MS)
    return GRAVEST.find(fresh) ?? null
  }
  const letters = (): readonly string[] | null => (settings().queue.letters.length === 0 ? null : settings().queue.letters)
  const startOfDay = (): string => fromCivil(today(), 0).toISOString()
  const seen = (): Seen => ({
    place, view: queue?.view() ?? { working: null, cutOff: false, tickets: new Map() }, turns: queue?.turns(letters()) ?? [], reached: queue?.reached() ?? [],
    roster, standing: standing(), trouble: gravest(), today: roster.seenSince(startOfDay()), now: nowMs(),
  })

  /** Yesterday's numbers are let go of when the day is another one and all of them are over. */
  const isStale = (): boolean => openedOn !== today() && queue?.view().tickets.size === 0
  let picture = ''
  let shownAt = performance.now()
  let anew: Promise<void> | null = null

  async function beginAnew(next: QueuePlace): Promise<void> {
    const ending = queue
    queue = null
    await ending?.stop()
    place = next
    if (!closed) await begin()
    live.emit({ kind: 'queue' })
  }
  function look(): void {
    if (anew || closed) return
    const next = takePlace(store, settings(), clock.now())
    if (!samePlace(place, next) || isStale()) {
      anew = beginAnew(next).catch((error: unknown) => log('queue.not-begun-anew', { code: asAppError(error).code })).finally(() => { anew = null })
      return
    }
    const working = queue?.view().working
    const now = [standing(), gravest(), working?.line, working?.leader, queue?.reached().toSorted().join()].join('|')
    if (now === picture && performance.now() - shownAt < REFRESH_MS) return
    picture = now
    shownAt = performance.now()
    live.emit({ kind: 'queue' })
  }

  await begin()
  const timer = setInterval(() => {
    try {
      look()
    } catch (error) {
      log('queue.look-failed', { code: asAppError(error).code })
    }
  }, LOOK_MS).unref()
  return {
    seen,
    allTurns: () => queue?.turns(null) ?? [],
    order: async (order) => {
      await anew
      return queue?.order(order) ?? NOBODY
    },
    claim: async (ticket) => {
      await anew
      return queue?.claim(ticket) ?? NOBODY
    },
    reaches: (node) => node === place.node || (queue?.reached().includes(node) ?? false),
    calls: news.listen,
    close: async () => {
      closed = true
      clearInterval(timer)
      await anew
      await queue?.stop()
    },
  }
}
