import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { AppError } from '@contract/errors'
import type { ChipFile } from '@contract/chip'
import { encryptBlock, encryptCbc, macOf, pad } from '../../../src-main/identity/chip/ciphers'
import { concat, encodeTlv } from '../../../src-main/identity/chip/tlv'
import type { SessionKeys } from '../../../src-main/identity/chip/types'
import { createVirtualChip } from '../../../src-main/identity/virtual-card'
import type { Outcome } from '../../../src-main/identity/virtual-card/command'
import { type CardChannel, createCardChannel } from '../../../src-main/identity/virtual-card/messaging'
import type { VirtualCard } from '../../../src-main/readers'
import { type ChipWish, faceOf, inventChip, type InventedChip } from '../../devices/invented-chip'
import { makeCom, makeDg1, makeDg2 } from '../../devices/lds-writer'
import { ecKey } from '../../devices/pki/keys'
import { digests, ending, meddled, random, read, readAndShow, SHORT, chipOf } from './support'

// In the spirit of BSI TR-03105 part 5.1: what a reading station must not fall for. Each ends in its named error or its state of proof.

/** A channel that seals its answers otherwise than it must; the MAC fits unless it is what is wrong. */
type Seal = (outcome: Outcome, right: Outcome, tools: Readonly<{ keys: SessionKeys; counter: Uint8Array; mac(objects: Uint8Array): Uint8Array }>) => Outcome

function faultyChannel(keys: SessionKeys, seal: Seal, from: number): CardChannel {
  const right = createCardChannel(keys)
  let answers = 0
  const counterOf = (): Uint8Array => {
    const counter = BigInt(`0x${Buffer.from(keys.ssc).toString('hex')}`) + BigInt(2 * answers)
    return Uint8Array.from(Buffer.from(counter.toString(16).padStart(2 * keys.ssc.length, '0'), 'hex'))
  }
  return {
    open: (command) => right.open(command),
    close: (outcome, odd) => {
      answers += 1
      const sealed = right.close(outcome, odd)
      const counter = counterOf()
      const mac = (objects: Uint8Array): Uint8Array => macOf(keys.cipher, keys.mac, keys.cipher === '3DES' ? concat(counter, objects) : pad(concat(counter, objects), 16))
      return answers >= from ? seal(outcome, sealed, { keys, counter, mac }) : sealed
    },
  }
}

const sealing = ({ profile }: InventedChip, seal: Seal, from: number): VirtualCard => createVirtualChip(profile, random, (keys) => faultyChannel(keys, seal, from))

const status = (sw: number): Uint8Array => encodeTlv(0x99, Uint8Array.of(sw >> 8, sw & 0xff))
const withMac = (objects: Uint8Array, mac: (objects: Uint8Array) => Uint8Array): Uint8Array => concat(objects, encodeTlv(0x8e, mac(objects)))
/** The cryptogram of bytes that are not padded as they must be. */
function cryptogram({ keys: { cipher, enc }, counter }: Parameters<Seal>[2], bytes: Uint8Array): Uint8Array {
  return encryptCbc(cipher, enc, cipher === '3DES' ? new Uint8Array(8) : encryptBlock(cipher, enc, counter), bytes)
}
const flipped = (bytes: Uint8Array, at: number): Uint8Array => bytes.with(at, (bytes.at(at) ?? 0) ^ 1)

const SEALS: readonly (readonly [string, Seal])[] = [
  ['a MAC with one bit wrong', (_, { data, sw }) => ({ data: flipped(data, -1), sw })],
  ['a MAC of four bytes', ({ sw }, { data }) => ({ data: concat(data.subarray(0, -10), encodeTlv(0x8e, data.subarray(-8, -4))), sw })],
  ['no MAC', (_, { data, sw }) => ({ data: data.subarray(0, -10), sw })],
  ['a cryptogram with one bit wrong', (_, { data, sw }) => ({ data: flipped(data, Math.min(data.length - 1, 9)), sw })],
  ['no status object', ({ sw }, { data }, { mac }) => ({ data: withMac(data.subarray(0, -14), mac), sw })],
  ['a status object that says something else than the status word', ({ sw }, { data }, { mac }) => ({ data: withMac(concat(data.subarray(0, -14), status(0x6282)), mac), sw })],
  ['a status word that says something else than the status object', (_, { data }) => ({ data, sw: 0x6282 })],
  ['a status object of one byte', ({ sw }, { data }, { mac }) => ({ data: withMac(concat(data.subarray(0, -14), encodeTlv(0x99, Uint8Array.of(0x90))), mac), sw })],
  ['the status object before the data', ({ sw }, { data }, { mac }) => ({ data: withMac(concat(status(sw), data.subarray(0, -14), encodeTlv(0x87, Uint8Array.of(1))), mac), sw })],
  ['two objects of data', ({ sw }, { data }, { mac }) => ({ data: withMac(concat(data.subarray(0, -14), data.subarray(0, -14), encodeTlv(0x87, Uint8Array.of(1)), status(sw)), mac), sw })],
  ['data in clear in a protected answer', ({ data, sw }, _, { mac }) => ({ data: withMac(concat(encodeTlv(0x81, concat(data, Uint8Array.of(0))), status(sw)), mac), sw })],
  ['an answer in clear', ({ data, sw }) => ({ data: concat(data, Uint8Array.of(0)), sw })],
  ['nothing but the status word', ({ sw }) => ({ data: new Uint8Array(0), sw })],
  ['a padding indicator that means something else', ({ sw, data }, _, tools) => ({ data: withMac(concat(encodeTlv(0x87, Uint8Array.of(2), cryptogram(tools, pad(data, 16))), status(sw)), tools.mac), sw })],
  ['bytes that are not padded', ({ sw }, _, tools) => ({ data: withMac(concat(encodeTlv(0x87, Uint8Array.of(1), cryptogram(tools, new Uint8Array(32))), status(sw)), tools.mac), sw })],
  ['a cryptogram that is no whole block', ({ sw }, _, tools) => ({ data: withMac(concat(encodeTlv(0x87, Uint8Array.of(1, 2, 3)), status(sw)), tools.mac), sw })],
  ['a length that runs past the end', (_, { data, sw }) => ({ data: data.with(1, 0x7f), sw })],
  ['an answer that is cut short', (_, { data, sw }) => ({ data: data.subarray(0, Math.max(1, data.length >> 1)), sw })],
  ['bytes after the MAC', (_, { data, sw }) => ({ data: concat(data, Uint8Array.of(0)), sw })],
]

const WAYS: readonly (readonly [string, ChipWish])[] = [['BAC', { pace: null }], ['PACE', {}]]

describe('secure messaging', () => {
  it.each(SEALS.flatMap(([name, seal]) => WAYS.flatMap(([way, wish]) => [1, 5].map((from) => [name, way, from, wish, seal] as const))))('after %s under %s, from answer %i on, ends the reading as broken', async (_name, _way, from, wish, seal) => {
    const chip = inventChip(wish)
    expect(await ending(read(chip, { card: sealing(chip, seal, from) }))).toBe('THE-007')
  })

  it.each(WAYS)('does not take an old answer again under %s', async (_name, wish) => {
    const chip = inventChip(wish)
    let old: Uint8Array | null = null
    const card = meddled(chipOf(chip), (answer, { command }) => {
      if (((command[0] ?? 0) & 0x0c) !== 0x0c) return answer
      const given = old ?? answer
      old ??= answer
      return given
    })
    expect(await ending(read(chip, { card }))).toBe('THE-007')
  })

  it.each(WAYS)('notices under %s that an answer was left out', async (_name, wish) => {
    const chip = inventChip(wish)
    const inner = chipOf(chip)
    let seen = 0
    const card: VirtualCard = {
      ...inner,
      transmit: async (command) => {
        if (((command[0] ?? 0) & 0x0c) === 0x0c && (seen += 1) === 4) await inner.transmit(command)
        return inner.transmit(command)
      },
    }
    // The chip finds the same command out: its session is over, ours begins a new one, and what is read is right.
    expect(digests((await read(chip, { card })).files)).toEqual(digests(chip.files))
  })

  it('gives either the chip\'s own files or an error, whichever bit of whichever answer is turned', async () => {
    const chip = inventChip({ pace: null, chip: { parameterId: 12, cipher: 'AES-128' } })
    const { figures: { apdus } } = await read(chip, { transport: SHORT })
    await fc.assert(fc.asyncProperty(fc.integer({ min: 3, max: apdus }), fc.nat(), fc.nat(7), async (at, place, bit) => {
      const card = meddled(chipOf(chip), (answer, { count }) => (count === at ? answer.with(place % answer.length, (answer[place % answer.length] ?? 0) ^ (1 << bit)) : answer))
      const session = await read(chip, { card, transport: SHORT }).catch((error: unknown) => error)
      if (session instanceof AppError) return
      if (session instanceof Error) throw session
      const got = digests((session as Awaited<ReturnType<typeof read>>).files)
      for (const [file, digest] of Object.entries(got)) expect(digest, file).toBe(digests(chip.files)[file])
    }), { numRuns: 150, seed: 5 })
  })

  it('says what it knows when a chip answers every command with an error', async () => {
    for (const sw of [0x6982, 0x6988, 0x6a82, 0x6f00, 0x6700, 0x6b00, 0x6282, 0x6c10, 0x6100]) {
      const chip = inventChip({ pace: null })
      const card = meddled(chipOf(chip), (answer, { command }) => (((command[0] ?? 0) & 0x0c) === 0x0c ? Uint8Array.of(sw >> 8, sw & 0xff) : answer))
      expect(await ending(read(chip, { card }).then(({ files }) => { if (files.size === 0) throw new AppError('THE-010') })), sw.toString(16)).toMatch(/^THE-0(07|10)$/u)
    }
  })
})

const garbage = (length: number): Uint8Array => Uint8Array.from({ length }, (_, index) => (index * 37 + 11) & 0xff)
/** A file with the right tag around bytes that are no objects. */
const hollow = (tag: number): Uint8Array => encodeTlv(tag, garbage(60))
const TAGS: Readonly<Partial<Record<ChipFile, number>>> = { COM: 0x60, DG2: 0x75, DG11: 0x6b, DG12: 0x6c, DG13: 0x6d, DG14: 0x6e, DG15: 0x6f, SOD: 0x77 }
const full: ChipWish = { details: true, chip: { parameterId: 12, cipher: 'AES-128' }, active: { kind: 'ECDSA', hash: 'sha256', parameterId: 12 } }

describe('a file of the chip', () => {
  it.each((['DG2', 'DG11', 'DG12', 'DG13', 'DG14', 'DG15'] as const).flatMap((file) => [[file, 'hollow', hollow(TAGS[file] ?? 0)], [file, 'under another tag', encodeTlv(0x30, garbage(60))]] as const))(
    '%s that is %s: the others are shown, and the contents count as changed', async (file, _how, bytes) => {
      const { proof, person, oddities } = await readAndShow(inventChip({ ...full, changed: { [file]: bytes } }))
      expect(proof.contents.state).toBe('changed')
      expect(proof.contents.hashes.filter(({ matches }) => !matches).map((hash) => hash.file)).toEqual([file])
      expect(proof.signature.state).toBe('valid')
      expect(person.documentNumber).toBe('192004617')
      expect(oddities.length + (file === 'DG14' || file === 'DG15' ? 1 : 0)).toBeGreaterThan(0)
    })

  it.each([['hollow', hollow(0x60)], ['under another tag', encodeTlv(0x30, garbage(60))], ['empty', encodeTlv(0x60)]] as const)('COM that is %s says nothing, and everything is asked for', async (_how, bytes) => {
    const { proof, files, oddities } = await readAndShow(inventChip({ ...full, changed: { COM: bytes } }))
    expect(files.map(({ file }) => file)).toEqual(expect.arrayContaining(['DG1', 'DG2', 'DG11', 'DG12', 'DG13', 'DG14', 'DG15', 'SOD']))
    expect(proof).toMatchObject({ contents: { state: 'unchanged' }, signature: { state: 'valid' } })
    expect(oddities).toContainEqual({ code: 'unreadable', file: 'COM', params: {} })
  })

  it('COM that lists what is not there, and leaves out what is, is no proof of anything', async () => {
    const { proof, files } = await readAndShow(inventChip({ changed: { COM: makeCom(['DG1', 'DG11', 'DG12', 'DG14', 'DG15']) } }))
    expect(files.map(({ file }) => file).sort()).toEqual(['COM', 'CardAccess', 'DG1', 'SOD'])
    expect(proof).toMatchObject({ contents: { state: 'unchanged', hashes: [{ file: 'DG1', matches: true }] }, copy: { state: 'not-offered' } })
  })

  it('DG1 that is hollow ends the reading: nobody would know whose chip it is', async () => {
    for (const bytes of [hollow(0x61), encodeTlv(0x61, encodeTlv(0x5f1f, garbage(90))), encodeTlv(0x61)]) expect(await ending(readAndShow(inventChip({ changed: { DG1: bytes } })))).toBe('THE-009')
  })

  it('DG1 of somebody else shows as changed', async () => {
    const { proof, oddities } = await readAndShow(inventChip({ changed: { DG1: makeDg1(['IDVNM0880001541079088000154<<4', '8809023M2809028VNM<<<<<<<<<<<0', 'TRAN<<HUU<PHUOC<<<<<<<<<<<<<<<']) } }))
    expect(proof.contents).toMatchObject({ state: 'changed', hashes: expect.arrayContaining([{ file: 'DG1', matches: false }, { file: 'DG2', matches: true }]) as unknown })
    expect(oddities.map(({ code }) => code)).toEqual(expect.arrayContaining(['number-differs', 'name-differs']))
  })

  it('DG2 with another face shows as changed', async () => {
    expect((await readAndShow(inventChip({ changed: { DG2: makeDg2(faceOf('anh.jpg')) } }))).proof).toMatchObject({ contents: { state: 'changed' }, signature: { state: 'valid' } })
  })

  it('that says to be longer than anything is refused before it is read', async () => {
    expect(await ending(read(inventChip({ changed: { DG2: concat(Uint8Array.of(0x75, 0x84, 0x7f, 0xff, 0xff, 0xff), garbage(200)) } })))).toBe('THE-016')
  })

  it.each([['an endless length', Uint8Array.of(0x75, 0x80, 0, 0)], ['a length of lengths', Uint8Array.of(0x75, 0x89, 1, 1, 1, 1, 1)]])('with %s is named', async (_how, bytes) => {
    expect(await ending(read(inventChip({ changed: { DG2: bytes } })))).toBe('THE-009')
  })

  it('that ends before its own length is had as far as never: it counts as missing', async () => {
    const { files, missing } = await read(inventChip({ changed: { DG13: concat(Uint8Array.of(0x6d, 0x82, 0x10, 0x00), garbage(300)) } }))
    expect([files.has('DG13'), missing.has('DG13'), files.has('DG1')]).toEqual([false, true, true])
  })

  it('that is not there, though COM lists it, is missing with its status word', async () => {
    const { missing, files } = await read(inventChip({ changed: { DG13: null } }))
    expect([...missing]).toEqual([['DG13', 0x6a82]])
    expect(files.has('DG2')).toBe(true)
  })

  it.each([0x6982, 0x6985, 0x6a82])('that the chip gives to nobody (%i) is missing, and the others are had', async (sw) => {
    const chip = inventChip()
    const keepsDg13 = createVirtualChip({ ...chip.profile }, random, (keys) => {
      const channel = createCardChannel(keys)
      let asked = false
      return {
        open: (command) => {
          const opened = channel.open(command)
          asked = opened !== null && ((opened.ins === 0xb0 && opened.p1 === 0x8d) || (opened.ins === 0xa4 && opened.data[1] === 0x0d))
          return opened
        },
        close: (outcome, odd) => channel.close(asked ? { data: new Uint8Array(0), sw } : outcome, odd),
      }
    })
    const { files, missing } = await read(chip, { card: keepsDg13 })
    expect([files.has('DG13'), missing.get('DG13'), files.has('DG2')]).toEqual([false, sw, true])
  })
})

describe('the signed hashes', () => {
  it.each([['hollow', hollow(0x77)], ['under another tag', encodeTlv(0x31, garbage(60))], ['empty', encodeTlv(0x77)]] as const)('that are %s prove nothing', async (_how, bytes) => {
    const { proof, oddities } = await readAndShow(inventChip({ changed: { SOD: bytes } }))
    expect(proof).toMatchObject({ contents: { state: 'not-checked' }, signature: { state: 'not-checked' }, chain: { state: 'not-checked' } })
    expect(oddities.map(({ code }) => code)).toContain('sod-unreadable')
  })

  it('that are not there prove nothing', async () => {
    expect((await readAndShow(inventChip({ changed: { SOD: null } }))).proof).toMatchObject({ contents: { state: 'not-checked' }, signature: { state: 'not-checked' }, chain: { state: 'not-checked' } })
  })

  it.each<[string, ChipWish, object]>([
    ['of other files', { sod: { dgs: new Map([[1, garbage(9)], [2, garbage(8)], [13, garbage(7)]]) } }, { contents: { state: 'changed' }, signature: { state: 'valid' } }],
    ['with a signature of something else', { sod: { attributes: 'wrong-digest' } }, { contents: { state: 'unchanged' }, signature: { state: 'invalid' }, chain: { state: 'not-checked' } }],
    ['without a signer', { sod: { certificates: [] } }, { contents: { state: 'unchanged' }, signature: { state: 'not-checked' }, chain: { state: 'not-checked' } }],
    ['with an expired signer', { signer: { notAfter: new Date('2025-01-01T00:00:00Z') } }, { signature: { state: 'valid' }, chain: { state: 'expired' } }],
    ['with a signer of tomorrow', { signer: { notBefore: new Date('2027-01-01T00:00:00Z') } }, { signature: { state: 'valid' }, chain: { state: 'expired' } }],
    ['with a signer that may not sign', { signer: { keyUsage: [5] } }, { signature: { state: 'valid' }, chain: { state: 'invalid' } }],
    ['with a signer of another state', { signer: { issuer: 'C=ZZ,CN=Nobody', issuerKey: ecKey('secp256r1', { seed: 'nobody' }) } }, { signature: { state: 'valid' }, chain: { state: 'no-anchor' } }],
  ])('%s', async (_name, wish, proof) => {
    expect((await readAndShow(inventChip(wish))).proof).toMatchObject(proof)
  })
})

describe('the proof that a chip is no copy', () => {
  it.each<[string, ChipWish, 'CA' | 'AA']>([
    ['DG14', { chip: { parameterId: 12, cipher: 'AES-128' } }, 'CA'], ['DG15', { active: { kind: 'ECDSA', hash: 'sha256', parameterId: 12 } }, 'AA'],
  ])('is worth nothing where %s is not what was signed, for anybody can make such a key', async (_file, wish, by) => {
    const honest = inventChip(wish)
    const forged = inventChip({ ...wish, sod: { dgs: new Map([[1, honest.files.get('DG1') ?? garbage(1)], [2, honest.files.get('DG2') ?? garbage(1)], [13, honest.files.get('DG13') ?? garbage(1)]]) } })
    const { proof } = await readAndShow(forged)
    expect(proof.contents.state).toBe('changed')
    expect(proof.copy).toEqual({ state: 'not-checked', by })
  })

  it('is worth nothing where nobody signed the hashes', async () => {
    const wish: ChipWish = { chip: { parameterId: 12, cipher: 'AES-128' } }
    for (const more of [{ sod: { attributes: 'wrong-digest' } }, { changed: { SOD: null } }] as const) expect((await readAndShow(inventChip({ ...wish, ...more }))).proof.copy).toEqual({ state: 'not-checked', by: 'CA' })
  })
})
