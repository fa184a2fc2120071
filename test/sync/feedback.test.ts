import { z } from 'zod'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { FeedbackId } from '../../src-preload/contract/feedback'
import { type City, type Doors, startCity } from '../city'
import { type FeedbackDesk, feedbackOf, lettersOf, lettersSettled, photo, takeFeedback } from './feedback-support'
import { addDossier, type Desk, dropDesk, enrolled, openDesk, type Running, settled, startSync, stateOf, until } from './support'

let city: City
let desk: Desk
let running: Running & { doors: Doors }
let feedback: FeedbackDesk

beforeAll(async () => { city = await startCity({ doors: true }) })
afterAll(() => city.close())
beforeEach(async () => {
  desk = openDesk()
  running = await enrolled(desk, city)
  feedback = feedbackOf(desk, () => running.sync.wake())
  await until(() => running.sync.status().numbersLeft >= 50)
})
afterEach(async () => {
  await running.doors.clearFaults()
  await running.doors.line(true)
  await running.doors.rateLimit({ requests: null })
  await running.sync.stop()
  await feedback.complaints.close()
  dropDesk(desk)
})

const PUT = '^PUT /v1/feedback/'
let count = 0
const bytes = (size = 4_000): Buffer => photo(size, count += 1)
const atCity = async (id: FeedbackId): Promise<[number, string][]> =>
  (await running.doors.letters()).filter(({ feedbackId }) => feedbackId === id).map(({ version, payload }) => [version, payload.feedback.act])
const get = (id: FeedbackId) => feedback.complaints.get(feedback.officer, id)
const auditOf = (id: FeedbackId): string[] => desk.audit.list(desk.store.read, { subject: { type: 'feedback', id }, limit: 50 }).map(({ action }) => action)

describe('A letter', () => {
  it('goes with its photos and is received under the city\'s number', async () => {
    const { id } = await takeFeedback(feedback, [bytes(), bytes()])
    await until(() => get(id).state === 2)
    const view = get(id)
    expect([view.sending?.receiptNumber, view.timeline.map(({ kind }) => kind), auditOf(id), await atCity(id)])
      .toEqual([expect.stringMatching(/^BN-\d\d-\d{6}$/), ['state', 'received'], ['feedback.received', 'feedback.taken'], [[1, 'taken']]])
  })

  it.each([
    ['the answer is lost', { match: PUT, mode: 'drop-after-commit', times: 3 }],
    ['the connection breaks', { match: PUT, mode: 'reset', times: 2 }],
    ['the city is in trouble', { match: PUT, mode: 'status', status: 503, times: 4 }],
    ['the city asks to wait', { match: PUT, mode: 'status', status: 429, retryAfter: 1, times: 1 }],
    ['somebody else answers', { match: PUT, mode: 'html-200', times: 2 }],
    ['the answer is cut in half', { match: PUT, mode: 'malformed', times: 2 }],
    ['a photo\'s answer is lost', { match: '^(POST|PATCH) /v1/files', mode: 'drop-after-commit', times: 2 }],
    ['a photo is cut short', { match: '^POST /v1/files', mode: 'truncate', bytes: 900, then: 'drop', times: 2 }],
  ] as const)('arrives exactly once when %s', async (_name, fault) => {
    await running.doors.fault(fault)
    const { id } = await takeFeedback(feedback, [bytes()])
    await until(() => get(id).state === 2)
    expect([await atCity(id), auditOf(id).filter((action) => action === 'feedback.received').length]).toEqual([[[1, 'taken']], 1])
  })

  it('that was lost after it arrived is found by asking, not by sending again', async () => {
    await running.doors.fault({ match: PUT, mode: 'drop-after-commit' })
    await running.doors.fault({ match: PUT, mode: 'status', status: 500, times: 100 })
    const { id } = await takeFeedback(feedback)
    await until(() => get(id).state === 2)
    expect(await atCity(id)).toEqual([[1, 'taken']])
  })

  it('waits while the line is down and goes by itself', async () => {
    await running.doors.line(false)
    const { id } = await takeFeedback(feedback, [bytes()])
    await until(() => running.sync.status().line === 'offline')
    const waiting = feedback.complaints.list(feedback.officer, { sending: 'waiting', limit: 5 }).items.map((item) => item.id)
    await running.doors.line(true)
    await until(() => get(id).state === 2)
    expect([waiting, await atCity(id)]).toEqual([[id], [[1, 'taken']]])
  })

  it('that the city refuses needs somebody and holds no dossier up', async () => {
    await running.doors.fault({ match: PUT, mode: 'status', status: 422, code: 'feedback.rejected', detail: 'Không đúng lĩnh vực.', field: 'feedback.body.field' })
    const { id } = await takeFeedback(feedback)
    const made = await addDossier(desk)
    running.sync.wake()
    await until(() => get(id).sending?.state === 'attention' && stateOf(desk, made.submissionId) === 'received')
    const told = get(id).sending?.cityWords
    feedback.complaints.retry(feedback.officer, id)
    await until(() => get(id).state === 2)
    expect([told?.includes('Không đúng lĩnh vực.'), await atCity(id)]).toEqual([true, [[1, 'taken']]])
  })

  it('of practice mode never goes to a real city', async () => {
    await running.sync.stop()
    desk.store.write((tx) => tx.run('UPDATE city_link SET simulated = 0'))
    const simulated = feedbackOf(desk, () => undefined, true)
    const { id } = await takeFeedback(simulated)
    running.sync.start()
    await until(() => get(id).sending?.state === 'attention')
    expect([get(id).sending?.errorCode, await atCity(id)]).toEqual(['TP-012', []])
  })

  it('that the city lost is sent again under its own number', async () => {
    const { id } = await takeFeedback(feedback, [bytes()])
    await until(() => get(id).state === 2)
    // The city was restored from a back-up that is older than the letter.
    await city.db.transaction(async (tx) => {
      await tx.all(z.unknown(), 'alter table feedback_letters disable trigger all', [])
      await tx.all(z.unknown(), 'update feedback set current_letter = null, version = 0', [])
      await tx.all(z.unknown(), 'delete from feedback_letters', [])
      await tx.all(z.unknown(), 'alter table feedback_letters enable trigger all', [])
    })
    await until(async () => (await atCity(id)).length === 1)
    await until(() => auditOf(id).includes('feedback.sent-again'))
    expect([get(id).state, await atCity(id)]).toEqual([2, [[1, 'taken']]])
  })
})

describe('A stop in the middle of sending', () => {
  it('makes it ask before it sends again', async () => {
    await running.sync.stop()
    const { id } = await takeFeedback(feedback)
    desk.store.write((tx) => {
      tx.run("UPDATE feedback_letter SET state = 'sending', attempts = 1")
      tx.run("INSERT INTO letter_attempt (letter_id, at, outcome) SELECT id, created_at, 'started' FROM feedback_letter")
    })
    await running.doors.fault({ match: '^GET /v1/feedback/', mode: 'status', status: 503, times: 2 })
    running.sync.start()
    await until(() => get(id).state === 2)
    const outcomes = desk.store.read.all('SELECT outcome FROM letter_attempt ORDER BY sequence', [], (row) => row.text('outcome'))
    expect([outcomes[0], outcomes.at(-1), await atCity(id)]).toEqual(['interrupted', 'received', [[1, 'taken']]])
  })
})

describe('What the city says of it', () => {
  it('moves it step by step and is in the timeline, once', async () => {
    const { id, number } = await takeFeedback(feedback)
    await until(() => get(id).state === 2)
    await running.doors.feedbackStatus({ number: number ?? '', state: 3, by: 'Phòng Kinh tế' })
    await running.doors.feedbackStatus({ number: number ?? '', state: 5, note: 'Đã cho dọn rác.' })
    await until(() => get(id).state === 5)
    const before = get(id).timeline.map(({ kind, state, by, note }) => [kind, state, by, note])
    desk.store.write((tx) => tx.run('UPDATE feedback_feed SET cursor = 0'))
    running.sync.sendNow()
    await until(() => desk.store.read.get('SELECT cursor FROM feedback_feed', [], (row) => row.integer('cursor')) !== 0)
    expect([before.slice(2), get(id).timeline.length]).toEqual([[['state', 3, 'Phòng Kinh tế', null], ['state', 5, expect.any(String), 'Đã cho dọn rác.']], 4])
  })

  it('of another counter\'s is passed over', async () => {
    const neighbour = openDesk()
    const theirs = await enrolled(neighbour, city, {}, 'Quầy 2')
    const desk2 = feedbackOf(neighbour, theirs.sync.wake)
    const { id, number } = await takeFeedback(desk2, [], { content: 'Đèn đường hẻm 40 không sáng.' })
    await until(() => desk2.complaints.get(desk2.officer, id).state === 2 || lettersOf(neighbour, id)[0] === 'attention')
    await running.doors.feedbackStatus({ number: number ?? '', state: 3 })
    await until(() => desk2.complaints.get(desk2.officer, id).state === 3)
    await theirs.sync.stop()
    dropDesk(neighbour)
    expect(desk.store.read.get('SELECT count(*) AS n FROM feedback_event', [], (row) => row.integer('n'))).toBe(0)
  })

  it('asks for a supplement, which goes as the next letter', async () => {
    const { id, number } = await takeFeedback(feedback)
    await until(() => get(id).state === 2)
    await running.doors.feedbackStatus({ number: number ?? '', state: 4, note: 'Xin địa chỉ rõ hơn' })
    await until(() => get(id).state === 4)
    feedback.complaints.supplement(feedback.officer, { id, words: 'Số 12/3' })
    await until(() => lettersOf(desk, id).at(-1) === 'received')
    expect([get(id).state, await atCity(id)]).toEqual([3, [[1, 'taken'], [2, 'supplemented']]])
  })
})

describe('One that is taken back', () => {
  it('before it left is never heard of', async () => {
    await running.doors.line(false)
    const { id } = await takeFeedback(feedback)
    await until(() => running.sync.status().line === 'offline')
    await running.sync.stop()
    feedback.complaints.withdraw(feedback.officer, { id, words: 'Thôi' })
    await running.doors.line(true)
    running.sync.start()
    const made = await addDossier(desk)
    running.sync.wake()
    await until(() => settled(desk) && stateOf(desk, made.submissionId) === 'received' && lettersSettled(desk))
    expect([get(id).state, (await atCity(id)).filter(([, act]) => act === 'taken')]).toEqual([8, []])
  })

  it('after it left is told to the city, without its contents', async () => {
    const { id } = await takeFeedback(feedback)
    await until(() => get(id).state === 2)
    feedback.complaints.withdraw(feedback.officer, { id, words: 'Thôi' })
    await until(() => lettersOf(desk, id).at(-1) === 'received')
    expect([get(id).state, await atCity(id)]).toEqual([8, [[1, 'taken'], [2, 'withdrawn']]])
  })
})

describe('The counter at another city', () => {
  it('brings its photos anew and reads the feed from the start', async () => {
    const shared = bytes()
    const first = await takeFeedback(feedback, [shared])
    await until(() => get(first.id).state === 2)
    await running.sync.stop()
    const second = await startCity({ doors: true })
    const there = await import('../city').then(({ doors }) => doors(second.url))
    const moved = startSync(desk)
    await moved.sync.enrol(second.url, await there.enrolmentCode({ counter: 'Quầy 1' }), desk.officer)
    moved.sync.start()
    const { id } = await takeFeedback(feedback, [shared])
    await until(() => get(id).state === 2)
    const documents = await there.documents()
    await moved.sync.stop()
    await second.close()
    expect(documents.length).toBe(1)
  })
})
