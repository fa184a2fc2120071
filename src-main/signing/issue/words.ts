import type { IssuanceId } from '@contract/signing'
import type { Instant } from '@contract/ids'
import type { Reader, RowView, WriteTx } from '../../storage'

/** What the CA must still be told of a certificate. `certificate` null: one that nobody wants any more may still come. */
export type Word = Readonly<{ id: IssuanceId; accepted: boolean; why: string | null; certificate: Uint8Array | null; caState: string | null; tries: number; at: Instant }>

export function insertWord(tx: WriteTx, { id, accepted, why, certificate, caState, at }: Omit<Word, 'tries'>): void {
  tx.run('INSERT INTO ca_word (issuance_id, accepted, why, certificate, ca_state, at, next_try_at) VALUES (?, ?, ?, ?, ?, ?, ?)',
    [id, accepted ? 1 : 0, why, certificate, caState, at, at])
}

const toWord = (row: RowView): Word => ({
  id: row.text<IssuanceId>('issuance_id'), accepted: row.flag('accepted'), why: row.textOrNull('why'), certificate: row.bytesOrNull('certificate'), caState: row.textOrNull('ca_state'),
  tries: row.integer('tries'), at: row.text<Instant>('at'),
})

export const dueWords = (reader: Reader, now: Instant): Word[] =>
  reader.all('SELECT * FROM ca_word WHERE told_at IS NULL AND next_try_at <= ? ORDER BY next_try_at LIMIT 100', [now], toWord)

/** True when a word that was given has reached the CA. */
export const wordTold = (reader: Reader, id: IssuanceId): boolean =>
  reader.get('SELECT 1 AS one FROM ca_word WHERE issuance_id = ? AND told_at IS NOT NULL', [id], () => true) ?? false

export function told(tx: WriteTx, id: IssuanceId, at: Instant): void {
  tx.run('UPDATE ca_word SET told_at = ?, next_try_at = NULL WHERE issuance_id = ?', [at, id])
}
export function tryLater(tx: WriteTx, id: IssuanceId, nextTryAt: string): void {
  tx.run('UPDATE ca_word SET next_try_at = ?, tries = tries + 1 WHERE issuance_id = ?', [nextTryAt, id])
}
/** The certificate that came after all, or how the CA's transaction stands now. */
export function learned(tx: WriteTx, id: IssuanceId, { certificate, caState }: Pick<Word, 'certificate' | 'caState'>): void {
  tx.run('UPDATE ca_word SET certificate = ?, ca_state = ? WHERE issuance_id = ?', [certificate, caState, id])
}
