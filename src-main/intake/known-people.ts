import type { KnownPerson } from '@contract/draft'
import type { DossierId, Instant } from '@contract/ids'
import type { Reader, RowView } from '../storage'
import { DossierBody } from './body'
import { matchesFor } from './search'
import { stateOf } from './dossier-rows'

type Found = Readonly<{ id: DossierId; code: string; receivedAt: Instant; state: number; body: DossierBody }>

const toFound = (row: RowView): Found => ({
  id: row.text<DossierId>('id'), code: row.text('code'), receivedAt: row.text<Instant>('received_at'), state: stateOf(row.integer('state')), body: row.json('body', DossierBody),
})

/** Dossiers looked through for one answer: enough to group the people of a common name. */
const LOOK_THROUGH = 60

/** People of earlier dossiers by name, number or phone, each once, with what they brought before. Newest first. */
export function knownPeople(reader: Reader, query: string, limit: number): KnownPerson[] {
  const people = new Map<string, { person: KnownPerson['person']; lastSeenAt: Instant; dossiers: KnownPerson['dossiers'] }>()
  for (const match of matchesFor(query)) {
    const found = reader.all(
      `SELECT d.id, d.code, d.received_at, d.state, d.body FROM (SELECT rowid FROM dossier_search WHERE dossier_search MATCH ? ORDER BY rowid DESC LIMIT ?) f
       JOIN dossier d ON d.rowid = f.rowid ORDER BY d.rowid DESC`, [match, LOOK_THROUGH], toFound)
    for (const { id, code, receivedAt, state, body } of found) {
      const key = body.applicant.idNumber ?? `${body.applicant.fullName}|${body.applicant.birthDate ?? ''}`
      const known = people.get(key) ?? { person: body.applicant, lastSeenAt: receivedAt, dossiers: [] }
      if (known.dossiers.every((dossier) => dossier.id !== id)) known.dossiers.push({ id, code, procedureName: body.procedureName, receivedAt, state })
      people.set(key, known)
    }
  }
  return [...people.values()].slice(0, limit).map((known) => ({ ...known, dossiers: known.dossiers.slice(0, 10) }))
}
