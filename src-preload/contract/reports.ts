import { z } from 'zod'
import { Instant, Sha256 } from './ids'

/** Reports of the office (`domain.md` §8). */
export const REPORT_KINDS = ['daily', 'monthly', 'ii06a', 'overdue', 'due-soon', 'refused', 'place-independent', 'fees', 'register', 'quality', 'staff', 'procedures'] as const
export const ReportKind = z.enum(REPORT_KINDS)
export type ReportKind = z.infer<typeof ReportKind>

/** Civil dates, both included. */
export const ReportPeriod = z.object({ from: z.iso.date(), to: z.iso.date() })
export type ReportPeriod = z.infer<typeof ReportPeriod>
export const ReportWish = ReportPeriod.extend({ kind: ReportKind })
export type ReportWish = z.infer<typeof ReportWish>

/**
 * A column. `count` and `money` are whole numbers (đồng), `date` a civil date, `moment` an instant, `share` 0…1. `group` is a heading that neighbours share;
 * `weight` how wide it is beside the others; `index` the number printed under it, "(4)".
 */
export const ReportColumn = z.object({
  key: z.string(), title: z.string(), group: z.string().nullable(), kind: z.enum(['text', 'count', 'money', 'date', 'moment', 'share', 'minutes']), weight: z.number().min(0.2).max(20), index: z.string().nullable(),
})
export type ReportColumn = z.infer<typeof ReportColumn>
export const ReportCell = z.union([z.string(), z.number(), z.null()])
export type ReportCell = z.infer<typeof ReportCell>
export const ReportRow = z.object({ level: z.enum(['row', 'group', 'total']), cells: z.array(ReportCell) })
export type ReportRow = z.infer<typeof ReportRow>

/** A sum that must come out: both sides, and whether they are equal (`reports:check.<code>`). */
export const ReportCheck = z.object({ code: z.string(), ok: z.boolean(), params: z.record(z.string(), z.union([z.string(), z.number()])) })
export type ReportCheck = z.infer<typeof ReportCheck>

/** A line below the table: caption and value in words, as printed. */
export const ReportFact = z.object({ caption: z.string(), value: z.string() })

/**
 * A report as data: the same for screen, paper and workbook. `rows` may be cut for the screen; `rowCount` is all of them. `digest` is SHA-256 over
 * kind, period, columns, all rows, facts and checks; it stands in the footer of the paper.
 */
export const ReportSheet = z.object({
  kind: ReportKind, from: z.iso.date(), to: z.iso.date(), at: Instant, title: z.string(), subtitle: z.string(), unit: z.string().nullable(),
  columns: z.array(ReportColumn), rows: z.array(ReportRow), rowCount: z.number().int(), facts: z.array(ReportFact), checks: z.array(ReportCheck), notes: z.array(z.string()), digest: Sha256,
})
export type ReportSheet = z.infer<typeof ReportSheet>

/** What the charts draw. `onTime` of the dossiers that ended that day. */
export const ReportCharts = z.object({
  days: z.array(z.object({ date: z.iso.date(), received: z.number().int(), solved: z.number().int(), onTime: z.number().int() })),
  hours: z.array(z.object({ hour: z.number().int(), received: z.number().int(), given: z.number().int(), meanWaitMinutes: z.number().nullable() })),
  solved: z.object({ early: z.number().int(), onTime: z.number().int(), overdue: z.number().int() }),
  open: z.object({ inTime: z.number().int(), overdue: z.number().int(), paused: z.number().int() }),
  meanWaitMinutes: z.number().nullable(), satisfied: z.object({ part: z.number().int(), whole: z.number().int() }),
})
export type ReportCharts = z.infer<typeof ReportCharts>

/** The daily sheet that asks to be printed after closing time. */
export const ReportDue = z.object({ day: z.iso.date(), preparedAt: Instant })
export type ReportDue = z.infer<typeof ReportDue>
export const ReportMade = z.object({ kind: ReportKind, from: z.iso.date(), to: z.iso.date(), digest: Sha256, way: z.enum(['printed', 'pdf', 'xlsx', 'signed', 'prepared', 'put-off']), at: Instant, by: z.string() })
export type ReportMade = z.infer<typeof ReportMade>
