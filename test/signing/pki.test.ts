import { execFile } from 'node:child_process'
import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { inForce, isStale, listSignedBy, parseCertificate, parseRevocationList, signedBy } from '../../src-main/identity/pki'
import { createPki, hasOpenssl, type Pki } from './pki'

const run = promisify(execFile)

describe.skipIf(!hasOpenssl())('the infrastructure of the tests (OpenSSL 3)', () => {
  let pki: Pki
  beforeAll(async () => { pki = await createPki() })
  afterAll(() => pki.close())

  it('makes users under an issuing CA under a root, with Vietnamese names', () => {
    const user = pki.user({ name: 'Đặng Thị Hường' })
    const [certificate, issuing, root] = [user.certificate, pki.issuing, pki.root].map(parseCertificate)
    expect(certificate?.subject.text).toBe(`UID=CCCD:${user.idNumber},CN=Đặng Thị Hường,ST=Tỉnh Nam Bình,C=VN`)
    expect(certificate && issuing && signedBy(certificate, issuing)).toBe('valid')
    expect(issuing && root && signedBy(issuing, root)).toBe('valid')
    expect(inForce(parseCertificate(pki.user({ state: 'expired' }).certificate), new Date())).toBe(false)
  })

  it('publishes who was revoked, by list and by OCSP', async () => {
    const [good, bad] = [pki.user({ key: 'p-256' }), pki.user({ key: 'p-256' })]
    pki.revoke(bad.certificate)
    const list = parseRevocationList(pki.list())
    expect(listSignedBy(list, parseCertificate(pki.issuing))).toBe('valid')
    expect(isStale(list, new Date(Date.now() + 5000))).toBe(false)
    expect([good, bad].map(({ certificate }) => list.revoked.has(parseCertificate(certificate).serial))).toEqual([false, true])
    const asked = async (file: string): Promise<string> => (await run('openssl', ['ocsp', '-issuer', pki.pem('issuing'), '-cert', file, '-url', pki.ocsp.url, '-CAfile', pki.pem('root'), '-VAfile', pki.pem('ocsp')])).stdout
    expect(await asked(good.certificateFile)).toContain(': good')
    expect(await asked(bad.certificateFile)).toContain(': revoked')
  })

  it('stamps', async () => {
    await run('openssl', ['ts', '-query', '-data', pki.pem('root'), '-sha256', '-cert', '-out', 'query.tsq'], { cwd: pki.folder })
    const query = await readFile(join(pki.folder, 'query.tsq'))
    const reply = await fetch(pki.tsa.url, { method: 'POST', headers: { 'content-type': 'application/timestamp-query' }, body: query })
    await writeFile(join(pki.folder, 'reply.tsr'), new Uint8Array(await reply.arrayBuffer()))
    const { stdout } = await run('openssl', ['ts', '-verify', '-data', pki.pem('root'), '-in', 'reply.tsr', '-CAfile', pki.pem('root'), '-untrusted', pki.pem('issuing')], { cwd: pki.folder })
    expect(stdout).toContain('Verification: OK')
  })
})
