import { randomUUID } from 'node:crypto'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import { SignJWT, calculateJwkThumbprint, decodeJwt, importJWK, jwtVerify, type JWTPayload } from 'jose'
import { z } from 'zod'
import { signingOf } from './ca'
import { cityIso } from './clock'
import type { Caller, Context } from './context'
import { first, only, run, type Sql } from './db'
import { EnrolmentRequest, PublicKey, TokenRequest, type Enrolment } from './messages'
import { answer } from './operations'
import { Problem, checked, sendProblem } from './problem'
import { wardOf } from './wards'

/** A client assertion lives five minutes at most; a little skew between the two clocks is forgiven. */
const ASSERTION_SECONDS = 300
const SKEW_SECONDS = 30
const TOKEN_SECONDS = 900

const ClientRow = z.object({ client_id: z.string(), agency_code: z.string(), counter: z.string(), public_key: PublicKey })
const CodeRow = z.object({
  agency_code: z.string(), counter: z.string(), name: z.string(), parent: z.string(), ward_code: z.string(),
  client_id: z.string().nullable(), thumbprint: z.string().nullable(),
})
type CodeRow = z.infer<typeof CodeRow>

/** Makes a one-time enrolment code for a counter of an agency. */
export async function makeEnrolmentCode(sql: Sql, now: Date, code: string, agency: string, counter: string): Promise<void> {
  const made = await run(sql,
    `insert into enrolment_codes (code, agency_code, counter, created_at)
     select $1, agencies.code, $3, $4 from agencies where agencies.code = $2 on conflict do nothing returning code`,
    [code, agency, counter, now.toISOString()])
  if (made === 0) throw new Problem(409, 'enrolment.code-exists', 'Mã đăng ký đã có, hoặc không có cơ quan này.', { field: 'code' })
}

async function enrol(context: Context, code: string, key: PublicKey): Promise<Enrolment> {
  const thumbprint = await thumbprintOf(key)
  const signing = await signingOf(context)
  return context.db.transaction(async (tx) => {
    const row = await first(tx, CodeRow,
      `select e.agency_code, e.counter, a.name, a.parent, a.ward_code, e.client_id, c.thumbprint
       from enrolment_codes e join agencies a on a.code = e.agency_code left join clients c on c.client_id = e.client_id
       where e.code = $1 for update of e`, [code])
    if (!row) throw new Problem(404, 'enrolment.unknown', 'Không có mã đăng ký này.', { field: 'code' })
    if (row.client_id !== null && row.thumbprint !== thumbprint) {
      throw new Problem(409, 'enrolment.used', 'Mã đăng ký đã dùng cho máy khác.', { field: 'code' })
    }
    const clientId = row.client_id ?? (await addClient(tx, context, code, row, key, thumbprint))
    const agency = { code: row.agency_code, name: row.name, parent: row.parent, wardCode: row.ward_code }
    return { clientId, agency, counter: row.counter, ward: await wardOf(tx, context.clock.now(), row.agency_code, row.counter), signing: await signing(tx, clientId) }
  })
}

async function thumbprintOf(key: PublicKey): Promise<string> {
  try {
    await importJWK(key, 'ES256')
  } catch (error) {
    throw new Problem(400, 'request.invalid', error instanceof Error ? error.message : 'key', { field: 'publicKey' })
  }
  return calculateJwkThumbprint(key)
}

async function addClient(tx: Sql, context: Context, code: string, row: CodeRow, key: PublicKey, thumbprint: string): Promise<string> {
  const clientId = randomUUID()
  await run(tx,
    'insert into clients (client_id, agency_code, counter, public_key, thumbprint, enrolled_at) values ($1, $2, $3, $4, $5, $6)',
    [clientId, row.agency_code, row.counter, JSON.stringify(key), thumbprint, context.clock.now().toISOString()])
  await run(tx, 'update enrolment_codes set client_id = $1 where code = $2', [clientId, code])
  return clientId
}

const invalidClient = (detail: string): Problem => new Problem(401, 'invalid_client', detail, { error: 'invalid_client' })

/** Checks a `private_key_jwt` (RFC 7523, OpenID Connect Core §9): ES256, iss = sub = client, aud, exp, jti once. */
async function verifyAssertion(context: Context, assertion: string): Promise<Caller> {
  const now = context.clock.now()
  const client = await clientOf(context, assertion)
  const claims = await verifiedClaims(context, assertion, client, now)
  const { exp = 0, jti = '' } = claims
  if (exp - now.getTime() / 1000 > ASSERTION_SECONDS + SKEW_SECONDS) throw invalidClient('exp lies more than five minutes ahead')
  await run(context.db, 'delete from used_assertions where expires_at < $1', [new Date(now.getTime() - 3_600_000).toISOString()])
  const fresh = await run(context.db,
    'insert into used_assertions (client_id, jti, expires_at) values ($1, $2, $3) on conflict do nothing returning jti',
    [client.client_id, jti, new Date(exp * 1000).toISOString()])
  if (fresh === 0) throw invalidClient('jti was used before')
  return { clientId: client.client_id, agency: client.agency_code, counter: client.counter }
}

async function clientOf(context: Context, assertion: string): Promise<z.infer<typeof ClientRow>> {
  const issuer = z.uuid().safeParse(decoded(assertion).iss)
  if (!issuer.success) throw invalidClient('iss is not a client id')
  const client = await first(context.db, ClientRow, 'select client_id, agency_code, counter, public_key from clients where client_id = $1', [issuer.data])
  if (!client) throw invalidClient('unknown client')
  return client
}

function decoded(assertion: string): JWTPayload {
  try {
    return decodeJwt(assertion)
  } catch {
    throw invalidClient('client_assertion is not a JWT')
  }
}

/** The token URL by the address the city was started on; the name of the loopback counts as the same place. */
function audiences(context: Context): string[] {
  const url = `${context.publicUrl()}/oauth/token`
  return [url, url.replace('//127.0.0.1:', '//localhost:')]
}

async function verifiedClaims(context: Context, assertion: string, client: z.infer<typeof ClientRow>, now: Date): Promise<JWTPayload> {
  try {
    const verified = await jwtVerify(assertion, await importJWK(client.public_key, 'ES256'), {
      algorithms: ['ES256'], audience: audiences(context), issuer: client.client_id, subject: client.client_id,
      currentDate: now, clockTolerance: SKEW_SECONDS, requiredClaims: ['exp', 'jti'],
    })
    return z.object({ exp: z.number(), jti: z.string().min(8).max(200) }).parse(verified.payload)
  } catch (error) {
    throw invalidClient(error instanceof Error ? error.message : 'not verified')
  }
}

const Claims = z.object({ sub: z.uuid(), agency: z.string(), counter: z.string(), generation: z.number() })

function issueToken(context: Context, caller: Caller): Promise<string> {
  const now = Math.floor(context.clock.now().getTime() / 1000)
  return new SignJWT({ agency: caller.agency, counter: caller.counter, generation: context.faults.tokenGeneration() })
    .setProtectedHeader({ alg: 'HS256' }).setSubject(caller.clientId).setIssuedAt(now).setExpirationTime(now + TOKEN_SECONDS)
    .sign(context.tokenSecret)
}

/** Who calls, by the bearer token; 401 `token.invalid` otherwise, 429 when a door has set a limit. */
export async function callerOf(context: Context, request: FastifyRequest): Promise<Caller> {
  const token = /^Bearer (\S+)$/.exec(request.headers.authorization ?? '')?.[1]
  const caller = token === undefined ? undefined : await readToken(context, token)
  if (!caller) throw new Problem(401, 'token.invalid', 'Thiếu mã truy cập, hoặc mã đã hết hạn.')
  const wait = context.faults.tooOften(caller.clientId, context.clock.now())
  if (wait !== undefined) throw new Problem(429, 'rate.limited', 'Gọi quá nhiều lần, thử lại sau.', { retryAfter: wait })
  return caller
}

async function readToken(context: Context, token: string): Promise<Caller | undefined> {
  try {
    const { payload } = await jwtVerify(token, context.tokenSecret, { algorithms: ['HS256'], currentDate: context.clock.now(), requiredClaims: ['exp'] })
    const { sub, agency, counter, generation } = Claims.parse(payload)
    return generation === context.faults.tokenGeneration() ? { clientId: sub, agency, counter } : undefined
  } catch {
    return undefined
  }
}

/** `/v1/health`, `/v1/enrolments` and `/oauth/token`: the calls that need no token. */
export function accessRoutes(app: FastifyInstance, context: Context): void {
  app.get('/v1/health', async (_request, reply) => answer(reply, 'health', 200, { system: 'mot-cua-city', time: cityIso(context.clock.now()) }))
  app.post('/v1/enrolments', async (request, reply) => {
    const { code, publicKey } = checked(EnrolmentRequest, request.body)
    return answer(reply, 'enrol', 201, await enrol(context, code, publicKey))
  })
  app.post('/oauth/token', async (request, reply) => {
    reply.header('cache-control', 'no-store')
    const form = TokenRequest.safeParse(request.body)
    if (!form.success) return sendProblem(reply, new Problem(400, 'invalid_request', 'client_credentials with private_key_jwt expected', { error: 'invalid_request' }))
    const caller = await verifyAssertion(context, form.data.client_assertion)
    return answer(reply, 'token', 200, { access_token: await issueToken(context, caller), token_type: 'Bearer', expires_in: TOKEN_SECONDS })
  })
}

const SecretRow = z.object({ value: z.string() })

/** The secret of access tokens: made once, by whoever comes first, and read back. */
export async function tokenSecret(sql: Sql): Promise<Uint8Array> {
  await run(sql, 'insert into settings (name, value) values ($1, $2) on conflict do nothing', ['token-secret', randomUUID() + randomUUID()])
  const row = await only(sql, SecretRow, 'select value from settings where name = $1', ['token-secret'])
  return new TextEncoder().encode(row.value)
}
