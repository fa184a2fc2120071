import type { Act, IssuedForm, TurnAwayAct } from '@contract/handling'
import { type AccountId, type DossierId, type DraftId, Instant } from '@contract/ids'
import { v7 } from 'uuid'
import { IssuedFormId } from '@contract/handling'
import { type Actor, type DossierRow, readDossier } from '../intake'
import type { WriteTx } from '../storage'
import { planOf } from './plans'
import type { ActDeps } from './ports'
import { formsOf, issueForm } from './rows'
import { subjectOf } from './subject'

export type Done = Readonly<{ dossierId: DossierId; form: IssuedForm | null }>

/**
 * Does an act in the caller's transaction: its form with the next number, its rows, state and appointment, event, audit entry, submission.
 * @throws AppError GQ-…, HS-002, HS-005
 */
function perform(tx: WriteTx, deps: ActDeps, actor: Actor, doing: Readonly<{ row: DossierRow; version: number; act: Act; at: Instant; approvedBy: AccountId | null }>): IssuedForm | null {
  const { row, version, act, at, approvedBy } = doing
  const plan = planOf({ reader: tx, deps, actor, at, subject: subjectOf(tx, row) }, act)
  const form = plan.form === null ? null : issueForm(tx, { id: IssuedFormId.parse(v7()), dossierId: row.id, data: plan.form, counter: deps.place().counter, at, actor, approvedBy })
  deps.intake.move(tx, actor, {
    dossierId: row.id, version, to: plan.to, at, note: plan.note(form?.number ?? ''), ...(plan.dueAt !== undefined && { dueAt: plan.dueAt }),
    audit: { action: plan.audit, detail: { from: row.state, ...(form && { form: form.form, number: form.number }), ...(approvedBy !== null && { approvedBy }) } },
    keep: (appointment) => plan.keep(tx, { dossierId: row.id, formId: form?.id ?? null, approvedBy, appointment }),
  })
  return form
}

const momentOf = (deps: Pick<ActDeps, 'clock'>): Instant => Instant.parse(deps.clock.now().toISOString())

/** An act on a received dossier, in one transaction. A hand-over after the first answers the control slip, which has grown by it. */
export function actOn(deps: ActDeps, actor: Actor, { dossierId, version, act, approvedBy }: Readonly<{ dossierId: DossierId; version: number; act: Act; approvedBy: AccountId | null }>): Done {
  const at = momentOf(deps)
  return deps.store.write((tx) => {
    const form = perform(tx, deps, actor, { row: readDossier(tx, dossierId), version, act, at, approvedBy })
    const slip = act.kind === 'handover' ? formsOf(tx, dossierId).find((issued) => issued.form === 'mau-06') : undefined
    return { dossierId, form: form ?? slip ?? null }
  })
}

/** A draft whose papers are not taken in: dossier, register, form 02 or 03 and submission in one transaction. */
export function turnAway(deps: ActDeps, actor: Actor, { draftId, revision, act }: Readonly<{ draftId: DraftId; revision: number; act: TurnAwayAct }>): Done & Readonly<{ form: IssuedForm }> {
  const at = momentOf(deps)
  return deps.store.write((tx) => {
    const row = deps.intake.receiveTurnedAway(tx, actor, { draftId, revision, at })
    const form = perform(tx, deps, actor, { row, version: row.version, act, at, approvedBy: null })
    if (form === null) throw new Error('turned away without a form')
    return { dossierId: row.id, form }
  })
}
