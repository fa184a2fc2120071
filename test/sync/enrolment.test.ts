import { generateKeyPairSync } from 'node:crypto'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, onTestFinished } from 'vitest'
import { readLink } from '../../src-main/sync'
import { isSafeAddress } from '../../src-main/sync/enrolment'
import { type City, doors, startCity } from '../city'
import { type Desk, dropDesk, openDesk, startSync, until } from './support'

let city: City
let desk: Desk

beforeAll(async () => { city = await startCity({ doors: true }) })
afterAll(() => city.close())
beforeEach(() => { desk = openDesk() })
afterEach(() => dropDesk(desk))

const code = () => doors(city.url).enrolmentCode({ counter: 'Quầy 1' })
const refusal = (promise: Promise<unknown>) => promise.then(() => 'enrolled', (error: unknown) => (error instanceof Error ? error.message : ''))

describe('Enrolment', () => {
  it('keeps who this counter is, and tells the agency', async () => {
    const { sync } = startSync(desk)
    expect(await sync.enrol(city.url, await code(), desk.officer)).toMatchObject({ agency: { code: 'H29.900', name: 'Phường Tân Mỹ Hưng' }, counter: 'Quầy 1' })
    expect(readLink(desk.store.read)).toMatchObject({ agency: 'H29.900', cityName: 'TP. Hồ Chí Minh', simulated: true })
  })

  it('hands on what the city says about signatures, and keeps nothing when that cannot be kept', async () => {
    const { sync } = startSync(desk)
    const full = () => { throw new Error('full') }
    await expect(sync.enrol(city.url, await code(), desk.officer, full)).rejects.toThrow('full')
    expect(readLink(desk.store.read)).toBeUndefined()
    const told: unknown[] = []
    await sync.enrol(city.url, await code(), desk.officer, (_tx, signing) => { told.push(...signing.providers.map(({ id }) => id), signing.anchors.length) })
    expect(told).toEqual(['ca-nam-binh', 'ca-nam-binh-tu-xa', 1])
  })

  it('keeps the secret of the ward and the number of the counter, in place of older ones', async () => {
    const { sync } = startSync(desk)
    const kept = () => desk.store.read.get('SELECT agency, secret, origin, counter_number FROM ward_secret WHERE one = 1', [], (row) =>
      ({ agency: row.text('agency'), secret: Buffer.from(row.bytes('secret')).toString('hex'), origin: row.text('origin'), number: row.integerOrNull('counter_number') }))
    desk.store.write((tx) => tx.run("INSERT INTO ward_secret (one, agency, secret, origin, since) VALUES (1, 'H29.900', zeroblob(32), 'own', '2026-11-23T00:00:00.000Z')"))
    const before = kept()
    await sync.enrol(city.url, await code(), desk.officer)
    const first = kept()
    const other = await startCity({ doors: true })
    onTestFinished(() => other.close())
    await sync.enrol(other.url, await doors(other.url).enrolmentCode({ counter: 'Quầy 2' }), desk.officer)
    const [, second] = [first, kept()]
    expect([before?.origin, first?.origin, first?.agency, first?.number, second?.number]).toEqual(['own', 'city', 'H29.900', 1, 1])
    expect(new Set([before, first, second].map((each) => each?.secret)).size).toBe(3)
  })

  it('with a city that knows nothing of queues leaves the queue as it is', async () => {
    const { sync } = startSync(desk, { fetch: async (url, init) => {
      const answer = await fetch(url, init)
      if (new URL(url instanceof Request ? url.url : url).pathname !== '/v1/enrolments') return answer
      const { ward: _, ...rest } = await answer.json() as Record<string, unknown>
      return Response.json(rest, { status: answer.status })
    } })
    await sync.enrol(city.url, await code(), desk.officer)
    expect(desk.store.read.get('SELECT count(*) AS kept FROM ward_secret', [], (row) => row.integer('kept'))).toBe(0)
  })

  it('with an unknown code is refused by name', async () => {
    expect(await refusal(startSync(desk).sync.enrol(city.url, 'MC-NOBODY', desk.officer))).toBe('TP-011')
  })

  it('with a spent code is refused by name', async () => {
    const spent = await code()
    await startSync(desk).sync.enrol(city.url, spent, desk.officer)
    expect(await refusal(startSync(desk).sync.enrol(city.url, spent, desk.officer))).toBe('TP-011')
  })

  it('whose answer was lost works with the same code', async () => {
    const { sync } = startSync(desk)
    const once = await code()
    await doors(city.url).fault({ match: '^POST /v1/enrolments', mode: 'drop-after-commit' })
    expect(await refusal(sync.enrol(city.url, once, desk.officer))).toBe('TP-000')
    expect(await sync.enrol(city.url, once, desk.officer)).toMatchObject({ counter: 'Quầy 1' })
  })

  it('at a captive portal is named', async () => {
    await doors(city.url).fault({ match: '/v1/health', mode: 'html-200' })
    expect(await refusal(startSync(desk).sync.enrol(city.url, 'MC-0000', desk.officer))).toBe('TP-200')
  })

  it('leaves an audit entry without the code', async () => {
    const once = await code()
    await startSync(desk).sync.enrol(city.url, once, desk.officer)
    const entry = desk.audit.list(desk.store.read, { limit: 5 }).find(({ action }) => action === 'city.enrolled')
    expect([entry?.actor, entry?.detailText.includes(once)]).toEqual([desk.officer, false])
  })

  it.each([
    ['https://thanh-pho.example/', true], ['http://127.0.0.1:8080/', true], ['http://localhost/', true], ['http://[::1]:9/', true],
    ['http://thanh-pho.example/', false], ['http://10.0.0.7/', false], ['ftp://127.0.0.1/', false], ['http://localhost.example/', false],
  ])('dossiers go under TLS or stay on the machine: %s', (url, safe) => {
    expect(isSafeAddress(new URL(url))).toBe(safe)
  })

  it('before it the strip says so and nothing is tried', async () => {
    const { sync } = startSync(desk, { fetch: () => Promise.reject(new Error('nothing may be called')) })
    sync.start()
    await until(() => sync.status().line === 'not-enrolled')
    await sync.stop()
    expect(sync.status().destination.url).toBeNull()
  })
})

describe('The audit chain', () => {
  it('is witnessed by the city', async () => {
    const { sync } = startSync(desk)
    await sync.enrol(city.url, await code(), desk.officer)
    sync.start()
    await until(async () => {
      const head = desk.audit.head(desk.store.read)
      return (await doors(city.url).auditHeads()).some(({ hash }) => hash === head?.hash)
    })
    await sync.stop()
    expect(desk.audit.verify(desk.store.read).ok).toBe(true)
  })
})

describe('The private key', () => {
  it('is an ES256 key that leaves this machine in no call', async () => {
    const bodies: string[] = []
    const { sync } = startSync(desk, {
      fetch: (input, init) => {
        bodies.push(typeof init?.body === 'string' ? init.body : '')
        return fetch(input, init)
      },
    })
    await sync.enrol(city.url, await code(), desk.officer)
    const { d } = readLink(desk.store.read)?.privateJwk ?? { d: '' }
    expect([d.length, bodies.some((body) => body.includes(d)), generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey.export({ format: 'jwk' }).d?.length]).toEqual([43, false, 43])
  })
})
