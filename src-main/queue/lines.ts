import type { Line } from './line'
import type { LineMeta, StoredLine } from './log'
import type { Timing } from './timing'
import type { LineId, NodeId } from './words'

/** A line with somebody who leads it and can be reached. */
export type Live = Readonly<{ meta: LineMeta; leader: NodeId }>

/**
 * Which of two lines ends in the other when they meet: the later founded one. Fixed when they are founded, so that all agree and
 * no two lines ever end in each other.
 */
export function before(one: LineMeta, other: LineMeta): boolean {
  if (one.born !== other.born) return one.born < other.born
  return one.id < other.id
}

/** The lines that a node knows: copies it keeps, and what the others say they lead. */
export type Lines = Readonly<{
  add(stored: StoredLine): Line
  get(id: LineId): Line | undefined
  /** In the order of `before`, with yesterday's. */
  all(): readonly Line[]
  /** Without those that are over. */
  current(mono: number): readonly Line[]
  heard(from: NodeId, leads: readonly LineMeta[], mono: number): void
  forget(node: NodeId): void
  /** The first of the lines that can be worked in. */
  working(mono: number): Live | undefined
  leaderOf(id: LineId, mono: number): NodeId | undefined
  /** Lines that this node leads. */
  led(mono: number): readonly Line[]
  look(mono: number): void
  /** How long there has been no line to work in. */
  lonelyMs(mono: number): number
  nextBorn(mono: number): number
}>

type Deps = Readonly<{ self: NodeId; timing: Timing; begun: number; open: (stored: StoredLine) => Line }>

export function createLines({ self, timing, begun, open }: Deps): Lines {
  let lines: readonly Line[] = []
  const heads = new Map<NodeId, Readonly<{ leads: readonly LineMeta[]; at: number }>>()
  let workedAt = begun - timing.patienceMs + timing.arrivalMs

  const isOver = (line: Line, mono: number): boolean => {
    const stamp = line.lastStamp()
    return stamp !== null && line.replica.clock(mono) - stamp > timing.overMs
  }
  const current = (mono: number): readonly Line[] => lines.filter((line) => !isOver(line, mono))
  const get = (id: LineId): Line | undefined => lines.find((line) => line.meta.id === id)

  function leaderOf(id: LineId, mono: number): NodeId | undefined {
    const own = get(id)
    if (own && isOver(own, mono)) return undefined
    const leader = own?.replica.leader(mono)
    if (leader) return leader
    for (const [node, { leads, at }] of heads) if (mono - at < timing.leaseMs && leads.some((meta) => meta.id === id)) return node
    return undefined
  }

  function working(mono: number): Live | undefined {
    let first: Live | undefined
    const look = (meta: LineMeta): void => {
      if (first && !before(meta, first.meta)) return
      const leader = leaderOf(meta.id, mono)
      if (leader !== undefined) first = { meta, leader }
    }
    for (const { meta } of lines) look(meta)
    for (const { leads, at } of heads.values()) if (mono - at < timing.leaseMs) leads.forEach(look)
    return first
  }

  return {
    add(stored) {
      const line = open(stored)
      if (!isOver(line, begun)) workedAt = Math.max(workedAt, begun)
      lines = [...lines, line].sort((one, other) => (before(one.meta, other.meta) ? -1 : 1))
      return line
    },
    get, current, leaderOf, working,
    all: () => lines,
    heard: (from, leads, at) => void heads.set(from, { leads, at }),
    forget: (node) => void heads.delete(node),
    led: (mono) => current(mono).filter((line) => line.replica.state().leads && line.replica.leader(mono) === self),
    look(mono) {
      if (working(mono)) workedAt = mono
    },
    lonelyMs: (mono) => mono - workedAt,
    nextBorn: (mono) => 1 + Math.max(0, ...current(mono).map((line) => line.meta.born), ...[...heads.values()].flatMap(({ leads }) => leads.map((meta) => meta.born))),
  }
}
