import { AppError } from '@contract/errors'
import type { DossierId } from '@contract/ids'
import type { WriteTx } from '../storage'

/** Words on the papers of a dossier in the forms of `@contract/fold`: with marks, and without. */
export type PaperWords = Readonly<{ exact: string; folded: string }>

/** Puts the words on the papers of a dossier in the place of those before; none: it is not found by its papers any more. @throws AppError HS-004 */
export function putPaperWords(tx: WriteTx, id: DossierId, { exact, folded }: PaperWords): void {
  const rowid = tx.get('SELECT rowid AS n FROM dossier WHERE id = ?', [id], (row) => row.integer('n'))
  if (rowid === undefined) throw new AppError('HS-004')
  tx.run('DELETE FROM paper_search WHERE rowid = ?', [rowid])
  if (folded !== '') tx.run('INSERT INTO paper_search (rowid, exact, folded) VALUES (?, ?, ?)', [rowid, exact, folded])
}
