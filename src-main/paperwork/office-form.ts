import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import { AppError } from '@contract/errors'
import { Instant } from '@contract/ids'
import { ActFormCode } from '@contract/office-forms'
import { type GlyphWarning, Paper } from '@contract/receipt'
import { FormTemplate, inForce, vocabularyIssues } from './form-template'
import { OFFICE_VOCABULARY } from './office-values'

/** A form of Thông tư 03/2025/TT-VPCP that an act issues (Mẫu 02–06), as data. */
export const OfficeTemplate = FormTemplate.extend({ formId: ActFormCode }).superRefine((form, context) => {
  for (const issue of vocabularyIssues(form, OFFICE_VOCABULARY[form.formId])) context.addIssue({ code: 'custom', ...issue })
})
export type OfficeTemplate = z.infer<typeof OfficeTemplate>

/** `template`: the wording to print in; the official one in force on the day of the act where it is left out. `reprint.count` begins at 1. */
export const OfficeFormOptions = z.object({
  paper: Paper, practice: z.boolean(), reprint: z.object({ at: Instant, by: z.string().min(1).max(200), count: z.number().int().min(1) }).nullable(), template: z.unknown().optional(),
})
export type OfficeFormOptions = z.input<typeof OfficeFormOptions>
export type OfficePaper = Readonly<{ pdf: Uint8Array<ArrayBuffer>; pages: number; warnings: GlyphWarning[] }>

/** Checks a wording. @throws AppError IN-001 naming the field that is wrong, after `source` */
export function parseOfficeTemplate(source: string, input: unknown): OfficeTemplate {
  const parsed = OfficeTemplate.safeParse(input)
  if (parsed.success) return parsed.data
  throw new AppError('IN-001', { field: `${source}: ${parsed.error.issues[0]?.path.join('.') ?? ''}` }, { cause: parsed.error })
}

/** Reads every version of Mẫu 02–06 in `<resources>/forms`. @throws AppError IN-001 naming the file and field that is wrong */
export async function loadOfficeTemplates(resourcesFolder: string): Promise<OfficeTemplate[]> {
  const folder = join(resourcesFolder, 'forms')
  const files = (await readdir(folder)).filter((name) => /^mau-0[2-6]\.v\d+\.json$/.test(name))
  return Promise.all(files.map(async (name) => parseOfficeTemplate(name, JSON.parse(await readFile(join(folder, name), 'utf8')))))
}

/** The official form in force on a civil date. @throws AppError IN-001 if there is none */
export function officeTemplateFor(templates: readonly OfficeTemplate[], form: ActFormCode, date: string): OfficeTemplate {
  const latest = inForce(templates.filter(({ formId }) => formId === form), date)
  if (!latest) throw new AppError('IN-001', { field: form })
  return latest
}
