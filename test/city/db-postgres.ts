import pg from 'pg'
import type { Db, Param, Sql } from './db'

interface Runner {
  query(text: string, values?: unknown[]): Promise<{ rows: unknown[] }>
}

function wrap(runner: Runner): Sql {
  return {
    async all(row, text, params: readonly Param[] = []) {
      const result = await runner.query(text, [...params])
      return result.rows.map((found) => row.parse(found))
    },
    async script(text) {
      await runner.query(text)
    },
  }
}

async function inTransaction<T>(client: pg.PoolClient, act: (tx: Sql) => Promise<T>): Promise<T> {
  await client.query('begin')
  try {
    const result = await act(wrap(client))
    await client.query('commit')
    return result
  } catch (error) {
    await client.query('rollback')
    throw error
  }
}

/** A real PostgreSQL server (15 or newer) at `url`, by a pool of connections. */
export async function openPostgres(url: string): Promise<Db> {
  const pool = new pg.Pool({ connectionString: url, max: 10 })
  // An idle connection that the server closes is replaced by the pool at the next query.
  pool.on('error', () => undefined)
  await pool.query('select 1')
  return {
    kind: 'postgresql',
    ...wrap(pool),
    async transaction(act) {
      const client = await pool.connect()
      try {
        return await inTransaction(client, act)
      } finally {
        client.release()
      }
    },
    close: () => pool.end(),
  }
}
