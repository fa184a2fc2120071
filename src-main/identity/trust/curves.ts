import { type ECDSA, ecdsa, weierstrass } from '@noble/curves/abstract/weierstrass.js'
import { sha256 } from '@noble/hashes/sha2.js'
import { bitLength, power as toPower, toInteger } from '../chip/integers'
import type { Tlv } from '../chip/tlv'
import { childrenOf, expect, oidOf, smallInteger, TAG, walk } from './der'
import { type CurveParameters, KNOWN_CURVES } from './known-curves'

/** A curve to verify on. `name` is null for parameters that no standard names. */
export type Curve = Readonly<{ name: string | null; explicit: boolean; bits: number; ecdsa: ECDSA }>

const PRIME_FIELD = '1.2.840.10045.1.1'
const FEWEST_BITS = 160
const MOST_BITS = 640
const WITNESSES = [2n, 3n, 5n, 7n, 11n, 13n, 17n, 19n, 23n, 29n, 31n, 37n]
const SMALLEST_EMBEDDING = 20
const MOST_KEPT = 32

const kept = new Map<string, ECDSA | null>()

/** Building a curve costs its tables, so that the ones in use are kept; strangers push each other out. */
function made(key: string, make: () => ECDSA | null): ECDSA | null {
  const known = kept.get(key)
  if (known !== undefined) return known
  if (kept.size === MOST_KEPT) for (const oldest of [...kept.keys()].slice(0, 1)) kept.delete(oldest)
  const fresh = make()
  kept.set(key, fresh)
  return fresh
}

const build = ({ p, a, b, gx, gy, n }: CurveParameters): ECDSA => ecdsa(weierstrass({ p, n, h: 1n, a, b, Gx: gx, Gy: gy }), sha256, { lowS: false })

/** The curve that an object identifier names (RFC 5480 §2.1.1.1, RFC 5639 §4.1); null for others. */
export function namedCurve(oid: string): Curve | null {
  const known = KNOWN_CURVES.find((curve) => curve.oid === oid)
  const curve = known && made(known.oid, () => build(known))
  return curve ? { name: known.name, explicit: false, bits: bitLength(known.p), ecdsa: curve } : null
}

/**
 * The curve of explicit parameters (`ECParameters`, SEC 1 appendix C.2; 9303-12 §4.1.6.3 asks for them). One that is known is taken as such, one
 * that differs from a known curve by its generator only is refused, any other must be sound. Null when it is none that can be trusted to verify on.
 * @throws AppError THE-009
 */
export function explicitCurve(parameters: Tlv): Curve | null {
  const given = parseParameters(parameters)
  if (given === null) return null
  const sameField = KNOWN_CURVES.filter(({ p, a, b }) => p === given.p && a === given.a && b === given.b)
  const known = sameField.find(({ gx, gy, n }) => gx === given.gx && gy === given.gy && n === given.n)
  if (known) {
    const curve = namedCurve(known.oid)
    return curve && { ...curve, explicit: true }
  }
  if (sameField.length > 0) return null
  const key = Object.values(given).map((number: bigint) => number.toString(16)).join(',')
  const curve = made(key, () => (isSound(given) ? build(given) : null))
  return curve && { name: null, explicit: true, bits: bitLength(given.p), ecdsa: curve }
}

/** Null for fields that are not prime, compressed generators and cofactors other than one. */
function parseParameters(parameters: Tlv): CurveParameters | null {
  const fields = walk(parameters, TAG.sequence)
  smallInteger(fields.next(TAG.integer))
  const field = childrenOf(fields.next(), TAG.sequence)
  if (oidOf(field[0]) !== PRIME_FIELD) return null
  const p = toInteger(expect(field[1], TAG.integer).value)
  const curve = walk(fields.next(), TAG.sequence)
  const a = toInteger(curve.next(TAG.octets).value)
  const b = toInteger(curve.next(TAG.octets).value)
  const base = fields.next(TAG.octets).value
  const n = toInteger(fields.next(TAG.integer).value)
  const cofactor = fields.optional(TAG.integer)
  const size = Math.ceil(bitLength(p) / 8)
  if (base[0] !== 4 || base.length !== 1 + 2 * size || (cofactor !== undefined && toInteger(cofactor.value) !== 1n)) return null
  return { p, a, b, n, gx: toInteger(base.subarray(1, 1 + size)), gy: toInteger(base.subarray(1 + size)) }
}

/** The checks of SEC 1 §3.1.1.2.1 on parameters that no standard names: sizes, primes, a smooth curve, its generator and order, no weak embedding. */
function isSound({ p, a, b, gx, gy, n }: CurveParameters): boolean {
  const bits = bitLength(p)
  if (bits < FEWEST_BITS || bits > MOST_BITS || bitLength(n) > bits + 1 || [a, b, gx, gy].some((number) => number >= p)) return false
  // Cofactor one: the order lies within the interval of Hasse, |n − (p + 1)| ≤ 2√p. An order equal to p is anomalous.
  const trace = n - p - 1n
  if (n === p || trace * trace > 4n * p || !isPrime(p) || !isPrime(n)) return false
  if ((4n * a ** 3n + 27n * b ** 2n) % p === 0n || (gy * gy - (gx ** 3n + a * gx + b)) % p !== 0n) return false
  for (let power = 1n, degree = 0; degree < SMALLEST_EMBEDDING; degree += 1) {
    power = (power * p) % n
    if (power === 1n) return false
  }
  const { BASE, Fn } = build({ p, a, b, gx, gy, n }).Point
  return BASE.multiplyUnsafe(Fn.ORDER - 1n).add(BASE).is0()
}

/** Miller and Rabin over the first primes. */
function isPrime(number: bigint): boolean {
  if (number < 41n || WITNESSES.some((prime) => number % prime === 0n)) return false
  const twos = bitLength((number - 1n) & (1n - number)) - 1
  const odd = (number - 1n) >> BigInt(twos)
  return WITNESSES.every((witness) => {
    let power = toPower(witness, odd, number)
    if (power === 1n || power === number - 1n) return true
    for (let round = 1; round < twos; round += 1) {
      power = (power * power) % number
      if (power === number - 1n) return true
    }
    return false
  })
}
