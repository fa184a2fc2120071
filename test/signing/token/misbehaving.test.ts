import { execFileSync } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { forkedDrivers, type TokenService } from '../../../src-main/signing/token'
import { driverBackend } from '../../../src-main/signing/token/driver-backend'
import { BINDING, builtEntry, codeOfToken, missing, root, SOFTHSM, softTokens, tokensWith } from './support'

const skipped = missing('gcc')
const softhsm = SOFTHSM.find((path) => existsSync(path))
const PIN = '123456'
/** Short, so that a driver that hangs is known to hang soon. */
const LIMITS = { open: 10_000, list: 2_000, sign: 2_000, generate: 2_000, close: 500 }
const BYTES = Uint8Array.of(9, 8, 7)

describe.skipIf(skipped !== null)(`drivers that misbehave${skipped === null ? '' : ` (skipped: ${skipped})`}`, () => {
  const folder = mkdtempSync(join(tmpdir(), 'motcua-fake-'))
  const library = join(folder, 'fake.so')
  const state = join(folder, 'state')
  let entry: string
  let tokens: TokenService | null = null
  let id: string

  const mode = (word: string): void => writeFileSync(join(state, 'mode'), word)
  const tries = (left: number): void => writeFileSync(join(state, 'tries'), String(left))
  const sign = (scheme: 'rsa-pkcs1' | 'rsa-pss' = 'rsa-pkcs1', pin = PIN): Promise<readonly Uint8Array[]> => tokens?.sign({ token: id, pin, keyId: '01', scheme, pieces: [BYTES] }) ?? Promise.resolve([])
  const generate = (): Promise<unknown> => tokens?.generate({ token: id, pin: PIN, key: 'rsa-2048', keyId: '02', label: 'x' }) ?? Promise.resolve()
  const open = async (word: string, rest: Parameters<typeof tokensWith>[3] = {}, libraries = [library], env: NodeJS.ProcessEnv = {}): Promise<void> => {
    mode(word)
    tries(3)
    tokens = tokensWith(entry, { ...process.env, FAKE_TOKEN: state, ...env }, libraries, { limits: LIMITS, everyMs: 50, ...rest })
    id = (await tokens.list()).tokens.find(({ label }) => label === 'fake')?.id ?? ''
  }

  beforeAll(async () => {
    entry = await builtEntry(folder)
    mkdirSync(state)
    execFileSync('gcc', ['-shared', '-fPIC', '-w', '-I', join(root, 'node_modules/pkcs11js/includes/pkcs11'), '-o', library, join(import.meta.dirname, 'fake-module.c')])
  })
  afterEach(async () => {
    mode('ok')
    await tokens?.close()
    tokens = null
  })
  afterAll(() => rmSync(folder, { recursive: true, force: true }))

  it('a token is read through the fake driver, with key sizes that it tells in bytes', async () => {
    await open('ok')
    expect((await tokens?.list())?.tokens).toMatchObject([{ serial: 'FFFF4471', schemes: ['rsa-pkcs1'], keys: ['rsa-2048'], pin: 'ok', pinLength: { least: 4, most: 16 } }])
    const [signature] = await sign()
    expect(Buffer.from(signature ?? []).subarray(0, 19).toString('hex')).toBe('3031300d060960864801650304020105000420')
  })

  it('a token that only hashes itself is given everything that is signed', async () => {
    await open('only-hash')
    expect([...((await sign())[0] ?? [])].slice(0, 4)).toEqual([9, 8, 7, 0])
  })

  it('"function failed" at the log-in is never "wrong PIN"', async () => {
    await open('failed-login')
    expect(await codeOfToken(sign())).toBe('KS-029')
    expect(readFileSync(join(state, 'tries'), 'utf8')).toBe('3')
  })

  it('wrong PINs count down to blocked, each step told beforehand', async () => {
    await open('ok')
    const states: unknown[] = []
    for (let turn = 0; turn < 3; turn += 1) states.push(await codeOfToken(sign('rsa-pkcs1', '000000')), (await tokens?.list())?.tokens[0]?.pin)
    expect(states).toEqual(['KS-023', 'last-tries', 'KS-023', 'final-try', 'KS-024', 'blocked'])
    // A blocked token is not asked any more, not even with the right PIN.
    expect(await codeOfToken(sign())).toBe('KS-024')
  })

  it.each([
    ['failed-sign', 'KS-029'], ['pulled-sign', 'KS-022'], ['no-mechanism', 'KS-122'], ['expired', 'KS-025'], ['transport', 'KS-025'], ['other-token', 'KS-022'], ['gone', 'KS-022'],
  ] as const)('signing with a token that is "%s" ends with %s', async (word, code) => {
    await open('ok')
    mode(word)
    expect(await codeOfToken(sign())).toBe(code)
  })

  it.each([['full', 'KS-027'], ['pulled', 'KS-022'], ['read-only', 'KS-123'], ['write-protected', 'KS-123'], ['failed', 'KS-029']] as const)('making a key pair on a token that is "%s" ends with %s', async (word, code) => {
    await open('ok')
    mode(word)
    expect(await codeOfToken(generate())).toBe(code)
  })

  it('a scheme that the token cannot do is said by name', async () => {
    await open('ok')
    expect(await codeOfToken(sign('rsa-pss'))).toBe('KS-122')
    expect(await codeOfToken(tokens?.generate({ token: id, pin: PIN, key: 'p-256', keyId: '02', label: 'x' }) ?? Promise.resolve())).toBe('KS-122')
  })

  it('a new PIN that the token finds too weak is refused by name', async () => {
    await open('weak-pin')
    expect(await codeOfToken(tokens?.changePin({ token: id, pin: PIN, next: '111111' }) ?? Promise.resolve())).toBe('KS-026')
  })

  it('a log-in left over from elsewhere does not let another PIN through', async () => {
    await open('logged-in')
    expect(await codeOfToken(sign('rsa-pkcs1', '000000'))).toBe('KS-023')
  })

  it('a driver that never returns from signing is ended, said by name and started anew', async () => {
    await open('ok')
    mode('hang-sign')
    expect(await codeOfToken(sign())).toBe('KS-028')
    mode('ok')
    expect(await sign()).toHaveLength(1)
  })

  it('a driver that never returns from making a key pair is ended', async () => {
    await open('ok')
    mode('hang-generate')
    expect(await codeOfToken(generate())).toBe('KS-028')
    mode('ok')
    expect((await tokens?.list())?.tokens).toHaveLength(1)
  })

  it('a driver that crashes while signing is said by name and started anew', async () => {
    await open('ok')
    mode('crash-sign')
    expect(await codeOfToken(sign())).toBe('KS-029')
    mode('ok')
    expect(await sign()).toHaveLength(1)
  })

  it.each(['hang-sign', 'hang-generate'])('a driver\'s process that is killed in the middle (%s) is said by name and started anew', async (word) => {
    mode('ok')
    tries(3)
    const driver = driverBackend({ id: 'fake', name: 'fake', path: library, found: 'setting' }, { start: forkedDrivers(entry, { ...process.env, FAKE_TOKEN: state }), binding: BINDING ?? '', now: () => Date.now() })
    const [at] = await driver.list()
    if (!at) throw new Error('no token')
    mode(word)
    const before = driver.pid() ?? 0
    const pin = (): Uint8Array => new Uint8Array(Buffer.from(PIN))
    const work = codeOfToken(word === 'hang-sign' ? driver.sign(at, pin(), { keyId: '01', scheme: 'rsa-pkcs1', pieces: [BYTES] }) : driver.generate(at, pin(), { key: 'rsa-2048', keyId: '02', label: 'x' }))
    const behind = driver.list()
    process.kill(before, 'SIGKILL')
    expect(await work).toBe('KS-029')
    mode('ok')
    // What waited behind it is done by the next process.
    expect(await behind).toHaveLength(1)
    expect(driver.pid()).not.toBe(before)
    await driver.close()
  })

  it('a PIN is wiped once its call is done, whatever came of it', async () => {
    mode('ok')
    tries(3)
    const driver = driverBackend({ id: 'fake', name: 'fake', path: library, found: 'setting' }, { start: forkedDrivers(entry, { ...process.env, FAKE_TOKEN: state }), binding: BINDING ?? '', now: () => Date.now() })
    const [at] = await driver.list()
    if (!at) throw new Error('no token')
    const right = new Uint8Array(Buffer.from(PIN))
    const wrong = new Uint8Array(Buffer.from('000000'))
    await driver.publicKey(at, right, '01')
    await driver.publicKey(at, wrong, '01').catch(() => undefined)
    expect([...right, ...wrong].every((byte) => byte === 0)).toBe(true)
    await driver.close()
  })

  it.each([['hang-list', 'KS-028'], ['crash-init', 'KS-029'], ['failed-init', 'KS-029']] as const)('a driver that is "%s" from the start shows as trouble (%s) and is left in peace', async (word, code) => {
    await open(word)
    expect(await tokens?.list()).toEqual({ tokens: [], troubles: [{ driver: 'fake.so', code }] })
    mode('ok')
    // Within its time of peace it is not started again.
    expect((await tokens?.list())?.troubles).toHaveLength(1)
  })

  it('a driver left in peace is tried again afterwards', async () => {
    let at = 1_000_000
    await open('failed-init', { now: () => at })
    mode('ok')
    at += 31_000
    expect((await tokens?.list())?.tokens).toHaveLength(1)
  })

  it('a file that is no driver is said to be unfit', async () => {
    const broken = join(folder, 'broken.so')
    writeFileSync(broken, 'no driver')
    await open('ok', {}, [broken])
    expect((await tokens?.list())?.troubles).toEqual([{ driver: 'broken.so', code: 'KS-125' }])
  })

  it('a driver that does not even end is ended', async () => {
    await open('ok')
    mode('hang-end')
    await tokens?.close()
    expect(tokens?.drivers()).toMatchObject([{ running: false }])
  })

  it('whoever looks is told when a token is pulled out and put back', async () => {
    await open('ok')
    const heard: number[] = []
    const changed = (): Promise<void> => new Promise((done) => {
      const stop = tokens?.onChange(() => {
        stop?.()
        void tokens?.list().then(({ tokens: found }) => heard.push(found.length)).then(() => done())
      })
    })
    const gone = changed()
    mode('gone')
    await gone
    const back = changed()
    mode('ok')
    await back
    expect(heard).toEqual([0, 1])
  })

  describe.skipIf(softhsm === undefined || missing('softhsm2-util') !== null)('beside another driver', () => {
    it('one that hangs leaves the other alone', async () => {
      const soft = softTokens()
      soft.add('citizen', PIN)
      await open('ok', {}, [library, softhsm ?? ''], { SOFTHSM2_CONF: soft.env['SOFTHSM2_CONF'] })
      const other = (await tokens?.list())?.tokens.find(({ label }) => label === 'citizen')?.id ?? ''
      mode('hang-sign')
      const hanging = codeOfToken(sign())
      const started = Date.now()
      await tokens?.generate({ token: other, pin: PIN, key: 'p-256', keyId: '01', label: 'x' })
      expect(await tokens?.sign({ token: other, pin: PIN, keyId: '01', scheme: 'ecdsa-p256', pieces: [BYTES] })).toHaveLength(1)
      expect(Date.now() - started).toBeLessThan(LIMITS.sign)
      expect(await hanging).toBe('KS-028')
      expect((await tokens?.list())?.tokens.map(({ label }) => label).sort()).toEqual(['citizen', 'fake'])
      soft.remove()
    }, 20_000)
  })
})
