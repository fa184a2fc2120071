import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { cityErrors } from '../../src-preload/contract/errors/city'
import { type Event, MAX_TROUBLES, NEW_SUBMISSION, type Progress, step } from '../../src-main/sync/state-machine'

const SOON = '2026-11-23T07:20:30.000Z'
const failed = (of: 'line' | 'trouble' | 'refused', inDoubt = false): Event =>
  ({ kind: 'failed', class: of, code: cityErrors.offline, words: null, inDoubt, nextTryAt: SOON })
const STATES = ['ready', 'sending', 'waiting', 'received', 'attention', 'superseded'] as const
const of = (state: Progress['state']): Progress =>
  ({ ...NEW_SUBMISSION, state, nextTryAt: state === 'waiting' ? SOON : null, supersededBy: state === 'superseded' ? 2 : null })

/** What each event makes of each state; `-` means nothing at all. */
const TABLE: readonly (readonly [string, Event, readonly string[]])[] = [
  //                                                             ready         sending       waiting       received attention     superseded
  ['begin', { kind: 'begin' },                                   ['sending', '-', 'sending', '-', '-', '-']],
  ['acknowledged', { kind: 'acknowledged' },                     ['received', 'received', 'received', '-', 'received', 'received']],
  ['failed by the line', failed('line'),                         ['-', 'waiting', '-', '-', '-', '-']],
  ['failed in the city', failed('trouble'),                      ['-', 'waiting', '-', '-', '-', '-']],
  ['refused', failed('refused'),                                 ['-', 'attention', '-', '-', '-', '-']],
  ['interrupted', { kind: 'interrupted' },                       ['-', 'ready', '-', '-', '-', '-']],
  ['hurry', { kind: 'hurry' },                                   ['-', '-', 'ready', '-', '-', '-']],
  ['retry', { kind: 'retry' },                                   ['-', '-', '-', '-', 'ready', '-']],
  ['newer version', { kind: 'newer-version', version: 2 },       ['superseded', '-', 'superseded', '-', 'superseded', '-']],
  ['yielded', { kind: 'yielded', version: 2 },                   ['-', 'superseded', '-', '-', '-', '-']],
]

describe('One step of a submission', () => {
  it.each(TABLE)('%s leads where the table says', (_name, event, expected) => {
    expect(STATES.map((state) => step(of(state), event)?.state ?? '-')).toEqual(expected)
  })

  it('an interrupted attempt leaves a doubt, and only a look-up or an acknowledgement ends it', () => {
    const doubtful = step(of('sending'), { kind: 'interrupted' })
    expect([doubtful?.inDoubt, doubtful && step(doubtful, { kind: 'unknown-at-city' })?.inDoubt]).toEqual([true, false])
  })

  it('after enough failures of the city a person has to look', () => {
    expect(step({ ...of('sending'), troubles: MAX_TROUBLES - 1 }, failed('trouble'))?.state).toBe('attention')
  })
})

const anEvent: fc.Arbitrary<Event> = fc.oneof(
  fc.constantFrom<Event>({ kind: 'begin' }, { kind: 'acknowledged' }, { kind: 'interrupted' }, { kind: 'unknown-at-city' }, { kind: 'hurry' }, { kind: 'retry' }),
  fc.record({ class: fc.constantFrom('line', 'trouble', 'refused'), inDoubt: fc.boolean() }).map(({ class: how, inDoubt }) => failed(how, inDoubt)),
  fc.integer({ min: 2, max: 9 }).map((version): Event => ({ kind: 'newer-version', version })),
  fc.integer({ min: 2, max: 9 }).map((version): Event => ({ kind: 'yielded', version })),
)
const aStory = fc.array(anEvent, { maxLength: 60 })
/** Every progress of a story, the first one included. */
const tell = (story: readonly Event[]): Progress[] =>
  story.reduce<Progress[]>((path, event) => [...path, step(path.at(-1) ?? NEW_SUBMISSION, event) ?? path.at(-1) ?? NEW_SUBMISSION], [NEW_SUBMISSION])

describe('Any story of a submission', () => {
  it('says received exactly when an acknowledgement came', () => {
    fc.assert(fc.property(aStory, (story) => {
      expect(tell(story).at(-1)?.state === 'received').toBe(story.some(({ kind }) => kind === 'acknowledged'))
    }))
  })

  it('never takes an acknowledgement back', () => {
    fc.assert(fc.property(aStory, (story) => {
      const states = tell(story).map(({ state }) => state)
      const first = states.indexOf('received')
      expect(first === -1 || states.slice(first).every((state) => state === 'received')).toBe(true)
    }))
  })

  it('keeps what the table of the database demands', () => {
    fc.assert(fc.property(aStory, (story) => {
      for (const { state, nextTryAt, supersededBy, inDoubt } of tell(story)) {
        expect([state === 'waiting', state === 'superseded', state !== 'received' || !inDoubt]).toEqual([nextTryAt !== null, supersededBy !== null, true])
      }
    }))
  })

  it('never counts attempts backwards', () => {
    fc.assert(fc.property(aStory, (story) => {
      const attempts = tell(story).map((progress) => progress.attempts)
      expect(attempts).toEqual([...attempts].sort((a, b) => a - b))
    }))
  })

  it('can still end well, wherever it stands', () => {
    fc.assert(fc.property(aStory, (story) => {
      const path = tell([...story, { kind: 'acknowledged' }])
      expect(path.at(-1)?.state).toBe('received')
    }))
  })

  it('the line being down never makes it give up', () => {
    fc.assert(fc.property(fc.integer({ min: 1, max: 300 }), (times) => {
      const story = Array.from({ length: times }, (): Event[] => [{ kind: 'begin' }, failed('line')]).flat()
      expect(tell(story).at(-1)?.state).toBe('waiting')
    }))
  })
})
