import { createHash } from 'node:crypto'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import { z } from 'zod'
import { callerOf } from './access'
import type { Caller, Context } from './context'
import { answer } from './operations'
import { SubmissionPayload, Uuid } from './payload'
import { Problem, checked } from './problem'
import { findAcknowledgement, requireDocuments, requireLeasedCode, settle, store, type Arrival } from './submission-store'

const Params = z.object({ submissionId: Uuid })

/** The hash of the body, after comparing it with `Content-Digest` (RFC 9530). */
export function digestOf(request: FastifyRequest, bytes: Uint8Array): string {
  const header = request.headers['content-digest']
  const sent = typeof header === 'string' ? /(?:^|,\s*)sha-256=:([A-Za-z0-9+/]{43}=):/.exec(header)?.[1] : undefined
  if (sent === undefined) throw new Problem(400, 'digest.missing', 'Thiếu Content-Digest sha-256.', { field: 'Content-Digest' })
  const hash = createHash('sha256').update(bytes).digest()
  if (hash.toString('base64') !== sent) throw new Problem(400, 'digest.mismatch', 'Nội dung đến khác Content-Digest.', { field: 'Content-Digest' })
  return hash.toString('hex')
}

function readPayload(bytes: Uint8Array, submissionId: string): SubmissionPayload {
  const result = SubmissionPayload.safeParse(parseJson(bytes))
  if (!result.success) {
    const issue = result.error.issues[0]
    throw new Problem(422, 'submission.rejected', issue?.message ?? 'payload', { field: issue?.path.join('.') ?? '' })
  }
  if (result.data.submissionId !== submissionId) {
    throw new Problem(422, 'submission.rejected', 'submissionId trong nội dung khác với địa chỉ gửi.', { field: 'submissionId' })
  }
  return result.data
}

function parseJson(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes))
  } catch {
    throw new Problem(422, 'submission.rejected', 'Nội dung không phải JSON trong UTF-8.', { field: '' })
  }
}

/** Known agency, known procedure: what can be said without the database. */
function requireKnown(context: Context, payload: SubmissionPayload, caller: Caller): void {
  const { agency, procedure } = payload.dossier
  if (agency !== caller.agency) throw new Problem(422, 'submission.rejected', 'Hồ sơ ghi một cơ quan khác với quầy gửi.', { field: 'dossier.agency' })
  if (!context.knowsProcedure(procedure.code)) {
    throw new Problem(422, 'submission.rejected', `Thành phố không có thủ tục ${procedure.code}.`, { field: 'dossier.procedure.code' })
  }
}

/** The bytes of the body as they came. */
export function bodyOf(request: FastifyRequest): Buffer {
  if (!Buffer.isBuffer(request.body)) throw new Problem(415, 'body.type', 'Cần application/json.')
  return request.body
}

/** `PUT` and `GET /v1/submissions/{submissionId}`. */
export function submissionRoutes(root: FastifyInstance, context: Context): void {
  root.register(async (app) => {
    app.removeContentTypeParser('application/json')
    app.addContentTypeParser('application/json', { parseAs: 'buffer' }, (_request, body, done) => {
      done(null, body)
    })

    app.put('/v1/submissions/:submissionId', async (request, reply) => {
      const caller = await callerOf(context, request)
      const { submissionId } = checked(Params, request.params)
      if (request.headers['idempotency-key'] !== submissionId) {
        throw new Problem(400, 'idempotency-key.mismatch', 'Idempotency-Key phải là submissionId.', { field: 'Idempotency-Key' })
      }
      const bytes = bodyOf(request)
      const sha256 = digestOf(request, bytes)
      // Before any rule: what was accepted once stays accepted.
      const stored = await findAcknowledgement(context.db, caller, submissionId)
      if (stored) return answer(reply, 'submit', 200, settle(stored, sha256))
      const payload = readPayload(bytes, submissionId)
      requireKnown(context, payload, caller)
      const arrival: Arrival = { payload, bytes, sha256, caller, now: context.clock.now() }
      await requireLeasedCode(context.db, arrival)
      await requireDocuments(context.db, arrival)
      const { acknowledgement, isNew } = await context.db.transaction((tx) => store(tx, arrival))
      return answer(reply, 'submit', isNew ? 201 : 200, acknowledgement)
    })

    app.get('/v1/submissions/:submissionId', async (request, reply) => {
      const caller = await callerOf(context, request)
      const found = await findAcknowledgement(context.db, caller, checked(Params, request.params).submissionId)
      if (!found) throw new Problem(404, 'submission.unknown', 'Thành phố chưa nhận bản này.')
      return answer(reply, 'submission', 200, found)
    })
  })
}
