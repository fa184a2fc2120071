import type { PageId } from '@contract/ids'
import type { FindingKind, PageView } from '@contract/pages'

const byOrder = (one: PageView, other: PageView): number => one.ordinal - other.ordinal

/** Pages of a component that go into its PDF, in their order. */
export const keptOf = (pages: readonly PageView[], component: string): readonly PageView[] =>
  pages.filter((page) => page.component === component && page.place === 'kept').sort(byOrder)

/** Pages of a component that were set aside: empty ones, separator sheets, those taken off. */
export const asideOf = (pages: readonly PageView[], component: string): readonly PageView[] =>
  pages.filter((page) => page.component === component && page.place !== 'kept').sort(byOrder)

/** Pages on which the core still works. */
export const makingOf = (pages: readonly PageView[]): number => pages.filter(({ place, state }) => place === 'kept' && state === 'waiting').length

/** Findings that say "take it again", the gravest first. */
const GRAVE: readonly FindingKind[] = ['blurred', 'dark', 'glare', 'cut-edge', 'low-resolution']
export const worstOf = ({ findings }: Pick<PageView, 'findings'>): FindingKind | null => GRAVE.find((kind) => findings.some((finding) => finding.kind === kind)) ?? null

/** What first needs the officer's eye among the pages of a paper: what cannot be used before what should be taken again. */
export type PaperFault = Readonly<{ kind: 'failed' | FindingKind; number: number; id: PageId }>

/** @param kept pages of one component in their order */
export function faultOf(kept: readonly PageView[]): PaperFault | null {
  const failed = kept.findIndex(({ state }) => state === 'failed')
  const at = failed === -1 ? kept.findIndex((page) => worstOf(page) !== null) : failed
  const page = kept[at]
  return page ? { kind: failed === -1 ? (worstOf(page) ?? 'blurred') : 'failed', number: at + 1, id: page.id } : null
}

/** Where pages are put: `at` counts the other pages of the component that were not taken off, as the core counts them. */
export type Place = Readonly<{ component: string; at: number; pageIds: readonly PageId[] }>

function others(pages: readonly PageView[], component: string, without: ReadonlySet<PageId>): readonly PageView[] {
  return pages.filter((page) => page.component === component && page.place !== 'removed' && !without.has(page.id)).sort(byOrder)
}

/** Pages put before the kept page that then follows them; `before` null: behind all others. */
export function placeBefore(pages: readonly PageView[], component: string, pageIds: readonly PageId[], before: PageId | null): Place {
  const rest = others(pages, component, new Set(pageIds))
  const found = before === null ? -1 : rest.findIndex(({ id }) => id === before)
  return { component, at: found === -1 ? rest.length : found, pageIds }
}

/** A page moved by a step among the kept ones; null at the end. */
export function moveBy(pages: readonly PageView[], page: PageView, step: -1 | 1): Place | null {
  const kept = keptOf(pages, page.component)
  const from = kept.findIndex(({ id }) => id === page.id)
  if (!kept[from + step]) return null
  const follows = step === -1 ? kept[from - 1] : kept[from + 2]
  return placeBefore(pages, page.component, [page.id], follows?.id ?? null)
}

/** This page and those behind it, at the head of another component: how a pile is split. */
export function splitTo(pages: readonly PageView[], page: PageView, component: string): Place {
  const kept = keptOf(pages, page.component)
  const pageIds = kept.slice(kept.findIndex(({ id }) => id === page.id)).map(({ id }) => id)
  return placeBefore(pages, component, pageIds, keptOf(pages, component)[0]?.id ?? null)
}

/** Where pages stand now, so that it can be taken back. They stand together, as all acts on the screen have them. */
export function placeNow(pages: readonly PageView[], pageIds: readonly PageId[]): Place | null {
  const [first] = pages.filter(({ id }) => pageIds.includes(id)).sort(byOrder)
  if (!first) return null
  const at = others(pages, first.component, new Set(pageIds)).filter(({ ordinal }) => ordinal < first.ordinal).length
  return { component: first.component, at, pageIds }
}
