import { Signature, type ShowingId, type ShownFact } from '@contract/display'
import type { AccountId, DraftId, Instant } from '@contract/ids'
import type { Reader, RowView, WriteTx } from '../storage'

export type KeptConfirmation = Readonly<{ at: Instant; digest: string; signature: Signature | null }>

type Head = Readonly<{ id: string; showing: ShowingId; at: Instant; officerId: AccountId; signature: Signature | null }>
export type NewConfirmation = Head & Readonly<{ draftId: DraftId; digest: string; facts: readonly ShownFact[] }>
export type NewConsent = Head & Readonly<{ draftId: DraftId | null; sheet: string; version: number; digest: string; agreed: boolean }>

const json = (value: unknown): string | null => (value === null ? null : JSON.stringify(value))

export function insertConfirmation(tx: WriteTx, { id, draftId, showing, digest, facts, signature, at, officerId }: NewConfirmation): void {
  tx.run('INSERT INTO confirmation (id, draft_id, showing, digest, facts, signature, at, officer_id) VALUES (?, ?, ?, ?, ?, ?, ?, ?)',
    [id, draftId, showing, digest, JSON.stringify(facts), json(signature), at, officerId])
}

export function insertConsent(tx: WriteTx, { id, sheet, version, digest, showing, agreed, signature, draftId, at, officerId }: NewConsent): void {
  tx.run('INSERT INTO consent_given (id, sheet, version, digest, showing, agreed, signature, draft_id, at, officer_id) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)',
    [id, sheet, version, digest, showing, agreed ? 1 : 0, json(signature), draftId, at, officerId])
}

const toKept = (row: RowView): KeptConfirmation => ({ at: row.text<Instant>('at'), digest: row.text('digest'), signature: row.jsonOrNull('signature', Signature) })

/** What was confirmed last of a draft. */
export function newestConfirmation(reader: Reader, draftId: DraftId): KeptConfirmation | undefined {
  return reader.get('SELECT at, digest, signature FROM confirmation WHERE draft_id = ? ORDER BY at DESC, id DESC LIMIT 1', [draftId], toKept)
}
