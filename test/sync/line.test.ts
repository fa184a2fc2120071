import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { type City, startCity } from '../city'
import { addDossier, type Desk, dropDesk, enrolled, openDesk, type Running, settled, stateOf, until } from './support'
import type { Doors } from '../city'

let city: City
let desk: Desk
let running: Running & { doors: Doors }
const read = (id: string) => running.sync.submission(id as never)

beforeAll(async () => { city = await startCity({ doors: true }) })
afterAll(() => city.close())
beforeEach(async () => {
  desk = openDesk()
  running = await enrolled(desk, city)
  await until(() => running.sync.status().line === 'online')
})
afterEach(async () => {
  await running.doors.clearFaults()
  await running.doors.line(true)
  await running.sync.stop()
  dropDesk(desk)
})

describe('With the line up', () => {
  it('a dossier with documents is received under the city\'s acknowledgement', async () => {
    const made = await addDossier(desk, { sizes: [300_000, 5] })
    running.sync.wake()
    await until(() => stateOf(desk, made.submissionId) === 'received')
    const at = (await running.doors.submissions()).filter(({ submissionId }) => submissionId === made.submissionId)
    expect([at.length, at[0]?.payloadSha256, read(made.submissionId).receiptNumber]).toEqual([1, made.sha256, expect.stringMatching(/^TP-26-/)])
  })

  it('a document larger than a chunk arrives whole', async () => {
    const made = await addDossier(desk, { sizes: [9_500_001] })
    running.sync.wake()
    await until(() => stateOf(desk, made.submissionId) === 'received')
    expect(read(made.submissionId).bytesAccepted).toBe(9_500_001)
  })
})

describe('With the line down', () => {
  it('the strip says offline and the dossier stays in line', async () => {
    await running.doors.line(false)
    const made = await addDossier(desk)
    running.sync.wake()
    await until(() => running.sync.status().line === 'offline')
    expect(['ready', 'waiting']).toContain(stateOf(desk, made.submissionId))
  })

  it('everything goes by itself when the line is back', async () => {
    await running.doors.line(false)
    const made = await Promise.all([1, 2, 3].map(() => addDossier(desk, { sizes: [1000] })))
    running.sync.wake()
    await until(() => running.sync.status().line === 'offline')
    await running.doors.line(true)
    await until(() => settled(desk))
    expect(made.map(({ submissionId }) => stateOf(desk, submissionId))).toEqual(['received', 'received', 'received'])
  })
})
