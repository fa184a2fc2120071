import { toCivil } from '@contract/civil-time'
import type { QueueReport } from '@contract/queue'
import { reportOf, storedDay } from '../queue'
import type { Reader } from '../storage'
import type { Roster } from './queue-place'
import { kindName } from './queue-views'

/** Waiting and serving times of a day, of the whole ward as far as this counter knows it. @param day civil date */
export function queueReport(read: Reader, roster: Roster, day: string): QueueReport {
  const { given, done, missed, open, whole, byKind, byGroup, byCounter, byHour, twice } = reportOf(storedDay(read, day), (ms) => toCivil(new Date(ms)).hour)
  return {
    day, given, done, missed, open, whole,
    byKind: [...byKind].sort(([one], [other]) => one.localeCompare(other)).map(([letter, figures]) => ({ name: kindName(letter), figures })),
    byGroup: [...byGroup].map(([group, figures]) => ({ group, figures })),
    byCounter: [...byCounter].map(([node, figures]) => ({ name: roster.nameOf(node), figures }))
      .sort((one, other) => one.name.localeCompare(other.name, 'vi', { numeric: true })),
    byHour: [...byHour].map(([hour, { given: of, meanWaitMs }]) => ({ hour, given: of, meanWaitMs })),
    twice: [...twice],
  }
}
