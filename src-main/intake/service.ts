import type { Today } from '@contract/calls-office'
import { toCivil, fromCivil, addDays } from '@contract/civil-time'
import type { DossierState, DossierView, SearchHit } from '@contract/dossier'
import type { DraftContent, DraftSummary, DraftView, KnownPerson } from '@contract/draft'
import { AppError } from '@contract/errors'
import { type DocumentId, type DossierId, type DraftId, Instant, type Sha256 } from '@contract/ids'
import type { Assessment } from './assess'
import { assessDraft, duplicatesOf } from './assessment'
import { nextOpenDay } from './calendar'
import { commitDraft } from './commit'
import { arrange, documentsOfDossier, documentsOfDraft, getDocument, insertDocument, setRemoved } from './documents'
import { changeState, reopenAsDraft, viewDossier } from './dossiers'
import { type DossierRow, readDossier } from './dossier-rows'
import { assertOpen, type Draft, getOpenDraft, insertDraft, isOpen, openDrafts, saveDraft, setDraftState } from './drafts'
import { knownPeople } from './known-people'
import { listDossiers, type ListFilter, searchDossiers } from './lists'
import type { Actor, IntakeDeps } from './ports'
import { type Move, moveDossier } from './moves'
import { matchesFor } from './search'
import { readTurnedAway, receiveTurnedAway, type TurnedAway } from './turned-away'
import { submitVersion } from './submit'
import { todayOf } from './today'
import type { WriteTx } from '../storage'
import { createUploads, type Uploads } from './uploads'

export type DossierQuery = Readonly<{
  states?: readonly DossierState[] | undefined; due?: 'today' | 'overdue' | 'next-working-day' | undefined
  from?: Instant | undefined; to?: Instant | undefined; before?: string | undefined; limit: number
}>

export type Intake = Readonly<{
  start(actor: Actor): DraftView
  drafts(actor: Actor): DraftSummary[]
  open(id: DraftId): DraftView
  /** What the rules say of a draft, in whosever hands it is. */
  assess(draft: Draft): Assessment
  save(id: DraftId, revision: number, content: DraftContent): DraftView
  discard(actor: Actor, id: DraftId): void
  restore(actor: Actor, id: DraftId): DraftView
  commit(actor: Actor, input: { draftId: DraftId; revision: number; despiteDuplicates: boolean }): DossierView
  uploads: Uploads
  /** Starts taking a file in for a draft. @throws AppError HS-001, TEP-003, TEP-004, LUU-013 */
  beginDocument(input: Parameters<Uploads['begin']>[0]): ReturnType<Uploads['begin']>
  /** Pictures that become pages: taken in like documents, but without a row of their own. */
  pictures: Pick<Uploads, 'begin' | 'settle'>
  /** @throws AppError HS-001 */
  assertOpen(draftId: DraftId): void
  removeDocument(draftId: DraftId, id: DocumentId, removed: boolean): void
  arrange(draftId: DraftId, component: string, items: readonly { id: DocumentId; rotation: number }[]): void
  readDocument(id: DocumentId): Promise<{ bytes: Uint8Array; mediaType: string }>
  list(query: DossierQuery): { items: SearchHit[]; next: string | null }
  search(query: string, limit: number): SearchHit[]
  get(id: DossierId): DossierView
  reveal(actor: Actor, id: DossierId): DossierView
  changeState(actor: Actor, input: { dossierId: DossierId; version: number; to: DossierState; note: string }): DossierView
  correct(actor: Actor, id: DossierId): DraftView
  /** An act's move, in its own transaction, after its rows. @throws what `moveDossier` throws */
  move(tx: WriteTx, actor: Actor, move: Move): DossierRow
  /** The dossier as it stands now as its next submission, in the transaction of whoever changed what belongs to it. */
  resubmit(tx: WriteTx, actor: Actor, id: DossierId): void
  /** Tells the screens of a dossier that an act changed, and answers it. */
  moved(id: DossierId): DossierView
  /** The same of one that was made of a draft just now. */
  turnedAway(id: DossierId): DossierView
  /** What a dossier of a draft would say that is turned away. @throws what `readTurnedAway` throws */
  readTurnedAway(actor: Actor, draftId: DraftId): TurnedAway
  /** The dossier of a draft that is turned away, before the act. @throws what `receiveTurnedAway` throws */
  receiveTurnedAway(tx: WriteTx, actor: Actor, input: Parameters<typeof receiveTurnedAway>[3]): DossierRow
  known(actor: Actor, query: string, limit: number): KnownPerson[]
  today(): Today
}>

/** The largest document that a preview may hold in memory, in bytes. */
const PREVIEW_LIMIT = 100 * 1024 * 1024

/** The counter's work with dossiers, from the first word typed to the state the city last told. */
export function createIntake(deps: IntakeDeps): Intake {
  const { store, audit, clock, changed } = deps
  const now = (): Instant => Instant.parse(clock.now().toISOString())
  const view = (draft: Draft): DraftView => viewOf(draft, deps)
  const mustBeOpen = (id: DraftId): void => assertOpen(store.read, id)
  const drafted = <T>(result: T): T => {
    changed({ kind: 'drafts' })
    return result
  }
  const moved = (id: DossierId): DossierView => {
    changed({ kind: 'dossier', id })
    changed({ kind: 'sync' })
    return viewDossier(store.read, id, deps.fees, false)
  }

  const uploads = createUploads(deps.documents, (finished) => store.write((tx) => finished.map((document) => {
    // A draft that was closed meanwhile takes nothing in; the others of its group are kept.
    if (!isOpen(tx, document.draftId)) return new AppError('HS-001')
    return insertDocument(tx, { ...document, addedAt: now() })
  })))

  return {
    uploads,
    beginDocument: async (input) => {
      mustBeOpen(input.draftId)
      return uploads.begin(input)
    },
    pictures: { begin: async (input) => { mustBeOpen(input.draftId); return uploads.begin(input) }, settle: uploads.settle },
    assertOpen: mustBeOpen,
    start: (actor) => drafted(view(store.write((tx) => {
      const draft = insertDraft(tx, actor.id, now())
      audit.append(tx, { actor: actor.id, action: 'draft.started', subject: { type: 'draft', id: draft.id } })
      return draft
    }))),
    drafts: (actor) => openDrafts(store.read, actor.id),
    open: (id) => view(getOpenDraft(store.read, id)),
    assess: (draft) => assessDraft(draft, documentsOfDraft(store.read, draft.id), store.read, deps),
    save: (id, revision, content) => drafted(view(store.write((tx) => saveDraft(tx, id, revision, content, now())))),
    discard: (actor, id) => drafted(store.write((tx) => {
      setDraftState(tx, id, 'open', 'discarded', now())
      audit.append(tx, { actor: actor.id, action: 'draft.discarded', subject: { type: 'draft', id } })
    })),
    restore: (actor, id) => drafted(view(store.write((tx) => {
      setDraftState(tx, id, 'discarded', 'open', now())
      audit.append(tx, { actor: actor.id, action: 'draft.restored', subject: { type: 'draft', id } })
      return getOpenDraft(tx, id)
    }))),
    commit: (actor, input) => drafted(moved(commitDraft(deps, actor, input))),
    removeDocument: (draftId, id, removed) => {
      mustBeOpen(draftId)
      store.write((tx) => setRemoved(tx, draftId, id, removed))
    },
    arrange: (draftId, component, items) => {
      mustBeOpen(draftId)
      store.write((tx) => arrange(tx, draftId, component, items))
    },
    readDocument: async (id) => {
      const { sha256, mediaType } = getDocument(store.read, id)
      return { bytes: await deps.documents.readAll(sha256 satisfies Sha256, PREVIEW_LIMIT), mediaType }
    },
    list: (query) => listDossiers(store.read, filterOf(query, deps)),
    search: (query, limit) => searchDossiers(store.read, query, limit),
    get: (id) => viewDossier(store.read, id, deps.fees, false),
    reveal: (actor, id) => store.write((tx) => {
      audit.append(tx, { actor: actor.id, action: 'dossier.numbers-shown', subject: { type: 'dossier', id } })
      return viewDossier(tx, id, deps.fees, true)
    }),
    changeState: (actor, input) => {
      changeState(deps, actor, input)
      return moved(input.dossierId)
    },
    correct: (actor, id) => drafted(view(store.write((tx) => reopenAsDraft(tx, id, deps, actor)))),
    move: (tx, actor, move) => moveDossier(tx, deps, actor, move),
    resubmit: (tx, actor, id) => submitVersion(tx, readDossier(tx, id), documentsOfDossier(tx, id), deps, actor),
    moved,
    turnedAway: (id) => drafted(moved(id)),
    readTurnedAway: (actor, draftId) => readTurnedAway(store.read, deps, actor, draftId),
    receiveTurnedAway: (tx, actor, input) => receiveTurnedAway(tx, deps, actor, input),
    known: (actor, query, limit) => {
      if (query.trim().length < 2 || matchesFor(query).length === 0) return []
      return store.write((tx) => {
        const people = knownPeople(tx, query, limit)
        audit.append(tx, { actor: actor.id, action: 'people.looked-up', detail: { purpose: 'intake', found: people.length } })
        return people
      })
    },
    today: () => todayOf(store.read, deps.calendar(), deps.place().counter, clock.now()),
  }
}

function viewOf(draft: Draft, deps: IntakeDeps): DraftView {
  const reader = deps.store.read
  const documents = documentsOfDraft(reader, draft.id)
  const { verdict, questions, fee, appointment, gaps, warnings } = assessDraft(draft, documents, reader, deps)
  return {
    id: draft.id, revision: draft.revision, savedAt: draft.savedAt, createdAt: draft.createdAt, content: draft.content, documents,
    verdict, questions, fee, appointment, gaps, warnings, duplicates: duplicatesOf(draft, reader),
  }
}

function filterOf({ due, ...query }: DossierQuery, deps: IntakeDeps): ListFilter {
  if (due === undefined) return { ...query, order: 'received' }
  const now = deps.clock.now()
  const { date } = toCivil(now)
  const at = (day: string): Instant => Instant.parse(fromCivil(day, 0).toISOString())
  if (due === 'overdue') return { ...query, openOnly: true, dueBefore: Instant.parse(now.toISOString()), order: 'due' }
  const day = due === 'today' ? date : nextOpenDay(date, deps.calendar())
  return { ...query, dueFrom: at(day), dueBefore: at(addDays(day, 1)), order: 'due' }
}
