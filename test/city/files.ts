import { Readable } from 'node:stream'
import { setTimeout as sleep } from 'node:timers/promises'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { Server, type Upload } from '@tus/server'
import { z } from 'zod'
import { callerOf } from './access'
import { cityIso } from './clock'
import type { Caller, Context } from './context'
import { Big, first, run } from './db'
import type { DocumentFiles } from './file-store'
import { UploadMetadata } from './messages'
import { answer } from './operations'
import { Sha256 } from './payload'
import { PROBLEM_TYPE, Problem, checked, problemBody } from './problem'

export const MAX_DOCUMENT_BYTES = 256 * 1024 * 1024
/** Set by the guard on the way to tus, never taken from outside. */
const AGENCY = 'x-city-agency'

interface Refused {
  status_code: number
  body: string
}

const refused = (problem: Problem): Refused => ({ status_code: problem.status, body: JSON.stringify(problemBody(problem)) })

async function onCreate(request: Request, upload: Upload): Promise<{ metadata: Record<string, string | null> }> {
  const metadata = UploadMetadata.safeParse(upload.metadata ?? {})
  if (!metadata.success) {
    const issue = metadata.error.issues[0]
    throw refused(new Problem(400, 'upload.metadata', issue?.message ?? 'Upload-Metadata', { field: issue?.path.join('.') ?? '' }))
  }
  if (upload.size === undefined || upload.size === 0) throw refused(new Problem(400, 'upload.empty', 'Tài liệu không có nội dung.'))
  return { metadata: { ...metadata.data, agency: request.headers.get(AGENCY) } }
}

/** Another agency's upload is not there for this caller. */
async function onKnown(files: DocumentFiles, request: Request, uploadId: string): Promise<void> {
  if (request.method === 'POST') return
  const upload = await files.tus.configstore.get(uploadId)
  if (upload?.metadata?.agency !== request.headers.get(AGENCY)) throw refused(new Problem(404, 'upload.unknown', 'Không có lần tải lên này.'))
}

/** Checks a complete upload against the SHA-256 it was announced with and records it as confirmed. */
async function confirm(context: Context, files: DocumentFiles, upload: Upload): Promise<void> {
  const { sha256, mediaType } = UploadMetadata.parse(upload.metadata)
  const stored = await files.sha256Of(upload)
  if (stored !== sha256) {
    await files.discard(upload.id)
    throw new Problem(460, 'document.hash-mismatch', 'Nội dung thành phố lưu được khác SHA-256 đã báo.', { storedSha256: stored, sentSha256: sha256 })
  }
  await files.keep(upload.id, sha256)
  await run(context.db,
    'insert into documents (agency_code, sha256, size, media_type, confirmed_at) values ($1, $2, $3, $4, $5) on conflict do nothing',
    [upload.metadata?.agency ?? '', sha256, upload.size ?? 0, mediaType, context.clock.now().toISOString()])
}

/** The body as tus may read it: whole, or cut after so many bytes by a fault. */
function bodyOf(request: FastifyRequest): Readable {
  const fault = request.fault
  if (fault?.mode !== 'truncate') return request.raw
  const { bytes, then } = fault
  const source = request.raw
  async function* cut(): AsyncGenerator<Buffer> {
    let left = bytes
    for await (const chunk of source.iterator({ destroyOnReturn: false })) {
      const part = (chunk as Buffer).subarray(0, left)
      left -= part.length
      if (part.length > 0) yield part
      if (left === 0) break
    }
    if (then === 'drop') source.socket.destroy()
    // What is not wanted is read and thrown away, so that the connection can go on.
    else source.resume()
  }
  return Readable.from(cut())
}

/** Blocks of this size cost a fraction of what the socket's small chunks cost on their way through five streams. */
const BLOCK_BYTES = 256 * 1024
/** How long what came before a break may take to reach the disk. */
const DRAIN_MS = 50

async function* blocks(source: Readable): AsyncGenerator<Uint8Array<ArrayBuffer>> {
  let parts: Buffer[] = []
  let size = 0
  const take = (): Uint8Array<ArrayBuffer> => {
    const block = Buffer.concat(parts)
    parts = []
    size = 0
    return block
  }
  try {
    for await (const chunk of source) {
      parts.push(chunk as Buffer)
      size += (chunk as Buffer).length
      if (size >= BLOCK_BYTES) yield take()
    }
  } catch (error) {
    if (size > 0) yield take()
    await sleep(DRAIN_MS)
    throw error
  }
  if (size > 0) yield take()
}

function webStream(source: Readable): ReadableStream<Uint8Array<ArrayBuffer>> {
  const from = blocks(source)
  return new ReadableStream({
    async pull(controller) {
      const next = await from.next()
      if (next.done === true) controller.close()
      else controller.enqueue(next.value)
    },
  }, { highWaterMark: 0 })
}

function toWeb(context: Context, request: FastifyRequest, caller: Caller): Request {
  const headers = new Headers()
  for (const [name, value] of Object.entries(request.headers)) if (typeof value === 'string') headers.set(name, value)
  headers.set(AGENCY, caller.agency)
  const init: RequestInit & { duplex?: 'half' } = { method: request.method, headers }
  if (request.method !== 'HEAD') {
    init.body = webStream(bodyOf(request))
    init.duplex = 'half'
  }
  return new Request(context.publicUrl() + request.url, init)
}

/** tus refuses in plain text; the city in problem+json. */
function refusalBody(status: number, text: string): string {
  if (text.startsWith('{')) return text
  return JSON.stringify(problemBody(new Problem(status, status === 413 ? 'upload.too-large' : 'upload.refused', text.trim())))
}

async function relay(reply: FastifyReply, response: Response): Promise<FastifyReply> {
  response.headers.forEach((value, name) => {
    if (name !== 'content-length' && name !== 'content-type') reply.header(name, value)
  })
  reply.code(response.status)
  if (response.status < 400) return reply.send(null)
  reply.header('connection', 'close')
  return reply.type(PROBLEM_TYPE).send(refusalBody(response.status, await response.text()))
}

const DocumentRow = z.object({ size: Big, confirmed_at: z.date() })

function findDocument(context: Context, caller: Caller, sha256: string): Promise<z.infer<typeof DocumentRow> | undefined> {
  return first(context.db, DocumentRow, 'select size, confirmed_at from documents where agency_code = $1 and sha256 = $2', [caller.agency, sha256])
}

/** `/v1/files`: resumable uploads, and the question whether a document is confirmed. */
export function fileRoutes(root: FastifyInstance, context: Context, files: DocumentFiles): void {
  const tus = new Server({
    path: '/v1/files', datastore: files.tus, relativeLocation: true, maxSize: MAX_DOCUMENT_BYTES,
    onUploadCreate: onCreate,
    onIncomingRequest: (request, uploadId) => onKnown(files, request, uploadId),
    onUploadFinish: async (_request, upload) => {
      await confirm(context, files, upload).catch((error: unknown) => {
        throw error instanceof Problem ? refused(error) : error
      })
      return {}
    },
  })

  async function handle(request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
    const caller = await callerOf(context, request)
    const response = await tus.handleWeb(toWeb(context, request, caller))
    if (request.method === 'HEAD' && response.status === 200) await confirmIfComplete(request, caller)
    return relay(reply, response)
  }

  /** The last bytes may have been stored while the line broke, before they were checked: the next HEAD makes up for it. */
  async function confirmIfComplete(request: FastifyRequest, caller: Caller): Promise<void> {
    const uploadId = z.object({ uploadId: z.string() }).parse(request.params).uploadId
    const upload = await files.tus.getUpload(uploadId)
    if (upload.size !== upload.offset || (await findDocument(context, caller, upload.metadata?.sha256 ?? ''))) return
    await confirm(context, files, upload)
  }

  root.register(async (app) => {
    app.removeAllContentTypeParsers()
    // The body stays an unread stream: tus pulls it straight to the disk.
    app.addContentTypeParser('*', (_request, _payload, done) => {
      done(null)
    })
    app.post('/v1/files', handle)
    app.head('/v1/files/:uploadId', handle)
    app.patch('/v1/files/:uploadId', handle)
    app.get('/v1/files/:sha256', async (request, reply) => {
      const caller = await callerOf(context, request)
      const { sha256 } = checked(z.object({ sha256: Sha256 }), request.params)
      const row = await findDocument(context, caller, sha256)
      if (!row) throw new Problem(404, 'document.unknown', 'Thành phố chưa có tài liệu này.')
      return answer(reply, 'document', 200, { sha256, size: row.size, confirmedAt: cityIso(row.confirmed_at) })
    })
  })
}
