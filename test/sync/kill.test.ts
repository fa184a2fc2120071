import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { build } from 'esbuild'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type City, type Doors, doors, startCity } from '../city'
import { flaws } from './oracle'
import { dropDesk, enrolled, openDesk, settled, startSync, stateOf, until } from './support'

const ROOT = resolve(import.meta.dirname, '../..')
let city: City
let folder: string
let program: string

beforeAll(async () => {
  city = await startCity({ doors: true })
  folder = mkdtempSync(join(ROOT, 'node_modules/.kill-test-'))
  program = join(folder, 'child.mjs')
  await build({
    entryPoints: [join(import.meta.dirname, 'kill-child.ts')], outfile: program, bundle: true, platform: 'node', format: 'esm', packages: 'external',
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
async function live(data: string, doors: Doors): Promise<string[]> {
  const { child, told } = start(data)
  await until(() => told().length > 0, 20_000)
  await doors.fault({ match: '^(PUT|POST) /v1/(submissions|files)', mode: 'drop-after-commit', times: 3 })
  await sleep(100 + Math.random() * 500)
  child.kill('SIGKILL')
  await once(child, 'close')
  return told()
}

describe('A counter that is killed again and again while it saves and sends', () => {
  it('loses no saved dossier and sends none twice', async () => {
    const first = openDesk()
    const enrolment = await enrolled(first, city)
    await until(() => enrolment.sync.status().numbersLeft >= 50)
    await enrolment.sync.stop()
    first.close()
    const door = doors(city.url)
    const saved: string[] = []
    for (let round = 0; round < 6; round++) saved.push(...(await live(first.folder, door)))
    await door.clearFaults()
    const desk = openDesk(first.folder)
    const { sync } = startSync(desk)
    sync.start()
    await until(() => settled(desk), 60_000)
    await until(() => desk.store.read.get('SELECT count(*) AS n FROM submission WHERE in_doubt = 1', [], (row) => row.integer('n')) === 0)
    await sync.stop()
    const lost = saved.filter((id) => stateOf(desk, id) === undefined)
    const found = await flaws(desk, door)
    dropDesk(desk)
    expect({ enough: saved.length > 10, lost, found }).toEqual({ enough: true, lost: [], found: [] })
  }, 180_000)
})
