import type { LiveEvent } from '@contract/calls-live'
import { AppError, ERRORS } from '@contract/errors'
import { formatDate } from '@contract/format'
import { formatCount } from '@contract/report-words'
import { Instant, type Sha256 } from '@contract/ids'
import type { ReportCharts, ReportDue, ReportMade, ReportPeriod, ReportRow, ReportSheet, ReportWish } from '@contract/reports'
import type { Audit } from '../audit'
import type { Store } from '../storage'
import { chartsOf } from './charts'
import { beginDigest } from './digest'
import { namesOf } from './facts/names'
import { BUILDERS } from './kinds'
import { findMade, listMade, noteMade } from './made'
import { spanOf } from './period'
import type { ReportDraft, ReportSources } from './ports'
import { asking, closedDays, unprepared } from './schedule'
import { workbookOf } from './workbook'

/** Rows that a screen shows of a long report. */
export const SCREEN_ROWS = 500
/** Rows that a paper of a report may have: some 400 pages. Laying them out takes about 60 KB a row, which a counter's computer has for so many and not for a whole year. */
export const PAPER_ROWS = 5000

export type ReportsDeps = Omit<ReportSources, 'read'> & Readonly<{
  store: Store; audit: Audit; changed(event: LiveEvent): void
  /** Whether the daily sheet shall prepare itself. */
  preparesDaily(): boolean
}>

export type Reports = Readonly<{
  /** A report with its first `most` rows. @throws AppError BC-001, BC-002, BC-003 */
  sheet(wish: ReportWish, most?: number): ReportSheet
  /** A report with all its rows, to be laid out. @throws AppError BC-001, BC-002, BC-003; BC-005 when it is too long for paper */
  forPaper(wish: ReportWish): ReportSheet
  /** @throws AppError BC-001, BC-002, BC-003 */
  charts(period: ReportPeriod): ReportCharts
  /** The workbook; rows pass through and are not held. @throws AppError BC-001, BC-002, BC-003 */
  workbook(wish: ReportWish): Promise<Readonly<{ bytes: Uint8Array; digest: Sha256 }>>
  /** Keeps that a report left the screen, audited. @param by account */
  left(by: string, sheet: Pick<ReportSheet, 'kind' | 'from' | 'to' | 'digest'>, way: 'printed' | 'pdf' | 'xlsx' | 'signed'): void
  due(): ReportDue[]
  /** @throws AppError BC-004 when that day's sheet does not ask */
  putOff(by: string, day: string): void
  made(query: Readonly<{ digest: string | null; limit: number }>): ReportMade[]
  /** Prepares the sheets of working days that are over; answers which. */
  prepare(): string[]
}>

export function createReports(deps: ReportsDeps): Reports {
  const { store, audit, clock, calendar, changed } = deps
  const sources: ReportSources = { ...deps, read: store.read }

  const draftOf = ({ kind, from, to }: ReportWish, now: Date): ReportDraft =>
    BUILDERS[kind]({ sources, reader: store.read, span: spanOf({ from, to }, now), now, names: namesOf(store.read) })

  const sheetOf = (wish: ReportWish, draft: ReportDraft, now: Date, most: number): ReportSheet => {
    const digest = beginDigest(wish, draft)
    const rows: ReportRow[] = []
    for (const row of draft.rows()) {
      digest.add(row)
      if (rows.length < most) rows.push(row)
    }
    const { title, subtitle, unit, columns, rowCount, facts, checks, notes } = draft
    return {
      kind: wish.kind, from: wish.from, to: wish.to, at: Instant.parse(now.toISOString()), title, subtitle, unit, columns: [...columns], rows, rowCount,
      facts: [...facts], checks: [...checks], notes: [...notes], digest: digest.done(),
    }
  }

  const sheet = (wish: ReportWish, most = Infinity): ReportSheet => {
    const now = clock.now()
    return sheetOf(wish, draftOf(wish, now), now, most)
  }

  const forPaper = (wish: ReportWish): ReportSheet => {
    const now = clock.now()
    const draft = draftOf(wish, now)
    if (draft.rowCount > PAPER_ROWS) throw new AppError(ERRORS.reports.tooLongForPaper, { rows: formatCount(draft.rowCount), most: formatCount(PAPER_ROWS) })
    return sheetOf(wish, draft, now, PAPER_ROWS)
  }

  const keep = (made: Parameters<typeof noteMade>[2]): void => {
    store.write((tx) => noteMade(tx, audit, made, clock.now()))
    if (made.kind === 'daily') changed({ kind: 'reports' })
  }

  const due = (): ReportDue[] => (deps.preparesDaily() ? asking(store.read, closedDays(calendar(), clock.now())) : [])

  return {
    sheet, forPaper, due,
    charts: (period) => chartsOf(sources, spanOf(period, clock.now())),
    workbook: (wish) => {
      const now = clock.now()
      return workbookOf(wish, draftOf(wish, now), now)
    },
    left: (by, { kind, from, to, digest }, way) => keep({ kind, from, to, digest, way, by }),
    putOff: (by, day) => {
      if (due().every((asked) => asked.day !== day)) throw new AppError(ERRORS.reports.notAsked, { day: formatDate(day) })
      const { digest } = sheet({ kind: 'daily', from: day, to: day })
      keep({ kind: 'daily', from: day, to: day, digest, way: 'put-off', by })
    },
    made: ({ digest, limit }) => (digest === null ? listMade(store.read, limit) : findMade(store.read, digest, limit)),
    prepare: () => {
      if (!deps.preparesDaily()) return []
      const days = unprepared(store.read, closedDays(calendar(), clock.now()))
      for (const day of days) {
        const { digest } = sheet({ kind: 'daily', from: day, to: day })
        keep({ kind: 'daily', from: day, to: day, digest, way: 'prepared', by: 'system' })
      }
      return days
    },
  }
}
