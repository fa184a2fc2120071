import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { z } from 'zod'
import { phonePage } from '../pages/phone'
import { checked, Problem } from '../problem'
import { activate, refuseRegistration } from './accounts'
import type { RemoteService } from './service'
import { decide } from './transactions'

/** As on the other pages, but its own buttons may be pressed. */
const POLICY = "default-src 'none'; style-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"

const Which = z.object({ id: z.string().min(1).max(100) })
const Activation = z.object({ act: z.enum(['activate', 'refuse']), key: z.enum(['rsa-2048', 'p-256']).default('rsa-2048') })
const Decision = z.object({ act: z.enum(['confirm', 'refuse']) })

/** A page of somebody else must not press the citizen's buttons. */
function mustBeOwn(request: FastifyRequest, url: string): void {
  const { origin } = request.headers
  if (origin !== undefined && origin !== url) throw new Problem(403, 'phone.origin', 'Chỉ trang của điện thoại này bấm được nút.')
}

function back(reply: FastifyReply, done: boolean): FastifyReply {
  if (!done) throw new Problem(409, 'phone.settled', 'Yêu cầu này không còn chờ nữa.')
  return reply.redirect('/phone', 303)
}

/** The citizen's phone, all of them on one page. */
export function phoneRoutes(app: FastifyInstance, { context, issuer, faults }: RemoteService): void {
  app.get('/phone', async (_request, reply) =>
    reply.header('content-security-policy', POLICY).header('cache-control', 'no-store').type('text/html; charset=utf-8').send(await phonePage(context.db, context.clock.now())))
  app.post('/phone/registrations/:id', async (request, reply) => {
    mustBeOwn(request, context.publicUrl())
    const { id } = checked(Which, request.params)
    const { act, key } = checked(Activation, request.body)
    return back(reply, act === 'activate' ? await activate(context, issuer, id, key) : await refuseRegistration(context, id))
  })
  app.post('/phone/transactions/:id', async (request, reply) => {
    mustBeOwn(request, context.publicUrl())
    const { id } = checked(Which, request.params)
    return back(reply, await decide(context, faults, id, checked(Decision, request.body).act === 'confirm'))
  })
}
