import type { AssistedDraft, HelperDraftLine } from '@contract/assist'
import { toCivil } from '@contract/civil-time'
import { DraftContent } from '@contract/draft'
import type { AccountId, DraftId, Instant } from '@contract/ids'
import type { Reader, RowView, WriteTx } from '../storage'
import { papersOf } from './content'

export type Assisted = Readonly<{
  draftId: DraftId
  helperId: AccountId
  consentAt: Instant
  number: number | null
  handedAt: Instant | null
  sentBackAt: Instant | null
  sentBackNote: string
  acceptedBy: AccountId | null
}>

const toAssisted = (row: RowView): Assisted => ({
  draftId: row.text<DraftId>('draft_id'),
  helperId: row.text<AccountId>('helper_id'),
  consentAt: row.text<Instant>('consent_at'),
  number: row.integerOrNull('number'),
  handedAt: row.textOrNull<Instant>('handed_at'),
  sentBackAt: row.textOrNull<Instant>('sent_back_at'),
  sentBackNote: row.text('sent_back_note'),
  acceptedBy: row.textOrNull<AccountId>('accepted_by'),
})

export const findAssisted = (reader: Reader, id: DraftId): Assisted | undefined =>
  reader.get('SELECT draft_id, helper_id, consent_at, number, handed_at, sent_back_at, sent_back_note, accepted_by FROM assisted_draft WHERE draft_id = ?', [id], toAssisted)

export function insertAssisted(tx: WriteTx, draftId: DraftId, helperId: AccountId, consentAt: Instant): void {
  tx.run('INSERT INTO assisted_draft (draft_id, helper_id, consent_at) VALUES (?, ?, ?)', [draftId, helperId, consentAt])
}

/** Hands a draft over and answers its number: the next of the day, or the one it has from the first time. */
export function markHandedOver(tx: WriteTx, row: Assisted, note: string, at: Instant): number {
  const day = toCivil(new Date(at)).date
  const next = (): number => tx.get('SELECT coalesce(max(number), 0) + 1 AS next FROM assisted_draft WHERE day = ?', [day], (found) => found.integer('next')) ?? 1
  const number = row.number ?? next()
  tx.run('UPDATE assisted_draft SET day = coalesce(day, ?), number = ?, handed_at = ?, note = ? WHERE draft_id = ?', [day, number, at, note, row.draftId])
  return number
}

export function markSentBack(tx: WriteTx, id: DraftId, note: string, at: Instant): void {
  tx.run('UPDATE assisted_draft SET handed_at = NULL, sent_back_at = ?, sent_back_note = ? WHERE draft_id = ?', [at, note, id])
}

export function markAccepted(tx: WriteTx, id: DraftId, by: AccountId, at: Instant): void {
  tx.run('UPDATE assisted_draft SET accepted_at = ?, accepted_by = ? WHERE draft_id = ?', [at, by, id])
}

const PROCEDURE_NAME = `(SELECT p.name FROM procedure_version p WHERE p.code = d.content ->> '$.procedure.code' AND p.version = d.content ->> '$.procedure.version') AS procedure_name`

/** The open drafts of a helper that are still with them, newest first. */
export const draftsOfHelper = (reader: Reader, helperId: AccountId): HelperDraftLine[] => reader.all(
  `SELECT d.id, d.saved_at, d.content, ${PROCEDURE_NAME}, CASE WHEN a.sent_back_at IS NULL THEN NULL ELSE a.sent_back_note END AS sent_back
   FROM assisted_draft a JOIN draft d ON d.id = a.draft_id
   WHERE a.helper_id = ? AND a.handed_at IS NULL AND d.state = 'open' ORDER BY d.saved_at DESC LIMIT 50`,
  [helperId],
  (row) => ({
    id: row.text<DraftId>('id'),
    savedAt: row.text<Instant>('saved_at'),
    applicantName: row.json('content', DraftContent).applicant.fullName,
    procedureName: row.textOrNull('procedure_name'),
    sentBackNote: row.textOrNull('sent_back'),
  }),
)

const OFFICER_VIEW = `SELECT d.id, a.number, a.helper_id, h.full_name AS helper_name, a.consent_at, a.handed_at, a.note, d.content, ${PROCEDURE_NAME},
  a.accepted_at, o.full_name AS accepted_by_name
  FROM assisted_draft a JOIN draft d ON d.id = a.draft_id JOIN account h ON h.id = a.helper_id LEFT JOIN account o ON o.id = a.accepted_by`

function toOfficerView(row: RowView): AssistedDraft {
  const content = row.json('content', DraftContent)
  const acceptedAt = row.textOrNull<Instant>('accepted_at')
  return {
    id: row.text<DraftId>('id'),
    number: row.integer('number'),
    helper: { id: row.text<AccountId>('helper_id'), name: row.text('helper_name') },
    consentAt: row.text<Instant>('consent_at'),
    handedAt: row.text<Instant>('handed_at'),
    note: row.text('note'),
    applicantName: content.applicant.fullName,
    procedureName: row.textOrNull('procedure_name'),
    lacking: Object.values(papersOf(content.components)).filter((said) => said === 'lacks').length,
    accepted: acceptedAt === null ? null : { at: acceptedAt, by: row.textOrNull('accepted_by_name') ?? '' },
  }
}

/** What is handed over and not accepted, the oldest first. */
export const waitingDrafts = (reader: Reader): AssistedDraft[] =>
  reader.all(`${OFFICER_VIEW} WHERE a.handed_at IS NOT NULL AND a.accepted_at IS NULL AND d.state = 'open' ORDER BY a.handed_at, a.number LIMIT 100`, [], toOfficerView)

/** One that was handed over, accepted or not. */
export const handedOver = (reader: Reader, id: DraftId): AssistedDraft | null =>
  reader.get(`${OFFICER_VIEW} WHERE a.draft_id = ? AND a.handed_at IS NOT NULL`, [id], toOfficerView) ?? null
