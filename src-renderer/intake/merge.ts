type Json = unknown

const isRecord = (value: Json): value is Readonly<Record<string, Json>> => typeof value === 'object' && value !== null && !Array.isArray(value)

/** True when two values of a draft say the same, whatever the order of their keys. */
export function same(one: Json, other: Json): boolean {
  if (Object.is(one, other)) return true
  if (!isRecord(one) || !isRecord(other)) return JSON.stringify(one) === JSON.stringify(other)
  const names = new Set([...Object.keys(one), ...Object.keys(other)])
  return [...names].every((name) => same(one[name], other[name]))
}

/**
 * Three-way merge of a draft: what was changed here since `base` stays, all else is as the others saved it. Nothing typed here is lost.
 */
export function mergeChanges<T>(base: T, mine: T, theirs: T): T
export function mergeChanges(base: Json, mine: Json, theirs: Json): Json {
  if (same(base, mine)) return theirs
  if (!isRecord(mine) || !isRecord(theirs)) return mine
  const before = isRecord(base) ? base : {}
  const names = new Set([...Object.keys(theirs), ...Object.keys(mine)])
  const merged = [...names].flatMap((name): [string, Json][] => {
    const removedHere = name in before && !(name in mine)
    return removedHere ? [] : [[name, name in mine || name in theirs ? mergeChanges(before[name], mine[name], theirs[name]) : undefined]]
  })
  return Object.fromEntries(merged.filter(([, value]) => value !== undefined))
}
