import { z } from 'zod'
import { AppError } from '@contract/errors'
import type { FormTemplate } from './form-template'
import { namesIn } from './placeholders'

const Text = z.string().min(1).max(400).regex(/^[^\p{Cc}<>]+$/u)
const pattern = (...names: string[]) => Text.refine((text) => namesIn(text).every((name) => names.includes(name)), { error: 'unknown placeholder' })

/** Columns of the register in the order of the form. */
export const REGISTER_COLUMNS = ['index', 'code', 'procedure', 'sets', 'applicant', 'contact', 'office', 'received', 'due', 'returned', 'delivery', 'signed', 'note'] as const
export type RegisterColumn = (typeof REGISTER_COLUMNS)[number]
/** These stand under the common caption "Nhận và trả kết quả". */
export const HANDING_COLUMNS: readonly RegisterColumn[] = ['received', 'due', 'returned', 'delivery', 'signed']

/** What each text of the register may name. */
export const REGISTER_NAMES: Readonly<Record<string, readonly string[]>> = {
  placeDate: ['place', 'day'], period: ['from', 'to'], filter: ['state'], 'footer.form': ['templateVersion'], 'footer.page': ['page', 'pages'],
}

/** Mẫu 07 (Thông tư 03/2025/TT-VPCP, Phụ lục I) as data: words only, its table is a report's. */
export const RegisterTemplate = z.strictObject({
  formId: z.literal('mau-07'), version: z.number().int().min(1), edition: z.number().int().min(1).optional(),
  effectiveFrom: z.iso.date(), effectiveFromBasis: z.string(), legalBasis: Text, confidence: z.enum(['V', 'S', 'C', 'G']), doubts: z.array(z.string()).optional(),
  nation: Text, motto: Text, placeDate: pattern('place', 'day'), titleLines: z.array(Text).min(1).max(3), documentTitle: Text,
  period: pattern('from', 'to'), filter: pattern('state'),
  groups: z.strictObject({ handing: Text }),
  columns: z.strictObject(Object.fromEntries(REGISTER_COLUMNS.map((column) => [column, Text])) as Record<RegisterColumn, typeof Text>),
  none: Text,
  footer: z.strictObject({ form: pattern('templateVersion'), page: pattern('page', 'pages') }),
})
export type RegisterTemplate = z.infer<typeof RegisterTemplate>

export type RegisterCaptions = Readonly<{ title: string; columns: Readonly<Record<RegisterColumn, string>>; handing: string; period: string; filter: string; none: string; version: string; confidence: RegisterTemplate['confidence'] }>

/** The captions of Mẫu 07. `period` holds {from} and {to}, `filter` {state}. @throws AppError IN-001 naming the field that is wrong */
export function registerCaptions(template: unknown): RegisterCaptions {
  const parsed = RegisterTemplate.safeParse(template)
  if (!parsed.success) throw new AppError('IN-001', { field: `mau-07: ${parsed.error.issues[0]?.path.join('.') ?? ''}` }, { cause: parsed.error })
  const { titleLines, columns, groups, period, filter, none, version, edition, confidence } = parsed.data
  return { title: titleLines.join(' '), columns, handing: groups.handing, period, filter, none, version: edition === undefined ? String(version) : `${String(version)}.${String(edition)}`, confidence }
}

const WIDTHS: Readonly<Record<RegisterColumn, string>> = {
  index: '4%', code: '15%', procedure: '12%', sets: '4%', applicant: '9%', contact: '11%', office: '8%', received: '7%', due: '7%', returned: '7%', delivery: '7%', signed: '4%', note: '5%',
}

/** A page of the register in the engine of the forms: to look at a wording, not to keep the book. */
export function registerForm({ columns, groups, period, none, ...template }: RegisterTemplate): FormTemplate {
  return {
    formId: template.formId, version: template.version, ...(template.edition !== undefined && { edition: template.edition }), effectiveFrom: template.effectiveFrom, effectiveFromBasis: template.effectiveFromBasis,
    legalBasis: template.legalBasis, confidence: template.confidence, head: 'letter', orientation: 'landscape', nation: template.nation, motto: template.motto, placeDate: template.placeDate,
    titleLines: template.titleLines, subtitle: period, documentTitle: template.documentTitle, marks: { practice: 'BẢN THỰC HÀNH' },
    blocks: [{
      kind: 'table', list: 'rows', none, dense: true,
      columns: REGISTER_COLUMNS.map((column) => ({
        caption: columns[column], value: `{${column}}`, width: WIDTHS[column], align: column === 'index' || column === 'sets' ? 'center' : 'left', ...(HANDING_COLUMNS.includes(column) && { group: groups.handing }),
      })),
    }],
    signatures: [], notes: [], footer: template.footer,
  }
}
