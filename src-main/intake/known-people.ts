import type { KnownPerson } from '@contract/draft'
import { fold, withMarks, words } from '@contract/fold'
import type { DossierId, Instant } from '@contract/ids'
import type { Reader, RowView } from '../storage'
import { DossierBody } from './body'
import { matchesFor } from './search'
import { stateOf } from './dossier-rows'

type Found = Readonly<{ rowid: number; code: string; name: string; idNumber: string; phone: string }>

const toFound = (row: RowView): Found => ({
  rowid: row.integer('n'), code: row.text('code'), name: row.text('applicant_name'), idNumber: row.textOrNull('applicant_id_number') ?? '', phone: row.textOrNull('applicant_phone') ?? '',
})

/** Dossiers looked through for one answer: enough to get past those that match by the name of their procedure only. */
const LOOK_THROUGH = 400
/** Dossiers opened for one answer: enough to group the people of a common name. */
const OPENED = 60

const digitsOf = (text: string): string => text.replace(/\D/gu, '')

/** True when every word typed begins a word of the name or a number of the person: the index also holds what the dossier is about. */
function isAbout({ code, name, idNumber, phone }: Found, query: string): boolean {
  const numbers = [digitsOf(code), code.split('-').at(-1) ?? '', idNumber, idNumber.slice(-9), digitsOf(phone), digitsOf(phone).replace(/^84/u, '0')]
  const number = digitsOf(query)
  if (number.length >= 3 && numbers.some((known) => known.startsWith(number) || known.endsWith(number) || known.startsWith(number.replace(/^84/u, '0')))) return true
  const [typed, own] = [words(fold(query)), words(fold(name))]
  if (typed.length === 1 && own.map((word) => word[0]).join('') === typed[0]) return true
  return typed.every((word) => own.some((known) => known.startsWith(word)))
}

/** People of earlier dossiers by name, number or phone, each once, with what they brought before. Newest first. */
export function knownPeople(reader: Reader, query: string, limit: number): KnownPerson[] {
  const people = new Map<string, { person: KnownPerson['person']; lastSeenAt: Instant; dossiers: KnownPerson['dossiers'] }>()
  for (const match of matchesFor(query)) {
    const found = reader.all(
      `SELECT d.rowid AS n, d.code, d.applicant_name, d.applicant_id_number, d.applicant_phone FROM (SELECT rowid FROM dossier_search WHERE dossier_search MATCH ? ORDER BY rowid DESC LIMIT ?) f
       JOIN dossier d ON d.rowid = f.rowid ORDER BY d.rowid DESC`, [match, LOOK_THROUGH], toFound)
    for (const { rowid } of found.filter((row) => isAbout(row, query)).slice(0, OPENED)) {
      const dossier = reader.get('SELECT id, code, received_at, state, body FROM dossier WHERE rowid = ?', [rowid], toOpened)
      if (dossier) note(people, dossier)
    }
  }
  return [...people.values()].slice(0, limit).map((known) => ({ ...known, dossiers: known.dossiers.slice(0, 10) }))
}

const toOpened = (row: RowView): { id: DossierId; code: string; receivedAt: Instant; state: number; body: DossierBody } => ({
  id: row.text<DossierId>('id'), code: row.text('code'), receivedAt: row.text<Instant>('received_at'), state: stateOf(row.integer('state')), body: row.json('body', DossierBody),
})

function note(people: Map<string, { person: KnownPerson['person']; lastSeenAt: Instant; dossiers: KnownPerson['dossiers'] }>, dossier: ReturnType<typeof toOpened>): void {
  const { id, code, receivedAt, state, body } = dossier
  const key = body.applicant.idNumber ?? `${withMarks(body.applicant.fullName)}|${body.applicant.birthDate ?? ''}`
  const known = people.get(key) ?? { person: body.applicant, lastSeenAt: receivedAt, dossiers: [] }
  if (known.dossiers.every((other) => other.id !== id)) known.dossiers.push({ id, code, procedureName: body.procedureName, receivedAt, state })
  people.set(key, known)
}
