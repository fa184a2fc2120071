import type { DossierState } from '@contract/dossier'
import type { LiveEvent } from '@contract/calls-live'
import type { Audit } from '../audit'
import type { Reader, Store, WriteTx } from '../storage'
import type { Destination } from './destination'
import { noteStatusCursor } from './link'
import type { StatusItem, StatusesAnswer } from './wire'

export type InboxDeps = Readonly<{
  store: Store
  audit: Audit
  destination: Pick<Destination, 'statuses'>
  cityName: string
  changed(event: LiveEvent): void
}>

const PAGE = 200
/** States that end the clock; where 9 and 10 both come, the time of 9 counts (`domain.md` §4.1). */
const END_STATES: readonly number[] = [3, 7, 8, 9, 10]

const instant = (text: string): string => new Date(text).toISOString()

function isKnown(reader: Reader, item: StatusItem): boolean {
  const found = reader.get(
    "SELECT 1 AS hit FROM dossier_event WHERE dossier_id = ? AND kind = 'state' AND origin = 'city' AND state = ? AND at = ?",
    [item.dossierId, item.state, instant(item.at)], (row) => row.integer('hit'),
  )
  return found !== undefined
}

/**
 * True when an act at the counter changed the state after the city spoke: neither the version that tells of it nor a later one has reached
 * the city, or the first of them reached it (by the city's own clock) later than the status. Then the status is told in the timeline and no
 * more. A version that only repeats what the city said itself (a fee, an extension) is no such act, nor is the reception.
 */
function counterSpokeLater(reader: Reader, dossierId: string, at: string): boolean {
  const act = reader.get(
    "SELECT state, at FROM dossier_event WHERE dossier_id = ? AND kind = 'state' AND origin = 'counter' ORDER BY sequence DESC LIMIT 1", [dossierId],
    (row) => ({ state: row.integer('state'), at: row.text('at') }))
  if (act === undefined) return false
  const telling = reader.get(
    `SELECT s.version, (SELECT n.received_at FROM submission n WHERE n.dossier_id = s.dossier_id AND n.version >= s.version AND n.received_at IS NOT NULL ORDER BY n.version LIMIT 1) AS received_at
     FROM submission s WHERE s.dossier_id = ?
       AND EXISTS (SELECT 1 FROM json_each(CAST(s.payload AS TEXT), '$.dossier.timeline') t WHERE t.value ->> '$.state' = ? AND t.value ->> '$.at' = ?)
     ORDER BY s.version LIMIT 1`, [dossierId, act.state, act.at],
    (row) => ({ version: row.integer('version'), receivedAt: row.textOrNull('received_at') }))
  return telling !== undefined && telling.version > 1 && (telling.receivedAt === null || telling.receivedAt > at)
}

function moveDossier(tx: WriteTx, item: StatusItem, at: string): void {
  const ends = END_STATES.includes(item.state)
  tx.run('UPDATE dossier SET state = ?, finished_at = CASE WHEN ? = 1 THEN coalesce(finished_at, ?) END WHERE id = ?', [item.state, ends ? 1 : 0, at, item.dossierId])
}

/** Applies one status; reading it again changes nothing. Returns the dossier's code when it was new and is ours, else null. */
export function applyStatus(tx: WriteTx, item: StatusItem, deps: Pick<InboxDeps, 'audit' | 'cityName'>): string | null {
  const code = tx.get('SELECT code FROM dossier WHERE id = ?', [item.dossierId], (row) => row.text('code'))
  if (code === undefined || isKnown(tx, item)) return null
  const at = instant(item.at)
  const later = counterSpokeLater(tx, item.dossierId, at)
  // A city that was restored from a back-up counts some numbers twice; the status is kept all the same.
  const taken = tx.get('SELECT 1 AS hit FROM dossier_event WHERE city_sequence = ?', [item.sequence], (row) => row.integer('hit')) !== undefined
  tx.run(
    "INSERT INTO dossier_event (dossier_id, kind, state, at, by_name, origin, note, city_sequence) VALUES (?, 'state', ?, ?, ?, 'city', ?, ?)",
    [item.dossierId, item.state, at, item.by ?? deps.cityName, item.note ?? null, taken ? null : item.sequence],
  )
  if (!later) moveDossier(tx, item, at)
  deps.audit.append(tx, {
    actor: 'system', action: 'dossier.status-from-city', subject: { type: 'dossier', id: item.dossierId },
    detail: { state: item.state, sequence: item.sequence, applied: !later },
  })
  return code
}

const asState = (state: number): DossierState => state as DossierState

/** Reads the city's status feed from the cursor to its end. Statuses and cursor are kept in one transaction a page. */
export async function pullStatuses(deps: InboxDeps, cursor: number): Promise<void> {
  let at = cursor
  for (;;) {
    const page: StatusesAnswer = await deps.destination.statuses(at, PAGE)
    if (page.items.length === 0) return
    const applied = deps.store.write((tx) => {
      const hits = page.items.flatMap((item) => {
        const code = applyStatus(tx, item, deps)
        return code === null ? [] : [{ id: item.dossierId, code, state: asState(item.state) }]
      })
      noteStatusCursor(tx, page.next)
      return hits
    })
    for (const hit of applied) deps.changed({ kind: 'status-from-city', ...hit })
    if (page.items.length < PAGE || page.next <= at) return
    at = page.next
  }
}
