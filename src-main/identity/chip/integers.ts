import type { Random } from './types'

const DRAWS = 128

/** An integer from its octets, most significant first; no octets are 0. */
export const toInteger = (octets: Uint8Array): bigint => (octets.length === 0 ? 0n : BigInt(`0x${Buffer.from(octets).toString('hex')}`))

export const bitLength = (value: bigint): number => (value === 0n ? 0 : value.toString(2).length)

/** `length` octets, most significant first. @throws RangeError when they are too few */
export function toOctets(value: bigint, length: number): Uint8Array {
  const hex = value.toString(16)
  if (value < 0n || hex.length > 2 * length) throw new RangeError('integer length')
  return Uint8Array.from(Buffer.from(hex.padStart(2 * length, '0'), 'hex'))
}

/** Octets without leading zeros, as public key data objects want them (9303-11 §9.4.1); 0 is one octet. */
export const toUnsigned = (value: bigint): Uint8Array => toOctets(value, Math.max(1, Math.ceil(bitLength(value) / 8)))

/** The remainder that is never negative. */
export const modulo = (value: bigint, modulus: bigint): bigint => ((value % modulus) + modulus) % modulus

/** base^exponent mod modulus. */
export function power(base: bigint, exponent: bigint, modulus: bigint): bigint {
  let result = 1n
  let square = base % modulus
  for (let left = exponent; left > 0n; left >>= 1n) {
    if ((left & 1n) === 1n) result = (result * square) % modulus
    square = (square * square) % modulus
  }
  return result
}

/** An inverse modulo a prime. */
export const inverse = (value: bigint, prime: bigint): bigint => power(modulo(value, prime), prime - 2n, prime)

/**
 * A private key, evenly spread over 1 … order − 1: octets of the order's length, bits above it cut off, drawn again
 * when too large. So a test that gives the octets of a published private key gets that key.
 * @throws RangeError when the source keeps giving what cannot be used: it is broken
 */
export function drawBelow(order: bigint, random: Random): bigint {
  const bits = bitLength(order)
  const mask = (1n << BigInt(bits)) - 1n
  for (let draw = 0; draw < DRAWS; draw += 1) {
    const value = toInteger(random(Math.ceil(bits / 8))) & mask
    if (value > 0n && value < order) return value
  }
  throw new RangeError('random source')
}
