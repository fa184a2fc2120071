import type { Reader } from '../../storage'
import type { Span } from '../period'
import { overPeriod, paramsOf, type Standing, standingOf, stateAt } from './standing'

/** Counts of dossiers over a period. `carried` came before it and was not ended; `fresh` came in it. */
export type Flow = Readonly<{
  carried: number; fresh: number
  early: number; onTime: number; late: number
  running: number; runningLate: number; paused: number; pausedLate: number
  /** Of the solved: not taken in, withdrawn, stopped. */
  refused: number; withdrawn: number; stopped: number
}>
export type FlowGroup = Readonly<{ procedure: string; version: string; officer: string; flow: Flow }>

export const NO_FLOW: Flow = { carried: 0, fresh: 0, early: 0, onTime: 0, late: 0, running: 0, runningLate: 0, paused: 0, pausedLate: 0, refused: 0, withdrawn: 0, stopped: 0 }
const KEYS = ['carried', 'fresh', 'early', 'onTime', 'late', 'running', 'runningLate', 'paused', 'pausedLate', 'refused', 'withdrawn', 'stopped'] as const satisfies readonly (keyof Flow)[]

export const addFlows = (one: Flow, other: Flow): Flow => {
  const sum = { ...NO_FLOW }
  for (const key of KEYS) sum[key] = one[key] + other[key]
  return sum
}
export const totalOf = (groups: readonly Pick<FlowGroup, 'flow'>[]): Flow => groups.reduce((sum, { flow }) => addFlows(sum, flow), NO_FLOW)

export const receivedOf = ({ carried, fresh }: Flow): number => carried + fresh
export const solvedOf = ({ early, onTime, late }: Flow): number => early + onTime + late
export const inWorkOf = ({ running, runningLate }: Flow): number => running + runningLate
export const pausedOf = ({ paused, pausedLate }: Flow): number => paused + pausedLate
export const openOf = (flow: Flow): number => inWorkOf(flow) + pausedOf(flow)

const KEY_OF: Readonly<Record<Standing, keyof Flow>> = {
  early: 'early', 'on-time': 'onTime', late: 'late', running: 'running', 'running-late': 'runningLate', paused: 'paused', 'paused-late': 'pausedLate',
}
const ENDED: Readonly<Record<number, keyof Flow>> = { 3: 'refused', 7: 'withdrawn', 8: 'stopped' }

type Counted = Readonly<{ procedure: string; version: string; officer: string; fresh: boolean; standing: Standing; ended: number; count: number }>

function flowOf({ fresh, standing, ended, count }: Counted): Flow {
  const flow: Record<keyof Flow, number> = { ...NO_FLOW }
  flow[fresh ? 'fresh' : 'carried'] = count
  flow[KEY_OF[standing]] = count
  const end = ENDED[ended]
  if (end !== undefined && KEY_OF[standing] in SOLVED) flow[end] = count
  return flow
}
const SOLVED = { early: true, onTime: true, late: true }

/** What came, went and stayed in a period, by procedure and by the officer who took it in: one scan. */
export function flowsOf(reader: Reader, span: Span, now: Date): FlowGroup[] {
  const columns = `d.procedure_code AS procedure, d.procedure_version AS version, d.officer_id AS officer, d.received_at >= :begin AS fresh, ${standingOf(span)} AS standing,
    CASE WHEN d.finished_at < :end THEN ${stateAt(span)} ELSE 0 END AS ended`
  const counted = reader.all(
    `SELECT procedure, version, officer, fresh, standing, ended, count(*) AS n FROM (${overPeriod(columns)}) GROUP BY 1, 2, 3, 4, 5, 6`, paramsOf(span, now),
    (row): Counted => ({
      procedure: row.text('procedure'), version: row.text('version'), officer: row.text('officer'), fresh: row.flag('fresh'), standing: row.text<Standing>('standing'),
      ended: row.integer('ended'), count: row.integer('n'),
    }))
  const groups = new Map<string, FlowGroup>()
  for (const item of counted) {
    const { procedure, version, officer } = item
    const key = [procedure, version, officer].join('|')
    groups.set(key, { procedure, version, officer, flow: addFlows(groups.get(key)?.flow ?? NO_FLOW, flowOf(item)) })
  }
  return [...groups.values()]
}
