import { createHash } from 'node:crypto'

import { AppError } from '@contract/errors'
import { type Catalogue, Procedure } from '@contract/procedures'
import type { Reader, WriteTx } from '../storage'
import { compareVersions, inForce } from './search'

export type Difference = Readonly<{ added: string[]; changed: string[]; unchanged: number }>

type Known = Readonly<{ code: string; version: string; sha256: string }>

const hashOf = (procedure: Procedure): string => {
  const { version: _version, ...content } = procedure
  return createHash('sha256').update(JSON.stringify(content)).digest('hex')
}

function newest(reader: Reader): Map<string, Known> {
  const rows = reader.all('SELECT code, version, sha256 FROM procedure_version', [], (row) => ({
    code: row.text('code'), version: row.text('version'), sha256: row.text('sha256'),
  }))
  // As text `2026-11-21.10` would come before `2026-11-21.2`.
  return new Map(rows.sort((one, other) => compareVersions(one.version, other.version)).map((row) => [row.code, row]))
}

/**
 * What an import would do. Content is compared, not the version: a file that is read twice changes nothing.
 * @throws AppError DM-004 when a changed procedure does not carry a newer version than the one kept
 */
export function compare(reader: Reader, catalogue: Catalogue): Difference {
  const known = newest(reader)
  const added = catalogue.procedures.filter(({ code }) => !known.has(code))
  const changed = catalogue.procedures.filter((procedure) => (known.get(procedure.code)?.sha256 ?? hashOf(procedure)) !== hashOf(procedure))
  for (const { code, version } of changed) {
    const kept = known.get(code)?.version
    if (kept !== undefined && compareVersions(version, kept) <= 0) throw new AppError('DM-004', { procedure: code, kept, offered: version })
  }
  return {
    added: added.map(({ code }) => code),
    changed: changed.map(({ code }) => code),
    unchanged: catalogue.procedures.length - added.length - changed.length,
  }
}

/** Keeps every new or changed procedure as a version of its own; what is there stays as it is. @throws AppError DM-004 as `compare` */
export function importCatalogue(tx: WriteTx, catalogue: Catalogue, now: Date): Difference {
  const difference = compare(tx, catalogue)
  const wanted = new Set([...difference.added, ...difference.changed])
  for (const procedure of catalogue.procedures.filter(({ code }) => wanted.has(code))) {
    tx.run(
      'INSERT INTO procedure_version (code, version, effective_from, effective_to, name, field, body, sha256, imported_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)',
      [procedure.code, procedure.version, procedure.effectiveFrom, procedure.effectiveTo ?? null, procedure.name, procedure.field,
        JSON.stringify(procedure), hashOf(procedure), now.toISOString()])
  }
  return difference
}

/** One version, in force or not. @throws AppError DM-003 */
export function procedureVersion(reader: Reader, code: string, version: string): Procedure {
  const found = reader.get('SELECT body FROM procedure_version WHERE code = ? AND version = ?', [code, version], (row) => row.json('body', Procedure))
  if (!found) throw new AppError('DM-003', { procedure: code })
  return found
}

/** The versions in force on a civil date, one a code: the newest that has begun and not ended. */
export function inForceOn(reader: Reader, date: string): Procedure[] {
  const begun = reader.all(
    'SELECT body FROM procedure_version WHERE effective_from <= :date AND (effective_to IS NULL OR effective_to >= :date) ORDER BY code',
    { date }, (row) => row.json('body', Procedure))
  return inForce(begun, date)
}

/** The newest version among procedures, which names the catalogue they make. */
export function newestVersion(procedures: readonly Procedure[]): string {
  return procedures.map(({ version }) => version).sort(compareVersions).at(-1) ?? '2026-01-01'
}
