import { createHash, randomUUID } from 'node:crypto'
import { existsSync, mkdirSync, renameSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { v7 } from 'uuid'
import { addDays, fromCivil, toCivil } from '../../src-preload/contract/civil-time'
import type { Procedure } from '../../src-preload/contract/procedures'
import { indexRow } from '../../src-main/intake'
import type { WriteTx } from '../../src-main/storage'
import { saveLink } from '../../src-main/sync/link'
import { generateCounterKey } from '../../src-main/sync/token'
import { inventPerson, type InventedPerson } from './names'
import { cacheFolder } from './places'
import { tell } from './report'
import { actorOf, openWard, type Ward } from './ward'
import { seeded } from '../../test/seeded'

/** Raise when a seeded folder must be made anew: other rows, other migrations. */
const SEED_VERSION = 2
const CHUNK = 10_000
/** Dossiers that a ward takes in on one day. */
const A_DAY = 130

/** `received`: the city has them all. `ready`: they are in line for a city that does not answer. */
export type Seed = Readonly<{ dossiers: number; submission: 'received' | 'ready' }>

type Making = Readonly<{ ward: Ward; seed: Seed; random: () => number; procedures: readonly Procedure[]; officer: string; agency: string; counter: string; start: string }>


function bodyOf(person: InventedPerson, procedure: Procedure, officer: string, agency: string): unknown {
  return {
    procedureName: procedure.name, field: procedure.field, resultName: procedure.result.name, timeText: '3 ngày làm việc', agency, officerName: officer,
    applicant: { ...person, address: 'Số 3 đường Bàu Tràm, phường Tân Mỹ Hưng, Thành phố Hồ Chí Minh' },
    capacity: 'self', owner: null, organisation: null, answers: { place: 'here' },
    components: procedure.components.map(({ code, name, kind, quantity }) => ({ code, name, kind, quantity, mark: 'seen', note: '' })),
    sets: 1, fee: { total: 0, lines: [], exemption: null, needsAmount: false }, payment: 'unpaid', delivery: { method: 'counter', address: '' }, note: '',
  }
}

/** One dossier with its draft, history, search row and submission, as a commit leaves them. */
function insert(tx: WriteTx, making: Making, index: number): void {
  const { random, procedures, officer, agency, counter, seed } = making
  const person = inventPerson(random)
  const procedure = procedures[Math.floor(random() ** 2 * procedures.length)]
  if (!procedure) throw new Error('the catalogue is empty')
  const day = addDays(making.start, Math.floor(index / A_DAY))
  const number = String((index % A_DAY) + 1).padStart(4, '0')
  const code = `${agency}-${day.slice(2).replaceAll('-', '')}-${number}`
  const at = fromCivil(day, (7.5 * 60 + (index % A_DAY) * 4) * 60_000).toISOString()
  const [id, draftId, submissionId] = [v7(), v7(), v7()]
  const body = JSON.stringify(bodyOf(person, procedure, 'Đỗ Thị Mỹ Duyên', agency))
  const finished = seed.submission === 'received'
  tx.run("INSERT INTO draft (id, officer_id, state, content, created_at, saved_at) VALUES (?, ?, 'committed', '{}', ?, ?)", [draftId, officer, at, at])
  const { lastRowId } = tx.run(
    `INSERT INTO dossier (id, draft_id, code, code_is_provisional, version, state, procedure_code, procedure_version, officer_id, counter, received_at, due_at, finished_at,
       applicant_name, applicant_id_number, applicant_phone, body, simulated) VALUES (?, ?, ?, 0, 1, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 1)`,
    [id, draftId, code, finished ? 10 : 2, procedure.code, procedure.version, officer, counter, at, at, finished ? at : null, person.fullName, person.idNumber, person.phone, body])
  tx.run('INSERT INTO register_entry (dossier_id, year, number) SELECT ?, ?, coalesce(max(number), 0) + 1 FROM register_entry WHERE year = ?', [id, Number(day.slice(0, 4)), Number(day.slice(0, 4))])
  tx.run("INSERT INTO dossier_event (dossier_id, kind, state, at, by_name, origin) VALUES (?, 'state', 2, ?, 'Đỗ Thị Mỹ Duyên', 'counter')", [id, at])
  const row = indexRow({ code, idNumber: person.idNumber, phone: person.phone, names: [person.fullName], procedureName: procedure.name })
  tx.run('INSERT INTO dossier_search (rowid, exact, folded, digits, dossier_id) VALUES (?, ?, ?, ?, ?)', [lastRowId, row.exact, row.folded, row.digits, id])
  submit(tx, { submissionId, dossierId: id, at, body, received: finished })
}

function submit(tx: WriteTx, { submissionId, dossierId, at, body, received }: { submissionId: string; dossierId: string; at: string; body: string; received: boolean }): void {
  const payload = Buffer.from(body)
  const sha256 = createHash('sha256').update(payload).digest('hex')
  const acknowledgement = received ? JSON.stringify({ submissionId, receiptNumber: 'TP-26-000000', receivedAt: at, payloadSha256: sha256, sequence: 1 }) : null
  tx.run(
    `INSERT INTO submission (id, dossier_id, version, payload_sha256, simulated, state, created_at, changed_at, acknowledgement, received_at, payload)
     VALUES (?, ?, 1, ?, 1, ?, ?, ?, ?, ?, ?)`, [submissionId, dossierId, sha256, received ? 'received' : 'ready', at, at, acknowledgement, received ? at : null, payload])
}

/** A city that does not answer: what is in line stays there. */
async function linkNowhere({ office }: Ward): Promise<void> {
  const { ward, counter } = office.settings()
  const privateJwk = await generateCounterKey()
  office.store.write((tx) => saveLink(tx, {
    url: 'http://127.0.0.1:9', clientId: 'counter', cityName: 'Thành phố', agency: ward.agencyCode, counter: counter.name, privateJwk, simulated: true,
  }, new Date()))
}

/** Makes a practice ward with that many dossiers in `folder`. Rows go straight into the tables, a chunk a transaction. */
export async function seedWard(folder: string, seed: Seed): Promise<void> {
  const ward = await openWard(folder)
  try {
    const { office } = ward
    if (seed.submission === 'ready') await linkNowhere(ward)
    const settings = office.settings()
    const procedures = office.catalogue.search({ query: '', lifeEvent: null, applicant: null, limit: 50 }).items.map(({ code }) => office.catalogue.get(code))
    const start = addDays(toCivil(new Date()).date, -Math.ceil(seed.dossiers / A_DAY))
    const making: Making = {
      ward, seed, random: seeded(20_261_123), procedures, officer: actorOf(office).id, agency: settings.ward.agencyCode, counter: settings.counter.code, start,
    }
    for (let from = 0; from < seed.dossiers; from += CHUNK) {
      office.store.write((tx) => {
        for (let index = from; index < Math.min(seed.dossiers, from + CHUNK); index += 1) insert(tx, making, index)
      })
      tell(`seeding: ${Math.min(seed.dossiers, from + CHUNK)} of ${seed.dossiers} dossiers`)
    }
  } finally {
    await ward.close()
  }
}

/** The folder of a seeded ward, made at the first call and kept for later runs. Whole or not there at all. */
export async function seededFolder(seed: Seed): Promise<string> {
  const folder = join(cacheFolder, `ward-${SEED_VERSION}-${seed.dossiers}-${seed.submission}`)
  if (existsSync(folder)) return folder
  const working = `${folder}.${randomUUID()}`
  mkdirSync(cacheFolder, { recursive: true })
  try {
    await seedWard(working, seed)
    renameSync(working, folder)
  } finally {
    rmSync(working, { recursive: true, force: true })
  }
  return folder
}
