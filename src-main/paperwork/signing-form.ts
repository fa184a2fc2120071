import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import { AppError } from '@contract/errors'
import { namesIn } from './placeholders'
import type { SigningPaperKind } from './signing-paper-data'
import { FLAGS, LISTS, NAMES } from './signing-values'

/** File names of the forms: `resources/forms/<id>.v<version>.json`. */
export const FORM_IDS = {
  agreement: 'ck-thoa-thuan', handover: 'ck-ban-giao', leaflet: 'ck-to-roi', slip: 'ck-phieu-hen', 'daily-list': 'ck-danh-sach', declaration: 'ck-ke-khai',
} as const satisfies Record<SigningPaperKind, string>

/** Plain text: nothing that looks like markup, and nothing that cannot be seen. */
const Text = z.string().trim().min(1).max(1200).regex(/^[^<>\p{Cc}]*$/u, 'markup or control character')
/** Names between braces are checked against what the paper's data fills (see `unknownNames`). */
const Pattern = Text
/** Printed only when all of these hold; `!` turns one round. */
const When = z.array(z.string().regex(/^!?[a-zA-Z]+$/)).min(1).optional()

const Part = z.strictObject({ caption: Text, value: Pattern, bold: z.boolean().default(false), optional: z.boolean().default(false) })
const Column = z.strictObject({ caption: Text, value: Pattern, width: z.union([z.literal('*'), z.literal('auto'), z.number().min(10).max(400)]), align: z.enum(['left', 'center', 'right']).default('left') })
const Item = z.strictObject({ text: Pattern, bold: z.boolean().default(false), optional: z.boolean().default(false), when: When })

export const Block = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('heading'), text: Pattern, when: When }),
  z.strictObject({ kind: z.literal('text'), text: Pattern, bold: z.boolean().default(false), italic: z.boolean().default(false), indent: z.boolean().default(true), optional: z.boolean().default(false), when: When }),
  /** Facts beside each other where there is room. */
  z.strictObject({ kind: z.literal('fields'), parts: z.array(Part).min(1).max(4), when: When }),
  z.strictObject({ kind: z.literal('points'), mark: z.enum(['dash', 'box']).default('dash'), items: z.array(Item).min(1), when: When }),
  /** One line for each entry of a list. */
  z.strictObject({ kind: z.literal('lines'), list: z.string(), text: Pattern, none: Pattern.optional(), when: When }),
  z.strictObject({ kind: z.literal('table'), list: z.string(), columns: z.array(Column).min(1).max(9), none: Pattern, when: When }),
  /** Entries under the title that they share, name and value beside each other. */
  z.strictObject({ kind: z.literal('groups'), list: z.string(), title: Pattern, name: Pattern, value: Pattern, none: Pattern, when: When }),
  /** A frame that is seen first. */
  z.strictObject({ kind: z.literal('box'), title: Pattern.optional(), items: z.array(Item).min(1), when: When }),
])
export type Block = z.infer<typeof Block>
export type BlockOf<Kind extends Block['kind']> = Extract<Block, { kind: Kind }>

const Signature = z.strictObject({ place: z.enum(['citizen', 'office', 'leader']), title: Text, hint: Text, name: Pattern.optional() })
export type Signature = z.infer<typeof Signature>

const Shape = z.strictObject({
  formId: z.enum(Object.values(FORM_IDS)),
  version: z.number().int().min(1),
  effectiveFrom: z.iso.date(),
  effectiveFromBasis: z.string(),
  legalBasis: Text,
  confidence: z.enum(['V', 'S', 'C', 'G']),
  /** `letter`: quốc hiệu, tiêu ngữ and agency (Nghị định 30/2020). `leaflet`: whose it is, in one line. */
  head: z.enum(['letter', 'leaflet']),
  orientation: z.enum(['portrait', 'landscape']).default('portrait'),
  nation: Text, motto: Text,
  number: Pattern.optional(), placeDate: Pattern,
  titleLines: z.array(Pattern).min(1).max(3),
  subtitle: Pattern.optional(),
  documentTitle: Pattern,
  marks: z.strictObject({ practice: Text, demo: Text }),
  blocks: z.array(Block).min(1).max(100),
  signatures: z.array(Signature).max(2),
  notes: z.array(Item).max(10),
  footer: z.strictObject({ form: Pattern, page: Pattern }),
})

const kindOf = (formId: string): SigningPaperKind | undefined =>
  (Object.keys(FORM_IDS) as SigningPaperKind[]).find((kind) => FORM_IDS[kind] === formId)

const COMMON = ['page', 'pages', 'templateVersion'] as const

/** Every text of a template with the names that it may use: inside a list also those of its entries. */
function* patternsOf(node: unknown, names: readonly string[], lists: Readonly<Record<string, readonly string[]>>): Generator<readonly [string, readonly string[]]> {
  if (typeof node === 'string') yield [node, names]
  if (Array.isArray(node)) for (const each of node) yield* patternsOf(each, names, lists)
  if (typeof node !== 'object' || node === null || Array.isArray(node)) return
  const list = 'list' in node && typeof node.list === 'string' ? lists[node.list] : undefined
  for (const value of Object.values(node)) yield* patternsOf(value, list ? [...names, ...list] : names, lists)
}

/** A printed form of signing as data. Wording and order belong to the file, type and rules of layout (Nghị định 30/2020) to the code. */
export const SigningForm = Shape.superRefine((form, context) => {
  const kind = kindOf(form.formId)
  if (!kind) return
  const lists: Readonly<Record<string, readonly string[]>> = LISTS[kind]
  for (const [text, names] of patternsOf(form, [...NAMES[kind], ...COMMON], lists)) {
    for (const name of namesIn(text)) if (!names.includes(name)) context.addIssue({ code: 'custom', message: `unknown placeholder {${name}}` })
  }
  const flags: readonly string[] = FLAGS[kind]
  for (const [at, block] of form.blocks.entries()) {
    const items = 'items' in block ? block.items : []
    const used = [block, ...items].flatMap(({ when }) => when ?? []).map((flag) => flag.replace('!', ''))
    for (const flag of used) if (!flags.includes(flag)) context.addIssue({ code: 'custom', message: `unknown condition ${flag}`, path: ['blocks', at, 'when'] })
    if ('list' in block && !Object.hasOwn(lists, block.list)) context.addIssue({ code: 'custom', message: `unknown list ${block.list}`, path: ['blocks', at, 'list'] })
  }
})
export type SigningForm = z.infer<typeof SigningForm>

function parseForm(name: string, text: string): SigningForm {
  const parsed = SigningForm.safeParse(JSON.parse(text))
  if (parsed.success) return parsed.data
  const issue = parsed.error.issues[0]
  throw new AppError('IN-001', { field: `${name}: ${issue?.path.join('.') ?? ''}` }, { cause: parsed.error })
}

/** Reads every version of the forms of signing in `<resources>/forms`. @throws AppError IN-001 naming the file and field that is wrong */
export async function loadSigningForms(resourcesFolder: string): Promise<SigningForm[]> {
  const folder = join(resourcesFolder, 'forms')
  const files = (await readdir(folder)).filter((name) => /^ck-[a-z-]+\.v\d+\.json$/.test(name))
  return Promise.all(files.map(async (name) => parseForm(name, await readFile(join(folder, name), 'utf8'))))
}

/** The form of a paper in force on a civil date: the latest one that had begun. @throws AppError IN-001 if there is none */
export function formFor(forms: readonly SigningForm[], kind: SigningPaperKind, date: string): SigningForm {
  const begun = forms.filter((form) => form.formId === FORM_IDS[kind] && form.effectiveFrom <= date)
  const latest = begun.sort((a, b) => b.effectiveFrom.localeCompare(a.effectiveFrom) || b.version - a.version)[0]
  if (!latest) throw new AppError('IN-001', { field: FORM_IDS[kind] })
  return latest
}
