import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import { AppError } from '@contract/errors'
import { namesIn } from './placeholders'

export { fill, fillable } from './placeholders'

/** Names that a template may use between braces. A template that uses another one is refused when it is loaded. */
export const PLACEHOLDERS = [
  'receiptNumber', 'dossierCode', 'place', 'unitName', 'receivedDay', 'receivedTime', 'dueTime', 'applicantName', 'onBehalfOf',
  'applicantIdNumber', 'applicantAddress', 'applicantPhone', 'applicantEmail', 'procedureName', 'procedureCode', 'sets',
  'processingTime', 'delivery', 'registerBook', 'registerNumber', 'officerName', 'lookupSecret', 'lookupAddress', 'hotline',
  'catalogueVersion', 'templateVersion', 'reprintCount', 'reprintTime', 'reprintBy', 'confirmedTime', 'page', 'pages',
] as const
export type Placeholder = (typeof PLACEHOLDERS)[number]
export type Values = Readonly<Partial<Record<Placeholder, string>>>

const known = (name: string): name is Placeholder => PLACEHOLDERS.some((each) => each === name)

const Pattern = z.string().min(1).max(400).superRefine((pattern, context) => {
  for (const name of namesIn(pattern)) if (!known(name)) context.addIssue({ code: 'custom', message: `unknown placeholder {${name}}` })
})
const Caption = z.string().min(1).max(400)

const Part = z.strictObject({ caption: Caption, value: Pattern, bold: z.boolean().default(false), optional: z.boolean().default(false) })
export type Part = z.infer<typeof Part>
const Options = z.strictObject({
  idNumber: z.boolean(),
  fee: z.boolean(),
  componentsAs: z.enum(['table', 'list']),
  hotline: z.boolean(),
  lookup: z.boolean(),
  barcode: z.boolean(),
})
const Line = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('fields'), option: z.enum(['idNumber']).optional(), parts: z.array(Part).min(1) }),
  z.strictObject({ kind: z.literal('components'), caption: Caption }),
  z.strictObject({ kind: z.literal('fee'), option: z.enum(['fee']).optional(), caption: Caption }),
])
export type Line = z.infer<typeof Line>
const Signature = z.strictObject({ title: Caption, hint: Caption, name: Pattern })
export type Signature = z.infer<typeof Signature>

/** A printed form as data. Wording and order belong to the file, type and rules of layout (Nghị định 30/2020) to the code. */
export const ReceiptTemplate = z.strictObject({
  formId: z.literal('mau-01'),
  version: z.number().int().min(1),
  /** Counts the ward's own editions of the version; absent in what is shipped. */
  edition: z.number().int().min(1).optional(),
  effectiveFrom: z.iso.date(),
  effectiveFromBasis: z.string(),
  legalBasis: Caption,
  confidence: z.enum(['V', 'S', 'C', 'G']),
  nation: Caption,
  motto: Caption,
  number: Pattern,
  placeDate: Pattern,
  titleLines: z.array(Caption).min(1).max(3),
  documentTitle: Caption,
  codeLine: Pattern,
  copies: z.strictObject({ archive: Caption, citizen: Caption }),
  marks: z.strictObject({ provisional: Caption, practice: Caption, reprint: Pattern, confirmed: Pattern }),
  options: Options,
  lines: z.array(Line).min(1).max(60),
  componentTable: z.strictObject({ index: Caption, name: Caption, kind: Caption, quantity: Caption, none: Caption }),
  componentKinds: z.strictObject({ original: Caption, copy: Caption, certifiedCopy: Caption, electronic: Caption }),
  fees: z.strictObject({ free: Caption, paid: Caption, unpaid: Caption }),
  signatures: z.strictObject({ left: Signature, right: Signature }),
  notes: z.strictObject({ caption: Caption, fixed: z.array(Caption) }),
  lookup: z.strictObject({ secret: Pattern, address: Pattern, hotline: Pattern }),
  footer: z.strictObject({ form: Pattern, page: Pattern }),
})
export type ReceiptTemplate = z.infer<typeof ReceiptTemplate>

/** The template in force on a civil date (YYYY-MM-DD): the latest one that had begun. @throws AppError IN-001 if there is none. */
export function templateFor(templates: readonly ReceiptTemplate[], date: string): ReceiptTemplate {
  const begun = templates.filter((each) => each.effectiveFrom <= date)
  const latest = begun.sort((a, b) => b.effectiveFrom.localeCompare(a.effectiveFrom) || b.version - a.version)[0]
  if (!latest) throw new AppError('IN-001', { field: 'effectiveFrom' })
  return latest
}

/** Reads every version of Mẫu 01 in `<resources>/forms`. @throws AppError IN-001 naming the file and field that is wrong. */
export async function loadReceiptTemplates(resourcesFolder: string): Promise<ReceiptTemplate[]> {
  const folder = join(resourcesFolder, 'forms')
  const files = (await readdir(folder)).filter((name) => /^mau-01\.v\d+\.json$/.test(name))
  return Promise.all(files.map(async (name) => parseTemplate(name, await readFile(join(folder, name), 'utf8'))))
}

function parseTemplate(name: string, text: string): ReceiptTemplate {
  const parsed = ReceiptTemplate.safeParse(JSON.parse(text))
  if (parsed.success) return parsed.data
  const issue = parsed.error.issues[0]
  throw new AppError('IN-001', { field: `${name}: ${issue?.path.join('.') ?? ''}` }, { cause: parsed.error })
}
