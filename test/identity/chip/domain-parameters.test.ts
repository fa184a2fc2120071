import { brainpoolP256r1, brainpoolP384r1, brainpoolP512r1 } from '@noble/curves/misc.js'
import { p256, p384, p521 } from '@noble/curves/nist.js'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { RefusedKey } from '../../../src-main/identity/chip/agreement'
import { decodeElement } from '../../../src-main/identity/chip/dh'
import { type Curve, curveByNumbers, curveByOid, domainParameters, type Group, groupByNumbers } from '../../../src-main/identity/chip/domain-parameters'
import { decodePoint, encodePoint } from '../../../src-main/identity/chip/ecdh'
import { bitLength, drawBelow, power, toInteger, toOctets, toUnsigned } from '../../../src-main/identity/chip/integers'
import { encodeToElement, encodeToPoint } from '../../../src-main/identity/chip/mapping-integrated'
import { oidText, oidValue } from '../../../src-main/identity/chip/object-ids'
import { octets } from './script'

const CURVE_IDS = [8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18]
const curveOf = (id: number): Curve => {
  const parameters = domainParameters(id)
  if (parameters?.kind !== 'ECDH') throw new Error('no curve')
  return parameters
}
const groupOf = (id: number): Group & Readonly<{ q: bigint }> => {
  const parameters = domainParameters(id)
  if (parameters?.kind !== 'DH' || parameters.q === null) throw new Error('no group')
  return { ...parameters, q: parameters.q }
}
/** Fermat's test: no proof, and no slip of a digit gets through it. */
const looksPrime = (value: bigint): boolean => power(2n, value - 1n, value) === 1n && power(3n, value - 1n, value) === 1n

describe('the standardised curves', () => {
  it.each([[8, 192], [9, 192], [10, 224], [11, 224], [12, 256], [13, 256], [14, 320], [15, 384], [16, 384], [17, 512], [18, 521]])('%i has %i bits, primes, and a generator of its order', (id, bits) => {
    const { p, a, b, n, Point } = curveOf(id)
    const { x, y } = Point.BASE.toAffine()
    expect([bitLength(p), bitLength(n), looksPrime(p), looksPrime(n)]).toEqual([bits, bits, true, true])
    expect((y * y - x * x * x - a * x - b) % p).toBe(0n)
    expect(Point.BASE.multiplyUnsafe(n - 1n).add(Point.BASE).is0()).toBe(true)
  })

  it.each([[12, p256], [15, p384], [18, p521], [13, brainpoolP256r1], [16, brainpoolP384r1], [17, brainpoolP512r1]])('%i has the numbers of another implementation', (id, other) => {
    const { p, a, b, n, Point } = curveOf(id)
    expect({ p, a, b, n, h: 1n, Gx: Point.BASE.x, Gy: Point.BASE.y }).toEqual(other.Point.CURVE())
  })

  it.each(CURVE_IDS.filter((id) => id !== 10).map((id) => [id]))('%i encodes field elements as points that are on it', (id) => {
    const curve = curveOf(id)
    fc.assert(fc.property(fc.bigInt(2n, curve.p - 2n), (value) => {
      const point = encodeToPoint(curve, value)
      point.assertValidity()
      expect(decodePoint(curve, encodePoint(curve, point)).equals(point)).toBe(true)
    }), { numRuns: 4 })
  })

  it('leave the integrated mapping out where the prime does not allow it, and where it gives nothing', () => {
    expect(() => encodeToPoint(curveOf(10), 5n)).toThrow(RefusedKey)
    for (const degenerate of [0n, 1n]) expect(() => encodeToPoint(curveOf(13), degenerate)).toThrow(RefusedKey)
  })

  it('are found by identifier and by their numbers, and no other curve is', () => {
    expect(curveByOid('1.3.36.3.3.2.8.1.1.7')?.id).toBe(13)
    expect(curveByOid('1.3.132.0.10')).toBeNull()
    const { p, a, b, n, Point } = curveOf(13)
    const numbers = { p, a, b, n, gx: Point.BASE.x }
    expect(curveByNumbers(numbers)).toBe(curveOf(13))
    for (const name of ['p', 'a', 'b', 'n', 'gx'] as const) expect(curveByNumbers({ ...numbers, [name]: numbers[name] + 1n })).toBeNull()
  })

  it('refuse every octet string that is no point of theirs', () => {
    const curve = curveOf(13)
    const good = encodePoint(curve, curve.Point.BASE)
    fc.assert(fc.property(fc.integer({ min: 0, max: 64 }), fc.integer({ min: 1, max: 255 }), (at, change) => {
      expect(() => decodePoint(curve, good.with(at, (good[at] ?? 0) ^ change))).toThrow(RefusedKey)
    }), { numRuns: 60 })
    fc.assert(fc.property(fc.uint8Array({ maxLength: 70 }), (bytes) => {
      expect(() => decodePoint(curve, bytes)).toThrow(RefusedKey)
    }), { numRuns: 60 })
  })

  it('refuse a coordinate that was enlarged by the prime', () => {
    const curve = curveOf(18)
    const { x, y } = curve.Point.BASE.toAffine()
    const enlarged = Uint8Array.of(4, ...toOctets(x + curve.p, 66), ...toOctets(y, 66))
    expect(() => decodePoint(curve, enlarged)).toThrow(RefusedKey)
  })
})

describe('the standardised groups', () => {
  it.each([[0, 1024, 160], [1, 2048, 224], [2, 2048, 256]])('%i has %i and %i bits, primes, and a generator of its order', (id, bits, orderBits) => {
    const { p, g, q } = groupOf(id)
    expect([bitLength(p), bitLength(q), looksPrime(p), looksPrime(q), (p - 1n) % q, power(g, q, p)]).toEqual([bits, orderBits, true, true, 0n, 1n])
    expect(g > 1n).toBe(true)
  })

  it('raise every value into the subgroup, but those that end at 1', () => {
    const group = groupOf(0)
    expect(power(encodeToElement(group, 7n), group.q, group.p)).toBe(1n)
    expect(() => encodeToElement(group, 1n)).toThrow(RefusedKey)
    expect(() => encodeToElement({ ...group, q: null }, 7n)).toThrow(RefusedKey)
  })

  it('are known by prime and generator; another group is taken as it is told', () => {
    const { p, g } = groupOf(1)
    expect(groupByNumbers(p, g, null)).toEqual(groupOf(1))
    expect(groupByNumbers(p, g + 1n, null)).toMatchObject({ id: null, q: null })
  })

  it('take a public value with leading zeros or without, and none from outside', () => {
    const group = groupOf(0)
    const value = power(group.g, 77n, group.p)
    expect([decodeElement(group, toUnsigned(value)), decodeElement(group, toOctets(value, 128))]).toEqual([value, value])
    for (const wrong of [new Uint8Array(0), toOctets(0n, 128), toOctets(1n, 128), toOctets(group.p - 1n, 128), toOctets(group.p, 128), toOctets(2n, 128), toOctets(value, 129)]) {
      expect(() => decodeElement(group, wrong)).toThrow(RefusedKey)
    }
  })
})

it('knows no parameters under other identifiers', () => {
  expect([-1, 3, 7, 19, 31, 32, 1.5].map(domainParameters)).toEqual(Array.from({ length: 7 }, () => null))
})

describe('private keys', () => {
  it('are drawn again when they are zero or not below the order, never folded', () => {
    const draws = ['FF', '07', '00', '05', '03'].map(octets)
    expect(drawBelow(5n, () => draws.shift() ?? new Uint8Array(1))).toBe(3n)
  })

  it('come from a source that works, or not at all', () => {
    expect(() => drawBelow(5n, (length) => new Uint8Array(length))).toThrow(RangeError)
  })
})

it('integers and identifiers survive being coded', () => {
  fc.assert(fc.property(fc.bigInt(1n, 1n << 300n), (value) => {
    expect(toInteger(toUnsigned(value))).toBe(value)
    expect(toUnsigned(value)[0]).not.toBe(0)
    expect(toInteger(toOctets(value, 40))).toBe(value)
  }))
  fc.assert(fc.property(fc.integer({ min: 0, max: 2 }), fc.integer({ min: 0, max: 39 }), fc.array(fc.integer({ min: 0, max: 0xffffffff }), { maxLength: 6 }), (first, second, rest) => {
    const text = [first, second, ...rest].join('.')
    expect(oidText(oidValue(text))).toBe(text)
  }))
  expect(toUnsigned(0n)).toEqual(new Uint8Array(1))
  expect(() => toOctets(256n, 1)).toThrow(RangeError)
})
