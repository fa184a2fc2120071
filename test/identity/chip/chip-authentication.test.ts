import { randomBytes } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { chipErrors } from '@contract/errors/chip'
import type { Command, Exchange } from '../../../src-main/identity/chip/apdu'
import { chipAuthenticationOffer, performChipAuthentication } from '../../../src-main/identity/chip/chip-authentication'
import { domainParameters, groupByNumbers } from '../../../src-main/identity/chip/domain-parameters'
import { toInteger } from '../../../src-main/identity/chip/integers'
import { keyAgreement } from '../../../src-main/identity/chip/key-agreement'
import { oidValue } from '../../../src-main/identity/chip/object-ids'
import { sessionKeysOf } from '../../../src-main/identity/chip/session-keys'
import { encodeTlv, readAll, readTlv } from '../../../src-main/identity/chip/tlv'
import type { Cipher, Random } from '../../../src-main/identity/chip/types'
import { hexOf } from './script'

const random: Random = (length) => Uint8Array.from(randomBytes(length))
const CIPHERS: readonly Cipher[] = ['3DES', 'AES-128', 'AES-192', 'AES-256']
const integer = (value: number): Uint8Array => encodeTlv(0x02, Uint8Array.of(value))
const key = (id?: number): Uint8Array => (id === undefined ? new Uint8Array(0) : integer(id))
const PRIVATE = 0xc0ffee1234567890n

const agreementOf = (parameterId: number): ReturnType<typeof keyAgreement> => {
  const parameters = domainParameters(parameterId)
  if (!parameters) throw new Error('no such parameters')
  return keyAgreement(parameters)
}
const agreementArc = (parameterId: number): 1 | 2 => (parameterId < 3 ? 1 : 2)

function keyInfo(parameterId: number, keyId?: number, publicKey = agreementOf(parameterId).keyPairOf(PRIVATE).publicKey): Uint8Array {
  const algorithm = encodeTlv(0x30, encodeTlv(0x06, oidValue('0.4.0.127.0.7.1.2')), integer(parameterId))
  const spki = encodeTlv(0x30, algorithm, encodeTlv(0x03, Uint8Array.of(0), publicKey))
  return encodeTlv(0x30, encodeTlv(0x06, oidValue(`0.4.0.127.0.7.2.2.1.${agreementArc(parameterId)}`)), spki, key(keyId))
}
const protocolInfo = (arc: 1 | 2, cipher: Cipher, keyId?: number, version = 1): Uint8Array =>
  encodeTlv(0x30, encodeTlv(0x06, oidValue(`0.4.0.127.0.7.2.2.3.${arc}.${CIPHERS.indexOf(cipher) + 1}`)), integer(version), key(keyId))
const dg14 = (...infos: Uint8Array[]): Uint8Array => encodeTlv(0x6e, encodeTlv(0x31, ...infos))

/** A chip with the private key: notes the commands and works out the secret from the public key it is sent. */
function chip(parameterId: number, sw = 0x9000): { exchange: Exchange; commands: Command[]; secret: () => Uint8Array } {
  const commands: Command[] = []
  const agreement = agreementOf(parameterId)
  const sent = (): Uint8Array => {
    const last = commands.at(-1)?.data ?? new Uint8Array(0)
    const inner = readTlv(last).tlv.tag === 0x7c ? readTlv(last).tlv.value : last
    return readAll(inner)[0]?.value ?? new Uint8Array(0)
  }
  return {
    exchange: (command) => {
      commands.push(command)
      return Promise.resolve({ data: new Uint8Array(0), sw })
    },
    commands,
    secret: () => agreement.agree(agreement.keyPairOf(PRIVATE), sent()),
  }
}

describe('chip authentication', () => {
  it.each([[0], [1], [2], [8], [9], [10], [11], [12], [13], [14], [15], [16], [17], [18]])('ends with the same keys on both sides for parameters %i', async (parameterId) => {
    const cipher = CIPHERS[parameterId % 4] ?? '3DES'
    const card = chip(parameterId)
    const keys = await performChipAuthentication(card.exchange, dg14(keyInfo(parameterId), protocolInfo(agreementArc(parameterId), cipher)), random)
    expect(keys).toEqual(sessionKeysOf(cipher, card.secret()))
    expect(card.commands.map(({ ins, p1, p2 }) => [ins, p1, p2])).toEqual(cipher === '3DES' ? [[0x22, 0x41, 0xa6]] : [[0x22, 0x41, 0xa4], [0x86, 0, 0]])
  })

  it('names the key when the card names it, and asks for no answer to MSE', async () => {
    const card = chip(13)
    await performChipAuthentication(card.exchange, dg14(keyInfo(13, 7), protocolInfo(2, 'AES-128', 7)), random)
    const [select] = card.commands
    expect([hexOf(select?.data ?? new Uint8Array(0)), select?.le]).toEqual(['800A04007F00070202030202840107', undefined])
  })

  it('names a key whose number is longer than one octet', async () => {
    const long = encodeTlv(0x02, Uint8Array.of(0x12, 0x34))
    const protocol = encodeTlv(0x30, encodeTlv(0x06, oidValue('0.4.0.127.0.7.2.2.3.2.2')), integer(1), long)
    const card = chip(13)
    await performChipAuthentication(card.exchange, dg14(keyInfo(13), protocol), random)
    expect(hexOf(card.commands[0]?.data ?? new Uint8Array(0))).toBe('800A04007F0007020203020284021234')
  })

  it('asks for a long answer only when the command is long', async () => {
    const card = chip(1)
    await performChipAuthentication(card.exchange, dg14(keyInfo(1), protocolInfo(1, 'AES-128')), random)
    expect(card.commands.map(({ le }) => le)).toEqual([undefined, 0x10000])
  })

  it('takes the strongest cipher, with the key that belongs to it', () => {
    const file = dg14(keyInfo(13, 1), keyInfo(16, 2), protocolInfo(2, '3DES', 1), protocolInfo(2, 'AES-256', 2))
    expect(chipAuthenticationOffer(file)).toMatchObject({ cipher: 'AES-256', keyId: 2 })
  })

  it('is 3DES where the card has a key and says no more', () => {
    expect(chipAuthenticationOffer(dg14(keyInfo(12)))).toMatchObject({ oid: '0.4.0.127.0.7.2.2.3.2.1', cipher: '3DES', keyId: null })
  })

  it.each([
    ['nothing', dg14(), null], ['an info without a key', dg14(protocolInfo(2, 'AES-128')), null],
    ['version 2 only', dg14(keyInfo(13), protocolInfo(2, 'AES-128', undefined, 2)), 'unsupported'],
    ['an info for another key', dg14(keyInfo(13, 1), protocolInfo(2, 'AES-128', 2)), 'unsupported'],
    ['an info for a group and a key for a curve', dg14(keyInfo(13), protocolInfo(1, 'AES-128')), 'unsupported'],
  ] as const)('is not done with %s', async (_name, file, offer) => {
    expect(chipAuthenticationOffer(file)).toBe(offer)
    const silent = (): never => {
      throw new Error('asked')
    }
    expect(await performChipAuthentication(silent, file, silent)).toBeNull()
  })

  it.each([['MSE:Set KAT', '3DES'], ['MSE:Set AT', 'AES-128']] as const)('says with which status the chip refused %s', async (_name, cipher) => {
    const told = performChipAuthentication(chip(13, 0x6a88).exchange, dg14(keyInfo(13), protocolInfo(2, cipher)), random)
    await expect(told).rejects.toMatchObject({ code: chipErrors.cardRefused, params: { sw: '6A88' } })
  })

  it('sends nothing when the key of the file is not on its curve', async () => {
    const card = chip(13)
    const file = dg14(keyInfo(13, undefined, agreementOf(13).keyPairOf(PRIVATE).publicKey.with(-1, 3)), protocolInfo(2, 'AES-128'))
    await expect(performChipAuthentication(card.exchange, file, random)).rejects.toMatchObject({ code: chipErrors.malformed, params: { file: 'DG14' } })
    expect(card.commands).toEqual([])
  })
})

describe('a group of the card itself', () => {
  const { p, g } = ((): { p: bigint; g: bigint } => {
    const group = domainParameters(0)
    if (group?.kind !== 'DH') throw new Error('no group')
    return group
  })()
  const big = (value: bigint): Uint8Array => encodeTlv(0x02, Uint8Array.from(Buffer.from(`00${value.toString(16).padStart(256, '0')}`, 'hex')))
  /** DG14 with a group by PKCS#3, which names no order. */
  const file = (generator: bigint, publicValue: bigint): Uint8Array => {
    const algorithm = encodeTlv(0x30, encodeTlv(0x06, oidValue('1.2.840.113549.1.3.1')), encodeTlv(0x30, big(p), big(generator)))
    const spki = encodeTlv(0x30, algorithm, encodeTlv(0x03, Uint8Array.of(0), big(publicValue)))
    return dg14(encodeTlv(0x30, encodeTlv(0x06, oidValue('0.4.0.127.0.7.2.2.1.1')), spki), protocolInfo(1, 'AES-128'))
  }

  it('is taken where the value is in it', async () => {
    const group = groupByNumbers(p, g * g % p, null)
    const card = keyAgreement(group).keyPairOf(PRIVATE)
    const commands: Command[] = []
    const exchange: Exchange = (command) => {
      commands.push(command)
      return Promise.resolve({ data: new Uint8Array(0), sw: 0x9000 })
    }
    const keys = await performChipAuthentication(exchange, file(g * g % p, toInteger(card.publicKey)), random)
    const ours = readAll(readTlv(commands.at(-1)?.data ?? new Uint8Array(0)).tlv.value)[0]?.value ?? new Uint8Array(0)
    expect(keys).toEqual(sessionKeysOf('AES-128', keyAgreement(group).agree(card, ours)))
  })

  it.each([['0', 0n], ['1', 1n], ['p − 1', p - 1n], ['p', p]])('is refused with the value %s', async (_name, value) => {
    await expect(performChipAuthentication(chip(0).exchange, file(g * g % p, value), random)).rejects.toMatchObject({ code: chipErrors.malformed })
  })
})
