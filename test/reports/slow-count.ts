import { FIRST_DAY, type Told } from './histories'
import { addDays } from '../../src-preload/contract/civil-time'

const DAY = 1440
const ENDS = new Set([3, 7, 8, 9, 10])
const minuteOf = (date: string): number => (Date.parse(date) - Date.parse(FIRST_DAY)) / 60_000

export type Count = Record<'fresh' | 'carried' | 'early' | 'onTime' | 'late' | 'running' | 'runningLate' | 'paused' | 'pausedLate' | 'refused' | 'withdrawn' | 'stopped', number>
const zero = (): Count => ({ fresh: 0, carried: 0, early: 0, onTime: 0, late: 0, running: 0, runningLate: 0, paused: 0, pausedLate: 0, refused: 0, withdrawn: 0, stopped: 0 })

/** Where a dossier stands at the end of a period by playing its history; null when the period has nothing to do with it. */
function standing(told: Told, begin: number, end: number, now: number): { fresh: boolean; key: keyof Count; end: number } | null {
  const played = told.states.filter(({ at }) => at < end)
  const last = played.at(-1)
  if (!last) return null
  const ended = played.find(({ state }) => ENDS.has(state))
  if (ended && ended.at < begin) return null
  const due = told.dues.filter(({ at }) => at < end).at(-1)?.due ?? null
  const fresh = told.receivedAt >= begin
  if (!ended) {
    const late = due !== null && due < Math.min(end, now)
    const key = [5, 6].includes(last.state) ? (late ? 'pausedLate' : 'paused') : late ? 'runningLate' : 'running'
    return { fresh, key, end: 0 }
  }
  if ([3, 7].includes(last.state)) return { fresh, key: 'onTime', end: last.state }
  const asked = played.filter(({ state }) => state === 5).length
  if (asked > 1) return { fresh, key: 'late', end: last.state }
  if (due === null) return { fresh, key: 'onTime', end: last.state }
  if (ended.at > due) return { fresh, key: 'late', end: last.state }
  return { fresh, key: Math.floor(ended.at / DAY) < Math.floor(due / DAY) ? 'early' : 'onTime', end: last.state }
}

/** Counts by a key, one dossier after the other. */
export function slowCount(all: readonly Told[], period: Readonly<{ from: string; to: string }>, now: number, keyOf: (told: Told) => string): Map<string, Count> {
  const [begin, end] = [minuteOf(period.from), minuteOf(addDays(period.to, 1))]
  const counts = new Map<string, Count>()
  for (const told of all) {
    const found = standing(told, begin, end, now)
    if (!found) continue
    const count = counts.get(keyOf(told)) ?? zero()
    counts.set(keyOf(told), count)
    count[found.fresh ? 'fresh' : 'carried'] += 1
    count[found.key] += 1
    if (found.end === 3) count.refused += 1
    if (found.end === 7) count.withdrawn += 1
    if (found.end === 8) count.stopped += 1
  }
  return counts
}

export type SlowMoney = Readonly<{ cash: number; transfer: number; exempt: number; lines: number; byOfficer: ReadonlyMap<string, number> }>

export function slowMoney(all: readonly Told[], period: Readonly<{ from: string; to: string }>): SlowMoney {
  const [begin, end] = [minuteOf(period.from), minuteOf(addDays(period.to, 1))]
  const within = (at: number | null): boolean => at !== null && at >= begin && at < end
  const sums: Record<string, number> = { cash: 0, transfer: 0, exempt: 0 }
  const byOfficer = new Map<string, number>()
  let lines = 0
  for (const { method, amount, at, voided, officer } of all.flatMap(({ payments }) => payments)) {
    for (const signed of [...(within(at) ? [amount] : []), ...(within(voided) ? [-amount] : [])]) {
      lines += 1
      sums[method] = (sums[method] ?? 0) + signed
      if (method !== 'exempt') byOfficer.set(officer, (byOfficer.get(officer) ?? 0) + signed)
    }
  }
  return { cash: sums['cash'] ?? 0, transfer: sums['transfer'] ?? 0, exempt: sums['exempt'] ?? 0, lines, byOfficer }
}

export function slowDelivery(all: readonly Told[], period: Readonly<{ from: string; to: string }>) {
  const [begin, end] = [minuteOf(period.from), minuteOf(addDays(period.to, 1))]
  const came = all.filter(({ receivedAt }) => receivedAt >= begin && receivedAt < end)
  const of = (...states: string[]): number => came.filter(({ submission }) => states.includes(submission)).length
  return { received: came.length, acknowledged: of('received'), waiting: of('ready', 'sending', 'waiting'), attention: of('attention') }
}

/** First prints of receipts in the period, and later ones. */
export function slowPrints(all: readonly Told[], period: Readonly<{ from: string; to: string }>) {
  const [begin, end] = [minuteOf(period.from), minuteOf(addDays(period.to, 1))]
  let [first, again] = [0, 0]
  for (const { prints } of all) prints.forEach((at, index) => {
    if (at < begin || at >= end) return
    if (index === 0) first += 1
    else again += 1
  })
  return { first, again }
}
