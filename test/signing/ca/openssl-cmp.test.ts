import { generateKeyPairSync, type KeyObject } from 'node:crypto'
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest'
import { AppError } from '@contract/errors'
import { checkIssued, createCaConnector, type ProviderConfig } from '../../../src-main/signing/ca'
import type { CaAnswer, CaConnector } from '../../../src-main/signing/ports'
import { createPki, hasOpenssl, type Pki } from '../pki'
import { type CmpServer, PERSON, providerAt, requestOf, startCmpServer } from './openssl-cmp'

const ID = '0198c0de-0000-7000-8000-000000000001'
const now = (): Date => new Date()

const codeOf = (act: Promise<unknown>): Promise<string> => act.then(() => 'no error', (error: unknown) => (error instanceof AppError ? error.code : String(error)))

describe.skipIf(!hasOpenssl())('our CMP client before the CA of OpenSSL 3', () => {
  let pki: Pki
  let key: KeyObject
  let csr: Uint8Array
  let issued: Uint8Array
  let server: CmpServer | null = null

  beforeAll(async () => {
    pki = await createPki()
    key = generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey
    csr = await requestOf(key, 'ecdsa-p256')
    issued = pki.issue(csr)
  })
  afterEach(async () => {
    await server?.close()
    server = null
  })
  afterAll(() => pki.close())

  const connect = (provider: ProviderConfig, timeoutMs = 5000): CaConnector => createCaConnector(provider, { now, timeoutMs })
  async function serving(more: readonly string[] = [], certificate = issued, secret?: string): Promise<CaConnector> {
    server = await startCmpServer(pki, certificate, more, secret === undefined ? {} : { secret })
    return connect(providerAt(server.url, pki))
  }
  const logged = (words: string): Promise<void> => vi.waitFor(() => { expect(server?.log()).toContain(words) }, { timeout: 5000 })
  const check = (answer: Extract<CaAnswer, { kind: 'issued' }>): ReturnType<typeof checkIssued> =>
    checkIssued({ certificate: answer.certificate, chain: answer.chain, csr, person: PERSON, authorities: [pki.root], now: now() })
  const issuedOf = (answer: CaAnswer): Extract<CaAnswer, { kind: 'issued' }> => {
    if (answer.kind !== 'issued') throw new Error(`expected a certificate, got ${answer.kind}`)
    return answer
  }

  it('gets a certificate with a shared secret and confirms it', async () => {
    const connector = await serving()
    const answer = issuedOf(await connector.request({ id: ID, csr }))
    expect(Buffer.from(answer.certificate).equals(issued)).toBe(true)
    expect(check(answer).chain).toHaveLength(1)
    await connector.confirm(answer.state, answer.certificate, true, null)
    await logged('successfully validated PBM-based CMP message protection')
  })

  it('goes on asking while the CA works, from a state that was written down', async () => {
    const connector = await serving(['-poll_count', '2', '-check_after', '7'])
    let answer = await connector.request({ id: ID, csr })
    const waits: number[] = []
    while (answer.kind === 'waiting') {
      waits.push(answer.afterSeconds)
      answer = await connector.poll(answer.state)
    }
    expect(waits).toEqual([1, 7])
    expect(issuedOf(answer).certificate).toHaveLength(issued.length)
    await connector.confirm(issuedOf(answer).state, issued, true, null)
  })

  it('hands the words of a refusal on', async () => {
    const connector = await serving(['-pkistatus', '2', '-failure', '9', '-statusstring', 'Chưa xác minh được số căn cước'])
    expect(await connector.request({ id: ID, csr })).toEqual({ kind: 'refused', text: 'Chưa xác minh được số căn cước', failure: 'badPOP' })
  })

  it('hands the words of an error message on, with its details', async () => {
    const connector = await serving(['-send_error'])
    expect(await connector.request({ id: ID, csr })).toEqual({ kind: 'refused', text: 'error processing message\nCMP routines\nerror processing message', failure: 'badRequest' })
  })

  it('takes trouble of the CA for trouble, not for a refusal', async () => {
    expect(await codeOf((await serving(['-pkistatus', '2', '-failure', '25'])).request({ id: ID, csr }))).toBe('KS-030')
  })

  it('refuses an unprotected answer', async () => {
    expect(await codeOf((await serving(['-send_unprotected'])).request({ id: ID, csr }))).toBe('KS-032')
  })

  it('refuses an answer protected with another secret', async () => {
    expect(await codeOf((await serving(['-accept_unprotected'], issued, 'một bí mật khác')).request({ id: ID, csr }))).toBe('KS-032')
  })

  it('turns down a certificate for another key, and says so to the CA', async () => {
    const other = pki.user({ name: PERSON.fullName, idNumber: PERSON.idNumber, key: 'p-256' })
    const connector = await serving([], other.certificate)
    const answer = issuedOf(await connector.request({ id: ID, csr }))
    expect(() => check(answer)).toThrow(expect.objectContaining({ code: 'KS-033' }) as Error)
    await connector.confirm(answer.state, answer.certificate, false, 'Khóa trong chứng thư không phải khóa đã gửi')
    await logged('certificate rejected by client')
  })

  it('says that nobody answers', async () => {
    const connector = await serving()
    await server?.close()
    expect(await codeOf(connector.request({ id: ID, csr }))).toBe('KS-030')
    expect(await connector.alive()).toBe(false)
  })

  describe('with a certificate of the desk', () => {
    const base64 = (bytes: Uint8Array): string => Buffer.from(bytes).toString('base64')
    const desk = (): { certificate: Uint8Array; protection: NonNullable<ProviderConfig['cmp']>['protection'] } => {
      const user = pki.user({ name: 'Quầy 1', key: 'rsa-2048' })
      return {
        certificate: user.certificate,
        protection: { kind: 'certificate', certificates: [base64(user.certificate), base64(pki.issuing)], privateKey: base64(user.privateKey.export({ type: 'pkcs8', format: 'der' })) },
      }
    }
    async function signing(wish: { extendedKeyUsage?: string; responders?: boolean }): Promise<CaConnector> {
      const ca = pki.user({ name: 'Máy trả lời', key: 'p-256', ...(wish.extendedKeyUsage === undefined ? {} : { extendedKeyUsage: wish.extendedKeyUsage }) })
      server = await startCmpServer(pki, issued, ['-srv_cert', ca.certificateFile, '-srv_key', ca.keyFile])
      const provider = providerAt(server.url, pki, desk().protection)
      if (provider.cmp === null) throw new Error('no connection')
      return connect({ ...provider, cmp: { ...provider.cmp, responders: wish.responders === true ? [base64(ca.certificate)] : [] } })
    }

    it('gets a certificate from a CA whose answering certificate is named in the configuration', async () => {
      const connector = await signing({ responders: true })
      const answer = issuedOf(await connector.request({ id: ID, csr }))
      await connector.confirm(answer.state, answer.certificate, true, null)
      expect(check(answer).sha256).toMatch(/^[0-9a-f]{64}$/)
      await logged('sending PKICONF')
    })

    it('gets one from a CA whose answering certificate says that it may', async () => {
      expect((await (await signing({ extendedKeyUsage: '1.3.6.1.5.5.7.3.27' })).request({ id: ID, csr })).kind).toBe('issued')
    })

    it('believes nobody who only has some certificate of that CA', async () => {
      expect(await codeOf((await signing({})).request({ id: ID, csr }))).toBe('KS-032')
    })
  })
})
