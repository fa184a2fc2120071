import { z } from 'zod'
import { AccountId, DossierId, Instant, uuid } from './ids'
import { ActFormCode, Ground, Handover, SignerRole, SupplementItem } from './office-forms'

export const IssuedFormId = uuid.brand<'IssuedFormId'>()
export type IssuedFormId = z.infer<typeof IssuedFormId>

/** A form that was issued. `number` as it is printed: "03.Q3". */
export const IssuedForm = z.object({
  id: IssuedFormId, form: ActFormCode, number: z.string(), at: Instant, officerName: z.string(), signer: SignerRole, signerName: z.string(), prints: z.number().int(),
})
export type IssuedForm = z.infer<typeof IssuedForm>

/** The second person of an act, proving to be there; null where whoever acts may do it alone. */
export const Second = z.object({ loginName: z.string().trim().min(1).max(60), secret: z.string().min(1).max(200) })
export type Second = z.infer<typeof Second>

/** What an officer says in an act; the core adds number, dates and signer. */
export const SupplementAct = z.object({ kind: z.literal('supplement'), items: z.array(SupplementItem).min(1).max(80), reason: z.string().trim().min(1).max(2000) })
export const RefusalAct = z.object({ kind: z.literal('refusal'), grounds: z.array(z.string().max(40)).min(1).max(10), detail: z.string().trim().max(2000) })
/** `dueDate`: the new day, which keeps the hour of the old appointment. */
export const ExtensionAct = z.object({ kind: z.literal('extension'), dueDate: z.iso.date(), reason: z.string().trim().min(1).max(2000), signer: SignerRole })
export const StopAct = z.object({ kind: z.literal('stop'), requestedBy: z.enum(['citizen', 'agency']), ground: z.string().max(40), detail: z.string().trim().max(2000), signer: SignerRole })
export const HandoverAct = z.object({ kind: z.literal('handover'), to: z.string().trim().min(1).max(200), receiver: z.string().trim().min(1).max(200), note: z.string().trim().max(1000) })
/** Everything asked for was handed in: the period starts from zero (Nghị định 61/2018 art. 19(4)). */
export const CompletedAct = z.object({ kind: z.literal('completed'), note: z.string().trim().min(1).max(2000) })
/** The result is there: the clock stops. */
export const ResultReadyAct = z.object({ kind: z.literal('result-ready'), note: z.string().trim().min(1).max(2000) })

export const Act = z.discriminatedUnion('kind', [SupplementAct, RefusalAct, ExtensionAct, StopAct, HandoverAct, CompletedAct, ResultReadyAct])
export type Act = z.infer<typeof Act>
export type ActOf<Kind extends Act['kind']> = Extract<Act, { kind: Kind }>
/** What can be said to somebody whose papers are not taken in: it makes the dossier and the form in one step. */
export const TurnAwayAct = z.discriminatedUnion('kind', [SupplementAct, RefusalAct])
export type TurnAwayAct = z.infer<typeof TurnAwayAct>

/** Why an act is not possible now: an error code of the contract, with its parameters (`errors:<code>`). */
const Barred = z.object({ code: z.string(), params: z.record(z.string(), z.union([z.string(), z.number()])) })

/** What may be done with a dossier as far as forms go, before anything is typed. */
export const Acts = z.object({
  dossierId: DossierId,
  supplement: z.object({ barred: Barred.nullable(), earlier: z.number().int() }),
  refusal: z.object({ barred: Barred.nullable() }),
  /** `latest`: the last day on which it may be said; `earliest`: the first day that may be promised instead. */
  extension: z.object({ barred: Barred.nullable(), latest: z.iso.date().nullable(), earliest: z.iso.date().nullable(), needsSecond: z.boolean() }),
  stop: z.object({ barred: Barred.nullable(), needsSecond: z.boolean() }),
  handover: z.object({ barred: Barred.nullable(), from: z.string(), offices: z.array(z.string()) }),
  completed: z.object({ barred: Barred.nullable() }),
  resultReady: z.object({ barred: Barred.nullable() }),
  /** What is asked for and not handed in yet. */
  open: z.object({ items: z.array(SupplementItem), askedAt: Instant }).nullable(),
  handovers: z.array(Handover),
  forms: z.array(IssuedForm),
  register: z.object({ year: z.number().int(), number: z.number().int() }).nullable(),
})
export type Acts = z.infer<typeof Acts>

/** A dossier that is about to be late, or is: whom an apology is still possible for. */
export const DueSoon = z.object({
  dossierId: DossierId, code: z.string(), applicantName: z.string(), procedureName: z.string(), dueAt: Instant, minutesLeft: z.number().int().nullable(),
  office: z.string(), extended: z.boolean(),
  /** `today`: the last day for it; `passed`: too late; `later`: there is time. */
  apology: z.enum(['later', 'today', 'passed', 'done']),
})
export type DueSoon = z.infer<typeof DueSoon>

export const Grounds = z.object({ refusal: z.array(Ground), stop: z.array(Ground) })
export type Grounds = z.infer<typeof Grounds>
export const ApprovedBy = AccountId
