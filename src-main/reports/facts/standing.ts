import type { Span } from '../period'

/**
 * How a dossier stands at the end of a period.
 * Solved: `early` (a day before the day it was due), `on-time`, `late`. Open: `running`, `running-late`, `paused`, `paused-late`.
 */
export const STANDINGS = ['early', 'on-time', 'late', 'running', 'running-late', 'paused', 'paused-late'] as const
export type Standing = (typeof STANDINGS)[number]

/** The state at the end of a period that is over comes from the history, otherwise from the row. Of `dossier d`; parameter `:end`. */
export const stateAt = ({ live }: Span): string => live
  ? 'd.state'
  : "coalesce((SELECT e.state FROM dossier_event e WHERE e.dossier_id = d.id AND e.state IS NOT NULL AND e.at < :end ORDER BY e.sequence DESC LIMIT 1), d.state)"

/** The appointment at the end of the period: what the first later move of it replaced. */
export const dueAt = ({ live }: Span): string => live
  ? 'd.due_at'
  : `CASE WHEN EXISTS (SELECT 1 FROM appointment_change c WHERE c.dossier_id = d.id AND c.at >= :end)
       THEN (SELECT c.previous_due_at FROM appointment_change c WHERE c.dossier_id = d.id AND c.at >= :end ORDER BY c.sequence LIMIT 1) ELSE d.due_at END`

const SUPPLEMENTS = '(SELECT count(*) FROM dossier_event e WHERE e.dossier_id = d.id AND e.state = 5 AND e.at < :end)'
const DAY = (column: string): string => `date(${column}, '+7 hours')`

/** Open at the end of the period. */
export const OPEN_AT_END = '(d.finished_at IS NULL OR d.finished_at >= :end)'

/**
 * The standing as an expression of SQL. Withdrawn and returned dossiers count as on time, as in table II.06a of systems in use (`domain.md` §8.1);
 * one that was asked for supplements more than once counts as overdue (Quyết định 766/QĐ-TTg, §8.3); one without an appointment cannot be late.
 * `5` and `6` (supplement, fee or tax due) are paused: the matter lies with the citizen. In a period that still runs, overdue is judged at `:moment`.
 */
export const standingOf = (span: Span): string => {
  const [state, due] = [stateAt(span), dueAt(span)]
  return `CASE WHEN ${OPEN_AT_END}
    THEN (CASE WHEN ${state} IN (5, 6) THEN 'paused' ELSE 'running' END) || (CASE WHEN ${due} < :moment THEN '-late' ELSE '' END)
    WHEN ${state} IN (3, 7) THEN 'on-time'
    WHEN ${SUPPLEMENTS} > 1 THEN 'late'
    WHEN ${due} IS NULL THEN 'on-time'
    WHEN d.finished_at > ${due} THEN 'late'
    WHEN ${DAY('d.finished_at')} < ${DAY(due)} THEN 'early'
    ELSE 'on-time' END`
}

/**
 * The dossiers that a period has to do with, each once: open at its end, ended in it, and those that came in it and were ended before it began
 * by a clock that was wrong. Two ranges of `dossier_flow`, which has all that is counted, and one of the few
 * of `dossier_ended_before`.
 */
const RANGES = [
  'd.finished_at IS NULL AND d.received_at < :end',
  'd.finished_at >= :begin AND d.received_at < :end',
  'd.finished_at < d.received_at AND d.finished_at < :begin AND d.received_at >= :begin AND d.received_at < :end',
] as const

/** `SELECT <columns> FROM dossier d <joins>` over the dossiers of a period. */
export const overPeriod = (columns: string, { joins = '', where = '' }: Readonly<{ joins?: string; where?: string }> = {}): string =>
  RANGES.map((range) => `SELECT ${columns} FROM dossier d ${joins} WHERE ${range} ${where}`).join('\nUNION ALL\n')

/** Parameters of the expressions above. The moment by which something is overdue: the end of the period, or now. */
export const paramsOf = ({ begin, end, live }: Span, now: Date): { begin: string; end: string; moment: string } => ({ begin, end, moment: live ? now.toISOString() : end })
