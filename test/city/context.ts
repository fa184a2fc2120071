import type { RuleBook } from './ca/rules'
import type { Db } from './db'
import type { Faults } from './faults'
import type { CityClock } from './clock'

/** What every part of the city works with. */
export interface Context {
  readonly db: Db
  readonly clock: CityClock
  readonly faults: Faults
  /** How the CA for demonstrations behaves. */
  readonly caRules: RuleBook
  /** Signs and checks access tokens; kept in the database so that tokens outlive a restart. */
  readonly tokenSecret: Uint8Array
  /** Folder of the stored documents and of unfinished uploads. */
  readonly folder: string
  /** `http://127.0.0.1:port`, known once the server listens. */
  publicUrl(): string
  knowsProcedure(code: string): boolean
}

/** The counter that an access token speaks for. */
export interface Caller {
  readonly clientId: string
  readonly agency: string
  readonly counter: string
}
