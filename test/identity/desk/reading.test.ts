import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { type AccessView, ReadingId } from '../../../src-preload/contract/chip'
import { filesOfFolder } from '../../../src-main/identity/desk/folder'
import { type Certificate, parseCertificate } from '../../../src-main/identity/trust/certificate'
import { proveCardSecurity } from '../../../src-main/identity/trust'
import { inventChip } from '../../devices/invented-chip'
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

describe('a card of Viet Nam whose signer hangs on a trusted root', () => {
  const folder = join(CARDS, '1-dang-thi-ngoc-anh')
  const oddWith = async (subject: string, practice = false): Promise<string[]> => {
    const trust = { anchors: [{ certificate: renamed(parseCertificate(new Uint8Array(readFileSync(join(CARDS, 'root.cer')))), subject), origin: practice ? 'practice' : 'certificate' }], revocationLists: [] } as const
    const { proof, oddities } = readingOf({ ...base, access: BAC, files: await filesOfFolder(folder), trust }).reading
    expect(proof.chain.state).toBe('trusted')
    return oddities.map(({ code }) => code).filter((code) => code === 'root-of-another-state')
  }
  // Only the text by which the root is shown is another: what is signed stays.
  const renamed = (root: Certificate, text: string): Certificate => ({ ...root, subject: { ...root.subject, text } })

  it.each([
    ['of another state', 'CN=CSCA,O=Test,C=ZZ', 1], ['of no state', 'CN=CSCA', 1], ['that has the country in another name only', 'CN=x\\,C=VN,C=ZZ', 1],
    ['of Viet Nam', 'CN=CSCA,C=VN', 0], ['of Viet Nam in small letters', 'C=vn', 0],
  ])('is odd or not with a root %s', async (_name, subject, count) => {
    expect(await oddWith(subject)).toHaveLength(count)
  })

  it('is not odd with the invented root of practice mode', async () => {
    expect(await oddWith('CN=Practice,C=ZZ', true)).toEqual([])
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

  it('is not called the original by an EF.CardSecurity that nobody signed', async () => {
    const files = await filesOfFolder(join(CARDS, '3-lam-van-khang'))
    const copyBy = (all: typeof files): string => readingOf({ ...base, access: BAC, files: all, copy: { state: 'original', by: 'CAM' } }).reading.proof.copy.state
    const signed = new Uint8Array(readFileSync(join(CARDS, '3-lam-van-khang', 'mf-011d.bin')))
    const forged = Uint8Array.from(signed, (byte, index) => (index === signed.length - 1 ? byte ^ 1 : byte))
    expect([files, new Map([...files, ['CardSecurity', signed] as const]), new Map([...files, ['CardSecurity', forged] as const])].map(copyBy)).toEqual(['original', 'original', 'not-checked'])
  })

  it('is not called the original by an EF.CardSecurity that somebody signed who is not trusted as the signer of the files is', async () => {
    const files = await filesOfFolder(join(CARDS, '3-lam-van-khang'))
    const trust = { anchors: [{ certificate: parseCertificate(new Uint8Array(readFileSync(join(CARDS, 'root.cer')))), origin: 'practice' }], revocationLists: [] } as const
    // A signature of somebody else, over whatever: without the tag of EF.SOD around it.
    const strange = inventChip().files.get('SOD')?.subarray(4)
    const own = new Uint8Array(readFileSync(join(CARDS, '3-lam-van-khang', 'mf-011d.bin')))
    const stateWith = (file: Uint8Array | undefined): string =>
      readingOf({ ...base, trust, access: BAC, files: new Map([...files, ['CardSecurity', file ?? new Uint8Array(0)] as const]), copy: { state: 'original', by: 'CAM' } }).reading.proof.copy.state
    expect([stateWith(strange), stateWith(own)]).toEqual(['not-checked', 'original'])
    expect(strange && proveCardSecurity(strange, trust, base.at)).toMatchObject({ signature: { state: 'valid' }, chain: { state: 'no-anchor' } })
  })

  it('is the original when it is', async () => {
    const { reading } = readingOf({ ...base, access: BAC, files: await filesOfFolder(join(CARDS, '1-dang-thi-ngoc-anh')), copy: { state: 'original', by: 'CA' } })
    expect(reading.proof.copy).toEqual({ state: 'original', by: 'CA' })
  })
})
