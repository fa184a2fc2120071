import { execFile } from 'node:child_process'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { parseCertificate, parseRevocationList } from '../../../src-main/identity/pki'
import { createFetcher, createIssuerSource, createRevocationSource, judgeOcsp, parseOcsp } from '../../../src-main/signing/cms'
import type { RevocationSource } from '../../../src-main/signing/ports'
import { createPki, hasOpenssl, type Pki, type PkiUser } from '../pki'

const run = promisify(execFile)
const DAY = 24 * 3600 * 1000

describe.skipIf(!hasOpenssl())('asking whether a certificate was revoked (openssl ocsp)', () => {
  let pki: Pki
  let user: PkiUser
  const source = (now?: () => Date): RevocationSource => createRevocationSource(createFetcher(), now ? { now } : {})
  const stateOf = async (certificate: Uint8Array): Promise<string> => {
    const raw = await createRevocationSource(createFetcher()).ocsp(certificate, pki.issuing)
    const answer = raw && parseOcsp(raw)
    return answer ? judgeOcsp(answer, { certificate: parseCertificate(certificate), issuer: parseCertificate(pki.issuing) }).state : 'none'
  }
  beforeAll(async () => {
    pki = await createPki()
    user = pki.user({ key: 'p-256' })
  })
  afterEach(() => {
    Object.assign(pki.servers.moods, { ocsp: 'ok', crl: 'ok' })
    Object.assign(pki.servers.meddle, { ocsp: null, crl: null })
  })
  afterAll(() => pki.close())

  it('is answered by a responder whom the issuer appointed', async () => {
    const revoked = pki.user({ key: 'p-256' })
    pki.revoke(revoked.certificate)
    expect([await stateOf(user.certificate), await stateOf(revoked.certificate)]).toEqual(['good', 'revoked'])
  })

  it('is answered by list', async () => {
    const revoked = pki.user({ key: 'p-256', addresses: 'crl' })
    pki.revoke(revoked.certificate)
    const list = await createRevocationSource(createFetcher()).list(revoked.certificate, pki.issuing)
    expect(list && parseRevocationList(list).revoked.has(parseCertificate(revoked.certificate).serial)).toBe(true)
    expect(await createRevocationSource(createFetcher()).list(pki.issuing, pki.root)).toEqual(pki.list('root'))
  })

  it('has no answer where a certificate names no address', async () => {
    const silent = pki.user({ key: 'p-256', addresses: 'none' })
    expect([await source().ocsp(silent.certificate, pki.issuing), await source().list(silent.certificate, pki.issuing)]).toEqual([null, null])
  })

  it.each(['down', 'silent', 'garbage', 'refuses'] as const)('has no answer when the responder or the list is %s', async (mood) => {
    Object.assign(pki.servers.moods, { ocsp: mood, crl: mood })
    const asked = createRevocationSource(createFetcher({ patience: mood === 'silent' ? 300 : 5000 }))
    await expect(asked.ocsp(user.certificate, pki.issuing)).rejects.toThrow('KS-062')
    await expect(asked.list(user.certificate, pki.issuing)).rejects.toThrow('KS-062')
  })

  it('does not take an answer about another certificate, to an older question, with a turned bit, or of a stranger', async () => {
    const other = pki.user({ key: 'p-256' })
    const asked = createRevocationSource(createFetcher())
    const kept: Uint8Array[] = []
    pki.servers.meddle.ocsp = (answer) => {
      kept.push(answer)
      return answer
    }
    await asked.ocsp(other.certificate, pki.issuing)
    await asked.ocsp(user.certificate, pki.issuing)
    for (const answer of kept) {
      pki.servers.meddle.ocsp = () => answer
      await expect(asked.ocsp(user.certificate, pki.issuing)).rejects.toThrow('KS-062')
    }
    // The bit lies in the signature, which stands before the responder's certificate.
    pki.servers.meddle.ocsp = (answer) => {
      const at = answer.length - pki.ocsp.certificate.length - 20
      return answer.map((byte, index) => (index === at ? byte ^ 1 : byte))
    }
    await expect(asked.ocsp(user.certificate, pki.issuing)).rejects.toThrow('KS-062')
    const stranger = await createPki()
    try {
      pki.servers.meddle.ocsp = null
      pki.servers.meddle.crl = () => stranger.list()
      await expect(asked.list(user.certificate, pki.issuing)).rejects.toThrow('KS-062')
    } finally {
      await stranger.close()
    }
  })

  it('takes an answer of the issuer itself or of whom it appointed for that, and of nobody else', async () => {
    const anybody = pki.user({ key: 'p-256' })
    const mine = { certificate: parseCertificate(user.certificate), issuer: parseCertificate(pki.issuing) }
    await run('openssl', ['ocsp', '-issuer', 'issuing.pem', '-cert', user.certificateFile, '-reqout', 'own.req'], { cwd: pki.folder })
    const judged = async (signer: string, key: string, ...more: string[]): Promise<string> => {
      await run('openssl', ['ocsp', '-index', 'index.txt', '-CA', 'issuing.pem', '-rsigner', signer, '-rkey', key, '-reqin', 'own.req', '-respout', 'own.resp', '-ndays', '1', ...more], { cwd: pki.folder })
      const answer = parseOcsp(new Uint8Array(await readFile(join(pki.folder, 'own.resp'))))
      return answer ? judgeOcsp(answer, mine).state : 'none'
    }
    expect(await judged('issuing.pem', 'issuing.key')).toBe('good')
    expect(await judged('issuing.pem', 'issuing.key', '-resp_key_id', '-resp_no_certs')).toBe('good')
    expect(await judged('ocsp.pem', 'ocsp.key', '-resp_key_id')).toBe('good')
    expect(await judged('ocsp.pem', 'ocsp.key', '-resp_no_certs')).toBe('invalid')
    expect(await judged(anybody.certificateFile, anybody.keyFile)).toBe('invalid')
    expect(await judged('root.pem', 'root.key')).toBe('invalid')
  })

  it('tells a suspension from a revocation', async () => {
    const held = pki.user({ key: 'p-256' })
    pki.revoke(held.certificate, 'certificateHold')
    const raw = await createRevocationSource(createFetcher()).ocsp(held.certificate, pki.issuing)
    expect(raw && parseOcsp(raw)?.entries).toMatchObject([{ status: 'revoked', hold: true }])
  })

  it('does not take what is too old or of the future', async () => {
    for (const days of [-3, 9]) {
      const at = source(() => new Date(Date.now() + days * DAY))
      await expect(at.ocsp(user.certificate, pki.issuing)).rejects.toThrow('KS-062')
      await expect(at.list(user.certificate, pki.issuing)).rejects.toThrow('KS-062')
    }
  })

  it('finds what issued a certificate', async () => {
    expect(await createIssuerSource(createFetcher())(user.certificate)).toEqual(pki.issuing)
    expect(await createIssuerSource(createFetcher())(pki.root)).toBeNull()
  })

  it('cuts off an answer that is too long and follows no redirect', async () => {
    const fetch = (status: number, size: number): typeof globalThis.fetch => () => Promise.resolve(new Response(status === 200 ? new Uint8Array(size) : null, { status }))
    const ask = { url: 'http://127.0.0.1/', accept: '*/*', most: 100 }
    await expect(createFetcher({ fetch: fetch(200, 101) })(ask)).rejects.toThrow('too long')
    expect(await createFetcher({ fetch: fetch(200, 100) })(ask)).toHaveLength(100)
    await expect(createFetcher({ fetch: fetch(503, 0) })(ask)).rejects.toThrow('503')
    await expect(createFetcher()({ ...ask, url: 'file:///etc/hostname' })).rejects.toThrow('not http')
  })
})
