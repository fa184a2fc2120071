import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { addDays, toCivil } from '../../src-preload/contract/civil-time'
import { burnLeases, numbersLeft, takeNumber } from '../../src-main/sync'
import { DAYS_AHEAD, LEAST_NUMBERS } from '../../src-main/sync/leases'
import { type City, type Doors, doors, startCity } from '../city'
import { AGENCY, type Desk, dropDesk, enrolled, openDesk, type Running, startSync, until } from './support'

let city: City
const desks: Desk[] = []
const runs: (Running & { doors: Doors })[] = []
const TODAY = toCivil(new Date()).date

beforeAll(async () => { city = await startCity({ doors: true }) })
afterAll(() => city.close())
beforeEach(async () => {
  for (const counter of ['Quầy 1', 'Quầy 2']) {
    const desk = openDesk()
    desks.push(desk)
    runs.push(await enrolled(desk, city, {}, counter))
  }
})
afterEach(async () => {
  await runs[0]?.doors.clearFaults()
  for (const { sync } of runs.splice(0)) await sync.stop()
  desks.splice(0).forEach(dropDesk)
})

const first = (): Desk => desks[0] ?? expect.unreachable()
const take = (desk: Desk, day: string): number | null => desk.store.write((tx) => takeNumber(tx, AGENCY, day))
const takeAll = (desk: Desk): number[] => {
  const taken: number[] = []
  for (let number = take(desk, TODAY); number !== null; number = take(desk, TODAY)) taken.push(number)
  return taken
}
const stocked = (desk: Desk): boolean =>
  Array.from({ length: DAYS_AHEAD + 1 }, (_, ahead) => numbersLeft(desk.store.read, AGENCY, addDays(TODAY, ahead))).every((left) => left >= LEAST_NUMBERS)

describe('Leased numbers', () => {
  it('lie ready for today and a week ahead, so that a counter off the line for days still prints final codes', async () => {
    await until(() => stocked(first()))
    expect(take(first(), addDays(TODAY, DAYS_AHEAD))).toBeTypeOf('number')
  })

  it('of two counters of one ward are never the same', async () => {
    await until(() => desks.every(stocked))
    for (const { sync } of runs) await sync.stop()
    const all = desks.flatMap(takeAll)
    expect(new Set(all).size).toBe(all.length)
  })

  it('are never given twice by one counter', async () => {
    await until(() => stocked(first()))
    const taken = takeAll(first())
    expect(new Set(taken).size).toBe(taken.length)
  })

  it('run out with null, not with an invented number', () => {
    expect(take(first(), '2031-01-01')).toBeNull()
  })

  it('are filled up when few are left', async () => {
    await until(() => stocked(first()))
    takeAll(first())
    runs[0]?.sync.sendNow()
    await until(() => numbersLeft(first().store.read, AGENCY, TODAY) >= LEAST_NUMBERS)
    expect(take(first(), TODAY)).toBeTypeOf('number')
  })

  it('a number taken in a commit that fails is not lost', async () => {
    await until(() => stocked(first()))
    await runs[0]?.sync.stop()
    const next = first().store.read.get('SELECT min(next) AS n FROM number_lease WHERE day = ?', [TODAY], (row) => row.integer('n'))
    expect(() => first().store.write((tx) => { takeNumber(tx, AGENCY, TODAY); throw new Error('disk') })).toThrow('disk')
    expect(take(first(), TODAY)).toBe(next)
  })

  it('the database itself refuses to give one twice', async () => {
    await until(() => stocked(first()))
    take(first(), TODAY)
    expect(() => first().store.write((tx) => tx.run('UPDATE number_lease SET next = first WHERE next > first'))).toThrow(/never given twice/)
  })

  it('are all given up after this database was restored', async () => {
    await until(() => stocked(first()))
    await runs[0]?.sync.stop()
    first().store.write(burnLeases)
    expect(take(first(), TODAY)).toBeNull()
  })
})

describe('Another city', () => {
  it('that counts from one again makes no number come twice', async () => {
    const desk = first()
    await until(() => stocked(desk))
    const before = [take(desk, TODAY), take(desk, TODAY)]
    await runs[0]?.sync.stop()
    const other = await startCity({ doors: true })
    const moved = startSync(desk)
    await moved.sync.enrol(other.url, await doors(other.url).enrolmentCode({ counter: 'Quầy 1' }), desk.officer)
    const givenUp = take(desk, TODAY)
    moved.sync.start()
    await until(() => stocked(desk))
    await moved.sync.stop()
    const after = takeAll(desk)
    await other.close()
    expect([givenUp, before.some((number) => number !== null && after.includes(number)), after.length >= LEAST_NUMBERS]).toEqual([null, false, true])
  })
})

describe('A lease whose answer was lost', () => {
  it('is asked for again under the same request and wastes no block', async () => {
    const desk = first()
    await until(() => stocked(desk))
    takeAll(desk)
    await runs[0]?.doors.fault({ match: '^POST /v1/number-leases', mode: 'drop-after-commit' })
    const highest = desk.store.read.get('SELECT max(last) AS n FROM number_lease WHERE day = ?', [TODAY], (row) => row.integer('n')) ?? 0
    await runs[1]?.sync.stop()
    runs[0]?.sync.sendNow()
    await until(() => numbersLeft(desk.store.read, AGENCY, TODAY) >= LEAST_NUMBERS)
    const got = take(desk, TODAY) ?? 0
    expect(got - highest).toBeLessThanOrEqual(101)
  })
})
