import { CivilDate } from '@contract/ids'
import type { ReportCharts } from '@contract/reports'
import type { Reader } from '../storage'
import { flowsOf, pausedOf, totalOf } from './facts/flow'
import { overPeriod, paramsOf, standingOf } from './facts/standing'
import { meanWaitMinutes, waitsOf } from './kinds/waits'
import { datesOf, type Span } from './period'
import type { DayWait, ReportSources } from './ports'

/** Received and ended on each day; `onTime` of those that ended. */
function daysOf(reader: Reader, span: Span, now: Date): ReportCharts['days'] {
  const lines = reader.all(
    `SELECT day, sum(received) AS received, sum(solved) AS solved, sum(on_time) AS on_time FROM (
       SELECT date(received_at, '+7 hours') AS day, 1 AS received, 0 AS solved, 0 AS on_time FROM dossier WHERE received_at >= :begin AND received_at < :end
       UNION ALL SELECT date(max(finished_at, :begin), '+7 hours'), 0, 1, standing <> 'late' FROM (${overPeriod(`d.finished_at, ${standingOf(span)} AS standing`)}) WHERE finished_at < :end
     ) GROUP BY day`, paramsOf(span, now),
    (row) => [row.text('day'), { received: row.integer('received'), solved: row.integer('solved'), onTime: row.integer('on_time') }] as const)
  const known = new Map(lines)
  return datesOf(span).map((date) => ({ date, ...(known.get(date) ?? { received: 0, solved: 0, onTime: 0 }) }))
}

type Hour = ReportCharts['hours'][number]

/** Received by the hour of the civil day, numbers given in it and how long those who were served waited. */
function hoursOf(reader: Reader, { begin, end }: Span, waits: readonly DayWait[]): Hour[] {
  const received = new Map(reader.all(
    "SELECT CAST(strftime('%H', received_at, '+7 hours') AS INTEGER) AS hour, count(*) AS n FROM dossier WHERE received_at >= :begin AND received_at < :end GROUP BY 1", { begin, end },
    (row) => [row.integer('hour'), row.integer('n')] as const))
  const numbers = new Map<number, { given: number; waited: number; known: number }>()
  for (const { hour, given, meanWaitMs } of waits.flatMap((day) => day.hours)) {
    const before = numbers.get(hour) ?? { given: 0, waited: 0, known: 0 }
    numbers.set(hour, { given: before.given + given, waited: before.waited + (meanWaitMs ?? 0) * given, known: before.known + (meanWaitMs === null ? 0 : given) })
  }
  return [...new Set([...received.keys(), ...numbers.keys()])].sort((one, other) => one - other).map((hour) => {
    const { given, waited, known } = numbers.get(hour) ?? { given: 0, waited: 0, known: 0 }
    return { hour, received: received.get(hour) ?? 0, given, meanWaitMinutes: known === 0 ? null : Math.round(waited / known / 60_000) }
  })
}

/** What the charts of a period draw. Waiting by hour is weighed by the numbers given in each. */
export function chartsOf(sources: ReportSources, span: Span): ReportCharts {
  const { read, clock, satisfaction } = sources
  const now = clock.now()
  const flow = totalOf(flowsOf(read, span, now))
  const waits = waitsOf(sources, span)
  const { rated, byStars } = satisfaction({ from: CivilDate.parse(span.from), to: CivilDate.parse(span.to) })
  return {
    days: daysOf(read, span, now), hours: hoursOf(read, span, waits),
    solved: { early: flow.early, onTime: flow.onTime, overdue: flow.late },
    open: { inTime: flow.running, overdue: flow.runningLate, paused: pausedOf(flow) },
    meanWaitMinutes: meanWaitMinutes(waits), satisfied: { part: byStars[4] + byStars[5], whole: rated },
  }
}
