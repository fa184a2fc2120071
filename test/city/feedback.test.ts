import { createHash, randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Answer, bytesOfJson, type Counter, openCounter, randomDocument, sha256 } from './counter'
import type { FeedbackPayload } from './feedback-payload'
import { type City, doors, startCity } from './index'

let city: City
let counter: Counter
let count = 0

beforeAll(async () => {
  city = await startCity({ doors: true })
  counter = await openCounter(city.url, city.enrolmentCode)
})
afterAll(() => city.close())

function letter(photos: readonly Uint8Array[] = [], changed: Partial<FeedbackPayload['feedback']> = {}): FeedbackPayload {
  const at = '2026-11-23T02:41:00.000Z'
  const listed = photos.map((bytes, index) => ({ documentId: randomUUID(), sha256: sha256(bytes), size: bytes.length, mediaType: 'image/jpeg', name: `anh-${index + 1}.jpg` }))
  const feedback = {
    id: randomUUID(), number: `PA-H29.900-Q1-261123-${String((count += 1)).padStart(4, '0')}`, version: 1, act: 'taken', at, agency: 'H29.900', counter: 'Q1',
    body: { kind: 'complaint', field: 'environment', content: 'Rác <b>bừa bãi</b>', place: 'Hẻm 12', anonymous: true, mayBePublished: false, takenAt: at, supplements: [], photos: listed },
    ...changed,
  } as FeedbackPayload['feedback']
  return { format: 'mot-cua/feedback', version: 1, letterId: randomUUID(), feedback, officer: { id: 'cb-01', name: 'Đỗ Thị Mỹ Duyên' } }
}

function send(payload: FeedbackPayload, { body = bytesOfJson(payload), key = payload.letterId, digest = createHash('sha256').update(body).digest('base64') } = {}): Promise<Answer> {
  return counter.call('PUT', `/v1/feedback/${payload.letterId}`, { body, headers: { 'content-type': 'application/json', 'content-digest': `sha-256=:${digest}:`, 'idempotency-key': key } })
}

describe('A letter', () => {
  it('is stored once: the same bytes again get the same receipt', async () => {
    const payload = letter()
    const [first, again] = [await send(payload), await send(payload)]
    expect([first.status, again.status, again.json]).toEqual([201, 200, first.json])
  })

  it('under the same key with other bytes is a conflict that tells both hashes', async () => {
    const payload = letter()
    const stored = await send(payload)
    const other = { ...payload, officer: { id: 'cb-02', name: 'Khác' } }
    const answer = await send(other)
    expect([answer.status, answer.json['code'], answer.json['storedSha256']]).toEqual([409, 'feedback.conflict', stored.json['payloadSha256']])
  })

  it('is refused until its photos are confirmed', async () => {
    const photo = randomDocument(3000)
    const payload = letter([photo])
    const before = await send(payload)
    await counter.upload(photo)
    expect([before.status, before.json['missing'], (await send(payload)).status]).toEqual([424, [sha256(photo)], 201])
  })

  it('whose digest is of other bytes is refused', async () => {
    expect((await send(letter(), { digest: createHash('sha256').update('x').digest('base64') })).json['code']).toBe('digest.mismatch')
  })

  it.each([
    ['another agency', { agency: 'H29.901' }, 'feedback.agency'],
    ['no contents', { body: undefined }, 'feedback.body'],
    ['a version below 1', { version: 0 }, 'feedback.version'],
  ])('with %s is refused by name', async (_name, changed, field) => {
    const answer = await send(letter([], changed as never))
    expect([answer.status, answer.json['field']]).toEqual([422, field])
  })

  it('that is older than the stored one is kept and changes nothing', async () => {
    const newer = letter([], { version: 2 })
    const older = letter([], { id: newer.feedback.id, number: newer.feedback.number, version: 1 })
    await send(newer)
    await send(older)
    const stored = (await doors(city.url).letters()).filter(({ feedbackId }) => feedbackId === newer.feedback.id)
    expect(stored.map(({ version, applied }) => [version, applied])).toEqual([[2, true], [1, false]])
  })

  it('sent many times at once is stored once', async () => {
    const payload = letter()
    const answers = await Promise.all(Array.from({ length: 8 }, () => send(payload)))
    const stored = (await doors(city.url).letters()).filter(({ letterId }) => letterId === payload.letterId)
    expect([stored.length, new Set(answers.map(({ text }) => text)).size]).toEqual([1, 1])
  })

  it('can be asked for; one that never came is not there', async () => {
    const payload = letter()
    await send(payload)
    expect([(await counter.call('GET', `/v1/feedback/${payload.letterId}`)).status, (await counter.call('GET', `/v1/feedback/${randomUUID()}`)).json['code']]).toEqual([200, 'feedback.unknown'])
  })
})

describe('Statuses', () => {
  it('come in order after a cursor', async () => {
    const payload = letter()
    await send(payload)
    const first = await doors(city.url).feedbackStatus({ number: payload.feedback.number, state: 3 })
    await doors(city.url).feedbackStatus({ number: payload.feedback.number, state: 5, note: 'Đã dọn' })
    const { json } = await counter.call('GET', `/v1/feedback-statuses?cursor=${first}`)
    expect(json).toEqual({ items: [expect.objectContaining({ feedbackId: payload.feedback.id, state: 5, note: 'Đã dọn' })], next: first + 1 })
  })
})

describe('The page for people', () => {
  it('lists what came as text', async () => {
    await send(letter())
    const page = await (await fetch(`${city.url}/feedback`)).text()
    expect([page.includes('Rác &lt;b&gt;'), page.includes('<b>bừa')]).toEqual([true, false])
  })
})
