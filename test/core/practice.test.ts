import { call } from '@orpc/server'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { CaProvider } from '@contract/signing'
import { type City, doors, startCity } from '../city'
import { PRACTICE_GATE } from '../../src-renderer/sign-in/practice-gate'
import { codeOfCall, demo, keyStore, machine, practice, router, secretOf } from './support'

let city: City
beforeAll(async () => { city = await startCity({ doors: true }) })
afterAll(() => city.close())

const enrolment = async () => ({ cityUrl: city.url, cityEnrolment: await doors(city.url).enrolmentCode({ counter: 'Quầy 3' }) })

describe('The practice ward', () => {
  test('is made at its first start with the accounts that its sign-in screen shows', async () => {
    const made = machine()
    await made.counter.start()
    const gate = await call(router.staff.gate, undefined, { context: { connection: made.connect(), log: made.log } })
    expect([gate.state, gate.practice, gate.demo.map(({ loginName }) => loginName)]).toEqual(['open', true, ['duyen', 'kien', 'huy', 'quantri']])
    for (const { loginName } of gate.demo) expect(await codeOfCall(() => call(router.staff.signIn, { loginName, secret: secretOf(loginName) }, { context: { connection: made.connect(), log: made.log } }))).toBeUndefined()
  })

  test('has the officers that the window foresees while the core starts, in the same order', async () => {
    const made = machine()
    await made.counter.start()
    const gate = await call(router.staff.gate, undefined, { context: { connection: made.connect(), log: made.log } })
    const shown = ({ ward, counter, accounts, demo: secrets }: typeof gate) => ({
      ward, counter, accounts: accounts.map(({ id: _id, ...account }) => account), secrets: secrets.map(({ loginName, secret }) => `${loginName} ${secret}`).sort(),
    })
    expect(shown(PRACTICE_GATE)).toEqual(shown(gate))
  })

  test('opens again by itself, with the same accounts', async () => {
    const first = machine()
    await first.counter.start()
    await first.counter.close()
    const again = machine({ folder: first.folder })
    await again.counter.start()
    expect(again.office().staff.list().map(({ loginName }) => loginName).sort()).toEqual(['duyen', 'huy', 'kien', 'quantri', 'tocongnghe'])
  })

  test('whose first start broke off gets the accounts that it lacks', async () => {
    const first = machine()
    await first.counter.setUp(demo)
    await first.counter.close()
    const again = machine({ folder: first.folder })
    await again.counter.start()
    expect(again.office().staff.list()).toHaveLength(5)
  })

  test('stays locked, and does not fall over, when all its secrets were changed', async () => {
    const { folder, context, counter, office } = await practice('quantri')
    for (const { loginName } of [...demo.accounts, demo.administrator]) await office().staff.resetByRecovery(loginName, `${loginName} đã đổi mật khẩu`)
    await call(router.staff.signOut, undefined, context)
    await counter.close()
    const again = machine({ folder })
    await again.counter.start()
    expect([again.counter.state(), again.logged.map(({ event }) => event)]).toEqual(['locked', ['practice.locked']])
  })

  test('that the key store opens registers with the city of this start too', async () => {
    const host = keyStore('keychain', 7)
    const first = machine({ host })
    await first.counter.start()
    await first.counter.close()
    const again = machine({ folder: first.folder, host, ...(await enrolment()) })
    await again.counter.start()
    expect([again.office().sync.status().destination.url, again.office().settings().city.url]).toEqual([`${city.url}/`, city.url])
  })

  test('has a line that nobody knows anything of right after it registered', async () => {
    const made = machine()
    await made.counter.start()
    await expect.poll(() => made.office().sync.status().line).toBe('not-enrolled')
    const { cityUrl, cityEnrolment } = await enrolment()
    const { sync } = made.office()
    await sync.stop()
    await sync.enrol(cityUrl, cityEnrolment, 'system')
    expect(sync.status().line).toBe('unknown')
  })

  test('takes over the agency’s code from the city, under which numbers are leased', async () => {
    const { context, office } = await practice('quantri')
    const settings = office().settings()
    office().settingsStore.save('system', { ...settings, ward: { ...settings.ward, agencyCode: 'H29.123' } })
    const { cityUrl, cityEnrolment } = await enrolment()
    const enrolled = await call(router.sync.enrol, { url: cityUrl, code: cityEnrolment }, context)
    expect([enrolled, office().settings().ward.agencyCode, office().settings().city.clientId]).toEqual([{ agency: 'H29.900', counter: 'Quầy 3' }, 'H29.900', expect.any(String)])
  })

  test('has the CAs that the city registers citizens for, as demonstrations', async () => {
    const made = machine(await enrolment())
    await made.counter.start()
    const cards = made.office().store.read.all('SELECT id, card FROM ca_provider WHERE removed = 0 ORDER BY ordinal', [], (row) => [row.text('id'), row.json('card', CaProvider).demo])
    expect(cards).toEqual([['ca-nam-binh', true], ['ca-nam-binh-tu-xa', true]])
  })

  test('without its city works as with the line down', async () => {
    const made = machine({ cityUrl: 'http://127.0.0.1:9', cityEnrolment: 'MC-KHONG-CO' })
    await made.counter.start()
    expect([made.counter.state(), made.logged.some(({ event }) => event === 'practice.not-enrolled')]).toEqual(['open', true])
  })
})
