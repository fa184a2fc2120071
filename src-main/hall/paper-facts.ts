import type { ShownFact, Words } from '@contract/display'
import type { ComponentMark, DraftContent } from '@contract/draft'
import type { ProcedureComponent } from '@contract/procedures'

/** How many pages of a component there are; null where nobody counted them. */
export type PaperCount = Readonly<{ component: string; pages: number | null }>

/** More papers than this are not read before signing; the rest is told as a number. */
const NAMED = 8

const MARKED: Readonly<Partial<Record<ComponentMark, Words>>> = {
  seen: { vi: 'cán bộ đã xem', en: 'seen by the officer' },
  reused: { vi: 'dùng lại, không phải nộp', en: 'already held, not handed in again' },
}

const pagesIn = (pages: number): Words => ({ vi: `${pages} trang`, en: pages === 1 ? '1 page' : `${pages} pages` })

/** What is told behind the name of a paper; null when it is neither here nor marked. */
function told(mark: ComponentMark, counted: readonly PaperCount[]): Words | '' | null {
  if (counted.length === 0) return MARKED[mark] ?? null
  const unknown = counted.some(({ pages }) => pages === null)
  return unknown ? '' : pagesIn(counted.reduce((sum, { pages }) => sum + (pages ?? 0), 0))
}

function joined(names: readonly Words[]): Words {
  const [shown, more] = [names.slice(0, NAMED), names.length - NAMED]
  const join = (language: keyof Words, rest: string): string => [...shown.map((name) => name[language]), ...(more > 0 ? [rest] : [])].join(', ')
  return { vi: join('vi', `và ${more} giấy khác`), en: join('en', `and ${more} more`) }
}

/** "Giấy đã nộp" and "Giấy nộp sau", in the order of the procedure. */
export function paperFacts(components: readonly ProcedureComponent[], marks: DraftContent['components'], papers: readonly PaperCount[]): ShownFact[] {
  const here: Words[] = []
  const later: Words[] = []
  for (const { code, name } of components) {
    const mark = marks[code]?.mark ?? 'pending'
    const counted = papers.filter(({ component }) => component === code)
    const detail = told(mark, counted)
    if (detail === '') here.push({ vi: name, en: name })
    else if (detail !== null) here.push({ vi: `${name} (${detail.vi})`, en: `${name} (${detail.en})` })
    else if (mark === 'owed') later.push({ vi: name, en: name })
  }
  return [
    ...(here.length === 0 ? [] : [{ key: 'papers' as const, value: joined(here), detail: null }]),
    ...(later.length === 0 ? [] : [{ key: 'owed' as const, value: joined(later), detail: null }]),
  ]
}
