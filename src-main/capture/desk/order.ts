import type { PageId } from '@contract/ids'
import type { PagePlace } from '@contract/pages'

/** What is needed of a page to say where it stands. */
export type Standing = Readonly<{ id: PageId; place: PagePlace }>

const counts = ({ place }: Standing): boolean => place !== 'removed'

/**
 * The order of a component in which `moved` stand together, in their own order, behind `at` others. Pages that were taken off do not
 * count but keep their neighbour, so that they come back to where they were.
 * @param rest the pages of the component in their order; those of `moved` among them are passed over
 * @param at beyond the end means the end
 */
export function placed<T extends Standing>(rest: readonly T[], moved: readonly T[], at: number): T[] {
  const taken = new Set(moved.map(({ id }) => id))
  const others = rest.filter(({ id }) => !taken.has(id))
  const next = others.filter(counts).at(at)
  const from = next === undefined || at < 0 ? others.length : others.indexOf(next)
  return [...others.slice(0, from), ...moved, ...others.slice(from)]
}

export type Scanned = Standing & Readonly<{ component: string; number: number }>

/**
 * Pages of a pile that lie behind its separator sheet `number`, up to the next sheet that is known: that one has had its pages already.
 * Those that the officer has put into another component meanwhile stay there.
 */
export function behindSeparator<T extends Scanned>(job: readonly T[], number: number): T[] {
  const sheet = job.find((page) => page.number === number)
  const next = Math.min(...job.filter((page) => page.number > number && page.place === 'separator').map((page) => page.number))
  return sheet === undefined ? [] : job.filter((page) => page.number > number && page.number < next && page.component === sheet.component)
}
