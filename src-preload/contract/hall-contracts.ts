import { eventIterator, oc } from '@orpc/contract'
import { z } from 'zod'
import { AssistNote, HandedOver, HelperContent, HelperDraft, HelperDraftLine, HelperGate, HelperNews, HelperSession } from './assist'
import { CardRead } from './calls-intake'
import { ProcedureHit } from './calls-office'
import { DisplayAnswer, DisplayFrame, RatingReason } from './display'
import { GuideAnswer, GuideAnswers, MAX_WORDS } from './guide'
import { DraftId } from './ids'
import { Procedure } from './procedures'
import { BoardState, CallNews, GivenTicket, KindLetter, KioskState, QueueGroup, TicketId } from './queue'
import { ChangeSecretInput, SignInInput } from './staff'

/**
 * The narrow contracts of the windows that citizens see or touch. A window of the hall gets a port on which only its own contract is
 * served: no session, no dossier, no search. Whatever else is called is unknown there.
 */
const ok = z.object({ ok: z.literal(true) })

/** The citizen's display: it shows what was pushed and answers what was asked. */
export const displayContract = {
  frames: oc.output(eventIterator(DisplayFrame)),
  /** MH-004 when the page it belongs to is gone. */
  answer: oc.input(DisplayAnswer).output(ok),
  /** Ends a turned display: the officer's window comes back, locked. Does nothing on a monitor of its own. */
  giveBack: oc.output(ok),
}
export type DisplayContract = typeof displayContract

/** The board of the waiting room: looks and listens. */
export const boardContract = {
  state: oc.output(eventIterator(BoardState)),
  calls: oc.output(eventIterator(CallNews)),
}
export type BoardContract = typeof boardContract

/** The ticket kiosk. */
export const kioskContract = {
  state: oc.output(eventIterator(KioskState)),
  take: oc.input(z.object({ letter: KindLetter, group: QueueGroup })).output(GivenTicket),
  printAgain: oc.input(z.object({ ticket: TicketId })).output(z.object({ printed: GivenTicket.shape.printed })),
  /** What a scanned ticket or slip is for; the text comes from a reader at the kiosk. */
  scan: oc.input(z.object({ text: z.string().max(3000) })).output(z.discriminatedUnion('kind', [
    z.object({ kind: z.literal('ticket'), ticket: TicketId, label: z.string(), state: z.enum(['waiting', 'called', 'serving', 'held', 'done', 'no-show']), ahead: z.number().int(), counter: z.string().nullable() }),
    z.object({ kind: z.literal('rating'), slip: z.string(), subject: z.string(), rated: z.boolean() }),
    z.object({ kind: z.literal('unknown') }),
  ])),
  /** After a no-show: back in line with the same number. */
  comeBack: oc.input(z.object({ ticket: TicketId })).output(z.object({ label: z.string(), ahead: z.number().int() })),
  rate: oc.input(z.object({ slip: z.string().max(60), stars: z.number().int().min(1).max(5), reasons: z.array(RatingReason).max(5), comment: z.string().max(1000) })).output(ok),
  /** A citizen's words → the kind of matter to take a number for, or where else to go. */
  ask: oc.input(z.object({ words: z.string().max(300) })).output(z.array(z.object({
    name: z.string(), letter: KindLetter.nullable(), goTo: z.string().nullable(), bring: z.array(z.string()), fee: z.string().nullable(), time: z.string().nullable(),
  })).max(4)),
}
export type KioskContract = typeof kioskContract

const helperDraft = z.object({ draftId: DraftId })

/**
 * The window of a helper who fills drafts in beside the citizen. Signed in at this window alone; knows the catalogue and this helper's
 * own drafts until they are handed over. No dossier, no person of earlier ones, no document, nobody else's draft.
 */
export const helperContract = {
  gate: oc.output(HelperGate),
  /** TK-001, TK-002, TK-007; TK-019 for whoever works at the counter. */
  signIn: oc.input(SignInInput).output(HelperSession),
  signOut: oc.output(ok),
  /** Somebody is there: puts off the end of the session. */
  touch: oc.output(ok),
  changeSecret: oc.input(ChangeSecretInput).output(ok),
  /** From the citizen's own words to procedure and office. */
  ask: oc.input(z.object({ words: z.string().max(MAX_WORDS), answers: GuideAnswers.default({}) })).output(GuideAnswer),
  search: oc.input(z.object({ query: z.string().max(200), limit: z.number().int().min(1).max(50).default(20) })).output(z.array(ProcedureHit)),
  procedure: oc.input(z.object({ code: z.string().max(40), version: z.string().max(40).optional() })).output(Procedure),
  /** The person in the QR text of an ID card. */
  readCard: oc.input(z.object({ text: z.string().max(10_000) })).output(CardRead),
  drafts: oc.output(z.array(HelperDraftLine)),
  /** Only for a citizen who has agreed: the moment is kept. */
  start: oc.input(z.object({ consent: z.literal(true) })).output(HelperDraft),
  open: oc.input(helperDraft).output(HelperDraft),
  save: oc.input(helperDraft.extend({ revision: z.number().int(), content: HelperContent })).output(HelperDraft),
  discard: oc.input(helperDraft).output(ok),
  restore: oc.input(helperDraft).output(HelperDraft),
  handOver: oc.input(helperDraft.extend({ note: AssistNote })).output(HandedOver),
  news: oc.output(eventIterator(HelperNews)),
}
export type HelperContract = typeof helperContract
