import { z } from 'zod'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { type City, type Doors, doors, startCity } from '../city'
import { addDossier, addVersion, type Desk, dropDesk, enrolled, type Made, openDesk, type Running, settled, startSync, stateOf, until } from './support'

let city: City
let desk: Desk
let running: Running & { doors: Doors }

beforeAll(async () => { city = await startCity({ doors: true }) })
afterAll(() => city.close())
beforeEach(async () => {
  desk = openDesk()
  running = await enrolled(desk, city)
  await until(() => running.sync.status().numbersLeft >= 50)
})
afterEach(async () => {
  await running.sync.stop()
  dropDesk(desk)
})

const dossier = ({ dossierId }: Made) => desk.store.read.get('SELECT state, finished_at FROM dossier WHERE id = ?', [dossierId], (row) => ({
  state: row.integer('state'), finished: row.textOrNull('finished_at') !== null,
}))
const statesOf = ({ dossierId }: Made): number[] =>
  desk.store.read.all("SELECT state FROM dossier_event WHERE dossier_id = ? AND kind = 'state' ORDER BY sequence", [dossierId], (row) => row.integer('state'))
async function sent(): Promise<Made> {
  const made = await addDossier(desk)
  running.sync.wake()
  await until(() => settled(desk))
  return made
}

describe('A status from the city', () => {
  it('moves the dossier and is told to the screen', async () => {
    const made = await sent()
    await running.doors.status({ dossierCode: made.code, state: 9, note: 'Đã ký' })
    await until(() => dossier(made)?.state === 9)
    expect(dossier(made)?.finished).toBe(true)
    expect(running.events).toContainEqual({ kind: 'status-from-city', id: made.dossierId, code: made.code, state: 9 })
  })

  it('read a second time changes nothing', async () => {
    const made = await sent()
    for (const state of [4, 9]) await running.doors.status({ dossierCode: made.code, state })
    await until(() => dossier(made)?.state === 9)
    desk.store.write((tx) => tx.run('UPDATE city_link SET status_cursor = 0'))
    await running.doors.status({ dossierCode: made.code, state: 10 })
    await until(() => dossier(made)?.state === 10)
    expect(statesOf(made)).toEqual([4, 9, 10])
  })

  it('of a dossier of another counter is passed over', async () => {
    const other = openDesk()
    const theirs = await enrolled(other, city, {}, 'Quầy 2')
    await until(() => theirs.sync.status().numbersLeft >= 50)
    const foreign = await addDossier(other)
    theirs.sync.wake()
    await until(() => settled(other))
    await running.doors.status({ dossierCode: foreign.code, state: 4 })
    const mine = await sent()
    await running.doors.status({ dossierCode: mine.code, state: 4 })
    await until(() => dossier(mine)?.state === 4)
    await theirs.sync.stop()
    dropDesk(other)
    expect(dossier(foreign)).toBeUndefined()
  })

  it('does not undo what the counter did later and has not sent yet', async () => {
    const made = await sent()
    await running.sync.stop()
    await running.doors.status({ dossierCode: made.code, state: 9 })
    await addVersion(desk, made, { state: 10 })
    running.sync.start()
    await until(() => settled(desk) && statesOf(made).includes(9))
    expect(dossier(made)?.state).toBe(10)
  })

  it('moves a dossier for which the counter only repeated what the city had said before', async () => {
    const made = await sent()
    await running.doors.status({ dossierCode: made.code, state: 4 })
    await until(() => dossier(made)?.state === 4)
    await running.sync.stop()
    await running.doors.status({ dossierCode: made.code, state: 9 })
    await addVersion(desk, made, { state: 4, repeats: true })
    running.sync.start()
    await until(() => settled(desk) && statesOf(made).includes(9))
    expect(dossier(made)?.state).toBe(9)
  })

  it('moves a dossier whose act went to the city within a later version', async () => {
    const made = await sent()
    await running.sync.stop()
    await addVersion(desk, made, { state: 4 })
    await addVersion(desk, made, { state: 4, repeats: true })
    running.sync.start()
    await until(() => settled(desk))
    await running.doors.status({ dossierCode: made.code, state: 9 })
    await until(() => statesOf(made).includes(9))
    expect(dossier(made)?.state).toBe(9)
  })

  it('moves a dossier of which only a correction is on its way', async () => {
    const made = await sent()
    await running.sync.stop()
    await running.doors.status({ dossierCode: made.code, state: 9 })
    await addVersion(desk, made)
    running.sync.start()
    await until(() => settled(desk) && statesOf(made).includes(9))
    expect(dossier(made)?.state).toBe(9)
  })
})

describe('A city that was restored from a back-up', () => {
  it('gets again what it acknowledged and lost, and the dossiers stay received throughout', async () => {
    const made = await Promise.all([addDossier(desk, { sizes: [3_000] }), addDossier(desk)])
    running.sync.wake()
    await until(() => settled(desk))
    await running.sync.stop()
    const fresh = await startCity({ doors: true })
    // The same enrolment at a city that has forgotten: it has the counters, but none of the dossiers.
    const door = doors(fresh.url)
    const lost = startSync(desk)
    await lost.sync.enrol(fresh.url, await door.enrolmentCode({ counter: 'Quầy 1' }), desk.officer)
    for (const day of leasedDays()) await copyLeases(fresh, day)
    desk.store.write((tx) => tx.run("UPDATE city_link SET enrolled_at = '2026-01-01T00:00:00.000Z'"))
    lost.sync.start()
    await until(async () => (await door.submissions()).length === 2)
    await until(() => lost.logged.includes('sync.city-lost-receipts'))
    await lost.sync.stop()
    const there = (await door.submissions()).map(({ payloadSha256 }) => payloadSha256).sort()
    await fresh.close()
    expect([there, made.map(({ submissionId }) => stateOf(desk, submissionId))]).toEqual([made.map(({ sha256 }) => sha256 as string).sort(), ['received', 'received']])
  })
})

const leasedDays = (): string[] => desk.store.read.all('SELECT DISTINCT day FROM number_lease', [], (row) => row.text('day'))
/** A restored city has given out at least the numbers that the dossiers carry. */
async function copyLeases(fresh: City, day: string): Promise<void> {
  await fresh.db.all(z.looseObject({}), "insert into number_days (agency_code, day, last_number) values ('H29.900', $1, 5000) on conflict do nothing", [day])
  await fresh.db.all(z.looseObject({}), `insert into number_leases (lease_id, request_id, client_id, agency_code, day, first_number, last_number, size, leased_at)
    select gen_random_uuid(), gen_random_uuid(), client_id, 'H29.900', $1, 1, 5000, 200, now() from clients limit 1`, [day])
}
