import type { Reader, RowMapper } from '../../storage'

const PAGE = 1_000

/**
 * A list in the order of `at` and `rowid`, a page at a time, so that its length costs no memory.
 * `sql` gives rows with the columns `at` (an instant or another text, never null) and `rowid` among others.
 */
export function* pages<T>(reader: Reader, sql: string, params: Readonly<Record<string, string | number>>, read: RowMapper<T>): Generator<T> {
  let [at, rowid] = ['', 0]
  for (;;) {
    const rows = reader.all(`SELECT * FROM (${sql}) WHERE (at, rowid) > (:after, :afterRow) ORDER BY at, rowid LIMIT ${PAGE}`, { ...params, after: at, afterRow: rowid },
      (row) => ({ at: row.text('at'), rowid: row.integer('rowid'), item: read(row) }))
    for (const { item } of rows) yield item
    const last = rows.at(-1)
    if (!last || rows.length < PAGE) return
    ;({ at, rowid } = last)
  }
}

/** How many rows such a list has. */
export const countOf = (reader: Reader, sql: string, params: Readonly<Record<string, string | number>>): number =>
  reader.get(`SELECT count(*) AS n FROM (${sql})`, params, (row) => row.integer('n')) ?? 0
