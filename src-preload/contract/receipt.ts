import { z } from 'zod'
import { Signature } from './display'
import { Instant } from './ids'

const Text = z.string().trim().min(1).max(2000)
const Dong = z.number().int().min(0).max(100_000_000_000)

/** What is handed in: original, plain copy, certified copy or electronic file. */
export const ComponentKind = z.enum(['original', 'copy', 'certifiedCopy', 'electronic'])
export type ComponentKind = z.infer<typeof ComponentKind>

export const ReceiptComponent = z.object({ name: Text, kind: ComponentKind, quantity: z.number().int().min(1).max(999) })
export type ReceiptComponent = z.infer<typeof ReceiptComponent>

/** Amounts in đồng. `text` replaces the computed wording (for example why nothing is charged). */
export const ReceiptFee = z.object({
  text: Text.optional(),
  lines: z.array(z.object({ name: Text, amount: Dong })).max(50),
  total: Dong,
  paid: z.boolean(),
})
export type ReceiptFee = z.infer<typeof ReceiptFee>

/** Everything that Mẫu 01 prints. All texts are plain: nothing in them is read as markup. */
export const ReceiptData = z.object({
  /** Cơ quan cấp trên and cơ quan: the two lines of the left block, which differ from city to city. */
  agencyParent: Text,
  agencyName: Text,
  unitName: Text,
  /** Địa danh before the date, for example "Phường Sài Gòn". */
  place: Text,
  /** The bare number; the template adds its suffix. */
  receiptNumber: Text,
  dossierCode: z.string().regex(/^[A-Za-z0-9][A-Za-z0-9./-]{2,39}$/),
  codeIsProvisional: z.boolean(),
  applicant: z.object({
    name: Text,
    idNumber: Text.optional(),
    address: Text,
    phone: Text.optional(),
    email: Text.optional(),
    /** Whose dossier it is, when someone else hands it in. */
    onBehalfOf: Text.optional(),
  }),
  procedure: z.object({ code: Text, name: Text }),
  components: z.array(ReceiptComponent).max(300),
  sets: z.number().int().min(1).max(99),
  processingTime: Text,
  receivedAt: Instant,
  dueAt: Instant.optional(),
  /** Printed when no moment can be promised (procedures that run on a plan). */
  dueText: Text.optional(),
  delivery: Text,
  fee: ReceiptFee.optional(),
  register: z.object({ book: Text, number: Text }).optional(),
  officerName: Text,
  /** What the applicant drew on the display, over the name; the moment stands below. */
  signed: z.object({ signature: Signature, at: Instant }).optional(),
  notes: z.array(Text).max(20),
  /** Printed on the citizen's copy only. */
  lookupSecret: Text.optional(),
  lookupAddress: Text.optional(),
  hotline: Text.optional(),
  catalogueVersion: Text.max(60),
})
export type ReceiptData = z.infer<typeof ReceiptData>

export const Paper = z.enum(['A5', 'A4'])
export type Paper = z.infer<typeof Paper>
/** archive = Liên 1: Lưu; citizen = Liên 2: Giao khách hàng. */
export const ReceiptCopy = z.enum(['archive', 'citizen'])
export type ReceiptCopy = z.infer<typeof ReceiptCopy>

export const ReceiptOptions = z.object({
  paper: Paper,
  copies: z.array(ReceiptCopy).min(1).max(2),
  practice: z.boolean(),
  /** count is the number of this reprint, starting at 1. */
  reprint: z.object({ at: Instant, by: Text.max(100), count: z.number().int().min(1) }).optional(),
})
export type ReceiptOptions = z.infer<typeof ReceiptOptions>

/** A character that the printed font does not have and that was printed as □ (or left out, if it only marked a letter). */
export const GlyphWarning = z.object({ code: z.literal('IN-005'), field: z.string(), codePoint: z.string() })
export type GlyphWarning = z.infer<typeof GlyphWarning>

export const RenderedReceipt = z.object({ pdf: z.instanceof(Uint8Array), pages: z.number().int(), warnings: z.array(GlyphWarning) })
export type RenderedReceipt = z.infer<typeof RenderedReceipt>
