import { z } from 'zod'
import { QueueGroup } from '@contract/queue'

/** A counter, a kiosk or a board of the ward: the client id of its enrolment. */
export const NodeId = z.string().regex(/^[A-Za-z0-9_-]{1,64}$/)
export type NodeId = z.infer<typeof NodeId>
/** What people call it: "Quầy 3". Not frozen in any log; it may change while the node runs. */
export const NodeName = z.string().trim().min(1).max(80)
/** `day.founder.generation`. */
export const LineId = z.string().regex(/^\d{4}-\d{2}-\d{2}\.[A-Za-z0-9_-]{1,64}\.\d{1,4}$/)
export type LineId = z.infer<typeof LineId>
/** Of an event and of the order it came from: whoever repeats an order gets the first answer. */
export const EventId = z.string().regex(/^[\w.:-]{1,240}$/)
export type EventId = z.infer<typeof EventId>
export const TicketId = z.string().regex(/^[\w-]{1,64}$/)
export type TicketId = z.infer<typeof TicketId>
export const Letter = z.string().regex(/^[A-Z]$/)
/** What a counter's numbers begin with; empty for the one counter whose numbers bear no prefix. */
export const Prefix = z.string().regex(/^([A-Z][A-Z0-9]{0,2})?$/)
export const Label = z.string().regex(/^[A-Z0-9]{0,3}(\.\d{1,4})?[A-Z]\d{3,5}$/)

/** Milliseconds of the line's own clock: they only go forward, whoever leads and whatever the clock on the wall says. */
const Stamp = z.int()
const Span = z.int().min(0)

export const TicketState = z.enum(['waiting', 'called', 'serving', 'held', 'done', 'no-show', 'void'])
export type TicketState = z.infer<typeof TicketState>

export const Ticket = z.strictObject({
  id: TicketId, label: Label, kind: Letter, group: QueueGroup, state: TicketState,
  /** How it came to wait: from the kiosk, back from a counter, or sent on by one. */
  via: z.enum(['taken', 'returned', 'transferred']),
  /** The counter that called it last. */
  counter: NodeId.nullable(),
  /** The only counter that may call it, after a transfer. */
  wanted: NodeId.nullable(),
  givenAt: Stamp, /** Its place among those who wait. */ since: Stamp, /** Begin of the present state. */ at: Stamp,
  waitedMs: Span, servedMs: Span, calls: Span,
  origin: LineId,
  /** The number whose fate was unknown when this one was given in its stead; nobody has that one in his hand. */
  instead: TicketId.nullable(),
  /** An officer said that the side which holds it is off, and took it over. */
  byHand: z.boolean(),
  /** Both sides worked on it after it was taken over by hand: for the supervisor. */
  twice: z.boolean(),
  /** Left this line for another one; `handed` once that one has it. */
  moved: z.strictObject({ into: LineId, seq: z.int().min(1), handed: z.boolean() }).nullable(),
})
export type Ticket = Readonly<z.infer<typeof Ticket>>

const onTicket = { id: EventId, ticket: TicketId }
export const QueueEvent = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('given'), ...onTicket, letter: Letter, group: QueueGroup, number: z.int().min(1).max(99_999), label: Label, origin: LineId, instead: TicketId.nullable() }),
  z.strictObject({ kind: z.literal('called'), ...onTicket, counter: NodeId }),
  z.strictObject({ kind: z.literal('recalled'), ...onTicket }),
  z.strictObject({ kind: z.literal('started'), ...onTicket }),
  z.strictObject({ kind: z.literal('finished'), ...onTicket }),
  z.strictObject({ kind: z.literal('held'), ...onTicket }),
  z.strictObject({ kind: z.literal('missed'), ...onTicket }),
  z.strictObject({ kind: z.literal('returned'), ...onTicket, since: Stamp }),
  z.strictObject({ kind: z.literal('transferred'), ...onTicket, to: NodeId, letter: Letter.nullable() }),
  z.strictObject({ kind: z.literal('released'), ...onTicket, into: LineId, /** Tells one handing over of a number from a later one. */ seq: z.int().min(1) }),
  z.strictObject({ kind: z.literal('handed'), ...onTicket }),
  z.strictObject({ kind: z.literal('adopted'), id: EventId, whole: Ticket, from: LineId }),
])
export type QueueEvent = Readonly<z.infer<typeof QueueEvent>>

const order = { id: EventId, ticket: TicketId }
export const Order = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('take'), ...order, letter: Letter, group: QueueGroup, instead: TicketId.nullable() }),
  z.strictObject({ kind: z.literal('next'), id: EventId, counter: NodeId, letters: z.array(Letter).max(26).nullable() }),
  z.strictObject({ kind: z.literal('call'), ...order, counter: NodeId }),
  z.strictObject({ kind: z.literal('recall'), ...order, counter: NodeId }),
  z.strictObject({ kind: z.literal('start'), ...order, counter: NodeId }),
  z.strictObject({ kind: z.literal('finish'), ...order, counter: NodeId }),
  z.strictObject({ kind: z.literal('hold'), ...order, counter: NodeId }),
  z.strictObject({ kind: z.literal('miss'), ...order, counter: NodeId }),
  z.strictObject({ kind: z.literal('return'), ...order }),
  z.strictObject({ kind: z.literal('transfer'), ...order, to: NodeId, letter: Letter.nullable() }),
  /** `base`: what the clock of the line `from` showed when this was sent. */
  z.strictObject({ kind: z.literal('adopt'), id: EventId, whole: Ticket, from: LineId, base: Stamp }),
])
export type Order = Readonly<z.infer<typeof Order>>

export const Refusal = z.enum([
  'nobody-waiting', 'unknown-ticket', 'not-so-now', 'other-counter', 'moving',
  /** Waits on the side that cannot be reached: "ở phía bên kia". */
  'other-side',
  /** Nobody leads and there is no number to work on here. */
  'cut-off',
  /** It may have been done; the same order may be given again. */
  'unclear',
])
export type Refusal = z.infer<typeof Refusal>

export const Outcome = z.discriminatedUnion('ok', [
  z.strictObject({ ok: z.literal(true), line: LineId, ticket: Ticket }),
  z.strictObject({ ok: z.literal(false), refusal: Refusal }),
])
export type Outcome = Readonly<z.infer<typeof Outcome>>

export const refused = (refusal: Refusal): Outcome => ({ ok: false, refusal })
