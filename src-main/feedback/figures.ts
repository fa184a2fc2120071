import { addDays, fromCivil } from '@contract/civil-time'
import { RatingReason } from '@contract/display'
import { FeedbackContent, type FeedbackFigures, type FeedbackKind, type FeedbackState, type Period, type RatingChannel, type Satisfaction, type Themes } from '@contract/feedback'
import { z } from 'zod'
import type { Clock, Reader } from '../storage'
import { type FeedbackFact, feedbackFiguresOf, type RatingFact, satisfactionOf } from './quality'
import { OVERDUE } from './rows'
import { periodBefore, type Said, type ThemeFile, themesOf } from './themes'

export type Figures = Readonly<{
  satisfaction(period: Period): Satisfaction
  figures(period: Period): FeedbackFigures
  themes(period: Period): Themes
  /** Complaints and proposals past their limit now, whenever they were taken. */
  overdue(): number
}>

const Reasons = z.array(RatingReason)

/** First and behind the last instant of the civil days. */
const spanOf = ({ from, to }: Period): [string, string] => [fromCivil(from, 0).toISOString(), fromCivil(addDays(to, 1), 0).toISOString()]

/** Every rating of the period; a refusal only where no rating of the same dossier came at all. */
const ratingFacts = (reader: Reader, period: Period): RatingFact[] => reader.all(
  `SELECT r.channel, r.stars, r.reasons FROM rating r WHERE r.at >= ? AND r.at < ?
   AND NOT (r.refused = 1 AND r.dossier_id IS NOT NULL AND EXISTS (SELECT 1 FROM rating x WHERE x.dossier_id = r.dossier_id AND x.refused = 0))`, spanOf(period),
  (row) => ({ channel: row.text<RatingChannel>('channel'), stars: row.integerOrNull('stars'), reasons: row.json('reasons', Reasons) }))

const FIRST = (states: string): string => `(SELECT min(e.at) FROM feedback_event e WHERE e.feedback_id = f.id AND e.kind = 'state' AND e.origin = 'city' AND e.state IN (${states}))`

const feedbackFacts = (reader: Reader, period: Period): FeedbackFact[] => reader.all(
  `SELECT f.kind, f.state, f.refuse_by, f.supplement_by, f.answer_by, ${FIRST('6')} AS refused_at, ${FIRST('4')} AS supplement_at, ${FIRST('5, 7')} AS answered_at
   FROM feedback f WHERE f.state > 0 AND f.taken_at >= ? AND f.taken_at < ?`, spanOf(period),
  (row) => {
    const refusedAt = row.textOrNull('refused_at')
    const answeredAt = row.textOrNull('answered_at')
    // What was refused is closed afterwards: that is no answer.
    const answered = refusedAt !== null && answeredAt !== null && refusedAt <= answeredAt ? null : answeredAt
    return {
      // The table's CHECK holds it between 0 and 8.
      kind: row.text<FeedbackKind>('kind'), state: row.integer('state') as FeedbackState, refuseBy: row.textOrNull('refuse_by'), supplementBy: row.textOrNull('supplement_by'),
      answerBy: row.textOrNull('answer_by'), refusedAt, supplementAt: row.textOrNull('supplement_at'), answeredAt: answered,
    }
  })

function saidIn(reader: Reader, period: Period): Said[] {
  const comments = reader.all("SELECT at, comment FROM rating WHERE comment <> '' AND at >= ? AND at < ? ORDER BY at", spanOf(period), (row) => ({ at: new Date(row.text('at')), text: row.text('comment') }))
  const contents = reader.all('SELECT taken_at, content FROM feedback WHERE state BETWEEN 1 AND 7 AND taken_at >= ? AND taken_at < ? ORDER BY taken_at', spanOf(period),
    (row) => ({ at: new Date(row.text('taken_at')), text: row.json('content', FeedbackContent).content }))
  return [...comments, ...contents]
}

/** Figures of what citizens said, out of this counter's own data. */
export function createFigures({ read, clock, themeFile }: Readonly<{ read: Reader; clock: Clock; themeFile(): ThemeFile }>): Figures {
  return {
    satisfaction: (period) => satisfactionOf(ratingFacts(read, period)),
    figures: (period) => feedbackFiguresOf(feedbackFacts(read, period), clock.now()),
    themes: (period) => themesOf(saidIn(read, { from: periodBefore(period).from, to: period.to }), themeFile(), period),
    overdue: () => read.get(`SELECT count(*) AS n FROM feedback f WHERE ${OVERDUE}`, [clock.now().toISOString()], (row) => row.integer('n')) ?? 0,
  }
}
