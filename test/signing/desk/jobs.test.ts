import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { v7 } from 'uuid'
import type { Instant, Sha256 } from '@contract/ids'
import { SigningFileId, SigningJobId } from '@contract/signing'
import { findJob, insertJob, itemFailed, itemSigned, type Job, type JobState, moveJob } from '../../../src-main/signing/desk/job-rows'
import { askAgainAt, MOST_TRIES, pauseAfter, worthAskingAgain } from '../../../src-main/signing/desk/again'
import { gather } from '../../../src-main/signing/desk/keys'
import { inPieces } from '../../../src-main/signing/desk/batch'
import { digitsOf } from '../../../src-main/signing/desk/token-jobs'
import { markFor, momentText } from '../../../src-main/signing/desk/visible'
import { actor, type Desk, newDesk } from '../../intake/support'

const AT = '2026-11-23T02:00:00.000Z' as Instant
const ENDS: readonly JobState[] = ['done', 'failed', 'refused', 'expired']
const SHA = 'a'.repeat(64) as Sha256

function begun(desk: Desk, how: Job['how'], state: JobState, items = 1): SigningJobId {
  const id = SigningJobId.parse(v7())
  desk.store.write((tx) => insertJob(tx, {
    id, how, state, signer: 'Bùi Nhật Khang', certificate: SHA, scheme: 'rsa-pss', issuance: how === 'remote' ? v7() as never : null, reason: null, officerId: actor.id, startedAt: AT,
  }, Array.from({ length: items }, (_, index) => ({ target: { kind: 'file' as const, id: SigningFileId.parse(v7()) }, title: `tệp ${String(index)}`, source: SHA, preparedFile: null, prepared: null, list: null }))))
  return id
}

describe('a signing job', () => {
  it('goes forward only, ends once and never as done while something of it is unsigned', () => {
    const desk = newDesk()
    fc.assert(fc.property(fc.constantFrom('token', 'remote'), fc.array(fc.constantFrom<JobState>('waiting', 'signing', ...ENDS), { maxLength: 8 }), (how, moves) => {
      const id = begun(desk, how, 'waiting')
      let state: JobState = 'waiting'
      for (const next of moves) {
        const ends = ENDS.includes(next)
        const trouble = next === 'failed' ? 'KS-022' : null
        const possible = !ENDS.includes(state)
        const allowed = possible && next !== 'done' && !(state === 'signing' && next === 'waiting')
        let moved = false
        try {
          moved = desk.store.write((tx) => moveJob(tx, id, next, trouble, ends ? AT : null))
        } catch {
          moved = false
        }
        expect(moved).toBe(allowed)
        if (moved) state = next
        expect(findJob(desk.store.read, id)?.state).toBe(state)
      }
    }), { numRuns: 60 })
  })

  it('is not deleted, and what was signed of it stays signed', () => {
    const desk = newDesk()
    const id = begun(desk, 'token', 'signing', 2)
    const file = SigningFileId.parse(v7())
    desk.store.write((tx) => {
      tx.run("INSERT INTO signing_file (id, kind, title, size, sha256, at) VALUES (?, 'other', 'tệp', 1, ?, ?)", [file, SHA, AT])
      itemSigned(tx, { jobId: id, ordinal: 0 }, { kind: 'file', id: file }, 'B-B')
    })
    desk.store.write((tx) => itemFailed(tx, { jobId: id, ordinal: 0 }, 'KS-010'))
    expect(desk.store.read.get('SELECT level, code FROM signing_job_item WHERE ordinal = 0', [], (row) => [row.textOrNull('level'), row.textOrNull('code')])).toEqual(['B-B', null])
    expect(() => desk.store.write((tx) => tx.run('UPDATE signing_job_item SET level = NULL, result_file = NULL WHERE ordinal = 0'))).toThrow('signed once')
    expect(() => desk.store.write((tx) => moveJob(tx, id, 'done', null, AT))).toThrow('when all of it is signed')
    expect(() => desk.store.write((tx) => tx.run('DELETE FROM signing_job_item'))).toThrow('never deleted')
    expect(() => desk.store.write((tx) => tx.run('DELETE FROM signing_job'))).toThrow()
  })
})

describe('one log-in for many signatures', () => {
  const bytes = (text: string): Uint8Array => Buffer.from(text)

  it('waits for all that were announced and hands each its own value', async () => {
    const logins: number[] = []
    const hands = gather(3, async (pieces) => {
      logins.push(pieces.length)
      return pieces.map((piece) => bytes(`ký ${Buffer.from(piece).toString()}`))
    })
    const key = hands.key([], 'rsa-pss')
    const values = [key.sign(bytes('a')), key.sign(bytes('b'))]
    hands.less()
    expect((await Promise.all(values)).map((value) => Buffer.from(value).toString())).toEqual(['ký a', 'ký b'])
    expect(logins).toEqual([2])
  })

  it('tells everybody who waits what the token said', async () => {
    const hands = gather(2, () => Promise.reject(new Error('bị rút')))
    const key = hands.key([], 'rsa-pss')
    const outcomes = await Promise.allSettled([key.sign(bytes('a')), key.sign(bytes('b'))])
    expect(outcomes.map(({ status }) => status)).toEqual(['rejected', 'rejected'])
  })

  it('takes as many documents at once as fit into memory, in their order, and leaves none out', () => {
    fc.assert(fc.property(fc.array(fc.integer({ min: 1, max: 100 }), { maxLength: 40 }), (sizes) => {
      const items = sizes.map((size, ordinal) => ({ ordinal, found: { size } as never }))
      const pieces = inPieces(items, 120)
      expect(pieces.flat()).toEqual(items)
      for (const piece of pieces) expect(piece.length === 1 || piece.reduce((sum, { ordinal }) => sum + (sizes[ordinal] ?? 0), 0) <= 120).toBe(true)
    }))
  })
})

describe('what is asked again', () => {
  const report = (verdict: 'TOTAL-PASSED' | 'INDETERMINATE' | 'TOTAL-FAILED', why: string | null, state: string) =>
    ({ verdict, signatures: [{ verdict, why, revocation: { state } }] }) as unknown as Parameters<typeof worthAskingAgain>[0]

  it('is what a line may decide, and nothing else', () => {
    expect(worthAskingAgain(report('INDETERMINATE', 'TRY_LATER', 'no-answer'))).toBe(true)
    expect(worthAskingAgain(report('INDETERMINATE', 'NO_CERTIFICATE_CHAIN_FOUND', 'not-needed'))).toBe(false)
    expect(worthAskingAgain(report('TOTAL-FAILED', 'HASH_FAILURE', 'no-answer'))).toBe(false)
    expect(worthAskingAgain(report('TOTAL-PASSED', null, 'good'))).toBe(false)
  })

  it('is asked less and less often, and not for ever', () => {
    const now = new Date(AT)
    const undecided = report('INDETERMINATE', 'TRY_LATER', 'no-answer')
    expect([0, 1, 2, 20].map(pauseAfter)).toEqual([60_000, 120_000, 240_000, 6 * 3_600_000])
    expect(askAgainAt(undecided, 1, now)?.getTime()).toBe(now.getTime() + 120_000)
    expect(askAgainAt(undecided, MOST_TRIES, now)).toBeNull()
  })
})

describe('what the citizen and the reader see', () => {
  it.each([[4, 255, 12, 4], [6, 8, 8, 6], [6, 6, 6, 6], [0, 0, 12, 4], [20, 30, 12, 12]])('asks for %i to %i digits as %i at most and %i at least', (least, most, digits, shortest) => {
    expect(digitsOf({ pinLength: { least, most } })).toEqual({ digits, least: shortest })
  })

  it('says who and when, and claims nothing', () => {
    const mark = markFor({ page: 2, size: { width: 595, height: 842 }, before: 0, name: 'Bùi Nhật Khang', reason: null, at: new Date('2026-11-23T07:20:00.000Z') })
    expect(mark.lines).toEqual(['Ký số bởi: Bùi Nhật Khang', 'Lúc: 23/11/2026 14:20 (giờ máy quầy)'])
    expect(momentText(new Date('2026-12-31T17:05:00.000Z'))).toBe('01/01/2027 00:05')
  })

  it('puts each mark on the page and on no other, as far as there is room', () => {
    fc.assert(fc.property(fc.integer({ min: 200, max: 1500 }), fc.integer({ min: 200, max: 1500 }), (width, height) => {
      const boxes = [0, 1, 2, 3].map((before) => markFor({ page: 1, size: { width, height }, before, name: 'A', reason: null, at: new Date(AT) }).box)
      for (const [x, y, w, h] of boxes) expect(x >= 0 && y >= 0 && x + w <= width + 0.01 && y + h <= height + 0.01).toBe(true)
      if (height < 300) return
      for (const [index, [x, y, w, h]] of boxes.entries()) {
        for (const [otherX, otherY, otherW, otherH] of boxes.slice(index + 1)) expect(x + w <= otherX || otherX + otherW <= x || y + h <= otherY || otherY + otherH <= y).toBe(true)
      }
    }))
  })
})
