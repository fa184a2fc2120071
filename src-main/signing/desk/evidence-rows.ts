import type { Instant } from '@contract/ids'
import type { Reader, WriteTx } from '../../storage'

export type KeptList = Readonly<{ sha256: string; issuerKey: string; thisUpdate: Instant; nextUpdate: Instant | null; der: Uint8Array; keptAt: Instant }>

/** Keeps a list unless a newer one of its issuer is kept; older ones go, but for those that something was signed under. False when it is no news. */
export function keepList(tx: WriteTx, { sha256, issuerKey, thisUpdate, nextUpdate, der, keptAt }: KeptList): boolean {
  const newer = tx.get('SELECT 1 AS found FROM kept_list WHERE issuer_key = ? AND this_update > ?', [issuerKey, thisUpdate], () => true)
  if (newer === true) return false
  const { changes } = tx.run(
    'INSERT OR IGNORE INTO kept_list (sha256, issuer_key, this_update, next_update, der, kept_at) VALUES (?, ?, ?, ?, ?, ?)', [sha256, issuerKey, thisUpdate, nextUpdate, der, keptAt])
  tx.run(
    `DELETE FROM kept_list WHERE issuer_key = :issuerKey AND this_update < :thisUpdate AND NOT EXISTS (SELECT 1 FROM signing_job_item i WHERE i.list_sha256 = kept_list.sha256)`,
    { issuerKey, thisUpdate })
  return changes > 0
}

export const newestList = (reader: Reader, issuerKey: string): Readonly<{ sha256: string; der: Uint8Array }> | undefined => reader.get(
  'SELECT sha256, der FROM kept_list WHERE issuer_key = ? ORDER BY this_update DESC, sha256 LIMIT 1', [issuerKey], (row) => ({ sha256: row.text('sha256'), der: row.bytes('der') }))

/** A certificate that may have issued others; trusted by nobody for being kept. */
export const keepIssuer = (tx: WriteTx, { sha256, der, keptAt }: Readonly<{ sha256: string; der: Uint8Array; keptAt: Instant }>): void => {
  tx.run('INSERT OR IGNORE INTO kept_issuer (sha256, der, kept_at) VALUES (?, ?, ?)', [sha256, der, keptAt])
}
const MOST_ISSUERS = 64
export const keptIssuers = (reader: Reader): Uint8Array[] => reader.all('SELECT der FROM kept_issuer ORDER BY kept_at DESC LIMIT ?', [MOST_ISSUERS], (row) => row.bytes('der'))

export type KeptAnswer = Readonly<{ certificate: string; issuerKey: string; thisUpdate: Instant; der: Uint8Array; keptAt: Instant }>

export function keepAnswer(tx: WriteTx, answer: KeptAnswer): void {
  tx.run(
    `INSERT INTO kept_answer (certificate, issuer_key, this_update, der, kept_at) VALUES (:certificate, :issuerKey, :thisUpdate, :der, :keptAt)
     ON CONFLICT (certificate) DO UPDATE SET this_update = :thisUpdate, der = :der, kept_at = :keptAt WHERE this_update <= :thisUpdate`, { ...answer })
}

/** More answers about certificates of one issuer are not handed out: a judgement asks about a few. */
const MOST_ANSWERS = 50

export const keptAnswers = (reader: Reader, issuerKey: string): Uint8Array[] =>
  reader.all('SELECT der FROM kept_answer WHERE issuer_key = ? ORDER BY kept_at DESC LIMIT ?', [issuerKey, MOST_ANSWERS], (row) => row.bytes('der'))
