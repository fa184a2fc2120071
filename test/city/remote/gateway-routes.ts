import { X509Certificate } from 'node:crypto'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { z } from 'zod'
import { Problem } from '../problem'
import { credentialBySerial, credentialsOf, register, type Credential } from './accounts'
import type { RemoteService } from './service'
import { submit, transactionById, type Transaction } from './transactions'

/** Below this everything has the shape of the gateway's own answers, refusals too. */
export const GATEWAY = '/sca/sp769/v1'

const own = { sp_id: z.string().max(200), sp_password: z.string().max(500) }
const UserId = z.string().regex(/^\d{12}$/)
const Register = z.object({ ...own, transaction_id: z.string().min(8).max(100), user_id: UserId, full_name: z.string().min(1).max(200), phone: z.string().max(20), province: z.string().min(1).max(100) })
const GetCertificate = z.object({ ...own, user_id: z.string().max(20), serial_number: z.string().max(80).default('') })
const Sign = z.object({
  ...own, user_id: UserId, transaction_id: z.string().min(8).max(100), transaction_desc: z.string().max(500).default(''), serial_number: z.string().max(80),
  sign_files: z.array(z.object({ data_to_be_signed: z.string().regex(/^[0-9a-f]{64}$/), doc_id: z.string().min(1).max(100), file_type: z.string().max(10), sign_type: z.literal('hash') })).min(1).max(50),
})
const WhichTransaction = z.object({ id: z.string().max(100) })

const STATES: Readonly<Record<Transaction['state'], readonly [number, string]>> = {
  waiting: [4000, 'PENDING'], done: [200, 'SUCCESS'], expired: [4001, 'EXPIRED'], refused: [4002, 'REJECTED'], failed: [4003, 'FAILED'],
}

const say = (reply: FastifyReply, http: number, status_code: number, message: string, data: unknown = null): FastifyReply => reply.code(http).send({ status_code, message, data })

function certificateOf({ credential_id, serial, certificate, chain }: Credential, now: Date): object {
  const read = new X509Certificate(certificate)
  const [issuer] = chain
  const valid = new Date(read.validFrom) <= now && now <= new Date(read.validTo)
  return {
    service_type: 'SMARTCA', service_name: 'Ký số từ xa (trình diễn)', cert_id: credential_id, cert_status: valid ? 'Đang hoạt động' : 'Hết hiệu lực', cert_status_code: valid ? 'VALID' : 'EXPIRED',
    serial_number: serial, cert_subject: read.subject, cert_valid_from: new Date(read.validFrom).toISOString(), cert_valid_to: new Date(read.validTo).toISOString(),
    cert_data: Buffer.from(certificate).toString('base64'), chain_data: { ca_cert: issuer ? Buffer.from(issuer).toString('base64') : null, root_cert: null },
  }
}

/** Hash signing in the shape of the national gateway (VNPT "sp769"). Registering accounts is this service's own. */
export function gatewayRoutes(root: FastifyInstance, { context, faults, secrets }: RemoteService): void {
  async function asked<T extends { sp_id: string; sp_password: string }>(schema: z.ZodType<T>, request: FastifyRequest, reply: FastifyReply): Promise<T | undefined> {
    const body = schema.safeParse(request.body)
    if (!body.success) {
      void say(reply, 400, 400, `INVALID ${body.error.issues[0]?.path.join('.') ?? ''}`)
      return undefined
    }
    const { spId, spPassword } = await secrets()
    if (body.data.sp_id === spId && body.data.sp_password === spPassword) return body.data
    void say(reply, 401, 401, 'UNAUTHORIZED')
    return undefined
  }
  const accountRoutes = (app: FastifyInstance): void => {
    app.post('/accounts/register', async (request, reply) => {
      const body = await asked(Register, request, reply)
      if (!body) return reply
      const { state, serial } = await register(context, body.transaction_id, { userId: body.user_id, fullName: body.full_name, phone: body.phone, province: body.province })
      return say(reply, 200, 200, 'SUCCESS', { state, serial_number: serial, text: state === 'refused' ? 'Công dân từ chối kích hoạt trên điện thoại.' : null })
    })
    app.post('/credentials/get_certificate', async (request, reply) => {
      const body = await asked(GetCertificate, request, reply)
      if (!body) return reply
      const all = await credentialsOf(context.db, body.user_id)
      return say(reply, 200, 200, 'SUCCESS', { user_certificates: all.filter(({ serial }) => body.serial_number === '' || serial === body.serial_number).map((each) => certificateOf(each, context.clock.now())) })
    })
  }
  const signatureRoutes = (app: FastifyInstance): void => {
    app.post('/signatures/sign', async (request, reply) => {
      const body = await asked(Sign, request, reply)
      if (!body) return reply
      const credential = await credentialBySerial(context.db, body.user_id, body.serial_number)
      if (!credential) return say(reply, 404, 404, 'CERTIFICATE_NOT_FOUND')
      const made = await submit(context, faults.lifetimeSeconds(), {
        dialect: 'gateway', transactionId: body.transaction_id, credential, title: body.transaction_desc, algorithm: credential.key_kind === 'p-256' ? 'ecdsa-p256' : 'rsa-pkcs1',
        documents: body.sign_files.map(({ doc_id, data_to_be_signed }) => ({ id: doc_id, hash: data_to_be_signed })),
      })
      return say(reply, 200, 200, 'SUCCESS', { transaction_id: made.transactionId, tran_code: made.responseId.slice(0, 8).toUpperCase() })
    })
    app.post('/signatures/sign/:id/status', async (request, reply) => {
      const body = await asked(z.object(own), request, reply)
      if (!body) return reply
      const { id } = WhichTransaction.parse(request.params)
      const found = await transactionById(context, { dialect: 'gateway', transactionId: id })
      if (!found) return say(reply, 404, 404, 'TRANSACTION_NOT_FOUND')
      const [code, message] = STATES[found.state]
      const signatures = found.state === 'done' ? found.signatures.map(({ id: doc_id, value }) => ({ doc_id, signature_value: value, timestamp_signature: null })) : null
      return say(reply, 200, code, message, { transaction_id: id, signatures })
    })
  }
  root.register(async (app) => {
    app.setErrorHandler((error, _request, reply) => {
      if (error instanceof Problem) return say(reply, error.status, error.status, error.message)
      throw error
    })
    accountRoutes(app)
    signatureRoutes(app)
  }, { prefix: GATEWAY })
}
