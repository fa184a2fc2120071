import { z } from 'zod'

/** SHA-256 as 64 lower-case hexadecimal digits. */
export const Sha256 = z.string().regex(/^[0-9a-f]{64}$/, 'SHA-256: 64 hexadecimal digits')
export const Uuid = z.uuid()
/** An instant in ISO 8601 with offset or Z. */
export const Instant = z.iso.datetime({ offset: true })
export const CivilDate = z.iso.date()
export const AgencyCode = z.string().regex(/^[GH]\d{2}(\.\d{2,3}){0,3}$/)
/** TrangThaiHoSo 1–10 of the national messages. */
export const State = z.number().int().min(1).max(10)

const text = (max: number) => z.string().min(1).max(max)
/** May be absent or null; the counter leaves out what it does not know. */
const maybe = <T extends z.ZodType>(schema: T) => schema.nullish()

export const Person = z.object({
  fullName: text(200),
  idNumber: maybe(z.string().regex(/^\d{9}$|^\d{12}$/, 'số định danh: 12 (hoặc 9) chữ số')),
  birthDate: maybe(CivilDate),
  sex: maybe(z.enum(['male', 'female'])),
  address: maybe(z.string().max(500)),
  phone: maybe(z.string().max(20)),
  email: maybe(z.string().max(200)),
  nationality: maybe(z.string().max(60)),
})

/** A document that fulfils a component; its bytes went ahead by tus. */
export const PayloadDocument = z.object({
  documentId: Uuid,
  sha256: Sha256,
  size: z.number().int().min(1),
  mediaType: text(100),
  name: text(255),
})

export const PayloadComponent = z.object({
  code: text(100),
  name: text(1000),
  kind: text(40),
  quantity: z.number().int().min(0),
  documents: z.array(PayloadDocument).max(200),
  waived: maybe(z.union([z.boolean(), z.string().max(1000)])),
})

export const PayloadFee = z.object({
  total: z.number().int().min(0),
  currency: z.literal('VND'),
  lines: z.array(z.object({ code: text(100), name: text(500), amount: z.number().int().min(0), exemption: maybe(z.string().max(500)) })).max(100),
  paid: z.boolean(),
})

/** Money taken or let off, in the order it was taken; one that was taken back stays, with when. */
export const PayloadPayment = z.object({
  number: text(60),
  method: z.enum(['cash', 'transfer', 'exempt']),
  amount: z.number().int().min(1),
  at: Instant,
  ground: maybe(z.string().max(3000)),
  voidedAt: maybe(Instant),
})

/** Who took the result: no number of a person. */
export const PayloadResult = z.object({
  how: z.enum(['owner', 'authorised', 'post']),
  name: text(200),
  checked: z.enum(['chip', 'card', 'receipt', 'known', 'post']),
  signed: z.enum(['pad', 'paper', 'post']),
  at: Instant,
  authority: maybe(z.string().max(500)),
  tracking: maybe(z.string().max(60)),
  note: maybe(z.string().max(1000)),
})

const Ground = z.object({ code: text(40), text: text(2000), basis: text(2000) })

/** An official form that the counter issued (Mẫu 02–06). */
export const PayloadForm = z.object({
  form: z.enum(['mau-02', 'mau-03', 'mau-04', 'mau-05', 'mau-06']), number: text(60), at: Instant, officer: text(200), signer: z.enum(['officer', 'centre', 'head', 'deputy']), signerName: maybe(z.string().max(200)),
})

/** What was asked for, and when it came in (DanhSachHoSoBoSung). */
export const PayloadSupplement = z.object({
  ordinal: z.number().int().min(1),
  items: z.array(z.object({
    component: maybe(z.string().max(80)), name: text(2000), what: z.string().max(1000), originals: z.number().int().min(0), certified: z.number().int().min(0), copies: z.number().int().min(0),
  })).min(1).max(80),
  reason: text(2000), askedAt: Instant, askedBy: text(200), completedAt: maybe(Instant), completedBy: maybe(z.string().max(200)), note: maybe(z.string().max(2000)),
  previousDueAt: maybe(Instant), newDueAt: maybe(Instant),
})

export const PayloadRefusal = z.object({ at: Instant, grounds: z.array(Ground).min(1).max(10), detail: z.string().max(2000) })
export const PayloadExtension = z.object({ at: Instant, previousDueAt: Instant, dueAt: Instant, reason: text(2000) })
export const PayloadStop = z.object({
  at: Instant, requestedBy: z.enum(['citizen', 'agency']), ground: Ground, stage: State, money: text(2000), detail: z.string().max(2000),
})
/** From hand to hand; `standing` where an office was done with it. */
export const PayloadHandover = z.object({
  from: text(200), to: text(200), at: Instant, giver: text(200), receiver: text(200), standing: maybe(z.enum(['early', 'on-time', 'overdue'])), note: z.string().max(1000),
})

export const PayloadTimelineEntry = z.object({ state: State, at: Instant, by: text(200), note: maybe(z.string().max(2000)) })

export const PayloadDossier = z.object({
  id: Uuid,
  code: text(64),
  codeIsProvisional: z.boolean(),
  version: z.number().int().min(1),
  agency: AgencyCode,
  counter: text(100),
  procedure: z.object({ code: text(60), name: text(1000), catalogueVersion: text(60) }),
  /** 1 Trực tiếp; the counter's only channel. */
  channel: z.literal(1),
  receivedAt: Instant,
  dueAt: maybe(Instant),
  state: State,
  applicant: Person,
  owner: maybe(Person),
  onBehalf: z.boolean(),
  organisation: maybe(z.object({ name: text(300), taxCode: maybe(z.string().max(20)) })),
  copies: z.number().int().min(1),
  resultDelivery: z.object({ method: z.enum(['counter', 'post']), address: maybe(z.string().max(1000)) }),
  fee: PayloadFee,
  payments: maybe(z.array(PayloadPayment).max(1000)),
  components: z.array(PayloadComponent).max(200),
  result: maybe(PayloadResult),
  forms: maybe(z.array(PayloadForm).max(200)),
  supplements: maybe(z.array(PayloadSupplement).max(100)),
  refusal: maybe(PayloadRefusal),
  extension: maybe(PayloadExtension),
  stop: maybe(PayloadStop),
  handovers: maybe(z.array(PayloadHandover).max(1000)),
  timeline: z.array(PayloadTimelineEntry).max(1000),
})

/** The frozen payload of one submission: a dossier version on its way to the city. Unknown members are ignored. */
export const SubmissionPayload = z.object({
  format: z.literal('mot-cua/submission'),
  version: z.literal(1),
  submissionId: Uuid,
  dossier: PayloadDossier,
  officer: z.object({ id: text(100), name: text(200) }),
})
export type SubmissionPayload = z.infer<typeof SubmissionPayload>
export type PayloadDossier = z.infer<typeof PayloadDossier>
export type PayloadDocument = z.infer<typeof PayloadDocument>

/** Every document of the payload, in the order of the components. */
export function documentsOf(payload: SubmissionPayload): PayloadDocument[] {
  return payload.dossier.components.flatMap((component) => component.documents)
}
