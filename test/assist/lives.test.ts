import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { DraftId } from '@contract/ids'
import { codeOf } from '../storage/support'
import { colleague, filledPart, HELPER, type Hall, newHall, officer, OTHER_HELPER } from './support'

const ACTS = ['save', 'discard', 'restore', 'hand', 'back', 'accept', 'accept-other', 'officer-open', 'stranger-open'] as const
type Act = (typeof ACTS)[number]
type State = 'helper' | 'aside' | 'handed' | 'officer'

/** What each act makes of a draft; an act that is not named is refused and changes nothing. */
const MOVES: Readonly<Record<State, Partial<Record<Act, State>>>> = {
  helper: { save: 'helper', discard: 'aside', hand: 'handed' },
  aside: { restore: 'helper' },
  handed: { back: 'helper', accept: 'officer' },
  officer: { accept: 'officer', 'officer-open': 'officer' },
}

function perform({ helpers, officers, desk }: Hall, id: DraftId, act: Act, fill: () => unknown): boolean {
  const acts: Readonly<Record<Act, () => unknown>> = {
    save: fill,
    discard: () => helpers.discard(HELPER, id),
    restore: () => helpers.restore(HELPER, id),
    hand: () => helpers.handOver(HELPER, id, ''),
    back: () => officers.sendBack(officer, id, 'sửa'),
    accept: () => officers.accept(officer, id),
    'accept-other': () => officers.accept(colleague, id),
    'officer-open': () => desk.intake.open(id),
    'stranger-open': () => helpers.open(OTHER_HELPER, id),
  }
  return codeOf(acts[act]) === undefined
}

describe('Whatever is done with a helper’s draft in whatever order', () => {
  test('it is in one pair of hands, and an act is carried out exactly where the table allows it', () => {
    const hall = newHall()
    fc.assert(fc.property(fc.array(fc.constantFrom(...ACTS.filter((act) => act !== 'accept-other')), { maxLength: 14 }), (acts) => {
      const first = hall.helpers.start(HELPER)
      const fill = (): unknown => {
        const now = hall.helpers.open(HELPER, first.id)
        return hall.helpers.save(HELPER, { draftId: first.id, revision: now.revision, content: filledPart(hall, now) })
      }
      fill()
      let state: State = 'helper'
      for (const act of acts) {
        const next: State | undefined = MOVES[state][act]
        expect([state, act, perform(hall, first.id, act, fill)]).toEqual([state, act, next !== undefined])
        state = next ?? state
        const seen = [hall.helpers.drafts(HELPER), hall.officers.waiting(), hall.desk.intake.drafts(officer)].map((list) => list.some(({ id }) => id === first.id))
        expect(seen).toEqual([state === 'helper', state === 'handed', state === 'officer'])
      }
    }), { numRuns: 60 })
  })

  test('two officers who accept at once: one has it', () => {
    const hall = newHall()
    const draft = hall.helpers.start(HELPER)
    hall.helpers.save(HELPER, { draftId: draft.id, revision: draft.revision, content: filledPart(hall, draft) })
    hall.helpers.handOver(HELPER, draft.id, '')
    const fill = (): undefined => undefined
    expect([perform(hall, draft.id, 'accept-other', fill), perform(hall, draft.id, 'accept', fill), hall.officers.of(draft.id)?.accepted?.by]).toEqual([true, false, colleague.name])
  })
})
