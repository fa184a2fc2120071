import type { FastifyInstance } from 'fastify'
import { z } from 'zod'
import { callerOf } from './access'
import { cityIso } from './clock'
import type { Caller, Context } from './context'
import { FeedbackPayload } from './feedback-payload'
import { feedbackStatusesSince, findLetterReceipt, letterRejected, requirePhotos, settleLetter, storeLetter } from './feedback-store'
import { StatusesQuery } from './messages'
import { answer } from './operations'
import { Uuid } from './payload'
import { Problem, checked } from './problem'
import { bodyOf, digestOf } from './submissions'

const Params = z.object({ letterId: Uuid })

function parseJson(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes))
  } catch {
    throw letterRejected('', 'Nội dung không phải JSON trong UTF-8.')
  }
}

function readLetter(bytes: Uint8Array, letterId: string, caller: Caller): FeedbackPayload {
  const result = FeedbackPayload.safeParse(parseJson(bytes))
  if (!result.success) throw letterRejected(result.error.issues[0]?.path.join('.') ?? '', result.error.issues[0]?.message ?? 'payload')
  if (result.data.letterId !== letterId) throw letterRejected('letterId', 'letterId trong nội dung khác với địa chỉ gửi.')
  if (result.data.feedback.agency !== caller.agency) throw letterRejected('feedback.agency', 'Phản ánh ghi một cơ quan khác với quầy gửi.')
  return result.data
}

/** `PUT` and `GET /v1/feedback/{letterId}`, `GET /v1/feedback-statuses`. */
export function feedbackRoutes(root: FastifyInstance, context: Context): void {
  root.register(async (app) => {
    app.removeContentTypeParser('application/json')
    app.addContentTypeParser('application/json', { parseAs: 'buffer' }, (_request, body, done) => {
      done(null, body)
    })

    app.put('/v1/feedback/:letterId', async (request, reply) => {
      const caller = await callerOf(context, request)
      const { letterId } = checked(Params, request.params)
      if (request.headers['idempotency-key'] !== letterId) {
        throw new Problem(400, 'idempotency-key.mismatch', 'Idempotency-Key phải là letterId.', { field: 'Idempotency-Key' })
      }
      const bytes = bodyOf(request)
      const sha256 = digestOf(request, bytes)
      // Before any rule: what was accepted once stays accepted.
      const stored = await findLetterReceipt(context.db, caller, letterId)
      if (stored) return answer(reply, 'sendFeedback', 200, settleLetter(stored, sha256))
      const arrival = { payload: readLetter(bytes, letterId, caller), bytes, sha256, caller, now: context.clock.now() }
      await requirePhotos(context.db, arrival)
      const { receipt, isNew } = await context.db.transaction((tx) => storeLetter(tx, arrival))
      return answer(reply, 'sendFeedback', isNew ? 201 : 200, receipt)
    })

    app.get('/v1/feedback/:letterId', async (request, reply) => {
      const caller = await callerOf(context, request)
      const found = await findLetterReceipt(context.db, caller, checked(Params, request.params).letterId)
      if (!found) throw new Problem(404, 'feedback.unknown', 'Thành phố chưa nhận thư này.')
      return answer(reply, 'feedbackLetter', 200, found)
    })
  })

  root.get('/v1/feedback-statuses', async (request, reply) => {
    const caller = await callerOf(context, request)
    const { cursor, limit } = checked(StatusesQuery, request.query)
    const rows = await feedbackStatusesSince(context.db, caller.agency, cursor, limit)
    const items = rows.map((row) => ({
      sequence: row.sequence, feedbackId: row.feedback_id, number: row.number, state: row.state, at: cityIso(row.at),
      ...(row.note === null ? {} : { note: row.note }), ...(row.by_whom === null ? {} : { by: row.by_whom }),
    }))
    return answer(reply, 'feedbackStatuses', 200, { items, next: items.at(-1)?.sequence ?? cursor })
  })
}
