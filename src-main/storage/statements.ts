import type { Statement } from 'better-sqlite3'
import type { Connection } from './connection'
import { storageFailure } from './failures'
import { type Params, rowCursor, type RowMapper } from './rows'
import type { Log } from './ports'

declare const readBrand: unique symbol
declare const writeBrand: unique symbol

/** Reads. Inside `write` it sees what that transaction has written so far. */
export interface Reader {
  readonly [readBrand]: true
  get<T>(sql: string, params: Params, map: RowMapper<T>): T | undefined
  all<T>(sql: string, params: Params, map: RowMapper<T>): T[]
}

export interface RunResult {
  readonly changes: number
  readonly lastRowId: number
}

/** A running write transaction; of no use after it. Only it changes rows. */
export interface WriteTx extends Reader {
  readonly [writeBrand]: true
  run(sql: string, params?: Params): RunResult
}

/** Statements that take longer are told to the log by their text, which holds no values. */
export const SLOW_MS = 40
const CACHED_STATEMENTS = 400

export interface Statements {
  get<T>(sql: string, params: Params, map: RowMapper<T>): T | undefined
  all<T>(sql: string, params: Params, map: RowMapper<T>): T[]
  run(sql: string, params?: Params): RunResult
}

function statementCache(db: Connection): (sql: string) => Statement<[Params]> {
  const cache = new Map<string, Statement<[Params]>>()
  return (sql) => {
    const known = cache.get(sql)
    if (known) return known
    const statement = db.prepare<[Params]>(sql)
    const oldest = cache.size >= CACHED_STATEMENTS ? cache.keys().next() : undefined
    if (oldest?.done === false) cache.delete(oldest.value)
    cache.set(sql, statement)
    return statement
  }
}

/**
 * Prepared-statement access to one connection, with a cache by SQL text; failures of disk and file get their names.
 * The reader refuses a statement that writes: that would be a change outside a transaction and without its audit entry.
 */
export function statements(db: Connection, log: Log): { readonly reader: Reader; readonly writer: Statements } {
  const prepare = statementCache(db)
  const timed = <T>(sql: string, work: (statement: Statement<[Params]>) => T): T => {
    const begun = performance.now()
    try {
      return work(prepare(sql))
    } catch (error) {
      throw storageFailure(error) ?? error
    } finally {
      const ms = Math.round(performance.now() - begun)
      if (ms > SLOW_MS) log('storage.slow-statement', { ms, sql })
    }
  }
  const reads = (mayWrite: boolean): Pick<Statements, 'get' | 'all'> => {
    const checked = (statement: Statement<[Params]>): Statement<[Params]> => {
      if (!mayWrite && !statement.readonly) throw new Error('a reader does not write')
      return statement
    }
    return {
      get: (sql, params, map) =>
        timed(sql, (statement) => {
          const row: unknown = checked(statement).get(params)
          return row === undefined ? undefined : map(rowCursor().point(row))
        }),
      all: (sql, params, map) =>
        timed(sql, (statement) => {
          const cursor = rowCursor()
          return checked(statement).all(params).map((row) => map(cursor.point(row)))
        }),
    }
  }
  const run: Statements['run'] = (sql, params = []) =>
    timed(sql, (statement) => {
      const { changes, lastInsertRowid } = statement.run(params)
      return { changes, lastRowId: Number(lastInsertRowid) }
    })
  return { reader: reads(false) as Reader, writer: { ...reads(true), run } }
}

/** The brand is a name for the compiler only; it is given here and to the reader above. */
export const asWriteTx = (access: Statements): WriteTx => access as WriteTx
