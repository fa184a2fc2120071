import { readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { onTestFinished } from 'vitest'
import type { LiveEvent } from '@contract/calls-live'
import type { DraftContent, DraftView } from '@contract/draft'
import type { DossierState } from '@contract/dossier'
import { AccountId, type DossierId, type DraftId } from '@contract/ids'
import { EMPTY_PERSON, type DraftPerson } from '@contract/person'
import { Catalogue as CatalogueFile } from '@contract/procedures'
import { createAudit, type Audit } from '../../src-main/audit'
import { type Actor, CalendarFile, createCalendar, createIntake, type Intake, type IntakeDeps } from '../../src-main/intake'
import { type Catalogue, createCatalogue } from '../../src-main/procedures'
import { type Documents, openDocuments, openStore, silent, type Store, type WriteTx } from '../../src-main/storage'
import { fees } from '../../src-main/fees'
import { supplements } from '../../src-main/handling'
import { enqueue, takeNumber } from '../../src-main/sync'
import { ward } from '../staff/support'
import { KEY, storeOptions, temporaryFolder } from '../storage/support'

const RESOURCES = resolve(import.meta.dirname, '../../resources')
export const readCatalogue = (): CatalogueFile => CatalogueFile.parse(JSON.parse(readFileSync(join(RESOURCES, 'procedures/catalogue.json'), 'utf8')))
const calendarFile = CalendarFile.parse(JSON.parse(readFileSync(join(RESOURCES, 'holidays.json'), 'utf8')))

/** The calendar as it is before the government has announced the days off of the years after. */
export const calendarUntil = (year: number) => createCalendar({ ...calendarFile, years: calendarFile.years.filter((known) => known.year <= year) })

export const AGENCY = 'H29.900'
const ACCOUNT = AccountId.parse('01939b6e-0000-7000-8000-000000000001')
export const actor: Actor = { id: ACCOUNT, name: 'Đỗ Thị Mỹ Duyên' }
/** Marital status: one paper that is always wanted, three working days. */
export const SIMPLE = '1.004873'
export const OTHER = '1.004884'

export interface Desk {
  readonly folder: string
  readonly store: Store
  readonly documents: Documents
  readonly audit: Audit
  readonly catalogue: Catalogue
  readonly intake: Intake
  readonly deps: IntakeDeps
  readonly events: LiveEvent[]
  /** Moves the clock to that instant. */
  at(instant: string): void
  /** Leases numbers for a civil day. */
  lease(day: string, first?: number, last?: number): void
  actions(): string[]
  count(table: string): number
}

function seedAccount(store: Store): void {
  store.write((tx) => tx.run(
    `INSERT INTO account (id, login_name, login_folded, full_name, title, role, secret_hash, secret_id, created_at, created_by)
     VALUES (?, 'duyen', 'duyen', ?, 'Cán bộ', 'officer', '{}', ?, '2026-11-20T00:00:00.000Z', 'system')`, [ACCOUNT, actor.name, '0'.repeat(32)]))
}

/** A practice office's intake on real files, without accounts that cost time; closed and gone after the test. */
export function newDesk(changed: { folder?: string; deps?: Partial<IntakeDeps> } = {}): Desk {
  const folder = changed.folder ?? temporaryFolder()
  let now = '2026-11-23T02:00:00.000Z'
  const clock = { now: () => new Date(now) }
  const store = openStore(storeOptions(folder, { clock }))
  onTestFinished(() => store.close())
  const audit = createAudit({ key: KEY, clock })
  const documents = openDocuments({ folder, key: KEY, log: silent })
  seedAccount(store)
  const catalogue = createCatalogue({ store, audit, clock, ward: () => ({ ...ward, name: 'Ủy ban nhân dân phường Tân Mỹ Hưng' }) })
  catalogue.ensureShipped(readCatalogue)
  const calendar = createCalendar(calendarFile)
  const events: LiveEvent[] = []
  const deps: IntakeDeps = {
    store, documents, audit, clock, catalogue, calendar: () => calendar, simulated: true, changed: (event) => events.push(event),
    outbox: { enqueue, takeNumber }, fees, supplements, extras: () => ({}), place: () => ({ agency: AGENCY, counter: 'Q3' }), ...changed.deps,
  }
  const intake = createIntake(deps)
  onTestFinished(() => intake.uploads.close())
  return {
    folder, store, documents, audit, catalogue, intake, deps, events,
    at: (instant) => { now = instant },
    lease: (day, first = 1, last = 20) => store.write((tx) => tx.run(
      'INSERT INTO number_lease (id, agency, day, first, last, next, leased_at) VALUES (?, ?, ?, ?, ?, ?, ?)', [`${day}-${first}`, AGENCY, day, first, last, first, now])),
    actions: () => [...audit.list(store.read, { limit: 200 })].reverse().map(({ action }) => action),
    count: (table) => store.read.get(`SELECT count(*) AS n FROM ${table}`, [], (row) => row.integer('n')) ?? 0,
  }
}

export const person = (changed: Partial<DraftPerson> = {}): DraftPerson => ({
  ...EMPTY_PERSON, fullName: 'Bùi Nhật Khang', idNumber: '079192004617', birthDate: '21/04/1992', sex: 'male', phone: '0903517284',
  address: '12 đường Bàu Tràm, phường Tân Mỹ Hưng, Thành phố Hồ Chí Minh', ...changed,
})

/** Everything that a commit wants, but for the papers. */
export function filled(desk: Desk, view: DraftView, changed: Partial<DraftContent> = {}, code = SIMPLE): DraftContent {
  const procedure = desk.catalogue.get(code)
  const components = Object.fromEntries(procedure.components.map((component) => [component.code, { mark: 'seen' as const, note: '' }]))
  const answers = Object.fromEntries(procedure.eligibility.map((question) => [question.id, question.answers.find(({ verdict }) => verdict === 'ok')?.id ?? '']))
  return {
    ...view.content, applicant: person(), procedure: { code, version: procedure.version }, components, answers: { place: 'here', ...answers },
    fee: { ...view.content.fee, councilAmount: 0 }, ...changed,
  }
}

/** A draft that is ready for its commit. */
export function readyDraft(desk: Desk, changed: Partial<DraftContent> = {}, code = SIMPLE): DraftView {
  const view = desk.intake.start(actor)
  return desk.intake.save(view.id, view.revision, filled(desk, view, changed, code))
}

export const receive = (desk: Desk, changed: Partial<DraftContent> = {}, code = SIMPLE) => {
  const { id, revision } = readyDraft(desk, changed, code)
  return desk.intake.commit(actor, { draftId: id, revision, despiteDuplicates: true })
}

/** Moves a dossier as an act does, without the act's own rows. */
export function moveTo(desk: Desk, { id, version }: Readonly<{ id: DossierId; version: number }>, to: DossierState, note = 'Ghi chú') {
  desk.store.write((tx) => desk.intake.move(tx, actor, { dossierId: id, version, to, note }))
  return desk.intake.moved(id)
}

export const PDF = Buffer.from('%PDF-1.7\n1 0 obj<</Type/Pages/Kids[2 0 R]/Count 1>>endobj\n2 0 obj<</Type /Page/Parent 1 0 R>>endobj\ntrailer<<>>\n%%EOF\n', 'latin1')

/** Takes a file in, in pieces of that size. */
export async function takeIn(desk: Desk, draftId: DraftId, bytes: Uint8Array, name = 'to-khai.pdf', component = 'to-khai', piece = 1024 * 1024) {
  const id = await desk.intake.beginDocument({ draftId, component, name, size: bytes.length })
  for (let offset = 0; offset < bytes.length; offset += piece) await desk.intake.uploads.append(id, offset, bytes.subarray(offset, offset + piece))
  return desk.intake.uploads.finish(id)
}

/** A change of one row of the catalogue, as a ward imports it later. */
export function newerCatalogue(change: (procedure: CatalogueFile['procedures'][number]) => CatalogueFile['procedures'][number], version: string): Buffer {
  const file = readCatalogue()
  const procedures = file.procedures.map((procedure) => {
    const changed = change(procedure)
    return changed === procedure ? procedure : { ...changed, version }
  })
  return Buffer.from(JSON.stringify({ ...file, version, procedures }))
}

/** A store whose n-th changing statement of a transaction fails. */
export function faulty(store: Store, at: () => number): Store {
  return {
    ...store,
    write: (act) => store.write((tx) => {
      let count = 0
      const broken = { get: tx.get, all: tx.all, run: (sql: string, params?: Parameters<WriteTx['run']>[1]) => {
        if (++count === at()) throw new Error('seeded')
        return tx.run(sql, params)
      } }
      return act(broken as WriteTx)
    }),
  }
}
