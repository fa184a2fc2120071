import type { Body, Change, Entry, LineMeta, Rolls, StoredLine } from './log'
import type { Timing } from './timing'
import type { ReplicaMessage } from './wire'
import type { NodeId } from './words'

export type ReplicaDeps = Readonly<{
  self: NodeId
  stored: StoredLine
  /** What the line's clock shows at `mono`. */
  clock: number
  mono: number
  timing: Timing
  /** From 0 up to 1. */
  random: () => number
  send: (to: NodeId, message: ReplicaMessage) => void
}>

/** One node's copy of the log of a line, kept equal to the others' by the Raft algorithm with pre-votes, leases and joint changes of the roll. */
export type Replica = Readonly<{
  meta: LineMeta
  receive(from: NodeId, message: ReplicaMessage, mono: number): void
  tick(mono: number): void
  /** Adds to the log of the leader; its index, or null when this node does not lead. */
  propose(body: Body, mono: number): number | null
  /** A node that wants to be a member; it is fed first and counts once it has the log. */
  join(node: NodeId, mono: number): void
  leave(node: NodeId): void
  /** What must be on the disk before anything that was sent is really sent; null when nothing changed. */
  change(): Change | null
  /** Whom orders go to, when there is somebody who may be relied on. */
  leader(mono: number): NodeId | null
  /** When the leader, or enough of the others, was last heard. */
  heardAt(): number
  clock(mono: number): number
  state(): Readonly<{ term: number; leads: boolean; commit: number; last: number; rolls: Rolls }>
  entry(index: number): Entry | undefined
}>
