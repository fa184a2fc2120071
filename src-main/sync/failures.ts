import type { ErrorCode } from '@contract/errors'
import { cityErrors } from '@contract/errors/city'
import { parseRetryAfter } from './backoff'
import type { FailureClass } from './state-machine'
import { ProblemAnswer } from './wire'

/** Every way in which a call to the city can end badly, by name. */
export type FailureKind =
  | 'offline' | 'timeout' | 'portal' | 'malformed' | 'bad-request' | 'unauthorised' | 'not-found' | 'conflict' | 'gone'
  | 'too-large' | 'rejected' | 'busy' | 'documents-missing' | 'too-many' | 'hash' | 'trouble'

type Meaning = Readonly<{ code: ErrorCode; class: FailureClass; /** The request may have been carried out all the same. */ unsettled: boolean }>

const MEANING: Readonly<Record<FailureKind, Meaning>> = {
  'offline': { code: cityErrors.offline, class: 'line', unsettled: true },
  'timeout': { code: cityErrors.timeout, class: 'line', unsettled: true },
  'portal': { code: cityErrors.captivePortal, class: 'line', unsettled: true },
  'malformed': { code: cityErrors.malformedAnswer, class: 'trouble', unsettled: true },
  'trouble': { code: cityErrors.cityTrouble, class: 'trouble', unsettled: true },
  'unauthorised': { code: cityErrors.notAuthorised, class: 'line', unsettled: false },
  'too-many': { code: cityErrors.tooMany, class: 'line', unsettled: false },
  'busy': { code: cityErrors.cityTrouble, class: 'trouble', unsettled: false },
  'gone': { code: cityErrors.notFound, class: 'trouble', unsettled: false },
  'not-found': { code: cityErrors.notFound, class: 'trouble', unsettled: false },
  'documents-missing': { code: cityErrors.documentsMissing, class: 'trouble', unsettled: false },
  'hash': { code: cityErrors.documentHash, class: 'trouble', unsettled: false },
  'bad-request': { code: cityErrors.badRequest, class: 'refused', unsettled: false },
  'conflict': { code: cityErrors.conflict, class: 'refused', unsettled: false },
  'too-large': { code: cityErrors.tooLarge, class: 'refused', unsettled: false },
  'rejected': { code: cityErrors.rejected, class: 'refused', unsettled: false },
}

export type FailureFacts = Readonly<{ words?: string; retryAfterMs?: number; missing?: readonly string[]; status?: number }>

/** A call to the city that did not end as agreed. Travels inside `sync` only; what is stored is its code and the city's words. */
export class CityFailure extends Error {
  readonly kind: FailureKind
  readonly code: ErrorCode
  readonly class: FailureClass
  readonly unsettled: boolean
  readonly facts: FailureFacts

  constructor(kind: FailureKind, facts: FailureFacts = {}, options?: ErrorOptions) {
    super(`city: ${kind}`, options)
    this.name = 'CityFailure'
    this.kind = kind
    this.facts = facts
    const meaning = MEANING[kind]
    this.code = meaning.code
    this.class = meaning.class
    this.unsettled = meaning.unsettled
  }
}

/** An answer as it came, body read as text. */
export type Answer = Readonly<{ status: number; headers: Headers; text: string }>

const isMarkup = ({ headers, text }: Answer): boolean =>
  /\bhtml\b/i.test(headers.get('content-type') ?? '') || /^\s*<(!doctype|html|head|body|script|meta)/i.test(text)

function problemOf({ text }: Answer): ProblemAnswer | undefined {
  try {
    return ProblemAnswer.safeParse(JSON.parse(text)).data
  } catch {
    return undefined
  }
}

function wordsOf({ detail, field, storedSha256, sentSha256 }: ProblemAnswer): string | undefined {
  const hashes = storedSha256 && sentSha256 ? `(${storedSha256.slice(0, 12)}… ≠ ${sentSha256.slice(0, 12)}…)` : undefined
  const words = [detail, field && `[${field}]`, hashes].filter((part) => part !== undefined && part !== '').join(' ')
  return words === '' ? undefined : words.slice(0, 1000)
}

/** Statuses that mean what they say whoever answers: a proxy in between sends them as a page of its own. */
const BARE: Readonly<Record<number, FailureKind>> = { 413: 'too-large', 429: 'too-many', 408: 'timeout', 407: 'portal', 511: 'portal', 423: 'busy', 425: 'busy' }
/** Statuses that count only with a problem of the city in the body. */
const WORDED: Readonly<Record<number, FailureKind>> = {
  400: 'bad-request', 401: 'unauthorised', 403: 'unauthorised', 404: 'not-found', 409: 'conflict', 410: 'gone',
  422: 'rejected', 424: 'documents-missing', 460: 'hash',
}

function kindOf(answer: Answer, problem: ProblemAnswer | undefined): FailureKind {
  const { status } = answer
  const bare = BARE[status]
  if (bare) return bare
  if (status >= 500) return 'trouble'
  if (status >= 300 && status < 400) return 'portal'
  if (isMarkup(answer)) return 'portal'
  if (status === 401) return 'unauthorised'
  if (problem === undefined) return 'malformed'
  return WORDED[status] ?? (status >= 400 ? 'bad-request' : 'malformed')
}

/**
 * Names an answer that is not the agreed one. A 200 with a page in it is a captive portal; a page with 4xx too, because the
 * city speaks JSON only. 5xx is trouble whoever says it.
 */
export function failureOf(answer: Answer, now: Date): CityFailure {
  const problem = problemOf(answer)
  const words = problem && wordsOf(problem)
  const retryAfterMs = parseRetryAfter(answer.headers.get('retry-after'), now)
  return new CityFailure(kindOf(answer, problem), {
    status: answer.status,
    ...(words !== undefined && { words }),
    ...(retryAfterMs !== undefined && { retryAfterMs }),
    ...(problem?.missing && { missing: problem.missing }),
  })
}

/** A name on the certificate that is not the city's: somebody else answers in its place. */
const IMPOSTOR = /^(DEPTH_ZERO_SELF_SIGNED_CERT|SELF_SIGNED_CERT_IN_CHAIN|UNABLE_TO_|ERR_TLS_CERT_ALTNAME_INVALID|CERT_)/
const SLOW = /^(UND_ERR_HEADERS_TIMEOUT|UND_ERR_BODY_TIMEOUT|UND_ERR_CONNECT_TIMEOUT|ETIMEDOUT)$/

function codeOf(error: unknown): string {
  if (typeof error !== 'object' || error === null) return ''
  if ('code' in error && typeof error.code === 'string') return error.code
  return 'cause' in error ? codeOf(error.cause) : ''
}

/** Names what `fetch` threw: nobody there, too slow, or somebody else's certificate. */
export function failureOfThrown(error: unknown): CityFailure {
  if (error instanceof CityFailure) return error
  const name = error instanceof Error ? error.name : ''
  const code = codeOf(error)
  if (name === 'TimeoutError' || SLOW.test(code)) return new CityFailure('timeout', {}, { cause: error })
  if (IMPOSTOR.test(code)) return new CityFailure('portal', {}, { cause: error })
  return new CityFailure('offline', {}, { cause: error })
}
