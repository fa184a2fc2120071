import { DraftContent, type FeeQuote } from '@contract/draft'
import type { Signature } from '@contract/display'
import type { DossierId, DraftId, Instant } from '@contract/ids'
import { newestConfirmation, type PaperCount, substanceOf } from '../hall'
import { type DossierRow, readDossier } from '../intake'
import type { Reader } from '../storage'

/** What a draft holds of paper, by component: files as they came, and pages that are kept, whether they are bound by now or not. */
export function countPapers(reader: Reader, draftId: DraftId): PaperCount[] {
  return reader.all(
    `SELECT d.component, coalesce(d.pages, CASE WHEN d.media_type IN ('image/jpeg', 'image/png') THEN 1 END) AS pages FROM document d
       WHERE d.draft_id = :draft AND d.removed = 0 AND NOT EXISTS (SELECT 1 FROM bound_page b WHERE b.document_id = d.id)
     UNION ALL SELECT p.component, count(*) FROM page p WHERE p.draft_id = :draft AND p.place = 'kept' GROUP BY p.component`,
    { draft: draftId }, (row) => ({ component: row.text('component'), pages: row.integerOrNull('pages') }))
}

/** The digest of a draft as it is now, open or not. `fee` as it is asked for it. */
export function substanceOfDraft(reader: Reader, draftId: DraftId, fee: FeeQuote | null): string | null {
  const content = reader.get('SELECT content FROM draft WHERE id = ?', [draftId], (row) => row.json('content', DraftContent))
  return content === undefined ? null : substanceOf(content, countPapers(reader, draftId), fee)
}

/** The dossier that a draft became, or whose correction it was; undefined while it is open. */
export function dossierOfDraft(reader: Reader, draftId: DraftId): DossierRow | undefined {
  const id = reader.get(
    "SELECT id FROM dossier WHERE draft_id = :draft UNION SELECT corrects FROM draft WHERE id = :draft AND state = 'committed' AND corrects IS NOT NULL",
    { draft: draftId }, (row) => row.text<DossierId>('id'))
  return id === undefined ? undefined : readDossier(reader, id)
}

/** The draft that a dossier is made of as it stands: that of its last correction, else that of its reception. */
function draftBehind(reader: Reader, dossierId: DossierId, first: DraftId): DraftId {
  return reader.get("SELECT id FROM draft WHERE corrects = ? AND state = 'committed' ORDER BY saved_at DESC, id DESC LIMIT 1", [dossierId], (row) => row.text<DraftId>('id')) ?? first
}

/** What the applicant signed on the display, when nothing was changed between that and the commit. */
export function signatureOf(reader: Reader, { id, draftId, body }: Pick<DossierRow, 'id' | 'draftId' | 'body'>): { signature: Signature; at: Instant } | null {
  const draft = draftBehind(reader, id, draftId)
  const kept = newestConfirmation(reader, draft)
  if (!kept?.signature) return null
  return substanceOfDraft(reader, draft, body.fee) === kept.digest ? { signature: kept.signature, at: kept.at } : null
}
