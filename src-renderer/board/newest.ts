import type { BoardState, CallNews } from '@contract/queue'

/** How long a call stands out, ms. */
export const FRESH_MS = 20_000

type Now = BoardState['now'][number]
/** A call as it reached this page, by the page's own clock: the clocks of two machines may be apart. */
export type Heard = Readonly<{ news: CallNews; at: number }>
export type Newest = Readonly<{ label: string; counter: string; fresh: boolean }>

export const isFresh = (heard: Heard, now: number): boolean => now - heard.at < FRESH_MS

/** Keeps the calls that still stand out, the latest first, one a number. */
export function hear(heard: readonly Heard[], news: CallNews, at: number): readonly Heard[] {
  return [{ news, at }, ...heard.filter((each) => isFresh(each, at) && each.news.ticket !== news.ticket)]
}

/**
 * What stands large: the call heard last while it is fresh, even before the state that has it came; then the one at a counter that was
 * called last.
 */
export function newestOf(now: readonly Now[], heard: readonly Heard[], at: number): Newest | null {
  const [last] = heard
  if (last && isFresh(last, at)) return { label: last.news.label, counter: last.news.counter, fresh: true }
  const [first] = now
  return first ? { label: first.label, counter: first.counter, fresh: false } : null
}

export type CounterLine = Readonly<{ counter: string; label: string; state: Now['state']; priority: boolean; fresh: boolean }>

const byName = new Intl.Collator('vi', { numeric: true })

/** One line a counter, in the order of their names; a fresh call stands there at once. */
export function counterLines(now: readonly Now[], heard: readonly Heard[], at: number): readonly CounterLine[] {
  const fresh = heard.filter((each) => isFresh(each, at))
  const lines = new Map<string, CounterLine>()
  for (const { news } of fresh) if (!lines.has(news.counter)) lines.set(news.counter, { counter: news.counter, label: news.label, state: 'called', priority: false, fresh: true })
  for (const { counter, label, state, priority } of now) {
    const line = lines.get(counter)
    if (line === undefined) lines.set(counter, { counter, label, state, priority, fresh: false })
    else if (line.label === label) lines.set(counter, { ...line, state, priority })
  }
  return [...lines.values()].sort((one, other) => byName.compare(one.counter, other.counter))
}
