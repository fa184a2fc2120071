import { execFile } from 'node:child_process'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { SIGNATURE_SCHEMES, type SignatureScheme } from '@contract/signing'
import { childrenOf, first, hexOf, parseCertificate, parseSignedData, TAG } from '../../../src-main/identity/pki'
import { assemble, checkValue, sha256, signedAttributes, signerParts, valueMatches } from '../../../src-main/signing/cms'
import { oid } from '../../../src-main/signing/der'
import { createPki, hasOpenssl, type Pki, type PkiUser } from '../pki'

const run = promisify(execFile)
const CONTENT = Buffer.from('Tờ khai đăng ký thường trú')

describe.skipIf(!hasOpenssl())('a CMS signature (OpenSSL 3)', () => {
  let pki: Pki
  let users: Readonly<Record<SignatureScheme, PkiUser>>
  beforeAll(async () => {
    pki = await createPki()
    const rsa = pki.user({ name: 'Trần Văn Đức', key: 'rsa-3072' })
    users = { 'rsa-pss': rsa, 'rsa-pkcs1': rsa, 'ecdsa-p256': pki.user({ name: 'Lê Thị Ngọc Ánh', key: 'p-256' }) }
  })
  afterAll(() => pki.close())

  const made = async (scheme: SignatureScheme): Promise<{ cms: Uint8Array; set: Uint8Array; signature: Uint8Array; certificates: readonly Uint8Array[] }> => {
    const { certificates, sign } = users[scheme].key(scheme)
    const { set } = signedAttributes(sha256(CONTENT), users[scheme].certificate)
    const signature = await sign(set)
    return { cms: assemble({ set, scheme, signature, certificates }), set, signature, certificates }
  }
  const judged = async (cms: Uint8Array, content: Uint8Array = CONTENT): Promise<string> => {
    await writeFile(join(pki.folder, 'signed.der'), cms)
    await writeFile(join(pki.folder, 'content.bin'), content)
    const args = ['cms', '-verify', '-cades', '-binary', '-inform', 'DER', '-in', 'signed.der', '-content', 'content.bin', '-CAfile', 'root.pem', '-purpose', 'any', '-out', 'out.bin']
    return run('openssl', args, { cwd: pki.folder }).then(({ stderr }) => stderr, (error: unknown) => (error as Readonly<{ stderr: string }>).stderr)
  }

  it.each(SIGNATURE_SCHEMES)('is believed by `openssl cms -verify -cades` with %s', async (scheme) => {
    expect(await judged((await made(scheme)).cms)).toContain('CAdES Verification successful')
  })

  it('is not believed over another content', async () => {
    expect(await judged((await made('rsa-pss')).cms, Buffer.from('Tờ khai khác'))).toContain('verify error')
  })

  it('has exactly content type, digest and ESS certificate, in the order of DER, and no signing time', async () => {
    const { cms, set } = await made('rsa-pkcs1')
    const members = childrenOf(first(set), TAG.set)
    expect(members.map((member) => hexOf(childrenOf(member, TAG.sequence)[0]?.raw ?? new Uint8Array(0))).sort())
      .toEqual(['1.2.840.113549.1.9.3', '1.2.840.113549.1.9.4', '1.2.840.113549.1.9.16.2.47'].map((name) => hexOf(oid(name))).sort())
    expect([...members].sort((a, b) => Buffer.compare(a.raw, b.raw))).toEqual(members)
    expect(hexOf(signerParts(cms).signed?.subarray(1) ?? new Uint8Array(0))).toBe(hexOf(set.subarray(1)))
    expect(parseSignedData(cms).certificates.map((raw) => parseCertificate(raw).sha256).sort()).toEqual([users['rsa-pkcs1'].certificate, pki.issuing].map((raw) => parseCertificate(raw).sha256).sort())
  })

  it('is told from one that the key made wrongly, before anything is put into a document', async () => {
    for (const scheme of SIGNATURE_SCHEMES) {
      const { set, signature, certificates } = await made(scheme)
      expect(valueMatches({ set, scheme, signature, certificates })).toBe(true)
      const turned = Uint8Array.from(signature)
      turned[turned.length - 1] = (turned.at(-1) ?? 0) ^ 1
      expect(valueMatches({ set, scheme, signature: turned, certificates })).toBe(false)
      expect(valueMatches({ set, scheme, signature, certificates: [users[scheme === 'ecdsa-p256' ? 'rsa-pss' : 'ecdsa-p256'].certificate] })).toBe(false)
      expect(() => { checkValue({ set, scheme, signature: turned, certificates }, 'token') }).toThrow('KS-029')
      expect(() => { checkValue({ set, scheme, signature: turned, certificates }, 'remote') }).toThrow('KS-044')
    }
    const { set, signature, certificates } = await made('rsa-pkcs1')
    expect(valueMatches({ set, scheme: 'rsa-pss', signature, certificates })).toBe(false)
  })
})
