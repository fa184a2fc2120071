import type { Reader, Store, WriteTx } from '../storage'
import { Body, type Change, type Entry, type QueueLog, type StoredLine } from './log'
import { fold } from './state'
import type { Shown } from './view'
import type { LineId, Ticket, TicketId } from './words'

const COLUMNS = 'id, founder, prefix, generation, born, day, founded_at, term, voted_for, agreed, kept_at'

function entriesOf(read: Reader, line: LineId): readonly Entry[] {
  return read.all('SELECT position, term, stamp, body FROM queue_entry WHERE line_id = ? ORDER BY position', [line], (row) => ({
    index: row.integer('position'), term: row.integer('term'), stamp: row.integer('stamp'), body: row.json('body', Body),
  }))
}

function load(read: Reader, since: string): readonly StoredLine[] {
  const lines = read.all(`SELECT ${COLUMNS} FROM queue_line WHERE day >= ? ORDER BY id`, [since], (row) => ({
    meta: {
      id: row.text('id'), founder: row.text('founder'), prefix: row.text('prefix'), generation: row.integer('generation'), born: row.integer('born'),
      day: row.text('day'), foundedAt: row.integer('founded_at'),
    },
    term: row.integer('term'), votedFor: row.textOrNull('voted_for'), commit: row.integer('agreed'), keptAt: row.integer('kept_at'),
  }))
  return lines.map((line) => ({ ...line, entries: entriesOf(read, line.meta.id) }))
}

function save(tx: WriteTx, { meta, term, votedFor, commit, from, entries }: Change, wall: number): void {
  const { id, founder, prefix, generation, born, day, foundedAt } = meta
  tx.run(
    `INSERT INTO queue_line (${COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, 0, ?)
     ON CONFLICT (id) DO UPDATE SET term = excluded.term, voted_for = excluded.voted_for, kept_at = iif(?, excluded.kept_at, kept_at)`,
    [id, founder, prefix, generation, born, day, foundedAt, term, votedFor, wall, from === null ? 0 : 1],
  )
  if (from !== null) tx.run('DELETE FROM queue_entry WHERE line_id = ? AND position >= ?', [id, from])
  for (const { index, term: of, stamp, body } of entries) {
    tx.run('INSERT INTO queue_entry (line_id, position, term, stamp, body) VALUES (?, ?, ?, ?, ?)', [id, index, of, stamp, JSON.stringify(body)])
  }
  tx.run('UPDATE queue_line SET agreed = ? WHERE id = ? AND agreed <> ?', [commit, id, commit])
}

/**
 * The numbers of a day as this node knows them, agreed ones only; for the reports. A number that went from one line to another is told by
 * the one that has it now.
 */
export function storedDay(read: Reader, day: string): readonly Pick<Shown, 'ticket' | 'givenAt'>[] {
  const lines = read.all(`SELECT id, founded_at, agreed FROM queue_line WHERE day = ? ORDER BY born, id`, [day], (row) => ({
    id: row.text('id'), foundedAt: row.integer('founded_at'), agreed: row.integer('agreed'),
  }))
  const tickets = new Map<TicketId, Pick<Shown, 'ticket' | 'givenAt'>>()
  for (const { id, foundedAt, agreed } of lines) {
    for (const ticket of stateOf(read, id, agreed)) {
      const known = tickets.get(ticket.id)
      if (!known || known.ticket.moved !== null || (ticket.moved === null && ticket.byHand)) tickets.set(ticket.id, { ticket, givenAt: foundedAt + ticket.givenAt })
    }
  }
  return [...tickets.values()]
}

function stateOf(read: Reader, line: LineId, agreed: number): Iterable<Ticket> {
  const events = entriesOf(read, line).filter(({ index }) => index <= agreed)
    .flatMap(({ body, stamp }) => (body.kind === 'event' ? [{ event: body.event, stamp }] : []))
  return fold(events).tickets.values()
}

/**
 * Keeps the lines in the program's database, one transaction a saving.
 * @param since civil date; lines founded on an earlier day are left for the reports
 */
export function createStoreLog(store: Store, since: string): QueueLog {
  return {
    load: () => load(store.read, since),
    save: (changes, wall) => store.write((tx) => {
      for (const change of changes) save(tx, change, wall)
    }),
  }
}
