import { addFlows, type Flow, type FlowGroup, NO_FLOW } from '../facts/flow'

/** Groups put together under a name, in the order of the Vietnamese alphabet. */
export function flowsBy<T extends string>(groups: readonly FlowGroup[], keyOf: (group: FlowGroup) => T): [T, Flow][] {
  const sums = new Map<T, Flow>()
  for (const group of groups) sums.set(keyOf(group), addFlows(sums.get(keyOf(group)) ?? NO_FLOW, group.flow))
  return [...sums].sort(([one], [other]) => one.localeCompare(other, 'vi', { numeric: true }))
}
