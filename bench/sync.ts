import { randomBytes } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import { TIMING } from '../src-main/sync'
import { doors } from '../test/city'
import { addDossier, type Desk, dropDesk, openDesk, startSync } from '../test/sync/support'
import type { Benchmark } from './lib/benchmark'
import { startCityProcess } from './lib/city-process'
import { inTurn } from './lib/measure'

const DOSSIERS = 200
const DOCUMENTS = 3
const DOCUMENT_BYTES = 300_000
const MEGABYTES = (DOSSIERS * DOCUMENTS * DOCUMENT_BYTES) / 1e6
const RUNS = 5

const newDocuments = (count: number): Uint8Array<ArrayBuffer>[] => Array.from({ length: count }, () => new Uint8Array(randomBytes(DOCUMENT_BYTES)))

const received = ({ store }: Desk): number =>
  store.read.get("SELECT count(*) AS n FROM submission WHERE state = 'received'", [], (row) => row.integer('n')) ?? 0

/** A counter with that many dossiers in line; megabytes a second from the start of the engine to the last acknowledgement. */
async function bySync(url: string): Promise<number> {
  const desk = openDesk()
  try {
    const { sync } = startSync(desk, { timing: TIMING })
    await sync.enrol(url, await doors(url).enrolmentCode({ counter: 'Quầy 1' }), desk.officer)
    for (let made = 0; made < DOSSIERS; made += 1) await addDossier(desk, { documents: newDocuments(DOCUMENTS), provisional: true })
    const begun = performance.now()
    sync.start()
    while (received(desk) < DOSSIERS) {
      if (performance.now() - begun > 300_000) throw new Error('the outbox did not empty')
      await sleep(10)
    }
    const seconds = (performance.now() - begun) / 1000
    await sync.stop()
    return MEGABYTES / seconds
  } finally {
    dropDesk(desk)
  }
}

/** The same bytes by bare PUTs, as many at once as the engine has submissions under way. */
async function bare(url: string): Promise<number> {
  const door = doors(url)
  const waiting = newDocuments(DOSSIERS * DOCUMENTS)
  const begun = performance.now()
  await Promise.all(Array.from({ length: TIMING.parallel }, async () => {
    for (let bytes = waiting.pop(); bytes !== undefined; bytes = waiting.pop()) await door.sink(bytes)
  }))
  return MEGABYTES / ((performance.now() - begun) / 1000)
}

/** 200 dossiers with three documents each to the reference city in another process, against a bare upload of as many bytes to it. */
export const syncBenchmark: Benchmark = {
  name: 'sync',
  run: async (progress) => {
    const city = await startCityProcess()
    try {
      const { subject, floor } = await inTurn({ warmUp: 1, runs: RUNS }, { subject: () => bySync(city.url), floor: () => bare(city.url) }, progress)
      return [{ name: 'sync', unit: 'MB/s', subject, floor, target: { of: 'ratio', atLeast: 0.6 } }]
    } finally {
      await city.close()
    }
  },
}
