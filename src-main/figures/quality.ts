import { addDays, fromCivil } from '@contract/civil-time'
import type { Quality, Share } from '@contract/figures'
import type { Params, Reader } from '../storage'
import { isOnTime, type StateAt } from './on-time'

/** A share of nothing is unknown, not zero. */
export const shareOf = (part: number, whole: number): Share => ({ part, whole, share: whole === 0 ? null : part / whole })

type Judged = Readonly<{ onTime: Share; notJudged: number }>

/** Judges every dossier received in the period. */
function timeliness(reader: Reader, period: Params, periodEnd: number): Judged {
  const states = new Map<string, StateAt[]>()
  const rows = reader.all(
    `SELECT e.dossier_id, e.state, e.at FROM dossier_event e JOIN dossier d ON d.id = e.dossier_id
     WHERE e.kind = 'state' AND d.received_at >= ? AND d.received_at < ? ORDER BY e.dossier_id, e.at, e.sequence`, period,
    (row) => ({ id: row.text('dossier_id'), state: row.integer('state'), at: Date.parse(row.text('at')) }))
  for (const { id, state, at } of rows) {
    const known = states.get(id)
    if (known) known.push({ state, at })
    else states.set(id, [{ state, at }])
  }
  const due = reader.all('SELECT id, due_at FROM dossier WHERE received_at >= ? AND received_at < ?', period, (row) => ({ id: row.text('id'), dueAt: row.textOrNull('due_at') }))
  const verdicts = due.map(({ id, dueAt }) => isOnTime(states.get(id) ?? [], dueAt === null ? null : Date.parse(dueAt), periodEnd))
  const judged = verdicts.filter((verdict) => verdict !== null)
  return { onTime: shareOf(judged.filter(Boolean).length, judged.length), notJudged: verdicts.length - judged.length }
}

export type DossierQuality = Omit<Quality, 'feedback' | 'satisfaction'>

/**
 * Indicators of the national score that dossiers alone decide, over those received from `from` to `to` (civil dates, both included).
 * `digitised` counts a file in the components; result files are not kept here yet. `cardRead`: the person came from the chip.
 */
export function qualityOf(reader: Reader, from: string, to: string, now: Date): DossierQuality {
  const [begin, end] = [fromCivil(from, 0), fromCivil(addDays(to, 1), 0)]
  const period: Params = [begin.toISOString(), end.toISOString()]
  const count = (and: string): number => reader.get(`SELECT count(*) AS n FROM dossier d WHERE d.received_at >= ? AND d.received_at < ? ${and}`, period, (row) => row.integer('n')) ?? 0
  const all = count('')
  return {
    from, to, ...timeliness(reader, period, Math.min(end.getTime(), now.getTime())),
    synchronised: shareOf(count("AND EXISTS (SELECT 1 FROM submission s WHERE s.dossier_id = d.id AND s.state = 'received')"), all),
    digitised: shareOf(count('AND EXISTS (SELECT 1 FROM dossier_document x WHERE x.dossier_id = d.id)'), all),
    reused: shareOf(count("AND EXISTS (SELECT 1 FROM json_each(d.body, '$.components') c WHERE c.value ->> 'mark' = 'reused')"), all),
    cardRead: shareOf(count('AND EXISTS (SELECT 1 FROM identity_check i WHERE i.draft_id = d.draft_id)'), all),
  }
}
