import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { setTimeout as sleep } from 'node:timers/promises'
import { type City, type Doors, type FaultInput, startCity } from '../city'
import { flaws } from './oracle'
import { addDossier, addVersion, type Desk, dropDesk, enrolled, type Made, openDesk, type Running, settled, startSync, until } from './support'
import { seeded } from '../seeded'

let city: City
beforeAll(async () => { city = await startCity({ doors: true }) })
afterAll(() => city.close())

const PLACES = ['^PUT /v1/submissions/', '^POST /v1/files', '^(HEAD|PATCH|GET) /v1/files', '^GET /v1/(submissions|receipts|statuses)', '^POST /(oauth|v1/number)', '.']
const MODES: readonly Omit<Extract<FaultInput, { mode: string }>, 'match'>[] = [
  { mode: 'drop-after-commit' }, { mode: 'reset' }, { mode: 'delay', ms: 60 } as never, { mode: 'html-200' }, { mode: 'malformed' },
  { mode: 'status', status: 500 } as never, { mode: 'status', status: 503 } as never, { mode: 'status', status: 429, retryAfter: 0 } as never,
  { mode: 'status', status: 401 } as never, { mode: 'status', status: 424, code: 'submission.documents-missing' } as never,
  { mode: 'status', status: 460, code: 'document.hash-mismatch' } as never, { mode: 'truncate', bytes: 300 } as never,
]

type World = { desk: Desk; running: Running; doors: Doors; made: Made[]; random: () => number }
type Act = (world: World) => Promise<void>
const pick = <T>(list: readonly T[], random: () => number): T => list[Math.floor(random() * list.length)] ?? expect.unreachable()

const receive: Act = async ({ desk, running, made, random }) => {
  const sizes = Array.from({ length: Math.floor(random() * 3) }, () => 200 + Math.floor(random() * 3_000))
  made.push(await addDossier(desk, { sizes, provisional: random() < 0.2 }))
  running.sync.wake()
}
const change: Act = async ({ desk, running, made, random }) => {
  if (made.length === 0) return
  await addVersion(desk, pick(made, random), { sizes: random() < 0.5 ? [500] : [], ...(random() < 0.5 ? { state: 4 } : {}) })
  running.sync.wake()
}
const harm: Act = ({ doors, random }) =>
  doors.fault({ ...pick(MODES, random), match: pick(PLACES, random), times: 1 + Math.floor(random() * 3) } as FaultInput)
const cut: Act = async ({ doors, random }) => {
  await doors.line(false)
  await sleep(random() * 60)
  await doors.line(true)
}
const restart: Act = async ({ running }) => {
  await running.sync.stop()
  running.sync.start()
}
const hurry: Act = async ({ running }) => running.sync.sendNow()
const speak: Act = async ({ doors, made, desk, random }) => {
  const dossier = made.length > 0 ? pick(made, random) : undefined
  const code = dossier && desk.store.read.get('SELECT code FROM dossier WHERE id = ?', [dossier.dossierId], (row) => row.text('code'))
  // The city may not know it yet; then it has nothing to say.
  if (code !== undefined) await doors.status({ dossierCode: code, state: pick([4, 9], random) }).catch(() => undefined)
}
const rest: Act = async ({ random }) => { await sleep(random() * 40) }
const ACTS: readonly Act[] = [receive, receive, receive, change, harm, harm, harm, cut, restart, hurry, speak, rest, rest]

/** All faults end; what needs a person gets one; then everything comes to rest. */
async function calm({ desk, running, doors }: World): Promise<void> {
  await doors.clearFaults()
  await doors.line(true)
  running.sync.sendNow()
  await until(() => {
    for (const { id } of running.sync.outbox({ filter: 'open', limit: 500 }).filter(({ state }) => state === 'attention')) running.sync.retry(id, desk.officer)
    running.sync.sendNow()
    return settled(desk)
  }, 30_000)
  await until(() => desk.store.read.get('SELECT count(*) AS n FROM submission WHERE in_doubt = 1', [], (row) => row.integer('n')) === 0)
}

/** Runs one story. `unauthorised` waits are short here: an officer would press "send now". */
async function story(seed: number, steps: number): Promise<string[]> {
  const desk = openDesk()
  const random = seeded(seed)
  const { doors, sync } = await enrolled(desk, city)
  await sync.stop()
  const running = startSync(desk, { random, timing: { unauthorisedMs: 50, callTimeoutMs: 1_000 } })
  running.sync.start()
  const world: World = { desk, running, doors, made: [], random }
  try {
    for (let at = 0; at < steps; at++) await pick(ACTS, random)(world)
    await calm(world)
    const found = await flaws(desk, doors)
    return running.logged.includes('sync.round-failed') ? [...found, 'a round failed for a reason that nobody foresaw'] : found
  } finally {
    await running.sync.stop()
    dropDesk(desk)
  }
}

const SEEDS = (process.env['MOTCUA_FUZZ_SEEDS'] ?? '1,7,42,2026').split(',').map(Number)
const STEPS = Number(process.env['MOTCUA_FUZZ_STEPS'] ?? 60)

describe('Any sequence of dossiers, faults, cuts and restarts', () => {
  it.each(SEEDS)('seed %i: the city has what the counter finalised, each once, byte for byte', async (seed) => {
    expect(await story(seed, STEPS)).toEqual([])
  }, 120_000)
})
