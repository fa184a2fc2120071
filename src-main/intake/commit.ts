import type { DossierComponent } from '@contract/dossier'
import type { AppointmentView, DocumentInfo, DraftContent, FeeQuote } from '@contract/draft'
import { AppError } from '@contract/errors'
import { type DossierId, type DraftId, Instant } from '@contract/ids'
import type { Procedure } from '@contract/procedures'
import { toCivil } from '@contract/civil-time'
import type { WriteTx } from '../storage'
import { documentsFor } from './assess'
import { appointmentOf, assessDraft, duplicatesOf } from './assessment'
import type { DossierBody } from './body'
import { formatDossierCode, formatProvisionalCode } from './code'
import { documentsOfDraft } from './documents'
import { type Draft, getOpenDraft, setDraftState } from './drafts'
import { addEvent, changeAppointment, type DossierRow, insertDossier, linkDocuments, readDossier, reindex, replaceBody, setState } from './dossier-rows'
import { newDossierId } from './ids'
import { isBlank, readPerson } from './person'
import type { Actor, IntakeDeps } from './ports'
import { enterInRegister } from './register'
import { restartsClock } from './states'
import { submitVersion } from './submit'
import { timeText } from '../procedures'

export type Ready = Readonly<{ draft: Draft; documents: DocumentInfo[]; procedure: Procedure; body: DossierBody; appointment: AppointmentView | null }>

/**
 * Draft → dossier: documents, event, search row, audit entry and outbox row in one transaction that is on the disk when this returns.
 * @throws AppError HS-001, HS-002 changed elsewhere, HS-003 gaps left, HS-006 an open duplicate, LUU-013, LUU-021 bytes of a document are gone
 */
export function commitDraft(given: IntakeDeps, actor: Actor, input: { draftId: DraftId; revision: number; despiteDuplicates: boolean }): DossierId {
  // One moment for the whole act: reception, appointment and the day of the code agree at three o'clock and at midnight too.
  const moment = given.clock.now()
  const deps: IntakeDeps = { ...given, clock: { now: () => moment } }
  return deps.store.write((tx) => {
    const draft = getOpenDraft(tx, input.draftId)
    if (draft.revision !== input.revision) throw new AppError('HS-002')
    const duplicates = duplicatesOf(draft, tx)
    if (!input.despiteDuplicates && duplicates.length > 0) throw new AppError('HS-006')
    const ready = makeReady(tx, draft, deps, actor)
    const dossierId = draft.corrects === null ? receive(tx, ready, deps, actor) : amend(tx, draft.corrects, ready, deps, actor)
    if (duplicates.length > 0) {
      deps.audit.append(tx, { actor: actor.id, action: 'dossier.despite-duplicates', subject: { type: 'dossier', id: dossierId }, detail: { of: duplicates.map((hit) => hit.dossierId) } })
    }
    setDraftState(tx, draft.id, 'open', 'committed', nowOf(deps))
    return dossierId
  })
}

export const nowOf = (deps: IntakeDeps): Instant => Instant.parse(deps.clock.now().toISOString())

function makeReady(tx: WriteTx, draft: Draft, deps: IntakeDeps, actor: Actor): Ready {
  const all = documentsOfDraft(tx, draft.id)
  const { gaps, fee, appointment, procedure } = assessDraft(draft, all, tx, deps)
  const { person } = readPerson(draft.content.applicant)
  if (gaps.length > 0 || !procedure || !fee || !person) throw new AppError('HS-003', { gaps: Math.max(1, gaps.length) })
  const documents = documentsFor(procedure, all)
  if (!documents.every((document) => deps.documents.has(document.sha256))) throw new AppError('LUU-021')
  return { draft, documents, procedure, appointment, body: bodyOf(draft.content, procedure, fee, person, deps, actor) }
}

/** A dossier as its draft says it, with everything that later editions of the catalogue would tell otherwise. */
export function bodyOf(content: DraftContent, procedure: Procedure, fee: FeeQuote, applicant: DossierBody['applicant'], deps: IntakeDeps, actor: Actor): DossierBody {
  const behalf = content.capacity
  return {
    procedureName: procedure.name,
    field: procedure.field,
    resultName: procedure.result.name,
    timeText: timeText(procedure.time) ?? 'theo kế hoạch',
    agency: deps.place().agency,
    officerName: actor.name,
    applicant,
    capacity: behalf,
    owner: behalf === 'self' || behalf === 'organisation' || isBlank(content.owner) ? null : readPerson(content.owner).person,
    organisation: behalf === 'organisation' ? { name: content.organisation.name.trim(), taxCode: content.organisation.taxCode.trim() } : null,
    answers: content.answers,
    components: procedure.components.map((component): DossierComponent => ({
      code: component.code, name: component.name, kind: component.kind, quantity: component.quantity,
      mark: content.components[component.code]?.mark ?? 'pending', note: content.components[component.code]?.note ?? '',
    })),
    sets: content.sets,
    fee,
    payment: fee.total === 0 ? 'unpaid' : content.fee.payment,
    delivery: content.delivery,
    note: content.note,
  }
}

/** A final code from the leased block, or a provisional one when no number is left (promise 3). */
function nextCode(tx: WriteTx, deps: IntakeDeps): { code: string; provisional: boolean } {
  const { agency, counter } = deps.place()
  const day = toCivil(deps.clock.now()).date
  const number = deps.outbox.takeNumber(tx, agency, day)
  if (number !== null) return { code: formatDossierCode({ agency, day, number }), provisional: false }
  const pattern = `${formatProvisionalCode({ counter, day, number: 1 }).slice(0, -4)}%`
  const used = tx.get('SELECT count(*) AS n FROM dossier WHERE provisional_code LIKE ?', [pattern], (row) => row.integer('n')) ?? 0
  return { code: formatProvisionalCode({ counter, day, number: used + 1 }), provisional: true }
}

/** A new dossier of this moment with its code, its documents and its place in the register. */
export function takeIn(tx: WriteTx, { draft, documents, procedure, body, dueAt, state }: Omit<Ready, 'appointment'> & Readonly<{ dueAt: Instant | null; state: 1 | 2 }>, deps: IntakeDeps, actor: Actor): DossierRow {
  const id = newDossierId()
  const receivedAt = nowOf(deps)
  const { code, provisional } = nextCode(tx, deps)
  const dossier = insertDossier(tx, {
    id, draftId: draft.id, code, provisional, procedure: { code: procedure.code, version: procedure.version }, officerId: actor.id,
    counter: deps.place().counter, receivedAt, dueAt, body, simulated: deps.simulated, state,
  })
  linkDocuments(tx, id, documents)
  enterInRegister(tx, id, receivedAt)
  addEvent(tx, { dossierId: id, kind: 'state', state, at: receivedAt, by: actor.name, origin: 'counter', note: null })
  return dossier
}

function receive(tx: WriteTx, { appointment, ...ready }: Ready, deps: IntakeDeps, actor: Actor): DossierId {
  const { body, documents } = ready
  const dossier = takeIn(tx, { ...ready, dueAt: appointment?.dueAt ?? null, state: 2 }, deps, actor)
  const { id, code, codeIsProvisional: provisional } = dossier
  settle(tx, id, body, deps, actor)
  deps.audit.append(tx, { actor: actor.id, action: 'dossier.received', subject: { type: 'dossier', id }, detail: { code, provisional, documents: documents.length } })
  submitVersion(tx, dossier, documents, deps, actor)
  return id
}

/** Keeps that the draft says what is open was taken with this commit. */
function settle(tx: WriteTx, dossierId: DossierId, body: DossierBody, deps: IntakeDeps, actor: Actor): void {
  const { payment: method } = body
  const amount = deps.fees.openOf(tx, dossierId, body.fee.total)
  if (method === 'unpaid' || amount === 0) return
  deps.fees.taken(tx, { dossierId, method, amount, counter: deps.place().counter, at: nowOf(deps), actor })
  deps.audit.append(tx, { actor: actor.id, action: 'fee.collected', subject: { type: 'dossier', id: dossierId }, detail: { method, amount } })
}

/** What the timeline says where papers that were asked for came in with a corrected version. */
const COMPLETED = 'Đã nhận đủ giấy tờ bổ sung'

/**
 * A corrected dossier keeps its code, its day of reception and who received it; it goes out as the next version. Its appointment stays
 * too, unless the procedure was the mistake: then it is counted anew from the reception. Where papers had been asked for, this is their
 * coming in: the dossier is received again and its period starts from zero (Nghị định 61/2018 art. 19(4)).
 */
function amend(tx: WriteTx, id: DossierId, { documents, body, procedure }: Ready, deps: IntakeDeps, actor: Actor): DossierId {
  const before = readDossier(tx, id)
  const at = nowOf(deps)
  const completes = restartsClock(before.state, 2)
  const dueAt = dueAfter(before, completes, procedure, deps)
  const { agency, officerName } = before.body
  replaceBody(tx, id, { body: { ...body, agency, officerName }, procedure: { code: procedure.code, version: procedure.version }, dueAt })
  linkDocuments(tx, id, documents)
  // Said in this correction, not handed down from the draft before: that money has its row, and may have been given back since.
  if (before.body.payment === 'unpaid') settle(tx, id, body, deps, actor)
  if (completes) setState(tx, id, 2, at, dueAt)
  if (dueAt !== before.dueAt) changeAppointment(tx, { dossierId: id, at, previous: before.dueAt, dueAt, cause: completes ? 'supplement' : 'correction' })
  if (completes) deps.supplements.completed(tx, { dossierId: id, at, by: actor, note: COMPLETED, previousDueAt: before.dueAt, newDueAt: dueAt })
  addEvent(tx, { dossierId: id, at, by: actor.name, origin: 'counter', ...(completes ? { kind: 'state', state: 2, note: COMPLETED } : { kind: 'note', state: null, note: 'corrected' }) })
  reindex(tx, id)
  deps.audit.append(tx, { actor: actor.id, action: completes ? 'dossier.completed' : 'dossier.corrected', subject: { type: 'dossier', id }, detail: { version: before.version + 1 } })
  submitVersion(tx, readDossier(tx, id), documents, deps, actor)
  return id
}

function dueAfter(before: DossierRow, completes: boolean, procedure: Procedure, deps: IntakeDeps): Instant | null {
  if (!completes && procedure.code === before.procedureCode) return before.dueAt
  return appointmentOf(procedure, completes ? deps.clock.now() : new Date(before.receivedAt), deps)?.dueAt ?? null
}
