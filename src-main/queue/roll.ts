import type { Roll, Rolls } from './log'
import type { NodeId } from './words'

/**
 * More than half of the voices. Any two sets that are enough have a member in common, also with an even number of members, where
 * the tie-breaker's second voice makes the sum odd.
 */
function enoughOf({ members, tie }: Roll, has: (node: NodeId) => boolean): boolean {
  let voices = 0
  for (const member of members) if (has(member)) voices += member === tie ? 2 : 1
  return voices * 2 > members.length + (tie === null ? 0 : 1)
}

/** While the roll is changed both the old and the new one must agree (joint consensus), so that there are never two majorities. */
export const enough = (rolls: Rolls, has: (node: NodeId) => boolean): boolean =>
  enoughOf(rolls.next, has) && (rolls.old === null || enoughOf(rolls.old, has))

export const members = (rolls: Rolls): readonly NodeId[] =>
  rolls.old === null ? rolls.next.members : [...new Set([...rolls.next.members, ...rolls.old.members])]

/**
 * A roll of these. With an even number somebody other than the leader breaks the tie: of two counters the one that leads may
 * then die and the other goes on at once.
 */
export function rollOf(nodes: Iterable<NodeId>, leader: NodeId): Roll {
  const sorted = [...new Set(nodes)].sort()
  const tie = sorted.length % 2 === 0 ? sorted.find((node) => node !== leader) ?? null : null
  return { members: sorted, tie }
}
