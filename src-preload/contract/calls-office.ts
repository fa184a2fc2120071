import { z } from 'zod'
import { call } from './call'
import { SearchHit } from './dossier'
import { FeeQuote, Verdict } from './draft'
import { Instant, SubmissionId } from './ids'
import { Procedure } from './procedures'
import { Settings } from './settings'
import { OutboxDetail, OutboxRow, SyncStatus } from './sync'

const ok = z.object({ ok: z.literal(true) })

export const ProcedureHit = z.object({
  code: z.string(), version: z.string(), name: z.string(), field: z.string(), timeText: z.string().nullable(), feeText: z.string(),
  placeIndependence: z.string(), verdict: Verdict,
  /** One of the 25 essential services of Đề án 06. */
  essential: z.boolean(),
})
export type ProcedureHit = z.infer<typeof ProcedureHit>

/** Each narrows the list; left out, it does not. */
export const ProcedureFilters = z.object({
  field: z.string().max(100).optional(), essential: z.literal(true).optional(),
  /** `decision`: any agency decides; `reception`: any counter of the city receives, or decides. */
  placeIndependence: z.enum(['decision', 'reception']).optional(),
})
export type ProcedureFilters = z.infer<typeof ProcedureFilters>

/** How many a filter would leave of what was typed, the other filters being as they are. */
export const FilterCounts = z.object({
  essential: z.number().int(), decision: z.number().int(), reception: z.number().int(),
  fields: z.array(z.object({ field: z.string(), count: z.number().int() })),
})
export type FilterCounts = z.infer<typeof FilterCounts>

export const ImportProblem = z.object({
  sheet: z.string().nullable(), row: z.number().int().nullable(), field: z.string(), problem: z.string(),
})
export type ImportProblem = z.infer<typeof ImportProblem>

export const ImportReport = z.object({
  problems: z.array(ImportProblem),
  added: z.array(z.string()), changed: z.array(z.string()), unchanged: z.number().int(),
  version: z.string().nullable(), applied: z.boolean(),
})
export type ImportReport = z.infer<typeof ImportReport>

export const procedureCalls = {
  search: call.meta({ access: 'signed-in', about: 'Procedures by name without marks, code, field, life event, with place and eligibility answer' })
    .input(z.object({
      query: z.string().max(200), lifeEvent: z.string().max(80).nullable().default(null),
      applicant: z.object({ address: z.string().max(1000), birthDate: z.string().max(40) }).nullable().default(null),
      limit: z.number().int().min(1).max(400).default(50), filters: ProcedureFilters.default({}),
    })).output(z.object({
      items: z.array(ProcedureHit), total: z.number().int(), lifeEvents: z.array(z.string()),
      /** How many there are in all; `items` may be fewer by the limit. */
      found: z.number().int(), counts: FilterCounts,
    })),
  get: call.meta({ access: 'signed-in', about: 'One procedure, the version in force or a named one' })
    .input(z.object({ code: z.string().max(40), version: z.string().max(40).optional() })).output(Procedure),
  quote: call.meta({ access: 'receive', about: 'The fee for so many copies and pages' })
    .input(z.object({ code: z.string(), version: z.string(), copies: z.number().int().min(0), pages: z.number().int().min(0), exemption: z.string().nullable() })).output(FeeQuote),
  import: call.meta({ access: 'administer', about: 'Imports a catalogue (JSON or XLSX); with any problem nothing is imported' })
    .input(z.object({ file: z.instanceof(Blob), name: z.string().max(255), dryRun: z.boolean() })).output(ImportReport),
  export: call.meta({ access: 'supervise', about: 'The catalogue in force as JSON or XLSX' })
    .input(z.object({ as: z.enum(['json', 'xlsx']) })).output(z.instanceof(Blob)),
  saveExport: call.meta({ access: 'supervise', about: 'Asks where to save the catalogue in force and writes the file' })
    .input(z.object({ as: z.enum(['json', 'xlsx']) })).output(z.object({ outcome: z.enum(['saved', 'cancelled']) })),
}

export const Today = z.object({
  receivedToday: z.number().int(), receivedHere: z.number().int(),
  dueToday: z.number().int(), dueTodayReady: z.number().int(),
  overdue: z.number().int(), drafts: z.number().int(),
  due: z.array(SearchHit), dueTotal: z.number().int(),
  reminders: z.array(z.object({ code: z.string(), params: z.record(z.string(), z.string()) })),
})
export type Today = z.infer<typeof Today>

export const officeCalls = {
  today: call.meta({ access: 'receive', about: 'What waits, what is due, what is late' }).output(Today),
  workingMinutes: call.meta({ access: 'signed-in', about: 'Working minutes from now to each moment, negative when past; null where the calendar does not reach' })
    .input(z.object({ until: z.array(Instant).max(500) })).output(z.array(z.number().int().nullable())),
  settings: call.meta({ access: 'signed-in', about: 'Settings of ward and counter' }).output(Settings),
  saveSettings: call.meta({ access: 'administer', about: 'Saves settings' }).input(Settings).output(Settings),
  saveAppearance: call.meta({ access: 'signed-in', about: 'Theme, language, text size' })
    .input(Settings.shape.appearance).output(Settings),
  savePrinting: call.meta({ access: 'receive', about: 'Printer and paper of the receipt' }).input(Settings.shape.printing).output(Settings),
  verifyAudit: call.meta({ access: 'supervise', about: 'Checks the whole audit chain' })
    .output(z.object({ intact: z.boolean(), entries: z.number().int(), brokenAt: z.number().int().nullable(), reason: z.string().nullable(), head: z.string().nullable() })),
  audit: call.meta({ access: 'supervise', about: 'Audit entries, newest first' })
    .input(z.object({ before: z.number().int().nullable().default(null), limit: z.number().int().min(1).max(200).default(50) }))
    .output(z.array(z.object({ sequence: z.number().int(), at: Instant, actor: z.string(), action: z.string(), subject: z.string(), detail: z.string() }))),
  backUp: call.meta({ access: 'supervise', about: 'Makes and checks a back-up now' }).output(z.object({ at: Instant, file: z.string(), size: z.number().int() })),
  about: call.meta({ access: 'anyone', about: 'Versions and health of the machine' }).output(z.object({
    version: z.string(), runtime: z.record(z.string(), z.string()), practice: z.boolean(), sqlite: z.string().nullable(), migration: z.number().int().nullable(),
    freeBytes: z.number().nullable(), keyStore: z.string(), simulated: z.array(z.string()),
  })),
}

export const syncCalls = {
  status: call.meta({ access: 'anyone', about: 'The strip: line, what waits, what needs attention' }).output(SyncStatus),
  outbox: call.meta({ access: 'receive', about: 'Submissions, those that need somebody first' })
    .input(z.object({ filter: z.enum(['open', 'all']).default('all'), limit: z.number().int().min(1).max(500).default(200) })).output(z.array(OutboxRow)),
  submission: call.meta({ access: 'receive', about: 'One submission with its attempts' }).input(z.object({ id: SubmissionId })).output(OutboxDetail),
  sendNow: call.meta({ access: 'receive', about: 'Tries everything that waits at once' }).output(ok),
  retry: call.meta({ access: 'receive', about: 'Puts a submission that needs attention back in line, unchanged' }).input(z.object({ id: SubmissionId })).output(ok),
  enrol: call.meta({ access: 'administer', about: 'Registers this counter with the city by a one-time code' })
    .input(z.object({ url: z.url().max(300), code: z.string().trim().min(4).max(60) })).output(z.object({ agency: z.string(), counter: z.string() })),
}
