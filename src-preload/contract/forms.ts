import { z } from 'zod'
import { FormCode } from './office-forms'

/** A text of a template that may be reworded. `path` names it inside the template ("blocks.3.text"); `names` are the placeholders it may use. */
export const FormText = z.object({
  path: z.string(), group: z.enum(['head', 'title', 'body', 'table', 'signature', 'note', 'footer', 'mark']), official: z.string(), text: z.string(), names: z.array(z.string()), multiline: z.boolean(),
})
export type FormText = z.infer<typeof FormText>
/** A part of the body that may be moved or left out. */
export const FormBlock = z.object({ id: z.string(), label: z.string(), shown: z.boolean(), required: z.boolean() })
export type FormBlock = z.infer<typeof FormBlock>

export const FormBrief = z.object({
  form: FormCode, title: z.string(), officialVersion: z.number().int(), effectiveFrom: z.iso.date(), legalBasis: z.string(), confidence: z.enum(['V', 'S', 'C', 'G']),
  /** The ward's own edition in force, or to come. */
  own: z.object({ edition: z.number().int(), effectiveFrom: z.iso.date(), by: z.string() }).nullable(),
})
export type FormBrief = z.infer<typeof FormBrief>

export const FormChange = z.object({ texts: z.record(z.string().max(200), z.string().max(1200)), blocks: z.array(z.object({ id: z.string().max(80), shown: z.boolean() })).max(120) })
export type FormChange = z.infer<typeof FormChange>
/** Why a wording cannot be used (`forms:fault.<code>`). */
export const FormFault = z.object({ path: z.string(), code: z.enum(['empty', 'markup', 'unknown-name', 'missing-name', 'too-long', 'required-block', 'shape']), detail: z.string() })
export type FormFault = z.infer<typeof FormFault>
export const FormView = z.object({ brief: FormBrief, texts: z.array(FormText), blocks: z.array(FormBlock) })
export type FormView = z.infer<typeof FormView>
