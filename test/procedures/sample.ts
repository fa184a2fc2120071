import { readFileSync } from 'node:fs'
import { Catalogue, type Procedure } from '@contract/procedures'

export const rawCatalogue: unknown = JSON.parse(readFileSync('resources/procedures/catalogue.json', 'utf8'))
export const catalogue = Catalogue.parse(rawCatalogue)

export function procedureOf(code: string): Procedure {
  const found = catalogue.procedures.find((procedure) => procedure.code === code)
  if (found === undefined) throw new Error(`no procedure ${code} in the catalogue`)
  return found
}
