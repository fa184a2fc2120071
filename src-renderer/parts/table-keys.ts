const PAGE = 10

type Press = Readonly<{ key: string; ctrlKey: boolean; altKey: boolean; metaKey: boolean }>

/** The row that a key leads to from row `index` of `count`, kept inside the list; null when the key does not move. */
export function rowAfter(press: Press, index: number, count: number): number | null {
  if (press.ctrlKey || press.altKey || press.metaKey || count === 0) return null
  const target: Readonly<Record<string, number>> = { ArrowDown: index + 1, ArrowUp: index - 1, PageDown: index + PAGE, PageUp: index - PAGE, Home: 0, End: count - 1 }
  const wanted = target[press.key]
  return wanted === undefined ? null : Math.max(0, Math.min(count - 1, wanted))
}

/** The one row that Tab reaches: the selected one or, when it is out of view, the first that is drawn. */
export function reachableRow(selected: number, drawn: readonly number[]): number {
  return drawn.includes(selected) ? selected : (drawn[0] ?? 0)
}
