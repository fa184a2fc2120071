import type { DossierId, PageId } from '@contract/ids'
import { putPaperWords } from '../../intake'
import type { Reader, WriteTx } from '../../storage'
import { searchText } from '../text'
import { getPage } from './rows'
import { textOf } from './text-rows'

/** A dossier's papers hold words that its index does not have yet. */
export function indexLater(tx: WriteTx, id: DossierId): void {
  tx.run('INSERT OR IGNORE INTO paper_search_due (dossier_id) VALUES (?)', [id])
}

/** A dossier that was received or corrected, or of which more was read, since its papers were indexed. */
export const nextDue = (reader: Reader): DossierId | null =>
  reader.get('SELECT dossier_id FROM paper_search_due LIMIT 1', [], (row) => row.text<DossierId>('dossier_id')) ?? null

/** Pages in the PDFs of a dossier, in their order. A correction has copies of the PDFs of before: the same bytes in another draft of the dossier. */
const pagesInDossier = (reader: Reader, id: DossierId): PageId[] => reader.all(
  `SELECT b.page_id FROM dossier_document x JOIN document d ON d.id = x.document_id JOIN document o ON o.sha256 = d.sha256
     JOIN draft w ON w.id = o.draft_id AND (w.corrects = :id OR w.id = (SELECT draft_id FROM dossier WHERE id = :id)) JOIN bound_page b ON b.document_id = o.id
   WHERE x.dossier_id = :id GROUP BY b.page_id ORDER BY d.component, d.ordinal, d.id, b.ordinal`, { id }, (row) => row.text<PageId>('page_id'))

/** Texts one after the other: of a long dossier only as many are read as the index holds. */
function* textsOf(reader: Reader, ids: readonly PageId[]): Generator<NonNullable<ReturnType<typeof textOf>>> {
  for (const id of ids) {
    const text = textOf(reader, getPage(reader, id))
    if (text) yield text
  }
}

/** Writes anew what a dossier is found by on its papers: the words of the pages in its documents as far as they were read. */
export function indexPapers(tx: WriteTx, id: DossierId): void {
  putPaperWords(tx, id, searchText(textsOf(tx, pagesInDossier(tx, id))))
  tx.run('DELETE FROM paper_search_due WHERE dossier_id = ?', [id])
}
