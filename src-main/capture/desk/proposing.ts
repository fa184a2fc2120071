import { setImmediate as turn } from 'node:timers/promises'
import type { DraftId, PageId } from '@contract/ids'
import type { FieldProposal } from '@contract/pages'
import type { Reader } from '../../storage'
import type { MrzTools } from '../text'
import { proposalsOfPage } from './proposals'
import { keptPages, textOf } from './text-rows'

type Known = Readonly<{ key: string; proposals: readonly FieldProposal[] }>
type Proposing = (reader: Reader, draftId: DraftId, today: string) => Promise<FieldProposal[]>

/** Drafts of which it is remembered what their pages seem to say: the one on the screen and the one before it. */
const REMEMBERED = 2

/** What the kept pages of a draft seem to say, page by page; each page is looked at once as long as it stays the same. A page takes 10 ms: other calls come in between. */
export function createProposing(mrz: MrzTools): Proposing {
  const known = new Map<DraftId, Map<PageId, Known>>()
  const knownOf = (draftId: DraftId): Map<PageId, Known> => {
    const pages = known.get(draftId) ?? new Map<PageId, Known>()
    // The one that was asked for last stands last.
    known.delete(draftId)
    known.set(draftId, pages)
    const [oldest] = known.keys()
    if (known.size > REMEMBERED && oldest !== undefined) known.delete(oldest)
    return pages
  }
  return async (reader, draftId, today) => {
    const before = knownOf(draftId)
    const found: FieldProposal[] = []
    for (const page of keptPages(reader, draftId)) {
      const key = `${page.revision}.${page.turns} ${today}`
      const same = before.get(page.id)
      if (same?.key === key) {
        found.push(...same.proposals)
        continue
      }
      await turn()
      const text = page.made && textOf(reader, page)
      if (!page.made || !text) continue
      const proposals = proposalsOfPage({ id: page.id, made: page.made, text }, today, mrz)
      before.set(page.id, { key, proposals })
      found.push(...proposals)
    }
    return found
  }
}
