import { createPublicKey, verify } from 'node:crypto'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createTokens, type SimulatedTokens, simulatedTokens, type TokenService } from '../../../src-main/signing/token'
import { codeOfToken, root } from './support'

const FRESH = 'simulated/0000000000004471'
const TRANSPORT = '12345678'
const PIN = '246810'
const used = (last: number): string => `simulated/000000000000447${last}`
const BYTES = Uint8Array.of(1, 2, 3)

describe('the simulated tokens of practice mode', () => {
  let folder: string
  let file: string
  let simulated: SimulatedTokens
  let tokens: TokenService
  const open = (): void => {
    simulated = simulatedTokens(file)
    tokens = createTokens({ resourcesFolder: join(root, 'resources'), pkcs11Binding: undefined, start: null, setting: () => [], simulated, now: () => Date.now(), everyMs: 20 })
  }
  const pinOf = async (id: string): Promise<unknown> => (await tokens.list()).tokens.find((token) => token.id === id)?.pin

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'motcua-simulated-'))
    file = join(folder, 'practice', 'tokens.json')
    open()
  })
  afterEach(async () => {
    await tokens.close()
    rmSync(folder, { recursive: true, force: true })
  })

  it('one of them is plugged in from the start and says that it is simulated', async () => {
    const { tokens: found, troubles } = await tokens.list()
    expect(found).toHaveLength(1)
    expect(found[0]).toMatchObject({ id: FRESH, simulated: true, pin: 'must-change', driver: 'Mô phỏng', triesLeft: 5 })
    expect(troubles).toEqual([])
    expect(simulated.offered().map(({ serial }) => serial.slice(-4))).toEqual(['4471', '4472', '4473', '4474', '4475', '4476'])
  })

  it('a transport PIN allows nothing but being changed', async () => {
    expect(await codeOfToken(tokens.generate({ token: FRESH, pin: TRANSPORT, key: 'p-256', keyId: '01', label: 'x' }))).toBe('KS-025')
    await tokens.changePin({ token: FRESH, pin: TRANSPORT, next: PIN })
    expect(await pinOf(FRESH)).toBe('ok')
    expect((await tokens.generate({ token: FRESH, pin: PIN, key: 'p-256', keyId: '01', label: 'x' })).length).toBeGreaterThan(50)
  })

  it.each([['rsa-2048', 'rsa-pss'], ['rsa-2048', 'rsa-pkcs1'], ['p-256', 'ecdsa-p256']] as const)('a key of %s signs %s, also after the program was started anew', async (key, scheme) => {
    await tokens.changePin({ token: FRESH, pin: TRANSPORT, next: PIN })
    const spki = await tokens.generate({ token: FRESH, pin: PIN, key, keyId: '01', label: 'x' })
    open()
    expect(await tokens.publicKey(FRESH, '01', PIN)).toEqual(spki)
    const [signature] = await tokens.sign({ token: FRESH, pin: PIN, keyId: '01', scheme, pieces: [BYTES] })
    const options = scheme === 'rsa-pss' ? { padding: 6, saltLength: 32 } : {}
    expect(verify('sha256', BYTES, { key: createPublicKey({ key: Buffer.from(spki), format: 'der', type: 'spki' }), ...options }, signature ?? new Uint8Array())).toBe(true)
  })

  it('five wrong PINs block it, and starting anew does not help', async () => {
    await tokens.changePin({ token: FRESH, pin: TRANSPORT, next: PIN })
    const states: unknown[] = []
    for (let turn = 0; turn < 5; turn += 1) {
      states.push(await codeOfToken(tokens.publicKey(FRESH, '01', '000000')), await pinOf(FRESH))
    }
    expect(states).toEqual(['KS-023', 'last-tries', 'KS-023', 'last-tries', 'KS-023', 'last-tries', 'KS-023', 'final-try', 'KS-024', 'blocked'])
    open()
    expect(await codeOfToken(tokens.publicKey(FRESH, '01', PIN))).toBe('KS-024')
  })

  it('the right PIN gives all tries back', async () => {
    simulated.plug(used(3), true)
    expect(await pinOf(used(3))).toBe('last-tries')
    await tokens.publicKey(used(3), '01', '135790')
    expect(await pinOf(used(3))).toBe('ok')
  })

  it('blocked, full and read-only ones say so by name', async () => {
    for (const last of [4, 5, 6]) simulated.plug(used(last), true)
    const wish = { pin: '135790', key: 'p-256', keyId: '01', label: 'x' } as const
    expect(await codeOfToken(tokens.generate({ token: used(4), ...wish }))).toBe('KS-024')
    expect(await codeOfToken(tokens.generate({ token: used(5), ...wish }))).toBe('KS-027')
    expect(await codeOfToken(tokens.generate({ token: used(6), ...wish }))).toBe('KS-123')
  })

  it('pulled out in the middle of making a key pair, it has made nothing', async () => {
    await tokens.changePin({ token: FRESH, pin: TRANSPORT, next: PIN })
    await tokens.list()
    const making = codeOfToken(tokens.generate({ token: FRESH, pin: PIN, key: 'rsa-2048', keyId: '01', label: 'x' }))
    await new Promise((done) => setTimeout(done, 15))
    simulated.plug(FRESH, false)
    expect(await making).toBe('KS-022')
    expect(await codeOfToken(tokens.certificates(FRESH))).toBe('KS-022')
    simulated.plug(FRESH, true)
    expect(await tokens.publicKey(FRESH, '01', PIN)).toBeNull()
  })

  it('whoever looks is told that one came or went', async () => {
    await tokens.list()
    const seen = new Promise<void>((done) => tokens.onChange(done))
    simulated.plug(used(2), true)
    await seen
    expect((await tokens.list()).tokens.map(({ id }) => id)).toEqual([FRESH, used(2)])
  })

  it('neither a PIN nor a key is readable in its file', async () => {
    await tokens.changePin({ token: FRESH, pin: TRANSPORT, next: '99887766' })
    await tokens.generate({ token: FRESH, pin: '99887766', key: 'p-256', keyId: '01', label: 'x' })
    const text = readFileSync(file, 'utf8')
    expect(text).not.toContain('99887766')
    expect(text).not.toContain(Buffer.from('99887766').toString('base64').replace(/=+$/, ''))
    expect(text).not.toContain('PRIVATE')
  })

  it('a file that was broken is made anew', () => {
    writeFileSync(file, '{')
    open()
    expect(simulated.offered()).toHaveLength(6)
  })
})

describe('a counter without any driver', () => {
  it('says that there is none', async () => {
    const tokens = createTokens({ resourcesFolder: join(root, 'resources'), pkcs11Binding: undefined, start: null, setting: () => [], simulated: null, now: () => Date.now() })
    expect(await tokens.list()).toEqual({ tokens: [], troubles: [{ driver: 'PKCS#11', code: 'KS-020' }] })
  })
})
