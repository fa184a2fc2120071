import { toCivil } from '@contract/civil-time'
import { AppError } from '@contract/errors'
import type { FeedbackFigures, Period, Satisfaction } from '@contract/feedback'
import { type Quality, SOON_MINUTES, type Wall, type WallCounter, type WallDossier } from '@contract/figures'
import { CivilDate, Instant } from '@contract/ids'
import type { QueueReport, QueueState } from '@contract/queue'
import type { DiskRoom, LineStatus } from '@contract/sync'
import { alertsOf, dayFigures, hoursOf, lateDossiers, nextDossiers, qualityOf, shareOf } from '../figures'
import { type WorkCalendar, workingMinutes } from '../intake'
import type { Reader } from '../storage'

/** What the wall asks of the other modules. A queue that could not be opened is null and leaves its figures out. */
export type WallSources = Readonly<{
  read: Reader
  now(): Date
  calendar(): WorkCalendar
  line(): LineStatus
  disk(): DiskRoom | null
  queue: Readonly<{ state: QueueState; report: QueueReport }> | null
  satisfaction(period: Period): Satisfaction
  feedback(period: Period): FeedbackFigures
  /** Whenever they were taken: what is late does not end with the month. */
  feedbackOverdue(): number
}>

function minutesLeft(now: Date, dueAt: string, calendar: WorkCalendar): number | null {
  try {
    return workingMinutes(now, new Date(dueAt), calendar)
  } catch (error) {
    if (error instanceof AppError && error.code === 'LICH-001') return null
    throw error
  }
}

function countersOf({ state, report }: NonNullable<WallSources['queue']>): WallCounter[] {
  return state.counters.map(({ node, name, here, reached }) => {
    const inHand = state.tickets.find((ticket) => ticket.counter?.node === node && (ticket.state === 'serving' || ticket.state === 'called'))
    const figures = report.byCounter.find((counter) => counter.name === name)?.figures
    return { name, here, reached, serving: inHand?.label ?? null, since: inHand?.stateSince ?? null, servedToday: figures?.count ?? 0, meanServedMs: figures?.meanServedMs ?? 0 }
  })
}

function queueOf({ state, report }: NonNullable<WallSources['queue']>): NonNullable<Wall['queue']> {
  const inState = (...wanted: readonly string[]): number => state.tickets.filter((ticket) => wanted.includes(ticket.state)).length
  return {
    standing: state.standing, waiting: inState('waiting'), serving: inState('serving', 'called'), done: state.done, missed: report.missed,
    meanWaitMs: state.meanWaitMs, longestWaitMs: state.longestWaitMs,
  }
}

const ratingsOf = ({ rated, refused, mean, satisfied }: Satisfaction): Wall['satisfaction'] => ({ count: rated, refused, mean, share: satisfied })

function hoursToday(sources: WallSources, now: Date): Wall['hours'] {
  const dossiers = hoursOf(sources.read, now)
  const given = new Map(sources.queue?.report.byHour.map((hour) => [hour.hour, hour.given]) ?? [])
  const hours = [...new Set([...dossiers.keys(), ...given.keys()])].sort((one, other) => one - other)
  return hours.map((hour) => ({ hour, received: dossiers.get(hour)?.received ?? 0, finished: dossiers.get(hour)?.finished ?? 0, given: given.get(hour) ?? 0 }))
}

/** The ward at this moment, and what in it needs somebody. */
export function wallOf(sources: WallSources): Wall {
  const now = sources.now()
  const day = CivilDate.parse(toCivil(now).date)
  const today: Period = { from: day, to: day }
  const calendar = sources.calendar()
  const withMinutes = (dossier: Omit<WallDossier, 'minutesLeft'>): WallDossier => ({ ...dossier, minutesLeft: minutesLeft(now, dossier.dueAt, calendar) })
  const soon = nextDossiers(sources.read, now).map(withMinutes).filter((dossier) => dossier.minutesLeft !== null && dossier.minutesLeft <= SOON_MINUTES)
  const { counts, ...line } = sources.line()
  const facts = {
    at: Instant.parse(now.toISOString()),
    queue: sources.queue && queueOf(sources.queue),
    counters: sources.queue ? countersOf(sources.queue) : [],
    dossiers: { ...dayFigures(sources.read, now), soon: soon.length },
    late: lateDossiers(sources.read, now).map(withMinutes),
    soon: soon.slice(0, 8),
    sync: {
      line: line.line, since: line.since, waiting: counts.ready + counts.waiting + counts.sending, attention: counts.attention,
      oldestWaitingAt: line.oldestWaitingAt, lastReceivedAt: line.lastReceivedAt, simulated: line.destination.simulated,
    },
    satisfaction: ratingsOf(sources.satisfaction(today)),
    hours: hoursToday(sources, now),
  }
  const more = { twice: sources.queue?.report.twice.length ?? 0, numbersLeft: line.numbersLeft, feedbackOverdue: sources.feedbackOverdue(), disk: sources.disk() }
  return { ...facts, alerts: alertsOf({ ...facts, ...more }) }
}

/** Service quality of a period; see `figures/quality.ts` for what each indicator counts. */
export function qualityWith(sources: Pick<WallSources, 'read' | 'now' | 'satisfaction' | 'feedback'>, period: Period): Quality {
  const { rated, refused, mean, byStars } = sources.satisfaction(period)
  const { refusedStep, supplementStep, answerStep, open, overdue } = sources.feedback(period)
  const steps = [refusedStep, supplementStep, answerStep]
  const sum = (key: 'done' | 'onTime'): number => steps.reduce((all, step) => all + step[key], 0)
  return {
    ...qualityOf(sources.read, period.from, period.to, sources.now()),
    feedback: { onTime: shareOf(sum('onTime'), sum('done') + overdue), open, overdue },
    satisfaction: { count: rated, refused, mean, satisfied: shareOf(byStars[4] + byStars[5], rated) },
  }
}
