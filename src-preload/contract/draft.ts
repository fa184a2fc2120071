import { z } from 'zod'
import { DocumentId, DossierId, DraftId, Instant, Sha256 } from './ids'
import { DraftPerson, Person } from './person'

/** In whose name the applicant stands at the counter. */
export const Capacity = z.enum(['self', 'child', 'authorised', 'organisation'])
export type Capacity = z.infer<typeof Capacity>

/** What the officer said about a component that has no document of its own. */
export const ComponentMark = z.enum(['pending', 'seen', 'not-needed', 'owed', 'reused'])
export type ComponentMark = z.infer<typeof ComponentMark>

export const PaymentState = z.enum(['unpaid', 'cash', 'transfer'])
export type PaymentState = z.infer<typeof PaymentState>
/** How the fee of a received dossier stands, by its payments. */
export const FeeState = z.enum([...PaymentState.options, 'exempt'])
export type FeeState = z.infer<typeof FeeState>

/** Everything the officer typed or chose, saved as it stands. Documents are kept beside it, not in it. */
export const DraftContent = z.object({
  focus: z.string().max(80).nullable(),
  applicant: DraftPerson,
  capacity: Capacity,
  owner: DraftPerson,
  organisation: z.object({ name: z.string().max(400), taxCode: z.string().max(40) }),
  procedure: z.object({ code: z.string().max(40), version: z.string().max(40) }).nullable(),
  answers: z.record(z.string().max(80), z.string().max(80)),
  components: z.record(z.string().max(80), z.object({ mark: ComponentMark, note: z.string().max(500) })),
  sets: z.number().int().min(1).max(99),
  fee: z.object({
    copies: z.number().int().min(0).max(999),
    pages: z.number().int().min(0).max(9999),
    exemption: z.string().max(80).nullable(),
    payment: PaymentState,
    councilAmount: z.number().int().min(0).max(100_000_000).nullable(),
  }),
  delivery: z.object({ method: z.enum(['counter', 'post']), address: z.string().max(1000) }),
  note: z.string().max(2000),
})
export type DraftContent = z.infer<typeof DraftContent>

export const MediaType = z.enum(['application/pdf', 'image/jpeg', 'image/png', 'image/tiff'])
export type MediaType = z.infer<typeof MediaType>

/** A file that fulfils a component. Its bytes lie in the document store under their SHA-256. */
export const DocumentInfo = z.object({
  id: DocumentId,
  component: z.string(),
  ordinal: z.number().int(),
  name: z.string(),
  mediaType: MediaType,
  size: z.number().int(),
  sha256: Sha256,
  pages: z.number().int().nullable(),
  rotation: z.union([z.literal(0), z.literal(90), z.literal(180), z.literal(270)]),
  addedAt: Instant,
  /** Bound from the pages of its component, and made anew when they change; else a file that came as it is. */
  bound: z.boolean(),
})
export type DocumentInfo = z.infer<typeof DocumentInfo>

export const FeeQuote = z.object({
  total: z.number().int(),
  lines: z.array(z.object({ code: z.string(), name: z.string(), amount: z.number().int(), note: z.string().optional() })),
  exemption: z.object({ code: z.string(), name: z.string(), ground: z.string() }).nullable(),
  /** True when the amount is set by the city council and the officer has to enter it. */
  needsAmount: z.boolean(),
})
export type FeeQuote = z.infer<typeof FeeQuote>

export const AppointmentView = z.object({
  dueAt: Instant,
  skipped: z.array(z.object({ date: z.string(), reason: z.string() })),
  afterFifteen: z.boolean(),
})
export type AppointmentView = z.infer<typeof AppointmentView>

export const Verdict = z.object({
  kind: z.enum(['here', 'anywhere', 'elsewhere', 'not-eligible', 'ask']),
  reasons: z.array(z.string()),
  goTo: z.string().nullable(),
  otherProcedure: z.string().nullable(),
})
export type Verdict = z.infer<typeof Verdict>

/** A question still to be asked. `label` is null for the answers of the place question (`place`: here, same-city, elsewhere). */
export const OpenQuestion = z.object({
  id: z.string(), question: z.string(), answers: z.array(z.object({ id: z.string(), label: z.string().nullable() })),
})
export type OpenQuestion = z.infer<typeof OpenQuestion>

/** A gap that stops the commit: where it is and which sentence tells it (`intake:gap.<code>`). */
export const Gap = z.object({ field: z.string(), code: z.string(), params: z.record(z.string(), z.string()) })
export type Gap = z.infer<typeof Gap>
/** A doubt that never stops anything (`intake:warning.<code>`). */
export const Warning = Gap
export type Warning = Gap

export const DuplicateHit = z.object({
  dossierId: DossierId, code: z.string(), procedureName: z.string(), receivedAt: Instant, state: z.number().int(),
})
export type DuplicateHit = z.infer<typeof DuplicateHit>

/** One draft with everything the rules say about it at this moment. */
export const DraftView = z.object({
  id: DraftId,
  revision: z.number().int(),
  savedAt: Instant,
  createdAt: Instant,
  content: DraftContent,
  documents: z.array(DocumentInfo),
  verdict: Verdict.nullable(),
  questions: z.array(OpenQuestion),
  fee: FeeQuote.nullable(),
  appointment: AppointmentView.nullable(),
  gaps: z.array(Gap),
  warnings: z.array(Warning),
  duplicates: z.array(DuplicateHit),
})
export type DraftView = z.infer<typeof DraftView>

export const DraftSummary = z.object({
  id: DraftId, savedAt: Instant, applicantName: z.string(), procedureName: z.string().nullable(), documents: z.number().int(),
  officerName: z.string(), mine: z.boolean(),
})
export type DraftSummary = z.infer<typeof DraftSummary>

/** A person known from earlier dossiers, offered so that nothing is asked twice. */
export const KnownPerson = z.object({
  person: Person,
  lastSeenAt: Instant,
  dossiers: z.array(z.object({ id: DossierId, code: z.string(), procedureName: z.string(), receivedAt: Instant, state: z.number().int() })),
})
export type KnownPerson = z.infer<typeof KnownPerson>
