import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { type AccessView, ReadingId } from '../../../src-preload/contract/chip'
import { filesOfFolder } from '../../../src-main/identity/desk/folder'
import { readingOf } from '../../../src-main/identity/desk/reading'

const CARDS = join(import.meta.dirname, '../../../resources/practice/cards')
const BAC: AccessView = { protocol: 'BAC', key: 'mrz', mapping: null, agreement: null, cipher: '3DES', downgraded: false }
const base = {
  id: ReadingId.parse('0192aaaa-aaaa-7aaa-8aaa-aaaaaaaaaaaa'), at: new Date('2026-11-22T03:00:00.000Z'), purpose: 'identify', reader: { name: 'x', kind: 'virtual', simulated: true }, figures: null,
  trust: { anchors: [], revocationLists: [] }, copy: { state: 'not-checked', by: null },
} as const

const codesOf = async (card: string, access: AccessView): Promise<string[]> =>
  readingOf({ ...base, access, files: await filesOfFolder(join(CARDS, card)) }).reading.oddities.map(({ code }) => code)

describe('BAC with a card that seemed to offer no PACE', () => {
  it('is odd when the signed files list PACE', async () => {
    expect(await codesOf('3-lam-van-khang', BAC)).toContain('pace-hidden')
  })

  it('is as it should be when they do not', async () => {
    expect(await codesOf('2-tran-huu-phuoc', BAC)).not.toContain('pace-hidden')
  })

  it('is not told again when the officer allowed it', async () => {
    expect(await codesOf('3-lam-van-khang', { ...BAC, downgraded: true })).not.toContain('pace-hidden')
  })
})

describe('a chip that proved to hold its private key', () => {
  it('is not called the original when the file with its public key is not what was signed', async () => {
    const files = new Map(await filesOfFolder(join(CARDS, '1-dang-thi-ngoc-anh')))
    const other = (await filesOfFolder(join(CARDS, '6-huynh-kim-chi'))).get('DG14')
    if (other) files.set('DG14', other)
    const { reading } = readingOf({ ...base, access: BAC, files, copy: { state: 'original', by: 'CA' } })
    expect(reading.proof.copy.state).toBe('not-checked')
  })

  it('is the original when it is', async () => {
    const { reading } = readingOf({ ...base, access: BAC, files: await filesOfFolder(join(CARDS, '1-dang-thi-ngoc-anh')), copy: { state: 'original', by: 'CA' } })
    expect(reading.proof.copy).toEqual({ state: 'original', by: 'CA' })
  })
})
