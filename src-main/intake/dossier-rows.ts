import type { DossierState, TimelineEntry } from '@contract/dossier'
import type { DocumentInfo } from '@contract/draft'
import { AppError } from '@contract/errors'
import type { AccountId, DossierId, DraftId, Instant } from '@contract/ids'
import { flag, type Reader, type RowView, type WriteTx } from '../storage'
import { DossierBody } from './body'
import { indexRow } from './search'
import { END_STATES } from './states'

export type DossierRow = Readonly<{
  id: DossierId
  draftId: DraftId
  code: string
  codeIsProvisional: boolean
  provisionalCode: string | null
  version: number
  state: DossierState
  procedureCode: string
  procedureVersion: string
  counter: string
  receivedAt: Instant
  dueAt: Instant | null
  body: DossierBody
  simulated: boolean
  prints: number
}>

const STATES: readonly DossierState[] = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10]

/** The column's CHECK promises 1–10. */
export function stateOf(value: number): DossierState {
  const state = STATES.find((known) => known === value)
  if (state === undefined) throw new RangeError('a state outside 1–10')
  return state
}

const toRow = (row: RowView): DossierRow => ({
  id: row.text<DossierId>('id'),
  draftId: row.text<DraftId>('draft_id'),
  code: row.text('code'),
  codeIsProvisional: row.flag('code_is_provisional'),
  provisionalCode: row.textOrNull('provisional_code'),
  version: row.integer('version'),
  state: stateOf(row.integer('state')),
  procedureCode: row.text('procedure_code'),
  procedureVersion: row.text('procedure_version'),
  counter: row.text('counter'),
  receivedAt: row.text<Instant>('received_at'),
  dueAt: row.textOrNull<Instant>('due_at'),
  body: row.json('body', DossierBody),
  simulated: row.flag('simulated'),
  prints: row.integer('prints'),
})

/** @throws AppError HS-004 */
export function readDossier(reader: Reader, id: DossierId): DossierRow {
  const row = reader.get('SELECT * FROM dossier WHERE id = ?', [id], toRow)
  if (!row) throw new AppError('HS-004')
  return row
}

export type NewDossier = Readonly<{
  id: DossierId; draftId: DraftId; code: string; provisional: boolean; procedure: { code: string; version: string }; officerId: AccountId
  counter: string; receivedAt: Instant; dueAt: Instant | null; body: DossierBody; simulated: boolean
  /** 2 Được tiếp nhận; 1 for one that is turned away before it is received. */
  state: 1 | 2
}>

/** Inserts a new dossier with its search row and answers it. Its version is given when it is submitted. */
export function insertDossier(tx: WriteTx, dossier: NewDossier): DossierRow {
  // As it will be read: what does not fit the schema is not kept.
  const body = DossierBody.parse(dossier.body)
  const { applicant } = body
  const row = {
    id: dossier.id, draftId: dossier.draftId, code: dossier.code, codeIsProvisional: dossier.provisional,
    provisionalCode: dossier.provisional ? dossier.code : null, version: 1, state: dossier.state, procedureCode: dossier.procedure.code,
    procedureVersion: dossier.procedure.version, counter: dossier.counter, receivedAt: dossier.receivedAt, dueAt: dossier.dueAt, body,
    simulated: dossier.simulated, prints: 0,
  } satisfies DossierRow
  const { lastRowId } = tx.run(
    `INSERT INTO dossier (id, draft_id, code, code_is_provisional, provisional_code, version, state, procedure_code, procedure_version, officer_id, counter,
       received_at, due_at, applicant_name, applicant_id_number, applicant_phone, body, simulated)
     VALUES (:id, :draftId, :code, :provisional, :provisionalCode, :version, :state, :procedureCode, :procedureVersion, :officerId, :counter,
       :receivedAt, :dueAt, :name, :idNumber, :phone, :body, :simulated)`,
    {
      id: row.id, draftId: row.draftId, code: row.code, provisional: flag(row.codeIsProvisional), provisionalCode: row.provisionalCode,
      version: row.version, state: row.state, procedureCode: row.procedureCode, procedureVersion: row.procedureVersion, officerId: dossier.officerId,
      counter: row.counter, receivedAt: row.receivedAt, dueAt: row.dueAt, name: applicant.fullName, idNumber: applicant.idNumber ?? null,
      phone: applicant.phone ?? null, body: JSON.stringify(body), simulated: flag(row.simulated),
    },
  )
  insertSearchRow(tx, lastRowId, row)
  return row
}

/** Puts a corrected dossier in place of the one before; the versions that went out keep theirs. */
export function replaceBody(tx: WriteTx, id: DossierId, { body, procedure, dueAt }: { body: DossierBody; procedure: NewDossier['procedure']; dueAt: Instant | null }): void {
  const { applicant } = body
  tx.run(
    'UPDATE dossier SET body = ?, procedure_code = ?, procedure_version = ?, due_at = ?, applicant_name = ?, applicant_id_number = ?, applicant_phone = ? WHERE id = ?',
    [JSON.stringify(body), procedure.code, procedure.version, dueAt, applicant.fullName, applicant.idNumber ?? null, applicant.phone ?? null, id])
}

/** The documents of a dossier are exactly these from now on. */
export function linkDocuments(tx: WriteTx, id: DossierId, documents: readonly DocumentInfo[]): void {
  tx.run('DELETE FROM dossier_document WHERE dossier_id = ?', [id])
  for (const document of documents) tx.run('INSERT INTO dossier_document (dossier_id, document_id) VALUES (?, ?)', [id, document.id])
}

export type NewEvent = Readonly<{
  dossierId: DossierId; kind: TimelineEntry['kind']; state: DossierState | null; at: Instant; by: string; origin: TimelineEntry['origin']; note: string | null
}>

/** Adds to the history, which only grows. */
export function addEvent(tx: WriteTx, event: NewEvent): void {
  tx.run('INSERT INTO dossier_event (dossier_id, kind, state, at, by_name, origin, note) VALUES (?, ?, ?, ?, ?, ?, ?)',
    [event.dossierId, event.kind, event.state, event.at, event.by, event.origin, event.note])
}

/** Moves a dossier; the first end state stops the clock for good. */
export function setState(tx: WriteTx, id: DossierId, to: DossierState, at: Instant, dueAt: Instant | null): void {
  tx.run('UPDATE dossier SET state = ?, due_at = ?, finished_at = CASE WHEN ? THEN coalesce(finished_at, ?) ELSE NULL END WHERE id = ?',
    [to, dueAt, END_STATES.has(to) ? 1 : 0, at, id])
}

/** Keeps that an appointment moved, and why: due at a past moment is told from here. */
export function changeAppointment(
  tx: WriteTx, { dossierId, at, previous, dueAt, cause }: Readonly<{ dossierId: DossierId; at: Instant; previous: Instant | null; dueAt: Instant | null; cause: 'supplement' | 'extension' | 'correction' }>,
): void {
  tx.run('INSERT INTO appointment_change (dossier_id, at, previous_due_at, due_at, cause) VALUES (?, ?, ?, ?, ?)', [dossierId, at, previous, dueAt, cause])
}

/** The whole history of a dossier, oldest first. */
export function timelineOf(reader: Reader, id: DossierId): TimelineEntry[] {
  return reader.all('SELECT sequence, kind, state, at, by_name, origin, note FROM dossier_event WHERE dossier_id = ? ORDER BY sequence', [id], (row) => {
    const state = row.integerOrNull('state')
    return {
      sequence: row.integer('sequence'), kind: row.text<TimelineEntry['kind']>('kind'), state: state === null ? null : stateOf(state),
      at: row.text<Instant>('at'), by: row.text('by_name'), origin: row.text<TimelineEntry['origin']>('origin'), note: row.textOrNull('note'),
    }
  })
}

/** The states a dossier went through, oldest first, as the city wants them. */
export function stateEvents(reader: Reader, id: DossierId): { state: DossierState; at: Instant; by: string; note: string | null }[] {
  return timelineOf(reader, id).flatMap(({ state, at, by, note }) => (state === null ? [] : [{ state, at, by, note }]))
}

/** Writes the search row of a dossier anew. Also to be called when the city gave a final code. */
export function reindex(tx: WriteTx, id: DossierId): void {
  const rowid = tx.get('SELECT rowid AS n FROM dossier WHERE id = ?', [id], (row) => row.integer('n')) ?? 0
  tx.run('DELETE FROM dossier_search WHERE rowid = ?', [rowid])
  insertSearchRow(tx, rowid, readDossier(tx, id))
}

function insertSearchRow(tx: WriteTx, rowid: number, { id, code, provisionalCode, body }: DossierRow): void {
  const names = [body.applicant.fullName, ...(body.owner ? [body.owner.fullName] : []), ...(body.organisation ? [body.organisation.name] : [])]
  const { exact, folded, digits } = indexRow({
    code, provisionalCode, idNumber: body.applicant.idNumber ?? null, ownerIdNumber: body.owner?.idNumber ?? null, phone: body.applicant.phone ?? null,
    names, procedureName: body.procedureName,
  })
  tx.run('INSERT INTO dossier_search (rowid, exact, folded, digits, dossier_id) VALUES (?, ?, ?, ?, ?)', [rowid, exact, folded, digits, id])
}
