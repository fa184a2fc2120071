import { execFile } from 'node:child_process'
import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { parseCertificate } from '../../../src-main/identity/pki'
import { createFetcher, createStampSource, judgeStamp, judgeStampOfDigest, parseStamp, sha256 } from '../../../src-main/signing/cms'
import type { StampSource } from '../../../src-main/signing/ports'
import { createPki, hasOpenssl, type Pki } from '../pki'

const run = promisify(execFile)
const DATA = Buffer.from('giá trị chữ ký')

describe.skipIf(!hasOpenssl())('time stamps (openssl ts)', () => {
  let pki: Pki
  const source = (now?: () => Date): StampSource => createStampSource(pki.tsa.url, createFetcher(), now ? { now } : {})
  beforeAll(async () => { pki = await createPki() })
  afterEach(() => {
    pki.servers.moods.tsa = 'ok'
    pki.servers.meddle.tsa = null
  })
  afterAll(() => pki.close())

  it('are taken from an authority and believed by `openssl ts -verify`', async () => {
    const token = await createStampSource(pki.tsa.url, createFetcher()).stamp(sha256(DATA))
    await writeFile(join(pki.folder, 'token.der'), token)
    await writeFile(join(pki.folder, 'data.bin'), DATA)
    const { stdout } = await run('openssl', ['ts', '-verify', '-data', 'data.bin', '-in', 'token.der', '-token_in', '-CAfile', 'root.pem', '-untrusted', 'issuing.pem'], { cwd: pki.folder })
    expect(stdout).toContain('Verification: OK')
    const stamp = parseStamp(token)
    expect(Math.abs(stamp.at.getTime() - Date.now())).toBeLessThan(60_000)
    expect(judgeStamp(stamp, DATA)).toMatchObject({ trouble: null, signer: { sha256: parseCertificate(pki.tsa.certificate).sha256 } })
    expect(judgeStampOfDigest(stamp, sha256(DATA)).trouble).toBeNull()
    expect(judgeStamp(stamp, Buffer.from('khác')).trouble).toBe('imprint')
  })

  it.each([['down', 'KS-060'], ['silent', 'KS-060'], ['garbage', 'KS-061'], ['refuses', 'KS-061']] as const)('of an authority that is %s are %s', async (mood, code) => {
    pki.servers.moods.tsa = mood
    const patience = mood === 'silent' ? 300 : 5000
    await expect(createStampSource(pki.tsa.url, createFetcher({ patience })).stamp(sha256(DATA))).rejects.toThrow(code)
  })

  it('that answer another question are refused: other nonce, other digest', async () => {
    const other = await answerTo(pki, sha256(Buffer.from('khác')))
    pki.servers.meddle.tsa = () => other
    await expect(source().stamp(sha256(DATA))).rejects.toThrow('KS-061')
    const older = await answerTo(pki, sha256(DATA))
    pki.servers.meddle.tsa = () => older
    await expect(source().stamp(sha256(DATA))).rejects.toThrow('KS-061')
  })

  it('with one bit of their signature turned are refused', async () => {
    pki.servers.meddle.tsa = (answer) => turned(answer, answer.length - 1)
    await expect(source().stamp(sha256(DATA))).rejects.toThrow('KS-061')
  })

  it('show a clock of this machine that is wrong', async () => {
    await expect(source(() => new Date(Date.now() - 3_600_000)).stamp(sha256(DATA))).rejects.toThrow('KS-065')
    await expect(source(() => new Date()).stamp(sha256(DATA))).resolves.toBeInstanceOf(Uint8Array)
  })

  it('of a signer who is not there for stamps are not believed', async () => {
    const signer = pki.user({ extendedKeyUsage: 'critical,timeStamping,emailProtection', keyUsage: 'digitalSignature' })
    // OpenSSL itself refuses such a signer, so the token is made with the plain CMS command.
    const good = parseStamp(await source().stamp(sha256(DATA)))
    await writeFile(join(pki.folder, 'info.der'), good.data.content ?? new Uint8Array(0))
    await run('openssl', ['cms', '-sign', '-cades', '-binary', '-nodetach', '-econtent_type', '1.2.840.113549.1.9.16.1.4', '-in', 'info.der', '-signer', signer.certificateFile, '-inkey', signer.keyFile, '-md', 'sha256', '-outform', 'DER', '-out', 'own.der'], { cwd: pki.folder })
    const own = parseStamp(new Uint8Array(await readFile(join(pki.folder, 'own.der'))))
    expect(judgeStamp(own, DATA).trouble).toBe('certificate')
  })
})

const turned = (bytes: Uint8Array, at: number): Uint8Array => bytes.map((byte, index) => (index === at ? byte ^ 1 : byte))

/** The authority's whole answer to another question. */
async function answerTo(pki: Pki, digest: Uint8Array): Promise<Uint8Array> {
  let kept: Uint8Array | null = null
  pki.servers.meddle.tsa = (answer) => {
    kept = answer
    return answer
  }
  await createStampSource(pki.tsa.url, createFetcher()).stamp(digest)
  if (kept === null) throw new Error('no answer')
  return kept
}
