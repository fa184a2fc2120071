import type { DocumentInfo } from '@contract/draft'
import { AppError } from '@contract/errors'
import type { DraftId } from '@contract/ids'
import type { Instant } from '@contract/ids'
import type { Procedure } from '@contract/procedures'
import type { Reader, WriteTx } from '../storage'
import { documentsFor } from './assess'
import { assessDraft } from './assessment'
import type { DossierBody } from './body'
import { bodyOf, takeIn } from './commit'
import { documentsOfDraft } from './documents'
import type { DossierRow } from './dossier-rows'
import { type Draft, getOpenDraft, setDraftState } from './drafts'
import { isBlank, readPerson } from './person'
import type { Actor, IntakeDeps } from './ports'

/** A draft whose papers are not taken in, as far as it goes. */
export type TurnedAway = Readonly<{ draft: Draft; documents: DocumentInfo[]; procedure: Procedure; body: DossierBody }>

/** Gaps that do not matter to one who is turned away: what is missing is what the form asks for. These are shapes that the city refuses. */
const REFUSED_BY_CITY: ReadonlySet<string> = new Set(['person-id-number', 'person-birth-date', 'person-phone', 'person-email', 'person-too-long', 'too-long'])

/**
 * What a dossier of this draft would say although papers are missing: the procedure and the applicant's name are enough.
 * @throws AppError HS-001, HS-005 for a dossier under correction, GQ-016 nobody to address or no matter, HS-003 what was typed cannot go to the city, LUU-021
 */
export function readTurnedAway(reader: Reader, deps: IntakeDeps, actor: Actor, draftId: DraftId): TurnedAway {
  const draft = getOpenDraft(reader, draftId)
  if (draft.corrects !== null) throw new AppError('HS-005')
  const all = documentsOfDraft(reader, draft.id)
  const { gaps, fee, procedure } = assessDraft(draft, all, reader, deps)
  if (!procedure || !fee || draft.content.applicant.fullName.trim() === '') throw new AppError('GQ-016')
  const ownerLeftOut = isBlank(draft.content.owner) || ['self', 'organisation'].includes(draft.content.capacity)
  const ownerUnread = !ownerLeftOut && readPerson(draft.content.owner).person === null
  const wrong = gaps.filter(({ code }) => REFUSED_BY_CITY.has(code)).length
  const { person } = readPerson(draft.content.applicant)
  if (wrong > 0 || ownerUnread || !person) throw new AppError('HS-003', { gaps: Math.max(1, wrong) })
  const documents = documentsFor(procedure, all)
  if (!documents.every((document) => deps.documents.has(document.sha256))) throw new AppError('LUU-021')
  const body = bodyOf(draft.content, procedure, fee, person, deps, actor)
  const organisation = body.organisation?.name === '' ? null : body.organisation
  return { draft, documents, procedure, body: { ...body, organisation, payment: 'unpaid' } }
}

/**
 * Makes a dossier in state 1 of such a draft, in the caller's transaction; it is not sent yet: the act that turns it away does that.
 * @throws AppError what `readTurnedAway` throws, HS-002 changed elsewhere
 */
export function receiveTurnedAway(tx: WriteTx, deps: IntakeDeps, actor: Actor, { draftId, revision, at }: Readonly<{ draftId: DraftId; revision: number; at: Instant }>): DossierRow {
  const then: IntakeDeps = { ...deps, clock: { now: () => new Date(at) } }
  const read = readTurnedAway(tx, then, actor, draftId)
  if (read.draft.revision !== revision) throw new AppError('HS-002')
  const dossier = takeIn(tx, { ...read, dueAt: null, state: 1 }, then, actor)
  setDraftState(tx, draftId, 'open', 'committed', at)
  return dossier
}
