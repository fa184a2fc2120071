import { createHash, randomBytes } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { v7 } from 'uuid'
import { toCivil } from '../../src-preload/contract/civil-time'
import { Sha256, SubmissionId } from '../../src-preload/contract/ids'
import type { LiveEvent } from '../../src-preload/contract/calls-live'
import { type Audit, createAudit } from '../../src-main/audit'
import { type Clock, openStore, silent, type Store, systemClock, type WriteTx } from '../../src-main/storage'
import { type Documents, openDocuments } from '../../src-main/storage/documents'
import { createSync, enqueue, readLink, type Sync, type SyncDeps, takeNumber } from '../../src-main/sync'
import { doors, type Doors, type City } from '../city'

export const AGENCY = 'H29.900'
const KEY = Buffer.alloc(32, 5)
const MIGRATIONS = resolve(import.meta.dirname, '../../migrations')
export const sha256 = (bytes: Uint8Array): Sha256 => Sha256.parse(createHash('sha256').update(bytes).digest('hex'))

/** Short spans, so that minutes pass in milliseconds. */
export const FAST: NonNullable<SyncDeps['timing']> = {
  backoffBaseMs: 20, backoffCeilingMs: 120, pollMs: 60, healthMs: 400, receiptsMs: 100, probeMs: 30, probeCeilingMs: 80,
  unauthorisedMs: 60_000, callTimeoutMs: 2_000, probeTimeoutMs: 1_000, errorMs: 50,
}

/** A counter's data folder with everything that sync needs; lives through restarts of the engine. */
export type Desk = Readonly<{
  folder: string
  store: Store
  documents: Documents
  audit: Audit
  officer: string
  close(): void
}>

function seed(tx: WriteTx): string {
  const officer = v7()
  const at = '2026-11-20T00:00:00.000Z'
  tx.run(
    `INSERT INTO account (id, login_name, login_folded, full_name, title, role, secret_hash, secret_id, created_at, created_by)
     VALUES (?, 'duyen', 'duyen', 'Đỗ Thị Mỹ Duyên', 'Cán bộ', 'officer', '{}', ?, ?, 'system')`, [officer, '0'.repeat(32), at],
  )
  tx.run(
    `INSERT INTO procedure_version (code, version, effective_from, name, field, body, sha256, imported_at)
     VALUES ('1.001193', '2026-11', '2026-01-01', 'Đăng ký khai sinh', 'Hộ tịch', '{}', ?, ?)`, ['0'.repeat(64), at],
  )
  return officer
}

export function openDesk(folder = mkdtempSync(join(tmpdir(), 'motcua-sync-')), clock: Clock = systemClock): Desk {
  const store = openStore({
    folder, key: KEY, migrationsFolder: MIGRATIONS, nativeBinding: process.env['MOTCUA_SQLITE_BINDING'], clock, log: silent,
  })
  const known = store.read.get('SELECT id FROM account LIMIT 1', [], (row) => row.text('id'))
  return {
    folder, store, documents: openDocuments({ folder, key: KEY, log: silent }), audit: createAudit({ key: KEY, clock }),
    officer: known ?? store.write(seed), close: () => store.close(),
  }
}

export function dropDesk(desk: Desk): void {
  desk.close()
  rmSync(desk.folder, { recursive: true, force: true })
}

export type Made = Readonly<{ submissionId: SubmissionId; dossierId: string; draftId: string; version: number; sha256: Sha256; code: string; provisional: boolean }>
type StoredFile = Readonly<{ documentId: string; sha256: Sha256; mediaType: string; size: number }>
export type Wish = Readonly<{
  documents?: readonly Uint8Array[]
  /** Sizes of random documents. */
  sizes?: readonly number[]
  provisional?: boolean
  simulated?: boolean
  state?: number
  /** The state is what the city said; the counter did something else. */
  repeats?: boolean
  agency?: string
  now?: Date
}>

/** A payload that the city takes; invented people. */
function payloadOf(made: Omit<Made, 'sha256' | 'draftId'>, files: readonly StoredFile[], wish: Wish, now: Date): Buffer {
  const at = now.toISOString()
  const documents = files.map((file, index) => ({ ...file, name: `to-${index + 1}.pdf` }))
  return Buffer.from(JSON.stringify({
    format: 'mot-cua/submission', version: 1, submissionId: made.submissionId, officer: { id: 'cb-01', name: 'Đỗ Thị Mỹ Duyên' },
    dossier: {
      id: made.dossierId, code: made.code, codeIsProvisional: made.provisional, version: made.version, agency: wish.agency ?? AGENCY, counter: 'Quầy 1',
      procedure: { code: '1.001193', name: 'Đăng ký khai sinh', catalogueVersion: '2026-11' }, channel: 1,
      receivedAt: at, dueAt: at, state: wish.state ?? 2, onBehalf: false, copies: 1, applicant: { fullName: 'Bùi Nhật Khang' },
      resultDelivery: { method: 'counter' }, fee: { total: 0, currency: 'VND', lines: [], paid: false },
      components: [{ code: 'TK', name: 'Tờ khai', kind: 'original', quantity: 1, documents }],
      timeline: [{ state: wish.state ?? 2, at, by: 'Đỗ Thị Mỹ Duyên' }],
    },
  }))
}

async function storeFiles(desk: Desk, wish: Wish): Promise<StoredFile[]> {
  const all = [...(wish.documents ?? []), ...(wish.sizes ?? []).map((size) => randomBytes(size))]
  const files: StoredFile[] = []
  for (const bytes of all) {
    await desk.documents.put(bytes)
    files.push({ documentId: v7(), sha256: sha256(bytes), mediaType: 'application/pdf', size: bytes.length })
  }
  return files
}

function addFiles(tx: WriteTx, draftId: string, files: readonly StoredFile[], at: string): void {
  for (const [ordinal, file] of files.entries()) {
    tx.run(
      `INSERT INTO document (id, draft_id, component, ordinal, name, media_type, size, sha256, added_at)
       VALUES (?, ?, 'TK', ?, 'to.pdf', ?, ?, ?, ?)`, [file.documentId, draftId, ordinal, file.mediaType, file.size, file.sha256, at],
    )
  }
}

/** Puts version `made.version` in line in the running transaction. */
function send(tx: WriteTx, made: Omit<Made, 'sha256'>, files: readonly StoredFile[], wish: Wish, now: Date): Made {
  const payload = payloadOf(made, files, wish, now)
  const frozen = { ...made, sha256: sha256(payload) }
  enqueue(tx, {
    submissionId: made.submissionId, dossierId: made.dossierId, version: made.version, payload, sha256: frozen.sha256, simulated: wish.simulated ?? false, documents: files, now,
  })
  return frozen
}

const newId = (): SubmissionId => SubmissionId.parse(v7())
let provisionalCount = 0

/** One dossier as intake commits it: draft, documents, dossier, number and outbox row in one transaction. */
export async function addDossier(desk: Desk, wish: Wish = {}): Promise<Made> {
  const files = await storeFiles(desk, wish)
  const now = wish.now ?? new Date()
  const at = now.toISOString()
  const day = toCivil(now).date
  return desk.store.write((tx) => {
    const draftId = v7()
    const dossierId = v7()
    const number = wish.provisional === true ? null : takeNumber(tx, AGENCY, day)
    const final = `${AGENCY}-${day.slice(2).replaceAll('-', '')}-${String(number).padStart(4, '0')}`
    const code = number === null ? `TAM.Q1-${(provisionalCount += 1)}-${dossierId.slice(-6)}` : final
    tx.run("INSERT INTO draft (id, officer_id, state, content, created_at, saved_at) VALUES (?, ?, 'committed', '{}', ?, ?)", [draftId, desk.officer, at, at])
    tx.run(
      `INSERT INTO dossier (id, draft_id, code, code_is_provisional, version, state, procedure_code, procedure_version, officer_id, counter, received_at, applicant_name, body)
       VALUES (?, ?, ?, ?, 1, ?, '1.001193', '2026-11', ?, 'Quầy 1', ?, 'Bùi Nhật Khang', '{}')`,
      [dossierId, draftId, code, number === null ? 1 : 0, wish.state ?? 2, desk.officer, at],
    )
    addFiles(tx, draftId, files, at)
    return send(tx, { submissionId: newId(), dossierId, draftId, version: 1, code, provisional: number === null }, files, wish, now)
  })
}

/** The next version of a dossier, as a state change or a correction makes it. */
export async function addVersion(desk: Desk, of: Made, wish: Wish = {}): Promise<Made> {
  const files = await storeFiles(desk, wish)
  const now = wish.now ?? new Date()
  return desk.store.write((tx) => {
    const dossier = tx.get('SELECT code, code_is_provisional, version FROM dossier WHERE id = ?', [of.dossierId], (row) => ({
      code: row.text('code'), provisional: row.flag('code_is_provisional'), version: row.integer('version') + 1,
    }))
    if (!dossier) throw new Error('no dossier')
    addFiles(tx, of.draftId, files, now.toISOString())
    tx.run('UPDATE dossier SET version = ?, state = coalesce(?, state) WHERE id = ?', [dossier.version, wish.state ?? null, of.dossierId])
    if (wish.state !== undefined && wish.repeats !== true) {
      tx.run("INSERT INTO dossier_event (dossier_id, kind, state, at, by_name, origin) VALUES (?, 'state', ?, ?, 'Đỗ Thị Mỹ Duyên', 'counter')", [of.dossierId, wish.state, now.toISOString()])
    }
    return send(tx, { ...of, ...dossier, submissionId: newId() }, files, wish, now)
  })
}

export type Running = Readonly<{ sync: Sync; events: LiveEvent[]; logged: string[] }>

export function startSync(desk: Desk, deps: Partial<SyncDeps> = {}): Running {
  const events: LiveEvent[] = []
  const logged: string[] = []
  const sync = createSync({
    store: desk.store, documents: desk.documents, audit: desk.audit, clock: systemClock, practice: true,
    log: (event) => logged.push(event), changed: (event) => events.push(event), ...deps, timing: { ...FAST, ...deps.timing },
  })
  return { sync, events, logged }
}

/** Enrols under a fresh code and starts. */
export async function enrolled(desk: Desk, city: City, deps: Partial<SyncDeps> = {}, counter = 'Quầy 1'): Promise<Running & { doors: Doors }> {
  const running = startSync(desk, deps)
  const door = doors(city.url)
  if (!readLink(desk.store.read)) await running.sync.enrol(city.url, await door.enrolmentCode({ counter }), desk.officer)
  running.sync.start()
  return { ...running, doors: door }
}

/** Waits until something holds. */
export async function until(what: () => boolean | Promise<boolean>, ms = 15_000): Promise<void> {
  const end = performance.now() + ms
  while (!(await what())) {
    if (performance.now() > end) throw new Error(`did not come true in ${ms} ms: ${what.toString()}`)
    await sleep(10)
  }
}

export const stateOf = (desk: Desk, id: string): string | undefined =>
  desk.store.read.get('SELECT state FROM submission WHERE id = ?', [id], (row) => row.text('state'))

export const settled = (desk: Desk): boolean =>
  desk.store.read.get("SELECT count(*) AS n FROM submission WHERE state IN ('ready', 'sending', 'waiting')", [], (row) => row.integer('n')) === 0
