import { z } from 'zod'
import { FormChange } from '@contract/forms'
import type { FormCode } from '@contract/office-forms'
import type { Reader } from '../storage'
import type { Official } from './wording-model'

/** A row of `form_template`. `body` and `change` null: back to the official text. */
export type OwnWording = Readonly<{ edition: number; effectiveFrom: string; officialVersion: number; body: unknown; change: FormChange | null; at: string; by: string }>

const Kept = z.string().transform((text) => JSON.parse(text) as unknown)

/** The ward's wordings of a form in the order in which they begin; of those of one day the last that was kept is last. */
export function readWordings(reader: Reader, form: FormCode): OwnWording[] {
  return reader.all(
    `SELECT t.edition, t.effective_from, t.official_version, t.body, t.change, t.at, a.full_name AS by
     FROM form_template t JOIN account a ON a.id = t.by WHERE t.form = ? ORDER BY t.effective_from, t.edition`, [form],
    (row) => {
      const [body, change] = [row.textOrNull('body'), row.textOrNull('change')]
      return {
        edition: row.integer('edition'), effectiveFrom: row.text('effective_from'), officialVersion: row.integer('official_version'),
        body: body === null ? null : Kept.parse(body), change: change === null ? null : FormChange.parse(JSON.parse(change)), at: row.text('at'), by: row.text('by'),
      }
    })
}

/** The ward's wording that holds on a day; null where the official one does: a law that began later goes before an older wording. */
export function chosen(rows: readonly OwnWording[], official: Pick<Official, 'effectiveFrom'>, date: string): OwnWording | null {
  const last = rows.findLast(({ effectiveFrom }) => effectiveFrom <= date)
  return last !== undefined && last.body !== null && last.effectiveFrom >= official.effectiveFrom ? last : null
}

/** The ward's wording to show and go on editing: one that is to come before the one in force; null where it is the official one. */
export function latestOf(rows: readonly OwnWording[], official: Pick<Official, 'effectiveFrom' | 'version'>, date: string): OwnWording | null {
  const coming = rows.findLast(({ effectiveFrom }) => effectiveFrom > date)
  const own = coming === undefined || coming.body === null ? chosen(rows, official, date) : coming
  return own?.officialVersion === official.version ? own : null
}
