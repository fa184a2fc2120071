import { PGlite, type Transaction } from '@electric-sql/pglite'
import { btree_gist } from '@electric-sql/pglite/contrib/btree_gist'
import type { Db, Param, Sql } from './db'

type Runner = Pick<Transaction, 'query' | 'exec'>

function wrap(runner: Runner): Sql {
  return {
    async all(row, text, params: readonly Param[] = []) {
      const result = await runner.query(text, [...params])
      return result.rows.map((found) => row.parse(found))
    },
    async script(text) {
      await runner.exec(text)
    },
  }
}

/** PostgreSQL compiled to WebAssembly inside this process: in memory, or kept in `folder`. One connection: transactions queue. */
export async function openPglite(folder?: string): Promise<Db> {
  const db = await PGlite.create({ ...(folder === undefined ? {} : { dataDir: folder }), extensions: { btree_gist } })
  return {
    kind: 'pglite',
    ...wrap(db),
    transaction: (act) => db.transaction((tx) => act(wrap(tx))),
    close: () => db.close(),
  }
}
