import { generateKeyPairSync } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { exportJWK, generateKeyPair } from 'jose'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { AppError, ERRORS } from '@contract/errors'
import type { SignatureScheme } from '@contract/signing'
import { checkIssued, createCaConnector, rootsOfProviders, type ProviderConfig, readSigningGiven } from '../../../src-main/signing/ca'
import type { CaAnswer, CaConnector } from '../../../src-main/signing/ports'
import { type City, startCity } from '../../city'
import type { CaRules } from '../../city/ca'
import { PERSON, requestOf } from './openssl-cmp'

const now = (): Date => new Date()
const codeOf = (act: Promise<unknown>): Promise<string> => act.then(() => 'no error', (error: unknown) => (error instanceof AppError ? error.code : String(error)))
const Certificates = z.object({ items: z.array(z.object({ serial: z.string(), certificate: z.string(), confirmed: z.boolean().nullable(), revoked: z.boolean() })) })

describe('our CMP client before the reference city’s CA', () => {
  let folder: string
  let city: City
  let provider: ProviderConfig
  let connector: CaConnector
  let number = 0

  const start = async (): Promise<void> => {
    city = await startCity({ doors: true, folder, ...(provider as ProviderConfig | undefined && { port: Number(new URL(provider.cmp?.url ?? '').port) }) })
  }
  async function enrol(): Promise<ProviderConfig> {
    const { kty, crv, x, y } = await exportJWK((await generateKeyPair('ES256', { extractable: true })).publicKey)
    const answer = await fetch(`${city.url}/v1/enrolments`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ code: city.enrolmentCode, publicKey: { kty, crv, x, y } }) })
    const { signing } = z.object({ signing: z.object({ providers: z.array(z.unknown()), anchors: z.array(z.unknown()) }) }).parse(await answer.json())
    const given = readSigningGiven(signing)
    expect(given.providers.map(({ id, kind, demo }) => [id, kind, demo])).toEqual([['ca-nam-binh', 'token', true], ['ca-nam-binh-tu-xa', 'remote', true]])
    expect(given.anchors).toMatchObject([{ kind: 'root', demo: true }])
    const [first] = given.providers
    if (first === undefined) throw new Error('no provider')
    return first
  }
  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'ca-client-'))
    await start()
    provider = await enrol()
    connector = createCaConnector(provider, { now, timeoutMs: 1000 })
  })
  afterEach(() => rules({}))
  afterAll(async () => {
    await city.close()
    rmSync(folder, { recursive: true, force: true })
  })

  const post = (path: string, body: unknown): Promise<Response> => fetch(`${city.url}${path}`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) })
  const rules = async (wish: Partial<CaRules>): Promise<void> => { expect((await post('/doors/ca/rules', wish)).ok).toBe(true) }
  const kept = async (): Promise<z.infer<typeof Certificates>['items']> => Certificates.parse(await (await fetch(`${city.url}/doors/ca/certificates`)).json()).items
  const base64 = (text: string): Uint8Array => Buffer.from(text, 'base64')
  /** A request of somebody new: its permanent id, and the bytes. */
  async function wish(scheme: SignatureScheme = 'ecdsa-p256', person = PERSON): Promise<{ id: string; csr: Uint8Array }> {
    number += 1
    const { privateKey } = scheme === 'ecdsa-p256' ? generateKeyPairSync('ec', { namedCurve: 'P-256' }) : generateKeyPairSync('rsa', { modulusLength: 2048 })
    return { id: `0198c0de-0000-7000-8000-${String(number).padStart(12, '0')}`, csr: await requestOf(privateKey, scheme, person) }
  }
  /** Without a kept connection: what breaks on one is asked once more by itself. */
  const fresh = (): CaConnector => createCaConnector(provider, { now, timeoutMs: 1000 })
  const check = (answer: Extract<CaAnswer, { kind: 'issued' }>, csr: Uint8Array): ReturnType<typeof checkIssued> =>
    checkIssued({ certificate: answer.certificate, chain: answer.chain, csr, person: PERSON, authorities: provider.authorities.map(base64), now: now() })
  async function issued(given: { id: string; csr: Uint8Array }, by = connector): Promise<Extract<CaAnswer, { kind: 'issued' }>> {
    const answer = await by.request(given)
    if (answer.kind !== 'issued') throw new Error(`expected a certificate, got ${answer.kind}`)
    return answer
  }

  it.each(['ecdsa-p256', 'rsa-pkcs1', 'rsa-pss'] as const)('gets a certificate for a request signed by %s, checks and confirms it', async (scheme) => {
    const given = await wish(scheme)
    const answer = await issued(given)
    const { serial, chain, notAfter } = check(answer, given.csr)
    expect(chain).toHaveLength(1)
    expect(notAfter.getTime()).toBeGreaterThan(Date.now())
    await connector.confirm(answer.state, answer.certificate, true, null)
    await connector.confirm(answer.state, answer.certificate, true, null)
    expect((await kept()).find((one) => one.serial === serial)).toMatchObject({ confirmed: true, revoked: false })
  })

  it('gets the same certificate for the same issuance and key, also with a request that was signed again', async () => {
    const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
    const before = (await kept()).length
    const answers = await Promise.all([1, 2, 3].map(async () => issued({ id: 'an-issuance', csr: await requestOf(privateKey, 'ecdsa-p256') })))
    expect(new Set(answers.map(({ certificate }) => Buffer.from(certificate).toString('hex'))).size).toBe(1)
    expect(await kept()).toHaveLength(before + 1)
  })

  it('goes on where it stood when the answer was lost and both sides were started anew', async () => {
    const given = await wish()
    await post('/doors/faults', { match: '^POST /ca/cmp', mode: 'drop-after-commit' })
    expect(await codeOf(fresh().request(given))).toBe('KS-030')
    const [before] = (await kept()).slice(-1)
    await city.close()
    await start()
    const answer = await issued(given, fresh())
    expect(Buffer.from(answer.certificate).toString('base64')).toBe(before?.certificate)
  })

  it('goes on asking with the state that was written down, after both sides were started anew', async () => {
    await rules({ delaySeconds: 1, checkAfterSeconds: 3 })
    const given = await wish()
    const first = await connector.request(given)
    if (first.kind !== 'waiting') throw new Error(first.kind)
    const early = await connector.poll(first.state)
    expect(early).toMatchObject({ kind: 'waiting', afterSeconds: 3 })
    await city.close()
    await start()
    const again = fresh()
    let answer: CaAnswer = early
    while (answer.kind === 'waiting') answer = await again.poll(answer.state)
    expect(answer.kind).toBe('issued')
  })

  it('hands on why somebody is refused, the same each time', async () => {
    await rules({ refuse: { uid: '000617$', text: 'Số căn cước này đã bị khóa tại CA' } })
    const given = await wish()
    const refused = { kind: 'refused', text: 'Số căn cước này đã bị khóa tại CA', failure: 'badCertId' }
    expect(await connector.request(given)).toEqual(refused)
    expect(await connector.request(given)).toEqual(refused)
  })

  it('turns down a certificate for another key; the CA takes nothing back that it did not issue', async () => {
    await rules({ fault: 'other-key' })
    const given = await wish()
    const answer = await issued(given)
    expect(() => check(answer, given.csr)).toThrow(expect.objectContaining({ code: ERRORS.signing.caOtherKey }) as Error)
    await connector.confirm(answer.state, answer.certificate, false, 'KS-033')
  })

  it('turns down a certificate for another person', async () => {
    await rules({ fault: 'other-person' })
    const given = await wish()
    expect(check.bind(null, await issued(given), given.csr)).toThrow(expect.objectContaining({ code: ERRORS.signing.caOtherPerson }) as Error)
  })

  it('has a certificate revoked that it turns down', async () => {
    const given = await wish()
    const answer = await issued(given)
    await connector.confirm(answer.state, answer.certificate, false, 'Công dân không nhận')
    expect((await kept()).at(-1)).toMatchObject({ confirmed: false, revoked: true })
  })

  it.each([['unprotected', 'KS-032'], ['wrong-secret', 'KS-032'], ['other-transaction', 'KS-032'], ['garbage', 'KS-038'], ['silent', 'KS-030'], ['system-failure', 'KS-030']] as const)(
    'says what is wrong with an answer that is %s, and the next asking gets the certificate', async (fault, code) => {
      await rules({ fault })
      const given = await wish()
      expect(await codeOf(connector.request(given))).toBe(code)
      expect((await issued(given)).kind).toBe('issued')
    })

  it('waits for a slow CA no longer than it was told to', async () => {
    await rules({ fault: 'slow', slowMs: 5000 })
    const began = performance.now()
    expect(await codeOf(connector.request(await wish()))).toBe('KS-030')
    expect(performance.now() - began).toBeLessThan(4000)
  })

  it('takes a captive portal for a malformed answer, and a dead line for silence', async () => {
    await post('/doors/faults', { match: '^POST /ca/cmp', mode: 'html-200' })
    expect(await codeOf(connector.request(await wish()))).toBe('KS-038')
    await post('/doors/faults', { match: '^POST /ca/cmp', mode: 'reset' })
    expect(await codeOf(fresh().request(await wish()))).toBe('KS-030')
    expect(await connector.alive()).toBe(true)
  })

  it('has a wrong secret told as an answer that proves nothing', async () => {
    if (provider.cmp?.protection.kind !== 'secret') throw new Error('no secret')
    const wrong = { ...provider, cmp: { ...provider.cmp, protection: { ...provider.cmp.protection, secret: 'không phải bí mật' } } }
    expect(await codeOf(createCaConnector(wrong, { now }).request(await wish()))).toBe('KS-032')
  })

  it('asks once more by itself when a kept connection was closed meanwhile', async () => {
    await issued(await wish())
    await post('/doors/faults', { match: '^POST /ca/cmp', mode: 'reset' })
    expect((await issued(await wish())).kind).toBe('issued')
  })

  it('says before it sends anything that a connection cannot be used', () => {
    expect(() => createCaConnector({ ...provider, cmp: null }, { now })).toThrow('KS-039')
    expect(() => createCaConnector({ ...provider, authorities: ['AAAAAAAAAAAA'] }, { now })).toThrow('KS-039')
    if (provider.cmp === null) throw new Error('no connection')
    const broken: ProviderConfig['cmp'] = { ...provider.cmp, protection: { kind: 'certificate', certificates: provider.authorities, privateKey: 'AAAAAAAAAAAA' } }
    expect(() => createCaConnector({ ...provider, cmp: broken }, { now })).toThrow('KS-039')
  })

  it('confirms a phone by the code that the CA sent, and by no other', async () => {
    const { phone } = connector
    if (phone === null) throw new Error('no codes')
    await phone.send('an-issuance', '0912345678')
    const { items } = z.object({ items: z.array(z.object({ code: z.string() })) }).parse(await (await fetch(`${city.url}/doors/ca/phone-codes`)).json())
    const code = items.at(-1)?.code ?? ''
    expect(await phone.check('an-issuance', code === '111111' ? '222222' : '111111')).toBe(false)
    expect(await phone.check('an-issuance', code)).toBe(true)
    expect(await codeOf(phone.check('nobody', code))).toBe('KS-031')
    const stranger = createCaConnector({ ...provider, phone: { url: `${city.url}/ca/phone`, token: 'nicht-das-richtige' } }, { now }).phone
    expect(await codeOf(stranger?.send('x', '0912345678') ?? Promise.resolve())).toBe('KS-039')
  })

  it('gives practice mode the demonstration’s root, and nothing else, to trust', () => {
    expect(rootsOfProviders([provider]).map(({ certificate }) => Buffer.from(certificate).toString('base64'))).toEqual([provider.authorities[0]])
    expect(rootsOfProviders([{ ...provider, demo: false }])).toEqual([])
  })
})
