import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { parseCertificate } from '../../../src-main/identity/pki'
import { createFetcher, createRevocationSource, createStampSource } from '../../../src-main/signing/cms'
import { signPdf, upgrade } from '../../../src-main/signing/pades'
import { judgeCertificateNow, nothingKept, validateDocument, type ValidationWish } from '../../../src-main/signing/validate'
import { createPki, hasOpenssl, type Pki } from '../pki'
import { byOurselves, keeping, ocspAbout, trusting } from './signers'
import { signed, smallPdf, withDss } from './small-pdf'

describe.skipIf(!hasOpenssl())('the judge', () => {
  let pki: Pki
  beforeAll(async () => { pki = await createPki() }, 60_000)
  afterAll(() => pki.close())
  const common = (wish: Partial<ValidationWish> = {}): ValidationWish => ({ anchors: trusting(pki.root), at: new Date(), kept: keeping(pki.list(), pki.list('root')), ...wish })

  it('passes what the program itself signs, at each level, and offline once the evidence is in the file', async () => {
    const fetcher = createFetcher()
    const [stamps, revocation] = [createStampSource(pki.tsa.url, fetcher), createRevocationSource(fetcher)]
    const wish = { name: 'Nguyễn Thị Mẫu', reason: 'Tiếp nhận hồ sơ', location: null, at: new Date(), visible: null }
    const basic = await signPdf(smallPdf().bytes, pki.user().key('rsa-pss'), wish)
    expect(await validateDocument(basic.bytes, common())).toMatchObject({ verdict: 'TOTAL-PASSED', signatures: [{ level: 'B-B', reason: 'Tiếp nhận hồ sơ', time: { source: 'claimed' } }] })
    const timed = await signPdf(basic.bytes, pki.user({ key: 'p-256' }).key(), wish, { stamps })
    expect(await validateDocument(timed.bytes, common())).toMatchObject({ verdict: 'TOTAL-PASSED', changedSince: false, signatures: [{ level: 'B-B' }, { level: 'B-T' }] })
    const { bytes } = await upgrade(timed.bytes, { stamps, revocation, issuers: [pki.root, pki.issuing] })
    expect(await validateDocument(bytes, common({ kept: nothingKept }))).toMatchObject({ verdict: 'TOTAL-PASSED', changedSince: false, signatures: [
      { kind: 'signature', level: 'B-LT', time: { source: 'document-timestamp' }, revocation: { from: 'embedded' } }, { kind: 'signature', level: 'B-LT', time: { source: 'timestamp' } }, { kind: 'timestamp', verdict: 'TOTAL-PASSED' },
    ] })
  })

  it('judges a certificate before something is signed with it', async () => {
    const own = pki.user()
    const chain = [parseCertificate(pki.issuing)]
    const now = (wish: Partial<ValidationWish> = {}) => judgeCertificateNow(parseCertificate(own.certificate), chain, common(wish))
    expect(await now()).toMatchObject({ why: null, revocation: 'good', sheet: { state: 'in-force', demo: true }, path: [{}, {}, {}] })
    expect(await now({ kept: nothingKept })).toMatchObject({ why: 'TRY_LATER', revocation: 'no-answer', sheet: { state: 'unknown' } })
    pki.revoke(own.certificate)
    expect(await now()).toMatchObject({ why: 'REVOKED_NO_POE', revocation: 'revoked', sheet: { state: 'revoked' } })
  })

  it('is not kept busy by a file full of issuers of one name and of answers about one certificate', async () => {
    const own = pki.user({ key: 'p-256' })
    const issuers = Array.from({ length: 24 }, (_, index) => {
      const [key, out] = [join(pki.folder, `flood-${index}.key`), join(pki.folder, `flood-${index}.der`)]
      execFileSync('openssl', ['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-521', '-noenc', '-keyout', key, '-utf8', '-subj', '/C=VN/O=Một Cửa Test/CN=Một Cửa Test Issuing CA', '-outform', 'DER', '-out', out], { stdio: 'pipe' })
      return new Uint8Array(readFileSync(out))
    })
    const pdf = withDss(await signed(smallPdf(), { cms: byOurselves(pki, own) }), { certificates: issuers, ocsp: Array.from({ length: 60 }, () => ocspAbout(pki, own)).map((answer, index) => answer.map((byte, at) => (at === answer.length - 30 ? byte ^ index : byte))), lists: [pki.list(), pki.list('root')] })
    await validateDocument(pdf.bytes, common())
    const before = process.cpuUsage().user
    expect(await validateDocument(pdf.bytes, common())).toMatchObject({ verdict: 'TOTAL-PASSED' })
    expect((process.cpuUsage().user - before) / 1000).toBeLessThan(1000)
  }, 60_000)
})
