import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { AppError } from '@contract/errors'
import { parseCertificate } from '../../../src-main/identity/pki'
import { assemble, createFetcher, createRevocationSource, createStampSource, judgeOcsp, judgeStampOfDigest, messageDigestOf, parseOcsp, parseStamp, sha256, signatureStamps, signedAttributes, signerCertificateIs, signerParts } from '../../../src-main/signing/cms'
import { createPki, hasOpenssl, type Pki } from '../pki'

const DIGEST = sha256(Buffer.from('x'))

/** Some bytes changed, or the end cut off. */
const bent = (good: Uint8Array): fc.Arbitrary<Uint8Array> => fc.tuple(fc.array(fc.tuple(fc.nat(good.length - 1), fc.nat(255)), { minLength: 1, maxLength: 4 }), fc.option(fc.nat(good.length), { freq: 5 }))
  .map(([changes, length]) => {
    const bytes = Uint8Array.from(good)
    for (const [at, value] of changes) bytes[at] = value
    return length === null ? bytes : bytes.subarray(0, length)
  })

/** A refusal is one of ours; anything else is a defect. */
function orRefused<T>(act: () => T): T | null {
  try {
    return act()
  } catch (error) {
    if (error instanceof AppError) return null
    throw error
  }
}

describe.skipIf(!hasOpenssl())('hostile answers (OpenSSL 3)', () => {
  let pki: Pki
  let [stamp, ocsp, cms]: Uint8Array[] = []
  let certificate: Uint8Array
  beforeAll(async () => {
    pki = await createPki()
    const user = pki.user({ key: 'p-256' })
    certificate = user.certificate
    stamp = await createStampSource(pki.tsa.url, createFetcher()).stamp(DIGEST)
    ocsp = (await createRevocationSource(createFetcher()).ocsp(certificate, pki.issuing)) ?? new Uint8Array(0)
    const { set } = signedAttributes(DIGEST, certificate)
    cms = assemble({ set, scheme: 'ecdsa-p256', signature: await user.key().sign(set), certificates: user.certificates, stamp })
  })
  afterAll(() => pki.close())

  it('are refused or read, and a stamp that differs where it is signed is not believed', () => {
    const good = stamp ?? new Uint8Array(0)
    const known = parseStamp(good)
    fc.assert(fc.property(bent(good), (bytes) => {
      const read = orRefused(() => parseStamp(bytes))
      if (read === null) return
      const { trouble } = judgeStampOfDigest(read, DIGEST)
      if (trouble === null) expect([read.at, read.policy, read.nonce]).toEqual([known.at, known.policy, known.nonce])
    }), { numRuns: 2000 })
  })

  it('about revocation never say "good" of what was not signed so', () => {
    const about = { certificate: parseCertificate(certificate), issuer: parseCertificate(pki.issuing) }
    const good = ocsp ?? new Uint8Array(0)
    const known = parseOcsp(good)
    fc.assert(fc.property(bent(good), (bytes) => {
      const read = orRefused(() => parseOcsp(bytes))
      if (read === null || judgeOcsp(read, about).state !== 'good') return
      expect(Buffer.compare(read.tbs, known?.tbs ?? new Uint8Array(0))).toBe(0)
    }), { numRuns: 2000 })
  })

  it('of signers are refused or read', () => {
    fc.assert(fc.property(bent(cms ?? new Uint8Array(0)), (bytes) => {
      orRefused(() => {
        const parts = signerParts(bytes)
        signatureStamps(parts)
        messageDigestOf(parts)
        signerCertificateIs(parts, parseCertificate(certificate))
      })
    }), { numRuns: 2000 })
  })
})
