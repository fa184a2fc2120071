import { createServer } from 'node:http'
import { setTimeout as sleep } from 'node:timers/promises'
import Fastify, { type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify'
import { accessRoutes } from './access'
import { caRoutes } from './ca'
import type { Context } from './context'
import { doorRoutes } from './doors-routes'
import type { Fault } from './faults'
import { feedbackRoutes } from './feedback'
import { feedRoutes } from './feeds'
import type { DocumentFiles } from './file-store'
import { fileRoutes } from './files'
import { numberRoutes } from './numbers'
import { pageRoutes } from './pages/routes'
import { Problem, sendProblem } from './problem'
import { type AccountIssuer, cityIssuer, remoteRoutes } from './remote'
import { submissionRoutes } from './submissions'

declare module 'fastify' {
  interface FastifyRequest {
    fault: Fault | undefined
  }
}

/** A payload larger than this is refused with 413; documents go by tus. */
export const MAX_PAYLOAD_BYTES = 1024 * 1024

const PORTAL = `<!doctype html><html><head><title>Đăng nhập Wi-Fi</title></head><body><form action="/login"><input name="room"></form></body></html>`

/** Faults that act before the route does; gives the reply when the request ends here. */
async function faultBefore(context: Context, request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply | undefined> {
  const fault = context.faults.take(request.method, request.url)
  request.fault = fault
  if (!fault) return undefined
  switch (fault.mode) {
    case 'reset':
      request.raw.socket.resetAndDestroy()
      return reply.hijack()
    case 'delay':
      await sleep(fault.ms)
      return undefined
    case 'html-200':
      return reply.code(200).type('text/html; charset=utf-8').send(PORTAL)
    case 'status': {
      const extra = { ...(fault.field === undefined ? {} : { field: fault.field }), ...(fault.retryAfter === undefined ? {} : { retryAfter: fault.retryAfter }) }
      return sendProblem(reply, new Problem(fault.status, fault.code ?? 'door.status', fault.detail ?? 'Lỗi thử do bài kiểm thử đặt.', extra))
    }
    default:
      return undefined
  }
}

/** Faults that act on the finished answer: the work is done and committed by now. */
function faultAfter(request: FastifyRequest, payload: unknown): unknown {
  if (request.fault?.mode === 'drop-after-commit') request.raw.socket.destroy()
  if (request.fault?.mode !== 'malformed' || typeof payload !== 'string') return payload
  return payload.slice(0, Math.floor(payload.length / 2))
}

function toProblem(error: unknown): Problem {
  if (error instanceof Problem) return error
  const status = error instanceof Error && 'statusCode' in error && typeof error.statusCode === 'number' ? error.statusCode : 500
  if (status === 413) return new Problem(413, 'body.too-large', `Nội dung lớn hơn ${MAX_PAYLOAD_BYTES} byte.`)
  if (status === 415) return new Problem(415, 'body.type', 'Không nhận kiểu nội dung này.')
  if (status >= 400 && status < 500 && error instanceof Error) return new Problem(status, 'request.invalid', error.message, { field: '' })
  return new Problem(500, 'city.trouble', 'Thành phố gặp lỗi bên trong.')
}

function hooks(app: FastifyInstance, context: Context): void {
  app.decorateRequest('fault', undefined)
  app.addHook('onRequest', (request, reply) => faultBefore(context, request, reply))
  app.addHook('onSend', async (request, reply, payload) => {
    reply.header('date', context.clock.now().toUTCString())
    reply.header('x-content-type-options', 'nosniff')
    return faultAfter(request, payload)
  })
  app.setNotFoundHandler((_request, reply) => sendProblem(reply, new Problem(404, 'route.unknown', 'Không có địa chỉ này.')))
  app.setErrorHandler((error, _request, reply) => {
    const problem = toProblem(error)
    // The stack of a defect goes to the operator; it carries no payload.
    if (problem.status === 500) process.stderr.write(`${error instanceof Error ? (error.stack ?? error.message) : 'unknown error'}\n`)
    return sendProblem(reply, problem)
  })
}

export interface Route {
  readonly method: string
  readonly path: string
}

/** The city as a Fastify app that does not listen yet, and the list of its routes. */
export function buildApp(context: Context, files: DocumentFiles, options: { doors: boolean; issuer: AccountIssuer | undefined }): { app: FastifyInstance; routes: Route[] } {
  const { faults } = context
  const app = Fastify({
    bodyLimit: MAX_PAYLOAD_BYTES,
    exposeHeadRoutes: false,
    forceCloseConnections: true,
    serverFactory: (handler) => {
      const server = createServer((request, response) => {
        if (!faults.cuts(request)) handler(request, response)
      })
      return server.on('connection', (socket) => {
        faults.watch(socket)
      })
    },
  })
  const routes: Route[] = []
  app.addHook('onRoute', (route) => {
    for (const method of [route.method].flat()) routes.push({ method, path: route.url })
  })
  app.addContentTypeParser('application/x-www-form-urlencoded', { parseAs: 'string' }, (_request, body, done) => {
    done(null, Object.fromEntries(new URLSearchParams(body.toString())))
  })
  hooks(app, context)
  accessRoutes(app, context)
  fileRoutes(app, context, files)
  submissionRoutes(app, context)
  numberRoutes(app, context)
  feedRoutes(app, context)
  feedbackRoutes(app, context)
  pageRoutes(app, context, files)
  caRoutes(app, context, context.caRules, options)
  remoteRoutes(app, context, options.issuer ?? cityIssuer(context), options)
  if (options.doors) doorRoutes(app, context)
  return { app, routes }
}
