import { execFile } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { parseCertificate } from '../../../src-main/identity/pki'
import { createFetcher, createIssuerSource, createRevocationSource, createStampSource, signatureStamps, signerParts } from '../../../src-main/signing/cms'
import { signPdf, upgrade, type UpgradeMeans } from '../../../src-main/signing/pades'
import { laterChanges, readEvidence, readSignatures, signedPieces } from '../../../src-main/signing/pdf'
import type { SignatureWish, StampSource } from '../../../src-main/signing/ports'
import { baselineTroubles } from '../assertions'
import { hasPdfBox, hasPdfsig, hasQpdf, pdfBox, pdfsig, qpdfCheck } from '../judges/judges'
import { made } from '../pdf/samples'
import { createPki, hasOpenssl, type Pki, type PkiUser } from '../pki'

const run = promisify(execFile)
const isPrefix = (short: Uint8Array, long: Uint8Array): boolean => short.length < long.length && Buffer.compare(short, long.subarray(0, short.length)) === 0
const WISH: SignatureWish = { name: 'Trần Thị Bích Ngọc', reason: null, location: null, at: new Date(), visible: null }

describe.skipIf(!hasOpenssl())('upgrading a signed PDF (OpenSSL 3)', () => {
  let pki: Pki
  let stamps: StampSource
  let [first, second]: PkiUser[] = []
  let base: Uint8Array
  let folder: string
  const means = (more: Partial<UpgradeMeans> = {}): UpgradeMeans => ({ stamps, revocation: createRevocationSource(createFetcher()), issuers: [pki.root], ...more })
  const signed = async (user: PkiUser | undefined, bytes = base, stamped = false): Promise<Uint8Array> => {
    if (user === undefined) throw new Error('no user')
    return (await signPdf(bytes, user.key(), WISH, stamped ? { stamps } : {})).bytes
  }
  const keep = async (name: string, bytes: Uint8Array): Promise<string> => {
    await writeFile(join(folder, name), bytes)
    return join(folder, name)
  }
  beforeAll(async () => {
    pki = await createPki()
    stamps = createStampSource(pki.tsa.url, createFetcher())
    first = pki.user({ name: 'Trần Thị Bích Ngọc' })
    second = pki.user({ name: 'Lý Văn Phúc', key: 'p-256' })
    base = await made()
    folder = mkdtempSync(join(tmpdir(), 'upgraded-'))
  })
  afterEach(() => { Object.assign(pki.servers.moods, { tsa: 'ok', ocsp: 'ok', crl: 'ok', issuers: 'ok' }) })
  afterAll(async () => {
    rmSync(folder, { recursive: true, force: true })
    await pki.close()
  })

  it('takes a B-B to B-T by a document timestamp, which `openssl ts -verify` believes', async () => {
    const before = await signed(first)
    const { bytes, level } = await upgrade(before, means({ goal: 'B-T' }))
    expect([level, isPrefix(before, bytes), baselineTroubles(bytes, 'B-T')]).toEqual(['B-T', true, []])
    const [signature, timestamp] = readSignatures(bytes)
    expect([signature?.kind, timestamp?.kind, timestamp?.coversWhole]).toEqual(['signature', 'timestamp', true])
    await keep('token.der', timestamp?.contents ?? new Uint8Array(0))
    await keep('data.bin', timestamp ? Buffer.concat(signedPieces(bytes, timestamp)) : new Uint8Array(0))
    const { stdout } = await run('openssl', ['ts', '-verify', '-data', 'data.bin', '-in', 'token.der', '-token_in', '-CAfile', pki.pem('root'), '-untrusted', pki.pem('issuing')], { cwd: folder })
    expect(stdout).toContain('Verification: OK')
  })

  it('takes B-B and B-T to B-LT, with everything in the DSS that a judge needs without a line', async () => {
    for (const stamped of [false, true]) {
      const before = await signed(first, base, stamped)
      const { bytes, level, evidence } = await upgrade(before, means())
      expect([level, isPrefix(before, bytes), baselineTroubles(bytes, 'B-LT')]).toEqual(['B-LT', true, []])
      expect(readSignatures(bytes)).toHaveLength(stamped ? 1 : 2)
      const subjects = readEvidence(bytes).certificates.map((raw) => /CN=([^,]*)/u.exec(parseCertificate(raw).subject.text)?.[1]).sort()
      expect(subjects).toEqual(['Một Cửa Test Issuing CA', 'Một Cửa Test OCSP', 'Một Cửa Test Root', 'Một Cửa Test TSA', 'Trần Thị Bích Ngọc'])
      expect([evidence.ocsp.length, evidence.lists.length]).toEqual([2, 1])
    }
  })

  it('has evidence that `openssl` believes without a line', async () => {
    const { bytes } = await upgrade(await signed(first, base, true), means())
    const { ocsp, lists } = readEvidence(bytes)
    for (const raw of ocsp) {
      const { stdout, stderr } = await run('openssl', ['ocsp', '-respin', await keep('r.der', raw), '-issuer', pki.pem('issuing'), '-CAfile', pki.pem('root'), '-no_nonce', '-resp_text'])
      expect(stdout + stderr).toContain('Response verify OK')
    }
    for (const raw of lists) expect((await run('openssl', ['crl', '-inform', 'DER', '-in', await keep('l.der', raw), '-CAfile', pki.pem('root'), '-noout'])).stderr).toContain('verify OK')
  })

  it('takes two signers at once, one with and one without a stamp', async () => {
    const before = await signed(second, await signed(first, base, true))
    const { bytes } = await upgrade(before, means())
    expect([isPrefix(before, bytes), baselineTroubles(bytes, 'B-LT'), readSignatures(bytes).map(({ kind }) => kind)]).toEqual([true, [], ['signature', 'signature', 'timestamp']])
  })

  it('lets a second signer sign what was upgraded, and upgrades again by what is missing only', async () => {
    const once = await upgrade(await signed(first), means())
    await passASecond()
    const twice = await signed(second, once.bytes, true)
    expect(isPrefix(once.bytes, twice)).toBe(true)
    pki.servers.asked.ocsp = 0
    const { bytes } = await upgrade(twice, means())
    expect([isPrefix(twice, bytes), baselineTroubles(bytes, 'B-LT'), pki.servers.asked.ocsp]).toEqual([true, [], 2])
  })

  it('gives a file back as it came that has everything', async () => {
    const { bytes } = await upgrade(await signed(first, base, true), means())
    expect((await upgrade(bytes, means())).bytes).toBe(bytes)
    expect((await upgrade(bytes, means({ goal: 'B-T', stamps: null }))).bytes).toBe(bytes)
  })

  it('takes the list where the responder is silent or not named, and fetches an issuer that did not come along', async () => {
    pki.servers.moods.ocsp = 'down'
    expect((await upgrade(await signed(first, base, true), means())).evidence).toMatchObject({ ocsp: [], lists: [expect.anything(), expect.anything()] })
    const alone = pki.user({ key: 'p-256', addresses: 'crl' })
    const { bytes } = await signPdf(base, { ...alone.key(), certificates: [alone.certificate] }, WISH, { stamps })
    const withoutChain: StampSource = { ...stamps }
    const issuers = createIssuerSource(createFetcher())
    expect(baselineTroubles((await upgrade(bytes, means({ stamps: withoutChain, issuerSource: issuers }))).bytes, 'B-LT')).toEqual([])
  })

  it('asks no address that stands in the certificate of somebody else', async () => {
    const alone = pki.user({ key: 'p-256' })
    const { bytes } = await signPdf(base, { ...alone.key(), certificates: [alone.certificate] }, WISH, { stamps })
    const asked: string[] = []
    const issuerSource = async (certificate: Uint8Array): Promise<null> => {
      asked.push(Buffer.from(certificate).toString('base64'))
      return null
    }
    await expect(upgrade(bytes, means({ issuerSource, ours: () => false }))).rejects.toThrow('KS-062')
    expect(asked).toEqual([])
    await expect(upgrade(bytes, means({ issuerSource, ours: () => true }))).rejects.toThrow('KS-062')
    expect(asked).toEqual([Buffer.from(alone.certificate).toString('base64')])
  })

  it.each([
    ['the authority for stamps is down', { tsa: 'down' }, 'KS-060'],
    ['the authority for stamps refuses', { tsa: 'refuses' }, 'KS-061'],
    ['nobody says whether it was revoked', { ocsp: 'down', crl: 'down' }, 'KS-062'],
  ] as const)('does nothing while %s', async (_, moods, code) => {
    const before = await signed(first)
    const copy = Uint8Array.from(before)
    Object.assign(pki.servers.moods, moods)
    await expect(upgrade(before, means())).rejects.toThrow(code)
    expect(before).toEqual(copy)
  })

  it('does not raise a signature whose certificate was revoked before its time, nor one under an unknown root, nor a broken one', async () => {
    const user = pki.user({ key: 'p-256' })
    const before = await signed(user)
    pki.revoke(user.certificate)
    await expect(upgrade(before, means())).rejects.toThrow('KS-063')
    const good = await signed(first)
    await expect(upgrade(good, means({ issuers: [] }))).rejects.toThrow('KS-062')
    const at = Buffer.from(good).indexOf('stream') + 12
    await expect(upgrade(good.map((byte, index) => (index === at ? byte ^ 1 : byte)), means())).rejects.toThrow('KS-015')
    await expect(upgrade(base, means())).rejects.toThrow('KS-014')
  })

  it('raises a signature whose certificate was revoked after its time: the stamp shows that it was earlier', async () => {
    const user = pki.user({ key: 'p-256' })
    const before = await signed(user, base, true)
    await passASecond()
    pki.revoke(user.certificate)
    expect(baselineTroubles((await upgrade(before, means())).bytes, 'B-LT')).toEqual([])
  })

  it.skipIf(!hasPdfsig() || !hasQpdf())('is as good before pdfsig and qpdf as it was (poppler-utils, libnss3-tools, qpdf)', async () => {
    const file = await keep('lt.pdf', (await upgrade(await signed(second, await signed(first, base, true), true), means())).bytes)
    expect(await pdfsig(file, pki.nssFolder())).toMatchObject([
      { signature: 'Signature is Valid.', certificate: 'Certificate is Trusted.', whole: false }, { signature: 'Signature is Valid.', certificate: 'Certificate is Trusted.', whole: false },
    ])
    expect(await qpdfCheck(file)).toBeNull()
    expect(await qpdfCheck(await keep('dts.pdf', (await upgrade(await signed(first), means())).bytes))).toBeNull()
  })

  it.skipIf(!hasPdfBox())('is valid before PDFBox and BouncyCastle, document timestamp and all (libpdfbox2-java, libbcpkix-java)', async () => {
    const java = await pdfBox()
    const file = await keep('java.pdf', (await upgrade(await signed(first), means())).bytes)
    expect((await java.judge(file)).map(({ subFilter, valid }) => [subFilter, valid])).toEqual([['ETSI.CAdES.detached', true], ['ETSI.RFC3161', true]])
    java.remove()
  })

  it('changes nothing that a reader sees', async () => {
    const { bytes } = await upgrade(await signed(first), means())
    expect(readSignatures(bytes).map((one) => laterChanges(bytes, one).map(({ kind }) => kind))).toEqual([['timestamp', 'evidence'], ['evidence']])
  })

  it('keeps the stamp over the signature value that was there', async () => {
    const before = await signed(first, base, true)
    const stampOf = (bytes: Uint8Array): number => readSignatures(bytes).flatMap(({ contents }) => signatureStamps(signerParts(contents))).length
    expect([stampOf(before), stampOf((await upgrade(before, means())).bytes)]).toEqual([1, 1])
  })
})

/** Times in certificates and lists are whole seconds. */
const passASecond = (): Promise<void> => new Promise((resolve) => { setTimeout(resolve, 2000 - (Date.now() % 1000)) })
