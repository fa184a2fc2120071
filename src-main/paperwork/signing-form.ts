import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import { AppError } from '@contract/errors'
import { FormTemplate, inForce, vocabularyIssues } from './form-template'
import type { SigningPaperKind } from './signing-paper-data'
import { FLAGS, LISTS, NAMES } from './signing-values'

/** File names of the forms: `resources/forms/<id>.v<version>.json`. */
export const FORM_IDS = {
  agreement: 'ck-thoa-thuan', handover: 'ck-ban-giao', leaflet: 'ck-to-roi', slip: 'ck-phieu-hen', 'daily-list': 'ck-danh-sach', declaration: 'ck-ke-khai',
} as const satisfies Record<SigningPaperKind, string>

const kindOf = (formId: string): SigningPaperKind | undefined =>
  (Object.keys(FORM_IDS) as SigningPaperKind[]).find((kind) => FORM_IDS[kind] === formId)

/** A printed form of signing as data. */
export const SigningForm = FormTemplate.extend({ formId: z.enum(Object.values(FORM_IDS)) }).superRefine((form, context) => {
  const kind = kindOf(form.formId)
  if (!kind) return
  for (const issue of vocabularyIssues(form, { names: NAMES[kind], lists: LISTS[kind], flags: FLAGS[kind] })) context.addIssue({ code: 'custom', ...issue })
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
  const latest = inForce(forms.filter((form) => form.formId === FORM_IDS[kind]), date)
  if (!latest) throw new AppError('IN-001', { field: FORM_IDS[kind] })
  return latest
}
