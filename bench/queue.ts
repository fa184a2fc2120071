import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { freeUdpPort } from '../test/free-port'
import type { Benchmark } from './lib/benchmark'
import { inFolder } from './lib/places'
import { moment, type QueueProcess, startQueue } from './lib/queue-process'

const COUNTERS = 4
const CALLS = 60
const DEATHS = 7
const PATIENCE_MS = 30_000
const LOOK_MS = 5

async function until(holds: () => boolean | Promise<boolean>): Promise<void> {
  const end = performance.now() + PATIENCE_MS
  while (!(await holds())) {
    if (performance.now() > end) throw new Error('the counters did not come together')
    await sleep(LOOK_MS)
  }
}

const together = (counters: readonly QueueProcess[]) => async (): Promise<boolean> => {
  const all = await Promise.all(counters.map((counter) => counter.status()))
  return all.every(({ roll }) => roll === counters.length) && new Set(all.map(({ tickets }) => tickets)).size === 1 && all.filter(({ leads }) => leads).length === 1
}

/** From the officer's order to the call on the stream of the last of the other counters, ms. */
async function callOnce(counters: readonly QueueProcess[], turn: number): Promise<number> {
  const caller = counters[turn % counters.length]
  if (!caller) return Number.NaN
  const begun = moment()
  const { label } = await caller.order('next')
  if (label === '') return Number.NaN
  const others = counters.filter((counter) => counter !== caller)
  await until(() => others.every((counter) => counter.heardAt(label) !== undefined))
  return Math.max(...others.map((counter) => counter.heardAt(label) ?? Number.NaN)) - begun
}

/** The leader is killed while the others order; from its death to the last of their answers, ms. It is started again afterwards. */
async function deathOnce(counters: QueueProcess[]): Promise<number> {
  const leads = await Promise.all(counters.map(async (counter) => (await counter.status()).leads))
  const place = leads.indexOf(true)
  const leader = counters[place]
  if (!leader) return Number.NaN
  const left = counters.filter((counter) => counter !== leader)
  const begun = moment()
  await leader.kill()
  const answers = await Promise.all(left.map((counter) => counter.order('take')))
  if (answers.some(({ label }) => label === '') || new Set(answers.map(({ label }) => label)).size !== left.length) return Number.NaN
  counters[place] = await startQueue(leader.place)
  await until(together(counters))
  return Math.max(...answers.map(({ at }) => at)) - begun
}

/** Four counters, each a process with a database of its own, on loopback addresses with real TLS between them. */
export const queueBenchmark: Benchmark = {
  name: 'queue',
  run: (progress) => inFolder(async (folder) => {
    const callPort = await freeUdpPort()
    const counters: QueueProcess[] = []
    try {
      for (let index = 1; index <= COUNTERS; index += 1) {
        const data = join(folder, String(index))
        mkdirSync(data)
        const counter = await startQueue({ index, callPort, folder: data })
        // The first of the morning founds the line that the others come to.
        if (index === 1) await counter.order('take')
        counters.push(counter)
      }
      await until(together(counters))
      for (let count = 0; count < CALLS + COUNTERS; count += 1) await counters[count % COUNTERS]?.order('take')
      const calls: number[] = []
      while (calls.length < CALLS) {
        calls.push(await callOnce(counters, calls.length))
        progress(calls.length)
      }
      const deaths: number[] = []
      while (deaths.length < DEATHS) {
        deaths.push(await deathOnce(counters))
        progress(CALLS + deaths.length)
      }
      return [
        { name: 'call heard at every counter', unit: 'ms', subject: calls, floor: null, target: { of: 'p95', atMost: 300 } },
        { name: 'leader killed → every order answered', unit: 'ms', subject: deaths, floor: null, target: { of: 'p95', atMost: 5000 } },
      ]
    } finally {
      await Promise.all(counters.map((counter) => counter.kill()))
    }
  }),
}
