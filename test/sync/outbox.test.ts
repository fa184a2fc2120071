import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { OutboxDetail, OutboxRow, LineStatus } from '../../src-preload/contract/sync'
import { enqueue, submissionAttempts, submissions } from '../../src-main/sync/outbox'
import { addDossier, addVersion, type Desk, dropDesk, openDesk, sha256, startSync, stateOf } from './support'

let desk: Desk
const NOW = new Date('2026-11-23T07:20:00.000Z')
beforeEach(() => { desk = openDesk() })
afterEach(() => dropDesk(desk))

const sync = () => startSync(desk).sync
const claim = (now = NOW) => desk.store.write((tx) => submissionAttempts.claim(tx, now))?.mail
const minutes = (count: number): Date => new Date(NOW.getTime() + count * 60_000)
const acknowledge = (id: string, receiptNumber = 'TP-26-000001') => desk.store.write((tx) =>
  submissions.advance(tx, id, { kind: 'acknowledged' }, NOW, { text: JSON.stringify({ receiptNumber, sequence: 1 }), receivedAt: NOW.toISOString() }))

describe('What is tried next', () => {
  it('is the oldest in line', async () => {
    const older = await addDossier(desk, { now: NOW })
    await addDossier(desk, { now: minutes(1) })
    expect(claim()?.id).toBe(older.submissionId)
  })

  it('is marked as being sent, with the attempt in the log, before anything goes out', async () => {
    const made = await addDossier(desk)
    claim()
    const { state, attempts, attemptsLog } = sync().submission(made.submissionId)
    expect({ state, attempts, log: attemptsLog.map(({ outcome }) => outcome) }).toEqual({ state: 'sending', attempts: 1, log: ['started'] })
  })

  it('is nothing while the only one still has to wait, and that one when its time has come', async () => {
    const made = await addDossier(desk)
    claim()
    desk.store.write((tx) => submissions.advance(tx, made.submissionId, { kind: 'failed', class: 'line', code: 'TP-000', words: null, inDoubt: true, nextTryAt: minutes(2).toISOString() }, NOW))
    expect([claim(minutes(1)), claim(minutes(3))?.id]).toEqual([undefined, made.submissionId])
  })

  it('is never a version beside another of the same dossier that is on its way', async () => {
    const first = await addDossier(desk)
    claim()
    await addVersion(desk, first)
    expect(claim()).toBeUndefined()
  })
})

describe('A new version', () => {
  it('supersedes those that wait or need attention, and lets one that is on its way finish', async () => {
    const waiting = await addDossier(desk)
    await addVersion(desk, waiting)
    const sending = await addDossier(desk)
    desk.store.write((tx) => submissions.advance(tx, sending.submissionId, { kind: 'begin' }, NOW))
    await addVersion(desk, sending)
    expect([stateOf(desk, waiting.submissionId), stateOf(desk, sending.submissionId)]).toEqual(['superseded', 'sending'])
  })

  it('leaves an acknowledged one acknowledged', async () => {
    const made = await addDossier(desk)
    acknowledge(made.submissionId)
    await addVersion(desk, made)
    expect(stateOf(desk, made.submissionId)).toBe('received')
  })

  it('is not made twice under one number', async () => {
    const made = await addDossier(desk)
    const again = { submissionId: made.submissionId, dossierId: made.dossierId, version: 1, payload: Buffer.from('{}'), sha256: sha256(Buffer.from('{}')), simulated: false, documents: [], now: NOW }
    expect(() => desk.store.write((tx) => enqueue(tx, again))).toThrow(/UNIQUE/)
  })
})

describe('The database itself', () => {
  it.each([
    ['says received only with an acknowledgement', "UPDATE submission SET state = 'received'"],
    ['keeps the payload', "UPDATE submission SET payload = x'00'"],
    ['keeps every submission', 'DELETE FROM submission'],
    ['lets nothing wait without a time', "UPDATE submission SET state = 'waiting'"],
  ])('%s', async (_name, sql) => {
    await addDossier(desk)
    expect(() => desk.store.write((tx) => tx.run(sql))).toThrow()
  })

  it('takes no acknowledgement back', async () => {
    const made = await addDossier(desk)
    acknowledge(made.submissionId)
    expect(() => desk.store.write((tx) => tx.run("UPDATE submission SET state = 'ready', acknowledgement = NULL"))).toThrow(/stays acknowledged/)
  })
})

describe('The outbox on the screen', () => {
  it('shows first what needs somebody, then what moves, then what is done', async () => {
    const made = { done: await addDossier(desk), sending: await addDossier(desk), ready: await addDossier(desk), attention: await addDossier(desk) }
    acknowledge(made.done.submissionId)
    desk.store.write((tx) => {
      for (const { submissionId } of [made.sending, made.attention]) submissions.advance(tx, submissionId, { kind: 'begin' }, NOW)
      submissions.advance(tx, made.attention.submissionId, { kind: 'failed', class: 'refused', code: 'TP-422', words: 'Sai mã.', inDoubt: false, nextTryAt: NOW.toISOString() }, NOW)
    })
    expect(sync().outbox({ filter: 'all', limit: 9 }).map(({ state }) => state)).toEqual(['attention', 'sending', 'ready', 'received'])
    expect(sync().outbox({ filter: 'open', limit: 9 }).map(({ state }) => state)).toEqual(['attention', 'sending', 'ready'])
  })

  it('counts documents and bytes, and gives the receipt number', async () => {
    const made = await addDossier(desk, { sizes: [100, 50] })
    acknowledge(made.submissionId, 'TP-26-000042')
    expect(sync().outbox({ filter: 'all', limit: 1 })[0]).toMatchObject({
      receiptNumber: 'TP-26-000042', documentsTotal: 2, documentsConfirmed: 0, bytesTotal: 150, bytesAccepted: 0, procedureName: 'Đăng ký khai sinh',
    })
  })

  it('keeps to the contract', async () => {
    const made = await addDossier(desk, { sizes: [100] })
    const { outbox, submission, status } = sync()
    expect([
      OutboxRow.safeParse(outbox({ filter: 'all', limit: 1 })[0]).success, OutboxDetail.safeParse(submission(made.submissionId)).success, LineStatus.safeParse(status()).success,
    ]).toEqual([true, true, true])
  })

  it('of an unknown id says so by name', () => {
    expect(() => sync().submission('0190a5f0-0000-7000-8000-000000000000' as never)).toThrow('TP-404')
  })

  it('tells the age of the oldest that the city does not have', async () => {
    await addDossier(desk, { now: minutes(5) })
    await addDossier(desk, { now: NOW })
    expect(sync().status().oldestWaitingAt).toBe(NOW.toISOString())
  })

  it('does not age by what needs somebody', async () => {
    const stuck = await addDossier(desk, { now: NOW })
    await addDossier(desk, { now: minutes(5) })
    desk.store.write((tx) => {
      submissions.advance(tx, stuck.submissionId, { kind: 'begin' }, NOW)
      submissions.advance(tx, stuck.submissionId, { kind: 'failed', class: 'refused', code: 'TP-422', words: null, inDoubt: false, nextTryAt: NOW.toISOString() }, NOW)
    })
    expect(sync().status().oldestWaitingAt).toBe(minutes(5).toISOString())
  })
})

describe('Ten thousand in the outbox', () => {
  it('do not slow the strip, the list or the next try', async () => {
    const made = await addDossier(desk)
    desk.store.write((tx) => {
      tx.run('DROP TRIGGER submission_payload_is_frozen')
      tx.run(`WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 10000)
        INSERT INTO submission (id, dossier_id, version, payload, payload_sha256, created_at, changed_at)
        SELECT printf('x-%d', i), ?, i + 1, zeroblob(4000), printf('%064d', i), ?, ? FROM n`, [made.dossierId, NOW.toISOString(), NOW.toISOString()])
    })
    const { status, outbox } = sync()
    const begun = performance.now()
    for (let round = 0; round < 10; round++) {
      status()
      outbox({ filter: 'all', limit: 50 })
    }
    expect((performance.now() - begun) / 10).toBeLessThan(60)
  })
})
