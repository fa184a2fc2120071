import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import type { Benchmark } from './lib/benchmark'
import { emptyWindow, type Launch, openElectron, theApp } from './lib/electron'
import { inTurn } from './lib/measure'
import { inFolder } from './lib/places'
import { seedWard } from './lib/seed'
import { setUpWorkFolder } from './lib/ward'

const RUNS = 9
const WARM_UP = 1
const OUTBOX = 10_000

async function startOf(launch: Launch): Promise<number> {
  const { startMs, close } = await openElectron(launch)
  await close()
  return startMs
}

/**
 * From the start of the process to the sign-in with its secret field, against an empty window of the same binary. The core starts beside
 * it; practice mode opens its data at once, so that is where a long outbox could tell.
 */
export const startBenchmark: Benchmark = {
  name: 'start',
  run: (progress) => inFolder(async (folder) => {
    const place = (name: string): string => join(folder, name)
    mkdirSync(place('empty'))
    await setUpWorkFolder(place('work'))
    await seedWard(`${place('none')}-practice`, { dossiers: 0, submission: 'ready' })
    await seedWard(`${place('full')}-practice`, { dossiers: OUTBOX, submission: 'ready' })
    const { empty, work, none, full } = await inTurn({ warmUp: WARM_UP, runs: RUNS }, {
      empty: () => startOf(emptyWindow(place('empty'))),
      work: () => startOf(theApp(place('work'), false)),
      none: () => startOf(theApp(place('none'), true)),
      full: () => startOf(theApp(place('full'), true)),
    }, progress)
    return [
      { name: 'start', unit: 'ms', subject: work, floor: empty, target: { of: 'ratio', atMost: 1.6 } },
      { name: 'start (practice)', unit: 'ms', subject: none, floor: empty, target: { of: 'ratio', atMost: 1.6 } },
      { name: `start (outbox of ${OUTBOX})`, unit: 'ms', subject: full, floor: none, target: { of: 'ratio', atMost: 1.1 } },
    ]
  }),
}
