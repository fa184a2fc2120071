import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { addDays, fromCivil, toCivil } from '../src-preload/contract/civil-time'
import type { Reports } from '../src-main/reports'
import type { Store, WriteTx } from '../src-main/storage'
import type { Benchmark } from './lib/benchmark'
import { timed } from './lib/measure'
import { seededFolder } from './lib/seed'
import { openWard } from './lib/ward'

const DOSSIERS = 200_000
const A_DAY = 130
/** Dossiers of the last days that are still open, as many as a ward has at a time. */
const OPEN = 2_000
const RUNS = 15
const WARM_UP = 2
const ROWS = { few: 5_000, many: 50_000 } as const
const MEGABYTE = 1024 * 1024

class Undone extends Error {}

/** The seeded ward has ended everything at once: the last dossiers are opened again for the time of `act`, and the folder stays as it was. */
function withOpen(store: Store, act: (tx: WriteTx) => void): void {
  try {
    store.write((tx) => {
      tx.run('UPDATE dossier SET finished_at = NULL, state = CASE rowid % 5 WHEN 0 THEN 5 ELSE 4 END WHERE rowid > (SELECT max(rowid) FROM dossier) - ?', [OPEN])
      act(tx)
      throw new Undone()
    })
  } catch (error) {
    if (!(error instanceof Undone)) throw error
  }
}

function timesOf(act: () => unknown): number[] {
  const times: number[] = []
  for (let run = -WARM_UP; run < RUNS; run += 1) {
    const begun = performance.now()
    act()
    if (run >= 0) times.push(performance.now() - begun)
  }
  return times
}

function collector(): () => void {
  setFlagsFromString('--expose_gc')
  return runInNewContext('gc') as () => void
}

/** The most that is held while a register of so many rows is written, above what was held before, in MB; looked at between two slices of rows. */
async function heldFor(reports: Reports, rows: number, last: string, collect: () => void): Promise<number> {
  const held = (): number => {
    collect()
    const { heapUsed, external } = process.memoryUsage()
    return (heapUsed + external) / MEGABYTE
  }
  const before = held()
  let most = before
  let over = false
  const done = reports.workbook({ kind: 'register', from: addDays(last, -(Math.round(rows / A_DAY) - 1)), to: last }).finally(() => { over = true })
  const look = (): void => {
    if (over) return
    most = Math.max(most, held())
    setImmediate(look)
  }
  look()
  await done
  return most - before
}

/** The daily sheet over 200,000 dossiers and workbooks of long registers. */
export const reportsBenchmark: Benchmark = {
  name: 'reports',
  run: async (progress) => {
    const ward = await openWard(await seededFolder({ dossiers: DOSSIERS, submission: 'received' }))
    try {
      const { reports } = await ward.office.desks.reports()
      const { store } = ward.office
      const newest = store.read.get('SELECT max(received_at) AS at FROM dossier', [], (row) => row.text('at')) ?? fromCivil('2026-01-01', 0).toISOString()
      const last = toCivil(new Date(newest)).date
      const today = toCivil(new Date()).date
      const times = { today: [] as number[], over: [] as number[], month: [] as number[], old: [] as number[] }
      withOpen(store, () => {
        times.today = timesOf(() => reports.sheet({ kind: 'daily', from: today, to: today }))
        times.over = timesOf(() => reports.sheet({ kind: 'daily', from: last, to: last }))
        times.old = timesOf(() => reports.sheet({ kind: 'daily', from: addDays(last, -700), to: addDays(last, -700) }))
        times.month = timesOf(() => reports.sheet({ kind: 'monthly', from: addDays(last, -29), to: last }))
      })
      progress(RUNS)
      const long = addDays(last, -(Math.round(ROWS.many / A_DAY) - 1))
      const seconds = [await timed(() => reports.workbook({ kind: 'register', from: long, to: last })) / 1000]
      const collect = collector()
      const growth = [(await heldFor(reports, ROWS.few, last, collect)), (await heldFor(reports, ROWS.many, last, collect))] as const
      const within = { of: 'median', atMost: 300 } as const
      return [
        { name: 'reports (daily sheet of today)', unit: 'ms', subject: times.today, floor: null, target: within },
        { name: 'reports (daily sheet of a day that is over)', unit: 'ms', subject: times.over, floor: null, target: within },
        { name: 'reports (daily sheet of two years ago)', unit: 'ms', subject: times.old, floor: null, target: within },
        { name: 'reports (monthly sheet)', unit: 'ms', subject: times.month, floor: null, target: within },
        { name: 'reports (workbook of 50,000 rows)', unit: 's', subject: seconds, floor: null, target: { of: 'median', atMost: 20 } },
        { name: 'reports (held for 50,000 rows more than for 5,000)', unit: 'MB', subject: [growth[1] - growth[0]], floor: null, target: { of: 'median', atMost: 12 } },
      ]
    } finally {
      await ward.close()
    }
  },
}
