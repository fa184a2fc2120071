import { v7 } from 'uuid'
import type { Instant, Sha256 } from '@contract/ids'
import type { ReportMade } from '@contract/reports'
import type { Audit } from '../audit'
import type { Reader, RowView, WriteTx } from '../storage'

const COLUMNS = 'm.kind, m.period_from, m.period_to, m.digest, m.way, m.at, m.by, a.full_name'
const FROM = 'report_made m LEFT JOIN account a ON a.id = m.by'
/** Hex digits of a digest that stand in the footer; fewer say too little. */
const SHORTEST = 16

const toMade = (row: RowView): ReportMade => ({
  kind: row.text<ReportMade['kind']>('kind'), from: row.text('period_from'), to: row.text('period_to'), digest: row.text<Sha256>('digest'), way: row.text<ReportMade['way']>('way'),
  at: row.text<Instant>('at'), by: row.textOrNull('full_name') ?? row.text('by'),
})

export type NewMade = Omit<ReportMade, 'at'>

/** Keeps which report went which way, with its audit entry in the same transaction. @param made `by`: an account or "system" */
export function noteMade(tx: WriteTx, audit: Audit, made: NewMade, now: Date): void {
  const id = v7()
  tx.run('INSERT INTO report_made (id, kind, period_from, period_to, digest, way, at, by) VALUES (?, ?, ?, ?, ?, ?, ?, ?)',
    [id, made.kind, made.from, made.to, made.digest, made.way, now.toISOString(), made.by])
  audit.append(tx, { actor: made.by, action: `report.${made.way}`, subject: { type: 'report', id }, detail: { kind: made.kind, from: made.from, to: made.to, digest: made.digest } })
}

/** The newest reports that left the screen. */
export const listMade = (reader: Reader, limit: number): ReportMade[] => reader.all(`SELECT ${COLUMNS} FROM ${FROM} ORDER BY m.at DESC, m.rowid DESC LIMIT ?`, [limit], toMade)

/** What a footer or QR says, as typed or scanned: spaces, dashes and what stands before the digest fall away. Null: too short to name a print. */
export function digestTyped(typed: string): string | null {
  const hex = (typed.split(':').at(-1) ?? '').toLowerCase().replaceAll(/[^0-9a-f]/g, '')
  return hex.length >= SHORTEST && hex.length <= 64 ? hex : null
}

/** Every way out of the report that a print's digest names, newest first. */
export function findMade(reader: Reader, typed: string, limit: number): ReportMade[] {
  const digest = digestTyped(typed)
  if (digest === null) return []
  // A range, so that the index finds it whatever its length.
  return reader.all(`SELECT ${COLUMNS} FROM ${FROM} WHERE m.digest >= ? AND m.digest <= ? ORDER BY m.at DESC, m.rowid DESC LIMIT ?`, [digest, `${digest}g`, limit], toMade)
}
