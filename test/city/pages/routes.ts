import { createReadStream } from 'node:fs'
import type { FastifyInstance, FastifyReply } from 'fastify'
import { z } from 'zod'
import type { Context } from '../context'
import type { DocumentFiles } from '../file-store'
import { Problem, checked } from '../problem'
import { arrivalsPage } from './arrivals'
import { certificatesPage } from './certificates'
import { feedbackPage } from './feedback'
import { dossierDocument, dossierPage } from './dossier'
import { html } from './html'
import { page } from './parts'
import { STYLE } from './style'

const POLICY = "default-src 'none'; style-src 'self'; form-action 'none'; base-uri 'none'; frame-ancestors 'none'"
/** Shown in the browser; anything else is offered as a download. */
const VIEWABLE: ReadonlySet<string> = new Set(['application/pdf', 'image/jpeg', 'image/png', 'image/webp', 'image/tiff'])

const Code = z.object({ code: z.string().max(64) })
const CodeAndHash = Code.extend({ sha256: z.string().max(64) })

const send = (reply: FastifyReply, status: number, body: string): FastifyReply =>
  reply.code(status).header('content-security-policy', POLICY).header('cache-control', 'no-store').type('text/html; charset=utf-8').send(body)

/** The pages for people: what arrived, and one dossier. */
export function pageRoutes(app: FastifyInstance, context: Context, files: DocumentFiles): void {
  app.get('/city.css', async (_request, reply) => reply.type('text/css; charset=utf-8').send(STYLE))
  app.get('/', async (_request, reply) => send(reply, 200, await arrivalsPage(context.db)))
  app.get('/feedback', async (_request, reply) => send(reply, 200, await feedbackPage(context.db)))
  app.get('/certificates', async (_request, reply) => send(reply, 200, await certificatesPage(context.db)))
  app.get('/dossiers/:code', async (request, reply) => {
    const { code } = checked(Code, request.params)
    const body = await dossierPage(context.db, code)
    if (body !== undefined) return send(reply, 200, body)
    return send(reply, 404, page('Không có hồ sơ này', html`<h1>Không có hồ sơ ${code}</h1><p>Thành phố chưa nhận bản nào mang mã này. <a href="/">Xem hồ sơ đã đến</a></p>`, 30))
  })
  app.get('/dossiers/:code/documents/:sha256', async (request, reply) => {
    const { code, sha256 } = checked(CodeAndHash, request.params)
    const document = await dossierDocument(context.db, code, sha256)
    if (!document) throw new Problem(404, 'document.unknown', 'Hồ sơ này không có tài liệu đó.')
    const viewable = VIEWABLE.has(document.media_type)
    reply.header('content-length', String(document.size)).header('cache-control', 'no-store')
    reply.header('content-disposition', viewable ? 'inline' : 'attachment')
    return reply.type(viewable ? document.media_type : 'application/octet-stream').send(createReadStream(files.pathOf(sha256)))
  })
}
