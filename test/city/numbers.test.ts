import { randomUUID } from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { onBothDatabases } from './both'
import type { Answer, Counter } from './counter'
import { Nothing } from './db'
import { dossierCode, readCode } from './numbers'

const lease = (counter: Counter, day: string, size: number, requestId: string = randomUUID()): Promise<Answer> =>
  counter.call('POST', '/v1/number-leases', { json: { requestId, agency: 'H29.900', day, size } })

const dayOf = (index: number): string => new Date(Date.UTC(2027, 0, 1 + index)).toISOString().slice(0, 10)

onBothDatabases('Number leases', (stage) => {
  it('gives a block with the prefix of agency and day', async () => {
    const counter = await stage.counter()
    expect((await lease(counter, '2026-12-01', 50)).json).toMatchObject({ agency: 'H29.900', day: '2026-12-01', prefix: 'H29.900-261201-', first: 1, last: 50 })
  })

  it('gives the same requestId the same block, also when it asks ten times at once', async () => {
    const counter = await stage.counter()
    const requestId = randomUUID()
    const answers = await Promise.all(Array.from({ length: 10 }, () => lease(counter, '2026-12-02', 20, requestId)))
    expect([new Set(answers.map((one) => one.text)).size, answers.filter((one) => one.status === 201).length]).toEqual([1, 1])
  })

  it('refuses a requestId that comes again with other facts', async () => {
    const counter = await stage.counter()
    const requestId = randomUUID()
    await lease(counter, '2026-12-03', 20, requestId)
    expect((await lease(counter, '2026-12-04', 20, requestId)).json).toMatchObject({ status: 409, code: 'lease.conflict' })
  })

  it('never lets blocks overlap, whatever the sizes and however many ask at once', async () => {
    const [one, two] = [await stage.counter('Quầy 1'), await stage.counter('Quầy 2')]
    let index = 0
    const oneDay = fc.asyncProperty(fc.array(fc.tuple(fc.boolean(), fc.integer({ min: 1, max: 200 })), { minLength: 2, maxLength: 8 }), async (asks) => {
      index += 1
      const day = dayOf(index)
      const blocks = await Promise.all(asks.map(([first, size]) => lease(first ? one : two, day, size)))
      const numbers = blocks.flatMap(({ json }) => Array.from({ length: Number(json.last) - Number(json.first) + 1 }, (_, offset) => Number(json.first) + offset))
      expect(new Set(numbers).size).toBe(asks.reduce((sum, [, size]) => sum + size, 0))
    })
    await fc.assert(oneDay, { numRuns: 25 })
  })

  it('holds overlapping blocks off in the database itself', async () => {
    const counter = await stage.counter()
    await lease(counter, '2026-12-05', 10)
    const overlap = stage.city().db.all(Nothing,
      `insert into number_leases (lease_id, request_id, client_id, agency_code, day, first_number, last_number, size, leased_at)
       values (gen_random_uuid(), gen_random_uuid(), $1, 'H29.900', '2026-12-05', 10, 12, 3, now())`, [counter.clientId])
    await expect(overlap).rejects.toThrow('leases_never_overlap')
  })

  it('gives what is left of a day and then says that the day is full', async () => {
    const counter = await stage.counter()
    await stage.city().db.all(Nothing, `insert into number_days (agency_code, day, last_number) values ('H29.900', '2026-12-06', 9990)`)
    const [rest, none] = [await lease(counter, '2026-12-06', 50), await lease(counter, '2026-12-06', 50)]
    expect([rest.json.first, rest.json.last, none.json.code]).toEqual([9991, 9999, 'lease.exhausted'])
  })

  it.each([0, 201, 1.5])('refuses a block of %s numbers', async (size) => {
    expect((await lease(await stage.counter(), '2026-12-07', size)).json).toMatchObject({ status: 400, field: 'size' })
  })

  it('refuses a day that no calendar has', async () => {
    expect((await lease(await stage.counter(), '2026-02-30', 5)).json).toMatchObject({ status: 400, field: 'day' })
  })

  it('refuses numbers of another agency', async () => {
    const counter = await stage.counter()
    expect((await counter.call('POST', '/v1/number-leases', { json: { requestId: randomUUID(), agency: 'H29.777', day: '2026-12-08', size: 5 } })).json)
      .toMatchObject({ status: 403, code: 'agency.foreign' })
  })
})

describe('Dossier codes', () => {
  it('are read back as they were made', () => {
    fc.assert(fc.property(fc.integer({ min: 0, max: 20_000 }), fc.integer({ min: 1, max: 9999 }), (days, number) => {
      const day = new Date(Date.UTC(2020, 0, 1) + days * 86_400_000).toISOString().slice(0, 10)
      expect(readCode(dossierCode('H29.900', day, number))).toEqual({ agency: 'H29.900', day, number })
    }))
  })

  it.each(['', 'H29.900-261399-0001', 'H29.900-261123-001', 'H29.900-20261123-0001'])('are not read from "%s"', (code) => {
    expect(readCode(code)).toBeUndefined()
  })
})
