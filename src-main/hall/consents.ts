import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import { canonicalJson } from '../audit'

const both = (max: number) => z.strictObject({ vi: z.string().min(1).max(max), en: z.string().min(1).max(max) })

/** A sheet that citizens agree to. A version once shown never changes: a new wording is a new version, in a file of its own. */
export const ConsentSheet = z.strictObject({
  code: z.string().regex(/^[a-z0-9]+(?:-[a-z0-9]+)*$/).max(60),
  version: z.number().int().min(1),
  effectiveFrom: z.iso.date(),
  title: both(200),
  paragraphs: z.array(both(1200)).min(1).max(12),
  /** Whether a signature is asked for. */
  sign: z.boolean(),
  /** The law behind it, for whoever checks the wording. */
  source: z.array(z.string().min(1).max(300)).min(1),
})
export type ConsentSheet = z.infer<typeof ConsentSheet>

/** Reads every sheet of `<resources>/consents`. @throws what a sheet of a wrong form throws: it ships with the program */
export function readConsentSheets(resourcesFolder: string): ConsentSheet[] {
  const folder = join(resourcesFolder, 'consents')
  return readdirSync(folder).filter((name) => name.endsWith('.json')).map((name) => ConsentSheet.parse(JSON.parse(readFileSync(join(folder, name), 'utf8'))))
}

/** The version of a sheet in force on a civil date; undefined where there is none. */
export function sheetInForce(sheets: readonly ConsentSheet[], code: string, date: string): ConsentSheet | undefined {
  return sheets.filter((sheet) => sheet.code === code && sheet.effectiveFrom <= date).sort((left, right) => right.version - left.version)[0]
}

/** SHA-256 of the very words that are shown, in both languages. */
export function digestOfSheet({ title, paragraphs }: ConsentSheet): string {
  return createHash('sha256').update(canonicalJson({ title, paragraphs })).digest('hex')
}
