import { toCivil } from '@contract/civil-time'
import { formatDuration } from '@contract/format'
import type { DayWait, ReportFact, ReportSources } from '../ports'
import { datesOf, type Span } from '../period'

const MINUTE = 60_000
/** More days than a quarter are not read number by number for one mean. */
const MOST_DAYS = 100

/** Days of a span that have begun and are still kept, with what was waited on them. */
export function waitsOf({ waiting, clock }: Pick<ReportSources, 'waiting' | 'clock'>, span: Span): DayWait[] {
  const today = toCivil(clock.now()).date
  const days = datesOf(span).filter((date) => date <= today)
  return days.length > MOST_DAYS ? [] : days.map(waiting).filter((day) => day !== null)
}

/** Mean wait in whole minutes of those who were served; null where nobody was. */
export function meanWaitMinutes(days: readonly DayWait[]): number | null {
  const served = days.reduce((sum, day) => sum + (day.meanWaitMs === null ? 0 : day.served), 0)
  if (served === 0) return null
  return Math.round(days.reduce((sum, day) => sum + (day.meanWaitMs ?? 0) * day.served, 0) / served / MINUTE)
}

export function waitFact(sources: Pick<ReportSources, 'waiting' | 'clock'>, span: Span): ReportFact {
  const days = waitsOf(sources, span)
  const mean = meanWaitMinutes(days)
  const given = days.reduce((sum, day) => sum + day.given, 0)
  return { caption: 'Lấy số, chờ', value: mean === null ? 'không có số liệu hàng chờ.' : `${given} số; chờ trung bình ${formatDuration(mean)}.` }
}
