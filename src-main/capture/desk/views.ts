import type { DraftId } from '@contract/ids'
import type { PageView } from '@contract/pages'
import type { Reader } from '../../storage'
import { type PageRow, pagesOfDraft } from './rows'

const madeOf = ({ made }: PageRow): PageView['made'] =>
  made && { width: made.width, height: made.height, dpi: made.dpi, size: made.size, colour: made.colour, keptOriginal: made.keptOriginal }

/** Pages of a draft as the window shows them, by component and order. A twin is told only while both go into a PDF. */
export function pageViews(reader: Reader, draftId: DraftId): PageView[] {
  const rows = pagesOfDraft(reader, draftId)
  const kept = new Set(rows.filter(({ place }) => place === 'kept').map(({ id }) => id))
  return rows.map((row) => ({
    id: row.id, component: row.component, ordinal: row.ordinal, state: row.state, place: row.place, problem: row.problem,
    origin: row.origin.kind, simulated: row.origin.simulated, turns: row.turns, wishes: row.wishes, made: madeOf(row), findings: [...row.findings],
    twinOf: row.twinOf !== null && kept.has(row.id) && kept.has(row.twinOf) ? row.twinOf : null,
    text: row.textState, revision: row.revision, addedAt: row.addedAt,
  }))
}
