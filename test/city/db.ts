import { createHash } from 'node:crypto'
import { readFile, readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'

export type Param = string | number | boolean | null | Uint8Array | readonly string[]

/** Anything that can run a statement: the database itself or a transaction in it. */
export interface Sql {
  /** Runs one statement with `$1…` parameters and checks every row that comes back. */
  all<T>(row: z.ZodType<T>, text: string, params?: readonly Param[]): Promise<T[]>
  /** Runs a script of several statements without parameters. */
  script(text: string): Promise<void>
}

/** The city's database. Two implementations, the same SQL: PGlite (embedded) and PostgreSQL (a server). */
export interface Db extends Sql {
  readonly kind: 'pglite' | 'postgresql'
  /** Runs `act` in one transaction; a throw rolls back. Inside it use only `tx`: PGlite has a single connection. */
  transaction<T>(act: (tx: Sql) => Promise<T>): Promise<T>
  close(): Promise<void>
}

/** A row that nobody looks at. */
export const Nothing = z.looseObject({})
/** int8 arrives as text from one driver and as number from the other. */
export const Big = z.coerce.number().int()

/** The first row, or undefined. */
export async function first<T>(sql: Sql, row: z.ZodType<T>, text: string, params: readonly Param[] = []): Promise<T | undefined> {
  return (await sql.all(row, text, params))[0]
}

/** The only row; a statement that promises one and gives none is a defect. */
export async function only<T>(sql: Sql, row: z.ZodType<T>, text: string, params: readonly Param[] = []): Promise<T> {
  const found = await first(sql, row, text, params)
  if (found === undefined) throw new Error(`no row from: ${text}`)
  return found
}

/** Runs a statement for its effect and says how many rows it returned (use with `returning`). */
export async function run(sql: Sql, text: string, params: readonly Param[] = []): Promise<number> {
  return (await sql.all(Nothing, text, params)).length
}

const MIGRATION_LOCK = 29_900_001

/** Applies the numbered files of `folder` that the database has not seen; refuses a file that changed since it was applied. */
export async function migrate(db: Db, folder: string): Promise<void> {
  const names = (await readdir(folder)).filter((name) => /^\d{4}_[a-z_]+\.sql$/.test(name)).sort()
  await db.transaction(async (tx) => {
    await tx.all(Nothing, 'select pg_advisory_xact_lock($1)', [MIGRATION_LOCK])
    await tx.script('create table if not exists migrations (name text primary key, sha256 text not null)')
    for (const name of names) await applyOnce(tx, name, await readFile(join(folder, name), 'utf8'))
  })
}

async function applyOnce(tx: Sql, name: string, text: string): Promise<void> {
  const sha256 = createHash('sha256').update(text).digest('hex')
  const seen = await first(tx, z.object({ sha256: z.string() }), 'select sha256 from migrations where name = $1', [name])
  if (seen?.sha256 === sha256) return
  if (seen) throw new Error(`migration ${name} was changed after it had been applied`)
  await tx.script(text)
  await tx.all(Nothing, 'insert into migrations (name, sha256) values ($1, $2)', [name, sha256])
}
