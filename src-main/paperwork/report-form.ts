import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import { AppError } from '@contract/errors'
import { ReportKind } from '@contract/reports'
import { namesIn } from './placeholders'

const Text = z.string().trim().min(1).max(300)
const Signature = z.strictObject({ title: Text.optional(), hint: Text })

/** A pattern that may use these names only. */
const pattern = (...names: string[]) => Text.refine((text) => namesIn(text).every((name) => names.includes(name)), { error: 'unknown placeholder' })

/** The words around a report as data: the table itself brings its own captions. Layout follows Nghị định 30/2020, Phụ lục I. */
export const ReportForm = z.strictObject({
  formId: z.literal('bao-cao'), version: z.number().int().min(1), effectiveFrom: z.iso.date(), effectiveFromBasis: Text, legalBasis: Text, confidence: z.enum(['V', 'S', 'G']),
  nation: Text, motto: Text, placeDate: pattern('place', 'day'), reporter: pattern('unitName'), recipient: pattern('recipient'), unit: pattern('unit'),
  none: z.strictObject({ usual: Text }).and(z.partialRecord(ReportKind.or(z.literal('usual')), Text)),
  /** Said of a sum that does not come out: `checks` by its code, with its figures as names; `other` for a code that is not there. */
  unbalanced: pattern('check'), checks: z.strictObject({ other: pattern('code') }).and(z.record(z.string(), Text)),
  signatures: z.strictObject({ preparer: Signature.required(), leader: Signature }),
  code: Text,
  footer: z.strictObject({ form: pattern('form', 'templateVersion', 'moment'), seal: pattern('seal'), page: pattern('page', 'pages') }),
  forms: z.record(ReportKind, Text),
  marks: z.strictObject({ practice: Text }),
})
export type ReportForm = z.infer<typeof ReportForm>

function parseForm(name: string, text: string): ReportForm {
  const parsed = ReportForm.safeParse(JSON.parse(text))
  if (parsed.success) return parsed.data
  const issue = parsed.error.issues[0]
  throw new AppError('IN-001', { field: `${name}: ${issue?.path.join('.') ?? ''}` }, { cause: parsed.error })
}

/** Reads every version of the words around a report. @throws AppError IN-001 naming the file and field that is wrong */
export async function loadReportForms(resourcesFolder: string): Promise<ReportForm[]> {
  const folder = join(resourcesFolder, 'forms')
  const files = (await readdir(folder)).filter((name) => /^bao-cao\.v\d+\.json$/.test(name))
  return Promise.all(files.map(async (name) => parseForm(name, await readFile(join(folder, name), 'utf8'))))
}

/** The words in force on a civil date. @throws AppError IN-001 if there are none */
export function reportFormFor(forms: readonly ReportForm[], date: string): ReportForm {
  const [latest] = forms.filter((form) => form.effectiveFrom <= date).sort((a, b) => b.effectiveFrom.localeCompare(a.effectiveFrom) || b.version - a.version)
  if (!latest) throw new AppError('IN-001', { field: 'bao-cao' })
  return latest
}
