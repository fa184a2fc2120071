import { execFile } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { hasOpenssl } from '../signing/pki'
import { onBothDatabases } from './both'
import type { CaRules } from './ca'

const execute = promisify(execFile)

const SUBJECT = (idNumber: string): string => `/C=VN/ST=Tỉnh Nam Bình/CN=Đặng Thị Hường/UID=CCCD:${idNumber}`
/** Of a program that failed. */
const Output = z.object({ stdout: z.string(), stderr: z.string() })
const Certificates = z.object({ items: z.array(z.object({ serial: z.string(), name: z.string(), confirmed: z.boolean().nullable(), revoked: z.boolean() })) })

describe.skipIf(!hasOpenssl())('the reference city’s CA, before the programs of OpenSSL 3', () => {
  onBothDatabases('the CA', (stage) => {
    let folder: string
    let secret: string
    let people = 100
    beforeAll(async () => {
      folder = mkdtempSync(join(tmpdir(), 'city-ca-'))
      secret = z.object({ secret: z.string() }).parse(await door('POST', 'desks', { reference: 'quay-thu' })).secret
      for (const name of ['root', 'issuing']) {
        const bytes = Buffer.from(await (await fetch(at(`/ca/${name}.cer`))).arrayBuffer())
        writeFileSync(join(folder, `${name}.cer`), bytes)
        await openssl('x509', '-inform', 'DER', '-in', `${name}.cer`, '-out', `${name}.pem`)
      }
      writeFileSync(join(folder, 'chain.pem'), readFileSync(join(folder, 'issuing.pem')))
    })
    afterEach(() => door('POST', 'rules', {}))
    afterAll(() => { rmSync(folder, { recursive: true, force: true }) })

    const at = (path: string): string => `${stage.city().url}${path}`
    async function door(method: string, path: string, body?: unknown): Promise<unknown> {
      const answer = await fetch(at(`/doors/ca/${path}`), { method, ...(body === undefined ? {} : { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }) })
      expect(answer.ok).toBe(true)
      return answer.json()
    }
    const rules = (wish: Partial<CaRules>): Promise<unknown> => door('POST', 'rules', wish)
    const issued = async (): Promise<z.infer<typeof Certificates>['items']> => Certificates.parse(await door('GET', 'certificates')).items
    const openssl = async (...args: string[]): Promise<string> => {
      const { stdout, stderr } = await execute('openssl', args, { cwd: folder })
      return stdout + stderr
    }
    const failing = (...args: string[]): Promise<string> => openssl(...args).then((text) => `succeeded: ${text}`, (error: unknown) => Object.values(Output.parse(error)).join('\n'))
    /** A key and a request for a person of whom there is no other. */
    async function request(name: string, key: readonly string[] = ['ec', '-pkeyopt', 'ec_paramgen_curve:P-256'], subject = SUBJECT(`079192${String((people += 1)).padStart(6, '0')}`), more: readonly string[] = []): Promise<void> {
      await openssl('req', '-new', '-utf8', '-newkey', ...key, '-nodes', '-keyout', `${name}.key`, '-subj', subject, '-out', `${name}.csr`, ...more)
    }
    const client = (name: string, ...more: string[]): string[] => [
      'cmp', '-cmd', 'p10cr', '-server', at('/ca/cmp'), '-ref', 'quay-thu', '-secret', `pass:${secret}`, '-csr', `${name}.csr`, '-certout', `${name}.pem`,
      '-trusted', 'root.pem', '-out_trusted', 'root.pem', '-untrusted', 'issuing.pem', '-recipient', '/CN=CA', '-verbosity', '7', '-ignore_keyusage', ...more,
    ]

    it.each([
      ['P-256', ['ec', '-pkeyopt', 'ec_paramgen_curve:P-256'], []], ['RSA 2048', ['rsa:2048'], []], ['RSA-PSS', ['rsa:2048'], ['-sigopt', 'rsa_padding_mode:pss', '-sigopt', 'rsa_pss_saltlen:32']],
    ] as const)('gives openssl cmp a certificate for a %s key, confirmed, that openssl verify takes', async (_kind, key, more) => {
      await request('one', key, undefined, more)
      const log = await openssl(...client('one'))
      expect(log).toContain('received PKICONF')
      expect(await openssl('verify', '-x509_strict', '-CAfile', 'root.pem', '-untrusted', 'issuing.pem', 'one.pem')).toContain('one.pem: OK')
      const text = await openssl('x509', '-in', 'one.pem', '-noout', '-text', '-nameopt', 'utf8')
      expect(text).toContain('Digital Signature, Non Repudiation')
      expect(text).toContain(`URI:${at('/ca/ocsp')}`)
      expect((await issued()).at(-1)).toMatchObject({ name: 'Đặng Thị Hường', confirmed: true, revoked: false })
    })

    it('lets openssl cmp ask again while somebody looks at the request', async () => {
      await rules({ delaySeconds: 1, checkAfterSeconds: 1 })
      await request('slow')
      const log = await openssl(...client('slow'))
      expect(log).toContain('received POLLREP')
      expect(log).toContain('received PKICONF')
    })

    it('refuses a name that is no citizen’s, in words', async () => {
      await request('nobody', undefined, '/C=VN/CN=Không có số')
      expect(await failing(...client('nobody'))).toContain('UID=CCCD')
    })

    it('refuses a short key, and numbers that its rules name', async () => {
      await request('short', ['rsa:1024'])
      expect(await failing(...client('short'))).toContain('badCertTemplate')
      await rules({ refuse: { uid: '999$', text: 'Số căn cước này đã bị khóa' } })
      await request('locked', undefined, SUBJECT('079192000999'))
      expect(await failing(...client('locked'))).toContain('Số căn cước này đã bị khóa')
    })

    it('refuses a desk that does not know its secret', async () => {
      await request('stranger')
      expect(await failing(...client('stranger'), '-secret', 'pass:không-phải-bí-mật', '-unprotected_errors')).toContain('badMessageCheck')
    })

    it('gives one certificate for one key, however often it is asked', async () => {
      await request('twice')
      await openssl(...client('twice'))
      const before = (await issued()).length
      const first = readFileSync(join(folder, 'twice.pem'), 'utf8')
      await failing(...client('twice'))
      expect(readFileSync(join(folder, 'twice.pem'), 'utf8')).toBe(first)
      expect(await issued()).toHaveLength(before)
    })

    it('signs its answers for a desk that signs, and openssl believes it', async () => {
      await openssl('req', '-new', '-utf8', '-newkey', 'rsa:2048', '-nodes', '-keyout', 'desk.key', '-subj', '/C=VN/CN=Quầy 1', '-outform', 'DER', '-out', 'desk.csr')
      const { certificate } = z.object({ certificate: z.string() }).parse(await door('POST', 'desk-certificates', { name: 'Quầy 1', csr: readFileSync(join(folder, 'desk.csr')).toString('base64') }))
      writeFileSync(join(folder, 'desk.cer'), Buffer.from(certificate, 'base64'))
      await request('signed')
      const log = await openssl('cmp', '-cmd', 'p10cr', '-server', at('/ca/cmp'), '-csr', 'signed.csr', '-certout', 'signed.pem', '-cert', 'desk.cer', '-key', 'desk.key', '-trusted', 'root.pem', '-untrusted', 'issuing.pem', '-verbosity', '7')
      expect(log).toContain('received PKICONF')
      expect(await failing('cmp', '-cmd', 'p10cr', '-server', at('/ca/cmp'), '-csr', 'signed.csr', '-certout', 'x.pem', '-cert', 'signed.pem', '-key', 'signed.key', '-trusted', 'root.pem', '-untrusted', 'issuing.pem'))
        .toContain('badMessageCheck')
    })

    it('answers openssl ocsp: good, revoked with reason and time, unknown; over POST with nonce, and over GET', async () => {
      await request('asked')
      await openssl(...client('asked'))
      const asked = (): Promise<string> => openssl('ocsp', '-issuer', 'issuing.pem', '-cert', 'asked.pem', '-url', at('/ca/ocsp'), '-CAfile', 'root.pem', '-verify_other', 'issuing.pem')
      expect(await asked()).toMatch(/asked\.pem: good[\s\S]*Response verify OK/)
      const serial = (await issued()).at(-1)?.serial
      await door('POST', 'revocations', { serial, reason: 1 })
      expect(await asked()).toMatch(/asked\.pem: revoked[\s\S]*Reason: keyCompromise/)
      expect(await openssl('ocsp', '-issuer', 'issuing.pem', '-serial', '0x1234567890', '-url', at('/ca/ocsp'), '-CAfile', 'root.pem', '-verify_other', 'issuing.pem')).toContain(': unknown')
      await openssl('ocsp', '-issuer', 'issuing.pem', '-cert', 'asked.pem', '-no_nonce', '-reqout', 'asked.req')
      const answer = await fetch(at(`/ca/ocsp/${encodeURIComponent(readFileSync(join(folder, 'asked.req')).toString('base64'))}`))
      writeFileSync(join(folder, 'asked.resp'), Buffer.from(await answer.arrayBuffer()))
      expect(await openssl('ocsp', '-respin', 'asked.resp', '-issuer', 'issuing.pem', '-cert', 'asked.pem', '-CAfile', 'root.pem', '-verify_other', 'issuing.pem', '-no_nonce')).toContain('revoked')
    })

    it('publishes lists that openssl crl and verify take, with whom it took back', async () => {
      await request('listed')
      await openssl(...client('listed'))
      for (const name of ['root', 'issuing']) {
        writeFileSync(join(folder, `${name}.crl`), Buffer.from(await (await fetch(at(`/ca/${name}.crl`))).arrayBuffer()))
        expect(await openssl('crl', '-inform', 'DER', '-in', `${name}.crl`, '-CAfile', `${name}.pem`, '-noout')).toContain('verify OK')
        await openssl('crl', '-inform', 'DER', '-in', `${name}.crl`, '-out', `${name}-crl.pem`)
      }
      const verify = (): Promise<string> => failing('verify', '-crl_check_all', '-CAfile', 'root.pem', '-untrusted', 'issuing.pem', '-CRLfile', 'root-crl.pem', '-CRLfile', 'issuing-crl.pem', 'listed.pem')
      expect(await verify()).toContain('listed.pem: OK')
      await door('POST', 'revocations', { serial: (await issued()).at(-1)?.serial, reason: 4 })
      writeFileSync(join(folder, 'issuing.crl'), Buffer.from(await (await fetch(at('/ca/issuing.crl'))).arrayBuffer()))
      await openssl('crl', '-inform', 'DER', '-in', 'issuing.crl', '-out', 'issuing-crl.pem')
      expect(await verify()).toContain('certificate revoked')
    })

    it('stamps, and openssl ts believes it; a stamp without a known imprint is refused', async () => {
      writeFileSync(join(folder, 'data'), randomBytes(100))
      const stamp = async (...more: string[]): Promise<void> => {
        await openssl('ts', '-query', '-data', 'data', '-out', 'query.tsq', ...more)
        const answer = await fetch(at('/ca/tsa'), { method: 'POST', headers: { 'content-type': 'application/timestamp-query' }, body: new Uint8Array(readFileSync(join(folder, 'query.tsq'))) })
        writeFileSync(join(folder, 'reply.tsr'), Buffer.from(await answer.arrayBuffer()))
      }
      const verify = (): Promise<string> => failing('ts', '-verify', '-queryfile', 'query.tsq', '-in', 'reply.tsr', '-CAfile', 'root.pem', '-untrusted', 'issuing.pem')
      await stamp('-sha256', '-cert')
      expect(await verify()).toContain('Verification: OK')
      await stamp('-sha512', '-cert')
      expect(await verify()).toContain('Verification: OK')
      await stamp('-sha1')
      expect(await openssl('ts', '-reply', '-in', 'reply.tsr', '-text')).toContain('unrecognized or unsupported algorithm')
    })

    it('shows codes for phones on its page, and takes each only for its issuance', async () => {
      const enrolled = await stage.counter()
      expect(enrolled.clientId).not.toBe('')
      const given = z.object({ signing: z.object({ providers: z.array(z.object({ phone: z.object({ url: z.string(), token: z.string() }) })) }) })
        .parse(await (await fetch(at('/v1/enrolments'), { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(await freshEnrolment()) })).json())
      const { url, token } = given.signing.providers[0]?.phone ?? { url: '', token: '' }
      const call = (path: string, body: unknown, bearer = token): Promise<Response> => fetch(`${url}/${path}`, { method: 'POST', headers: { 'content-type': 'application/json', authorization: `Bearer ${bearer}` }, body: JSON.stringify(body) })
      expect((await call('send', { id: 'a', phone: '0912345678' }, 'falsch')).status).toBe(401)
      expect((await call('send', { id: 'a', phone: '0912345678' })).status).toBe(200)
      const { items } = z.object({ items: z.array(z.object({ id: z.string(), code: z.string() })) }).parse(await door('GET', 'phone-codes'))
      const code = items.find(({ id }) => id === 'a')?.code ?? ''
      expect(await (await fetch(at('/certificates'))).text()).toContain(code)
      const wrong = code === '000000' ? '000001' : '000000'
      expect(await (await call('check', { id: 'a', code: wrong })).json()).toEqual({ ok: false })
      expect((await call('check', { id: 'b', code })).status).toBe(404)
      expect(await (await call('check', { id: 'a', code })).json()).toEqual({ ok: true })
    })

    async function freshEnrolment(): Promise<unknown> {
      const { exportJWK, generateKeyPair } = await import('jose')
      const { publicKey } = await generateKeyPair('ES256', { extractable: true })
      const { kty, crv, x, y } = await exportJWK(publicKey)
      return { code: await stage.doors().enrolmentCode({ counter: 'Quầy 7' }), publicKey: { kty, crv, x, y } }
    }
  })
})
