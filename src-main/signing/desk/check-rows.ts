import type { Instant, Sha256 } from '@contract/ids'
import { DocumentReport, type SignedBadge } from '@contract/signing'
import { flag, type Reader, type RowView, type WriteTx } from '../../storage'

/** How the signatures of a PDF were judged last. `againAt`: when it is worth asking again. */
export type Check = Readonly<{ sha256: Sha256; report: DocumentReport; online: boolean; againAt: Instant | null; tries: number }>

const toCheck = (row: RowView): Check => ({
  sha256: row.text<Sha256>('sha256'), report: row.json('report', DocumentReport), online: row.flag('online'), againAt: row.textOrNull<Instant>('again_at'), tries: row.integer('tries'),
})

export const findCheck = (reader: Reader, sha256: string): Check | undefined => reader.get('SELECT * FROM signature_check WHERE sha256 = ?', [sha256], toCheck)

/** The newest judgement counts; an older one that comes late changes nothing. */
export function keepCheck(tx: WriteTx, { sha256, report, online, againAt, tries }: Check): void {
  tx.run(
    `INSERT INTO signature_check (sha256, verdict, report, checked_at, anchors_issued, online, again_at, tries) VALUES (:sha256, :verdict, :report, :at, :issued, :online, :againAt, :tries)
     ON CONFLICT (sha256) DO UPDATE SET verdict = :verdict, report = :report, checked_at = :at, anchors_issued = :issued, online = :online, again_at = :againAt, tries = :tries
     WHERE checked_at <= :at`,
    { sha256, verdict: report.verdict, report: JSON.stringify(report), at: report.checkedAt, issued: report.anchorsIssued, online: flag(online), againAt, tries })
}

/** PDFs whose verdict may be known by now, the longest waiting first. */
export const checksDue = (reader: Reader, now: Instant, limit: number): Sha256[] =>
  reader.all('SELECT sha256 FROM signature_check WHERE again_at <= ? ORDER BY again_at LIMIT ?', [now, limit], (row) => row.text<Sha256>('sha256'))

/** Everything undecided may be asked again now. */
export const hastenChecks = (tx: WriteTx, now: Instant): void => {
  tx.run('UPDATE signature_check SET again_at = ? WHERE again_at > ?', [now, now])
}

/**
 * Other anchors are in force: what hung on those before is undecided until it is judged again, wherever it lies. A badge that says valid under an
 * anchor that nobody trusts any more would be a lie.
 */
export const doubtChecks = (tx: WriteTx, now: Instant): void => {
  tx.run(
    `UPDATE signature_check SET report = json_set(report, '$.verdict', 'INDETERMINATE'), verdict = 'INDETERMINATE', again_at = :now, tries = 0
     WHERE verdict IN ('TOTAL-PASSED', 'INDETERMINATE')`, { now })
}

/** PDFs that came into open drafts, and what was signed here, as far as it was not judged yet, the newest first. Scans of the counter's own have no signature. */
export const unjudged = (reader: Reader, limit: number): Sha256[] => reader.all(
  `SELECT w.sha256, max(w.at) AS newest FROM (
     SELECT d.sha256, d.added_at AS at FROM document d JOIN draft f ON f.id = d.draft_id
       WHERE f.state = 'open' AND d.removed = 0 AND d.media_type = 'application/pdf'
         AND (NOT EXISTS (SELECT 1 FROM bound_page b WHERE b.document_id = d.id) OR EXISTS (SELECT 1 FROM signed_document s WHERE s.document_id = d.id))
     UNION ALL SELECT f.sha256, f.at FROM signing_file f WHERE f.replaced_by IS NULL AND f.level IS NOT NULL) w
   WHERE NOT EXISTS (SELECT 1 FROM signature_check c WHERE c.sha256 = w.sha256) GROUP BY w.sha256 ORDER BY newest DESC LIMIT ?`, [limit], (row) => row.text<Sha256>('sha256'))

/** One word for a badge; null for what has no signature. */
export function badgeOf(check: Check | undefined): SignedBadge | null {
  if (!check || check.report.verdict === null) return null
  const { verdict, signatures, changedSince, checkedAt } = check.report
  const signers = signatures.flatMap(({ kind, signer }) => (kind === 'signature' && signer ? [signer.subject] : []))
  return { verdict, signers: [...new Set(signers)], changedSince, checkedAt }
}
