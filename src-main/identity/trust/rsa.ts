import { power, toInteger, toOctets } from '../chip/integers'
import { oidValue } from '../chip/object-ids'
import { sameBytes } from '../chip/same-bytes'
import { concat, encodeTlv } from '../chip/tlv'
import { digest, type Hash, HASHES } from './algorithms'

type RsaKey = Readonly<{ modulus: bigint; exponent: bigint; bits: number }>

/** RSAVP1 and I2OSP (RFC 8017 §5.2.2, §4.1): nothing here is secret, so plain numbers serve, and every runtime agrees. Null when out of range. */
function opened({ modulus, exponent, bits }: RsaKey, signature: Uint8Array): Uint8Array | null {
  const size = Math.ceil(bits / 8)
  const number = toInteger(signature)
  if (signature.length > size + 1 || number >= modulus) return null
  return toOctets(power(number, exponent, modulus), size)
}

/** RSASSA-PKCS1-v1_5 (RFC 8017 §8.2.2): the whole encoded message is compared, with and without NULL parameters (note 2 of §9.2). */
export function verifyPkcs1(key: RsaKey, hash: Hash, signed: Uint8Array, signature: Uint8Array): boolean {
  const message = opened(key, signature)
  return message !== null && [true, false].some((withNull) => {
    const info = digestInfo(hash, signed, withNull)
    const padding = message.length - info.length - 3
    return padding >= 8 && sameBytes(message, concat(Uint8Array.of(0, 1), new Uint8Array(padding).fill(0xff), Uint8Array.of(0), info))
  })
}

function digestInfo(hash: Hash, signed: Uint8Array, withNull: boolean): Uint8Array {
  const algorithm = encodeTlv(0x30, encodeTlv(0x06, oidValue(HASHES[hash].oid)), ...(withNull ? [Uint8Array.of(5, 0)] : []))
  return encodeTlv(0x30, algorithm, encodeTlv(0x04, digest(hash, signed)))
}

function mask(hash: Hash, seed: Uint8Array, length: number): Uint8Array {
  const blocks: Uint8Array[] = []
  for (let counter = 0; counter * HASHES[hash].length < length; counter += 1) {
    blocks.push(digest(hash, concat(seed, Uint8Array.of(counter >>> 24, counter >>> 16, counter >>> 8, counter))))
  }
  return concat(...blocks).subarray(0, length)
}

/** RSASSA-PSS (RFC 8017 §8.1.2, §9.1.2) with whatever salt length the padding shows, and a mask hash of its own. */
export function verifyPss(key: RsaKey, hashes: Readonly<{ hash: Hash; maskHash: Hash }>, signed: Uint8Array, signature: Uint8Array): boolean {
  const message = opened(key, signature)
  const { length } = HASHES[hashes.hash]
  const bits = key.bits - 1
  const size = Math.ceil(bits / 8)
  if (message === null || size < length + 2) return false
  const spare = message.length - size
  const encoded = message.subarray(spare)
  if ((spare === 1 && message[0] !== 0) || encoded[size - 1] !== 0xbc) return false
  const masked = encoded.subarray(0, size - length - 1)
  const expected = encoded.subarray(size - length - 1, size - 1)
  const unused = 8 * size - bits
  if (((masked[0] ?? 0) & ~(0xff >> unused) & 0xff) !== 0) return false
  const stream = mask(hashes.maskHash, expected, masked.length)
  const block = masked.map((byte, index) => byte ^ (stream[index] ?? 0))
  block[0] = (block[0] ?? 0) & (0xff >> unused)
  const one = block.findIndex((byte) => byte !== 0)
  if (one < 0 || block[one] !== 1) return false
  return sameBytes(digest(hashes.hash, concat(new Uint8Array(8), digest(hashes.hash, signed), block.subarray(one + 1))), expected)
}
