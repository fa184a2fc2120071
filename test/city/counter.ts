import { createHash, randomBytes, randomUUID } from 'node:crypto'
import { SignJWT, exportJWK, generateKeyPair, type CryptoKey } from 'jose'
import { z } from 'zod'
import { Enrolment, Lease, Token } from './messages'
import type { SubmissionPayload } from './payload'

/** A bare counter for the tests of the city: it does what it is told and hides no answer. */
export interface Counter {
  readonly url: string
  readonly clientId: string
  readonly key: CryptoKey
  /** The Authorization header of its calls. */
  readonly authorization: string
  call(method: string, path: string, options?: { json?: unknown; headers?: Record<string, string>; body?: Uint8Array<ArrayBuffer> }): Promise<Answer>
  /** Uploads a document in one piece. */
  upload(bytes: Uint8Array<ArrayBuffer>, sha256?: string): Promise<Answer>
  submit(payload: SubmissionPayload | Uint8Array<ArrayBuffer>, submissionId?: string): Promise<Answer>
  /** Leases numbers and gives the first code of the block. */
  code(day?: string): Promise<string>
}

export interface Answer {
  readonly status: number
  readonly headers: Headers
  readonly text: string
  /** The body as an object; an empty one when it is not JSON. */
  readonly json: Record<string, unknown>
}

export const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex')
export const bytesOfJson = (value: unknown): Uint8Array<ArrayBuffer> => new Uint8Array(Buffer.from(JSON.stringify(value)))
export const randomDocument = (size: number): Uint8Array<ArrayBuffer> => new Uint8Array(randomBytes(size))

async function answerOf(response: Response): Promise<Answer> {
  const text = await response.text()
  const parsed = z.looseObject({}).safeParse(tryJson(text))
  return { status: response.status, headers: response.headers, text, json: parsed.success ? parsed.data : {} }
}

function tryJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

/** A signed client assertion; `claims` replace the good ones. */
export function assertion(counter: { url: string; clientId: string; key: CryptoKey }, claims: { aud?: string; exp?: number; jti?: string; sub?: string } = {}): Promise<string> {
  return new SignJWT({})
    .setProtectedHeader({ alg: 'ES256' }).setIssuer(counter.clientId).setSubject(claims.sub ?? counter.clientId)
    .setAudience(claims.aud ?? `${counter.url}/oauth/token`).setJti(claims.jti ?? randomUUID())
    .setExpirationTime(claims.exp ?? Math.floor(Date.now() / 1000) + 120).sign(counter.key)
}

/** Asks for a token with an assertion. */
export async function askToken(url: string, jwt: string): Promise<Answer> {
  const body = new URLSearchParams({
    grant_type: 'client_credentials', client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer', client_assertion: jwt,
  })
  return answerOf(await fetch(`${url}/oauth/token`, { method: 'POST', body }))
}

/** Enrols a new key with a code. */
export async function enrol(url: string, code: string): Promise<{ answer: Answer; key: CryptoKey; publicKey: object }> {
  const pair = await generateKeyPair('ES256')
  const publicKey = await exportJWK(pair.publicKey)
  return { answer: await enrolWith(url, code, publicKey), key: pair.privateKey, publicKey }
}

export async function enrolWith(url: string, code: string, publicKey: object): Promise<Answer> {
  return answerOf(await fetch(`${url}/v1/enrolments`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ code, publicKey }) }))
}

export const uploadMetadata = (hash: string): string =>
  [['documentId', randomUUID()], ['sha256', hash], ['mediaType', 'application/pdf']].map(([name, value]) => `${name} ${Buffer.from(value ?? '').toString('base64')}`).join(',')

/** Enrols with `code`, fetches a token, and is ready to talk. */
export async function openCounter(url: string, code: string): Promise<Counter> {
  const { answer, key } = await enrol(url, code)
  const { clientId, agency } = Enrolment.parse(answer.json)
  const token = Token.parse((await askToken(url, await assertion({ url, clientId, key }))).json).access_token
  const authorization = `Bearer ${token}`
  const call: Counter['call'] = async (method, path, { json, headers = {}, body } = {}) => answerOf(await fetch(url + path, {
    method,
    headers: { authorization, ...(json === undefined ? {} : { 'content-type': 'application/json' }), ...headers },
    ...(json === undefined ? (body === undefined ? {} : { body }) : { body: JSON.stringify(json) }),
  }))
  return {
    url, clientId, key, authorization, call,
    upload: (bytes, hash = sha256(bytes)) => call('POST', '/v1/files', {
      body: bytes,
      headers: { 'tus-resumable': '1.0.0', 'upload-length': String(bytes.length), 'upload-metadata': uploadMetadata(hash), 'content-type': 'application/offset+octet-stream' },
    }),
    submit(payload, submissionId = payload instanceof Uint8Array ? '' : payload.submissionId) {
      const body = payload instanceof Uint8Array ? payload : bytesOfJson(payload)
      const digest = createHash('sha256').update(body).digest('base64')
      return call('PUT', `/v1/submissions/${submissionId}`, {
        body, headers: { 'content-type': 'application/json', 'content-digest': `sha-256=:${digest}:`, 'idempotency-key': submissionId },
      })
    },
    async code(day = '2026-11-23') {
      const lease = Lease.parse((await call('POST', '/v1/number-leases', { json: { requestId: randomUUID(), agency: agency.code, day, size: 1 } })).json)
      return lease.prefix + String(lease.first).padStart(4, '0')
    },
  }
}

/** A small good payload; invented people. */
export function samplePayload(code: string, documents: readonly Uint8Array[] = [], change: Partial<SubmissionPayload['dossier']> = {}): SubmissionPayload {
  const listed = documents.map((bytes, index) => ({ documentId: randomUUID(), sha256: sha256(bytes), size: bytes.length, mediaType: 'application/pdf', name: `to-${index + 1}.pdf` }))
  return {
    format: 'mot-cua/submission', version: 1, submissionId: randomUUID(), officer: { id: 'cb-01', name: 'Đỗ Thị Mỹ Duyên' },
    dossier: {
      id: randomUUID(), code, codeIsProvisional: false, version: 1, agency: 'H29.900', counter: 'Quầy 1',
      procedure: { code: '1.001193', name: 'Đăng ký khai sinh', catalogueVersion: '2026-11' }, channel: 1,
      receivedAt: '2026-11-23T02:41:00.000Z', dueAt: '2026-11-23T09:30:00.000Z', state: 2, onBehalf: false, copies: 1,
      applicant: { fullName: 'Bùi Nhật Khang', idNumber: '079192004617' }, resultDelivery: { method: 'counter' },
      fee: { total: 0, currency: 'VND', lines: [], paid: false },
      components: [{ code: 'TK', name: 'Tờ khai đăng ký khai sinh', kind: 'original', quantity: 1, documents: listed }],
      timeline: [{ state: 2, at: '2026-11-23T02:41:00.000Z', by: 'Đỗ Thị Mỹ Duyên' }],
      ...change,
    },
  }
}
