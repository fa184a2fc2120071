import { generateKeyPairSync } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { ERRORS } from '@contract/errors'
import { checkIssued, type IssuedCheck, readRequest } from '../../../src-main/signing/ca'
import { caName, EXTENSIONS, makeCertificate, newKey } from '../../city/ca/certificates'
import { createPki, hasOpenssl, type Pki, type UserWish } from '../pki'
import { PERSON, requestOf } from './openssl-cmp'

const code = (act: () => unknown): string => {
  try {
    act()
    return 'no error'
  } catch (error) {
    return error instanceof Error ? error.message : ''
  }
}
const DAY = 86_400_000

describe.skipIf(!hasOpenssl())('the check of an issued certificate, made by OpenSSL', () => {
  let pki: Pki
  let csr: Uint8Array
  beforeAll(async () => {
    pki = await createPki()
    csr = await requestOf(generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey, 'ecdsa-p256')
  })
  afterAll(() => pki.close())

  const wishFor = (certificate: Uint8Array, more: Partial<IssuedCheck> = {}): IssuedCheck => ({ certificate, chain: [pki.issuing], csr, person: PERSON, authorities: [pki.root], now: new Date(), ...more })
  const issue = (wish: Omit<UserWish, 'name' | 'idNumber' | 'key'> = {}): Uint8Array => pki.issue(csr, wish)
  const judged = (certificate: Uint8Array, more: Partial<IssuedCheck> = {}): string => code(() => checkIssued(wishFor(certificate, more)))

  it('takes it, with the way to the CA’s root but without the root', () => {
    const { chain } = checkIssued(wishFor(issue()))
    expect(chain.map((der) => Buffer.from(der).equals(pki.issuing))).toEqual([true])
  })

  it('takes it also where only the issuing CA is trusted, and where it came with strangers', () => {
    const stranger = pki.user({ key: 'p-256' }).certificate
    expect(judged(issue(), { chain: [], authorities: [pki.issuing] })).toBe('no error')
    expect(judged(issue(), { chain: [stranger, new Uint8Array(3), pki.root, pki.issuing] })).toBe('no error')
  })

  it('takes the name in capitals, as some CAs write it', () => {
    expect(judged(issue(), { person: { ...PERSON, fullName: 'ĐẶNG  THỊ HƯỜNG' } })).toBe('no error')
  })

  it.each([
    ['another name', { fullName: 'Đặng Thị Hương', idNumber: PERSON.idNumber }], ['another number', { fullName: PERSON.fullName, idNumber: '079192000618' }],
  ])('refuses it for %s', (_what, person) => {
    expect(judged(issue(), { person })).toBe(ERRORS.signing.caOtherPerson)
  })

  it('refuses one for another key, even if the name is right', () => {
    expect(judged(pki.user({ name: PERSON.fullName, idNumber: PERSON.idNumber, key: 'p-256' }).certificate)).toBe(ERRORS.signing.caOtherKey)
  })

  it('refuses one that no CA of ours signed: none between, none at the end', async () => {
    expect(judged(issue(), { chain: [] })).toBe(ERRORS.signing.caChain)
    const foreign = await createPki()
    try {
      expect(judged(foreign.issue(csr), { chain: [foreign.issuing, foreign.root] })).toBe(ERRORS.signing.caChain)
      // The same names, other keys.
      expect(judged(foreign.issue(csr))).toBe(ERRORS.signing.caChain)
    } finally {
      await foreign.close()
    }
  })

  it('refuses one that is over, and one that has not begun', () => {
    expect(judged(issue({ state: 'expired' }))).toBe(ERRORS.signing.caValidity)
    expect(judged(issue({ state: 'not-yet' }))).toBe(ERRORS.signing.caValidity)
  })

  it('refuses one that is not for signing', () => {
    expect(judged(issue({ keyUsage: 'digitalSignature' }))).toBe(ERRORS.signing.caUsage)
    expect(judged(issue({ keyUsage: 'keyEncipherment' }))).toBe(ERRORS.signing.caUsage)
  })

  it('refuses what is no certificate', () => {
    expect(judged(Uint8Array.of(0x30, 0x03, 0x02, 0x01, 0x00))).toBe(ERRORS.signing.caMalformed)
  })
})

describe('the check of an issued certificate, at its edges', async () => {
  const csr = await requestOf(generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey, 'ecdsa-p256')
  const request = readRequest(csr)
  const [root, user] = [newKey(), request.spki.raw]
  const [start, now] = [new Date('2026-01-01T00:00:00Z'), new Date('2026-06-01T00:00:00Z')]
  const authority = (extensions: readonly Uint8Array[], notAfter = new Date('2046-01-01T00:00:00Z')): Uint8Array => makeCertificate({
    subject: caName('R'), issuer: caName('R'), spki: root.spki, issuerSpki: root.spki, signingKey: root.privateKey, notBefore: start, notAfter, extensions,
  })
  const usual = [EXTENSIONS.authority(0), EXTENSIONS.usage(5, 6)]
  const made = (notAfter: Date, extensions: readonly Uint8Array[] = [EXTENSIONS.endEntity, EXTENSIONS.usage(0, 1)]): Uint8Array => makeCertificate({
    subject: request.subjectDer, issuer: caName('R'), spki: user, issuerSpki: root.spki, signingKey: root.privateKey, notBefore: start, notAfter, extensions,
  })
  const judged = (certificate: Uint8Array, anchor = authority(usual), at = now): string =>
    code(() => checkIssued({ certificate, chain: [], csr, person: PERSON, authorities: [anchor], now: at }))

  it('takes three years, and not two days more', () => {
    const three = new Date('2029-01-01T00:00:00Z')
    expect(judged(made(three))).toBe('no error')
    expect(judged(made(new Date(three.getTime() + 2 * DAY)))).toBe('KS-036')
  })

  it('forgives a clock that is minutes behind the CA’s, and no more', () => {
    const end = new Date('2027-01-01T00:00:00Z')
    expect(judged(made(end), authority(usual), new Date(start.getTime() - 4 * 60_000))).toBe('KS-035')
    const older = makeCertificate({
      subject: caName('R'), issuer: caName('R'), spki: root.spki, issuerSpki: root.spki, signingKey: root.privateKey, notBefore: new Date('2020-01-01T00:00:00Z'), notAfter: new Date('2040-01-01T00:00:00Z'), extensions: usual,
    })
    expect(judged(made(end), older, new Date(start.getTime() - 4 * 60_000))).toBe('no error')
    expect(judged(made(end), older, new Date(start.getTime() - 6 * 60_000))).toBe('KS-036')
  })

  it('refuses a certificate that is itself an authority, or says what nobody understands as critical', () => {
    const end = new Date('2027-01-01T00:00:00Z')
    expect(judged(made(end, [EXTENSIONS.authority(0), EXTENSIONS.usage(0, 1)]))).toBe('KS-035')
    const odd = EXTENSIONS.usage(0, 1)
    expect(judged(made(end, [EXTENSIONS.endEntity, odd, odd]))).toBe('KS-035')
  })

  it('refuses an issuer that is none, or is over', () => {
    const end = new Date('2027-01-01T00:00:00Z')
    expect(judged(made(end), authority([EXTENSIONS.endEntity, EXTENSIONS.usage(5)]))).toBe('KS-035')
    expect(judged(made(end), authority([EXTENSIONS.authority(0), EXTENSIONS.usage(0)]))).toBe('KS-035')
    expect(judged(made(end), authority(usual, new Date('2026-05-01T00:00:00Z')))).toBe('KS-035')
  })
})
