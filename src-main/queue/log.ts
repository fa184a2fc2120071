import { z } from 'zod'
import { EventId, LineId, NodeId, Prefix, QueueEvent } from './words'

/** Who counts in a line: every member one voice, `tie` two, so that with an even number one half is enough. */
export const Roll = z.strictObject({ members: z.array(NodeId).min(1).max(40), tie: NodeId.nullable() })
export type Roll = Readonly<z.infer<typeof Roll>>
/** While a roll is changed, both rolls must agree to everything. */
export const Rolls = z.strictObject({ next: Roll, old: Roll.nullable() })
export type Rolls = Readonly<z.infer<typeof Rolls>>

export const LineMeta = z.strictObject({
  id: LineId, founder: NodeId, prefix: Prefix, generation: z.int().min(1).max(9999),
  /** One more than any line its founder knew of: lines end in the earlier one when they meet. */
  born: z.int().min(1).max(9999),
  day: z.iso.date(),
  /** Wall clock of the founder, ms since 1970; for the reports, nothing is ordered by it. */
  foundedAt: z.int(),
})
export type LineMeta = Readonly<z.infer<typeof LineMeta>>

export const Body = z.discriminatedUnion('kind', [
  /** A leader begins. */
  z.strictObject({ kind: z.literal('turn') }),
  z.strictObject({ kind: z.literal('roll'), rolls: Rolls }),
  z.strictObject({ kind: z.literal('event'), event: QueueEvent }),
])
export type Body = Readonly<z.infer<typeof Body>>

export const Entry = z.strictObject({ index: z.int().min(1), term: z.int().min(1), stamp: z.int(), body: Body })
export type Entry = Readonly<z.infer<typeof Entry>>
export { EventId }

/** What a node keeps of a line. */
export type StoredLine = Readonly<{
  meta: LineMeta
  term: number
  votedFor: NodeId | null
  /** Everything up to here is agreed and never changes. */
  commit: number
  entries: readonly Entry[]
  /** Wall clock of this machine when the last entry was kept, ms since 1970. */
  keptAt: number
}>

/** A change of one line: the entries from `from` on are replaced by `entries`; null: the entries stay. */
export type Change = Readonly<{ meta: LineMeta; term: number; votedFor: NodeId | null; commit: number; from: number | null; entries: readonly Entry[] }>

/** The port to the disk. */
export type QueueLog = Readonly<{
  load(): readonly StoredLine[]
  /**
   * All of it is on the disk when this returns: nothing is told to anyone before. Throws when it cannot be kept; the node then
   * says nothing more.
   * @param wall wall clock of this machine, ms since 1970
   */
  save(changes: readonly Change[], wall: number): void
}>
