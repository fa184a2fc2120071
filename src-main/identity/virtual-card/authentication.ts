import { ecdsa } from '@noble/curves/abstract/weierstrass.js'
import { sha256 } from '@noble/hashes/sha2.js'
import { RefusedKey } from '../chip/agreement'
import { domainParameters } from '../chip/domain-parameters'
import { bitLength, power, toInteger, toOctets } from '../chip/integers'
import { type HashName, hashOf } from '../chip/iso9796'
import { keyAgreement } from '../chip/key-agreement'
import { sessionKeysOf } from '../chip/session-keys'
import { concat } from '../chip/tlv'
import type { Random, SessionKeys } from '../chip/types'
import type { ActiveKey, ChipKey } from './profile'

const TRAILER: Readonly<Record<HashName, readonly number[]>> = { sha1: [0xbc], sha224: [0x38, 0xcc], sha256: [0x34, 0xcc], sha384: [0x36, 0xcc], sha512: [0x35, 0xcc] }

/** The session keys that chip authentication ends with, the chip's side (9303-11 §6.2); null for a public key that must not be used. */
export function chipAuthenticationKeys({ parameterId, privateKey, cipher }: ChipKey, theirs: Uint8Array): SessionKeys | null {
  const parameters = domainParameters(parameterId)
  if (!parameters) return null
  const agreement = keyAgreement(parameters)
  try {
    return sessionKeysOf(cipher, agreement.agree(agreement.keyPairOf(privateKey), theirs))
  } catch (error) {
    if (error instanceof RefusedKey) return null
    throw error
  }
}

/** ISO/IEC 9796-2 scheme 1 with M1 drawn by the chip (9303-11 §6.1.2.2): 6A ‖ M1 ‖ H(M1 ‖ challenge) ‖ trailer. */
function recoverable({ modulus, privateExponent, hash }: Extract<ActiveKey, { kind: 'RSA' }>, challenge: Uint8Array, random: Random): Uint8Array {
  const length = Math.ceil(bitLength(modulus) / 8)
  const trailer = Uint8Array.from(TRAILER[hash])
  const digestLength = hashOf(hash).length
  const first = random(length - 1 - digestLength - trailer.length)
  const representative = concat(Uint8Array.of(0x6a), first, hashOf(hash, first, challenge), trailer)
  return toOctets(power(toInteger(representative), privateExponent, modulus), length)
}

/** The chip's signature over a challenge (9303-11 §6.1). */
export function sign(key: ActiveKey, challenge: Uint8Array, random: Random): Uint8Array {
  if (key.kind === 'RSA') return recoverable(key, challenge, random)
  const curve = domainParameters(key.parameterId)
  if (curve?.kind !== 'ECDH') throw new RangeError('active authentication by a group')
  const scheme = ecdsa(curve.Point, sha256, { lowS: false })
  return scheme.sign(hashOf(key.hash, challenge), toOctets(key.privateKey, curve.orderLength), { prehash: false, lowS: false, format: 'compact' })
}
