import { describe, expect, test } from 'vitest'
import { Instant } from '@contract/ids'
import { type AlertFacts, alertsOf } from '../../src-main/figures'

const calm: AlertFacts = {
  at: Instant.parse('2026-11-23T03:00:00.000Z'),
  queue: { standing: 'together', waiting: 3, serving: 1, done: 9, missed: 0, meanWaitMs: 300_000, longestWaitMs: 600_000 },
  counters: [{ name: 'Quầy 1', here: true, reached: true, serving: null, since: null, servedToday: 9, meanServedMs: 400_000 }],
  dossiers: { received: 12, finished: 4, dueToday: 3, overdue: 0, soon: 0, inWork: 40, waitingForCitizen: 2 },
  late: [], soon: [],
  sync: { line: 'online', since: null, waiting: 0, attention: 0, oldestWaitingAt: null, lastReceivedAt: null, simulated: false },
  satisfaction: { count: 8, refused: 1, mean: 4.6, share: 0.9 }, hours: [], twice: 0, numbersLeft: 40, feedbackOverdue: 0, disk: 'ample',
}
const told = (changed: Partial<AlertFacts>): string[] => alertsOf({ ...calm, ...changed }).map(({ code, grade }) => `${grade} ${code}`)

describe('What the wall calls for', () => {
  test('nothing on a calm day', () => expect(alertsOf(calm)).toEqual([]))

  test.each<readonly [string, Partial<AlertFacts>, readonly string[]]>([
    ['an overdue dossier', { dossiers: { ...calm.dossiers, overdue: 1 } }, ['bad overdue']],
    ['one that is due soon', { dossiers: { ...calm.dossiers, soon: 2 } }, ['warn due-soon']],
    ['a submission that needs somebody', { sync: { ...calm.sync, attention: 1 } }, ['bad sync-attention']],
    ['a wait of half an hour', { queue: { standing: 'together', waiting: 1, serving: 0, done: 0, missed: 0, meanWaitMs: 0, longestWaitMs: 1_800_000 } }, ['warn long-wait']],
    ['an hour without the city', { sync: { ...calm.sync, line: 'offline', since: Instant.parse('2026-11-23T02:00:00.000Z') } }, ['warn offline-long']],
    ['a counter that went away', { counters: [...calm.counters, { name: 'Quầy 2', here: false, reached: false, serving: null, since: null, servedToday: 0, meanServedMs: 0 }] }, ['warn counter-gone']],
    ['few satisfied people', { satisfaction: { count: 5, refused: 0, mean: 2, share: 0.4 } }, ['warn low-satisfaction']],
    ['a number worked on twice', { twice: 1 }, ['bad queue-twice']],
    ['an answer to a complaint that is late', { feedbackOverdue: 1 }, ['bad feedback-overdue']],
    ['the last numbers', { numbersLeft: 9 }, ['warn numbers-low']],
    ['a full disk', { disk: 'critical' }, ['bad disk']],
  ])('%s', (_name, changed, expected) => expect(told(changed)).toEqual(expected))

  test.each<readonly [string, Partial<AlertFacts>]>([
    ['four ratings, however bad', { satisfaction: { count: 4, refused: 0, mean: 1, share: 0 } }],
    ['a wait of 29 minutes', { queue: { standing: 'together', waiting: 1, serving: 0, done: 0, missed: 0, meanWaitMs: 0, longestWaitMs: 1_799_000 } }],
    ['a line that went away just now', { sync: { ...calm.sync, line: 'offline', since: Instant.parse('2026-11-23T02:30:00.000Z') } }],
    ['ratings of nobody', { satisfaction: { count: 0, refused: 9, mean: null, share: null } }],
  ])('not %s', (_name, changed) => expect(told(changed)).toEqual([]))

  test('the gravest first', () => {
    expect(told({ numbersLeft: 1, dossiers: { ...calm.dossiers, overdue: 3, soon: 1 } })).toEqual(['bad overdue', 'warn due-soon', 'warn numbers-low'])
  })
})
