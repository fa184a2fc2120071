import type { DiskRoom } from '@contract/sync'
import type { Wall, WallAlert } from '@contract/figures'

/** From when on a wait is long, in minutes. */
export const LONG_WAIT_MINUTES = 30
/** So long without the city before somebody should look, in minutes. */
export const OFFLINE_MINUTES = 60
const FEW_NUMBERS = 10
/** Fewer ratings than this say nothing about a day. */
const ENOUGH_RATINGS = 5
const LOW_SHARE = 0.6
const MINUTE = 60_000

export type AlertFacts = Omit<Wall, 'alerts'> & Readonly<{ twice: number; numbersLeft: number; feedbackOverdue: number; disk: DiskRoom | null }>

type Rule = (facts: AlertFacts) => WallAlert | null

const alert = (code: WallAlert['code'], grade: WallAlert['grade'], params: WallAlert['params'] = {}): WallAlert => ({ code, grade, params })

const RULES: readonly Rule[] = [
  ({ dossiers }) => (dossiers.overdue > 0 ? alert('overdue', 'bad', { count: dossiers.overdue }) : null),
  ({ sync }) => (sync.attention > 0 ? alert('sync-attention', 'bad', { count: sync.attention }) : null),
  ({ disk }) => (disk === 'critical' ? alert('disk', 'bad') : disk === 'low' ? alert('disk', 'warn') : null),
  ({ feedbackOverdue }) => (feedbackOverdue > 0 ? alert('feedback-overdue', 'bad', { count: feedbackOverdue }) : null),
  ({ twice }) => (twice > 0 ? alert('queue-twice', 'bad', { count: twice }) : null),
  ({ dossiers }) => (dossiers.soon > 0 ? alert('due-soon', 'warn', { count: dossiers.soon }) : null),
  ({ queue }) => {
    const minutes = Math.floor((queue?.longestWaitMs ?? 0) / MINUTE)
    return minutes >= LONG_WAIT_MINUTES ? alert('long-wait', 'warn', { minutes }) : null
  },
  ({ sync, at }) => {
    const minutes = sync.line === 'offline' && sync.since !== null ? Math.floor((Date.parse(at) - Date.parse(sync.since)) / MINUTE) : 0
    return minutes >= OFFLINE_MINUTES ? alert('offline-long', 'warn', { minutes }) : null
  },
  ({ counters }) => {
    const gone = counters.filter(({ reached, here }) => !reached && !here)
    return gone.length > 0 ? alert('counter-gone', 'warn', { names: gone.map(({ name }) => name).join(', ') }) : null
  },
  ({ satisfaction: { count, share } }) => (count >= ENOUGH_RATINGS && share !== null && share < LOW_SHARE ? alert('low-satisfaction', 'warn', { percent: Math.round(share * 100), count }) : null),
  ({ numbersLeft }) => (numbersLeft < FEW_NUMBERS ? alert('numbers-low', 'warn', { count: numbersLeft }) : null),
]

/** What the supervisor should look at, the gravest first. A calm day gives none. */
export const alertsOf = (facts: AlertFacts): WallAlert[] => RULES.map((rule) => rule(facts)).filter((found) => found !== null)
