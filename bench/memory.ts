import { cpSync, mkdirSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Benchmark } from './lib/benchmark'
import { electronExecutable, emptyWindow, type Launch, type Opened, openElectron, theApp } from './lib/electron'
import { inTurn } from './lib/measure'
import { memoryOf } from './lib/memory'
import { inFolder } from './lib/places'
import { seedWard } from './lib/seed'
import { tell } from './lib/report'

const RUNS = 5
/** So long a window is left alone before it is measured: garbage is collected and late work is done by then. */
const IDLE_MS = 12_000
/** What the screens behind the door have and the door has not. */
const INSIDE = 'nav.rail'

/** A copy of the binary that no other program runs: pages shared with another Electron on the machine would count for less. */
export function ownCopy(folder: string): string {
  const executable = electronExecutable()
  cpSync(dirname(executable), folder, { recursive: true })
  return join(folder, basename(executable))
}

/** PSS of all processes of a window that was left alone, in MB. */
export async function idleMemory(launch: Launch, what: string, prepare: (opened: Opened) => Promise<void> = async () => undefined): Promise<number> {
  const opened = await openElectron(launch)
  try {
    await prepare(opened)
    await sleep(IDLE_MS)
    const { pssMb, rssMb, processes } = memoryOf(opened.pid)
    tell(`memory: ${what}: PSS ${pssMb.toFixed(0)} MB, RSS ${rssMb.toFixed(0)} MB in ${processes} processes`)
    return pssMb
  } finally {
    await opened.close()
  }
}

/** The first officer of the practice ward, whose secret practice mode fills in. */
export async function signIn({ step }: Opened): Promise<void> {
  await step({ key: '1', modifiers: ['alt'] })
  await sleep(500)
  await step({ key: 'Enter', until: INSIDE })
}

/** All processes of the app, left alone at the sign-in and at the first screen behind it, against an empty window of the same binary. */
export const memoryBenchmark: Benchmark = {
  name: 'memory',
  run: (progress) => inFolder(async (folder) => {
    if (process.platform !== 'linux') throw new Error('proportional set sizes are read from /proc: this benchmark runs on Linux')
    const data = join(folder, 'data')
    const profile = join(folder, 'empty')
    mkdirSync(profile)
    await seedWard(`${data}-practice`, { dossiers: 200, submission: 'received' })
    const executable = ownCopy(join(folder, 'electron'))
    const app: Launch = { ...theApp(data, true), executable }
    const { empty, door, inside } = await inTurn({ warmUp: 0, runs: RUNS }, {
      empty: () => idleMemory({ ...emptyWindow(profile), executable }, 'empty window'),
      door: () => idleMemory(app, 'sign-in'),
      inside: () => idleMemory(app, 'first screen', signIn),
    }, progress)
    return [
      { name: 'memory (sign-in)', unit: 'MB', subject: door, floor: empty, target: { of: 'ratio', atMost: 1.5 } },
      { name: 'memory (first screen)', unit: 'MB', subject: inside, floor: empty, target: { of: 'ratio', atMost: 1.5 } },
    ]
  }),
}
