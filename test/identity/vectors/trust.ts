import { deepEqual, equal } from 'node:assert/strict'
import type { ChipFile } from '@contract/chip'
import { encodeTlv } from '../../../src-main/identity/chip/tlv'
import { OID_EC } from '../../../src-main/identity/trust/algorithms'
import { parseCertificate, signedBy } from '../../../src-main/identity/trust/certificate'
import { provePassively } from '../../../src-main/identity/trust/passive-authentication'
import { verifySignature } from '../../../src-main/identity/trust/signature'
import { whole } from '../../../src-main/identity/trust/der'
import { bits, bytesOf, integer, oid, sequence } from '../../devices/pki/der-writer'
import { FIXTURE_GROUPS, type TrustFixture } from '../../devices/pki/fixture-groups'
import { octets, type VectorCheck } from '../chip/script'
import made from './trust-fixtures.json'

/** Passive authentication of SODs that OpenSSL signed under roots that OpenSSL made; and ECDSA of RFC 6979 appendix A.2 (message "sample"). */
const fixtures: readonly TrustFixture[] = made
const AT = new Date('2027-06-01T00:00:00.000Z')
const fromBase64 = (text: string): Uint8Array => new Uint8Array(Buffer.from(text, 'base64'))

function proved({ root, sod }: TrustFixture, change: (files: Map<ChipFile, Uint8Array>) => void = () => undefined): string[] {
  const files = new Map<ChipFile, Uint8Array>([['SOD', fromBase64(sod)]])
  for (const [number, bytes] of FIXTURE_GROUPS) files.set(number === 1 ? 'DG1' : number === 2 ? 'DG2' : 'DG13', bytes)
  change(files)
  const { contents, signature, chain } = provePassively(files, { anchors: [{ certificate: parseCertificate(fromBase64(root)), origin: 'certificate' }], revocationLists: [] }, AT)
  return [contents.state, signature.state, chain.state]
}

const turnLast = (bytes: Uint8Array): Uint8Array => Uint8Array.from(bytes, (byte, index) => (index === bytes.length - 1 ? byte ^ 1 : byte))

const OPENSSL: readonly VectorCheck[] = fixtures.map((fixture) => ({
  name: `passive authentication, made by OpenSSL: ${fixture.name}`,
  run: () => {
    const root = parseCertificate(fromBase64(fixture.root))
    equal(signedBy(root, root), 'valid')
    deepEqual(proved(fixture), ['unchanged', 'valid', 'trusted'])
    deepEqual(proved(fixture, (files) => files.set('DG13', turnLast(files.get('DG13') ?? new Uint8Array(0)))), ['changed', 'valid', 'trusted'])
    deepEqual(proved(fixture, (files) => files.set('SOD', turnLast(files.get('SOD') ?? new Uint8Array(0)))), ['unchanged', 'invalid', 'not-checked'])
  },
}))

const SAMPLES = [
  {
    name: 'P-256, SHA-256', curve: '1.2.840.10045.3.1.7', size: 32, algorithm: '1.2.840.10045.4.3.2',
    x: '60FED4BA255A9D31C961EB74C6356D68C049B8923B61FA6CE669622E60F29FB6', y: '7903FE1008B8BC99A41AE9E95628BC64F2F1B20C2D7E9F5177A3C294D4462299',
    r: 'EFD48B2AACB6A8FD1140DD9CD45E81D69D2C877B56AAF991C34D0EA84EAF3716', s: 'F7CB1C942D657C41D436C7A1B6E29F65F3E900DBB9AFF4064DC4AB2F843ACDA8',
  },
  {
    name: 'P-256, SHA-1', curve: '1.2.840.10045.3.1.7', size: 32, algorithm: '1.2.840.10045.4.1',
    x: '60FED4BA255A9D31C961EB74C6356D68C049B8923B61FA6CE669622E60F29FB6', y: '7903FE1008B8BC99A41AE9E95628BC64F2F1B20C2D7E9F5177A3C294D4462299',
    r: '61340C88C3AAEBEB4F6D667F672CA9759A6CCAA9FA8811313039EE4A35471D32', s: '6D7F147DAC089441BB2E2FE8F7A3FA264B9C475098FDCF6E00D7C996E1B8B7EB',
  },
] as const

const RFC6979: readonly VectorCheck[] = SAMPLES.map(({ name, curve, size, algorithm, x, y, r, s }) => ({
  name: `ECDSA of RFC 6979: ${name}`,
  run: () => {
    const point = Uint8Array.of(4, ...octets(x), ...octets(y))
    equal(point.length, 1 + 2 * size)
    const spki = whole(sequence(sequence(oid(OID_EC), oid(curve)), bits(point)), 0x30)
    const state = (text: string): string => verifySignature({
      algorithm: whole(sequence(oid(algorithm)), 0x30), spki, bytes: new Uint8Array(Buffer.from(text)), signature: encodeTlv(0x30, integer(BigInt(`0x${r}`)), integer(BigInt(`0x${s}`))),
    })
    equal(state('sample'), 'valid')
    equal(state('Sample'), 'invalid')
    // r‖s instead of a sequence, as BSI TR-03111 has it.
    const plain = verifySignature({
      algorithm: whole(sequence(oid(algorithm === '1.2.840.10045.4.1' ? '0.4.0.127.0.7.1.1.4.1.1' : '0.4.0.127.0.7.1.1.4.1.3')), 0x30), spki,
      bytes: new Uint8Array(Buffer.from('sample')), signature: Uint8Array.of(...bytesOf(BigInt(`0x${r}`), size), ...bytesOf(BigInt(`0x${s}`), size)),
    })
    equal(plain, 'valid')
  },
}))

export const vectorChecks: readonly VectorCheck[] = [...OPENSSL, ...RFC6979]
