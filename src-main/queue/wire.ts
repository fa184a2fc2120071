import { z } from 'zod'
import { Entry, LineMeta } from './log'
import { BATCH } from './timing'
import { EventId, LineId, NodeId, NodeName, Order, Outcome, Prefix } from './words'

/** Grows when a message changes its meaning; nodes of another version do not talk to each other. */
export const PROTOCOL = 1

const ofLine = { line: LineId, term: z.int().min(0) }
const Index = z.int().min(0)

const Ask = z.strictObject({ kind: z.literal('ask'), ...ofLine, pre: z.boolean(), lastIndex: Index, lastTerm: Index })
const Vote = z.strictObject({ kind: z.literal('vote'), ...ofLine, pre: z.boolean(), given: z.boolean() })
const Put = z.strictObject({
  kind: z.literal('put'), ...ofLine, /** With the first entries. */ meta: LineMeta.nullable(), prevIndex: Index, prevTerm: Index,
  entries: z.array(Entry).max(BATCH), commit: Index, clock: z.int(),
})
const Got = z.strictObject({ kind: z.literal('got'), ...ofLine, ok: z.boolean(), index: Index })

/** By which the copies of one line agree on its log. */
export const ReplicaMessage = z.discriminatedUnion('kind', [Ask, Vote, Put, Got])
export type ReplicaMessage = Readonly<z.infer<typeof ReplicaMessage>>

/** A node leads one line, and now and then some that are being handed over. */
export const MOST_LED = 20

/** What two nodes say to each other. */
export const Message = z.discriminatedUnion('kind', [
  Ask, Vote, Put, Got,
  /** Regular sign of life: what people call the sender, and the lines that it leads. */
  z.strictObject({ kind: z.literal('status'), name: NodeName, prefix: Prefix, leads: z.array(LineMeta).max(MOST_LED) }),
  z.strictObject({ kind: z.literal('join'), line: LineId }),
  z.strictObject({ kind: z.literal('leave') }),
  z.strictObject({ kind: z.literal('order'), line: LineId, order: Order }),
  /** null: the receiver of the order does not lead that line. */
  z.strictObject({ kind: z.literal('answer'), id: EventId, outcome: Outcome.nullable() }),
])
export type Message = Readonly<z.infer<typeof Message>>

/** First message of a connection, each way. */
export const Hello = z.strictObject({ kind: z.literal('hello'), version: z.int(), node: NodeId })
export type Hello = Readonly<z.infer<typeof Hello>>
