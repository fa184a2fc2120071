import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { DocumentReport, SignatureReport } from '@contract/signing'
import { validateDocument, type ValidationWish } from '../../../src-main/signing/validate'
import { withRemoved } from '../../../src-main/signing/anchors'
import { parseCertificate } from '../../../src-main/identity/pki'
import { createPki, hasOpenssl, type Pki, type PkiUser } from '../pki'
import { byOpenssl, byOurselves, keeping, ocspAbout, stampOver, trusting, trustingNobody } from './signers'
import { signed, type SignatureWishes, smallPdf, type SmallPdf, withDss } from './small-pdf'

const DAY = 24 * 3600 * 1000
const stamped = (at: number): string => `${new Date(at).toISOString().replace(/\D/gu, '').slice(0, 14)}Z`
const dated = (at: Date): string => `D:${stamped(at.getTime())}`

describe.skipIf(!hasOpenssl())('a signature', () => {
  let pki: Pki
  let user: PkiUser
  beforeAll(async () => {
    pki = await createPki()
    user = pki.user()
  }, 60_000)
  afterAll(() => pki.close())

  const sign = (wishes: SignatureWishes, pdf = smallPdf()): Promise<SmallPdf> => signed(pdf, { claimed: dated(new Date()), ...wishes })
  const judge = (pdf: SmallPdf | Uint8Array, wish: Partial<ValidationWish> = {}): Promise<DocumentReport> =>
    validateDocument(pdf instanceof Uint8Array ? pdf : pdf.bytes, { anchors: trusting(pki.root), at: new Date(), kept: keeping(pki.list(), pki.list('root')), ...wish })
  const only = async (pdf: SmallPdf | Uint8Array, wish: Partial<ValidationWish> = {}): Promise<SignatureReport> => {
    const { signatures: [one, ...more] } = await judge(pdf, wish)
    if (one === undefined || more.length > 0) throw new Error('not one signature')
    return one
  }

  describe('by itself', () => {
    it.each(['rsa-pss', 'rsa-pkcs1'] as const)('passes with %s, its chain and a list that is kept', async (scheme) => {
      const report = await judge(await sign({ cms: byOurselves(pki, user, { scheme }) }))
      expect(report).toMatchObject({ verdict: 'TOTAL-PASSED', changedSince: false, encrypted: false, signatures: [{
        verdict: 'TOTAL-PASSED', why: null, level: 'B-B', scheme, coversWhole: true, later: [], anchor: 'Một Cửa Test Root', time: { source: 'claimed' },
        revocation: { state: 'good', source: 'crl', from: 'kept' }, signer: { subject: user.name, ids: [`CCCD:${user.idNumber}`], province: 'Tỉnh Nam Bình', state: 'in-force', chain: [user.name, 'Một Cửa Test Issuing CA', 'Một Cửa Test Root'] },
      }] })
    })

    it('passes with ECDSA on P-256 and with RSA-3072', async () => {
      expect(await only(await sign({ cms: byOurselves(pki, pki.user({ key: 'p-256' })) }))).toMatchObject({ verdict: 'TOTAL-PASSED', scheme: 'ecdsa-p256' })
      expect(await only(await sign({ cms: byOurselves(pki, pki.user({ key: 'rsa-3072' })) }))).toMatchObject({ verdict: 'TOTAL-PASSED', scheme: 'rsa-pss' })
    })

    it('passes when openssl made it, as CAdES and, for officials\' signatures, as plain CMS', async () => {
      expect(await only(await sign({ cms: byOpenssl(pki, user) }))).toMatchObject({ verdict: 'TOTAL-PASSED', level: 'B-B' })
      expect(await only(await sign({ cms: byOpenssl(pki, user, ['-md', 'sha256']), subFilter: 'adbe.pkcs7.detached' }))).toMatchObject({ verdict: 'TOTAL-PASSED', level: 'other' })
      expect(await only(await sign({ cms: byOpenssl(pki, user, ['-md', 'sha512', '-keyopt', 'rsa_padding_mode:pss']), subFilter: 'adbe.pkcs7.detached' }))).toMatchObject({ verdict: 'TOTAL-PASSED', scheme: 'rsa-pss' })
      expect(await only(await sign({ cms: byOpenssl(pki, user, ['-md', 'sha256', '-noattr']), subFilter: 'adbe.pkcs7.detached' }))).toMatchObject({ verdict: 'TOTAL-PASSED' })
    })

    it('fails when a byte of the content was changed', async () => {
      const { bytes } = await sign({ cms: byOurselves(pki, user) })
      const changed = Uint8Array.from(bytes)
      changed[Buffer.from(bytes).indexOf('Don de nghi')] = 0x53
      expect(await only(changed)).toMatchObject({ verdict: 'TOTAL-FAILED', why: 'HASH_FAILURE', signer: { subject: user.name } })
    })

    it('fails when its value was changed, or is of another key', async () => {
      const other = pki.user()
      expect(await only(await sign({ cms: byOurselves(pki, { ...user, key: (scheme) => ({ ...other.key(scheme), certificates: user.certificates }) }) }))).toMatchObject({ verdict: 'TOTAL-FAILED', why: 'SIG_CRYPTO_FAILURE' })
    })

    it('fails when it is no CMS, or one with two signers', async () => {
      expect(await only(await sign({ cms: () => Uint8Array.of(0x30, 0x03, 1, 2, 3) }))).toMatchObject({ verdict: 'TOTAL-FAILED', why: 'FORMAT_FAILURE', signer: null })
      const second = pki.user()
      expect(await only(await sign({ room: 32_000, cms: byOpenssl(pki, user, ['-cades', '-signer', second.certificateFile, '-inkey', second.keyFile]) }))).toMatchObject({ verdict: 'TOTAL-FAILED', why: 'FORMAT_FAILURE' })
    })

    it('fails when it carries its own content instead of covering the file', async () => {
      expect(await only(await sign({ cms: byOpenssl(pki, user, ['-cades', '-nodetach']), subFilter: 'ETSI.CAdES.detached' }))).toMatchObject({ verdict: 'TOTAL-FAILED', why: 'FORMAT_FAILURE' })
    })

    it('is undetermined when it is tied to another certificate than the one that made it', async () => {
      expect(await only(await sign({ cms: byOurselves(pki, user, { ess: pki.user().certificate }) }))).toMatchObject({ verdict: 'INDETERMINATE', why: 'NO_SIGNING_CERTIFICATE_FOUND' })
    })

    it('is undetermined when it calls itself PAdES and is tied to no certificate', async () => {
      expect(await only(await sign({ cms: byOpenssl(pki, user, ['-md', 'sha256']) }))).toMatchObject({ verdict: 'INDETERMINATE', why: 'SIG_CONSTRAINTS_FAILURE', level: 'other' })
    })

    it('is undetermined without its certificate', async () => {
      expect(await only(await sign({ cms: byOpenssl(pki, user, ['-cades', '-nocerts']) }))).toMatchObject({ verdict: 'INDETERMINATE', why: 'NO_SIGNING_CERTIFICATE_FOUND' })
    })

    it.each(['sha1', 'md5', 'sha224'])('is undetermined with %s', async (hash) => {
      expect(await only(await sign({ cms: byOpenssl(pki, user, ['-md', hash]), subFilter: 'adbe.pkcs7.detached' }))).toMatchObject({ verdict: 'INDETERMINATE', why: 'CRYPTO_CONSTRAINTS_FAILURE', scheme: null })
    })
  })

  describe('and its certificate', () => {
    it('is undetermined under no anchor, and under one that was taken out', async () => {
      const pdf = await sign({ cms: byOurselves(pki, user) })
      expect(await only(pdf, { anchors: trustingNobody })).toMatchObject({ verdict: 'INDETERMINATE', why: 'NO_CERTIFICATE_CHAIN_FOUND', anchor: null, signer: { state: 'unknown' } })
      expect(await only(pdf, { anchors: withRemoved(trusting(pki.root), parseCertificate(pki.root).sha256, true) })).toMatchObject({ why: 'NO_CERTIFICATE_CHAIN_FOUND' })
    })

    it('is undetermined under a foreign root that bears the same names', async () => {
      const copy = await createPki()
      try {
        expect(parseCertificate(copy.root).subject.text).toBe(parseCertificate(pki.root).subject.text)
        const forged = await sign({ cms: byOurselves(copy, copy.user({ name: user.name, idNumber: user.idNumber })) })
        expect(await only(forged, { kept: keeping(copy.list(), copy.list('root')) })).toMatchObject({ verdict: 'INDETERMINATE', why: 'NO_CERTIFICATE_CHAIN_FOUND', anchor: null })
        expect(await only(await sign({ cms: byOurselves(pki, user) }), { anchors: trusting(copy.root) })).toMatchObject({ why: 'NO_CERTIFICATE_CHAIN_FOUND' })
      } finally {
        await copy.close()
      }
    }, 60_000)

    it('is undetermined when the certificate is for something else', async () => {
      expect(await only(await sign({ cms: byOurselves(pki, pki.user({ extendedKeyUsage: 'timeStamping' })) }))).toMatchObject({ verdict: 'INDETERMINATE', why: 'CHAIN_CONSTRAINTS_FAILURE' })
      expect(await only(await sign({ cms: byOurselves(pki, pki.user({ keyUsage: 'keyEncipherment' })) }))).toMatchObject({ why: 'CHAIN_CONSTRAINTS_FAILURE' })
    })

    it('is undetermined when the certificate has run out and no stamp shows an earlier time', async () => {
      const expired = pki.user({ state: 'expired' })
      expect(await only(await sign({ claimed: dated(new Date(Date.now() - 100 * DAY)), cms: byOurselves(pki, expired) }))).toMatchObject({ verdict: 'INDETERMINATE', why: 'OUT_OF_BOUNDS_NO_POE', signer: { state: 'expired' } })
      expect(await only(await sign({ claimed: dated(new Date(Date.now() - 100 * DAY)), cms: byOurselves(pki, expired, { stamped: true }) }))).toMatchObject({ why: 'OUT_OF_BOUNDS_NO_POE', time: { source: 'timestamp' } })
    })

    it('fails when by the signer\'s own word it was made after the certificate had run out', async () => {
      expect(await only(await sign({ cms: byOurselves(pki, pki.user({ state: 'expired' })) }))).toMatchObject({ verdict: 'TOTAL-FAILED', why: 'EXPIRED' })
    })

    it('fails when a stamp shows it before the certificate was in force', async () => {
      const early = pki.user({ state: 'not-yet' })
      expect(await only(await sign({ cms: byOurselves(pki, early, { stamped: true }) }))).toMatchObject({ verdict: 'TOTAL-FAILED', why: 'NOT_YET_VALID' })
      expect(await only(await sign({ cms: byOurselves(pki, early) }))).toMatchObject({ verdict: 'INDETERMINATE', why: 'OUT_OF_BOUNDS_NO_POE', signer: { state: 'not-yet' } })
    })
  })

  describe('and revocation', () => {
    it('is never valid without an answer', async () => {
      const pdf = await sign({ cms: byOurselves(pki, user, { stamped: true }) })
      expect(await judge(pdf, { kept: keeping() })).toMatchObject({ verdict: 'INDETERMINATE', signatures: [{ why: 'TRY_LATER', revocation: { state: 'no-answer' }, signer: { state: 'unknown' } }] })
    })

    it('is not valid when only the issuer\'s own state is unknown', async () => {
      expect(await only(await sign({ cms: byOurselves(pki, user) }), { kept: keeping(pki.list()) })).toMatchObject({ verdict: 'INDETERMINATE', why: 'TRY_LATER' })
    })

    it('is not valid by a list that has run out, and not by one of a time to come', async () => {
      const pdf = await sign({ cms: byOurselves(pki, user) })
      expect(await only(pdf, { at: new Date(Date.now() + 40 * DAY) })).toMatchObject({ why: 'TRY_LATER' })
      pki.publish({ last: stamped(Date.now() + DAY), next: stamped(Date.now() + 8 * DAY) })
      const early = keeping(pki.list(), pki.list('root'))
      pki.publish()
      expect(await only(pdf, { kept: early })).toMatchObject({ why: 'TRY_LATER' })
    })

    it('is not valid by the list of a foreign CA that bears the issuer\'s name', async () => {
      const copy = await createPki()
      try {
        expect(await only(await sign({ cms: byOurselves(pki, user) }), { kept: keeping(copy.list(), copy.list('root')) })).toMatchObject({ why: 'TRY_LATER' })
      } finally {
        await copy.close()
      }
    }, 60_000)

    it('passes by an OCSP answer in the file, and tells how old it is', async () => {
      const pdf = withDss(await sign({ cms: byOurselves(pki, user) }), { ocsp: [ocspAbout(pki, user)], lists: [pki.list('root')], certificates: [pki.ocsp.certificate] })
      const report = await only(pdf, { kept: keeping() })
      expect(report).toMatchObject({ verdict: 'TOTAL-PASSED', coversWhole: false, later: [{ kind: 'evidence', harmless: true }], revocation: { state: 'good', source: 'ocsp', from: 'embedded' } })
      expect(Math.abs(Date.parse(report.revocation.thisUpdate ?? '') - Date.now())).toBeLessThan(60_000)
    })

    it('is undetermined when the certificate was revoked and nothing proves an earlier time', async () => {
      const gone = pki.user()
      const pdf = await sign({ cms: byOurselves(pki, gone) })
      pki.revoke(gone.certificate)
      expect(await only(pdf)).toMatchObject({ verdict: 'INDETERMINATE', why: 'REVOKED_NO_POE', revocation: { state: 'revoked', source: 'crl' }, signer: { state: 'revoked' } })
    })

    it('fails when a stamp shows that it came after the revocation', async () => {
      const gone = pki.user()
      pki.revoke(gone.certificate)
      expect(await only(await sign({ cms: byOurselves(pki, gone, { stamped: true }) }))).toMatchObject({ verdict: 'TOTAL-FAILED', why: 'REVOKED' })
    })

    it('passes when a stamp shows that it was there before the revocation, and tells both', async () => {
      const gone = pki.user()
      const pdf = await sign({ cms: byOurselves(pki, gone, { stamped: true }) })
      const second = Math.floor(Date.now() / 1000)
      while (Math.floor(Date.now() / 1000) <= second) await new Promise((resolve) => { setTimeout(resolve, 50) })
      pki.revoke(gone.certificate)
      expect(await only(pdf)).toMatchObject({ verdict: 'TOTAL-PASSED', time: { source: 'timestamp', authority: 'Một Cửa Test TSA' }, revocation: { state: 'revoked' }, signer: { state: 'revoked' } })
    })

    it('fails by an OCSP answer that says revoked, whatever an older list says', async () => {
      const gone = pki.user()
      const before = keeping(pki.list(), pki.list('root'))
      pki.revoke(gone.certificate)
      const pdf = withDss(await sign({ cms: byOurselves(pki, gone) }), { ocsp: [ocspAbout(pki, gone)] })
      expect(await only(pdf, { kept: before })).toMatchObject({ why: 'REVOKED_NO_POE', revocation: { source: 'ocsp' } })
    })
  })

  describe('and its time', () => {
    it('is B-T with a stamp over its value', async () => {
      expect(await only(await sign({ cms: byOurselves(pki, user, { stamped: true }) }))).toMatchObject({ verdict: 'TOTAL-PASSED', level: 'B-T', time: { source: 'timestamp', authority: 'Một Cửa Test TSA' } })
    })

    it.each<[string, (value: Uint8Array) => Uint8Array]>([
      ['over something else', () => stampOver(pki, Uint8Array.of(1, 2, 3))],
      ['that is broken', (value) => stampOver(pki, value).map((byte, index, all) => (index === all.length - 20 ? byte ^ 1 : byte))],
      ['that is none', () => Uint8Array.of(0x30, 0)],
    ])('has only the claimed time with a stamp %s', async (_name, stamp) => {
      expect(await only(await sign({ cms: byOurselves(pki, user, { stamp }) }))).toMatchObject({ verdict: 'TOTAL-PASSED', level: 'B-B', time: { source: 'claimed' } })
    })

    it('has only the claimed time with a stamp of an authority that nobody here trusts', async () => {
      const foreign = await createPki({ label: 'TSA lạ' })
      try {
        expect(await only(await sign({ cms: byOurselves(pki, user, { stamp: (value) => stampOver(foreign, value) }) }))).toMatchObject({ level: 'B-B', time: { source: 'claimed' } })
      } finally {
        await foreign.close()
      }
    }, 60_000)

    it('is B-LT with evidence in the file, valid without line and lists, and after its certificate has run out as long as the stamp counts', async () => {
      const evidence = { ocsp: [ocspAbout(pki, user)], lists: [pki.list('root'), pki.list()], certificates: [pki.tsa.certificate] }
      const pdf = withDss(await sign({ cms: byOurselves(pki, user, { stamped: true }) }), evidence)
      expect(await only(pdf, { kept: keeping() })).toMatchObject({ verdict: 'TOTAL-PASSED', level: 'B-LT', time: { source: 'timestamp' }, later: [{ kind: 'evidence', harmless: true }] })
      const late = new Date(Date.now() + 950 * DAY)
      expect(await only(pdf, { kept: keeping(), at: late })).toMatchObject({ verdict: 'INDETERMINATE', why: 'OUT_OF_BOUNDS_NO_POE', signer: { state: 'expired' } })
      pki.publish({ last: stamped(Date.now() - 1000), next: stamped(Date.now() + 990 * DAY) })
      const lists = keeping(pki.list(), pki.list('root'))
      pki.publish()
      expect(await only(pdf, { kept: lists, at: late })).toMatchObject({ verdict: 'TOTAL-PASSED', level: 'B-LT', signer: { state: 'expired' } })
    })

    it('is B-LTA when a document timestamp covers the evidence; that is judged, too', async () => {
      const evidence = { ocsp: [ocspAbout(pki, user)], lists: [pki.list('root'), pki.list()] }
      const pdf = await signed(withDss(await sign({ cms: byOurselves(pki, user, { stamped: true }) }), evidence), {
        type: 'DocTimeStamp', subFilter: 'ETSI.RFC3161', claimed: null, cms: (pieces) => stampOver(pki, Buffer.concat(pieces)),
      })
      const report = await judge(pdf)
      expect(report).toMatchObject({ verdict: 'TOTAL-PASSED', changedSince: false, signatures: [
        { kind: 'signature', level: 'B-LTA', later: [{ kind: 'evidence' }, { kind: 'timestamp' }] },
        { kind: 'timestamp', verdict: 'TOTAL-PASSED', time: { source: 'document-timestamp', authority: 'Một Cửa Test TSA' }, coversWhole: true },
      ] })
    })

    it('is proven by a document timestamp where it has no stamp of its own', async () => {
      const pdf = await signed(await sign({ cms: byOurselves(pki, user) }), { type: 'DocTimeStamp', subFilter: 'ETSI.RFC3161', claimed: null, cms: (pieces) => stampOver(pki, Buffer.concat(pieces), { hash: 'sha512' }) })
      expect((await judge(pdf)).signatures[0]).toMatchObject({ level: 'B-T', time: { source: 'document-timestamp' } })
    })

    it('is a document that fails when its timestamp is over something else', async () => {
      const pdf = await signed(await sign({ cms: byOurselves(pki, user) }), { type: 'DocTimeStamp', subFilter: 'ETSI.RFC3161', claimed: null, cms: () => stampOver(pki, Uint8Array.of(1)) })
      expect(await judge(pdf)).toMatchObject({ verdict: 'TOTAL-FAILED', signatures: [{ verdict: 'TOTAL-PASSED', level: 'B-B' }, { why: 'HASH_FAILURE' }] })
    })
  })
})
