import { z } from 'zod'
import { namesIn } from './placeholders'

// No markup and no control character: texts are printed as they stand.
const Text = z.string().min(1).max(1200).regex(/^[^\p{Cc}<>]+$/u)
/** May hold placeholders; they are checked against what the paper's data fills (see `vocabularyIssues`). */
const Pattern = Text
/** Printed only when all of these hold; `!` turns one round. */
const When = z.array(z.string().regex(/^!?[a-zA-Z]+$/)).min(1).optional()
const Align = z.enum(['left', 'center', 'right'])

const Part = z.strictObject({ caption: Text, value: Pattern, bold: z.boolean().default(false), optional: z.boolean().default(false) })
const Column = z.strictObject({
  caption: Text, value: Pattern, width: z.union([z.literal('*'), z.literal('auto'), z.number().min(10).max(400), z.string().regex(/^\d{1,2}%$/)]), align: Align.default('left'),
  /** Columns beside each other of the same group have its caption above theirs. */
  group: Text.optional(),
  /** More lines below the value. */
  more: z.array(Pattern).min(1).max(4).optional(),
  /** Those who sign in the cell, beside each other: caption, room, name. */
  signers: z.array(z.strictObject({ title: Text, name: Pattern })).min(1).max(2).optional(),
})
const Item = z.strictObject({ text: Pattern, bold: z.boolean().default(false), optional: z.boolean().default(false), when: When })

export const Block = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('heading'), text: Pattern, when: When }),
  z.strictObject({ kind: z.literal('text'), text: Pattern, bold: z.boolean().default(false), italic: z.boolean().default(false), indent: z.boolean().default(true), optional: z.boolean().default(false), when: When }),
  /** Facts beside each other where there is room. */
  z.strictObject({ kind: z.literal('fields'), parts: z.array(Part).min(1).max(4), when: When }),
  z.strictObject({ kind: z.literal('points'), mark: z.enum(['dash', 'box']).default('dash'), items: z.array(Item).min(1), when: When }),
  /** One line for each entry of a list. */
  z.strictObject({ kind: z.literal('lines'), list: z.string(), mark: z.enum(['dash', 'none']).default('dash'), text: Pattern, none: Pattern.optional(), when: When }),
  z.strictObject({ kind: z.literal('table'), list: z.string(), columns: z.array(Column).min(1).max(14), none: Pattern, when: When, /** Of many columns: smaller letters. */ dense: z.boolean().optional() }),
  /** Entries under the title that they share, name and value beside each other. */
  z.strictObject({ kind: z.literal('groups'), list: z.string(), title: Pattern, name: Pattern, value: Pattern, none: Pattern, when: When }),
  /** A frame that is seen first. */
  z.strictObject({ kind: z.literal('box'), title: Pattern.optional(), items: z.array(Item).min(1), when: When }),
])
export type Block = z.infer<typeof Block>
export type BlockOf<Kind extends Block['kind']> = Extract<Block, { kind: Kind }>
export type TableColumn = BlockOf<'table'>['columns'][number]

const Signature = z.strictObject({ place: z.enum(['citizen', 'office', 'leader']), title: Pattern, hint: Text, name: Pattern.optional() })
export type Signature = z.infer<typeof Signature>

/** A printed form as data. Wording and order belong to the file, type and rules of layout (Nghị định 30/2020) to the code. */
export const FormTemplate = z.strictObject({
  formId: z.string(),
  version: z.number().int().min(1),
  /** Counts the ward's own editions of the version; absent in what is shipped. */
  edition: z.number().int().min(1).optional(),
  effectiveFrom: z.iso.date(),
  effectiveFromBasis: z.string(),
  legalBasis: Text,
  confidence: z.enum(['V', 'S', 'C', 'G']),
  /** Parts that are less sure than the rest, and why. Not printed. */
  doubts: z.array(z.string()).optional(),
  /** `letter`: quốc hiệu, tiêu ngữ and agency (Nghị định 30/2020). `leaflet`: whose it is, in one line. */
  head: z.enum(['letter', 'leaflet']),
  orientation: z.enum(['portrait', 'landscape']).default('portrait'),
  nation: Text, motto: Text,
  number: Pattern.optional(), placeDate: Pattern,
  titleLines: z.array(Pattern).min(1).max(3),
  subtitle: Pattern.optional(),
  /** Below the title, with the code as QR beside it. */
  codeLine: Pattern.optional(),
  documentTitle: Pattern,
  marks: z.strictObject({ practice: Text, demo: Text.optional(), provisional: Text.optional(), reprint: Pattern.optional() }),
  /** Words that the data choose from. */
  words: z.record(z.string().regex(/^[a-zA-Z]+$/), Text).optional(),
  blocks: z.array(Block).min(1).max(100),
  /** Nơi nhận, left of the signature. */
  recipients: z.strictObject({ title: Text, items: z.array(Pattern).min(1).max(8) }).optional(),
  signatures: z.array(Signature).max(2),
  notes: z.array(Item).max(10),
  footer: z.strictObject({ form: Pattern, page: Pattern }),
})
export type FormTemplate = z.infer<typeof FormTemplate>

/** What a paper's data can fill: names between braces, lists with the names of their entries, conditions. */
export type Vocabulary = Readonly<{ names: readonly string[]; lists: Readonly<Record<string, readonly string[]>>; flags: readonly string[] }>

const COMMON = ['page', 'pages', 'templateVersion'] as const

/** Every text of a template with its path and the names that it may use: inside a list also those of its entries. */
export function* patternsOf(
  node: unknown, names: readonly string[], lists: Vocabulary['lists'], path: readonly (string | number)[] = [],
): Generator<Readonly<{ text: string; names: readonly string[]; path: readonly (string | number)[] }>> {
  if (typeof node === 'string') yield { text: node, names, path }
  if (Array.isArray(node)) for (const [index, each] of node.entries()) yield* patternsOf(each, names, lists, [...path, index])
  if (typeof node !== 'object' || node === null || Array.isArray(node)) return
  const list = 'list' in node && typeof node.list === 'string' ? lists[node.list] : undefined
  for (const [key, value] of Object.entries(node)) yield* patternsOf(value, list ? [...names, ...list] : names, lists, [...path, key])
}

/** What a template names that its paper does not have. */
export function vocabularyIssues(form: FormTemplate, { names, lists, flags }: Vocabulary): Readonly<{ message: string; path: (string | number)[] }>[] {
  const issues: { message: string; path: (string | number)[] }[] = []
  for (const { text, names: known, path } of patternsOf(form, [...names, ...COMMON], lists)) {
    for (const name of namesIn(text)) if (!known.includes(name)) issues.push({ message: `unknown placeholder {${name}}`, path: [...path] })
  }
  for (const [at, block] of form.blocks.entries()) {
    const items = 'items' in block ? block.items : []
    const used = [block, ...items].flatMap(({ when }) => when ?? []).map((flag) => flag.replace('!', ''))
    for (const flag of used) if (!flags.includes(flag)) issues.push({ message: `unknown condition ${flag}`, path: ['blocks', at, 'when'] })
    if ('list' in block && !Object.hasOwn(lists, block.list)) issues.push({ message: `unknown list ${block.list}`, path: ['blocks', at, 'list'] })
  }
  return issues
}

/** Of the versions, the latest that had begun on a civil date (YYYY-MM-DD). */
export function inForce<Form extends Readonly<{ version: number; effectiveFrom: string }>>(forms: readonly Form[], date: string): Form | undefined {
  return forms.filter((form) => form.effectiveFrom <= date).sort((a, b) => b.effectiveFrom.localeCompare(a.effectiveFrom) || b.version - a.version)[0]
}
