import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Benchmark } from './lib/benchmark'
import { type Launch, theApp } from './lib/electron'
import { inTurn } from './lib/measure'
import { inFolder } from './lib/places'
import { seedWard } from './lib/seed'
import { idleMemory, ownCopy, signIn } from './memory'

const RUNS = 3
const AT_MOST_MB = 250
const HALL = ['board', 'kiosk', 'helper'] as const

/** The officer's monitor and one for each window of the hall, as tall and wide as such things are. */
const MONITORS = [1366, 1280, 1920, 1080, 1280].map((width, at) => ({ id: `M${at}`, x: at * 2000, y: 0, width, height: 768, primary: at === 0 }))

/** A practice ward whose windows of the hall open by themselves, or not. */
async function ward(folder: string, name: string, hall: object): Promise<Launch> {
  const data = join(folder, name)
  await seedWard(`${data}-practice`, { dossiers: 200, submission: 'received' })
  mkdirSync(`${data}-window`)
  writeFileSync(join(`${data}-window`, 'window.json'), JSON.stringify({ hall: { monitors: {}, ...hall } }))
  const monitors = join(folder, 'monitors.json')
  writeFileSync(monitors, JSON.stringify(MONITORS))
  const app = theApp(data, true)
  return { ...app, env: { ...app.env, MOTCUA_MONITORS: monitors } }
}

/** What the four windows of the hall add to the officer's, signed in and left alone. */
export const hallMemoryBenchmark: Benchmark = {
  name: 'hall-memory',
  run: (progress) => inFolder(async (folder) => {
    if (process.platform !== 'linux') throw new Error('proportional set sizes are read from /proc: this benchmark runs on Linux')
    const executable = ownCopy(join(folder, 'electron'))
    const alone = { ...(await ward(folder, 'alone', { display: 'off', atStart: [] })), executable }
    const all = { ...(await ward(folder, 'all', { display: 'auto', atStart: HALL })), executable }
    const { one, five } = await inTurn({ warmUp: 0, runs: RUNS }, {
      one: () => idleMemory(alone, 'one window', signIn),
      five: () => idleMemory(all, 'five windows', signIn),
    }, progress)
    return [{ name: 'hall-memory (five windows less one)', unit: 'MB', subject: five.map((mb, at) => mb - (one[at] ?? Number.NaN)), floor: null, target: { of: 'median', atMost: AT_MOST_MB } }]
  }),
}
