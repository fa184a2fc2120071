import { type ChildProcess, spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { build } from 'esbuild'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type City, type Doors, doors, startCity } from '../city'
import { lettersSettled } from './feedback-support'
import { type Desk, dropDesk, enrolled, openDesk, startSync, until } from './support'

const ROOT = resolve(import.meta.dirname, '../..')
let city: City
let folder: string
let program: string

beforeAll(async () => {
  city = await startCity({ doors: true })
  folder = mkdtempSync(join(ROOT, 'node_modules/.kill-test-'))
  program = join(folder, 'child.mjs')
  await build({
    entryPoints: [join(import.meta.dirname, 'feedback-kill-child.ts')], outfile: program, bundle: true, platform: 'node', format: 'esm', packages: 'external',
    alias: { '@contract': resolve(ROOT, 'src-preload/contract') }, define: { 'import.meta.dirname': JSON.stringify(import.meta.dirname) }, logLevel: 'error',
  })
})
afterAll(async () => {
  await city.close()
  rmSync(folder, { recursive: true, force: true })
})

const start = (data: string): { child: ChildProcess; told: () => string[] } => {
  const child = spawn(process.execPath, [program, data], { stdio: ['ignore', 'pipe', 'inherit'] })
  let text = ''
  child.stdout?.on('data', (part) => { text += String(part) })
  return { child, told: () => text.split('\n').slice(0, -1) }
}

/** Lets a counter work until it has saved something, and kills it at a moment nobody chose. */
async function live(data: string, door: Doors): Promise<string[]> {
  const { child, told } = start(data)
  await until(() => told().length > 0, 20_000)
  await door.fault({ match: '^(PUT|POST) /v1/(feedback|files)', mode: 'drop-after-commit', times: 3 })
  await sleep(100 + Math.random() * 500)
  child.kill('SIGKILL')
  await once(child, 'close')
  return told()
}

type Row = Readonly<{ id: string; feedbackId: string; state: string; sha256: string; receipt: string | null }>

/** Where counter and city do not agree. */
async function flaws({ store }: Desk, door: Doors): Promise<string[]> {
  const rows = store.read.all<Row>("SELECT id, feedback_id, state, payload_sha256, json_extract(acknowledgement, '$.receiptNumber') AS receipt FROM feedback_letter", [],
    (row) => ({ id: row.text('id'), feedbackId: row.text('feedback_id'), state: row.text('state'), sha256: row.text('payload_sha256'), receipt: row.textOrNull('receipt') }))
  const stored = new Map((await door.letters()).map((letter) => [letter.letterId, letter]))
  const numbers = store.read.all('SELECT number FROM feedback WHERE state > 0', [], (row) => row.text('number'))
  return [
    ...rows.filter(({ id, state }) => (state === 'received') !== stored.has(id)).map(({ id, state }) => `${id} is ${state}, at the city: ${String(stored.has(id))}`),
    ...rows.filter(({ id, sha256, receipt }) => stored.has(id) && (stored.get(id)?.payloadSha256 !== sha256 || stored.get(id)?.receiptNumber !== receipt)).map(({ id }) => `${id} differs`),
    ...[...stored.values()].filter(({ letterId }) => !rows.some(({ id }) => id === letterId)).map(({ letterId }) => `${letterId} is unknown here`),
    ...numbers.filter((number, index) => numbers.indexOf(number) !== index).map((number) => `${number} twice`),
  ]
}

describe('A counter that is killed again and again while it takes complaints in and sends them', () => {
  it('loses none, sends none twice and agrees with the city on every byte', async () => {
    const first = openDesk()
    const enrolment = await enrolled(first, city)
    await enrolment.sync.stop()
    first.close()
    const door = doors(city.url)
    const saved: string[] = []
    for (let round = 0; round < 6; round++) saved.push(...(await live(first.folder, door)))
    await door.clearFaults()
    const desk = openDesk(first.folder)
    const { sync } = startSync(desk)
    sync.start()
    await until(() => lettersSettled(desk), 60_000)
    await sync.stop()
    const lost = saved.filter((id) => desk.store.read.get('SELECT number FROM feedback WHERE id = ? AND state > 0', [id], (row) => row.text('number')) === undefined)
    const found = await flaws(desk, door)
    const frozen = desk.store.read.all('SELECT payload, payload_sha256 FROM feedback_letter', [], (row) => createHash('sha256').update(row.bytes('payload')).digest('hex') === row.text('payload_sha256'))
    const chain = desk.audit.verify(desk.store.read).ok
    dropDesk(desk)
    expect({ enough: saved.length > 10, lost, found, frozen: frozen.every((same) => same), chain }).toEqual({ enough: true, lost: [], found: [], frozen: true, chain: true })
  }, 180_000)
})
