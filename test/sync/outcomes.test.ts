import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { type City, type Doors, startCity } from '../city'
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
  await running.doors.clearFaults()
  await running.doors.line(true)
  await running.doors.clock(0)
  await running.sync.stop()
  dropDesk(desk)
})

const PUT = '^PUT /v1/submissions/'
const versionsAtCity = async ({ dossierId }: Made): Promise<number[]> =>
  (await running.doors.submissions()).filter((stored) => stored.payload.dossier.id === dossierId).map((stored) => stored.payload.dossier.version).sort()
const eventsOf = ({ dossierId }: Made, kind: string): string[] =>
  desk.store.read.all('SELECT note FROM dossier_event WHERE dossier_id = ? AND kind = ?', [dossierId, kind], (row) => row.textOrNull('note') ?? '')
const auditOf = ({ dossierId }: Made): string[] =>
  desk.audit.list(desk.store.read, { subject: { type: 'dossier', id: dossierId }, limit: 50 }).map(({ action }) => action)

describe('An acknowledgement', () => {
  it('is in the timeline and in the audit chain, once', async () => {
    const made = await addDossier(desk)
    running.sync.wake()
    await until(() => settled(desk))
    const { receiptNumber } = running.sync.submission(made.submissionId)
    expect([eventsOf(made, 'received'), auditOf(made)]).toEqual([[receiptNumber], ['submission.received']])
  })

  it('for other bytes does not count', async () => {
    const made = await addDossier(desk)
    const fetch: typeof globalThis.fetch = async (input, init) => {
      const answer = await globalThis.fetch(input, init)
      if (init?.method !== 'PUT') return answer
      return new Response((await answer.text()).replace(/"payloadSha256":"../, '"payloadSha256":"00'), answer)
    }
    await running.sync.stop()
    const lied = startSync(desk, { fetch })
    lied.sync.start()
    await until(() => stateOf(desk, made.submissionId) === 'waiting' || stateOf(desk, made.submissionId) === 'received')
    const told = lied.sync.submission(made.submissionId)
    await lied.sync.stop()
    expect(told.attemptsLog[0]?.errorCode).toBe('TP-201')
  })

  it('that was lost is found by asking, not by sending again', async () => {
    await running.doors.fault({ match: PUT, mode: 'drop-after-commit' })
    await running.doors.fault({ match: PUT, mode: 'status', status: 500, times: 100 })
    const made = await addDossier(desk)
    running.sync.wake()
    await until(() => stateOf(desk, made.submissionId) === 'received')
    expect(await versionsAtCity(made)).toEqual([1])
  })
})

describe('A newer version', () => {
  it('takes the place of one that still waits', async () => {
    await running.doors.line(false)
    const first = await addDossier(desk)
    const second = await addVersion(desk, first, { state: 4 })
    await running.doors.line(true)
    running.sync.sendNow()
    await until(() => settled(desk))
    expect([stateOf(desk, first.submissionId), stateOf(desk, second.submissionId), await versionsAtCity(first)]).toEqual(['superseded', 'received', [2]])
  })

  it('made during an upload wins', async () => {
    await running.doors.fault({ match: '^POST /v1/files', mode: 'delay', ms: 400 })
    const first = await addDossier(desk, { sizes: [5_000] })
    running.sync.wake()
    await until(() => stateOf(desk, first.submissionId) === 'sending')
    const second = await addVersion(desk, first)
    await until(() => settled(desk))
    expect([stateOf(desk, first.submissionId), stateOf(desk, second.submissionId), await versionsAtCity(first)]).toEqual(['superseded', 'received', [2]])
  })

  it('does not hide that the city had acknowledged the older one', async () => {
    await running.doors.fault({ match: PUT, mode: 'drop-after-commit' })
    await running.doors.fault({ match: '^GET /v1/(submissions|receipts)', mode: 'status', status: 503, times: 3 })
    const first = await addDossier(desk)
    running.sync.wake()
    await until(() => stateOf(desk, first.submissionId) === 'waiting')
    const second = await addVersion(desk, first)
    await until(() => stateOf(desk, first.submissionId) === 'received' && stateOf(desk, second.submissionId) === 'received')
    expect(await versionsAtCity(first)).toEqual([1, 2])
  })
})

describe('A stop in the middle of sending', () => {
  const leftSending = async (): Promise<Made> => {
    await running.sync.stop()
    const made = await addDossier(desk)
    desk.store.write((tx) => {
      tx.run("UPDATE submission SET state = 'sending', attempts = 1 WHERE id = ?", [made.submissionId])
      tx.run("INSERT INTO submission_attempt (submission_id, at, outcome) VALUES (?, '2026-11-23T00:00:00.000Z', 'started')", [made.submissionId])
    })
    return made
  }

  it('is settled by asking the city before anything is sent', async () => {
    const made = await leftSending()
    const asked: string[] = []
    const again = startSync(desk, {
      fetch: (input, init) => {
        asked.push(`${init?.method ?? 'GET'} ${input instanceof URL ? input.pathname : ''}`)
        return fetch(input, init)
      },
    })
    again.sync.start()
    await until(() => stateOf(desk, made.submissionId) === 'received')
    await again.sync.stop()
    const path = `/v1/submissions/${made.submissionId}`
    expect(asked.filter((call) => call.endsWith(path))).toEqual([`GET ${path}`, `PUT ${path}`])
  })

  it('is named in the log of attempts', async () => {
    const made = await leftSending()
    running.sync.start()
    await until(() => stateOf(desk, made.submissionId) === 'received')
    expect(running.sync.submission(made.submissionId).attemptsLog.map(({ outcome }) => outcome)).toEqual(['interrupted', 'received'])
  })
})

describe('A dossier that was printed with a provisional code', () => {
  it('gets the city\'s code, keeps the printed one, and tells whoever searches', async () => {
    await running.sync.stop()
    const assigned: string[] = []
    const made = await addDossier(desk, { provisional: true })
    const again = startSync(desk, { codeAssigned: (_tx, _id, code) => assigned.push(code) })
    again.sync.start()
    await until(() => settled(desk))
    await again.sync.stop()
    const dossier = desk.store.read.get('SELECT code, provisional_code, code_is_provisional FROM dossier WHERE id = ?', [made.dossierId], (row) => [
      row.text('code'), row.text('provisional_code'), row.integer('code_is_provisional'),
    ])
    expect(dossier).toEqual([expect.stringMatching(/^H29\.900-\d{6}-\d{4}$/), made.code, 0])
    expect([assigned, auditOf(made)[0]]).toEqual([[dossier?.[0]], 'dossier.code-assigned'])
  })
})

describe('A wrong clock', () => {
  it.each([86_400, -86_400])('%i seconds off: the queue goes on and the difference is told', async (offsetSeconds) => {
    await running.sync.stop()
    await running.doors.clock(offsetSeconds)
    await running.doors.revokeTokens()
    const made = await addDossier(desk, { provisional: true })
    running.sync.start()
    await until(() => stateOf(desk, made.submissionId) === 'received')
    expect(Math.round(running.sync.status().clockOffsetSeconds ?? 0)).toBe(offsetSeconds)
  })

  it('put back by a day while something waits does not make it wait a day', async () => {
    await running.sync.stop()
    const made = await addDossier(desk)
    desk.store.write((tx) => tx.run("UPDATE submission SET state = 'waiting', next_try_at = ? WHERE id = ?", [new Date(Date.now() + 86_400_000).toISOString(), made.submissionId]))
    running.sync.start()
    await until(() => stateOf(desk, made.submissionId) === 'received')
    expect(await versionsAtCity(made)).toEqual([1])
  })
})

describe('Simulated facts', () => {
  it('never go to a real city', async () => {
    await running.sync.stop()
    desk.store.write((tx) => tx.run('UPDATE city_link SET simulated = 0'))
    const made = await addDossier(desk, { simulated: true })
    running.sync.start()
    await until(() => settled(desk))
    expect([running.sync.submission(made.submissionId).errorCode, await versionsAtCity(made)]).toEqual(['TP-012', []])
  })

  it('go to a city of practice mode', async () => {
    const made = await addDossier(desk, { simulated: true })
    running.sync.wake()
    await until(() => settled(desk))
    expect(await versionsAtCity(made)).toEqual([1])
  })
})

describe('A paper that is no longer in the store', () => {
  it('needs attention and holds nothing else up', async () => {
    const made = await addDossier(desk, { sizes: [4_000] })
    const [sha] = desk.store.read.all('SELECT sha256 FROM submission_document WHERE submission_id = ?', [made.submissionId], (row) => row.text('sha256'))
    await desk.documents.remove(sha as never)
    const other = await addDossier(desk)
    running.sync.wake()
    await until(() => settled(desk))
    expect([running.sync.submission(made.submissionId).errorCode, stateOf(desk, other.submissionId)]).toEqual(['LUU-021', 'received'])
  })
})
