import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { AppError } from '@contract/errors'
import { chipErrors } from '@contract/errors/chip'
import { oidValue } from '../../../src-main/identity/chip/object-ids'
import { parsePublicKey } from '../../../src-main/identity/chip/public-keys'
import { parseSecurityInfos, preferredPace } from '../../../src-main/identity/chip/security-infos'
import { concat, encodeTlv } from '../../../src-main/identity/chip/tlv'
import { octets } from './script'

const oid = (text: string): Uint8Array => encodeTlv(0x06, oidValue(text))
const integer = (value: number): Uint8Array => encodeTlv(0x02, Uint8Array.of(value))
const info = (identifier: string, ...rest: Uint8Array[]): Uint8Array => encodeTlv(0x30, oid(identifier), ...rest)
const set = (...infos: Uint8Array[]): Uint8Array => encodeTlv(0x31, ...infos)
const PACE = '0.4.0.127.0.7.2.2.4'
const paceInfo = (kind: string, version: number, parameterId: number): Uint8Array => info(`${PACE}.${kind}`, integer(version), integer(parameterId))

const malformed = (act: () => unknown): boolean => {
  try {
    act()
    return false
  } catch (error) {
    return error instanceof AppError && error.code === chipErrors.malformed
  }
}

describe('what a card offers', () => {
  it.each([
    ['2.2', 13, { agreement: 'ECDH', mapping: 'GM', cipher: 'AES-128' }], ['1.1', 0, { agreement: 'DH', mapping: 'GM', cipher: '3DES' }],
    ['3.3', 2, { agreement: 'DH', mapping: 'IM', cipher: 'AES-192' }], ['4.4', 17, { agreement: 'ECDH', mapping: 'IM', cipher: 'AES-256' }],
    ['6.4', 18, { agreement: 'ECDH', mapping: 'CAM', cipher: 'AES-256' }], ['2.1', 10, { agreement: 'ECDH', mapping: 'GM', cipher: '3DES' }],
  ] as const)('is read: PACE %s with parameters %i', (kind, parameterId, parts) => {
    expect(parseSecurityInfos(set(paceInfo(kind, 2, parameterId)))).toMatchObject({ pace: [{ oid: `${PACE}.${kind}`, parameterId, ...parts }], unknownPace: [], unknown: [] })
  })

  it.each([
    ['another version', paceInfo('2.2', 1, 13)], ['curves with a group', paceInfo('2.2', 2, 0)], ['groups with a curve', paceInfo('1.2', 2, 13)],
    ['unknown parameters', paceInfo('2.2', 2, 5)], ['parameters of the card', paceInfo('2.2', 2, 32)], ['no parameters', info(`${PACE}.2.2`, integer(2))],
    ['integrated mapping on secp224r1', paceInfo('4.2', 2, 10)], ['chip authentication mapping with 3DES', paceInfo('6.1', 2, 13)], ['an unknown mapping', paceInfo('5.2', 2, 13)],
    ['an unknown cipher', paceInfo('2.5', 2, 13)], ['one arc too many', paceInfo('2.2.1', 2, 13)], ['explicit parameters', info(`${PACE}.2`, encodeTlv(0x30, oid('1.2.840.10045.2.1')), integer(32))],
  ])('is named and left aside: %s', (_name, wrong) => {
    const read = parseSecurityInfos(set(wrong))
    expect([read.pace.length, read.unknownPace.length, read.unknown.length]).toEqual([0, 1, 0])
  })

  it('must be told apart where several domain parameters are on offer, known to us or not', () => {
    const flags = (...infos: Uint8Array[]): unknown[] => parseSecurityInfos(set(...infos)).pace.map(({ ambiguous }) => ambiguous)
    expect(flags(paceInfo('2.2', 2, 13), paceInfo('6.2', 2, 13))).toEqual([undefined, undefined])
    expect(flags(paceInfo('2.2', 2, 13), paceInfo('2.2', 2, 12))).toEqual([true, true])
    expect(flags(paceInfo('2.2', 2, 13), info(`${PACE}.2`, encodeTlv(0x30, oid('1.2.840.10045.2.1')), integer(32)))).toEqual([true])
  })

  it('is taken by what proves most, then by what is quickest, then in the order of the card', () => {
    const chosen = (...infos: Uint8Array[]): string | undefined => preferredPace(parseSecurityInfos(set(...infos)).pace)?.oid
    expect(chosen(paceInfo('2.4', 2, 16), paceInfo('6.4', 2, 16))).toBe(`${PACE}.6.4`)
    expect(chosen(paceInfo('1.2', 2, 0), paceInfo('4.2', 2, 13), paceInfo('2.2', 2, 13))).toBe(`${PACE}.4.2`)
    expect(chosen()).toBeUndefined()
  })

  it('is the same in EF.CardAccess, in DG14 and in signed content, with what pads the file', () => {
    const infos = set(paceInfo('2.2', 2, 13), info('2.23.136.1.1.5', integer(1), oid('0.4.0.127.0.7.1.1.4.1.3')))
    const plain = parseSecurityInfos(infos)
    const content = encodeTlv(0x30, oid('0.4.0.127.0.7.3.2.1'), encodeTlv(0xa0, encodeTlv(0x24, encodeTlv(0x04, infos.slice(0, 9)), encodeTlv(0x04, infos.slice(9)))))
    const signed = encodeTlv(0x30, oid('1.2.840.113549.1.7.2'), encodeTlv(0xa0, encodeTlv(0x30, integer(3), encodeTlv(0x31), content, encodeTlv(0x31))))
    expect([concat(infos, new Uint8Array(3)), encodeTlv(0x6e, infos), signed].map(parseSecurityInfos)).toEqual([plain, plain, plain])
    expect(plain.activeAuthentication).toEqual({ signatureAlgorithm: '0.4.0.127.0.7.1.1.4.1.3' })
  })

  it('is not spoiled by infos that are of no use, unknown or broken', () => {
    const read = parseSecurityInfos(set(
      info('0.4.0.127.0.7.2.2.2', integer(1)), info('0.4.0.127.0.7.2.2.6'), info('2.23.136.1.1.13', encodeTlv(0x04)), info('0.4.0.127.0.7.2.2.3.2', encodeTlv(0x30)),
      info('1.2.3.4', integer(1)), encodeTlv(0x30, octets('0681')), encodeTlv(0x30, encodeTlv(0x06, octets('80'))), encodeTlv(0x02, octets('05')), paceInfo('2.2', 2, 13),
    ))
    expect([read.pace.length, read.unknown]).toEqual([1, ['0.4.0.127.0.7.2.2.3.2', '1.2.3.4']])
  })

  it.each([['', 'nothing'], ['0400', 'another object'], ['310530', 'a cut file'], ['6E00', 'an empty DG14'], ['3000', 'an empty CMS'], ['3004A0023000', 'a CMS without content']])('is malformed: %s, %s', (hex) => {
    expect(malformed(() => parseSecurityInfos(octets(hex)))).toBe(true)
  })

  it('ends in infos or in THE-009 for any bytes', () => {
    const infos = set(paceInfo('2.2', 2, 13), info('0.4.0.127.0.7.2.2.1.2', encodeTlv(0x30, encodeTlv(0x30, oid('1.2.840.10045.2.1')), encodeTlv(0x03))))
    fc.assert(fc.property(fc.array(fc.tuple(fc.nat(infos.length - 1), fc.nat(255)), { minLength: 1, maxLength: 4 }), (changes) => {
      const bytes = Uint8Array.from(infos)
      for (const [at, byte] of changes) bytes[at] = byte
      try {
        for (const { publicKeyInfo } of parseSecurityInfos(bytes).chipAuthenticationKeys) parsePublicKey(publicKeyInfo)
      } catch (error) {
        expect(error).toMatchObject({ code: chipErrors.malformed })
      }
    }), { numRuns: 2000 })
  })
})

describe('a public key', () => {
  const bits = (value: Uint8Array): Uint8Array => encodeTlv(0x03, Uint8Array.of(0), value)
  const spki = (algorithm: Uint8Array[], value: Uint8Array): Uint8Array => encodeTlv(0x30, encodeTlv(0x30, ...algorithm), bits(value))
  const big = (value: bigint): Uint8Array => encodeTlv(0x02, octets(`00${value.toString(16).padStart(256, '0')}`))
  const prime = (1n << 1023n) + 1155n

  it('of a group is taken as an integer or plain, with the order or without', () => {
    const value = octets('0102030405')
    const pkcs3 = parsePublicKey(spki([oid('1.2.840.113549.1.3.1'), encodeTlv(0x30, big(prime), integer(2))], encodeTlv(0x02, value)))
    const x942 = parsePublicKey(spki([oid('1.2.840.10046.2.1'), encodeTlv(0x30, big(prime), integer(2), integer(11))], value))
    expect(pkcs3).toMatchObject({ kind: 'DH', value, parameters: { p: prime, g: 2n, q: null } })
    expect(x942).toMatchObject({ kind: 'DH', value, parameters: { p: prime, g: 2n, q: 11n } })
  })

  it.each([
    ['an unknown algorithm', spki([oid('1.2.3')], octets('00'))], ['an unknown curve', spki([oid('1.2.840.10045.2.1'), oid('1.3.132.0.10')], octets('04'))],
    ['no curve', spki([oid('1.2.840.10045.2.1')], octets('04'))], ['unknown standardised parameters', spki([oid('0.4.0.127.0.7.1.2'), integer(3)], octets('04'))],
    ['a group that is too small', spki([oid('1.2.840.113549.1.3.1'), encodeTlv(0x30, integer(23), integer(5))], octets('04'))],
    ['a group whose generator is 1', spki([oid('1.2.840.113549.1.3.1'), encodeTlv(0x30, big(prime), integer(1))], octets('04'))],
    ['a group whose order is beyond its prime', spki([oid('1.2.840.10046.2.1'), encodeTlv(0x30, big(prime), integer(2), big(prime + 2n))], octets('04'))],
    ['a short RSA modulus', spki([oid('1.2.840.113549.1.1.1')], encodeTlv(0x30, integer(35), integer(3)))],
    ['an even RSA modulus', spki([oid('1.2.840.113549.1.1.1')], encodeTlv(0x30, big(prime + 1n), integer(3)))],
  ])('is not supported with %s', (_name, key) => {
    expect(parsePublicKey(key)).toBeNull()
  })

  it.each([['3000'], ['30040300'], ['300730020500030100'], ['3006300003020004']])('is malformed as %s', (hex) => {
    expect(malformed(() => parsePublicKey(octets(hex)))).toBe(true)
  })
})
