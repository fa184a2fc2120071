import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { RATING_REASONS } from '@contract/display'
import type { FeedbackState } from '@contract/feedback'
import { CivilDate } from '@contract/ids'
import { applyFeedbackStatus } from '../../src-main/feedback'
import { type FeedbackFact, feedbackFiguresOf, type RatingFact, satisfactionOf } from '../../src-main/feedback/quality'
import { type Desk, duyen, newDesk, taken } from './support'

const day = (date: string): CivilDate => CivilDate.parse(date)

const ratingFact: fc.Arbitrary<RatingFact> = fc.record({
  channel: fc.constantFrom('display', 'slip', 'counter'), stars: fc.constantFrom(null, 1, 2, 3, 4, 5), reasons: fc.subarray([...RATING_REASONS]),
})

describe('Satisfaction', () => {
  it('is what a slow count finds', () => {
    fc.assert(fc.property(fc.array(ratingFact, { maxLength: 60 }), (facts) => {
      const figures = satisfactionOf(facts)
      const rated = facts.filter(({ stars }) => stars !== null)
      const stars = rated.map((fact) => fact.stars ?? 0)
      expect(figures).toEqual({
        asked: facts.length, rated: rated.length, refused: facts.filter((fact) => fact.stars === null).length,
        mean: stars.length === 0 ? null : stars.reduce((a, b) => a + b, 0) / stars.length,
        satisfied: stars.length === 0 ? null : stars.filter((n) => n >= 4).length / stars.length,
        byStars: Object.fromEntries([1, 2, 3, 4, 5].map((n) => [n, stars.filter((star) => star === n).length])),
        byReason: Object.fromEntries(RATING_REASONS.map((reason) => [reason, rated.filter((fact) => fact.reasons.includes(reason)).length])),
        byChannel: Object.fromEntries(['display', 'slip', 'counter'].map((channel) => [channel, rated.filter((fact) => fact.channel === channel).length])),
      })
    }))
  })

  it('counts civil days of the ward, both ends included', () => {
    const desk = newDesk()
    for (const at of ['2026-11-22T16:59:59.999Z', '2026-11-22T17:00:00.000Z', '2026-11-23T16:59:59.999Z', '2026-11-23T17:00:00.000Z']) {
      desk.at(at)
      desk.ratings.keep({ channel: 'display', dossierId: null, ticketLabel: 'A001', stars: 3, reasons: [], comment: '' })
    }
    expect(desk.figures.satisfaction({ from: day('2026-11-23'), to: day('2026-11-23') }).rated).toBe(2)
  })
})

const instant = fc.integer({ min: 0, max: 40 }).map((days) => new Date(Date.UTC(2026, 10, 1) + days * 86_400_000).toISOString())
const maybe = fc.option(instant)
const feedbackFact: fc.Arbitrary<FeedbackFact> = fc.record({
  kind: fc.constantFrom('complaint', 'proposal', 'praise'), state: fc.constantFrom<FeedbackState[]>(1, 2, 3, 4, 5, 6, 7, 8), refuseBy: maybe, supplementBy: maybe, answerBy: maybe,
  refusedAt: maybe, supplementAt: maybe, answeredAt: maybe,
})

describe('The figures of complaints and proposals', () => {
  it('are what a slow count finds', () => {
    const now = new Date(Date.UTC(2026, 10, 20))
    fc.assert(fc.property(fc.array(feedbackFact, { maxLength: 40 }), (facts) => {
      const figures = feedbackFiguresOf(facts, now)
      let [onTime, done, overdue, open] = [0, 0, 0, 0]
      for (const fact of facts) {
        if (fact.kind === 'praise' || fact.state === 8) continue
        for (const [at, by] of [[fact.refusedAt, fact.refuseBy], [fact.supplementAt, fact.supplementBy], [fact.answeredAt, fact.answerBy]] as const) {
          if (at === null || by === null) continue
          done += 1
          if (Date.parse(at) <= Date.parse(by)) onTime += 1
        }
        if (fact.state > 4) continue
        open += 1
        if (fact.answerBy !== null && Date.parse(fact.answerBy) < now.getTime()) overdue += 1
      }
      const steps = [figures.refusedStep, figures.supplementStep, figures.answerStep]
      expect([steps.reduce((sum, step) => sum + step.onTime, 0), steps.reduce((sum, step) => sum + step.done, 0), figures.open, figures.overdue, figures.onTime])
        .toEqual([onTime, done, open, overdue, done + overdue === 0 ? null : onTime / (done + overdue)])
      expect(figures.taken + figures.praise).toBe(facts.length)
    }))
  })

  const tells = (desk: Desk, id: string, state: 4 | 5 | 6 | 7, at: string, sequence: number): void => {
    desk.store.write((tx) => applyFeedbackStatus(tx, desk.audit, { feedbackId: id, state, at, note: null, by: 'Thành phố', sequence }))
  }

  it('tell what is late whenever it was taken, praise and what was withdrawn left out', () => {
    const desk = newDesk()
    taken(desk)
    taken(desk, { kind: 'praise' })
    desk.complaints.withdraw(duyen, { id: taken(desk).id, words: 'thôi' })
    const before = desk.figures.overdue()
    desk.at('2027-01-04T02:00:00.000Z')
    expect([before, desk.figures.overdue(), desk.figures.figures({ from: day('2027-01-01'), to: day('2027-01-04') }).overdue]).toEqual([0, 1, 0])
  })

  it('follow the statuses of the city', () => {
    const desk = newDesk()
    const [answered, refused, asked, late] = [taken(desk), taken(desk), taken(desk), taken(desk)]
    taken(desk, { kind: 'praise' })
    desk.complaints.withdraw(duyen, { id: taken(desk).id, words: 'thôi' })
    tells(desk, answered.id, 5, '2026-12-01T02:00:00.000Z', 1)
    tells(desk, answered.id, 7, '2026-12-20T02:00:00.000Z', 2)
    tells(desk, refused.id, 6, '2026-11-30T02:00:00.000Z', 3)
    tells(desk, refused.id, 7, '2026-12-01T02:00:00.000Z', 4)
    tells(desk, asked.id, 4, '2026-11-25T02:00:00.000Z', 5)
    desk.at('2026-12-16T02:00:00.000Z')
    const { taken: count, praise, withdrawn, refusedStep, supplementStep, answerStep, open, overdue, onTime } = desk.figures.figures({ from: day('2026-11-23'), to: day('2026-11-23') })
    expect([late.state, { count, praise, withdrawn, refused: refusedStep, asked: supplementStep, answered: answerStep, open, overdue, onTime }]).toEqual([1, {
      count: 5, praise: 1, withdrawn: 1, refused: { done: 1, onTime: 0, share: 0 }, asked: { done: 1, onTime: 1, share: 1 }, answered: { done: 1, onTime: 1, share: 1 },
      open: 2, overdue: 2, onTime: 2 / 5,
    }])
  })
})
