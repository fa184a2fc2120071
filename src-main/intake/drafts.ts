import { DraftContent, type DraftSummary } from '@contract/draft'
import { AppError } from '@contract/errors'
import type { AccountId, DossierId, DraftId, Instant } from '@contract/ids'
import { EMPTY_PERSON } from '@contract/person'
import type { Reader, RowView, WriteTx } from '../storage'
import { newDraftId } from './ids'

export type DraftState = 'open' | 'discarded' | 'committed'
/** Who may change a draft now: the officers, or the helper who fills it in until an officer has accepted it. */
export type Hands = 'officer' | 'helper'

export type Draft = Readonly<{
  id: DraftId
  officerId: AccountId
  state: DraftState
  hands: Hands
  revision: number
  content: DraftContent
  corrects: DossierId | null
  createdAt: Instant
  savedAt: Instant
}>

/** What the screen starts from: nothing known, one set, nothing paid, result taken at the counter. */
export const EMPTY_CONTENT: DraftContent = {
  focus: null,
  applicant: EMPTY_PERSON,
  capacity: 'self',
  owner: EMPTY_PERSON,
  organisation: { name: '', taxCode: '' },
  procedure: null,
  answers: {},
  components: {},
  sets: 1,
  fee: { copies: 1, pages: 1, exemption: null, payment: 'unpaid', councilAmount: null },
  delivery: { method: 'counter', address: '' },
  note: '',
}

const HANDS = "CASE WHEN EXISTS (SELECT 1 FROM assisted_draft h WHERE h.draft_id = draft.id AND h.accepted_at IS NULL) THEN 'helper' ELSE 'officer' END"
const COLUMNS = `id, officer_id, state, ${HANDS} AS hands, revision, content, corrects, created_at, saved_at`

const toDraft = (row: RowView): Draft => ({
  id: row.text<DraftId>('id'),
  officerId: row.text<AccountId>('officer_id'),
  state: row.text<DraftState>('state'),
  hands: row.text<Hands>('hands'),
  revision: row.integer('revision'),
  content: row.json('content', DraftContent),
  corrects: row.textOrNull<DossierId>('corrects'),
  createdAt: row.text<Instant>('created_at'),
  savedAt: row.text<Instant>('saved_at'),
})

/** Inserts a draft and answers it. */
export function insertDraft(tx: WriteTx, officerId: AccountId, now: Instant, content: DraftContent = EMPTY_CONTENT, corrects: DossierId | null = null): Draft {
  const id = newDraftId()
  tx.run('INSERT INTO draft (id, officer_id, content, corrects, created_at, saved_at) VALUES (?, ?, ?, ?, ?, ?)', [id, officerId, JSON.stringify(content), corrects, now, now])
  return getDraft(tx, id)
}

/** @throws AppError HS-001 when there is no such draft */
export function getDraft(reader: Reader, id: DraftId): Draft {
  const draft = reader.get(`SELECT ${COLUMNS} FROM draft WHERE id = ?`, [id], toDraft)
  if (!draft) throw new AppError('HS-001')
  return draft
}

/** @throws AppError HS-001 when it is not open any more, or in other hands */
export function getOpenDraft(reader: Reader, id: DraftId, hands: Hands = 'officer'): Draft {
  const draft = getDraft(reader, id)
  if (draft.state !== 'open' || draft.hands !== hands) throw new AppError('HS-001')
  return draft
}

/** Whether there is such a draft and it takes an officer's changes; its content is not read. */
export function isOpen(reader: Reader, id: DraftId): boolean {
  return reader.get(`SELECT state = 'open' AND ${HANDS} = 'officer' AS open FROM draft WHERE id = ?`, [id], (row) => row.flag('open')) === true
}

/** As `getOpenDraft`, without reading the content. @throws AppError HS-001 */
export function assertOpen(reader: Reader, id: DraftId): void {
  if (!isOpen(reader, id)) throw new AppError('HS-001')
}

/**
 * Saves the whole content over the revision that the screen has read.
 * @throws AppError HS-001 not open, or in other hands; HS-002 somebody saved a newer one
 */
export function saveDraft(tx: WriteTx, id: DraftId, revision: number, content: DraftContent, now: Instant, hands: Hands = 'officer'): Draft {
  const { changes } = tx.run(
    `UPDATE draft SET content = ?, revision = revision + 1, saved_at = ? WHERE id = ? AND revision = ? AND state = 'open' AND ${HANDS} = ?`,
    [JSON.stringify(content), now, id, revision, hands],
  )
  if (changes === 0) {
    getOpenDraft(tx, id, hands)
    throw new AppError('HS-002')
  }
  return getDraft(tx, id)
}

/** Moves a draft between its states; a committed one stays committed. @throws AppError HS-001 */
export function setDraftState(tx: WriteTx, id: DraftId, from: DraftState, to: DraftState, now: Instant, hands: Hands = 'officer'): void {
  const { changes } = tx.run(`UPDATE draft SET state = ?, saved_at = ? WHERE id = ? AND state = ? AND ${HANDS} = ?`, [to, now, id, from, hands])
  if (changes === 0) throw new AppError('HS-001')
}

/** Hands a draft on to another account. */
export function giveDraft(tx: WriteTx, id: DraftId, to: AccountId): void {
  tx.run('UPDATE draft SET officer_id = ? WHERE id = ?', [to, id])
}

/** Open drafts of this machine's officers, newest first. */
export function openDrafts(reader: Reader, me: AccountId): DraftSummary[] {
  return reader.all(
    `SELECT d.id, d.officer_id, d.saved_at, d.content, a.full_name,
       (SELECT count(*) FROM document WHERE draft_id = d.id AND removed = 0) AS documents,
       (SELECT name FROM procedure_version p WHERE p.code = d.content ->> '$.procedure.code' AND p.version = d.content ->> '$.procedure.version') AS procedure_name
     FROM draft d JOIN account a ON a.id = d.officer_id
     WHERE d.state = 'open' AND NOT EXISTS (SELECT 1 FROM assisted_draft h WHERE h.draft_id = d.id AND h.accepted_at IS NULL) ORDER BY d.saved_at DESC LIMIT 100`,
    [],
    (row) => ({
      id: row.text<DraftId>('id'),
      savedAt: row.text<Instant>('saved_at'),
      applicantName: row.json('content', DraftContent).applicant.fullName,
      procedureName: row.textOrNull('procedure_name'),
      documents: row.integer('documents'),
      officerName: row.text('full_name'),
      mine: row.text('officer_id') === me,
    }),
  )
}
