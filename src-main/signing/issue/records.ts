import { z } from 'zod'
import type { AccountId, DossierId, DraftId, Instant } from '@contract/ids'
import { CaProvider, type IssuanceId, type IssuanceState, IssuanceSubject, type KeyKind, type SignatureScheme, type SigningFileId } from '@contract/signing'
import type { Reader, RowView, Value, WriteTx } from '../../storage'
import type { Stand } from './rules'

/** A row of `issuance`. */
export type Issuance = Readonly<{
  id: IssuanceId
  subject: IssuanceSubject
  provider: CaProvider
  kind: 'token' | 'remote'
  dossierId: DossierId | null
  draftId: DraftId | null
  renewalOf: string | null
  officerName: string
  simulated: boolean
  startedAt: Instant
  endedAt: Instant | null
  state: IssuanceState
  done: number
  consentAt: Instant | null
  consentHow: 'display' | 'paper' | null
  phone: string | null
  tokenId: string | null
  tokenLabel: string | null
  tokenSerial: string | null
  keyKind: KeyKind | null
  keyId: string | null
  scheme: SignatureScheme | null
  csr: Uint8Array | null
  keyReady: boolean
  sentAt: Instant | null
  caState: string | null
  nextTryAt: Instant | null
  tries: number
  certificate: Uint8Array | null
  chain: readonly Uint8Array[]
  notAfter: Instant | null
  storedAt: Instant | null
  trialAt: Instant | null
  agreement: SigningFileId | null
  handover: SigningFileId | null
  trouble: string | null
  troubleText: string | null
}>

const Chain = z.array(z.base64())
const chainOf = (row: RowView): Uint8Array[] => (row.jsonOrNull('chain', Chain) ?? []).map((one) => Buffer.from(one, 'base64'))
export const chainText = (chain: readonly Uint8Array[]): string => JSON.stringify(chain.map((one) => Buffer.from(one).toString('base64')))

export const toIssuance = (row: RowView): Issuance => ({
  id: row.text<IssuanceId>('id'), subject: row.json('subject', IssuanceSubject), provider: row.json('provider', CaProvider), kind: row.text<'token' | 'remote'>('kind'),
  dossierId: row.textOrNull<DossierId>('dossier_id'), draftId: row.textOrNull<DraftId>('draft_id'), renewalOf: row.textOrNull('renewal_of'),
  officerName: row.text('officer_name'), simulated: row.flag('simulated'),
  startedAt: row.text<Instant>('started_at'), endedAt: row.textOrNull<Instant>('ended_at'), state: row.text<IssuanceState>('state'), done: row.integer('done'),
  consentAt: row.textOrNull<Instant>('consent_at'), consentHow: row.textOrNull<'display' | 'paper'>('consent_how'), phone: row.textOrNull('phone'),
  tokenId: row.textOrNull('token_id'), tokenLabel: row.textOrNull('token_label'), tokenSerial: row.textOrNull('token_serial'),
  keyKind: row.textOrNull<KeyKind>('key_kind'), keyId: row.textOrNull('key_id'), scheme: row.textOrNull<SignatureScheme>('scheme'), csr: row.bytesOrNull('csr'), keyReady: row.flag('key_ready'),
  sentAt: row.textOrNull<Instant>('sent_at'), caState: row.textOrNull('ca_state'), nextTryAt: row.textOrNull<Instant>('next_try_at'), tries: row.integer('tries'),
  certificate: row.bytesOrNull('certificate'), chain: chainOf(row), notAfter: row.textOrNull<Instant>('not_after'), storedAt: row.textOrNull<Instant>('stored_at'),
  trialAt: row.textOrNull<Instant>('trial_at'), agreement: row.textOrNull<SigningFileId>('agreement'), handover: row.textOrNull<SigningFileId>('handover'),
  trouble: row.textOrNull('trouble'), troubleText: row.textOrNull('trouble_text'),
})

export const standOf = ({ kind, state, done, keyReady, keyId, sentAt, storedAt, certificate }: Issuance): Stand => ({
  kind, state, done, key: keyReady ? 'made' : keyId === null ? 'none' : 'begun', sent: sentAt !== null, certificate: storedAt !== null ? 'stored' : certificate === null ? 'none' : 'held',
})

export const findIssuance = (reader: Reader, id: IssuanceId): Issuance | undefined => reader.get('SELECT * FROM issuance WHERE id = ?', [id], toIssuance)

export type NewIssuance = Readonly<{
  id: IssuanceId; subject: IssuanceSubject; nameFolded: string; provider: CaProvider; dossierId: DossierId | null; draftId: DraftId | null; renewalOf: string | null
  officerId: string; officerName: string; simulated: boolean; at: Instant
}>
export function insertIssuance(tx: WriteTx, { id, subject, nameFolded, provider, dossierId, draftId, renewalOf, officerId, officerName, simulated, at }: NewIssuance): void {
  tx.run(
    `INSERT INTO issuance (id, subject, name_folded, provider_id, provider, dossier_id, draft_id, renewal_of, officer_id, officer_name, simulated, started_at)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    [id, JSON.stringify(subject), nameFolded, provider.id, JSON.stringify(provider), dossierId, draftId, renewalOf, officerId, officerName, simulated ? 1 : 0, at])
}

/** Columns that steps leave something in. */
export const COLUMNS = [
  'provider_id', 'provider', 'state', 'done', 'ended_at', 'consent_at', 'consent_how', 'consent_id', 'identity_how', 'identity_check', 'identity_officer', 'second_officer', 'person_how', 'phone', 'phone_how',
  'content_how', 'pin_how', 'token_id', 'token_label', 'token_serial', 'key_kind', 'key_id', 'scheme', 'csr', 'key_ready', 'sent_at', 'ca_state', 'next_try_at', 'tries', 'certificate', 'chain', 'not_after',
  'stored_at', 'trial_at', 'agreement', 'handover_how', 'handover', 'trouble', 'trouble_text',
] as const
export type Change = Readonly<Partial<Record<(typeof COLUMNS)[number], Value>>>

export function updateIssuance(tx: WriteTx, id: IssuanceId, change: Change): void {
  const changed = COLUMNS.filter((column) => change[column] !== undefined)
  tx.run(`UPDATE issuance SET ${changed.map((column) => `${column} = ?`).join(', ')} WHERE id = ?`, [...changed.map((column) => change[column] ?? null), id])
}

export type IssuanceEvent = Readonly<{ kind: string; step: string | null; how: string | null; code: string | null; at: Instant; by: string }>
export function addEvent(tx: WriteTx, id: IssuanceId, { kind, step, how, code, at, by }: IssuanceEvent): void {
  tx.run('INSERT INTO issuance_event (issuance_id, kind, step, how, code, at, by_name) VALUES (?, ?, ?, ?, ?, ?, ?)', [id, kind, step, how, code, at, by])
}

export const eventsOf = (reader: Reader, id: IssuanceId): IssuanceEvent[] =>
  reader.all('SELECT kind, step, how, code, at, by_name FROM issuance_event WHERE issuance_id = ? ORDER BY sequence', [id], (row) => ({
    kind: row.text('kind'), step: row.textOrNull('step'), how: row.textOrNull('how'), code: row.textOrNull('code'), at: row.text<Instant>('at'), by: row.text('by_name'),
  }))

export type NewAnswer = Readonly<{ id: string; issuance: IssuanceId; purpose: 'content' | 'handover'; showing: string; confirmed: boolean; facts: unknown; signature: unknown; at: Instant; officerId: AccountId | string }>
/** What the citizen said to the contents of the certificate, or to the hand-over. */
export function insertAnswer(tx: WriteTx, { id, issuance, purpose, showing, confirmed, facts, signature, at, officerId }: NewAnswer): void {
  tx.run('INSERT INTO issuance_confirmation (id, issuance_id, purpose, showing, confirmed, facts, signature, at, officer_id) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)',
    [id, issuance, purpose, showing, confirmed ? 1 : 0, JSON.stringify(facts), signature === null ? null : JSON.stringify(signature), at, officerId])
}
