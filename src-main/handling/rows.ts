import { AppError } from '@contract/errors'
import type { IssuedForm, IssuedFormId } from '@contract/handling'
import type { AccountId, DossierId, Instant } from '@contract/ids'
import { type ActFormCode, type FormSigner, type Handover, OfficeForm, SupplementItem } from '@contract/office-forms'
import { toCivil } from '@contract/civil-time'
import { z } from 'zod'
import type { Actor, DossierRow } from '../intake'
import type { Reader, RowView, WriteTx } from '../storage'
import { printedNumber, type Standing } from './rules'

/** How a dossier stands before an act. */
export function standingOf(reader: Reader, { id, state, dueAt }: Pick<DossierRow, 'id' | 'state' | 'dueAt'>): Standing {
  const has = (sql: string): boolean => reader.get(sql, [id], () => true) === true
  return {
    state, dueAt: dueAt === null ? null : new Date(dueAt),
    supplementOpen: has('SELECT 1 FROM supplement_request WHERE dossier_id = ? AND completed_at IS NULL'),
    extended: has('SELECT 1 FROM extension WHERE dossier_id = ?'),
    resultDecided: has('SELECT 1 FROM dossier_event WHERE dossier_id = ? AND state IN (9, 10) LIMIT 1'),
    refused: has('SELECT 1 FROM refusal WHERE dossier_id = ?'),
    stopped: has('SELECT 1 FROM stop_notice WHERE dossier_id = ?'),
  }
}

const toHandover = (row: RowView): Handover => ({
  from: row.text('from_office'), to: row.text('to_office'), at: row.text<Instant>('at'), giver: row.text('giver'), receiver: row.text('receiver'),
  standing: row.textOrNull<NonNullable<Handover['standing']>>('standing'), note: row.text('note'),
})

/** From hand to hand, oldest first. */
export const handoversOf = (reader: Reader, id: DossierId): Handover[] =>
  reader.all('SELECT from_office, to_office, at, giver, receiver, standing, note FROM handover WHERE dossier_id = ? ORDER BY sequence', [id], toHandover)

export function addHandover(tx: WriteTx, dossierId: DossierId, { from, to, at, giver, receiver, standing, note }: Handover): void {
  tx.run('INSERT INTO handover (dossier_id, from_office, to_office, giver, receiver, at, standing, note) VALUES (?, ?, ?, ?, ?, ?, ?, ?)', [dossierId, from, to, giver, receiver, at, standing, note])
}

export type SupplementRow = Readonly<{
  ordinal: number; items: SupplementItem[]; reason: string; askedAt: Instant; askedBy: string
  completedAt: Instant | null; completedBy: string | null; note: string | null; previousDueAt: Instant | null; newDueAt: Instant | null
}>

const Items = z.array(SupplementItem)

/** What was asked for, oldest first. */
export const supplementsOf = (reader: Reader, id: DossierId): SupplementRow[] =>
  reader.all('SELECT * FROM supplement_request WHERE dossier_id = ? ORDER BY ordinal', [id], (row) => ({
    ordinal: row.integer('ordinal'), items: row.json('items', Items), reason: row.text('reason'), askedAt: row.text<Instant>('asked_at'), askedBy: row.text('asked_by'),
    completedAt: row.textOrNull<Instant>('completed_at'), completedBy: row.textOrNull('completed_by'), note: row.textOrNull('received_note'),
    previousDueAt: row.textOrNull<Instant>('previous_due_at'), newDueAt: row.textOrNull<Instant>('new_due_at'),
  }))

const toIssued = (row: RowView): IssuedForm => ({
  id: row.text<IssuedFormId>('id'), form: row.text<ActFormCode>('form'), number: printedNumber(row.integer('number'), row.text('counter')), at: row.text<Instant>('at'),
  officerName: row.text('officer_name'), signer: row.text<FormSigner['role']>('signer'), signerName: row.text('signer_name'), prints: row.integer('prints'),
})
const ISSUED = "id, form, number, counter, at, data ->> '$.frame.officerName' AS officer_name, signer, signer_name, prints"

/** Forms that were issued for a dossier, oldest first. */
export const formsOf = (reader: Reader, id: DossierId): IssuedForm[] =>
  reader.all(`SELECT ${ISSUED} FROM issued_form WHERE dossier_id = ? ORDER BY at, rowid`, [id], toIssued)

export type FullForm = Readonly<{ issued: IssuedForm; dossierId: DossierId; data: OfficeForm }>

/** An issued form as it prints: frozen, but for the rows of a control slip, which grow with every hand-over. @throws AppError GQ-015 */
export function readForm(reader: Reader, id: IssuedFormId): FullForm {
  const found = reader.get(`SELECT dossier_id, data, ${ISSUED} FROM issued_form WHERE id = ?`, [id],
    (row) => ({ issued: toIssued(row), dossierId: row.text<DossierId>('dossier_id'), data: row.json('data', OfficeForm) }))
  if (!found) throw new AppError('GQ-015')
  const { data } = found
  return data.form === 'mau-06' ? { ...found, data: { ...data, handovers: handoversOf(reader, found.dossierId) } } : found
}

export type NewForm = Readonly<{ id: IssuedFormId; dossierId: DossierId; data: OfficeForm; counter: string; at: Instant; actor: Actor; approvedBy: AccountId | null }>

/** Issues a form under the next number of its kind, year and counter, freezes what it prints, and answers it. */
export function issueForm(tx: WriteTx, { id, dossierId, data, counter, at, actor, approvedBy }: NewForm): IssuedForm {
  const year = Number(toCivil(new Date(at)).date.slice(0, 4))
  const number = tx.get('SELECT coalesce(max(number), 0) + 1 AS n FROM issued_form WHERE form = ? AND year = ? AND counter = ?', [data.form, year, counter], (row) => row.integer('n')) ?? 1
  const { signer } = data.frame
  const printed = printedNumber(number, counter)
  // As it will be read: what does not fit the schema is not issued.
  const frozen = OfficeForm.parse({ ...data, frame: { ...data.frame, number: printed } })
  tx.run(
    `INSERT INTO issued_form (id, dossier_id, form, year, counter, number, data, signer, signer_name, at, officer_id, approved_by)
     VALUES (:id, :dossierId, :form, :year, :counter, :number, :data, :signer, :signerName, :at, :officer, :approvedBy)`,
    { id, dossierId, form: data.form, year, counter, number, data: JSON.stringify(frozen), signer: signer.role, signerName: signer.name, at, officer: actor.id, approvedBy })
  return { id, form: data.form, number: printed, at, officerName: actor.name, signer: signer.role, signerName: signer.name, prints: 0 }
}
