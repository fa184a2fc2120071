import { X509Certificate } from 'node:crypto'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { SignJWT, jwtVerify } from 'jose'
import { z } from 'zod'
import { Problem } from '../problem'
import { credentialById, credentialsOf, register, type Credential } from './accounts'
import type { Algorithm } from './hash-signature'
import type { RemoteService } from './service'
import { submit, transactionById } from './transactions'

export const CSC = '/csc/v2'

const TOKEN_SECONDS = 600
const AUDIENCE = 'csc'
const OID = { rsa: '1.2.840.113549.1.1.1', rsaSha256: '1.2.840.113549.1.1.11', pss: '1.2.840.113549.1.1.10', ecdsa: '1.2.840.10045.4.3.2', sha256: '2.16.840.1.101.3.4.2.1' } as const
const ALGORITHMS: Readonly<Record<string, Algorithm>> = { [OID.rsa]: 'rsa-pkcs1', [OID.rsaSha256]: 'rsa-pkcs1', [OID.pss]: 'rsa-pss', [OID.ecdsa]: 'ecdsa-p256' }

const TokenRequest = z.object({ grant_type: z.literal('client_credentials'), client_id: z.string().max(200), client_secret: z.string().max(500), scope: z.literal('service') })
const Register = z.object({ clientData: z.string().min(8).max(100), userID: z.string().regex(/^\d{12}$/), fullName: z.string().min(1).max(200), phone: z.string().max(20), province: z.string().min(1).max(100) })
const List = z.object({ userID: z.string().max(20) })
const Info = z.object({ credentialID: z.uuid(), certificates: z.enum(['none', 'single', 'chain']).default('single') })
const SignHash = z.object({
  credentialID: z.uuid(), hashes: z.array(z.base64().length(44)).min(1).max(50), hashAlgorithmOID: z.literal(OID.sha256).optional(), signAlgo: z.string().max(60), signAlgoParams: z.string().max(500).optional(),
  operationMode: z.literal('A'), clientData: z.string().min(8).max(100), numSignatures: z.number().int().min(1).max(50), description: z.string().max(500).default(''),
})
const Poll = z.object({ responseID: z.string().max(100) })

const REFUSALS = { refused: ['access_denied', 'Công dân từ chối trên điện thoại.'], expired: ['expired_request', 'Quá thời gian xác nhận.'], failed: ['failed', 'Dịch vụ không ký được.'] } as const

const refuse = (reply: FastifyReply, status: number, error: string, error_description: string): FastifyReply => reply.code(status).send({ error, error_description })

/** RFC 5280 dates as CSC writes them: GeneralizedTime. */
const generalized = (date: string): string => `${new Date(date).toISOString().replaceAll(/\D/g, '').slice(0, 14)}Z`

function infoOf({ key_kind, certificate, chain }: Credential, wanted: z.infer<typeof Info>['certificates'], now: Date): object {
  const read = new X509Certificate(certificate)
  const ec = key_kind === 'p-256'
  const shown = { none: [], single: [certificate], chain: [certificate, ...chain] }[wanted]
  return {
    key: { status: 'enabled', algo: ec ? [OID.ecdsa] : [OID.rsa, OID.rsaSha256, OID.pss], len: ec ? 256 : 2048, ...(ec ? { curve: '1.2.840.10045.3.1.7' } : {}) },
    cert: { status: new Date(read.validTo) < now ? 'expired' : 'valid', certificates: shown.map((each) => Buffer.from(each).toString('base64')), validFrom: generalized(read.validFrom), validTo: generalized(read.validTo) },
    auth: { mode: 'explicit' }, SCAL: '2', multisign: 50, lang: 'vi-VN',
  }
}

/** Cloud Signature Consortium API v2 with asynchronous `signHash`; the citizen authorises on the phone. Registering accounts is this service's own. */
export function cscRoutes(root: FastifyInstance, { context, faults, secrets }: RemoteService): void {
  async function signedIn(request: FastifyRequest): Promise<boolean> {
    const token = /^Bearer (\S+)$/.exec(request.headers.authorization ?? '')?.[1] ?? ''
    try {
      const { payload } = await jwtVerify(token, context.tokenSecret, { algorithms: ['HS256'], audience: AUDIENCE, currentDate: context.clock.now(), requiredClaims: ['exp'] })
      return payload.generation === context.faults.tokenGeneration()
    } catch {
      return false
    }
  }
  async function asked<T>(schema: z.ZodType<T>, request: FastifyRequest, reply: FastifyReply): Promise<T | undefined> {
    if (!(await signedIn(request))) {
      void refuse(reply, 401, 'invalid_token', 'Thiếu mã truy cập, hoặc mã đã hết hạn.')
      return undefined
    }
    const body = schema.safeParse(request.body)
    if (body.success) return body.data
    void refuse(reply, 400, 'invalid_request', body.error.issues[0]?.path.join('.') ?? '')
    return undefined
  }
  const openRoutes = (app: FastifyInstance): void => {
    app.post('/info', async () => ({
      specs: '2.0.0.2', name: 'Ký số từ xa (trình diễn)', region: 'VN', lang: 'vi-VN', authType: ['oauth2client'], asynchronousOperationMode: true,
      methods: ['credentials/list', 'credentials/info', 'signatures/signHash', 'signatures/signPolling'],
    }))
    app.post('/oauth2/token', async (request, reply) => {
      reply.header('cache-control', 'no-store')
      const form = TokenRequest.safeParse(request.body)
      if (!form.success) return refuse(reply, 400, 'invalid_request', 'client_credentials expected')
      const { clientId, clientSecret } = await secrets()
      if (form.data.client_id !== clientId || form.data.client_secret !== clientSecret) return refuse(reply, 401, 'invalid_client', 'unknown client or wrong secret')
      const now = Math.floor(context.clock.now().getTime() / 1000)
      const access_token = await new SignJWT({ generation: context.faults.tokenGeneration() })
        .setProtectedHeader({ alg: 'HS256' }).setAudience(AUDIENCE).setSubject(clientId).setExpirationTime(now + TOKEN_SECONDS).sign(context.tokenSecret)
      return reply.send({ access_token, token_type: 'Bearer', expires_in: TOKEN_SECONDS })
    })
  }
  const accountRoutes = (app: FastifyInstance): void => {
    app.post('/accounts/register', async (request, reply) => {
      const body = await asked(Register, request, reply)
      if (!body) return reply
      const { state, credential_id } = await register(context, body.clientData, { userId: body.userID, fullName: body.fullName, phone: body.phone, province: body.province })
      return reply.send({ state, credentialID: credential_id, text: state === 'refused' ? 'Công dân từ chối kích hoạt trên điện thoại.' : null })
    })
    app.post('/credentials/list', async (request, reply) => {
      const body = await asked(List, request, reply)
      return body ? reply.send({ credentialIDs: (await credentialsOf(context.db, body.userID)).map(({ credential_id }) => credential_id) }) : reply
    })
    app.post('/credentials/info', async (request, reply) => {
      const body = await asked(Info, request, reply)
      const credential = body && (await credentialById(context.db, body.credentialID))
      if (body && !credential) return refuse(reply, 400, 'invalid_request', 'unknown credentialID')
      return body && credential ? reply.send(infoOf(credential, body.certificates, context.clock.now())) : reply
    })
  }
  const signatureRoutes = (app: FastifyInstance): void => {
    app.post('/signatures/signHash', async (request, reply) => {
      const body = await asked(SignHash, request, reply)
      if (!body) return reply
      const credential = await credentialById(context.db, body.credentialID)
      const algorithm = ALGORITHMS[body.signAlgo]
      if (!credential || !algorithm || body.numSignatures !== body.hashes.length) return refuse(reply, 400, 'invalid_request', 'credentialID, signAlgo or numSignatures')
      const made = await submit(context, faults.lifetimeSeconds(), {
        dialect: 'csc', transactionId: body.clientData, credential, algorithm, title: body.description,
        documents: body.hashes.map((hash, index) => ({ id: String(index), hash: Buffer.from(hash, 'base64').toString('hex') })),
      })
      return reply.send({ responseID: made.responseId })
    })
    app.post('/signatures/signPolling', async (request, reply) => {
      const body = await asked(Poll, request, reply)
      if (!body) return reply
      const found = await transactionById(context, { responseId: body.responseID })
      if (!found) return refuse(reply, 400, 'invalid_request', 'unknown responseID')
      if (found.state === 'done') return reply.send({ signatures: found.signatures.map(({ value }) => value) })
      // Not signed yet: accepted, come again.
      if (found.state === 'waiting') return reply.code(202).send({ responseID: found.responseId })
      const [error, why] = REFUSALS[found.state]
      return refuse(reply, 400, error, why)
    })
  }
  root.register(async (app) => {
    app.setErrorHandler((error, _request, reply) => {
      if (error instanceof Problem) return refuse(reply, error.status, 'invalid_request', error.message)
      throw error
    })
    openRoutes(app)
    accountRoutes(app)
    signatureRoutes(app)
  }, { prefix: CSC })
}
