import { cpSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { DossierId } from '@contract/ids'
import { createAudit } from '../../src-main/audit'
import { keptOf } from '../../src-main/fees'
import { createCatalogue } from '../../src-main/procedures'
import { numbersOf } from '../../src-main/reports/facts/numbers'
import { openStore } from '../../src-main/storage'
import { newDesk, readCatalogue, receive } from '../intake/support'
import { ward } from '../staff/support'
import { KEY, MIGRATIONS, storeOptions, temporaryFolder } from '../storage/support'
import { COMPLETED, EXTENSION, handover, lastPayload, newOffice } from './support'

const FIRST_WITH_ACTS = '0013'
const OFFICER = '01939b6e-0000-7000-8000-000000000099'
const idOf = (name: string): DossierId => DossierId.parse(`01939b6e-0000-7000-8000-0000000000${name}`)

function earlierMigrations(): string {
  const folder = temporaryFolder()
  for (const name of readdirSync(MIGRATIONS)) if (name < FIRST_WITH_ACTS) cpSync(join(MIGRATIONS, name), join(folder, name))
  return folder
}

/** Received around midnight of New Year in Viet Nam, kept in another order than they came. */
const OLD = [
  { name: '14', at: '2026-11-20T03:00:00.000Z', state: 5, payment: 'cash', total: 8_000 },
  { name: '11', at: '2025-12-31T16:59:59.999Z', state: 10, payment: 'cash', total: 5_000 },
  { name: '13', at: '2026-11-20T02:00:00.000Z', state: 4, payment: 'unpaid', total: 8_000 },
  { name: '12', at: '2025-12-31T17:00:00.000Z', state: 2, payment: 'transfer', total: 15_000 },
  { name: '15', at: '2026-11-20T03:00:00.000Z', state: 2, payment: 'unpaid', total: 0 },
] as const

/** The data of a counter as the version before the forms left them. */
function oldData(): string {
  const donor = newDesk()
  const { id } = receive(donor)
  const body = donor.store.read.get('SELECT body, procedure_code, procedure_version FROM dossier WHERE id = ?', [id],
    (row) => ({ body: JSON.parse(row.text('body')) as Record<string, unknown> & { fee: object }, code: row.text('procedure_code'), version: row.text('procedure_version') })) ?? expect.fail('no dossier')
  const content = donor.store.read.get('SELECT content FROM draft LIMIT 1', [], (row) => row.text('content')) ?? '{}'
  const folder = temporaryFolder()
  const clock = { now: () => new Date('2026-11-20T04:00:00.000Z') }
  const store = openStore(storeOptions(folder, { clock, migrationsFolder: earlierMigrations() }))
  createCatalogue({ store, audit: createAudit({ key: KEY, clock }), clock, ward: () => ward }).ensureShipped(readCatalogue)
  store.write((tx) => {
    tx.run(`INSERT INTO account (id, login_name, login_folded, full_name, title, role, secret_hash, secret_id, created_at, created_by)
      VALUES (?, 'cu', 'cu', 'Trần Thị Cũ', 'Cán bộ', 'officer', '{}', ?, '2025-11-20T00:00:00.000Z', 'system')`, [OFFICER, '9'.repeat(32)])
    for (const { name, at, state, payment, total } of OLD) {
      const dossier = idOf(name)
      tx.run("INSERT INTO draft (id, officer_id, content, created_at, saved_at, state) VALUES (?, ?, ?, ?, ?, 'committed')", [dossier, OFFICER, content, at, at])
      tx.run(
        `INSERT INTO dossier (id, draft_id, code, code_is_provisional, version, state, procedure_code, procedure_version, officer_id, counter, received_at, due_at, finished_at, applicant_name, body)
         VALUES (?, ?, ?, 0, 1, ?, ?, ?, ?, 'Q3', ?, '2026-11-27T02:00:00.000Z', ?, 'Bùi Nhật Khang', ?)`,
        [dossier, dossier, `H29.900-251231-00${name}`, state, body.code, body.version, OFFICER, at, state === 10 ? at : null, JSON.stringify({ ...body.body, payment, fee: { ...body.body.fee, total } })])
      for (const passed of new Set([2, state])) tx.run("INSERT INTO dossier_event (dossier_id, kind, state, at, by_name, origin) VALUES (?, 'state', ?, ?, 'Trần Thị Cũ', 'counter')", [dossier, passed, at])
    }
  })
  store.close()
  return folder
}

describe('Data of a counter from before the forms', () => {
  test('get a register without gaps by civil year and numbered payments, and both go on from there', () => {
    const { desk } = newOffice({ folder: oldData() })
    const { read } = desk.store
    const register = (): [string, number, number][] => read.all('SELECT dossier_id, year, number FROM register_entry ORDER BY year, number', [], (row) => [row.text('dossier_id').slice(-2), row.integer('year'), row.integer('number')])
    expect(register()).toEqual([['11', 2025, 1], ['12', 2026, 1], ['13', 2026, 2], ['14', 2026, 3], ['15', 2026, 4]])
    const { id } = receive(desk)
    expect(register().at(-1)).toEqual([id.slice(-2), 2026, 5])
    expect(numbersOf(read, { from: '', to: '', begin: '2025-01-01', end: '2027-01-01', live: true })).toEqual({ received: 6, entries: 6, gaps: 0 })
    const payments = read.all('SELECT dossier_id, year, number, amount, in_drawer FROM payment ORDER BY year, number', [], (row) => [row.text('dossier_id').slice(-2), row.integer('year'), row.integer('number'), row.integer('amount'), row.integer('in_drawer')])
    expect([payments, keptOf(read, idOf('13'))]).toEqual([[['11', 2025, 1, 5_000, 0], ['12', 2026, 1, 15_000, 0], ['14', 2026, 2, 8_000, 0]], []])
  })

  test('hold dossiers that acts go on with: what was asked for without a slip comes in, papers are handed over, an appointment is put off', async () => {
    const office = newOffice({ folder: oldData() })
    const completed = await office.act(idOf('14'), COMPLETED)
    await office.act(idOf('13'), EXTENSION)
    const handed = await office.act(idOf('13'), handover('Phòng Văn hóa - Xã hội'))
    expect([completed.dossier, handed.form]).toMatchObject([{ state: 2, payment: 'cash', dueAt: '2026-11-27T02:00:00.000Z' }, { form: 'mau-06', number: '01.Q3' }])
    expect([lastPayload(office, idOf('14')).dossier, lastPayload(office, idOf('13')).dossier]).toMatchObject([
      { version: 1, state: 2, payments: [{ number: '0002.Q3', amount: 8_000 }] }, { version: 2, state: 4, extension: { dueAt: '2026-12-02T02:00:00.000Z' } },
    ])
  })
})
