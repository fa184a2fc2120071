import { RefusedKey } from './agreement'
import { blockOf, encryptCbc } from './ciphers'
import type { Curve, CurvePoint, Group } from './domain-parameters'
import { bitLength, inverse, modulo, power, toInteger } from './integers'
import { concat } from './tlv'
import type { Cipher } from './types'

const octets = (hex: string): Uint8Array => Uint8Array.from(Buffer.from(hex, 'hex'))

/** Constants c0 and c1 (9303-11 §4.4.3.3.2). */
const SHORT = { c0: octets('a668892a7c41e3ca739f40b057d85904'), c1: octets('a4e136ac725f738b01c1f60217c188ad') }
const LONG = {
  c0: octets('d463d65234124ef7897054986dca0a174e28df758cbaa03f240616414d5a1676'),
  c1: octets('54bd7255f0aaf831bec3423fcf39d69b6cbf066677d0faae5aadd99df8e53517'),
}

/** Lengths in bytes: of the cipher's key and so of our nonce t, and of the chip's nonce s, the least multiple of a block that holds a key. */
export const INTEGRATED_LENGTHS: Readonly<Record<Cipher, Readonly<{ key: number; nonce: number }>>> = {
  '3DES': { key: 16, nonce: 16 }, 'AES-128': { key: 16, nonce: 16 }, 'AES-192': { key: 24, nonce: 32 }, 'AES-256': { key: 32, nonce: 32 },
}

/** R(s, t): at least `bits` + 64 pseudo-random bits (9303-11 §4.4.3.3.2 figure 2). @throws RefusedKey for nonces of other lengths */
export function pseudoRandomOctets(cipher: Cipher, nonce: Uint8Array, extra: Uint8Array, bits: number): Uint8Array {
  const lengths = INTEGRATED_LENGTHS[cipher]
  if (nonce.length !== lengths.nonce || extra.length !== lengths.key) throw new RefusedKey('the nonce has a wrong length')
  const { c0, c1 } = lengths.nonce === 16 ? SHORT : LONG
  const encrypt = (key: Uint8Array, data: Uint8Array): Uint8Array => encryptCbc(cipher, key, new Uint8Array(blockOf(cipher)), data)
  const blocks: Uint8Array[] = []
  let key = encrypt(extra, nonce).subarray(0, lengths.key)
  for (let had = 0; had < bits + 64; had += 8 * lengths.nonce) {
    blocks.push(encrypt(key, c1))
    key = encrypt(key, c0).subarray(0, lengths.key)
  }
  return concat(...blocks)
}

/** R_p(s, t), an element of the field of p. @throws RefusedKey */
export const pseudoRandomInteger = (cipher: Cipher, nonce: Uint8Array, extra: Uint8Array, p: bigint): bigint =>
  toInteger(pseudoRandomOctets(cipher, nonce, extra, bitLength(p))) % p

/** f_g: raises into the subgroup (9303-11 §4.4.3.3.2). @throws RefusedKey when that gives 1, or the order is not known */
export function encodeToElement(group: Group, value: bigint): bigint {
  const element = group.q === null ? 1n : power(value, (group.p - 1n) / group.q, group.p)
  if (element <= 1n) throw new RefusedKey('the mapped generator is trivial')
  return element
}

/** f_G: a point from a field element, affine, without branches on roots (9303-11 appendix B.2). @throws RefusedKey for p ≢ 3 mod 4 or a degenerate value */
export function encodeToPoint(curve: Curve, t: bigint): CurvePoint {
  const { p, a, b, Point } = curve
  if (p % 4n !== 3n) throw new RefusedKey('the curve does not allow the integrated mapping')
  const alpha = modulo(-t * t, p)
  const denominator = modulo(alpha + alpha * alpha, p)
  if (denominator === 0n) throw new RefusedKey('the nonces map to no point')
  const x2 = modulo(-b * inverse(a, p) * (1n + inverse(denominator, p)), p)
  const x3 = modulo(alpha * x2, p)
  const h2 = modulo(x2 * x2 * x2 + a * x2 + b, p)
  const u = modulo(t * t * t * h2, p)
  const root = power(h2, p - 1n - (p + 1n) / 4n, p)
  const point = modulo(root * root * h2, p) === 1n ? Point.fromAffine({ x: x2, y: modulo(root * h2, p) }) : Point.fromAffine({ x: x3, y: modulo(root * u, p) })
  if (point.is0()) throw new RefusedKey('the mapped generator is infinity')
  point.assertValidity()
  return point
}
