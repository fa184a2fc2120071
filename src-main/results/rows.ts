import { Signature } from '@contract/display'
import type { AccountId, DossierId, Instant } from '@contract/ids'
import { maskIdNumber } from '@contract/format'
import type { ResultReturn, WaitingResult } from '@contract/results'
import { HIT_COLUMNS, HIT_JOINS, toHit } from '../intake'
import type { Reader, RowView, WriteTx } from '../storage'

export type NewReturn = Readonly<{
  dossierId: DossierId; how: ResultReturn['how']; name: string; idNumber: string | null; authority: string | null; tracking: string | null
  checked: 'chip' | 'card' | 'receipt' | 'known' | 'post'; signed: ResultReturn['signed']; signature: Signature | null; showing: string | null; note: string; at: Instant; officerId: AccountId
}>

/** Keeps who took a result. The dossier must still lie there (state 9). */
export function insertReturn(tx: WriteTx, { signature, ...row }: NewReturn): void {
  tx.run(
    `INSERT INTO result_return (dossier_id, how, collector_name, collector_id_number, authority, tracking, checked, signed, signature, showing, note, at, officer_id)
     VALUES (:dossierId, :how, :name, :idNumber, :authority, :tracking, :checked, :signed, :signature, :showing, :note, :at, :officerId)`,
    { ...row, signature: signature && JSON.stringify(signature) })
}

function toReturn(row: RowView): ResultReturn {
  const idNumber = row.textOrNull('collector_id_number')
  return {
    dossierId: row.text<DossierId>('dossier_id'), how: row.text<ResultReturn['how']>('how'), collectorName: row.text('collector_name'), maskedId: idNumber && maskIdNumber(idNumber),
    authority: row.textOrNull('authority'), tracking: row.textOrNull('tracking'), checked: row.text('checked'), signed: row.text<ResultReturn['signed']>('signed'), note: row.text('note'),
    at: row.text<Instant>('at'), officerName: row.text('officer_name'),
  }
}

/** How the result of a dossier was handed over at this counter. */
export const findReturn = (reader: Reader, id: DossierId): ResultReturn | undefined =>
  reader.get('SELECT r.*, a.full_name AS officer_name FROM result_return r JOIN account a ON a.id = r.officer_id WHERE r.dossier_id = ?', [id], toReturn)

/** What the collector drew on the display; null where it was signed otherwise. */
export const signatureOfReturn = (reader: Reader, id: DossierId): Signature | null =>
  reader.get('SELECT signature FROM result_return WHERE dossier_id = ?', [id], (row) => row.jsonOrNull('signature', Signature)) ?? null

/** When the dossier last came into a state, at the counter or by the city's word. */
export function cameInto(reader: Reader, id: DossierId, state: 9 | 10): Instant | undefined {
  return reader.get('SELECT at FROM dossier_event WHERE dossier_id = ? AND state = ? ORDER BY sequence DESC LIMIT 1', [id, state],
    (row) => row.text<Instant>('at'))
}

/** True when the counter itself stopped the dossier: no result follows (Thông tư 03/2025, Mẫu 05). */
export const wasStopped = (reader: Reader, id: DossierId): boolean =>
  reader.get("SELECT 1 FROM dossier_event WHERE dossier_id = ? AND state = 8 AND origin = 'counter' LIMIT 1", [id], () => true) === true

const WAITING = `SELECT ${HIT_COLUMNS}, d.finished_at AS ready_at, d.body ->> '$.delivery.method' AS delivery,
    max(0, coalesce(d.body ->> '$.fee.total', 0) - coalesce((SELECT sum(y.amount) FROM payment y WHERE y.dossier_id = d.id AND y.voided_at IS NULL), 0)) AS open
  FROM dossier d ${HIT_JOINS} WHERE d.state = 9 AND (:delivery = 'all' OR d.body ->> '$.delivery.method' = :delivery) ORDER BY d.finished_at, d.rowid LIMIT :limit`

/** Results that lie at the counter, the one that waits longest first. */
export const waitingResults = (reader: Reader, delivery: 'all' | 'counter' | 'post', limit: number): WaitingResult[] =>
  reader.all(WAITING, { delivery, limit },
    (row) => ({ ...toHit(row), readyAt: row.textOrNull<Instant>('ready_at'), delivery: row.text<'counter' | 'post'>('delivery'), open: row.integer('open') }))
