import { createHash } from 'node:crypto'
import { bitLength, power, toInteger, toOctets } from './integers'
import { sameBytes } from './same-bytes'

export type HashName = 'sha1' | 'sha224' | 'sha256' | 'sha384' | 'sha512'

/** Hash functions by the trailer's first byte of option 2 (ISO/IEC 10118-3; 9303-11 §6.1.2.2). */
const BY_TRAILER: Readonly<Record<number, HashName>> = { 0x33: 'sha1', 0x38: 'sha224', 0x34: 'sha256', 0x36: 'sha384', 0x35: 'sha512' }
const LENGTH: Readonly<Record<HashName, number>> = { sha1: 20, sha224: 28, sha256: 32, sha384: 48, sha512: 64 }

/** The parts of a message representative F: what was recovered, the digest, and how it was made. */
export type Representative = Readonly<{ recovered: Uint8Array; digest: Uint8Array; hash: HashName }>

export const hashOf = (name: HashName, ...parts: readonly Uint8Array[]): Uint8Array => {
  const hash = createHash(name)
  for (const part of parts) hash.update(part)
  return Uint8Array.from(hash.digest())
}

/** Where the recovered part begins: after 6A, or after 6B BB … BA when it is shorter than there is room for. */
function startOf(representative: Uint8Array): number | null {
  const first = representative[0] ?? 0
  // 01: header; 1: a part of the message is not in the signature, which our challenge never is.
  if ((first & 0xf0) !== 0x60) return null
  if ((first & 0x0f) === 0x0a) return 1
  if ((first & 0x0f) !== 0x0b) return null
  const end = representative.findIndex((byte, index) => index > 0 && byte !== 0xbb)
  return end > 0 && representative[end] === 0xba ? end + 1 : null
}

/** Takes F of digital signature scheme 1 with partial recovery apart (ISO/IEC 9796-2 §8, 9303-11 appendix F); null when it is none. */
export function openRepresentative(representative: Uint8Array): Representative | null {
  const last = representative.at(-1)
  const hash = last === 0xbc ? 'sha1' : last === 0xcc ? BY_TRAILER[representative.at(-2) ?? 0] : undefined
  const start = startOf(representative)
  if (hash === undefined || start === null) return null
  const digestAt = representative.length - (last === 0xbc ? 1 : 2) - LENGTH[hash]
  if (digestAt < start) return null
  return { recovered: representative.subarray(start, digestAt), digest: representative.subarray(digestAt, digestAt + LENGTH[hash]), hash }
}

/** Both values that a signature may stand for: s^e, and n − s^e where the signer took the smaller of two (ISO/IEC 9796-2 B.4 and B.6). */
function representatives(modulus: bigint, exponent: bigint, signature: Uint8Array): Uint8Array[] {
  const length = Math.ceil(bitLength(modulus) / 8)
  const value = toInteger(signature)
  if (signature.length !== length || value >= modulus) return []
  const opened = power(value, exponent, modulus)
  return [opened, modulus - opened].filter((candidate) => candidate % 16n === 12n).map((candidate) => toOctets(candidate, length))
}

/** Whether `signature` signs a message that ends with `challenge`, by an RSA key (9303-11 §6.1.2.2). */
export const verifiesRecovery = (modulus: bigint, exponent: bigint, signature: Uint8Array, challenge: Uint8Array): boolean =>
  representatives(modulus, exponent, signature).some((representative) => {
    const parts = openRepresentative(representative)
    return parts !== null && sameBytes(hashOf(parts.hash, parts.recovered, challenge), parts.digest)
  })
