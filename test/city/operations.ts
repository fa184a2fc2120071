import type { FastifyReply } from 'fastify'
import { z } from 'zod'
import {
  Acknowledgement, AuditHead, AuditWitness, ConfirmedDocument, Enrolment, EnrolmentRequest, FeedbackStatuses, Health, Lease, LeaseRequest, LetterReceipt,
  Receipts, ReceiptsQuery, Statuses, StatusesQuery, Token, TokenRequest,
} from './messages'
import { FeedbackPayload } from './feedback-payload'
import { Sha256, SubmissionPayload, Uuid } from './payload'
import { ProblemBody } from './problem'

/** One call of the protocol: what goes in and what may come out. Routes answer through it; `openapi.json` is made from it. */
export interface Operation {
  readonly method: 'get' | 'post' | 'put' | 'head' | 'patch'
  readonly path: string
  readonly summary: string
  /** No bearer token needed. */
  readonly open?: true
  readonly params?: z.ZodObject
  readonly query?: z.ZodObject
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: { readonly type: string; readonly schema?: z.ZodType }
  readonly answers: Readonly<Record<number, { readonly about: string; readonly schema?: z.ZodType }>>
  readonly refusals: readonly number[]
}

const submissionId = z.object({ submissionId: Uuid })
const letterId = z.object({ letterId: Uuid })
const json = (schema: z.ZodType) => ({ type: 'application/json', schema })

const CONFLICT = { storedSha256: Sha256, sentSha256: Sha256 }
/** Problems whose extra members the counter reads. */
export const SubmissionConflict = ProblemBody.extend({ code: z.literal('submission.conflict'), ...CONFLICT })
export const DocumentsMissing = ProblemBody.extend({ code: z.literal('submission.documents-missing'), missing: z.array(Sha256) })
export const SubmissionRejected = ProblemBody.extend({ code: z.literal('submission.rejected'), field: z.string() })

export const FeedbackConflict = ProblemBody.extend({ code: z.literal('feedback.conflict'), ...CONFLICT })
export const PhotosMissing = ProblemBody.extend({ code: z.literal('feedback.documents-missing'), missing: z.array(Sha256) })
export const FeedbackRejected = ProblemBody.extend({ code: z.literal('feedback.rejected'), field: z.string() })

const TUS = { 'Tus-Resumable': '1.0.0' }

export const OPERATIONS = {
  health: { method: 'get', path: '/v1/health', summary: 'Is this really the city?', open: true, answers: { 200: { about: 'Yes', schema: Health } }, refusals: [] },
  enrol: {
    method: 'post', path: '/v1/enrolments', summary: 'Registers the key of a counter by its one-time code', open: true,
    body: json(EnrolmentRequest), answers: { 201: { about: 'Enrolled; the same key gets the same answer again', schema: Enrolment } }, refusals: [400, 404, 409],
  },
  token: {
    method: 'post', path: '/oauth/token', summary: 'OAuth 2 client credentials with private_key_jwt', open: true,
    body: { type: 'application/x-www-form-urlencoded', schema: TokenRequest }, answers: { 200: { about: 'Access token', schema: Token } }, refusals: [400, 401],
  },
  createUpload: {
    method: 'post', path: '/v1/files', summary: 'tus creation (with or without the first bytes)',
    headers: { ...TUS, 'Upload-Length': 'bytes', 'Upload-Metadata': 'documentId, sha256, mediaType' },
    body: { type: 'application/offset+octet-stream' }, answers: { 201: { about: 'Location of the upload' } }, refusals: [400, 401, 412, 413, 429, 460],
  },
  uploadOffset: {
    method: 'head', path: '/v1/files/{uploadId}', summary: 'tus head: how many bytes the city has', headers: TUS,
    params: z.object({ uploadId: z.string() }), answers: { 200: { about: 'Upload-Offset and Upload-Length' } }, refusals: [401, 404, 410, 412, 429, 460],
  },
  sendBytes: {
    method: 'patch', path: '/v1/files/{uploadId}', summary: 'tus patch; the last byte makes the city check the SHA-256',
    headers: { ...TUS, 'Upload-Offset': 'bytes' }, params: z.object({ uploadId: z.string() }), body: { type: 'application/offset+octet-stream' },
    answers: { 204: { about: 'Upload-Offset' } }, refusals: [400, 401, 403, 404, 409, 410, 412, 413, 429, 460],
  },
  document: {
    method: 'get', path: '/v1/files/{sha256}', summary: 'Is the document confirmed?', params: z.object({ sha256: Sha256 }),
    answers: { 200: { about: 'Stored and checked', schema: ConfirmedDocument } }, refusals: [400, 401, 404, 429],
  },
  submit: {
    method: 'put', path: '/v1/submissions/{submissionId}', summary: 'Sends one frozen dossier version; safe to repeat', params: submissionId,
    headers: { 'Content-Digest': 'sha-256=:base64: (RFC 9530)', 'Idempotency-Key': 'the submissionId' }, body: json(SubmissionPayload),
    answers: {
      200: { about: 'Known already, same bytes: the same acknowledgement', schema: Acknowledgement },
      201: { about: 'Stored', schema: Acknowledgement },
    },
    refusals: [400, 401, 409, 413, 415, 422, 424, 429],
  },
  submission: {
    method: 'get', path: '/v1/submissions/{submissionId}', summary: 'Settles an unknown outcome', params: submissionId,
    answers: { 200: { about: 'Stored', schema: Acknowledgement } }, refusals: [400, 401, 404, 429],
  },
  receipts: {
    method: 'get', path: '/v1/receipts', summary: 'Acknowledgements of this counter after a sequence', query: ReceiptsQuery,
    answers: { 200: { about: 'In the order of the sequence', schema: Receipts } }, refusals: [400, 401, 429],
  },
  statuses: {
    method: 'get', path: '/v1/statuses', summary: 'Status feed of this agency after a cursor', query: StatusesQuery,
    answers: { 200: { about: 'In the order of the sequence', schema: Statuses } }, refusals: [400, 401, 429],
  },
  sendFeedback: {
    method: 'put', path: '/v1/feedback/{letterId}', summary: 'Sends one frozen letter about a complaint or proposal; safe to repeat', params: letterId,
    headers: { 'Content-Digest': 'sha-256=:base64: (RFC 9530)', 'Idempotency-Key': 'the letterId' }, body: json(FeedbackPayload),
    answers: {
      200: { about: 'Known already, same bytes: the same receipt', schema: LetterReceipt },
      201: { about: 'Stored', schema: LetterReceipt },
    },
    refusals: [400, 401, 409, 413, 415, 422, 424, 429],
  },
  feedbackLetter: {
    method: 'get', path: '/v1/feedback/{letterId}', summary: 'Settles an unknown outcome', params: letterId,
    answers: { 200: { about: 'Stored', schema: LetterReceipt } }, refusals: [400, 401, 404, 429],
  },
  feedbackStatuses: {
    method: 'get', path: '/v1/feedback-statuses', summary: 'Statuses of the complaints and proposals of this agency after a cursor', query: StatusesQuery,
    answers: { 200: { about: 'In the order of the sequence', schema: FeedbackStatuses } }, refusals: [400, 401, 429],
  },
  lease: {
    method: 'post', path: '/v1/number-leases', summary: 'Leases a block of dossier numbers', body: json(LeaseRequest),
    answers: { 200: { about: 'Known requestId: the same block', schema: Lease }, 201: { about: 'A new block', schema: Lease } }, refusals: [400, 401, 403, 409, 429],
  },
  auditHead: {
    method: 'post', path: '/v1/audit-heads', summary: 'Deposits the newest head of the audit chain', body: json(AuditHead),
    answers: { 201: { about: 'Witnessed', schema: AuditWitness } }, refusals: [400, 401, 409, 429],
  },
} as const satisfies Record<string, Operation>
export type OperationName = keyof typeof OPERATIONS

/** Answers with a body that has passed the schema which the description promises for this status. */
export function answer(reply: FastifyReply, name: OperationName, status: number, body: unknown): FastifyReply {
  const operation: Operation = OPERATIONS[name]
  const schema = operation.answers[status]?.schema
  if (!schema) throw new Error(`${name} does not promise ${status}`)
  return reply.code(status).type('application/json; charset=utf-8').send(JSON.stringify(schema.parse(body)))
}
