import { z } from 'zod'
import { Instant } from './ids'

/** The official forms of Thông tư 03/2025/TT-VPCP, Phụ lục I (`domain.md` §2). */
export const FORM_CODES = ['mau-01', 'mau-02', 'mau-03', 'mau-04', 'mau-05', 'mau-06', 'mau-07'] as const
export const FormCode = z.enum(FORM_CODES)
export type FormCode = z.infer<typeof FormCode>
/** Those that an act on a dossier issues; 01 is the receipt, 07 the register. */
export const ActFormCode = z.enum(['mau-02', 'mau-03', 'mau-04', 'mau-05', 'mau-06'])
export type ActFormCode = z.infer<typeof ActFormCode>

const Text = z.string().trim().min(1).max(2000)
const Name = z.string().trim().min(1).max(200)
const Maybe = Text.nullable()

/** In whose name a form is signed. `titles`: one or two lines, "KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH". */
export const SignerRole = z.enum(['officer', 'centre', 'head', 'deputy'])
export type SignerRole = z.infer<typeof SignerRole>
export const FormSigner = z.object({ role: SignerRole, titles: z.array(Name).min(1).max(2), name: z.string().trim().max(200) })
export type FormSigner = z.infer<typeof FormSigner>

/** What every form carries. `number` null: a preview of what has none yet. */
export const FormFrame = z.object({
  agencyParent: Text, agencyName: Text, unitName: Text, place: Name, number: Name.nullable(), at: Instant, officerName: Name, signer: FormSigner, hotline: Maybe, practice: z.boolean(),
  /** The wording it was issued in: version of the official file, the ward's edition of it or null. Left out: the one in force at `at`. */
  template: z.object({ official: z.number().int().min(1), edition: z.number().int().min(1).nullable() }).optional(),
})
export type FormFrame = z.infer<typeof FormFrame>

/** The dossier that a form speaks of, as it stood then. */
export const FormDossier = z.object({
  code: Name, codeIsProvisional: z.boolean(), applicantName: Name, onBehalfOf: Maybe, idNumber: Maybe, address: Maybe, phone: Maybe, email: Maybe,
  procedureCode: Name, procedureName: Text, receivedAt: Instant, dueAt: Instant.nullable(), resultName: Text,
})
export type FormDossier = z.infer<typeof FormDossier>

/** A paper to bring or to mend. Counts of original, certified copy and photocopy; all 0 where something is only to be mended. */
export const SupplementItem = z.object({
  component: z.string().max(80).nullable(), name: Text, what: z.string().trim().max(1000),
  originals: z.number().int().min(0).max(99), certified: z.number().int().min(0).max(99), copies: z.number().int().min(0).max(99),
})
export type SupplementItem = z.infer<typeof SupplementItem>
/** A legal ground as it is printed. */
export const Ground = z.object({ code: z.string().max(40), text: Text, basis: Text })
export type Ground = z.infer<typeof Ground>

const common = { frame: FormFrame, dossier: FormDossier }
export const SupplementForm = z.object({
  form: z.literal('mau-02'), ...common, items: z.array(SupplementItem).min(1).max(80), reason: Text,
  /** Which request of the dossier it is, from 1. */
  ordinal: z.number().int().min(1), contact: z.object({ name: Name, phone: Maybe }),
})
export const RefusalForm = z.object({ form: z.literal('mau-03'), ...common, grounds: z.array(Ground).min(1).max(10), detail: z.string().trim().max(2000) })
export const ExtensionForm = z.object({ form: z.literal('mau-04'), ...common, previousDueAt: Instant, newDueAt: Instant, reason: Text })
export const StopForm = z.object({ form: z.literal('mau-05'), ...common, ground: Ground, requestedBy: z.enum(['citizen', 'agency']), stage: Text, money: Text, detail: z.string().trim().max(2000) })
export const Handover = z.object({ from: Name, to: Name, at: Instant, giver: Name, receiver: Name, standing: z.enum(['early', 'on-time', 'overdue']).nullable(), note: z.string().max(1000) })
export type Handover = z.infer<typeof Handover>
export const ControlForm = z.object({ form: z.literal('mau-06'), ...common, agency: Text, handovers: z.array(Handover).max(200) })

/** Everything that a form prints, as plain text: nothing in it is read as markup. */
export const OfficeForm = z.discriminatedUnion('form', [SupplementForm, RefusalForm, ExtensionForm, StopForm, ControlForm])
export type OfficeForm = z.infer<typeof OfficeForm>
