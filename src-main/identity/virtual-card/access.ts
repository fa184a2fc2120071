import { type KeyAgreement, type KeyPair, RefusedKey } from '../chip/agreement'
import { chipData, encryptChipData } from '../chip/cam'
import { decryptCbc, encryptCbc, macOf } from '../chip/ciphers'
import { domainParameters } from '../chip/domain-parameters'
import { kenc, kmac, mrzSeed } from '../chip/kdf'
import { keyAgreement } from '../chip/key-agreement'
import { INTEGRATED_LENGTHS } from '../chip/mapping-integrated'
import { oidValue } from '../chip/object-ids'
import { encryptNonce, paceSecret } from '../chip/pace'
import { authenticationToken } from '../chip/pace-token'
import { sameBytes } from '../chip/same-bytes'
import { sessionKeysOf } from '../chip/session-keys'
import { concat, encodeTlv, readAll, readTlv } from '../chip/tlv'
import type { AccessKey, Random, SessionKeys } from '../chip/types'
import { done, just, type Outcome, STATUS } from './command'
import type { ChipProfile } from './profile'

/** What a step of access ended with: an answer, and keys when the session begins with the next command. */
export type Step = Readonly<{ outcome: Outcome; keys: SessionKeys | null }>

const answered = (outcome: Outcome, keys: SessionKeys | null = null): Step => ({ outcome, keys })
const ZERO = new Uint8Array(8)

/** EXTERNAL AUTHENTICATE of BAC, the chip's side (9303-11 §4.3.3). Draws K.IC from `random`. */
export function authenticateByBac(information: string, challenge: Uint8Array, data: Uint8Array, random: Random): Step {
  const seed = mrzSeed(information)
  const [enc, mac] = [kenc(seed, '3DES'), kmac(seed, '3DES')]
  const cryptogram = data.subarray(0, 32)
  if (data.length !== 40 || !sameBytes(macOf('3DES', mac, cryptogram), data.subarray(32))) return answered(just(STATUS.wrongKey))
  const plain = decryptCbc('3DES', enc, ZERO, cryptogram)
  const [theirs, back, theirKeying] = [plain.subarray(0, 8), plain.subarray(8, 16), plain.subarray(16, 32)]
  if (!sameBytes(back, challenge)) return answered(just(STATUS.wrongKey))
  const keying = random(16)
  const answer = encryptCbc('3DES', enc, ZERO, concat(challenge, theirs, keying))
  const shared = keying.map((byte, index) => byte ^ (theirKeying[index] ?? 0))
  return answered(
    done(concat(answer, macOf('3DES', mac, answer))),
    { cipher: '3DES', enc: kenc(shared, '3DES'), mac: kmac(shared, '3DES'), ssc: concat(challenge.subarray(4), theirs.subarray(4)) })
}

/** One run of PACE, the chip's side: four GENERAL AUTHENTICATE commands in order (9303-11 §4.4). */
export type PaceRun = Readonly<{ next(data: Uint8Array): Step }>

const NONCE_LENGTH = 16

/**
 * Begins PACE as MSE:Set AT asks for it; null when the card does not do that. Draws from `random`: the nonce s, the mapping's
 * private key (not for the integrated mapping), the private key of the agreement.
 */
export function beginPace({ pace, information, can, chipAuthentication }: ChipProfile, data: Uint8Array, random: Random): PaceRun | null {
  const objects = readAll(data)
  const value = (tag: number): Uint8Array | undefined => objects.find((object) => object.tag === tag)?.value
  const protocol = value(0x80)
  const parameters = pace && domainParameters(pace.parameterId)
  const key: AccessKey | null = value(0x83)?.[0] === 2 ? (can === null ? null : { kind: 'can', can }) : { kind: 'mrz', information }
  if (!pace || !parameters || !protocol || !key || !sameBytes(protocol, oidValue(pace.oid))) return null
  const { cipher, oid, mapping } = pace

  const nonce = random(mapping === 'IM' ? INTEGRATED_LENGTHS[cipher].nonce : NONCE_LENGTH)
  const plain = keyAgreement(parameters)
  let mappingKey: KeyPair | null = null
  let mapped: KeyAgreement | null = null
  let agreed: Readonly<{ own: KeyPair; theirs: Uint8Array; keys: SessionKeys }> | null = null
  const wrap = (tag: number, bytes: Uint8Array, more: Uint8Array = new Uint8Array(0)): Outcome => done(encodeTlv(0x7c, bytes.length === 0 ? bytes : encodeTlv(tag, bytes), more))

  const map = (theirs: Uint8Array): Step => {
    if (mapping === 'IM') {
      mapped = plain.mapIntegrated(cipher, nonce, theirs)
      return answered(done(encodeTlv(0x7c, encodeTlv(0x82))))
    }
    mappingKey = plain.newKeyPair(random)
    mapped = plain.mapGeneric(nonce, mappingKey, theirs)
    return answered(wrap(0x82, mappingKey.publicKey))
  }
  const agree = (theirs: Uint8Array): Step => {
    if (!mapped) return answered(just(STATUS.badData))
    const own = mapped.newKeyPair(random)
    agreed = { own, theirs, keys: sessionKeysOf(cipher, mapped.agree(own, theirs)) }
    return answered(wrap(0x84, own.publicKey))
  }
  const prove = (token: Uint8Array): Step => {
    if (!mapped || !agreed) return answered(just(STATUS.badData))
    const { own, theirs, keys } = agreed
    const tokenFor = (publicKey: Uint8Array): Uint8Array => authenticationToken(cipher, keys.mac, oid, plain.publicKeyTag, publicKey)
    if (!sameBytes(token, tokenFor(own.publicKey))) return answered(just(STATUS.wrongKey))
    const cam = mapping === 'CAM' && chipAuthentication && mappingKey && parameters.kind === 'ECDH'
      ? encodeTlv(0x8a, encryptChipData(cipher, keys.enc, chipData(parameters, chipAuthentication.privateKey, mappingKey.privateKey)))
      : new Uint8Array(0)
    return answered(wrap(0x86, tokenFor(theirs), cam), keys)
  }

  const steps = [
    { tag: null, act: () => answered(wrap(0x80, encryptNonce(cipher, paceSecret(key), nonce))) },
    { tag: 0x81, act: map }, { tag: 0x83, act: agree }, { tag: 0x85, act: prove },
  ] as const
  let at = 0
  return {
    next: (bytes) => {
      const step = steps[at]
      at += 1
      try {
        const inner = readAll(readTlv(bytes).tlv.value)[0]
        if (!step || (step.tag !== null && inner?.tag !== step.tag)) return answered(just(STATUS.badData))
        return step.act(inner?.value ?? new Uint8Array(0))
      } catch (error) {
        if (error instanceof RefusedKey) return answered(just(STATUS.wrongKey))
        throw error
      }
    },
  }
}
