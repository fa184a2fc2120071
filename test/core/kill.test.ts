import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { Sha256, type DraftId } from '@contract/ids'
import type { Office } from '../../src-main/core/office'
import { type City, type Doors, doors, startCity } from '../city'
import { flaws } from '../sync/oracle'
import { temporaryFolder } from '../storage/support'
import { bundleProgram, dropProgram, environment } from './program'
import { machine, secretOf } from './support'

const ROUNDS = 8
let city: City
let program: string
beforeAll(async () => {
  city = await startCity({ doors: true })
  program = await bundleProgram('test/core/children/counter.ts')
})
afterAll(async () => {
  dropProgram(program)
  await city.close()
})

/** Park and Miller's generator: the same seed gives the same moments. */
function seeded(seed: number): () => number {
  let state = (seed % 2_147_483_646) + 1
  return () => (state = (state * 48_271) % 2_147_483_647) / 2_147_483_647
}

/** Lets a counter work until it has told so many lines, and kills it a moment later. What it told is what it promised. */
async function live(folder: string, lines: number, later: number): Promise<string[][]> {
  const child = spawn(process.execPath, [program, folder, secretOf('duyen')], { stdio: ['ignore', 'pipe', 'inherit'], env: environment() })
  let text = ''
  child.stdout.setEncoding('utf8').on('data', (part: string) => { text += part })
  const end = performance.now() + 30_000
  while (text.split('\n').length <= lines && performance.now() < end && child.exitCode === null) await sleep(2)
  await sleep(later)
  child.kill('SIGKILL')
  await once(child, 'close')
  return text.split('\n').slice(0, -1).map((line) => line.split(' '))
}

async function drain(office: Office): Promise<void> {
  await expect.poll(() => {
    office.sync.sendNow()
    const { ready, sending, waiting } = office.sync.status().counts
    const doubts = office.store.read.get('SELECT count(*) AS n FROM submission WHERE in_doubt = 1', [], (row) => row.integer('n'))
    return [ready + sending + waiting, doubts]
  }, { timeout: 60_000, interval: 300 }).toEqual([0, 0])
}

const misfortune = (door: Doors, chance: number): Promise<void> => {
  if (chance < 0.5) return door.fault({ match: '^(PUT|POST|PATCH) /v1/(submissions|files)', mode: 'drop-after-commit', times: 2 })
  return chance < 0.8 ? door.fault({ match: '^PUT /v1/submissions', mode: 'reset', times: 2 }) : Promise.resolve()
}

test('A counter killed at any point of commits and of sending loses nothing that it promised, and the city has everything once', async () => {
  const seed = Number(process.env['MOTCUA_SEED'] ?? Date.now() % 1_000_000)
  const random = seeded(seed)
  const door = doors(city.url)
  const folder = temporaryFolder()
  const first = machine({ folder, cityUrl: city.url, cityEnrolment: city.enrolmentCode })
  await first.counter.start()
  await expect.poll(() => first.office().sync.status().numbersLeft, { timeout: 15_000 }).toBeGreaterThan(0)
  await first.counter.close()
  const told: string[][] = []
  for (let round = 0; round < ROUNDS; round++) {
    await misfortune(door, random())
    told.push(...(await live(folder, 1 + Math.floor(random() * 24), random() * 60)))
  }
  await door.clearFaults()
  const last = machine({ folder })
  await last.counter.start()
  const office = last.office()
  await drain(office)
  await office.sync.stop()

  const of = (kind: string): string[][] => told.filter(([word]) => word === kind)
  const committed = new Map(office.store.read.all('SELECT id, draft_id FROM dossier', [], (row) => [row.text('draft_id'), row.text('id')] as const))
  const lost = of('dossier').filter(([, id, draftId]) => committed.get(draftId ?? '') !== id)
  const draftsLost = of('draft').filter(([, id, note]) => !committed.has(id ?? '') && office.intake.open(id as DraftId).content.note !== note)
  const unread = (await Promise.all(of('document').map(([, , sha256]) => office.documents.verify(Sha256.parse(sha256)).then(() => [], () => [sha256])))).flat()
  const twice = office.store.read.get('SELECT count(*) - count(DISTINCT draft_id) AS n FROM dossier', [], (row) => row.integer('n'))
  const unproven = office.store.read.get("SELECT count(*) AS n FROM submission WHERE state = 'received' AND acknowledgement ->> '$.payloadSha256' IS NOT payload_sha256", [], (row) => row.integer('n'))
  const found = await flaws({ folder, store: office.store, documents: office.documents, audit: office.audit, officer: '', close: () => undefined }, door)
  expect({ seed, enough: of('dossier').length > ROUNDS, lost, draftsLost, unread, twice, unproven, found, sound: office.store.check('full').sound })
    .toEqual({ seed, enough: true, lost: [], draftsLost: [], unread: [], twice: 0, unproven: 0, found: [], sound: true })
}, 240_000)
