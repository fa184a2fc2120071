import { createHash, randomUUID } from 'node:crypto'
import { createWriteStream } from 'node:fs'
import { mkdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import type { FastifyInstance } from 'fastify'
import { z } from 'zod'
import { makeEnrolmentCode } from './access'
import { cityIso } from './clock'
import type { Context } from './context'
import { Big } from './db'
import { ClockOffset, Line, NewEnrolmentCode, PushFeedbackStatus, PushStatus, type StoredLetter, type StoredSubmission } from './doors-messages'
import { FeedbackPayload } from './feedback-payload'
import { pushFeedbackStatus } from './feedback-store'
import { Fault, RateLimit } from './faults'
import { pushStatus } from './feeds'
import { SubmissionPayload } from './payload'
import { checked } from './problem'

const SubmissionRow = z.object({
  submission_id: z.string(), counter: z.string(), dossier_id: z.string(), code: z.string(), dossier_version: z.number(), applied: z.boolean(),
  receipt_number: z.string(), received_at: z.date(), sequence: Big, payload_sha256: z.string(), payload: z.instanceof(Uint8Array),
})

async function storedSubmissions(context: Context): Promise<StoredSubmission[]> {
  const rows = await context.db.all(SubmissionRow,
    `select s.submission_id, s.counter, s.dossier_id, d.code, s.dossier_version, s.applied, a.receipt_number, a.received_at, a.sequence, s.payload_sha256, s.payload
     from submissions s join acknowledgements a using (submission_id) join dossiers d using (dossier_id) order by a.sequence`)
  return rows.map((row) => ({
    submissionId: row.submission_id, counter: row.counter, dossierId: row.dossier_id, dossierCode: row.code, version: row.dossier_version, applied: row.applied,
    receiptNumber: row.receipt_number, receivedAt: cityIso(row.received_at), sequence: row.sequence, payloadSha256: row.payload_sha256,
    payload: SubmissionPayload.parse(JSON.parse(new TextDecoder().decode(row.payload))),
  }))
}

const LetterRow = z.object({
  letter_id: z.string(), counter: z.string(), feedback_id: z.string(), number: z.string(), version: z.number(), applied: z.boolean(), receipt_number: z.string(),
  sequence: Big, payload_sha256: z.string(), payload: z.instanceof(Uint8Array),
})

async function storedLetters(context: Context): Promise<StoredLetter[]> {
  const rows = await context.db.all(LetterRow,
    `select l.letter_id, l.counter, l.feedback_id, f.number, l.version, l.applied, l.receipt_number, l.sequence, l.payload_sha256, l.payload
     from feedback_letters l join feedback f using (feedback_id) order by l.sequence`)
  return rows.map((row) => ({
    letterId: row.letter_id, counter: row.counter, feedbackId: row.feedback_id, number: row.number, version: row.version, applied: row.applied,
    receiptNumber: row.receipt_number, sequence: row.sequence, payloadSha256: row.payload_sha256,
    payload: FeedbackPayload.parse(JSON.parse(new TextDecoder().decode(row.payload))),
  }))
}

const DocumentRow = z.object({ sha256: z.string(), size: Big, media_type: z.string(), confirmed_at: z.date() })
const HeadRow = z.object({ counter: z.string(), client_id: z.string(), sequence: Big, hash: z.string(), witnessed_at: z.date() })

function viewRoutes(app: FastifyInstance, context: Context): void {
  app.get('/doors/submissions', async () => ({ items: await storedSubmissions(context) }))
  app.get('/doors/letters', async () => ({ items: await storedLetters(context) }))
  app.get('/doors/documents', async () => {
    const rows = await context.db.all(DocumentRow, 'select sha256, size, media_type, confirmed_at from documents order by confirmed_at, sha256')
    return { items: rows.map((row) => ({ sha256: row.sha256, size: row.size, mediaType: row.media_type, confirmedAt: cityIso(row.confirmed_at) })) }
  })
  app.get('/doors/audit-heads', async () => {
    const rows = await context.db.all(HeadRow, 'select counter, client_id, sequence, hash, witnessed_at from audit_heads order by client_id, sequence')
    return { items: rows.map((row) => ({ counter: row.counter, clientId: row.client_id, sequence: row.sequence, hash: row.hash, witnessedAt: cityIso(row.witnessed_at) })) }
  })
}

function faultRoutes(app: FastifyInstance, context: Context): void {
  const { faults } = context
  app.post('/doors/faults', async (request, reply) => {
    faults.add(checked(Fault, request.body))
    return reply.code(201).send({ pending: faults.pending() })
  })
  app.get('/doors/faults', async () => ({ pending: faults.pending(), up: faults.lineIsUp(), offsetSeconds: context.clock.offsetSeconds() }))
  app.delete('/doors/faults', async () => {
    faults.clear()
    return { pending: [] }
  })
  app.post('/doors/line', async (request) => {
    faults.setLine(checked(Line, request.body).up, request.raw.socket)
    return { up: faults.lineIsUp() }
  })
  app.post('/doors/rate-limit', async (request) => {
    faults.limit(checked(RateLimit, request.body))
    return {}
  })
  app.post('/doors/tokens/revoke', async () => {
    faults.revokeTokens()
    return {}
  })
}

/** A bare upload: the same disk, the same flush, no protocol. The floor that sync is measured against. */
function sinkRoute(root: FastifyInstance, context: Context): void {
  const folder = join(context.folder, 'sink')
  root.register(async (app) => {
    app.removeAllContentTypeParsers()
    app.addContentTypeParser('*', (_request, _payload, done) => {
      done(null)
    })
    app.put('/doors/sink', async (request) => {
      await mkdir(folder, { recursive: true })
      const path = join(folder, randomUUID())
      const hash = createHash('sha256')
      async function* hashed(source: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
        for await (const chunk of source) {
          hash.update(chunk)
          yield chunk
        }
      }
      await pipeline(request.raw, hashed, createWriteStream(path, { flush: true }))
      await rm(path)
      return { sha256: hash.digest('hex') }
    })
  })
}

/** The doors for tests: only registered with `--doors`, open to whoever reaches the loopback. */
export function doorRoutes(app: FastifyInstance, context: Context): void {
  faultRoutes(app, context)
  viewRoutes(app, context)
  sinkRoute(app, context)
  app.post('/doors/statuses', async (request, reply) => reply.code(201).send({ sequence: await pushStatus(context, checked(PushStatus, request.body)) }))
  app.post('/doors/feedback-statuses', async (request, reply) =>
    reply.code(201).send({ sequence: await pushFeedbackStatus(context, checked(PushFeedbackStatus, request.body)) }))
  app.post('/doors/clock', async (request) => {
    context.clock.setOffset(checked(ClockOffset, request.body).offsetSeconds)
    return { time: cityIso(context.clock.now()) }
  })
  app.post('/doors/enrolment-codes', async (request, reply) => {
    const wanted = checked(NewEnrolmentCode, request.body ?? {})
    const code = wanted.code ?? randomUUID().slice(0, 8).toUpperCase()
    await makeEnrolmentCode(context.db, context.clock.now(), code, wanted.agency, wanted.counter)
    return reply.code(201).send({ code, agency: wanted.agency, counter: wanted.counter })
  })
}

