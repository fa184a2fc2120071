import { mkdtempSync, rmSync } from 'node:fs'
import { writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { SIGNATURE_SCHEMES } from '@contract/signing'
import { createFetcher, createStampSource, parseStamp, sha256 } from '../../../src-main/signing/cms'
import { finishPdf, preparePdf, signPdf, toSign } from '../../../src-main/signing/pades'
import { readSignatures } from '../../../src-main/signing/pdf'
import type { SignatureWish, SigningKey, StampSource } from '../../../src-main/signing/ports'
import { baselineTroubles } from '../assertions'
import { hasPdfBox, hasPdfsig, hasQpdf, opensslCades, type PdfBox, pdfBox, pdfsig, qpdfCheck } from '../judges/judges'
import { made, RESOURCES } from '../pdf/samples'
import { createPki, hasOpenssl, type Pki, type PkiUser } from '../pki'

const isPrefix = (short: Uint8Array, long: Uint8Array): boolean => short.length < long.length && Buffer.compare(short, long.subarray(0, short.length)) === 0

describe.skipIf(!hasOpenssl())('signing a PDF (OpenSSL 3)', () => {
  let pki: Pki
  let users: Readonly<{ rsa: PkiUser; ec: PkiUser }>
  let base: Uint8Array
  let folder: string
  let stamps: StampSource
  beforeAll(async () => {
    pki = await createPki()
    users = { rsa: pki.user({ name: 'Nguyễn Thị Hồng Nhung' }), ec: pki.user({ name: 'Đỗ Quốc Khánh', key: 'p-256' }) }
    base = await made()
    folder = mkdtempSync(join(tmpdir(), 'signed-'))
    stamps = createStampSource(pki.tsa.url, createFetcher())
  })
  afterAll(async () => {
    rmSync(folder, { recursive: true, force: true })
    await pki.close()
  })

  const keyFor = (scheme: (typeof SIGNATURE_SCHEMES)[number]): SigningKey => (scheme === 'ecdsa-p256' ? users.ec : users.rsa).key(scheme)
  const wish = (name: string, visible = false): SignatureWish => ({
    name, reason: 'Xác nhận tờ khai', location: 'Phường Mẫu', at: new Date(), visible: visible ? { page: 1, box: [300, 60, 220, 60], lines: ['Người ký: ' + name, 'Thời gian: 08:00 23/11/2026'] } : null,
  })
  const keep = async (name: string, bytes: Uint8Array): Promise<string> => {
    const file = join(folder, name)
    await writeFile(file, bytes)
    return file
  }

  it.each(SIGNATURE_SCHEMES)('makes B-B and B-T with %s that keep our list of what a baseline signature must be, and leave what was there', async (scheme) => {
    const plain = await signPdf(base, keyFor(scheme), wish('Đỗ Quốc Khánh', true), { resourcesFolder: RESOURCES })
    expect([plain.level, plain.stampTrouble, isPrefix(base, plain.bytes)]).toEqual(['B-B', null, true])
    expect(baselineTroubles(plain.bytes, 'B-B')).toEqual([])
    expect(baselineTroubles(plain.bytes, 'B-T')).toHaveLength(1)
    const stamped = await signPdf(base, keyFor(scheme), wish('Đỗ Quốc Khánh'), { stamps })
    expect([stamped.level, stamped.stampTrouble, isPrefix(base, stamped.bytes)]).toEqual(['B-T', null, true])
    expect(baselineTroubles(stamped.bytes, 'B-T')).toEqual([])
    for (const { bytes } of [plain, stamped]) {
      const [signature] = readSignatures(bytes)
      expect(signature && await opensslCades(bytes, signature, folder, pki.pem('root'))).toContain('CAdES Verification successful')
    }
  })

  it('keeps name, reason and place in Vietnamese', async () => {
    const { bytes } = await signPdf(base, keyFor('rsa-pss'), wish('Nguyễn Thị Hồng Nhung'))
    expect(readSignatures(bytes)).toMatchObject([{ name: 'Nguyễn Thị Hồng Nhung', reason: 'Xác nhận tờ khai', location: 'Phường Mẫu', wellFormed: true, coversWhole: true }])
  })

  it('is a B-B with its reason where the stamp is not to be had', async () => {
    for (const [mood, code] of [['down', 'KS-060'], ['refuses', 'KS-061']] as const) {
      pki.servers.moods.tsa = mood
      const signed = await signPdf(base, keyFor('ecdsa-p256'), wish('Đỗ Quốc Khánh'), { stamps })
      pki.servers.moods.tsa = 'ok'
      expect([signed.level, signed.stampTrouble]).toEqual(['B-B', code])
      expect(baselineTroubles(signed.bytes, 'B-B')).toEqual([])
    }
  })

  it('puts nothing into a document that a key signed wrongly', async () => {
    const key = keyFor('rsa-pkcs1')
    const wrong: SigningKey = { ...key, sign: (bytes) => key.sign(sha256(bytes)) }
    await expect(signPdf(base, wrong, wish('x'))).rejects.toThrow('KS-029')
    await expect(signPdf(base, { ...key, certificates: [] }, wish('x'))).rejects.toThrow('KS-120')
  })

  describe('whose value comes later', () => {
    it('waits through a restart: the kept bytes and state give the same to sign', async () => {
      const key = keyFor('rsa-pkcs1')
      const waiting = await preparePdf(base, key, wish('Nguyễn Thị Hồng Nhung'))
      const { bytes, state } = { bytes: Uint8Array.from(waiting.bytes), state: String(JSON.parse(JSON.stringify(waiting.state))) }
      expect(toSign({ bytes, state })).toEqual({ set: waiting.set, hash: waiting.hash })
      expect(waiting.hash).toEqual(sha256(waiting.set))
      const signed = await finishPdf({ bytes, state }, await key.sign(waiting.set), { stamps, from: 'remote' })
      expect([signed.level, isPrefix(base, signed.bytes), baselineTroubles(signed.bytes, 'B-T')]).toEqual(['B-T', true, []])
      const again = await finishPdf({ bytes, state }, await key.sign(waiting.set), { from: 'remote' })
      expect([again.level, isPrefix(base, again.bytes)]).toEqual(['B-B', true])
    })

    it('refuses a value of another document, of another key, and a kept file that was changed', async () => {
      const key = keyFor('rsa-pkcs1')
      const waiting = await preparePdf(base, key, wish('Nguyễn Thị Hồng Nhung'))
      await expect(finishPdf(waiting, await key.sign(waiting.hash), { from: 'remote' })).rejects.toThrow('KS-044')
      await expect(finishPdf(waiting, await pki.user().key('rsa-pkcs1').sign(waiting.set), { from: 'remote' })).rejects.toThrow('KS-044')
      const changed = waiting.bytes.map((byte, index) => (index === 100 ? byte ^ 1 : byte))
      await expect(finishPdf({ ...waiting, bytes: changed }, await key.sign(waiting.set))).rejects.toThrow('KS-015')
    })
  })

  describe.skipIf(!hasPdfsig())('before pdfsig (poppler-utils, libnss3-tools)', () => {
    const GOOD = { signature: 'Signature is Valid.', certificate: 'Certificate is Trusted.' }

    it.each(SIGNATURE_SCHEMES)('is good with %s', async (scheme) => {
      const file = await keep(`${scheme}.pdf`, (await signPdf(base, keyFor(scheme), wish('x', true), { stamps, resourcesFolder: RESOURCES })).bytes)
      const { name } = scheme === 'ecdsa-p256' ? users.ec : users.rsa
      expect(await pdfsig(file, pki.nssFolder())).toEqual([{ ...GOOD, signer: name, whole: true, type: 'ETSI.CAdES.detached' }])
    })

    it('is of an unknown issuer where the root is not trusted', async () => {
      const file = await keep('unknown.pdf', (await signPdf(base, keyFor('rsa-pss'), wish('x'))).bytes)
      expect(await pdfsig(file, pki.nssFolder({ root: false }))).toMatchObject([{ signature: 'Signature is Valid.', certificate: 'Certificate issuer is unknown.' }])
    })

    it('shows a changed content, a changed signature value, and what was appended', async () => {
      const { bytes } = await signPdf(base, keyFor('rsa-pkcs1'), wish('x'))
      const nss = pki.nssFolder()
      const at = Buffer.from(bytes).indexOf('stream') + 12
      const changed = bytes.map((byte, index) => (index === at ? byte ^ 1 : byte))
      expect(await pdfsig(await keep('changed.pdf', changed), nss)).toMatchObject([{ signature: 'Digest Mismatch.', certificate: null }])
      const [signature] = readSignatures(bytes)
      const value = signature ? turnedValue(bytes, signature.range[1], signature.contents) : bytes
      expect(await pdfsig(await keep('value.pdf', value), nss)).toMatchObject([{ signature: 'Signature is Invalid.', certificate: null }])
      const appended = Buffer.concat([bytes, Buffer.from('% more\n%%EOF\n')])
      expect(await pdfsig(await keep('appended.pdf', appended), nss)).toMatchObject([{ ...GOOD, whole: false }])
    })

    it('is revoked by list and by OCSP; where pdfsig can ask nobody, it trusts it all the same', async () => {
      const signed = async (addresses: 'both' | 'crl'): Promise<string> => {
        const user = pki.user({ key: 'p-256', name: 'Bị Thu Hồi', addresses })
        const file = await keep(`revoked-${addresses}.pdf`, (await signPdf(base, user.key(), wish('x'))).bytes)
        pki.revoke(user.certificate)
        return file
      }
      const certificate = async (file: string, nss: string, ocsp = true): Promise<string | null> => (await pdfsig(file, nss, { ocsp }))[0]?.certificate ?? null
      const [both, byList] = [await signed('both'), await signed('crl')]
      expect(await certificate(both, pki.nssFolder({ list: true }), false)).toBe('Certificate has been Revoked.')
      expect(await certificate(both, pki.nssFolder())).toBe('Certificate has been Revoked.')
      expect(await certificate(byList, pki.nssFolder({ list: true }))).toBe('Certificate has been Revoked.')
      // Why a silent revocation must never be read as "hợp lệ".
      expect(await certificate(byList, pki.nssFolder())).toBe('Certificate is Trusted.')
    })

    it('is good for two signers, one after the other', async () => {
      const first = await signPdf(base, keyFor('rsa-pss'), wish(users.rsa.name, true), { stamps, resourcesFolder: RESOURCES })
      const second = await signPdf(first.bytes, keyFor('ecdsa-p256'), wish(users.ec.name, true), { stamps, resourcesFolder: RESOURCES })
      expect(isPrefix(first.bytes, second.bytes)).toBe(true)
      expect(baselineTroubles(second.bytes, 'B-T')).toEqual([])
      expect(await pdfsig(await keep('two.pdf', second.bytes), pki.nssFolder())).toMatchObject([
        { ...GOOD, signer: users.rsa.name, whole: false }, { ...GOOD, signer: users.ec.name, whole: true },
      ])
    })
  })

  it.skipIf(!hasQpdf())('has a structure that qpdf finds nothing wrong with', async () => {
    const once = await signPdf(base, keyFor('rsa-pss'), wish('Đỗ Quốc Khánh', true), { resourcesFolder: RESOURCES })
    const twice = await signPdf(once.bytes, keyFor('ecdsa-p256'), wish('Nguyễn Thị Hồng Nhung'), { stamps })
    for (const { bytes } of [once, twice]) expect(await qpdfCheck(await keep('checked.pdf', bytes))).toBeNull()
  })

  describe.skipIf(!hasPdfBox())('before PDFBox and BouncyCastle (libpdfbox2-java, libbcpkix-java, default-jdk-headless)', () => {
    let java: PdfBox
    beforeAll(async () => { java = await pdfBox() })
    afterAll(() => { java.remove() })

    it('is valid with all schemes, with and without a stamp, and invalid once changed', async () => {
      const files: string[] = []
      for (const scheme of SIGNATURE_SCHEMES) files.push(await keep(`java-${scheme}.pdf`, (await signPdf(base, keyFor(scheme), wish('Đỗ Quốc Khánh'), scheme === 'rsa-pss' ? {} : { stamps })).bytes))
      const { bytes } = await signPdf(base, keyFor('rsa-pss'), wish('x'))
      files.push(await keep('java-changed.pdf', bytes.map((byte, index) => (index === Buffer.from(bytes).indexOf('stream') + 12 ? byte ^ 1 : byte))))
      expect((await java.judge(...files)).map(({ file, name, valid, stamp }) => [file, name, valid, stamp])).toEqual([
        ['java-rsa-pss.pdf', 'Đỗ Quốc Khánh', true, 'none'], ['java-rsa-pkcs1.pdf', 'Đỗ Quốc Khánh', true, 'true'], ['java-ecdsa-p256.pdf', 'Đỗ Quốc Khánh', true, 'true'],
        ['java-changed.pdf', 'x', false, 'CMSSignerDigestMismatchException'],
      ])
    })
  })

  it('stamps the signature value and nothing else', async () => {
    const { bytes } = await signPdf(base, keyFor('ecdsa-p256'), wish('x'), { stamps: { name: 'kept', stamp: async (digest) => {
      const token = await stamps.stamp(digest)
      expect(parseStamp(token).imprint).toEqual(digest)
      return token
    } } })
    expect(baselineTroubles(bytes, 'B-T')).toEqual([])
  })
})

/** One bit of the signature value inside /Contents turned: without stamp it is the last of the CMS. */
function turnedValue(bytes: Uint8Array, contentsAt: number, cms: Uint8Array): Uint8Array {
  const der = Buffer.from(cms)
  const length = der.readUInt16BE(2) + 4
  const turned = Uint8Array.from(bytes)
  const at = contentsAt + 1 + 2 * (length - 1)
  turned.set(Buffer.from(((der[length - 1] ?? 0) ^ 1).toString(16).padStart(2, '0')), at)
  return turned
}
