import { AsnConvert } from '@peculiar/asn1-schema'
import { Certificate as Outside } from '@peculiar/asn1-x509'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { encodeTlv } from '../../../src-main/identity/chip/tlv'
import { definite } from '../../../src-main/identity/trust/ber'
import { parseCertificate, viewOf } from '../../../src-main/identity/trust/certificate'
import { toInteger } from '../../../src-main/identity/chip/integers'
import { oidValue } from '../../../src-main/identity/chip/object-ids'
import { oidOf, timeOf } from '../../../src-main/identity/trust/der'
import { nameOf } from '../../../src-main/identity/trust/names'
import { makeCertificate } from '../../devices/pki/certificate-writer'
import { integer, name, octets, oid, sequence, time, utf8 } from '../../devices/pki/der-writer'
import { readTlv, type Tlv } from '../../../src-main/identity/chip/tlv'
import { ROOT_NAME, rootKey, signer, signerKey } from './invented'

const tlv = (bytes: Uint8Array): Tlv => readTlv(bytes).tlv

describe('a certificate', () => {
  it('is read as another parser reads it', () => {
    const outside = AsnConvert.parse(signer, Outside)
    const own = parseCertificate(signer)
    expect(own.notBefore).toEqual(outside.tbsCertificate.validity.notBefore.getTime())
    expect(own.notAfter).toEqual(outside.tbsCertificate.validity.notAfter.getTime())
    expect(own.serial).toBe(Buffer.from(outside.tbsCertificate.serialNumber).toString('hex'))
    expect(Buffer.from(own.signature).equals(Buffer.from(outside.signatureValue))).toBe(true)
    expect(Buffer.from(own.tbs).equals(Buffer.from(AsnConvert.serialize(outside.tbsCertificate)))).toBe(true)
    expect(own.issuer.text).toBe('CN=CSCA,O=Test,C=UT')
  })

  it('shows its dates after 2049 and its serial number without padding', () => {
    const view = viewOf(parseCertificate(makeCertificate({ subject: 'C=UT', issuer: ROOT_NAME, key: signerKey, issuerKey: rootKey, serial: 0xff01n, notAfter: new Date('2051-06-30T23:59:59Z') })))
    expect([view.notAfter, view.serial]).toEqual(['2051-06-30T23:59:59.000Z', 'ff01'])
  })

  it('is refused when the algorithm outside is not the one that was signed', () => {
    const changed = Buffer.from(signer)
    changed[changed.lastIndexOf(oid('1.2.840.10045.4.3.2')) + 9] = 4
    expect(() => parseCertificate(changed)).toThrow('THE-009')
  })
})

describe('a name', () => {
  const rdn = (type: string, value: Uint8Array): Uint8Array => encodeTlv(0x31, sequence(oid(type), value))
  it.each([
    ['escapes what RFC 4514 §2.4 escapes', sequence(rdn('2.5.4.3', utf8('#a+b,"c";<d>\\ '))), 'CN=\\#a\\+b\\,\\"c\\"\\;\\<d\\>\\\\\\ '],
    ['writes types without a short name with their value in hexadecimal', sequence(rdn('2.5.4.46', utf8('x'))), '2.5.4.46=#0c0178'],
    ['joins the parts of one step by a plus', sequence(encodeTlv(0x31, sequence(oid('2.5.4.11'), utf8('A')), sequence(oid('2.5.4.3'), utf8('B')))), 'OU=A+CN=B'],
    ['begins with the last step', name('C=VN,O=Ban Cơ yếu,CN=CSCA'), 'CN=CSCA,O=Ban Cơ yếu,C=VN'],
  ])('%s', (_, bytes, text) => {
    expect(nameOf(tlv(bytes)).text).toBe(text)
  })

  it('is the same in other cases, blanks and string types', () => {
    const one = sequence(rdn('2.5.4.6', encodeTlv(0x13, Buffer.from('DE'))), rdn('2.5.4.3', utf8('CSCA  Germany')))
    const other = sequence(rdn('2.5.4.6', utf8('de')), rdn('2.5.4.3', encodeTlv(0x13, Buffer.from('csca Germany '))))
    expect(nameOf(tlv(one)).key).toBe(nameOf(tlv(other)).key)
    expect(nameOf(tlv(one)).key).not.toBe(nameOf(tlv(name('C=DE,CN=CSCA Germany 2'))).key)
  })
})

describe('the parts of DER', () => {
  it('come back as they went', () => {
    fc.assert(fc.property(fc.bigInt({ min: 0n, max: 1n << 700n }), (number) => toInteger(tlv(integer(number)).value) === number))
    fc.assert(fc.property(fc.tuple(fc.integer({ min: 0, max: 2 }), fc.integer({ min: 0, max: 39 }), fc.array(fc.integer({ min: 0, max: 2 ** 31 }), { maxLength: 9 })), ([first, second, rest]) => {
      const dotted = [first, second, ...rest].join('.')
      return oidOf(tlv(encodeTlv(6, oidValue(dotted)))) === dotted
    }))
    fc.assert(fc.property(fc.date({ min: new Date('1950-01-01'), max: new Date('2150-01-01'), noInvalidDate: true }), (date) => {
      const whole = new Date(Math.floor(date.getTime() / 1000) * 1000)
      return timeOf(tlv(time(whole))).getTime() === whole.getTime()
    }))
  })

  it.each(['20241301000000Z', '2024010100Z', '20240101000000+0700', '240101000000Z', ''])('refuse the time %s', (text) => {
    expect(() => timeOf(tlv(encodeTlv(0x18, Buffer.from(text))))).toThrow('THE-009')
  })

  it('are made definite where they are not, and left alone where they are', () => {
    const der = sequence(integer(5), encodeTlv(0xa0, octets(Uint8Array.of(1, 2, 3, 0, 0))))
    expect(definite(der)).toEqual(der)
    const ber = Uint8Array.of(0x30, 0x80, 2, 1, 5, 0xa0, 0x80, 0x24, 0x80, 4, 2, 1, 2, 4, 3, 3, 0, 0, 0, 0, 0, 0, 0, 0)
    expect(definite(ber)).toEqual(der)
    expect(() => definite(ber.subarray(0, -2))).toThrow('THE-009')
  })
})
