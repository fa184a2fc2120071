import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { childrenOf, first, hexOf, namedBits, oidOf, smallInteger, TAG, timeOf } from '../../../src-main/identity/pki'
import { bitString, bool, ctx, generalizedTime, integer, namedBitString, octets, oid, retag, seq, set, time, utf8 } from '../../../src-main/signing/der'

describe('what is written as DER', () => {
  it('is read again as it was', () => {
    fc.assert(fc.property(fc.nat(0x7fff_ffff), (number) => { expect(smallInteger(first(integer(number)))).toBe(number) }))
    fc.assert(fc.property(fc.array(fc.nat(300), { minLength: 1, maxLength: 8 }), fc.nat(39), (arcs, second) => {
      const text = ['1', String(second), ...arcs.map(String)].join('.')
      expect(oidOf(first(oid(text)))).toBe(text)
    }))
    fc.assert(fc.property(fc.uniqueArray(fc.nat(15), { maxLength: 8 }), (bits) => { expect([...namedBits(first(namedBitString(...bits)))].sort()).toEqual(bits.sort()) }))
    fc.assert(fc.property(fc.date({ min: new Date('1951-01-01'), max: new Date('2090-01-01'), noInvalidDate: true }), (at) => {
      at.setUTCMilliseconds(0)
      expect(timeOf(first(time(at)))).toEqual(at)
      expect(timeOf(first(generalizedTime(at)))).toEqual(at)
    }))
    fc.assert(fc.property(fc.uint8Array({ maxLength: 400 }), (value) => { expect(first(octets(value)).value).toEqual(value) }))
  })

  it('has numbers without a sign and without zeros that say nothing', () => {
    expect([integer(0), integer(127), integer(128), integer(256), integer(Uint8Array.of(0, 0, 0x80)), integer(65_537n)].map(hexOf)).toEqual(['020100', '02017f', '02020080', '02020100', '02020080', '0203010001'])
  })

  it('has the members of a set in the order of their bytes', () => {
    fc.assert(fc.property(fc.array(fc.uint8Array({ maxLength: 20 }), { maxLength: 8 }), (values) => {
      const members = childrenOf(first(set(...values.map(octets))), TAG.set).map(({ raw }) => raw)
      expect([...members].sort((a, b) => Buffer.compare(a, b))).toEqual(members)
      expect(members).toHaveLength(values.length)
    }))
  })

  it('has one form of a name, whatever form it came in', () => {
    expect(utf8('Nguye\u0302\u0303n')).toEqual(utf8('Nguyễn'))
  })

  it('has years from 2050 on with four digits', () => {
    expect([time(new Date('2049-12-31T23:59:59Z')), time(new Date('2050-01-01T00:00:00Z'))].map((der) => Buffer.from(der.subarray(2)).toString())).toEqual(['491231235959Z', '20500101000000Z'])
  })

  it('is under another tag what it was', () => {
    expect(hexOf(retag(0xa0, seq(bool(true), bitString(Uint8Array.of(1)))))).toBe('a007' + '0101ff' + '03020001')
    expect(hexOf(ctx(1, bool(false)))).toBe('a103010100')
  })
})
