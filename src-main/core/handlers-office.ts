import { statSync } from 'node:fs'
import { basename } from 'node:path'
import { AppError } from '@contract/errors'
import { Instant } from '@contract/ids'
import type { DiskRoom } from '@contract/sync'
import { type WorkCalendar, workingMinutes } from '../intake'
import { headroom } from '../storage'
import type { Connection } from './connection'
import { enrolOffice } from './enrol'
import { ok } from './answers'
import { api } from './guard'

const accountOf = (connection: Connection): string => connection.actor().id

function minutesUntil(now: Date, moment: Date, calendar: WorkCalendar): number | null {
  try {
    return workingMinutes(now, moment, calendar)
  } catch (error) {
    if (error instanceof AppError && error.code === 'LICH-001') return null
    throw error
  }
}

/** Room under the data; null when the system cannot say, which is no reason to leave the strip empty. */
function diskRoom(folder: string): DiskRoom | null {
  try {
    return headroom(folder).level
  } catch {
    return null
  }
}

export const procedureHandlers = {
  search: api.procedures.search.handler(({ input, context: { connection } }) => connection.office().catalogue.search(input)),
  get: api.procedures.get.handler(({ input, context: { connection } }) => {
    const { catalogue } = connection.office()
    return catalogue.get(input.code, input.version)
  }),
  quote: api.procedures.quote.handler(({ input, context: { connection } }) => {
    const { catalogue } = connection.office()
    return catalogue.quote(catalogue.get(input.code, input.version), { ...input, councilAmount: null })
  }),
  import: api.procedures.import.handler(async ({ input, context: { connection } }) => {
    const bytes = new Uint8Array(await input.file.arrayBuffer())
    return connection.office().catalogue.import(accountOf(connection), { bytes, name: input.name, dryRun: input.dryRun })
  }),
  export: api.procedures.export.handler(async ({ input, context: { connection } }) => {
    const { bytes, type } = await connection.office().catalogue.export(input.as)
    return new Blob([new Uint8Array(bytes)], { type })
  }),
  saveExport: api.procedures.saveExport.handler(async ({ input, context: { connection } }) => {
    const { bytes } = await connection.office().catalogue.export(input.as)
    return { outcome: await connection.host.saveFile({ suggestedName: `danh-muc-thu-tuc.${input.as}`, bytes }) }
  }),
}

export const officeHandlers = {
  today: api.office.today.handler(({ context: { connection } }) => connection.office().intake.today()),
  workingMinutes: api.office.workingMinutes.handler(({ input, context: { connection } }) => {
    const calendar = connection.office().calendar()
    return input.until.map((moment) => minutesUntil(connection.clock.now(), new Date(moment), calendar))
  }),
  settings: api.office.settings.handler(({ context: { connection } }) => connection.office().settings()),
  saveSettings: api.office.saveSettings.handler(({ input, context: { connection } }) => {
    const office = connection.office()
    // Where submissions go is settled by the registration, not by this form.
    return office.settingsStore.save(accountOf(connection), { ...input, city: office.settings().city })
  }),
  saveAppearance: api.office.saveAppearance.handler(({ input, context: { connection } }) =>
    connection.office().settingsStore.saveSection(accountOf(connection), 'appearance', input)),
  savePrinting: api.office.savePrinting.handler(({ input, context: { connection } }) =>
    connection.office().settingsStore.saveSection(accountOf(connection), 'printing', input)),
  verifyAudit: api.office.verifyAudit.handler(({ context: { connection } }) => {
    const verdict = connection.office().checkAudit()
    return verdict.ok
      ? { intact: true, entries: verdict.count, brokenAt: null, reason: null, head: verdict.head?.hash ?? null }
      : { intact: false, entries: 0, brokenAt: verdict.at, reason: verdict.why, head: null }
  }),
  audit: api.office.audit.handler(({ input, context: { connection } }) => {
    const { audit, store, staff } = connection.office()
    const names = new Map(staff.list().map(({ id, fullName }) => [id as string, fullName]))
    const entries = audit.list(store.read, { limit: input.limit, ...(input.before !== null && { before: input.before }) })
    return entries.map((entry) => ({
      sequence: entry.sequence, at: Instant.parse(entry.at), actor: names.get(entry.actor) ?? entry.actor, action: entry.action,
      subject: entry.subject ? `${entry.subject.type} ${entry.subject.id}` : '', detail: entry.detailText,
    }))
  }),
  backUp: api.office.backUp.handler(async ({ context: { connection } }) => {
    const { store, audit } = connection.office()
    const file = await store.backup('manual')
    store.write((tx) => audit.append(tx, { actor: accountOf(connection), action: 'program.backed-up', detail: { file: basename(file) } }))
    return { at: Instant.parse(connection.clock.now().toISOString()), file: basename(file), size: statSync(file).size }
  }),
  about: api.office.about.handler(({ context: { connection } }) => {
    const { settings } = connection.counter
    const office = connection.counter.office()
    const versions: Readonly<Record<string, string | undefined>> = process.versions
    const { node = '', electron, chrome, napi } = versions
    return {
      version: settings.appVersion,
      runtime: { node, ...(electron !== undefined && { electron }), ...(chrome !== undefined && { chrome }), ...(napi !== undefined && { napi }) },
      practice: settings.practice,
      sqlite: office?.store.read.get('SELECT sqlite_version() AS v', [], (row) => row.text('v')) ?? null,
      migration: office?.store.read.get('SELECT max(version) AS v FROM migration', [], (row) => row.integer('v')) ?? null,
      freeBytes: office ? headroom(settings.dataFolder).freeBytes : null,
      keyStore: connection.host.name,
      simulated: office && office.sync.status().destination.simulated ? ['city'] : [],
    }
  }),
}

export const syncHandlers = {
  status: api.sync.status.handler(({ context: { connection } }) => {
    const office = connection.counter.office()
    if (!office) throw new AppError('TK-003')
    return { ...office.sync.status(), disk: diskRoom(connection.counter.settings.dataFolder) }
  }),
  outbox: api.sync.outbox.handler(({ input, context: { connection } }) => connection.office().sync.outbox(input)),
  submission: api.sync.submission.handler(({ input, context: { connection } }) => connection.office().sync.submission(input.id)),
  sendNow: api.sync.sendNow.handler(({ context: { connection } }) => {
    connection.office().sync.sendNow()
    return ok
  }),
  retry: api.sync.retry.handler(({ input, context: { connection } }) => {
    connection.office().sync.retry(input.id, accountOf(connection))
    return ok
  }),
  enrol: api.sync.enrol.handler(async ({ input, context: { connection } }) => {
    return enrolOffice(connection.office(), { ...input, by: accountOf(connection) })
  }),
}
