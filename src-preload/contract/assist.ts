import { z } from 'zod'
import { DraftContent, FeeQuote, Gap, OpenQuestion, Verdict, Warning } from './draft'
import { AccountId, DraftId, Instant } from './ids'
import type { FactSource } from './person'
import { LoginName, Secret } from './staff'

/**
 * Assisted filing: a helper (Tổ công nghệ số cộng đồng) fills a draft in beside the citizen, an officer accepts it. A helper sees
 * their own drafts until these are handed over, and nothing else of the ward.
 */

/** What the citizen says of a paper. It is a word to the officer and settles nothing. */
export const PaperSaid = z.enum(['has', 'lacks'])
export type PaperSaid = z.infer<typeof PaperSaid>

/** The part of a draft that a helper may fill in: no fee, no payment, no mark that an officer answers for, no note that is printed. */
export const HelperContent = DraftContent.pick({
  applicant: true, capacity: true, owner: true, organisation: true, procedure: true, answers: true, delivery: true,
}).extend({ papers: z.record(z.string().max(80), PaperSaid) })
export type HelperContent = z.infer<typeof HelperContent>

/** What a helper's facts may come from; anything else is taken as typed by the helper. */
export const HELPER_SOURCES: readonly FactSource[] = ['helper', 'qr']

/** A draft as its helper sees it: without whatever the ward knows of the person. */
export const HelperDraft = z.object({
  id: DraftId,
  revision: z.number().int(),
  savedAt: Instant,
  consentAt: Instant,
  content: HelperContent,
  verdict: Verdict.nullable(),
  questions: z.array(OpenQuestion),
  fee: FeeQuote.nullable(),
  gaps: z.array(Gap),
  warnings: z.array(Warning),
  /** An officer sent it back; what they wrote. */
  sentBack: z.object({ at: Instant, note: z.string() }).nullable(),
})
export type HelperDraft = z.infer<typeof HelperDraft>

export const HelperDraftLine = z.object({
  id: DraftId, savedAt: Instant, applicantName: z.string(), procedureName: z.string().nullable(), sentBackNote: z.string().nullable(),
})
export type HelperDraftLine = z.infer<typeof HelperDraftLine>

/** What is told to the citizen: the number of the day under which the officer finds the draft. */
export const HandedOver = z.object({ number: z.number().int(), at: Instant })
export type HandedOver = z.infer<typeof HandedOver>

export const HelperSession = z.object({
  fullName: z.string(),
  /** Signs in with a secret that somebody else has set: nothing else may be done before it is changed. */
  mustChangeSecret: z.boolean(),
  /** When it ends by itself unless somebody works at it. */
  endsAt: Instant,
})
export type HelperSession = z.infer<typeof HelperSession>

/** What the helper's window may know before anybody signs in. `accounts` of helpers only in practice mode. */
export const HelperGate = z.object({
  open: z.boolean(),
  practice: z.boolean(),
  ward: z.string().nullable(),
  demo: z.array(z.object({ loginName: LoginName, fullName: z.string(), secret: Secret })),
  session: HelperSession.nullable(),
})
export type HelperGate = z.infer<typeof HelperGate>

/** Tells the page to ask again; says nothing itself. */
export const HelperNews = z.enum(['gate', 'drafts'])
export type HelperNews = z.infer<typeof HelperNews>

/** A draft of a helper as the officers see it. */
export const AssistedDraft = z.object({
  id: DraftId,
  number: z.number().int(),
  helper: z.object({ id: AccountId, name: z.string() }),
  consentAt: Instant,
  handedAt: Instant,
  note: z.string(),
  applicantName: z.string(),
  procedureName: z.string().nullable(),
  /** Papers that the citizen says they do not have with them. */
  lacking: z.number().int(),
  accepted: z.object({ at: Instant, by: z.string() }).nullable(),
})
export type AssistedDraft = z.infer<typeof AssistedDraft>

export const AssistNote = z.string().trim().max(1000)
