import { existsSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { z } from 'zod'

const MIGRATIONS = join('test', 'city', 'migrations')

/** The project's root, whether this runs from source or bundled somewhere below it. */
export function projectRoot(start: string = import.meta.dirname): string {
  for (let at = start; at !== dirname(at); at = dirname(at)) {
    if (existsSync(join(at, MIGRATIONS))) return at
  }
  return process.cwd()
}

/** The folder of the city's numbered SQL files. */
export function migrationsFolder(): string {
  return join(projectRoot(), MIGRATIONS)
}

const CatalogueFile = z.object({ procedures: z.array(z.object({ code: z.string() })) })
const NATIONAL_CODE = /^\d\.\d{6}/

/** Says whether the city knows a procedure: by the catalogue when there is one, else by the shape of a national code. */
export function knownProcedures(): (code: string) => boolean {
  const path = join(projectRoot(), 'resources', 'procedures', 'catalogue.json')
  if (!existsSync(path)) return (code) => NATIONAL_CODE.test(code)
  const codes = new Set(CatalogueFile.parse(JSON.parse(readFileSync(path, 'utf8'))).procedures.map((procedure) => procedure.code))
  return (code) => codes.has(code)
}
