import { generateKeyPairSync, randomBytes } from 'node:crypto'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { AppError } from '@contract/errors'
import { createCaConnector, type ProviderConfig } from '../../../src-main/signing/ca'
import { certResponseOf, errorOf, pollResponseOf, statusOf } from '../../../src-main/signing/ca/cmp-answers'
import { BODY, messageDer, readMessage } from '../../../src-main/signing/ca/cmp-message'
import { provesSecret, secretProtector } from '../../../src-main/signing/ca/cmp-protection'
import { ctx, integer, namedBitString, nothing, octets, oid, seq, utf8 } from '../../../src-main/signing/der'
import { encodeTlv } from '../../../src-main/identity/pki'
import { caName, EXTENSIONS, makeCertificate, newKey } from '../../city/ca/certificates'
import { REFERENCE, requestOf, SECRET } from './openssl-cmp'


const key = newKey()
const certificate = makeCertificate({
  subject: caName('A'), issuer: caName('A'), spki: key.spki, issuerSpki: key.spki, signingKey: key.privateKey, notBefore: new Date('2026-01-01'), notAfter: new Date('2027-01-01'), extensions: [EXTENSIONS.endEntity],
})
const status = seq(integer(2), seq(utf8('Chưa nhận'), utf8('vì thế')), namedBitString(9, 19))
const BODIES = [
  [BODY.cp, seq(ctx(1, seq(certificate)), seq(seq(encodeTlv(2, Uint8Array.of(0xff)), seq(integer(0)), seq(ctx(0, certificate)))))],
  [BODY.cp, seq(seq(seq(integer(0), status)))], [BODY.pollRep, seq(seq(integer(0), integer(30)))], [BODY.error, seq(status, integer(7), seq(utf8('mất điện')))], [BODY.pkiConf, nothing()],
] as const
const header = (transaction: Uint8Array = randomBytes(16), recipNonce: Uint8Array = randomBytes(16)): Parameters<typeof messageDer>[0] => ({
  sender: ctx(4, caName('CA')), recipient: ctx(4, caName('Quầy')), at: new Date(), senderKid: Buffer.from(REFERENCE), transaction, senderNonce: randomBytes(16), recipNonce,
})
const MESSAGES = BODIES.map(([kind, content]) => messageDer(header(), kind, content, secretProtector(SECRET)))

/** Some bytes put, taken out or turned. */
const mutated = fc.record({ which: fc.nat(MESSAGES.length - 1), edits: fc.array(fc.record({ at: fc.nat(2000), how: fc.constantFrom('set', 'cut', 'put'), byte: fc.nat(255) }), { minLength: 1, maxLength: 4 }) })
  .map(({ which, edits }) => {
    const bytes = [...(MESSAGES[which] ?? [])]
    for (const { at, how, byte } of edits) bytes.splice(at % bytes.length, how === 'put' ? 0 : 1, ...(how === 'cut' ? [] : [byte]))
    return { which, bytes: Uint8Array.from(bytes) }
  })

describe('what comes as an answer of a CA', () => {
  it('is read, or is refused with a code: nothing else is thrown', () => {
    const readers = [certResponseOf, pollResponseOf, errorOf, statusOf]
    fc.assert(fc.property(mutated, ({ bytes }) => {
      const message = readMessage(bytes)
      if (message === null) return
      for (const read of readers) {
        try {
          read(message.content)
        } catch (error) {
          expect(error).toBeInstanceOf(AppError)
        }
      }
    }), { numRuns: 20_000 })
  })

  it('is not believed when anything of it was changed', () => {
    fc.assert(fc.property(mutated, ({ which, bytes }) => {
      const message = readMessage(bytes)
      const original = readMessage(MESSAGES[which] ?? new Uint8Array(0))
      if (message === null || original === null || Buffer.compare(message.covered, original.covered) === 0) return
      expect(provesSecret(message, SECRET)).toBe(false)
    }), { numRuns: 1000 })
  })

  it('is not believed with parameters that would keep the counter busy, or with a weak hash', () => {
    const mac = (rounds: number, hash: string): Uint8Array => seq(oid('1.2.840.113533.7.66.13'), seq(octets(randomBytes(16)), seq(oid(hash)), integer(rounds), seq(oid('1.2.840.113549.2.9'))))
    for (const algorithm of [mac(2_000_000_000, '2.16.840.1.101.3.4.2.1'), mac(1, '2.16.840.1.101.3.4.2.1'), mac(1000, '1.3.14.3.2.26')]) {
      const message = readMessage(messageDer(header(), BODY.pkiConf, nothing(), { algorithm, protect: () => new Uint8Array(32), extra: [] }))
      const began = performance.now()
      expect(message !== null && provesSecret(message, SECRET)).toBe(false)
      expect(performance.now() - began).toBeLessThan(50)
    }
  })

  it('says in its status what CAs say', () => {
    const message = readMessage(MESSAGES[3] ?? new Uint8Array(0))
    expect(message && errorOf(message.content)).toEqual({ status: 2, text: 'Chưa nhận\nvì thế\nmất điện', failures: ['badPOP', 'badCertTemplate'] })
  })
})

describe('a CA that knows the secret and still does as it likes', () => {
  let server: Server
  let csr: Uint8Array
  let reply: (transaction: Uint8Array, nonce: Uint8Array) => Uint8Array = () => new Uint8Array(0)
  let type = 'application/pkixcmp'
  let provider: ProviderConfig

  beforeAll(async () => {
    csr = await requestOf(generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey, 'ecdsa-p256')
    server = createServer((request, response) => {
      const parts: Buffer[] = []
      request.on('data', (part: Buffer) => parts.push(part))
      request.on('end', () => {
        const message = readMessage(Buffer.concat(parts))
        response.writeHead(200, { 'content-type': type }).end(message ? reply(message.header.transaction, message.header.senderNonce) : '')
      })
    })
    await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
    const { port } = server.address() as AddressInfo
    provider = {
      id: 'a', name: 'A', licence: 'A', kind: 'token', price: { vi: '', en: '' }, years: 1, hotline: '', revokeAt: '', terms: '', demo: true, authorities: [Buffer.from(certificate).toString('base64')], tsaUrl: null,
      remote: null, phone: null,
      cmp: {
        url: `http://127.0.0.1:${port}/`, protection: { kind: 'secret', reference: REFERENCE, secret: SECRET }, responders: [],
        sender: { country: null, organisation: null, commonName: 'Quầy' }, recipient: { country: null, organisation: null, commonName: 'CA' },
      },
    }
  })
  afterAll(() => { server.closeAllConnections(); server.close() })

  const ask = (): Promise<string> => createCaConnector(provider, { now: () => new Date(), timeoutMs: 2000 }).request({ id: 'x', csr })
    .then((answer) => (answer.kind === 'waiting' ? `waiting ${answer.afterSeconds}` : answer.kind), (error: unknown) => (error instanceof AppError ? error.code : String(error)))
  const answering = (kind: number, content: Uint8Array, change: (transaction: Uint8Array, nonce: Uint8Array) => readonly [Uint8Array, Uint8Array] = (transaction, nonce) => [transaction, nonce]): void => {
    reply = (transaction, nonce) => messageDer(header(...change(transaction, nonce)), kind as typeof BODY.cp, content, secretProtector(SECRET))
  }
  const pollRep = (seconds: number): Uint8Array => seq(seq(integer(0), integer(seconds)))

  it.each([
    ['a body that answers nothing we asked', 26 + 3, seq(), 'KS-038'], ['an acceptance without a certificate', BODY.cp, seq(seq(seq(integer(0), seq(integer(0))))), 'KS-038'],
    ['a certificate that is none', BODY.cp, seq(seq(seq(integer(0), seq(integer(0)), seq(ctx(0, seq(integer(1))))))), 'KS-038'],
    ['an encrypted certificate', BODY.cp, seq(seq(seq(integer(0), seq(integer(0)), seq(ctx(1, seq()))))), 'KS-038'],
    ['two answers for one request', BODY.cp, seq(seq(seq(integer(0), seq(integer(3))), seq(integer(1), seq(integer(3))))), 'KS-038'],
    ['a status that does not exist', BODY.cp, seq(seq(seq(integer(0), seq(integer(9))))), 'KS-038'],
    ['a wait of nothing', BODY.pollRep, pollRep(0), 'waiting 1'], ['a wait of years', BODY.pollRep, pollRep(2_000_000_000), 'waiting 3600'],
    ['a desk that may not ask', BODY.error, seq(seq(integer(2), namedBitString(23))), 'KS-039'],
  ])('is understood or refused: %s', async (_what, kind, content, outcome) => {
    answering(kind, content)
    expect(await ask()).toBe(outcome)
  })

  it('is not believed with an answer to an older message, or to another transaction', async () => {
    answering(BODY.pollRep, pollRep(5), (transaction) => [transaction, randomBytes(16)])
    expect(await ask()).toBe('KS-032')
    answering(BODY.pollRep, pollRep(5), (_transaction, nonce) => [randomBytes(16), nonce])
    expect(await ask()).toBe('KS-032')
  })

  it('is cut off when it sends without end', async () => {
    reply = () => new Uint8Array(300 * 1024)
    expect(await ask()).toBe('KS-038')
  })

  it('is not read when it sends something else than CMP', async () => {
    type = 'text/html'
    answering(BODY.pollRep, pollRep(5))
    expect(await ask()).toBe('KS-038')
    type = 'application/pkixcmp'
  })
})

