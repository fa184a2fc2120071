import { weierstrass, type WeierstrassPoint, type WeierstrassPointCons } from '@noble/curves/abstract/weierstrass.js'
import { CURVES, type CurveNumbers } from './curve-constants'
import { GROUPS, type GroupNumbers } from './group-constants'
import { bitLength } from './integers'

export type CurvePoint = WeierstrassPoint<bigint>

/** An elliptic curve over a prime field, cofactor 1. `id` as in 9303-11 table 12; lengths in bytes. */
export type Curve = Readonly<{
  kind: 'ECDH'; id: number; name: string; p: bigint; a: bigint; b: bigint; n: bigint; fieldLength: number; orderLength: number; Point: WeierstrassPointCons<bigint>
}>

/** A subgroup of the integers modulo a prime. `q` is null where a chip names the group and not its order (PKCS#3). Length in bytes. */
export type Group = Readonly<{ kind: 'DH'; id: number | null; name: string; p: bigint; g: bigint; q: bigint | null; length: number }>

export type DomainParameters = Curve | Group

const number = (hex: string): bigint => BigInt(`0x${hex}`)
const inBytes = (value: bigint): number => Math.ceil(bitLength(value) / 8)

const madeCurves = new Map<number, Curve>()

function curveOf(numbers: CurveNumbers): Curve {
  const known = madeCurves.get(numbers.id)
  if (known) return known
  const [p, a, b, n] = [number(numbers.p), number(numbers.a), number(numbers.b), number(numbers.n)]
  const Point = weierstrass({ p, a, b, n, h: 1n, Gx: number(numbers.gx), Gy: number(numbers.gy) })
  const curve: Curve = { kind: 'ECDH', id: numbers.id, name: numbers.name, p, a, b, n, fieldLength: inBytes(p), orderLength: inBytes(n), Point }
  madeCurves.set(numbers.id, curve)
  return curve
}

function groupOf(numbers: GroupNumbers): Group {
  const p = number(numbers.p)
  return { kind: 'DH', id: numbers.id, name: numbers.name, p, g: number(numbers.g), q: number(numbers.q), length: inBytes(p) }
}

/** Standardised domain parameters (9303-11 §9.5.1); null for an identifier that is none of them. */
export function domainParameters(id: number): DomainParameters | null {
  const curve = CURVES.find((known) => known.id === id)
  if (curve) return curveOf(curve)
  const group = GROUPS.find((known) => known.id === id)
  return group ? groupOf(group) : null
}

/** A standardised curve by its object identifier; null for any other. */
export function curveByOid(oid: string): Curve | null {
  const curve = CURVES.find((known) => known.oid === oid)
  return curve ? curveOf(curve) : null
}

/**
 * The standardised curve with exactly these numbers; null for any other. Curves that a chip makes up are not taken:
 * with a generator of its choice everybody can sign (the flaw CVE-2020-0601).
 */
export function curveByNumbers(numbers: Readonly<{ p: bigint; a: bigint; b: bigint; gx: bigint; n: bigint }>): Curve | null {
  const same = (hex: string, value: bigint): boolean => number(hex) === value
  const curve = CURVES.find((known) =>
    same(known.p, numbers.p) && same(known.a, numbers.a) && same(known.b, numbers.b) && same(known.gx, numbers.gx) && same(known.n, numbers.n))
  return curve ? curveOf(curve) : null
}

/** The standardised group with these numbers, or the group as the chip gives it, with the order where it says one. */
export function groupByNumbers(p: bigint, g: bigint, q: bigint | null): Group {
  const known = GROUPS.find((group) => number(group.p) === p && number(group.g) === g)
  return known ? groupOf(known) : { kind: 'DH', id: null, name: `DH-${bitLength(p)}`, p, g, q, length: inBytes(p) }
}
