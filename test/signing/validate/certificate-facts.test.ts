import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { CertificateSheet } from '@contract/signing'
import { parseCertificate } from '../../../src-main/identity/pki'
import { factsOf, nameOf, sheetOf } from '../../../src-main/signing/certificate-facts'
import { createPki, hasOpenssl, type Pki } from '../pki'

describe.skipIf(!hasOpenssl())('what a certificate says', () => {
  let pki: Pki
  let folder: string
  beforeAll(async () => {
    pki = await createPki()
    folder = mkdtempSync(join(tmpdir(), 'facts-'))
  }, 60_000)
  afterAll(async () => {
    rmSync(folder, { recursive: true, force: true })
    await pki.close()
  })

  /** A certificate signed by itself, with this subject and these extensions, by openssl. */
  const made = (subject: string, extensions: readonly string[] = []) => {
    const file = join(folder, 'made.der')
    execFileSync('openssl', ['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-noenc', '-keyout', join(folder, 'key'), '-utf8', '-days', '5', '-subj', subject, '-outform', 'DER', '-out', file,
      ...extensions.flatMap((extension) => ['-addext', extension])], { stdio: 'pipe' })
    return parseCertificate(new Uint8Array(readFileSync(file)))
  }

  it('is told to people out of its DER', () => {
    const user = pki.user({ name: 'Nguyễn Thị Ánh', idNumber: '079300000077' })
    const [certificate, issuing, root] = [user.certificate, pki.issuing, pki.root].map(parseCertificate)
    if (!certificate || !issuing || !root) throw new Error('unreadable')
    const sheet = sheetOf(certificate, { chain: [certificate, issuing, root], state: 'in-force', demo: false })
    expect(CertificateSheet.parse(sheet)).toMatchObject({
      subject: 'Nguyễn Thị Ánh', ids: ['CCCD:079300000077'], province: 'Tỉnh Nam Bình', organisation: null, title: null, issuer: 'Một Cửa Test Issuing CA', issuerOrganisation: 'Một Cửa Test', key: 'RSA 2048',
      usage: ['digitalSignature', 'nonRepudiation'], policies: ['1.3.6.1.4.1.99999.2'], ocsp: `${pki.servers.base}/ocsp`, crl: `${pki.servers.base}/issuing.crl`,
      chain: ['Nguyễn Thị Ánh', 'Một Cửa Test Issuing CA', 'Một Cửa Test Root'],
    })
    expect(factsOf(certificate).caIssuers).toBe(`${pki.servers.base}/issuing.cer`)
  })

  it('names a person in an organisation with both numbers, in the order in which they stand', () => {
    const certificate = made('/C=VN/ST=Hà Nội/O=UBND phường Mẫu/title=Chủ tịch/CN=Trần Văn Bình/UID=MST:0100000001/UID=CCCD:001090000001')
    const sheet = sheetOf(certificate, { chain: [], state: 'unknown', demo: true })
    expect(sheet).toMatchObject({ subject: 'Trần Văn Bình', organisation: 'UBND phường Mẫu', title: 'Chủ tịch', province: 'Hà Nội', ids: ['MST:0100000001', 'CCCD:001090000001'], demo: true })
  })

  it('is not taken in by a comma, a plus or another attribute inside a name', () => {
    const certificate = made('/C=VN/CN=Trần Văn A, UID=CCCD:000000000000')
    expect(sheetOf(certificate, { chain: [], state: 'unknown', demo: false })).toMatchObject({ subject: 'Trần Văn A, UID=CCCD:000000000000', ids: [] })
  })

  it('shows no signs that turn text round or hide it', () => {
    expect(nameOf(made('/C=VN/CN=Nguyễn \u202eVăn\u200b A'))).toBe('Nguyễn Văn A')
  })

  it('is called by its organisation or its whole subject where it has no common name', () => {
    expect(nameOf(made('/C=VN/O=Cơ quan Mẫu'))).toBe('Cơ quan Mẫu')
    expect(nameOf(made('/C=VN'))).toBe('C=VN')
  })

  it('tells the use of stamping and answering authorities, and how many may stand below', () => {
    const sheet = (der: Uint8Array) => sheetOf(parseCertificate(der), { chain: [], state: 'unknown', demo: false }).usage
    expect(sheet(pki.tsa.certificate)).toEqual(['digitalSignature', 'timeStamping'])
    expect(sheet(pki.ocsp.certificate)).toEqual(['digitalSignature', 'ocspSigning'])
    expect([factsOf(parseCertificate(pki.issuing)).pathLength, factsOf(parseCertificate(pki.root)).pathLength]).toEqual([0, null])
  })

  it('gives no address that is none', () => {
    const certificate = made('/CN=x', ['authorityInfoAccess=OCSP;URI:file:///etc/passwd', 'crlDistributionPoints=URI:ldap://ca.example/cn=x'])
    expect(factsOf(certificate)).toMatchObject({ ocsp: null, crl: null, caIssuers: null })
  })

  it('is read although what only informs is broken', () => {
    expect(factsOf(made('/CN=x', ['2.5.29.32=DER:0203010203', '1.3.6.1.5.5.7.1.1=DER:04020102']))).toMatchObject({ policies: [], ocsp: null })
  })
})
