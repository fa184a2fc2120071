import { ecdsa } from '@noble/curves/abstract/weierstrass.js'
import { sha256 } from '@noble/hashes/sha2.js'
import { constants, generateKeyPairSync, privateDecrypt, randomBytes } from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { AppError } from '@contract/errors'
import { chipErrors } from '@contract/errors/chip'
import { performActiveAuthentication } from '../../../src-main/identity/chip/active-authentication'
import type { Command, Exchange } from '../../../src-main/identity/chip/apdu'
import { domainParameters } from '../../../src-main/identity/chip/domain-parameters'
import { keyAgreement } from '../../../src-main/identity/chip/key-agreement'
import { toInteger, toOctets } from '../../../src-main/identity/chip/integers'
import { type HashName, hashOf } from '../../../src-main/identity/chip/iso9796'
import { oidValue } from '../../../src-main/identity/chip/object-ids'
import { concat, encodeTlv } from '../../../src-main/identity/chip/tlv'
import type { Random } from '../../../src-main/identity/chip/types'
import { octets } from './script'

const random: Random = (length) => Uint8Array.from(randomBytes(length))
type Sign = (challenge: Uint8Array) => Uint8Array

function chip(sign: Sign, sw = 0x9000): { exchange: Exchange; commands: Command[] } {
  const commands: Command[] = []
  return {
    exchange: (command) => {
      commands.push(command)
      return Promise.resolve({ data: sw === 0x9000 ? sign(command.data ?? new Uint8Array(0)) : new Uint8Array(0), sw })
    },
    commands,
  }
}
const outcome = (sign: Sign, dg15: Uint8Array, dg14: Uint8Array | null = null): Promise<string> => performActiveAuthentication(chip(sign).exchange, dg15, dg14, random)

describe('active authentication with RSA', () => {
  const { publicKey, privateKey } = generateKeyPairSync('rsa', { modulusLength: 1024 })
  const dg15 = encodeTlv(0x6f, publicKey.export({ type: 'spki', format: 'der' }))
  const modulus = toInteger(Buffer.from(publicKey.export({ format: 'jwk' }).n ?? '', 'base64url'))
  const raw = (block: Uint8Array): Uint8Array => Uint8Array.from(privateDecrypt({ key: privateKey, padding: constants.RSA_NO_PADDING }, block))
  const smaller = (signature: Uint8Array): Uint8Array => {
    const value = toInteger(signature)
    return toOctets(value < modulus - value ? value : modulus - value, 128)
  }

  /** Digital signature scheme 1 with partial recovery; `short` leaves room that BB fills. */
  function representative(challenge: Uint8Array, hash: HashName, trailer: string, short = 0): Uint8Array {
    const length = 128 - 1 - hashOf(hash).length - trailer.length / 2 - short
    const recovered = random(length)
    const filled = short === 0 ? octets('6A') : concat(octets('6B'), new Uint8Array(short - 1).fill(0xbb), octets('BA'))
    return concat(filled, recovered, hashOf(hash, recovered, challenge), octets(trailer))
  }

  it.each([['sha1', 'BC'], ['sha1', '33CC'], ['sha224', '38CC'], ['sha256', '34CC'], ['sha384', '36CC'], ['sha512', '35CC']] as const)('knows %s by its trailer %s', async (hash, trailer) => {
    expect(await outcome((challenge) => raw(representative(challenge, hash, trailer)), dg15)).toBe('original')
  })

  it('takes the smaller of two signatures as well', async () => {
    const outcomes = await Promise.all(Array.from({ length: 4 }, () => outcome((challenge) => smaller(raw(representative(challenge, 'sha1', 'BC'))), dg15)))
    expect(outcomes).toEqual(['original', 'original', 'original', 'original'])
  })

  it('takes a filled representative', async () => {
    expect(await outcome((challenge) => raw(representative(challenge, 'sha256', '34CC', 5)), dg15)).toBe('original')
  })

  it.each<[string, Sign]>([
    ['another challenge is signed', () => raw(representative(new Uint8Array(8), 'sha1', 'BC'))],
    ['the answer is random', () => random(128)],
    ['the answer is empty', () => new Uint8Array(0)],
    ['the answer is too long', (challenge) => concat(new Uint8Array(1), raw(representative(challenge, 'sha1', 'BC')))],
    ['the answer is the modulus', () => toOctets(modulus, 128)],
    ['the trailer is unknown', (challenge) => raw(representative(challenge, 'sha1', '31CC'))],
    ['the header says full recovery', (challenge) => raw(representative(challenge, 'sha1', 'BC').with(0, 0x4a))],
    ['the filling has no end', () => raw(concat(octets('6B'), new Uint8Array(126).fill(0xbb), octets('BC')))],
    ['the digest has no room', () => raw(concat(new Uint8Array(100), octets('6B'), new Uint8Array(20).fill(0xbb), octets('BA'), new Uint8Array(5), octets('BC')))],
  ])('finds a copy when %s', async (_name, sign) => {
    expect(await outcome(sign, dg15)).toBe('copied')
  })

  it('tells with which status the chip refused, and accuses nobody', async () => {
    await expect(performActiveAuthentication(chip(random.bind(null, 8), 0x6982).exchange, dg15, null, random)).rejects.toMatchObject({ code: chipErrors.cardRefused, params: { sw: '6982' } })
  })

  it('asks with eight octets, and for a long answer only where the key is long', async () => {
    const long = generateKeyPairSync('rsa', { modulusLength: 2176 }).publicKey.export({ type: 'spki', format: 'der' })
    const commandFor = async (file: Uint8Array): Promise<unknown> => {
      const card = chip(() => new Uint8Array(0))
      await performActiveAuthentication(card.exchange, file, null, random)
      return card.commands.map(({ cla, ins, p1, p2, data, le }) => [cla, ins, p1, p2, data?.length, le])
    }
    expect(await commandFor(dg15)).toEqual([[0, 0x88, 0, 0, 8, 256]])
    expect(await commandFor(encodeTlv(0x6f, long))).toEqual([[0, 0x88, 0, 0, 8, 0x10000]])
  })
})

describe('active authentication with curves', () => {
  const NAMED = { 11: '1.3.36.3.3.2.8.1.1.5', 13: '1.3.36.3.3.2.8.1.1.7', 18: '1.3.132.0.35' } as const
  const PRIVATE = 0xabcdef0123456789n
  const HASHES: readonly HashName[] = ['sha1', 'sha224', 'sha256', 'sha384', 'sha512']

  function card(id: 11 | 13 | 18, hash: HashName, format: 'compact' | 'der' = 'compact'): { sign: Sign; dg15: Uint8Array } {
    const curve = domainParameters(id)
    if (curve?.kind !== 'ECDH') throw new Error('no curve')
    const point = keyAgreement(curve).keyPairOf(PRIVATE).publicKey
    const algorithm = encodeTlv(0x30, encodeTlv(0x06, oidValue('1.2.840.10045.2.1')), encodeTlv(0x06, oidValue(NAMED[id])))
    const scheme = ecdsa(curve.Point, sha256, { lowS: false })
    return {
      sign: (challenge) => Uint8Array.from(scheme.sign(hashOf(hash, challenge), toOctets(PRIVATE, curve.orderLength), { prehash: false, lowS: false, format })),
      dg15: encodeTlv(0x6f, encodeTlv(0x30, algorithm, encodeTlv(0x03, Uint8Array.of(0), point))),
    }
  }
  const dg14 = (algorithm: string): Uint8Array =>
    encodeTlv(0x6e, encodeTlv(0x31, encodeTlv(0x30, encodeTlv(0x06, oidValue('2.23.136.1.1.5')), octets('020101'), encodeTlv(0x06, oidValue(algorithm)))))
  const plain = (hash: HashName): string => `0.4.0.127.0.7.1.1.4.1.${HASHES.indexOf(hash) + 1}`

  it.each([[11, 'sha224'], [13, 'sha256'], [13, 'sha512'], [18, 'sha384'], [18, 'sha512'], [13, 'sha1']] as const)('proves the chip on curve %i with %s, named or not, plain or DER', async (id, hash) => {
    const { sign, dg15 } = card(id, hash)
    expect([await outcome(sign, dg15, dg14(plain(hash))), await outcome(sign, dg15), await outcome(card(id, hash, 'der').sign, dg15)]).toEqual(['original', 'original', 'original'])
  })

  it('does not take another hash than the one that DG14 names', async () => {
    const { sign, dg15 } = card(13, 'sha256')
    expect(await outcome(sign, dg15, dg14(plain('sha384')))).toBe('copied')
  })

  it.each<[string, (signature: Uint8Array) => Uint8Array]>([
    ['one bit is another', (signature) => signature.with(-1, (signature.at(-1) ?? 0) ^ 1)], ['r and s are zero', (signature) => new Uint8Array(signature.length)],
    ['r and s are too large', (signature) => new Uint8Array(signature.length).fill(0xff)], ['it is cut', (signature) => signature.slice(1)], ['it is empty', () => new Uint8Array(0)],
    ['DER goes on after its end', (signature) => concat(encodeTlv(0x30, encodeTlv(0x02, signature.slice(0, 32)), encodeTlv(0x02, signature.slice(32))), octets('00'))],
  ])('finds a copy when %s', async (_name, change) => {
    const { sign, dg15 } = card(13, 'sha256')
    expect(await outcome((challenge) => change(sign(challenge)), dg15)).toBe('copied')
  })

  it('says what it cannot check, and asks the chip nothing', async () => {
    const { dg15 } = card(13, 'sha256')
    const silent = (): never => {
      throw new Error('asked')
    }
    const unknownCurve = encodeTlv(0x6f, encodeTlv(0x30, encodeTlv(0x30, encodeTlv(0x06, oidValue('1.2.840.10045.2.1')), encodeTlv(0x06, oidValue('1.3.132.0.10'))), octets('03020004')))
    expect(await performActiveAuthentication(silent, unknownCurve, null, silent)).toBe('unsupported')
    expect(await performActiveAuthentication(silent, dg15, dg14('0.4.0.127.0.7.1.1.4.1.6'), silent)).toBe('unsupported')
  })

  it('ends in a result or in THE-009 for any DG15', async () => {
    const { dg15, sign } = card(13, 'sha256')
    await fc.assert(fc.asyncProperty(fc.nat(dg15.length - 1), fc.nat(255), async (at, byte) => {
      const told = await outcome(sign, dg15.with(at, byte)).catch((error: unknown) => (error instanceof AppError ? error.code : error))
      expect(['original', 'copied', 'unsupported', chipErrors.malformed]).toContain(told)
    }), { numRuns: 150 })
  })

  it('refuses a key that is not on its curve', async () => {
    const { dg15, sign } = card(13, 'sha256')
    await expect(outcome(sign, dg15.with(-1, (dg15.at(-1) ?? 0) ^ 1))).rejects.toMatchObject({ code: chipErrors.malformed, params: { file: 'DG15' } })
  })
})
