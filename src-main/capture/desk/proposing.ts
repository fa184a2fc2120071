import type { DraftId, PageId } from '@contract/ids'
import type { FieldProposal } from '@contract/pages'
import type { Reader } from '../../storage'
import type { MrzTools } from '../text'
import { proposalsOfPage } from './proposals'
import { keptPages, textOf } from './text-rows'

type Known = Readonly<{ key: string; proposals: readonly FieldProposal[] }>

/** Pages of which it is remembered what they seem to say: those of a draft and of the one before it. */
const REMEMBERED = 400

/** What the kept pages of a draft seem to say, page by page; each page is looked at once as long as it stays the same. */
export function createProposing(mrz: MrzTools): (reader: Reader, draftId: DraftId, today: string) => FieldProposal[] {
  const known = new Map<PageId, Known>()
  return (reader, draftId, today) => keptPages(reader, draftId).flatMap((page) => {
    const key = `${page.revision}.${page.turns} ${today}`
    const before = known.get(page.id)
    if (before?.key === key) return before.proposals
    const text = page.made && textOf(reader, page)
    if (!page.made || !text) return []
    const proposals = proposalsOfPage({ id: page.id, made: page.made, text }, today, mrz)
    if (known.size >= REMEMBERED) known.clear()
    known.set(page.id, { key, proposals })
    return proposals
  })
}
