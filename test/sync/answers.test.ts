import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { type City, type Doors, type FaultInput, startCity } from '../city'
import { addDossier, type Desk, dropDesk, enrolled, type Made, openDesk, type Running, settled, stateOf, until } from './support'

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
  await running.doors.rateLimit({ requests: null })
  await running.sync.stop()
  dropDesk(desk)
})

const PUT = '^PUT /v1/submissions/'
const storedFor = async ({ submissionId }: Made) => (await running.doors.submissions()).filter((stored) => stored.submissionId === submissionId)

/** Sends one dossier into faults and waits for its end; gives its state, the codes of its attempts, and how often the city has it. */
async function meet(faults: readonly FaultInput[], sizes: readonly number[] = [2_000]) {
  for (const fault of faults) await running.doors.fault(fault)
  const made = await addDossier(desk, { sizes })
  running.sync.wake()
  await until(() => settled(desk))
  const detail = running.sync.submission(made.submissionId)
  const codes = detail.attemptsLog.map(({ errorCode }) => errorCode).filter((code) => code !== null)
  return { state: detail.state, codes, copies: (await storedFor(made)).length, words: detail.cityWords }
}

describe('The city answers badly to a submission, then well', () => {
  it.each<[string, FaultInput, string]>([
    ['the connection is reset before', { match: PUT, mode: 'reset' }, 'TP-000'],
    ['the answer is lost after the commit', { match: PUT, mode: 'drop-after-commit' }, 'TP-000'],
    ['a captive portal answers 200', { match: PUT, mode: 'html-200' }, 'TP-200'],
    ['the answer is cut in half', { match: PUT, mode: 'malformed' }, 'TP-201'],
    ['500', { match: PUT, mode: 'status', status: 500 }, 'TP-500'],
    ['503', { match: PUT, mode: 'status', status: 503 }, 'TP-500'],
    ['429', { match: PUT, mode: 'status', status: 429, retryAfter: 0 }, 'TP-429'],
    ['the document upload is reset', { match: '^POST /v1/files', mode: 'reset' }, 'TP-000'],
    ['the document\'s answer is lost', { match: '^POST /v1/files', mode: 'drop-after-commit' }, 'TP-000'],
    ['a portal answers the upload', { match: '^POST /v1/files', mode: 'html-200' }, 'TP-200'],
    ['the upload breaks off', { match: '^POST /v1/files', mode: 'truncate', bytes: 700 }, 'TP-000'],
    ['the upload hash is disputed', { match: '^POST /v1/files', mode: 'status', status: 460, code: 'document.hash-mismatch' }, 'TP-460'],
    ['the answer takes too long', { match: PUT, mode: 'delay', ms: 7_000 }, 'TP-504'],
  ])('%s: told by name, then received, once', async (_name, fault, code) => {
    const { state, codes, copies } = await meet([fault])
    expect({ state, codes, copies }).toEqual({ state: 'received', codes: [code], copies: 1 })
  })

  it('an upload that the city took in part goes on from there', async () => {
    const met = await meet([{ match: '^POST /v1/files', mode: 'truncate', bytes: 700, then: 'answer' }])
    expect([met.state, met.codes]).toEqual(['received', []])
  })

  it('one refused token is renewed without anybody noticing', async () => {
    await running.doors.revokeTokens()
    const met = await meet([])
    expect([met.state, met.codes]).toEqual(['received', []])
  })

  it('missing documents are brought once more', async () => {
    const made = await addDossier(desk, { sizes: [2_000] })
    desk.store.write((tx) => tx.run("UPDATE document_upload SET confirmed_at = '2026-11-23T00:00:00.000Z', accepted = size"))
    running.sync.wake()
    await until(() => settled(desk))
    expect([stateOf(desk, made.submissionId), (await storedFor(made)).length]).toEqual(['received', 1])
  })
})

describe('The city will not have a submission', () => {
  const refused = (status: number, code: string): FaultInput => ({ match: PUT, mode: 'status', status, code, detail: 'Sai mã.', field: 'dossier.code' })
  it.each([[400, 'TP-400'], [409, 'TP-409'], [413, 'TP-413'], [422, 'TP-422']])('%i needs attention, with the city\'s words', async (status, code) => {
    const met = await meet([refused(status, 'x.y')])
    expect(met).toEqual({ state: 'attention', codes: [code], copies: 0, words: 'Sai mã. [dossier.code]' })
  })

  it('a real rule of the city is told in its own words', async () => {
    const made = await addDossier(desk, { agency: 'H26.001' })
    running.sync.wake()
    await until(() => settled(desk))
    expect(running.sync.submission(made.submissionId).cityWords).toContain('[dossier.agency]')
  })

  it('does not hold up those behind it', async () => {
    const [first, second] = [await addDossier(desk, { agency: 'H26.001' }), await addDossier(desk)]
    running.sync.wake()
    await until(() => settled(desk))
    expect([first, second].map(({ submissionId }) => stateOf(desk, submissionId))).toEqual(['attention', 'received'])
  })

  it('put back in line by an officer it is sent unchanged', async () => {
    await running.doors.fault(refused(422, 'submission.rejected'))
    const made = await addDossier(desk)
    running.sync.wake()
    await until(() => stateOf(desk, made.submissionId) === 'attention')
    running.sync.retry(made.submissionId, desk.officer)
    await until(() => stateOf(desk, made.submissionId) === 'received')
    expect((await storedFor(made)).map(({ payloadSha256 }) => payloadSha256)).toEqual([made.sha256])
  })

  it('failing for good ends in attention, never in deletion, and "send now" tries again', async () => {
    await running.doors.fault({ match: PUT, mode: 'status', status: 500, times: 1_000 })
    const made = await addDossier(desk)
    running.sync.wake()
    await until(() => stateOf(desk, made.submissionId) === 'attention')
    await running.doors.clearFaults()
    running.sync.sendNow()
    await until(() => stateOf(desk, made.submissionId) === 'received')
    expect((await storedFor(made)).length).toBe(1)
  })
})

describe('The city asks for patience or proof', () => {
  it('a 429 stops the whole queue for as long as the city says', async () => {
    await running.doors.fault({ match: PUT, mode: 'status', status: 429, retryAfter: 1 })
    const made = [await addDossier(desk)]
    const begun = performance.now()
    running.sync.wake()
    await until(() => stateOf(desk, made[0]?.submissionId ?? '') === 'waiting')
    made.push(await addDossier(desk))
    running.sync.sendNow()
    await until(() => settled(desk))
    expect(performance.now() - begun).toBeGreaterThanOrEqual(950)
  })

  it('two refused tokens pause the queue and the strip says so', async () => {
    await running.doors.fault({ match: '^(GET|PUT|POST) /v1/(?!health|enrol)', mode: 'status', status: 401, times: 1_000 })
    const made = await addDossier(desk)
    running.sync.wake()
    await until(() => running.sync.status().line === 'unauthorised')
    expect(['ready', 'waiting']).toContain(stateOf(desk, made.submissionId))
  })

  it('a counter that the city no longer knows does not spoil its submissions', async () => {
    await running.doors.revokeTokens()
    await running.doors.fault({ match: '^POST /oauth/token', mode: 'status', status: 400, code: 'invalid_client', times: 1_000 })
    const made = await addDossier(desk)
    running.sync.wake()
    await until(() => running.sync.status().line === 'unauthorised')
    await running.doors.clearFaults()
    running.sync.sendNow()
    await until(() => stateOf(desk, made.submissionId) === 'received')
    expect(running.sync.status().line).not.toBe('unauthorised')
  })

  it('a captive portal is named on the strip and nothing counts as sent', async () => {
    await running.doors.fault({ match: '.', mode: 'html-200', times: 1_000 })
    const made = await addDossier(desk)
    running.sync.wake()
    await until(() => running.sync.status().line === 'portal')
    expect([stateOf(desk, made.submissionId) === 'received', (await storedFor(made)).length]).toEqual([false, 0])
  })
})
