import type { FastifyInstance, FastifyReply } from 'fastify'
import { z } from 'zod'
import type { Context } from '../context'
import { checked, Problem } from '../problem'
import { createCmpServer, revoke } from './cmp-server'
import { checkCode, sendCode } from './phone-codes'
import { deskSecret, phoneToken } from './given'
import { issueFor, requestOrNull } from './issuing'
import { issuingList, rootList } from './lists'
import { ocspAnswer } from './ocsp'
import { type Roles, rolesOf } from './roles'
import { CaRules, type RuleBook } from './rules'
import { stampAnswer } from './tsa'

const MOST_BYTES = 256 * 1024

const PhoneSend = z.object({ id: z.string().min(1).max(100), phone: z.string().regex(/^0\d{9}$/) })
const PhoneCheck = z.object({ id: z.string().min(1).max(100), code: z.string().regex(/^\d{6}$/) })
const Revocation = z.object({ serial: z.string().regex(/^[0-9a-f]{1,64}$/), reason: z.union([z.literal(0), z.literal(1), z.literal(3), z.literal(4), z.literal(5), z.literal(6), z.literal(9)]).default(0) })
const Desk = z.object({ reference: z.string().min(1).max(60) })
const DeskRequest = z.object({ csr: z.base64().max(20_000), name: z.string().min(1).max(100) })

const send = (reply: FastifyReply, type: string, bytes: Uint8Array): FastifyReply => reply.header('cache-control', 'no-store').type(type).send(Buffer.from(bytes))
const bytesOf = (body: unknown): Uint8Array => (body instanceof Uint8Array ? body : new Uint8Array(0))

/** The CA for demonstrations: CMP, OCSP, lists, stamps, codes for phones. */
export function caRoutes(root: FastifyInstance, context: Context, rules: RuleBook, options: { doors: boolean }): void {
  const roles = (): Promise<Roles> => rolesOf(context.db, context.clock.now(), context.publicUrl())
  root.register(async (app) => {
    for (const type of ['application/pkixcmp', 'application/ocsp-request', 'application/timestamp-query']) {
      app.addContentTypeParser(type, { parseAs: 'buffer', bodyLimit: MOST_BYTES }, (_request, body, done) => { done(null, body) })
    }
    cmpRoutes(app, context, rules, roles)
    evidenceRoutes(app, context, roles)
    phoneRoutes(app, context)
    if (options.doors) adminRoutes(app, context, rules, roles)
  })
}

function cmpRoutes(app: FastifyInstance, context: Context, rules: RuleBook, roles: () => Promise<Roles>): void {
  const server = createCmpServer({ db: context.db, rules, now: () => context.clock.now(), roles, base: () => context.publicUrl() })
  app.post('/ca/cmp', async (request, reply) => {
    const answer = await server.answer(bytesOf(request.body))
    // Silent: the connection stays open and nothing comes.
    return answer === null ? reply.hijack() : send(reply, 'application/pkixcmp', answer)
  })
}

function evidenceRoutes(app: FastifyInstance, context: Context, roles: () => Promise<Roles>): void {
  const ocsp = async (reply: FastifyReply, query: Uint8Array): Promise<FastifyReply> =>
    send(reply, 'application/ocsp-response', await ocspAnswer({ sql: context.db, roles: await roles(), now: context.clock.now() }, query))
  app.post('/ca/ocsp', async (request, reply) => ocsp(reply, bytesOf(request.body)))
  // RFC 6960 appendix A.1: the request in base64 in the path.
  app.get('/ca/ocsp/*', async (request, reply) => ocsp(reply, Buffer.from(z.object({ '*': z.string().max(2000) }).parse(request.params)['*'], 'base64')))
  app.post('/ca/tsa', async (request, reply) => send(reply, 'application/timestamp-reply', stampAnswer(await roles(), context.clock.now(), bytesOf(request.body))))
  app.get('/ca/issuing.crl', async (_request, reply) => send(reply, 'application/pkix-crl', await issuingList(context.db, (await roles()).issuing, context.clock.now())))
  app.get('/ca/root.crl', async (_request, reply) => send(reply, 'application/pkix-crl', rootList((await roles()).root, context.clock.now())))
  app.get('/ca/issuing.cer', async (_request, reply) => send(reply, 'application/pkix-cert', (await roles()).issuing.certificate))
  app.get('/ca/root.cer', async (_request, reply) => send(reply, 'application/pkix-cert', (await roles()).root.certificate))
}

function phoneRoutes(app: FastifyInstance, context: Context): void {
  app.addHook('onRequest', async (request) => {
    if (!request.url.startsWith('/ca/phone/')) return
    if (request.headers.authorization !== `Bearer ${await phoneToken(context.db)}`) throw new Problem(401, 'phone.token', 'Nơi đăng ký chưa được CA nhận.')
  })
  app.post('/ca/phone/send', async (request) => {
    const { id, phone } = checked(PhoneSend, request.body)
    await context.db.transaction((tx) => sendCode(tx, context.clock.now(), id, phone))
    return { sent: true }
  })
  app.post('/ca/phone/check', async (request) => {
    const { id, code } = checked(PhoneCheck, request.body)
    return { ok: await context.db.transaction((tx) => checkCode(tx, context.clock.now(), id, code)) }
  })
}

/** For tests and demonstrations: rules and faults, revocation, other desks. */
function adminRoutes(app: FastifyInstance, context: Context, rules: RuleBook, roles: () => Promise<Roles>): void {
  app.post('/doors/ca/rules', async (request) => {
    rules.set(checked(CaRules, request.body ?? {}))
    return rules.current()
  })
  app.post('/doors/ca/revocations', async (request, reply) => {
    const { serial, reason } = checked(Revocation, request.body)
    if (!(await revoke(context.db, context.clock.now(), serial, reason))) throw new Problem(404, 'ca.unknown', 'CA không có chứng thư này.', { field: 'serial' })
    return reply.code(201).send({ serial })
  })
  app.post('/doors/ca/desks', async (request, reply) => {
    const { reference } = checked(Desk, request.body)
    return reply.code(201).send({ reference, secret: await deskSecret(context.db, context.clock.now(), reference) })
  })
  app.post('/doors/ca/desk-certificates', async (request, reply) => {
    const { csr, name } = checked(DeskRequest, request.body)
    const read = requestOrNull(Buffer.from(csr, 'base64'))
    if (!read?.proven) throw new Problem(400, 'request.invalid', 'csr', { field: 'csr' })
    const wish = { roles: await roles(), base: context.publicUrl(), now: context.clock.now() }
    const { certificate } = await context.db.transaction((tx) => issueFor(tx, wish, read, 'desk', { name, uid: null }))
    return reply.code(201).send({ certificate: Buffer.from(certificate).toString('base64') })
  })
  app.get('/doors/ca/certificates', async () => ({
    items: (await context.db.all(CertificateRow,
      `select c.serial, c.common_name, c.certificate, f.accepted, r.reason from ca_certificates c
       left join ca_confirmations f on f.serial = c.serial left join ca_revocations r on r.serial = c.serial where c.usage = 'person' order by c.issued_at, c.serial`))
      .map((row) => ({ serial: row.serial, name: row.common_name, certificate: Buffer.from(row.certificate).toString('base64'), confirmed: row.accepted, revoked: row.reason !== null })),
  }))
  app.get('/doors/ca/phone-codes', async () => ({ items: await context.db.all(z.object({ id: z.string(), code: z.string() }), 'select id, code from ca_phone_codes order by sent_at') }))
}

const CertificateRow = z.object({ serial: z.string(), common_name: z.string(), certificate: z.instanceof(Uint8Array), accepted: z.boolean().nullable(), reason: z.number().int().nullable() })
