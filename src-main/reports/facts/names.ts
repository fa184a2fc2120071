import type { Reader } from '../../storage'

/** Names of what groups are counted by. */
export type Names = Readonly<{
  procedure(code: string, version: string): Readonly<{ name: string; field: string }>
  officer(id: string): string
}>

/** Procedures by the version under which a dossier was received: a dossier keeps it. */
export function namesOf(reader: Reader): Names {
  const procedures = new Map(reader.all('SELECT code, version, name, field FROM procedure_version', [],
    (row) => [`${row.text('code')}|${row.text('version')}`, { name: row.text('name'), field: row.text('field') }] as const))
  const officers = new Map(reader.all('SELECT id, full_name FROM account', [], (row) => [row.text('id'), row.text('full_name')] as const))
  return {
    procedure: (code, version) => procedures.get(`${code}|${version}`) ?? { name: code, field: '' },
    officer: (id) => officers.get(id) ?? id,
  }
}
