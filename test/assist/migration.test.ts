import { cpSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { openStore, type Store } from '../../src-main/storage'
import { MIGRATIONS, storeOptions, temporaryFolder } from '../storage/support'

const NINTH = '0009_assist.sql'
const AT = '2026-11-20T00:00:00.000Z'
const id = (number: number): string => `01939b6e-0000-7000-8000-${String(number).padStart(12, '0')}`

function folderOfMigrations(take: (name: string) => boolean): string {
  const folder = temporaryFolder()
  for (const name of readdirSync(MIGRATIONS).filter((file) => file.endsWith('.sql') && take(file))) cpSync(join(MIGRATIONS, name), join(folder, name))
  return folder
}

function hire(store: Store, number: number, login: string, role: string, disabled = 0): void {
  store.write((tx) => tx.run(
    `INSERT INTO account (id, login_name, login_folded, full_name, title, role, disabled, must_change, secret_hash, secret_id, failures, last_failure_at, created_at, created_by)
     VALUES (?, ?, ?, ?, 'Chức danh', ?, ?, 1, '{"salt":"một"}', ?, 2, ?, ?, 'system')`, [id(number), login, login, `Người ${login}`, role, disabled, String(number).repeat(32), AT, AT]))
}

/** What another part of the program may have written by then: rows that name accounts. */
function work(store: Store): void {
  store.write((tx) => {
    tx.run("INSERT INTO procedure_version (code, version, effective_from, name, field, body, sha256, imported_at) VALUES ('1.000001', '2026-11-01', '2026-11-01', 'Việc', 'Lĩnh vực', '{}', ?, ?)", ['0'.repeat(64), AT])
    tx.run("INSERT INTO draft (id, officer_id, state, content, created_at, saved_at) VALUES ('draft-1', ?, 'committed', '{}', ?, ?), ('draft-2', ?, 'open', '{}', ?, ?)", [id(1), AT, AT, id(2), AT, AT])
    tx.run(
      `INSERT INTO dossier (id, draft_id, code, code_is_provisional, version, state, procedure_code, procedure_version, officer_id, counter, received_at, applicant_name, body)
       VALUES ('dossier-1', 'draft-1', 'H29.900-261120-0001', 0, 1, 2, '1.000001', '2026-11-01', ?, 'Q3', ?, 'Bùi Nhật Khang', '{}')`, [id(1), AT])
  })
}

const everything = (store: Store, table: string): unknown[] => {
  const columns = store.read.all(`SELECT name FROM pragma_table_info('${table}') ORDER BY cid`, [], (row) => row.text('name'))
  return store.read.all(`SELECT ${columns.map((column) => `quote("${column}") AS "${column}"`).join(', ')} FROM ${table} ORDER BY 1`, [], (row) => Object.fromEntries(columns.map((column) => [column, row.text(column)])))
}
const triggersOf = (store: Store, table: string): Record<string, string> =>
  Object.fromEntries(store.read.all("SELECT name, sql FROM sqlite_schema WHERE type = 'trigger' AND tbl_name = ? ORDER BY name", [table], (row) => [row.text('name'), row.text('sql')] as const))

/** A database as the version before made it, then opened by this one. */
function migrated(): { store: Store; before: Record<string, unknown[]>; triggers: Record<string, string> } {
  const folder = temporaryFolder()
  const old = openStore(storeOptions(folder, { migrationsFolder: folderOfMigrations((name) => name < NINTH) }))
  hire(old, 1, 'duyen', 'officer')
  hire(old, 2, 'huy', 'supervisor', 1)
  hire(old, 3, 'quantri', 'administrator')
  work(old)
  const before = Object.fromEntries(['account', 'draft', 'dossier'].map((table) => [table, everything(old, table)]))
  const triggers = triggersOf(old, 'account')
  old.close()
  return { store: openStore(storeOptions(folder, { migrationsFolder: folderOfMigrations((name) => name <= NINTH) })), before, triggers }
}

const refusal = (work: () => unknown): string => {
  try {
    work()
    return ''
  } catch (error) {
    const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error
    return cause instanceof Error ? cause.message : String(cause)
  }
}

describe('A database of the version before', () => {
  test('keeps every account, draft and dossier with every fact', () => {
    const { store, before } = migrated()
    expect(Object.fromEntries(Object.keys(before).map((table) => [table, everything(store, table)]))).toEqual(before)
    store.close()
  })

  test('keeps the triggers of accounts word for word', () => {
    const { store, triggers } = migrated()
    expect([Object.keys(triggers).length, triggersOf(store, 'account')]).toEqual([3, triggers])
    store.close()
  })

  test('still refuses to lose an account, its name, or the last administrator', () => {
    const { store } = migrated()
    const said = [
      refusal(() => store.write((tx) => tx.run('DELETE FROM account WHERE id = ?', [id(1)]))),
      refusal(() => store.write((tx) => tx.run("UPDATE account SET login_folded = 'khac' WHERE id = ?", [id(1)]))),
      refusal(() => store.write((tx) => tx.run("UPDATE account SET role = 'officer' WHERE id = ?", [id(3)]))),
      refusal(() => hire(store, 4, 'duyen', 'officer')),
      refusal(() => hire(store, 4, 'moi', 'king')),
    ]
    expect(said.map((text) => /disabled, not deleted|keeps its id|last administrator|UNIQUE|CHECK/u.exec(text)?.[0])).toEqual([
      'disabled, not deleted', 'keeps its id', 'last administrator', 'UNIQUE', 'CHECK',
    ])
    store.close()
  })

  test('has the references of other tables to accounts as before', () => {
    const { store } = migrated()
    const target = (table: string): string[] => store.read.all(`SELECT "table" AS target FROM pragma_foreign_key_list('${table}') WHERE "from" = 'officer_id'`, [], (row) => row.text('target'))
    expect([target('draft'), target('dossier'), target('identity_check')]).toEqual([['account'], ['account'], ['account']])
    expect(refusal(() => store.write((tx) => tx.run("INSERT INTO draft (id, officer_id, content, created_at, saved_at) VALUES ('d', 'nobody', '{}', ?, ?)", [AT, AT])))).toMatch(/FOREIGN KEY/u)
    store.close()
  })

  test('takes helpers from then on', () => {
    const { store } = migrated()
    hire(store, 4, 'tocongnghe', 'helper')
    expect(store.read.get('SELECT role FROM account WHERE id = ?', [id(4)], (row) => row.text('role'))).toBe('helper')
    store.close()
  })
})

describe('A draft of a helper', () => {
  const opened = (): Store => {
    const { store } = migrated()
    hire(store, 4, 'tocongnghe', 'helper')
    store.write((tx) => {
      tx.run("INSERT INTO draft (id, officer_id, content, created_at, saved_at) VALUES ('draft-3', ?, '{}', ?, ?)", [id(4), AT, AT])
      tx.run("INSERT INTO assisted_draft (draft_id, helper_id, consent_at) VALUES ('draft-3', ?, ?)", [id(4), AT])
    })
    return store
  }
  const change = (store: Store, sql: string, ...values: string[]): string => refusal(() => store.write((tx) => tx.run(sql, values)))

  test('is not accepted before it is handed over', () => {
    const store = opened()
    expect(change(store, 'UPDATE assisted_draft SET accepted_at = ?, accepted_by = ?', AT, id(1))).toMatch(/CHECK/u)
    store.close()
  })

  test('is never un-accepted, deleted, given another consent or another number', () => {
    const store = opened()
    const handed = change(store, "UPDATE assisted_draft SET day = '2026-11-20', number = 1, handed_at = ?", AT)
    const said = [
      handed,
      change(store, 'UPDATE assisted_draft SET number = 2'),
      change(store, "UPDATE assisted_draft SET consent_at = '2026-11-19T00:00:00.000Z'"),
      change(store, 'UPDATE assisted_draft SET accepted_at = ?, accepted_by = ?', AT, id(1)),
      change(store, 'UPDATE assisted_draft SET accepted_at = NULL, accepted_by = NULL'),
      change(store, 'DELETE FROM assisted_draft'),
    ]
    expect(said).toEqual(['', expect.stringContaining('keeps its number'), expect.stringContaining('the consent'), '', expect.stringContaining('stays accepted'), expect.stringContaining('not deleted')])
    store.close()
  })

  test('is neither committed nor given away before it is accepted', () => {
    const store = opened()
    expect(change(store, "UPDATE draft SET state = 'committed' WHERE id = 'draft-3'")).toMatch(/accepted before it is committed/u)
    expect(change(store, "UPDATE draft SET officer_id = ? WHERE id = 'draft-3'", id(1))).toMatch(/who accepted it/u)
    store.close()
  })
})
