import { useTranslation } from 'react-i18next'
import type { DocumentInfo } from '@contract/draft'
import type { PageId } from '@contract/ids'
import type { PageView } from '@contract/pages'
import { type PageActs, usePageActs } from '../papers/acts'
import { keptOf, moveBy, placeBefore, splitTo } from '../papers/pages'
import { useAnnounce } from '../parts'
import type { PaperLine } from './papers'
import { useDocuments } from './use-documents'
import { useDraft } from './use-draft'

/** What is chosen in the open row: a page, or a file that came as it is. */
export type Item = Readonly<{ kind: 'page'; id: string; page: PageView } | { kind: 'file'; id: string; document: DocumentInfo }>

/** Everything of a paper in the order of the screen: its pages, then its files. */
export const itemsOf = ({ pages, documents }: Pick<PaperLine, 'pages' | 'documents'>): readonly Item[] =>
  [...pages.map((page): Item => ({ kind: 'page', id: page.id, page })), ...documents.map((document): Item => ({ kind: 'file', id: document.id, document }))]

export type PaperActs = Readonly<{
  pages: PageActs
  remove(item: Item): void
  turn(item: Item, line: PaperLine): void
  move(item: Item, line: PaperLine, by: -1 | 1): void
  /** A page to the paper above or below; false for a file. */
  toOther(item: Item, line: PaperLine, by: -1 | 1): boolean
  split(item: Item, line: PaperLine): void
  /** A page that was dragged: before another, or behind all pages of a paper. */
  drop(id: PageId, component: string, before: PageId | null): void
}>

/** What is done with pages and files from the checklist. */
export function usePaperActs(lines: readonly PaperLine[], nameOf: (code: string) => string): PaperActs {
  const { t } = useTranslation('papers')
  const { toast } = useAnnounce()
  const { store, taken: { pages } } = useDraft()
  const files = useDocuments()
  const acts = usePageActs(store.id, pages)
  const beside = (line: PaperLine, by: -1 | 1): PaperLine | undefined => lines[lines.findIndex(({ code }) => code === line.code) + by]
  const moved = (count: number, component: string): string => t('said.toOther', { count, name: nameOf(component) })
  return {
    pages: acts,
    remove: (item) => void (item.kind === 'page' ? acts.remove([item.page]) : files.remove(item.document)),
    turn: (item, { documents }) => void (item.kind === 'page' ? acts.turn(item.page) : files.turn(item.document, documents)),
    move: (item, { documents, pages: own }, by) => {
      if (item.kind === 'file') return files.move(item.document, documents, by)
      const place = moveBy(pages, item.page, by)
      if (place) void acts.place(place, t('said.moved', { number: own.findIndex(({ id }) => id === item.page.id) + 1 + by }))
    },
    toOther: (item, line, by) => {
      if (item.kind === 'file') return false
      const other = beside(line, by)
      if (other) void acts.place(placeBefore(pages, other.code, [item.page.id], null), moved(1, other.code))
      return true
    },
    split: (item, line) => {
      if (item.kind === 'file') return
      const next = beside(line, 1)
      if (!next) return toast(t('said.noNext'))
      const place = splitTo(pages, item.page, next.code)
      void acts.place(place, moved(place.pageIds.length, next.code))
    },
    drop: (id, component, before) => {
      const page = pages.find((one) => one.id === id)
      if (!page || before === id) return
      const place = placeBefore(pages, component, [id], before)
      const words = page.component === component ? t('said.moved', { number: (before === null ? keptOf(pages, component).length : keptOf(pages, component).findIndex((one) => one.id === before)) + 1 }) : moved(1, component)
      void acts.place(place, words)
    },
  }
}
