import type { FeedbackFigures, Period, Satisfaction } from '@contract/feedback'
import type { ReportCheck, ReportColumn, ReportRow, ReportSheet } from '@contract/reports'
import type { WorkCalendar } from '../intake'
import type { RegisterCaptions } from '../paperwork'
import type { Clock, Reader } from '../storage'
import type { Names } from './facts/names'
import type { Span } from './period'

/** Waiting in the hall on one day; null times where nobody was served. */
export type DayWait = Readonly<{ given: number; served: number; meanWaitMs: number | null; hours: readonly Readonly<{ hour: number; given: number; meanWaitMs: number | null }>[] }>

/** What reports ask of other modules. */
export type ReportSources = Readonly<{
  read: Reader
  clock: Clock
  calendar(): WorkCalendar
  /** The agency as it stands in titles, and who the report goes to; the latter may be empty. */
  office(): Readonly<{ name: string; recipient: string }>
  /** The wording of Mẫu 07 that is in force. */
  registerWords(): RegisterCaptions
  /** @param day civil date */
  waiting(day: string): DayWait | null
  satisfaction(period: Period): Satisfaction
  feedback(period: Period): FeedbackFigures
}>

/** What one report is made from. */
export type ReportContext = Readonly<{ sources: ReportSources; reader: Reader; span: Span; now: Date; names: Names }>

export type ReportFact = ReportSheet['facts'][number]

/** A report before its digest. `rows` may be asked again and gives the same again; long lists come from the file a page at a time. */
export type ReportDraft = Readonly<{
  title: string; subtitle: string; unit: string | null
  columns: readonly ReportColumn[]; rows(): Iterable<ReportRow>; rowCount: number
  facts: readonly ReportFact[]; checks: readonly ReportCheck[]; notes: readonly string[]
}>

export type ReportBuilder = (context: ReportContext) => ReportDraft
