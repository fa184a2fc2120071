import { ecdsa } from '@noble/curves/abstract/weierstrass.js'
import { sha256 } from '@noble/hashes/sha2.js'
import { AppError } from '@contract/errors'
import { chipErrors } from '@contract/errors/chip'
import { RefusedKey } from './agreement'
import type { Exchange } from './apdu'
import type { Curve } from './domain-parameters'
import { decodePoint } from './ecdh'
import { bitLength, toInteger, toOctets } from './integers'
import { type HashName, hashOf, verifiesRecovery } from './iso9796'
import { parsePublicKey, type PublicKey } from './public-keys'
import { hexStatus } from './secure-messaging'
import { parseSecurityInfos } from './security-infos'
import { concat, only, readAll, readTlv } from './tlv'
import type { Random } from './types'

export type ActiveAuthenticationResult = 'original' | 'copied' | 'unsupported'

const OK = 0x9000
const CHALLENGE_LENGTH = 8
const SHORT_LE = 256
const EXTENDED_LE = 0x10000
const DG15_TAG = 0x6f

/** ecdsa-plain-signatures of TR-03111 §5.2.1, and X9.62's identifiers, which some issuers put there. */
const HASHES: Readonly<Record<string, HashName>> = {
  '0.4.0.127.0.7.1.1.4.1.1': 'sha1', '0.4.0.127.0.7.1.1.4.1.2': 'sha224', '0.4.0.127.0.7.1.1.4.1.3': 'sha256', '0.4.0.127.0.7.1.1.4.1.4': 'sha384', '0.4.0.127.0.7.1.1.4.1.5': 'sha512',
  '1.2.840.10045.4.1': 'sha1', '1.2.840.10045.4.3.1': 'sha224', '1.2.840.10045.4.3.2': 'sha256', '1.2.840.10045.4.3.3': 'sha384', '1.2.840.10045.4.3.4': 'sha512',
}
/** Tried where DG14 does not name the hash, though it must: whichever fits shows the private key as well. */
const UNNAMED: readonly HashName[] = ['sha256', 'sha1', 'sha224', 'sha384', 'sha512']

/** r ‖ s in the order's length, from the plain form (TR-03111 §5.2.1) or from DER (X9.62), which some chips send; null when it is neither. */
export function plainSignature(curve: Curve, signature: Uint8Array): Uint8Array | null {
  const both = (r: Uint8Array, s: Uint8Array): Uint8Array | null => {
    const [one, other] = [toInteger(r), toInteger(s)]
    return one < curve.n && other < curve.n ? concat(toOctets(one, curve.orderLength), toOctets(other, curve.orderLength)) : null
  }
  if (signature.length === 2 * curve.orderLength) return both(signature.subarray(0, curve.orderLength), signature.subarray(curve.orderLength))
  try {
    const { tlv, end } = readTlv(signature)
    const [r, s, ...more] = readAll(tlv.value)
    return tlv.tag === 0x30 && end === signature.length && r?.tag === 0x02 && s?.tag === 0x02 && more.length === 0 ? both(r.value, s.value) : null
  } catch {
    return null
  }
}

/** Whether `signature` signs the challenge by an EC key with one of these hashes (9303-11 §6.1.2.3). A high s is as good as a low one. */
export function verifiesEcdsa(curve: Curve, publicKey: Uint8Array, signature: Uint8Array, challenge: Uint8Array, hashes: readonly HashName[]): boolean {
  const plain = plainSignature(curve, signature)
  const scheme = ecdsa(curve.Point, sha256, { lowS: false })
  return plain !== null && hashes.some((name) => scheme.verify(plain, hashOf(name, challenge), publicKey, { prehash: false, lowS: false, format: 'compact' }))
}

type Check = (signature: Uint8Array, challenge: Uint8Array) => boolean

/** How an answer of this key is checked; null when the key or the hash that DG14 names is not supported. */
function checkOf(key: PublicKey, dg14: Uint8Array | null): Check | null {
  if (key.kind === 'RSA') return (signature, challenge) => verifiesRecovery(key.modulus, key.exponent, signature, challenge)
  if (key.kind === 'DH') return null
  const named = dg14 === null ? null : parseSecurityInfos(dg14).activeAuthentication
  const hash = named && HASHES[named.signatureAlgorithm]
  if (named && !hash) return null
  try {
    decodePoint(key.parameters, key.value)
  } catch (error) {
    throw error instanceof RefusedKey ? new AppError(chipErrors.malformed, { file: 'DG15' }, { cause: error }) : error
  }
  return (signature, challenge) => verifiesEcdsa(key.parameters, key.value, signature, challenge, hash ? [hash] : UNNAMED)
}

const answerLength = (key: PublicKey): number => (key.kind === 'RSA' && bitLength(key.modulus) > 8 * SHORT_LE ? EXTENDED_LE : SHORT_LE)

/**
 * Active authentication (9303-11 §6.1): the chip signs eight random octets with the key to DG15. It proves the chip only
 * where DG15's hash fits. `copied`: the chip answered, and not with that key's signature.
 * @throws AppError THE-010 `{ sw }` when the chip refuses to sign, THE-009 when DG15 or DG14 is broken, and what the exchange throws
 */
export async function performActiveAuthentication(exchange: Exchange, dg15: Uint8Array, dg14: Uint8Array | null, random: Random): Promise<ActiveAuthenticationResult> {
  const key = parsePublicKey(only(dg15, DG15_TAG).value)
  const check = key && checkOf(key, dg14)
  if (!key || !check) return 'unsupported'
  const challenge = random(CHALLENGE_LENGTH)
  const { data, sw } = await exchange({ cla: 0, ins: 0x88, p1: 0, p2: 0, data: challenge, le: answerLength(key) })
  if (sw !== OK) throw new AppError(chipErrors.cardRefused, { sw: hexStatus(sw) })
  return check(data, challenge) ? 'original' : 'copied'
}
