import type { AssistedDraft, HandedOver, HelperContent, HelperDraft, HelperDraftLine } from '@contract/assist'
import type { LiveEvent } from '@contract/calls-live'
import { AppError, ERRORS } from '@contract/errors'
import { type AccountId, type DraftId, Instant } from '@contract/ids'
import type { Procedure } from '@contract/procedures'
import type { Audit } from '../audit'
import { type Actor, type Assessment, type Draft, getOpenDraft, giveDraft, insertDraft, saveDraft, setDraftState } from '../intake'
import type { Clock, Reader, Store, WriteTx } from '../storage'
import { helperPart, withHelperPart } from './content'
import { type Assisted, draftsOfHelper, findAssisted, handedOver, insertAssisted, markAccepted, markHandedOver, markSentBack, waitingDrafts } from './rows'

/** What helpers may do with their own drafts. Every act names the helper; a draft of anybody else is one that is not there (TCN-001). */
export type HelperDesk = Readonly<{
  /** Drafts that are still with this helper, newest first. */
  drafts(helper: AccountId): HelperDraftLine[]
  /** A new draft for a citizen who has agreed just now. */
  start(helper: AccountId): HelperDraft
  /** @throws AppError TCN-001, TCN-002 handed over */
  open(helper: AccountId, id: DraftId): HelperDraft
  /** @throws AppError TCN-001, TCN-002; HS-002 an older revision; DM-003 no such procedure */
  save(helper: AccountId, input: Readonly<{ draftId: DraftId; revision: number; content: HelperContent }>): HelperDraft
  discard(helper: AccountId, id: DraftId): void
  restore(helper: AccountId, id: DraftId): HelperDraft
  /** @throws AppError TCN-001, TCN-002, TCN-004 nobody is named in it */
  handOver(helper: AccountId, id: DraftId, note: string): HandedOver
}>

/** What officers may do with drafts that were handed over. */
export type AcceptanceDesk = Readonly<{
  waiting(): AssistedDraft[]
  of(id: DraftId): AssistedDraft | null
  /** The draft is the officer's from now on; asked twice by the same officer it stays so. @throws AppError TCN-001, TCN-003 */
  accept(officer: Actor, id: DraftId): void
  /** @throws AppError TCN-001, TCN-003 */
  sendBack(officer: Actor, id: DraftId, note: string): void
}>

export type Assist = Readonly<{ helpers: HelperDesk; officers: AcceptanceDesk }>

export type AssistDeps = Readonly<{
  store: Store
  audit: Audit
  clock: Clock
  procedure(reader: Reader, code: string, version: string): Procedure
  assess(draft: Draft): Assessment
  changed(event: LiveEvent): void
}>

/** Drafts between a helper beside the citizen and the officer at the counter. */
export function createAssist(deps: AssistDeps): Assist {
  const { store, audit, clock, changed } = deps
  const now = (): Instant => Instant.parse(clock.now().toISOString())
  const told = <T>(result: T): T => {
    changed({ kind: 'assisted' })
    return result
  }
  const note = (tx: WriteTx, actor: AccountId, action: string, id: DraftId): void => {
    audit.append(tx, { actor, action, subject: { type: 'draft', id } })
  }

  return { helpers: helperDesk(), officers: acceptanceDesk() }

  function helperDesk(): HelperDesk {
    const view = (draft: Draft): HelperDraft => {
      const row = findAssisted(store.read, draft.id)
      if (!row) throw new AppError(ERRORS.assist.notFound)
      return shown(draft, row, deps.assess(draft))
    }
    const open = (reader: Reader, helper: AccountId, id: DraftId): Draft => {
      assertTheirs(reader, helper, id)
      return getOpenDraft(reader, id, 'helper')
    }
    return {
      drafts: (helper) => draftsOfHelper(store.read, helper),
      start: (helper) => told(view(store.write((tx) => {
        const at = now()
        const draft = insertDraft(tx, helper, at)
        insertAssisted(tx, draft.id, helper, at)
        note(tx, helper, 'assist.consented', draft.id)
        return draft
      }))),
      open: (helper, id) => view(open(store.read, helper, id)),
      save: (helper, { draftId, revision, content }) => view(store.write((tx) => {
        const before = open(tx, helper, draftId)
        const procedure = content.procedure && deps.procedure(tx, content.procedure.code, content.procedure.version)
        return saveDraft(tx, draftId, revision, withHelperPart(before.content, content, procedure), now(), 'helper')
      })),
      discard: (helper, id) => told(store.write((tx) => {
        assertTheirs(tx, helper, id)
        setDraftState(tx, id, 'open', 'discarded', now(), 'helper')
        note(tx, helper, 'assist.discarded', id)
      })),
      restore: (helper, id) => told(view(store.write((tx) => {
        assertTheirs(tx, helper, id)
        setDraftState(tx, id, 'discarded', 'open', now(), 'helper')
        note(tx, helper, 'assist.restored', id)
        return getOpenDraft(tx, id, 'helper')
      }))),
      handOver: (helper, id, words) => told(store.write((tx) => {
        const at = now()
        const row = assertTheirs(tx, helper, id)
        if (getOpenDraft(tx, id, 'helper').content.applicant.fullName.trim() === '') throw new AppError(ERRORS.assist.nobodyNamed)
        const number = markHandedOver(tx, row, words, at)
        note(tx, helper, 'assist.handed-over', id)
        return { number, at }
      })),
    }
  }

  function acceptanceDesk(): AcceptanceDesk {
    return {
      waiting: () => waitingDrafts(store.read),
      of: (id) => handedOver(store.read, id),
      accept: (officer, id) => {
        const fresh = store.write((tx) => {
          const row = findAssisted(tx, id)
          if (row?.acceptedBy === officer.id) return false
          assertWaiting(tx, row, id)
          markAccepted(tx, id, officer.id, now())
          giveDraft(tx, id, officer.id)
          note(tx, officer.id, 'assist.accepted', id)
          return true
        })
        if (!fresh) return
        changed({ kind: 'drafts' })
        changed({ kind: 'assisted' })
      },
      sendBack: (officer, id, words) => told(store.write((tx) => {
        assertWaiting(tx, findAssisted(tx, id), id)
        markSentBack(tx, id, words, now())
        note(tx, officer.id, 'assist.sent-back', id)
      })),
    }
  }
}

/** @throws AppError TCN-001 not this helper's, TCN-002 not with the helper any more */
function assertTheirs(reader: Reader, helper: AccountId, id: DraftId): Assisted {
  const row = findAssisted(reader, id)
  if (row?.helperId !== helper) throw new AppError(ERRORS.assist.notFound)
  if (row.handedAt !== null) throw new AppError(ERRORS.assist.alreadyHandedOver)
  return row
}

/** @throws AppError TCN-001 not handed over or set aside, TCN-003 accepted */
function assertWaiting(reader: Reader, row: Assisted | undefined, id: DraftId): void {
  if (row && row.acceptedBy !== null) throw new AppError(ERRORS.assist.alreadyAccepted)
  if (!row || row.handedAt === null) throw new AppError(ERRORS.assist.notFound)
  getOpenDraft(reader, id, 'helper')
}

function shown(draft: Draft, row: Assisted, { verdict, questions, fee, gaps, warnings }: Assessment): HelperDraft {
  return {
    id: draft.id, revision: draft.revision, savedAt: draft.savedAt, consentAt: row.consentAt, content: helperPart(draft.content),
    verdict, questions, fee, warnings,
    // Papers are the officer's to see, amounts the officer's to enter.
    gaps: gaps.filter(({ field }) => !field.startsWith('component.') && !field.startsWith('fee.')),
    sentBack: row.sentBackAt === null ? null : { at: row.sentBackAt, note: row.sentBackNote },
  }
}
