import { AppError } from '@contract/errors'
import type { Act, Acts, DueSoon, Grounds, IssuedForm, Second, TurnAwayAct } from '@contract/handling'
import { type AccountId, type DossierId, type DraftId, Instant } from '@contract/ids'
import type { DossierView } from '@contract/dossier'
import type { OfficeForm } from '@contract/office-forms'
import type { Paper } from '@contract/receipt'
import { may } from '@contract/rights'
import { type Actor, readDossier } from '../intake'
import { actOn, turnAway } from './acts'
import { dueSoon } from './due-soon'
import { createPapers, type FormPapers } from './papers'
import { type Plan, planOf } from './plans'
import type { HandlingDeps } from './ports'
import { type Subject, subjectOf, subjectOfDraft } from './subject'
import { actsOf } from './view'

export type Handling = Readonly<{
  /** @throws AppError HS-004 */
  acts(actor: Actor, dossierId: DossierId): Acts
  grounds(): Grounds
  dueSoon(days: number): DueSoon[]
  /** The form that an act would issue, as PDF; nothing is kept. @throws AppError GQ-…, HS-005, LOI-000 for an act without a form */
  preview(actor: Actor, input: { dossierId: DossierId; act: Act; paper: Paper }): Promise<Uint8Array>
  previewTurnAway(actor: Actor, input: { draftId: DraftId; act: TurnAwayAct; paper: Paper }): Promise<Uint8Array>
  /**
   * Does an act. `stillHere` is asked after the second person has proved to be there, which takes a while.
   * @throws AppError GQ-…, HS-002, HS-005, TK-001, TK-002
   */
  act(actor: Actor, input: { dossierId: DossierId; version: number; act: Act; second: Second | null }, stillHere: () => void): Promise<{ dossier: DossierView; form: IssuedForm | null }>
  /** @throws AppError GQ-004, GQ-016, HS-001, HS-002, HS-003 */
  turnAway(actor: Actor, input: { draftId: DraftId; revision: number; act: TurnAwayAct }): { dossier: DossierView; form: IssuedForm }
  papers: FormPapers
}>

/** Acts that somebody else must stand behind: they take time or the matter itself away from the citizen. */
const BY_TWO: ReadonlySet<Act['kind']> = new Set<Act['kind']>(['extension', 'stop'])

/** Acts on received dossiers and the official forms that they make. */
export function createHandling(deps: HandlingDeps): Handling {
  const { store, clock, intake, place, render, roleOf, vouch } = deps
  const now = (): Instant => Instant.parse(clock.now().toISOString())
  const alone = (actor: Actor): boolean => may(roleOf(actor.id), 'supervise')
  const plan = (actor: Actor, subject: Subject, act: Act, at: Instant): Plan => planOf({ reader: store.read, deps, actor, at, subject }, act)
  const planFor = (actor: Actor, dossierId: DossierId, act: Act): Plan => plan(actor, subjectOf(store.read, readDossier(store.read, dossierId)), act, now())

  const drawn = async (planned: Pick<Plan, 'form' | 'shown'>, paper: Paper): Promise<Uint8Array> => {
    const form = planned.shown ?? planned.form
    if (form === null) throw new AppError('GQ-015')
    return (await render(form satisfies OfficeForm, { paper, practice: place().practice })).pdf
  }

  /** Who stands behind the act. What the act itself forbids is said before anybody is asked to come. */
  async function approval(actor: Actor, dossierId: DossierId, act: Act, second: Second | null): Promise<AccountId | null> {
    if (!BY_TWO.has(act.kind)) return null
    if (alone(actor)) return actor.id
    planFor(actor, dossierId, act)
    if (second === null) throw new AppError('GQ-010')
    const account = await vouch(second)
    if (account.id === actor.id) throw new AppError('GQ-012')
    if (!may(account.role, 'supervise')) throw new AppError('GQ-011')
    return account.id
  }

  return {
    acts: (actor, dossierId) => actsOf(deps, dossierId, alone(actor)),
    grounds: deps.grounds,
    dueSoon: (days) => dueSoon(deps, days),
    preview: (actor, { dossierId, act, paper }) => drawn(planFor(actor, dossierId, act), paper),
    previewTurnAway: (actor, { draftId, act, paper }) => {
      const at = now()
      return drawn(plan(actor, subjectOfDraft(intake.readTurnedAway(actor, draftId), at), act, at), paper)
    },
    act: async (actor, { dossierId, version, act, second }, stillHere) => {
      const approvedBy = await approval(actor, dossierId, act, second)
      stillHere()
      const { form } = actOn(deps, actor, { dossierId, version, act, approvedBy })
      return { dossier: intake.moved(dossierId), form }
    },
    turnAway: (actor, input) => {
      const { dossierId, form } = turnAway(deps, actor, input)
      return { dossier: intake.turnedAway(dossierId), form }
    },
    papers: createPapers(deps),
  }
}
