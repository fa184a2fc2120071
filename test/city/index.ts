import { randomUUID } from 'node:crypto'
import { mkdir, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { makeEnrolmentCode, tokenSecret } from './access'
import { buildApp, type Route } from './app'
import { createRuleBook } from './ca'
import { cityClock, systemClock, type Clock } from './clock'
import type { Context } from './context'
import { migrate, type Db } from './db'
import { openPglite } from './db-pglite'
import { openPostgres } from './db-postgres'
import { createFaults } from './faults'
import { openDocumentFiles } from './file-store'
import { knownProcedures, migrationsFolder } from './places'
import type { AccountIssuer } from './remote'

export { doors, type Doors } from './doors'
export type { Clock } from './clock'
export type { Db } from './db'
export type { Fault, FaultInput } from './faults'
export type { StoredSubmission } from './doors-messages'
export { SubmissionPayload } from './payload'

export interface CityOptions {
  /** 0 (default) takes a free port. */
  readonly port?: number
  /** A PostgreSQL server; without it PGlite runs inside this process. */
  readonly databaseUrl?: string
  /** Where database and documents are kept; without it nothing outlives `close()`. */
  readonly folder?: string
  /** Opens `/doors/…` for tests. */
  readonly doors?: boolean
  readonly clock?: Clock
  /** Issues the certificates of the remote signing service; without it the city's own CA does. */
  readonly issuer?: AccountIssuer
}

/** A running reference city on the loopback. */
export interface City {
  /** `http://127.0.0.1:port` */
  readonly url: string
  /** A code that no counter has used yet, for counter "Quầy 1" of H29.900. */
  readonly enrolmentCode: string
  readonly db: Db
  readonly routes: readonly Route[]
  /** Folder of the documents. */
  readonly folder: string
  close(): Promise<void>
}

async function openDb(options: CityOptions): Promise<Db> {
  const db = options.databaseUrl === undefined
    ? await openPglite(options.folder === undefined ? undefined : join(options.folder, 'database'))
    : await openPostgres(options.databaseUrl)
  await migrate(db, migrationsFolder())
  return db
}

async function seedCode(db: Db, now: Date): Promise<string> {
  const code = `MC-${randomUUID().slice(0, 8).toUpperCase()}`
  await makeEnrolmentCode(db, now, code, 'H29.900', 'Quầy 1')
  return code
}

/** Starts the reference city (`docs/city-protocol.md`). Throws when the port is taken or the database cannot be opened. */
export async function startCity(options: CityOptions = {}): Promise<City> {
  if (options.folder !== undefined) await mkdir(options.folder, { recursive: true })
  const folder = options.folder ?? (await mkdtemp(join(tmpdir(), 'mot-cua-city-')))
  const db = await openDb(options)
  const clock = cityClock(options.clock ?? systemClock)
  const files = await openDocumentFiles(folder)
  await files.tus.deleteExpired()
  let url = ''
  const context: Context = {
    db, clock, folder, faults: createFaults(), caRules: createRuleBook(), tokenSecret: await tokenSecret(db), knowsProcedure: knownProcedures(), publicUrl: () => url,
  }
  const { app, routes } = buildApp(context, files, { doors: options.doors === true, issuer: options.issuer })
  url = await app.listen({ host: '127.0.0.1', port: options.port ?? 0 })
  return {
    url, db, routes, folder, enrolmentCode: await seedCode(db, clock.now()),
    async close() {
      await app.close()
      await db.close()
      if (options.folder === undefined) await rm(folder, { recursive: true, force: true })
    },
  }
}
