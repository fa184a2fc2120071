import { cpSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { openStore } from '../../src-main/storage'
import { MIGRATIONS, storeOptions, temporaryFolder } from '../storage/support'

const FIRST_WITH_PAYMENTS = '0014'
const ACCOUNT = '01939b6e-0000-7000-8000-000000000001'

/** A folder with the migrations of before there were payments. */
function earlierMigrations(): string {
  const folder = temporaryFolder()
  for (const name of readdirSync(MIGRATIONS)) if (name < FIRST_WITH_PAYMENTS) cpSync(join(MIGRATIONS, name), join(folder, name))
  return folder
}

describe('A counter that took money before payments had rows', () => {
  test('gets them numbered by year and counter, in no drawer', () => {
    const folder = temporaryFolder()
    const before = openStore(storeOptions(folder, { migrationsFolder: earlierMigrations() }))
    before.write((tx) => {
      tx.run(`INSERT INTO account (id, login_name, login_folded, full_name, title, role, secret_hash, secret_id, created_at, created_by) VALUES (?, 'duyen', 'duyen', 'Duyên', 'Cán bộ', 'officer', '{}', ?, '2026-11-20T00:00:00.000Z', 'system')`, [ACCOUNT, '0'.repeat(32)])
      tx.run(`INSERT INTO procedure_version (code, version, effective_from, name, field, body, sha256, imported_at) VALUES ('1.1', '1', '2025-01-01', 'Xác nhận', 'Hộ tịch', '{}', ?, '2026-11-20T00:00:00.000Z')`, ['0'.repeat(64)])
      const dossiers: [string, string, string, number][] = [
        ['1', '2025-12-31T16:59:00.000Z', 'cash', 5_000], ['2', '2025-12-31T17:00:00.000Z', 'transfer', 8_000], ['3', '2026-03-01T02:00:00.000Z', 'unpaid', 8_000], ['4', '2026-03-01T03:00:00.000Z', 'cash', 0],
        ['5', '2026-03-01T04:00:00.000Z', 'cash', 15_000],
      ]
      for (const [name, at, payment, total] of dossiers) {
        const id = `01939b6e-0000-7000-8000-00000000000${name}`
        tx.run(`INSERT INTO draft (id, officer_id, content, created_at, saved_at, state) VALUES (?, ?, '{}', ?, ?, 'committed')`, [id, ACCOUNT, at, at])
        tx.run(`INSERT INTO dossier (id, draft_id, code, code_is_provisional, version, state, procedure_code, procedure_version, officer_id, counter, received_at, applicant_name, body)
          VALUES (?, ?, ?, 0, 1, 2, '1.1', '1', ?, 'Q3', ?, 'Khang', ?)`, [id, id, `H29.900-${name}`, ACCOUNT, at, JSON.stringify({ payment, fee: { total } })])
      }
    })
    before.close()
    const after = openStore(storeOptions(folder))
    const rows = after.read.all('SELECT year, number, method, amount, in_drawer FROM payment ORDER BY rowid', [], (row) => [row.integer('year'), row.integer('number'), row.text('method'), row.integer('amount'), row.integer('in_drawer')])
    after.close()
    expect(rows).toEqual([[2025, 1, 'cash', 5_000, 0], [2026, 1, 'transfer', 8_000, 0], [2026, 2, 'cash', 15_000, 0]])
  })
})
