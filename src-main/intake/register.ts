import { toCivil } from '@contract/civil-time'
import type { DossierId, Instant } from '@contract/ids'
import type { Reader, WriteTx } from '../storage'

export type RegisterEntry = Readonly<{ year: number; number: number }>

/** Enters a received dossier in the register of this counter, opened anew each civil year and numbered without gaps (Thông tư 01/2018 art. 10(2)). */
export function enterInRegister(tx: WriteTx, id: DossierId, receivedAt: Instant): void {
  const year = Number(toCivil(new Date(receivedAt)).date.slice(0, 4))
  tx.run('INSERT INTO register_entry (dossier_id, year, number) SELECT ?, ?, coalesce(max(number), 0) + 1 FROM register_entry WHERE year = ?', [id, year, year])
}

/** Where a dossier stands in the register; null for one that is in none. */
export function registerEntry(reader: Reader, id: DossierId): RegisterEntry | null {
  return reader.get('SELECT year, number FROM register_entry WHERE dossier_id = ?', [id], (row) => ({ year: row.integer('year'), number: row.integer('number') })) ?? null
}
