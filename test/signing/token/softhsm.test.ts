import { execFileSync } from 'node:child_process'
import { createPublicKey, verify } from 'node:crypto'
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { TokenService } from '../../../src-main/signing/token'
import type { TokenInfo } from '../../../src-main/signing/ports'
import { builtEntry, codeOfToken, missing, SOFTHSM, type SoftTokens, softTokens, tokensWith } from './support'

const library = SOFTHSM.find((path) => existsSync(path))
const skipped = missing('softhsm2-util', 'pkcs11-tool', 'openssl') ?? (library === undefined ? 'the SoftHSM driver was not found' : null)
const PIN = '123456'
const BYTES = new Uint8Array(Buffer.from('49 signed attributes, or anything else'))

const publicOf = (spki: Uint8Array): ReturnType<typeof createPublicKey> => createPublicKey({ key: Buffer.from(spki), format: 'der', type: 'spki' })

describe.skipIf(skipped !== null)(`tokens of SoftHSM in a driver process${skipped === null ? '' : ` (skipped: ${skipped})`}`, () => {
  const folder = mkdtempSync(join(tmpdir(), 'motcua-entry-'))
  let soft: SoftTokens
  let entry: string
  let tokens: TokenService
  let citizen: TokenInfo

  const judge = (...words: string[]): string => execFileSync('pkcs11-tool', ['--module', library ?? '', '--token-label', 'citizen', '--login', '--pin', PIN, ...words], { env: soft.env, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] })

  beforeAll(async () => {
    entry = await builtEntry(folder)
    soft = softTokens()
    soft.add('citizen', PIN)
    soft.add('officer', '654321')
    tokens = tokensWith(entry, soft.env, [library ?? ''])
    const { tokens: found } = await tokens.list()
    const first = found.find(({ label }) => label === 'citizen')
    if (!first) throw new Error('no token')
    citizen = first
  })
  afterAll(async () => {
    await tokens?.close()
    soft?.remove()
    rmSync(folder, { recursive: true, force: true })
  })

  it('two tokens of one driver are told apart by their own ids', async () => {
    const { tokens: found, troubles } = await tokens.list()
    expect(troubles).toEqual([])
    expect(found.map(({ label }) => label).sort()).toEqual(['citizen', 'officer'])
    expect(new Set(found.map(({ id }) => id)).size).toBe(2)
    expect(citizen).toMatchObject({ driver: 'SoftHSM', maker: 'SoftHSM project', pin: 'ok', readOnly: false, simulated: false, schemes: ['rsa-pss', 'rsa-pkcs1', 'ecdsa-p256'], keys: ['rsa-2048', 'rsa-3072', 'p-256'] })
    expect(tokens.drivers()).toEqual([{ path: library, name: 'SoftHSM', found: 'setting', running: true }])
  })

  it.each([
    ['rsa-2048', '01', 'rsa-pss'], ['rsa-2048', '02', 'rsa-pkcs1'], ['rsa-3072', '03', 'rsa-pss'], ['p-256', '04', 'ecdsa-p256'],
  ] as const)('a key pair of %s (%s) signs %s so that another library verifies it', async (key, keyId, scheme) => {
    const spki = await tokens.generate({ token: citizen.id, pin: PIN, key, keyId, label: 'Chữ ký số' })
    const [one, two] = await tokens.sign({ token: citizen.id, pin: PIN, keyId, scheme, pieces: [BYTES, Uint8Array.of(1)] })
    const padding = scheme === 'rsa-pss' ? { padding: 6, saltLength: 32 } : {}
    expect(verify('sha256', BYTES, { key: publicOf(spki), ...padding }, one ?? new Uint8Array())).toBe(true)
    expect(verify('sha256', Uint8Array.of(1), { key: publicOf(spki), ...padding }, two ?? new Uint8Array())).toBe(true)
  }, 60_000)

  it('a key pair never leaves the token and does nothing but sign', () => {
    const objects = judge('--list-objects', '--type', 'privkey')
    expect(objects).toContain('label:      Chữ ký số')
    expect(objects).toMatch(/Usage:\s+sign\n/)
    expect(objects).toMatch(/Access:\s+sensitive, always sensitive, never extractable, local/)
  })

  it('a generation that is asked for again gives the same key, and no second one', async () => {
    const wish = { token: citizen.id, pin: PIN, key: 'p-256', keyId: '0a0b', label: 'again' } as const
    const first = await tokens.generate(wish)
    expect(await tokens.generate(wish)).toEqual(first)
    expect(await tokens.publicKey(citizen.id, '0a0b', PIN)).toEqual(first)
    expect(judge('--list-objects', '--type', 'privkey').match(/ID:\s+0a0b\n/g)).toHaveLength(1)
  })

  it('a certificate lies beside its key afterwards, once, and pkcs11-tool reads it', async () => {
    const certificate = certificateFor(await tokens.generate({ token: citizen.id, pin: PIN, key: 'rsa-2048', keyId: 'c1', label: 'key' }))
    for (const _ of [1, 2]) await tokens.store({ token: citizen.id, pin: PIN, keyId: 'c1', certificate, label: 'Chứng thư' })
    const mine = await tokens.certificates(citizen.id)
    expect(mine).toEqual([{ token: citizen.id, keyId: 'c1', certificate, hasKey: true }])
    const out = join(folder, 'read.der')
    judge('--read-object', '--type', 'cert', '--id', 'c1', '--output-file', out)
    expect(new Uint8Array(readFileSync(out))).toEqual(certificate)
    const listed = judge('--list-objects', '--type', 'cert')
    expect(listed.match(/Certificate Object/g)).toHaveLength(1)
    expect(listed).toContain('UID=CCCD:001090012345')
  })

  it('a certificate for another key is not stored', async () => {
    await tokens.generate({ token: citizen.id, pin: PIN, key: 'p-256', keyId: 'c2', label: 'key' })
    const other = certificateFor(await tokens.generate({ token: citizen.id, pin: PIN, key: 'p-256', keyId: 'c3', label: 'key' }))
    expect(await codeOfToken(tokens.store({ token: citizen.id, pin: PIN, keyId: 'c2', certificate: other, label: 'x' }))).toBe('KS-120')
  })

  it('a key pair without a certificate can be thrown away, one with a certificate cannot', async () => {
    await tokens.generate({ token: citizen.id, pin: PIN, key: 'p-256', keyId: 'd1', label: 'key' })
    await tokens.discard({ token: citizen.id, pin: PIN, keyId: 'd1' })
    expect(await tokens.publicKey(citizen.id, 'd1', PIN)).toBeNull()
    expect(await codeOfToken(tokens.discard({ token: citizen.id, pin: PIN, keyId: 'c1' }))).toBe('KS-126')
    expect(await tokens.publicKey(citizen.id, 'c1', PIN)).not.toBeNull()
  })

  it('a key that is not there, and a scheme that is not its own, are said by name', async () => {
    expect(await codeOfToken(tokens.sign({ token: citizen.id, pin: PIN, keyId: 'ff', scheme: 'rsa-pss', pieces: [BYTES] }))).toBe('KS-120')
    expect(await codeOfToken(tokens.sign({ token: citizen.id, pin: PIN, keyId: 'c3', scheme: 'rsa-pss', pieces: [BYTES] }))).toBe('KS-122')
  })

  it('a wrong PIN is said by name, and the token tells that tries were spent', async () => {
    expect(await codeOfToken(tokens.sign({ token: citizen.id, pin: '999999', keyId: 'c1', scheme: 'rsa-pss', pieces: [BYTES] }))).toBe('KS-023')
    expect((await tokens.list()).tokens.find(({ id }) => id === citizen.id)?.pin).toBe('last-tries')
    await tokens.publicKey(citizen.id, 'c1', PIN)
    expect((await tokens.list()).tokens.find(({ id }) => id === citizen.id)?.pin).toBe('ok')
  })

  it('the PIN can be changed, and the old one is wrong afterwards', async () => {
    await tokens.changePin({ token: citizen.id, pin: PIN, next: '888888' })
    expect(await codeOfToken(tokens.publicKey(citizen.id, 'c1', PIN))).toBe('KS-023')
    await tokens.changePin({ token: citizen.id, pin: '888888', next: PIN })
    expect(await tokens.publicKey(citizen.id, 'c1', PIN)).not.toBeNull()
  })

  it('a new PIN that is too short is refused before the token is asked', async () => {
    expect(await codeOfToken(tokens.changePin({ token: citizen.id, pin: PIN, next: '12' }))).toBe('KS-026')
    expect(await codeOfToken(tokens.changePin({ token: citizen.id, pin: PIN, next: PIN }))).toBe('KS-026')
  })

  it('a token that nobody has seen is not there', async () => {
    expect(await codeOfToken(tokens.certificates('setting-1/0000'))).toBe('KS-021')
  })

  it('a token that was initialised without a PIN for its holder says so', async () => {
    const bare = softTokens()
    execFileSync('pkcs11-tool', ['--module', library ?? '', '--init-token', '--slot-index', '0', '--label', 'bare', '--so-pin', '12345678'], { env: bare.env, stdio: 'ignore' })
    const other = tokensWith(entry, bare.env, [library ?? ''])
    const { tokens: [token] } = await other.list()
    expect(token).toMatchObject({ label: 'bare', pin: 'not-set' })
    expect(await codeOfToken(other.publicKey(token?.id ?? '', '01', PIN))).toBe('KS-124')
    await other.close()
    bare.remove()
  })

  it('fifty signatures with one PIN leave the driver running', async () => {
    const pieces = Array.from({ length: 50 }, (_, index) => Uint8Array.of(index))
    expect(await tokens.sign({ token: citizen.id, pin: PIN, keyId: 'c1', scheme: 'rsa-pkcs1', pieces })).toHaveLength(50)
  }, 60_000)

  /** By a throw-away CA of openssl: the subject as a citizen's has it. */
  function certificateFor(spki: Uint8Array): Uint8Array {
    const at = (name: string): string => join(folder, name)
    writeFileSync(at('pub.der'), spki)
    const openssl = (...words: string[]): void => void execFileSync('openssl', words, { stdio: 'ignore' })
    openssl('req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-keyout', at('ca.key'), '-out', at('ca.pem'), '-subj', '/C=VN/O=Test/CN=Test CA', '-days', '10')
    openssl('req', '-new', '-key', at('ca.key'), '-out', at('x.csr'), '-utf8', '-subj', '/C=VN/CN=Nguyễn Thị Ánh/UID=CCCD:001090012345')
    openssl('pkey', '-pubin', '-inform', 'DER', '-in', at('pub.der'), '-out', at('pub.pem'))
    openssl('x509', '-req', '-in', at('x.csr'), '-CA', at('ca.pem'), '-CAkey', at('ca.key'), '-force_pubkey', at('pub.pem'), '-out', at('x.der'), '-outform', 'DER', '-days', '5', '-set_serial', '0x4471')
    return new Uint8Array(readFileSync(at('x.der')))
  }
})
