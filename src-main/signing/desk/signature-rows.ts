import type { Instant } from '@contract/ids'
import type { PadesLevel, SignTarget } from '@contract/signing'
import type { Reader, RowView, WriteTx } from '../../storage'

/** A signature that still gains something when the line is there. */
export type Upgrade = Readonly<{ target: SignTarget; level: 'B-B' | 'B-T'; stampUrl: string | null; tries: number }>

const toUpgrade = (row: RowView): Upgrade => {
  const kind = row.text<'document' | 'file'>('target_kind')
  const id = row.text('target_id')
  return { target: { kind, id } as SignTarget, level: row.text<Upgrade['level']>('level'), stampUrl: row.textOrNull('stamp_url'), tries: row.integer('tries') }
}

/** Notes what a signature lacks; nothing at B-LT. */
export function noteLevel(tx: WriteTx, target: SignTarget, level: PadesLevel, { stampUrl, nextAt }: Readonly<{ stampUrl: string | null; nextAt: Instant }>): void {
  if (level === 'B-LT') return
  tx.run(
    `INSERT INTO signature_upgrade (target_kind, target_id, level, stamp_url, next_at) VALUES (?, ?, ?, ?, ?)
     ON CONFLICT DO UPDATE SET level = excluded.level, next_at = excluded.next_at, code = NULL`,
    [target.kind, target.id, level, stampUrl, nextAt])
}

export const forgetUpgrade = (tx: WriteTx, { kind, id }: SignTarget): void => {
  tx.run('DELETE FROM signature_upgrade WHERE target_kind = ? AND target_id = ?', [kind, id])
}

export const postponeUpgrade = (tx: WriteTx, { kind, id }: SignTarget, nextAt: Instant, code: string | null): void => {
  tx.run('UPDATE signature_upgrade SET tries = tries + 1, next_at = ?, code = ? WHERE target_kind = ? AND target_id = ?', [nextAt, code, kind, id])
}

export const upgradesDue = (reader: Reader, now: Instant, limit: number): Upgrade[] =>
  reader.all('SELECT * FROM signature_upgrade WHERE next_at <= ? ORDER BY next_at LIMIT ?', [now, limit], toUpgrade)

export const hastenUpgrades = (tx: WriteTx, now: Instant): void => {
  tx.run('UPDATE signature_upgrade SET next_at = ? WHERE next_at > ?', [now, now])
}
