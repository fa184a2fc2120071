import fc from 'fast-check'
import { createServer, type Server } from 'node:http'
import { afterEach, describe, expect, it } from 'vitest'
import { AppError } from '@contract/errors'
import { createRemoteSigner, RemoteConfig } from '../../../src-main/signing/remote'
import { stateOf } from '../../../src-main/signing/remote/states'

describe('the state of a transaction', () => {
  it.each([
    [4000, 'waiting'], [1, 'done'], [4001, 'expired'], [4002, 'refused'], [4003, 'failed'], [4004, 'failed'], ['success', 'done'], ['PENDING', 'waiting'], ['Rejected', 'refused'],
  ] as const)('%s means %s', (code, state) => expect(stateOf([code], {})).toBe(state))

  it('is told by the first code that is known', () => expect(stateOf([999, null, 'EXPIRED', 'SUCCESS'], {})).toBe('expired'))
  it('is nothing when nobody knows the code', () => expect(stateOf([999, 'HỎNG'], {})).toBe(null))
  it('may be called otherwise by a service', () => expect(stateOf(['DA_KY'], { da_ky: 'done' })).toBe('done'))
})

describe('the way to a service', () => {
  const gateway = { dialect: 'gateway', spId: 'phuong', spPassword: 'bí mật' }
  it('leaves the machine under TLS only', () => {
    expect(['https://ca.example/sca/', 'http://127.0.0.1:8080', 'http://ca.example', 'ftp://ca.example'].map((url) => RemoteConfig.safeParse({ ...gateway, url }).success)).toEqual([true, true, false, false])
  })
  it('is refused without its secret', () => expect(RemoteConfig.safeParse({ dialect: 'csc', url: 'https://ca.example', clientId: 'phuong' }).success).toBe(false))
})

describe('whatever a service answers', () => {
  let server: Server | undefined
  afterEach(() => server?.close())

  it.each(['gateway', 'csc'] as const)('ends in a state or in an error of ours, never in a defect (%s)', async (dialect) => {
    let answer: { status: number; body: string } = { status: 200, body: '' }
    const listening = createServer((request, response) => {
      request.resume()
      const token = request.url?.endsWith('/oauth2/token') === true
      response.writeHead(token ? 200 : answer.status, { 'content-type': 'application/json' })
      response.end(token ? '{"access_token":"x","expires_in":600}' : answer.body)
    })
    server = listening
    const port = await new Promise<number>((resolve) => {
      listening.listen(0, '127.0.0.1', () => {
        const address = listening.address()
        resolve(typeof address === 'object' && address ? address.port : 0)
      })
    })
    const url = `http://127.0.0.1:${port}`
    const config = dialect === 'gateway' ? { dialect, url, spId: 'phuong', spPassword: 'bí mật' } : { dialect, url, clientId: 'phuong', clientSecret: 'bí mật' }
    const signer = createRemoteSigner({ config: RemoteConfig.parse(config) })
    const ticket = JSON.stringify({ transaction: 't', documents: ['a', 'b'] })
    const account = JSON.stringify({ user: '079199000123', credential: null })
    const calls = [
      () => signer.status(ticket), () => signer.certificate(account), () => signer.submit({ id: 'giao-dich-1', account, hashes: [] }),
      () => signer.register({ id: 'dang-ky-1', idNumber: '079199000123', name: 'VÍ DỤ', phone: '0903517284', province: 'Huế' }),
    ]
    const envelope = fc.record({ status_code: fc.oneof(fc.constantFrom(200, 4000, 4001, 1), fc.anything()), message: fc.anything(), data: fc.oneof(
      fc.record({ signatures: fc.array(fc.record({ doc_id: fc.constantFrom('a', 'b', 'c'), signature_value: fc.string() })) }),
      fc.record({ user_certificates: fc.array(fc.record({ serial_number: fc.string(), cert_data: fc.base64String() })) }), fc.jsonValue(),
    ) })
    const flat = fc.record({ signatures: fc.array(fc.string()), error: fc.string(), credentialIDs: fc.array(fc.uuid()), state: fc.string() }, { requiredKeys: [] })
    await fc.assert(fc.asyncProperty(fc.constantFrom(200, 202, 204, 302, 400, 401, 404, 409, 429, 500), fc.oneof(fc.string(), fc.jsonValue(), envelope, flat), fc.nat(3), async (status, body, which) => {
      answer = { status, body: status === 204 ? '' : typeof body === 'string' ? body : JSON.stringify(body) ?? '' }
      try {
        await calls[which]?.()
        return true
      } catch (error) {
        return error instanceof AppError
      }
    }), { numRuns: 400 })
  })
})
