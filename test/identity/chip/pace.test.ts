import { randomBytes } from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { AppError } from '@contract/errors'
import { chipErrors } from '@contract/errors/chip'
import type { Answer } from '../../../src-main/identity/chip/apdu'
import { checkCam } from '../../../src-main/identity/chip/cam'
import { domainParameters } from '../../../src-main/identity/chip/domain-parameters'
import { keyAgreement } from '../../../src-main/identity/chip/key-agreement'
import { performPace } from '../../../src-main/identity/chip/pace'
import { encodeTlv } from '../../../src-main/identity/chip/tlv'
import type { AccessKey, Cipher, PaceInfo, Random } from '../../../src-main/identity/chip/types'
import { type Meddling, paceCard } from '../virtual-card/pace-side'
import { hexOf, octets } from './script'

const random: Random = (length) => Uint8Array.from(randomBytes(length))
const CAN: AccessKey = { kind: 'can', can: '123456' }
const CIPHERS: readonly Cipher[] = ['3DES', 'AES-128', 'AES-192', 'AES-256']
const ARCS = { 'DH-GM': 1, 'ECDH-GM': 2, 'DH-IM': 3, 'ECDH-IM': 4, 'ECDH-CAM': 6, 'DH-CAM': 0 } as const
const CURVES = [8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18]
const BRAINPOOL_256 = 13
const P224 = 10

const infoOf = (agreement: PaceInfo['agreement'], mapping: PaceInfo['mapping'], cipher: Cipher, parameterId: number): PaceInfo =>
  ({ oid: `0.4.0.127.0.7.2.2.4.${ARCS[`${agreement}-${mapping}`]}.${CIPHERS.indexOf(cipher) + 1}`, agreement, mapping, cipher, parameterId })

/** Every parameter with every mapping, ciphers taking turns; all ciphers with all mappings on one curve and one group. */
function combinations(): PaceInfo[] {
  const turn = (index: number, mapping: string): Cipher => CIPHERS[mapping === 'CAM' ? 1 + (index % 3) : index % 4] ?? 'AES-128'
  const curves = CURVES.flatMap((id, index) => (['GM', 'IM', 'CAM'] as const).map((mapping, shift) => infoOf('ECDH', mapping, turn(index + shift, mapping), id)))
  const groups = [0, 1, 2].flatMap((id) => (['GM', 'IM'] as const).map((mapping, shift) => infoOf('DH', mapping, turn(id + shift, mapping), id)))
  const all = CIPHERS.flatMap((cipher) => [
    infoOf('ECDH', 'GM', cipher, BRAINPOOL_256), infoOf('ECDH', 'IM', cipher, BRAINPOOL_256), infoOf('DH', 'GM', cipher, 0), infoOf('DH', 'IM', cipher, 0),
    ...(cipher === '3DES' ? [] : [infoOf('ECDH', 'CAM', cipher, BRAINPOOL_256)]),
  ])
  return [...curves, ...groups, ...all].filter(({ mapping, parameterId }) => mapping !== 'IM' || parameterId !== P224)
}

const STATIC_KEY = 0x1234567890abcdef1234567890abcdefn

/** EF.CardSecurity's infos, holding one chip authentication key of standardised parameters. */
function infosWithKey(parameterId: number, publicKey: Uint8Array): Uint8Array {
  const algorithm = encodeTlv(0x30, octets('060704007F00070102'), encodeTlv(0x02, Uint8Array.of(parameterId)))
  const info = encodeTlv(0x30, algorithm, encodeTlv(0x03, Uint8Array.of(0), publicKey))
  return encodeTlv(0x31, encodeTlv(0x30, octets('060904007F000702020102'), info, octets('020101')))
}
const staticPublicKey = (parameterId: number, privateKey: bigint): Uint8Array => {
  const parameters = domainParameters(parameterId)
  if (!parameters) throw new Error('no such parameters')
  return keyAgreement(parameters).keyPairOf(privateKey).publicKey
}

async function failure(info: PaceInfo, options: Readonly<{ meddle?: Meddling; key?: AccessKey }> = {}): Promise<string> {
  const { exchange } = paceCard(info, CAN, random, { staticKey: STATIC_KEY, ...(options.meddle ? { meddle: options.meddle } : {}) })
  try {
    await performPace(exchange, info, options.key ?? CAN, random)
  } catch (error) {
    if (error instanceof AppError) return error.code === chipErrors.paceFailed ? `${error.code} ${String(error.params['step'])} ${String(error.params['sw'])}` : error.code
    throw error
  }
  return 'opened'
}

describe('PACE between both sides', () => {
  it.each(combinations().map((info) => [`${info.agreement}-${info.mapping} ${info.cipher} parameters ${info.parameterId}`, info] as const))('agrees for %s', async (_name, info) => {
    const card = paceCard(info, CAN, random, { staticKey: STATIC_KEY })
    const result = await performPace(card.exchange, info, CAN, random)
    expect(card.keys()).toEqual(result.keys)
    expect(result.keys.ssc).toEqual(new Uint8Array(info.cipher === '3DES' ? 8 : 16))
    expect(result.cam !== null).toBe(info.mapping === 'CAM')
    if (result.cam) expect(checkCam(result.cam, infosWithKey(info.parameterId, staticPublicKey(info.parameterId, STATIC_KEY)))).toBe(true)
  })

  it('names the domain parameters only when the card has several', async () => {
    const info = infoOf('ECDH', 'GM', 'AES-128', BRAINPOOL_256)
    const selectionOf = async (chosen: PaceInfo, key: AccessKey): Promise<string> => {
      const card = paceCard(chosen, key, random)
      await performPace(card.exchange, chosen, key, random)
      return hexOf(card.selection())
    }
    expect(await selectionOf(info, CAN)).toBe('800A04007F00070202040202830102')
    expect(await selectionOf({ ...info, ambiguous: true }, { kind: 'mrz', information: 'T22000129364081251010318' })).toBe('800A04007F0007020204020283010184010D')
  })
})

const GM = infoOf('ECDH', 'GM', 'AES-128', BRAINPOOL_256)
const IM = infoOf('ECDH', 'IM', 'AES-128', BRAINPOOL_256)
const CAM = infoOf('ECDH', 'CAM', 'AES-128', BRAINPOOL_256)
const DH = infoOf('DH', 'GM', 'AES-128', 0)

const atStep = (which: number, change: (answer: Answer) => Answer): Meddling => (step, answer) => (step === which ? change(answer) : answer)
const sw = (code: number) => (): Answer => ({ data: new Uint8Array(0), sw: code })
const data = (hex: string) => (): Answer => ({ data: octets(hex), sw: 0x9000 })
const value = (tag: number, bytes: Uint8Array) => (): Answer => ({ data: encodeTlv(0x7c, encodeTlv(tag, bytes)), sw: 0x9000 })
const flipLast = ({ data: bytes, sw: code }: Answer): Answer => ({ data: bytes.with(-1, (bytes.at(-1) ?? 0) ^ 1), sw: code })

describe('a wrong key', () => {
  it.each([['GM', GM], ['IM', IM], ['CAM', CAM], ['DH', DH]] as const)('is told as such with %s', async (_name, info) => {
    expect(await failure(info, { key: { kind: 'can', can: '654321' } })).toBe(chipErrors.wrongKey)
  })

  it.each([[0x6300], [0x63c2], [0x63c0], [0x6982], [0x6988]])('is what %i at the last step means', async (code) => {
    expect(await failure(GM, { meddle: atStep(4, sw(code)) })).toBe(chipErrors.wrongKey)
  })

  it('is what a wrong token of the chip means', async () => {
    expect(await failure(GM, { meddle: atStep(4, flipLast) })).toBe(chipErrors.wrongKey)
  })
})

describe('PACE that fails', () => {
  const offCurve = staticPublicKey(BRAINPOOL_256, 5n).with(-1, 0)
  const p = domainParameters(0)?.p ?? 0n
  const element = (number: bigint): Uint8Array => octets(number.toString(16).padStart(256, '0'))
  const p256Point = staticPublicKey(12, 5n)
  it.each<[string, PaceInfo, Meddling, string]>([
    ['selection refused', GM, atStep(0, sw(0x6a80)), 'select 6A80'],
    ['no tries left', GM, atStep(0, sw(0x63c0)), 'select 63C0'],
    ['nonce refused', GM, atStep(1, sw(0x6985)), 'nonce 6985'],
    ['nonce missing', GM, atStep(1, data('7C00')), 'nonce 9000'],
    ['nonce of a broken length', GM, atStep(1, data('7C03800101')), 'nonce 9000'],
    ['nonce no whole block', GM, atStep(1, value(0x80, new Uint8Array(15))), 'nonce 9000'],
    ['nonce too long', GM, atStep(1, value(0x80, new Uint8Array(80))), 'nonce 9000'],
    ['nonce too short for the integrated mapping', infoOf('ECDH', 'IM', 'AES-256', BRAINPOOL_256), atStep(1, value(0x80, new Uint8Array(16))), 'mapping 9000'],
    ['answer not in 7C', GM, atStep(1, data('8010000102030405060708090A0B0C0D0E0F')), 'nonce 9000'],
    ['mapping refused', GM, atStep(2, sw(0x6f00)), 'mapping 6F00'],
    ['integrated mapping refused', IM, atStep(2, sw(0x6a80)), 'mapping 6A80'],
    ['mapping point off the curve', GM, atStep(2, value(0x82, offCurve)), 'mapping 9000'],
    ['mapping point of another curve', GM, atStep(2, value(0x82, p256Point)), 'mapping 9000'],
    ['mapping point infinity', GM, atStep(2, value(0x82, Uint8Array.of(0))), 'mapping 9000'],
    ['mapping point compressed', GM, atStep(2, value(0x82, staticPublicKey(BRAINPOOL_256, 5n).slice(0, 33).with(0, 2))), 'mapping 9000'],
    ['public key refused', GM, atStep(3, sw(0x6300)), 'agreement 6300'],
    ['public key off the curve', GM, atStep(3, value(0x84, offCurve)), 'agreement 9000'],
    ['public key all zero', GM, atStep(3, value(0x84, Uint8Array.of(4, ...new Uint8Array(64)))), 'agreement 9000'],
    ['DH public key 0', DH, atStep(3, value(0x84, element(0n))), 'agreement 9000'],
    ['DH public key 1', DH, atStep(3, value(0x84, element(1n))), 'agreement 9000'],
    ['DH public key p − 1', DH, atStep(3, value(0x84, element(p - 1n))), 'agreement 9000'],
    ['DH public key beyond p', DH, atStep(3, value(0x84, element(p + 2n))), 'agreement 9000'],
    ['DH public key outside the subgroup', DH, atStep(3, value(0x84, element(2n))), 'agreement 9000'],
    ['DH mapping value outside the subgroup', DH, atStep(2, value(0x82, element(3n))), 'mapping 9000'],
    ['token refused for another reason', GM, atStep(4, sw(0x6a80)), 'token 6A80'],
    ['token missing', GM, atStep(4, data('7C00')), 'token 9000'],
    ['no chip authentication data', CAM, atStep(4, ({ data: bytes }) => ({ data: encodeTlv(0x7c, bytes.slice(2, 12)), sw: 0x9000 })), 'token 9000'],
  ])('says at which step: %s', async (_name, info, meddle, told) => {
    expect(await failure(info, { meddle })).toBe(`${chipErrors.paceFailed} ${told}`)
  })

  it.each([['mapping', 2, 0x82], ['agreement', 3, 0x84]] as const)('refuses our own public key as the answer of the %s', async (step, which, tag) => {
    let sent: Uint8Array = new Uint8Array(0)
    const card = paceCard(GM, CAN, random, { meddle: (at, answer) => (at === which ? value(tag, sent)() : answer) })
    const told = performPace((command) => {
      sent = command.data?.slice(4) ?? sent
      return card.exchange(command)
    }, GM, CAN, random)
    await expect(told).rejects.toMatchObject({ code: chipErrors.paceFailed, params: { step } })
  })

  it('ends in one of our errors whatever the chip says', async () => {
    const change = fc.record({ step: fc.integer({ min: 1, max: 4 }), at: fc.nat(80), byte: fc.nat(255), cut: fc.nat(80) })
    await fc.assert(fc.asyncProperty(fc.constantFrom(GM, IM, CAM, DH), change, async (info, { step, at, byte, cut }) => {
      const spoil = ({ data: bytes, sw: code }: Answer): Answer => ({ data: (at < bytes.length ? bytes.with(at, byte) : bytes).slice(0, cut > 60 ? bytes.length : cut), sw: code })
      expect(await failure(info, { meddle: atStep(step, spoil) })).toMatch(/^(opened|THE-002|THE-006 (nonce|mapping|agreement|token) (9000|6300))$/)
    }), { numRuns: 40 })
  })

  it('passes on what the transport says', async () => {
    const lifted = new AppError(chipErrors.cardLifted)
    await expect(performPace(() => Promise.reject(lifted), GM, CAN, random)).rejects.toBe(lifted)
  })

  it.each([[19], [5], [0]])('does not start with parameters %i for curves', async (parameterId) => {
    const silent = (): never => {
      throw new Error('asked')
    }
    await expect(performPace(silent, { ...GM, parameterId }, CAN, random)).rejects.toMatchObject({ code: chipErrors.paceUnsupported })
  })
})

describe('chip authentication mapping', () => {
  const evidenceOf = async (): Promise<Parameters<typeof checkCam>[0]> => {
    const { cam } = await performPace(paceCard(CAM, CAN, random, { staticKey: STATIC_KEY }).exchange, CAM, CAN, random)
    if (!cam) throw new Error('no evidence')
    return cam
  }
  const right = infosWithKey(BRAINPOOL_256, staticPublicKey(BRAINPOOL_256, STATIC_KEY))

  it('finds the right key in DG14 and in signed content', async () => {
    const evidence = await evidenceOf()
    const content = encodeTlv(0x30, octets('060804007F0007030201'), encodeTlv(0xa0, encodeTlv(0x04, right)))
    const cardSecurity = encodeTlv(0x30, octets('06092A864886F70D010702'), encodeTlv(0xa0, encodeTlv(0x30, octets('020103'), octets('3100'), content)))
    expect([encodeTlv(0x6e, right), cardSecurity].map((file) => checkCam(evidence, file))).toEqual([true, true])
  })

  it('is not fooled by another key, another curve or broken evidence', async () => {
    const evidence = await evidenceOf()
    const n = octets('A9FB57DBA1EEA9BC3E660A909D838D718C397AA3B561A6F7901E0E82974856A7')
    expect([
      checkCam(evidence, infosWithKey(BRAINPOOL_256, staticPublicKey(BRAINPOOL_256, STATIC_KEY + 1n))),
      checkCam(evidence, infosWithKey(12, staticPublicKey(12, STATIC_KEY))),
      checkCam(evidence, infosWithKey(BRAINPOOL_256, staticPublicKey(BRAINPOOL_256, STATIC_KEY).with(-1, 7))),
      checkCam({ ...evidence, chipAuthenticationData: new Uint8Array(0) }, right),
      checkCam({ ...evidence, chipAuthenticationData: n }, right),
      checkCam({ ...evidence, chipAuthenticationData: evidence.chipAuthenticationData.with(-1, (evidence.chipAuthenticationData.at(-1) ?? 0) ^ 1) }, right),
      checkCam({ ...evidence, mappingPublicKey: evidence.mappingPublicKey.with(-1, 7) }, right),
      checkCam({ ...evidence, parameterId: 0 }, right),
      checkCam(evidence, octets('3100')),
    ]).toEqual(Array.from({ length: 9 }, () => false))
  })

  it('shows a chip that answers with what cannot be decrypted as no proof, and still opens', async () => {
    const meddle = atStep(4, ({ data: bytes }) => ({ data: encodeTlv(0x7c, bytes.slice(2, 12), encodeTlv(0x8a, new Uint8Array(48))), sw: 0x9000 }))
    const { cam } = await performPace(paceCard(CAM, CAN, random, { staticKey: STATIC_KEY, meddle }).exchange, CAM, CAN, random)
    expect(cam && checkCam(cam, right)).toBe(false)
  })
})
