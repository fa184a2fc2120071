import { describe, expect, it } from 'vitest'
import { onBothDatabases } from './both'
import { askToken, assertion, samplePayload } from './counter'
import { startCity } from './index'

onBothDatabases('Doors', (stage) => {
  it('drop-after-commit loses the answer and keeps the submission', async () => {
    const counter = await stage.counter()
    const payload = samplePayload(await counter.code())
    await stage.doors().fault({ match: '^PUT /v1/submissions/', mode: 'drop-after-commit' })
    await expect(counter.submit(payload)).rejects.toThrow()
    expect([(await counter.call('GET', `/v1/submissions/${payload.submissionId}`)).status, (await counter.submit(payload)).status]).toEqual([200, 200])
  })

  it('reset cuts the connection before anything is stored', async () => {
    const counter = await stage.counter()
    const payload = samplePayload(await counter.code())
    await stage.doors().fault({ match: '^PUT /v1/submissions/', mode: 'reset' })
    await expect(counter.submit(payload)).rejects.toThrow()
    expect((await counter.call('GET', `/v1/submissions/${payload.submissionId}`)).status).toBe(404)
  })

  it('delay answers late', async () => {
    await stage.doors().fault({ match: '/v1/health', mode: 'delay', ms: 300 })
    const start = performance.now()
    await fetch(`${stage.city().url}/v1/health`)
    expect(performance.now() - start).toBeGreaterThan(290)
  })

  it('html-200 answers like a captive portal, and stores nothing', async () => {
    const counter = await stage.counter()
    const payload = samplePayload(await counter.code())
    await stage.doors().fault({ match: '^PUT', mode: 'html-200' })
    const answer = await counter.submit(payload)
    const look = await counter.call('GET', `/v1/submissions/${payload.submissionId}`)
    expect([answer.status, answer.headers.get('content-type'), look.status]).toEqual([200, 'text/html; charset=utf-8', 404])
  })

  it('status answers with the given status and Retry-After', async () => {
    await stage.doors().fault({ match: '/v1/health', mode: 'status', status: 503, retryAfter: 7 })
    const answer = await fetch(`${stage.city().url}/v1/health`)
    expect([answer.status, answer.headers.get('retry-after'), answer.headers.get('content-type')]).toEqual([503, '7', 'application/problem+json; charset=utf-8'])
  })

  it('malformed cuts the JSON in half after the commit', async () => {
    const counter = await stage.counter()
    const payload = samplePayload(await counter.code())
    await stage.doors().fault({ match: '^PUT', mode: 'malformed' })
    const broken = await counter.submit(payload)
    const whole = await counter.submit(payload)
    expect([broken.status, broken.text]).toEqual([201, whole.text.slice(0, Math.floor(whole.text.length / 2))])
  })

  it('a fault hits as many times as it says and only what it matches', async () => {
    await stage.doors().fault({ match: '^GET /v1/health$', mode: 'status', status: 500, times: 2 })
    const counter = await stage.counter()
    const statuses = [await counter.call('GET', '/v1/statuses'), await counter.call('GET', '/v1/health'), await counter.call('GET', '/v1/health'), await counter.call('GET', '/v1/health')]
    expect(statuses.map((one) => one.status)).toEqual([200, 500, 500, 200])
  })

  it('faults can be taken back', async () => {
    await stage.doors().fault({ match: '.*', mode: 'reset', times: 99 })
    await stage.doors().clearFaults()
    expect([await stage.doors().pendingFaults(), (await fetch(`${stage.city().url}/v1/health`)).status]).toEqual([0, 200])
  })

  it('refuses a pattern that is no regular expression', async () => {
    await expect(stage.doors().fault({ match: '(', mode: 'reset' })).rejects.toThrow('400')
  })

  it('line down cuts every call but those to the doors, line up brings them back', async () => {
    await stage.doors().line(false)
    const down = await fetch(`${stage.city().url}/v1/health`).then(() => 'answered', () => 'cut')
    await stage.doors().line(true)
    expect([down, (await fetch(`${stage.city().url}/v1/health`)).status]).toEqual(['cut', 200])
  })

  it('line down cuts a call that is under way', async () => {
    await stage.doors().fault({ match: '/v1/health', mode: 'delay', ms: 5000 })
    const underWay = fetch(`${stage.city().url}/v1/health`).then(() => 'answered', () => 'cut')
    await new Promise((resolve) => setTimeout(resolve, 100))
    await stage.doors().line(false)
    const outcome = await underWay
    await stage.doors().line(true)
    expect(outcome).toBe('cut')
  })

  it('the clock door moves Date, times and the judgement of assertions', async () => {
    const counter = await stage.counter()
    await stage.doors().clock(86_400)
    const health = await fetch(`${stage.city().url}/v1/health`)
    const ahead = Date.parse(health.headers.get('date') ?? '') - Date.now()
    const token = await askToken(counter.url, await assertion(counter))
    await stage.doors().clock(0)
    expect([Math.round(ahead / 3_600_000), token.status]).toEqual([24, 401])
  })

  it('a rate limit answers 429 with Retry-After until it is lifted', async () => {
    const counter = await stage.counter()
    await stage.doors().rateLimit({ requests: 2, windowSeconds: 30 })
    const answers = [await counter.call('GET', '/v1/statuses'), await counter.call('GET', '/v1/statuses'), await counter.call('GET', '/v1/statuses')]
    await stage.doors().rateLimit({ requests: null })
    const wait = Number(answers[2]?.headers.get('retry-after'))
    expect([answers.map((one) => one.status), wait > 0 && wait <= 30, (await counter.call('GET', '/v1/statuses')).status]).toEqual([[200, 200, 429], true, 200])
  })

  it('shows what is stored, with its payload', async () => {
    const counter = await stage.counter()
    const payload = samplePayload(await counter.code())
    await counter.submit(payload)
    expect((await stage.doors().submissions()).find((item) => item.submissionId === payload.submissionId)?.payload).toEqual(payload)
  })
})

describe('Without --doors', () => {
  it('no door is there', async () => {
    const city = await startCity()
    const answer = await fetch(`${city.url}/doors/submissions`)
    await city.close()
    expect(answer.status).toBe(404)
  })
})
