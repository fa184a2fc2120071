import { randomUUID } from 'node:crypto'
import { exportJWK, generateKeyPair, importJWK, type JWK, SignJWT } from 'jose'
import { z } from 'zod'
import { type Answer, CityFailure } from './failures'
import { expectJson, type Http, resolveOnCity } from './http'
import { TokenAnswer } from './wire'

/** Private key of the counter: EC P-256 as JWK (RFC 7517). Lives in the encrypted database only. */
export const PrivateJwk = z.object({ kty: z.literal('EC'), crv: z.literal('P-256'), x: z.string(), y: z.string(), d: z.string() })
export type PrivateJwk = z.infer<typeof PrivateJwk>

/** Makes the counter's key pair for ES256. */
export async function generateCounterKey(): Promise<PrivateJwk> {
  const { privateKey } = await generateKeyPair('ES256', { extractable: true })
  return PrivateJwk.parse(await exportJWK(privateKey))
}

/** The part that the city may see. */
export function publicPart({ kty, crv, x, y }: PrivateJwk): JWK {
  return { kty, crv, x, y }
}

export type TokenSource = Readonly<{
  /** A good access token; asks the city for one when there is none. */
  get(): Promise<string>
  /** Forgets a token that the city refused; another one that came meanwhile is kept. */
  drop(token: string): void
}>

const ASSERTION = 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer'
const ASSERTION_SECONDS = 120
/** Renewed so long before its end. */
const EARLY_MS = 30_000

type Deps = Readonly<{ http: Http; clientId: string; privateJwk: PrivateJwk; /** The city's time, as well as it is known. */ now: () => Date }>

async function assertion({ http, clientId, privateJwk, now }: Deps): Promise<string> {
  const seconds = Math.floor(now().getTime() / 1000)
  return new SignJWT({})
    .setProtectedHeader({ alg: 'ES256' })
    .setIssuer(clientId).setSubject(clientId).setAudience(resolveOnCity(http.base, '/oauth/token').href)
    .setJti(randomUUID()).setIssuedAt(seconds).setNotBefore(seconds - ASSERTION_SECONDS).setExpirationTime(seconds + ASSERTION_SECONDS)
    .sign(await importJWK(privateJwk, 'ES256'))
}

/** However the city words a refusal of this counter (RFC 6749 §5.2), it is about the counter and never about a dossier. */
function tokenOf(answer: Answer, now: Date): z.infer<typeof TokenAnswer> {
  try {
    return expectJson(answer, [200], TokenAnswer, now)
  } catch (error) {
    const refused = answer.status >= 400 && answer.status < 500 && error instanceof CityFailure && !['portal', 'too-many', 'timeout'].includes(error.kind)
    throw refused ? new CityFailure('unauthorised', error.facts) : error
  }
}

/** OAuth 2 client credentials with `private_key_jwt` (RFC 7523), one request at a time, the token kept until shortly before it ends. */
export function createTokenSource(deps: Deps): TokenSource {
  let held: { token: string; until: number } | undefined
  let asking: Promise<string> | undefined
  const ask = async (): Promise<string> => {
    const form = new URLSearchParams({
      grant_type: 'client_credentials', client_assertion_type: ASSERTION, client_assertion: await assertion(deps),
    })
    const answer = await deps.http.send({
      method: 'POST', path: '/oauth/token', headers: { 'content-type': 'application/x-www-form-urlencoded' }, body: form.toString(),
    })
    const { access_token, expires_in } = tokenOf(answer, deps.now())
    held = { token: access_token, until: performance.now() + expires_in * 1000 - EARLY_MS }
    return access_token
  }
  return {
    get: () => {
      if (held && performance.now() < held.until) return Promise.resolve(held.token)
      asking ??= ask().finally(() => {
        asking = undefined
      })
      return asking
    },
    drop: (token) => {
      if (held?.token === token) held = undefined
    },
  }
}
