import { z } from 'zod'
import { Instant } from './ids'

/** Who is called before others (`src-main/queue/groups.ts`). Frozen in the log of the queue: add, never rename. */
export const QUEUE_GROUPS = ['ordinary', 'elderly', 'disabled', 'pregnant', 'merit', 'small-child'] as const
export const QueueGroup = z.enum(QUEUE_GROUPS)
export type QueueGroup = z.infer<typeof QueueGroup>

export const TicketId = z.string().regex(/^[\w-]{1,64}$/).brand<'TicketId'>()
export type TicketId = z.infer<typeof TicketId>
export const QueueNode = z.string().regex(/^[A-Za-z0-9_-]{1,64}$/)
export const KindLetter = z.string().regex(/^[A-Z]$/)

export const TicketState = z.enum(['waiting', 'called', 'serving', 'held', 'done', 'no-show'])
export type TicketState = z.infer<typeof TicketState>

/** A number in somebody's hand. Nothing in it says whose. */
export const QueueTicket = z.object({
  id: TicketId,
  /** As it is printed and called: "B042". */
  label: z.string(),
  letter: KindLetter, kind: z.string(), group: QueueGroup, priority: z.boolean(),
  state: TicketState,
  /** `other-side`: held by counters that cannot be reached; only `claim` gets it. */
  side: z.enum(['here', 'moving', 'other-side']),
  counter: z.object({ node: QueueNode, name: z.string(), here: z.boolean() }).nullable(),
  /** After a transfer: the only counter that may call it. */
  wanted: z.object({ node: QueueNode, name: z.string(), here: z.boolean() }).nullable(),
  givenAt: Instant,
  /** When the present state began, by this machine's clock. */
  stateSince: Instant,
  /** Waited before the present state, and served, in ms of the line's own clock. */
  waitedMs: z.number().int(), servedMs: z.number().int(),
  calls: z.number().int(),
  via: z.enum(['taken', 'returned', 'transferred']),
  byHand: z.boolean(), twice: z.boolean(),
})
export type QueueTicket = z.infer<typeof QueueTicket>

export const QueueCounter = z.object({ node: QueueNode, name: z.string(), here: z.boolean(), reached: z.boolean() })
export type QueueCounter = z.infer<typeof QueueCounter>

export const QueueKind = z.object({ letter: KindLetter, name: z.string(), waiting: z.number().int() })
export type QueueKind = z.infer<typeof QueueKind>

/** The queue as a counter sees it. */
export const QueueState = z.object({
  /** `starting`: listens for others; `alone`: cut off from the other counters of today, numbers with the own prefix; `together`; `off`: could not be opened. */
  standing: z.enum(['starting', 'together', 'alone', 'off']),
  prefix: z.string(),
  leads: z.boolean(),
  counters: z.array(QueueCounter),
  kinds: z.array(QueueKind),
  /** Those who wait, in the order in which they would be called here; then held, called, serving; then no-shows of today. Done ones are only counted. */
  tickets: z.array(QueueTicket),
  done: z.number().int(),
  /** Whom this counter would call now: it may not serve every kind. */
  next: QueueTicket.nullable(),
  /** The one being called or served at this counter. */
  mine: QueueTicket.nullable(),
  meanWaitMs: z.number().int(), longestWaitMs: z.number().int(),
  /** A lasting trouble that somebody must know of (`queue:trouble.<code>`). */
  trouble: z.enum(['prefix-taken', 'log-failed', 'call-port-busy', 'call-failed', 'key']).nullable(),
})
export type QueueState = z.infer<typeof QueueState>

/** Today's figures of waiting and serving, ms. */
export const QueueFigures = z.object({ count: z.number().int(), meanWaitMs: z.number().int(), p90WaitMs: z.number().int(), longestWaitMs: z.number().int(), meanServedMs: z.number().int() })
export type QueueFigures = z.infer<typeof QueueFigures>
export const QueueReport = z.object({
  day: z.string(), given: z.number().int(), done: z.number().int(), missed: z.number().int(), open: z.number().int(),
  whole: QueueFigures,
  byKind: z.array(z.object({ name: z.string(), figures: QueueFigures })),
  byGroup: z.array(z.object({ group: QueueGroup, figures: QueueFigures })),
  byCounter: z.array(z.object({ name: z.string(), figures: QueueFigures })),
  byHour: z.array(z.object({ hour: z.number().int().min(0).max(23), given: z.number().int(), meanWaitMs: z.number().int() })),
  twice: z.array(z.string()),
})
export type QueueReport = z.infer<typeof QueueReport>

/** A call that is said and shown: on the board, on the display. */
export const CallNews = z.object({ ticket: TicketId, label: z.string(), counter: z.string(), times: z.number().int().min(1), at: Instant })
export type CallNews = z.infer<typeof CallNews>

/** What the board of the waiting room shows. */
export const BoardState = z.object({
  ward: z.string(), unit: z.string(), practice: z.boolean(), hours: z.string(),
  standing: QueueState.shape.standing,
  /** What the numbers of this counter begin with when it gives its own. */
  prefix: z.string(),
  /** Calls are said aloud. */
  voice: z.boolean(),
  /** Called or served now, the latest call first. */
  now: z.array(z.object({ label: z.string(), counter: z.string(), state: z.enum(['called', 'serving']), priority: z.boolean(), at: Instant })),
  next: z.array(z.object({ label: z.string(), priority: z.boolean() })),
  waiting: z.number().int(), meanWaitMs: z.number().int(),
  notices: z.array(z.string()),
})
export type BoardState = z.infer<typeof BoardState>

/** What the ticket kiosk shows. */
export const KioskState = z.object({
  ward: z.string(), unit: z.string(), practice: z.boolean(), hours: z.string(), open: z.boolean(),
  standing: QueueState.shape.standing,
  kinds: z.array(QueueKind.extend({ meanWaitMs: z.number().int().nullable() })),
  groups: z.array(z.object({ code: QueueGroup, name: z.string(), who: z.string(), priority: z.boolean() })),
  notices: z.array(z.string()),
})
export type KioskState = z.infer<typeof KioskState>

/** A number that was just given. `printed`: what became of the paper; the screen shows number and QR in any case. */
export const GivenTicket = z.object({
  ticket: TicketId, label: z.string(), kind: z.string(), group: QueueGroup, ahead: z.number().int(), givenAt: Instant,
  /** Text of the QR: number, ward, time, and the mark by which a counter or the kiosk knows it again. */
  qr: z.object({ size: z.number().int(), path: z.string().max(60_000) }),
  printed: z.enum(['printed', 'no-printer', 'failed']),
})
export type GivenTicket = z.infer<typeof GivenTicket>
