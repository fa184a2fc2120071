import { z } from 'zod'
import { Capacity, DocumentInfo, FeeQuote, FeeState } from './draft'
import { DossierId, Instant, SubmissionId } from './ids'
import { ShownPerson } from './person'

/** TrangThaiHoSo of the national messages (`domain.md` §4.1). */
export const DossierState = z.union([
  z.literal(1), z.literal(2), z.literal(3), z.literal(4), z.literal(5), z.literal(6), z.literal(7), z.literal(8), z.literal(9), z.literal(10),
])
export type DossierState = z.infer<typeof DossierState>

/** State of a submission on its way to the city, as the officer sees it (`anchors.md` §2.3). */
export const SubmissionState = z.enum(['ready', 'sending', 'waiting', 'received', 'attention', 'superseded'])
export type SubmissionState = z.infer<typeof SubmissionState>

export const SubmissionBrief = z.object({
  id: SubmissionId,
  version: z.number().int(),
  state: SubmissionState,
  receiptNumber: z.string().nullable(),
  receivedAt: Instant.nullable(),
})
export type SubmissionBrief = z.infer<typeof SubmissionBrief>

export const DossierSummary = z.object({
  id: DossierId,
  code: z.string(),
  codeIsProvisional: z.boolean(),
  applicantName: z.string(),
  procedureCode: z.string(),
  procedureName: z.string(),
  receivedAt: Instant,
  dueAt: Instant.nullable(),
  state: DossierState,
  submission: SubmissionState,
})
export type DossierSummary = z.infer<typeof DossierSummary>

export const TimelineEntry = z.object({
  sequence: z.number().int(),
  kind: z.enum(['state', 'sent', 'received', 'print', 'note']),
  state: DossierState.nullable(),
  at: Instant,
  by: z.string(),
  origin: z.enum(['counter', 'city']),
  note: z.string().nullable(),
})
export type TimelineEntry = z.infer<typeof TimelineEntry>

export const DossierComponent = z.object({
  code: z.string(), name: z.string(), kind: z.string(), quantity: z.number().int(), mark: z.string(), note: z.string(),
})
export type DossierComponent = z.infer<typeof DossierComponent>

/** One dossier in full. Numbers are masked unless `dossiers.reveal` was called (audited). */
export const DossierView = DossierSummary.extend({
  version: z.number().int(),
  catalogueVersion: z.string(),
  field: z.string(),
  applicant: ShownPerson,
  capacity: Capacity,
  owner: ShownPerson.nullable(),
  organisation: z.object({ name: z.string(), taxCode: z.string() }).nullable(),
  components: z.array(DossierComponent),
  documents: z.array(DocumentInfo),
  sets: z.number().int(),
  fee: FeeQuote,
  payment: FeeState,
  delivery: z.object({ method: z.enum(['counter', 'post']), address: z.string() }),
  note: z.string(),
  officerName: z.string(),
  counter: z.string(),
  timeline: z.array(TimelineEntry),
  submissions: z.array(SubmissionBrief),
  nextStates: z.array(DossierState),
  printed: z.number().int(),
})
export type DossierView = z.infer<typeof DossierView>

export const SearchHit = DossierSummary.extend({
  maskedId: z.string().nullable(), maskedPhone: z.string().nullable(),
  /** Found only by words on its papers. */
  onPaper: z.boolean(),
})
export type SearchHit = z.infer<typeof SearchHit>
