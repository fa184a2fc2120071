import type { z } from 'zod'
import type { Destination, SubmissionBytes } from './destination'
import { type Answer, CityFailure, failureOf } from './failures'
import { type Call, createHttp, expectJson, type Fetch, type Http, locateOnCity } from './http'
import { createTokenSource, type PrivateJwk, publicPart, type TokenSource } from './token'
import { createChunkSize, upload } from './tus'
import {
  Acknowledgement, DocumentAnswer, EnrolmentAnswer, FeedbackStatusesAnswer, HealthAnswer, LeaseAnswer, LetterReceipt, ReceiptsAnswer, StatusesAnswer, WitnessAnswer,
} from './wire'

export type CityClientDeps = Readonly<{
  url: string
  clientId: string
  privateJwk: PrivateJwk
  fetch: Fetch
  signal: AbortSignal
  /** The city's time, as well as it is known: the client assertion must be right even when this machine's clock is not. */
  now: () => Date
  timeoutMs: number
}>

const JSON_TYPE = { 'content-type': 'application/json' }
const SUBMIT_TIMEOUT_FACTOR = 3

/** With the token; a refused token is renewed once, a second refusal is `unauthorised`. */
function authorised(http: Http, tokens: TokenSource): (call: Call) => Promise<Answer> {
  const withToken = (call: Call, token: string): Promise<Answer> =>
    http.send({ ...call, headers: { ...call.headers, authorization: `Bearer ${token}` } })
  return async (call) => {
    const token = await tokens.get()
    const answer = await withToken(call, token)
    if (answer.status !== 401) return answer
    tokens.drop(token)
    return withToken(call, await tokens.get())
  }
}

const digest = (sha256: string): string => `sha-256=:${Buffer.from(sha256, 'hex').toString('base64')}:`

/** An acknowledgement counts only when it is for these very bytes. */
function forThese(acknowledgement: Acknowledgement, { id, sha256 }: SubmissionBytes): Acknowledgement {
  if (acknowledgement.submissionId !== id || acknowledgement.payloadSha256 !== sha256) throw new CityFailure('malformed')
  return acknowledgement
}

function forThisLetter(receipt: LetterReceipt, { id, sha256 }: SubmissionBytes): LetterReceipt {
  if (receipt.letterId !== id || receipt.payloadSha256 !== sha256) throw new CityFailure('malformed')
  return receipt
}

/** Asks whether the city is there and what time it has. A page instead of an answer is a captive portal. */
async function askHealth(http: Http, now: Date): Promise<HealthAnswer> {
  return expectJson(await http.send({ method: 'GET', path: '/v1/health' }), [200], HealthAnswer, now)
}

/** The reference city as a destination (`docs/city-protocol.md`). */
export function createCityClient(deps: CityClientDeps): Destination {
  const { now } = deps
  const http = createHttp(deps)
  const send = authorised(http, createTokenSource({ ...deps, http }))
  const chunks = createChunkSize()
  const locate = (location: string): string | null => locateOnCity(http.base, location)
  const get = async <T>(path: string, schema: z.ZodType<T>): Promise<T> => expectJson(await send({ method: 'GET', path }), [200], schema, now())
  const post = async <T>(path: string, body: unknown, schema: z.ZodType<T>): Promise<T> =>
    expectJson(await send({ method: 'POST', path, headers: JSON_TYPE, body: JSON.stringify(body) }), [200, 201], schema, now())
  /** Frozen bytes under their id, with their digest: safe to repeat. */
  const put = async <T>(path: string, { id, payload, sha256 }: SubmissionBytes, schema: z.ZodType<T>): Promise<T> => {
    const headers = { ...JSON_TYPE, 'content-digest': digest(sha256), 'idempotency-key': id }
    return expectJson(await send({ method: 'PUT', path, body: payload, timeoutMs: deps.timeoutMs * SUBMIT_TIMEOUT_FACTOR, headers }), [200, 201], schema, now())
  }
  return {
    health: () => askHealth(http, now()),
    uploadDocument: (source, url, onAccepted) => upload({ send, now, chunks, locate }, source, url, onAccepted),
    hasDocument: async (sha256, size) => {
      const found = await orNull(() => get(`/v1/files/${sha256}`, DocumentAnswer))
      return found !== null && found.sha256 === sha256 && found.size === size
    },
    submit: async (submission) => forThese(await put(`/v1/submissions/${submission.id}`, submission, Acknowledgement), submission),
    findSubmission: (id) => orNull(() => get(`/v1/submissions/${id}`, Acknowledgement)),
    receiptsSince: (sequence, limit) => get(`/v1/receipts?since=${sequence}&limit=${limit}`, ReceiptsAnswer),
    statuses: (cursor, limit) => get(`/v1/statuses?cursor=${cursor}&limit=${limit}`, StatusesAnswer),
    submitLetter: async (letter) => forThisLetter(await put(`/v1/feedback/${letter.id}`, letter, LetterReceipt), letter),
    findLetter: (id) => orNull(() => get(`/v1/feedback/${id}`, LetterReceipt)),
    feedbackStatuses: (cursor, limit) => get(`/v1/feedback-statuses?cursor=${cursor}&limit=${limit}`, FeedbackStatusesAnswer),
    leaseNumbers: (request) => post('/v1/number-leases', request, LeaseAnswer),
    witnessAudit: async (head) => {
      await post('/v1/audit-heads', head, WitnessAnswer)
    },
  }
}

async function orNull<T>(act: () => Promise<T>): Promise<T | null> {
  try {
    return await act()
  } catch (error) {
    if (error instanceof CityFailure && error.kind === 'not-found') return null
    throw error
  }
}

export type EnrolmentDeps = Readonly<{ url: string; fetch: Fetch; signal: AbortSignal; now: () => Date; timeoutMs: number }>

/**
 * Registers the public key under a one-time code, after making sure that the city itself answers. The same key may ask again
 * after a lost answer. Throws CityFailure: `not-found` unknown code, `conflict` code used by another key.
 */
export async function enrolAtCity(deps: EnrolmentDeps, code: string, key: PrivateJwk): Promise<EnrolmentAnswer> {
  const http = createHttp(deps)
  await askHealth(http, deps.now())
  const body = JSON.stringify({ code, publicKey: publicPart(key) })
  const answer = await http.send({ method: 'POST', path: '/v1/enrolments', headers: JSON_TYPE, body })
  if (answer.status >= 400) throw failureOf(answer, deps.now())
  return expectJson(answer, [200, 201], EnrolmentAnswer, deps.now())
}
