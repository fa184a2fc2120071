import type { FastifyReply } from 'fastify'
import { z } from 'zod'

/** RFC 9457 problem details with a stable `code`; extra members depend on the code. */
export const ProblemBody = z.looseObject({
  type: z.string(),
  title: z.string(),
  status: z.number().int(),
  code: z.string(),
  detail: z.string(),
  field: z.string().optional(),
})
export type ProblemBody = z.infer<typeof ProblemBody>

export const PROBLEM_TYPE = 'application/problem+json; charset=utf-8'

const TITLES: Readonly<Record<number, string>> = {
  400: 'Yêu cầu chưa đúng dạng',
  401: 'Chưa xác thực',
  403: 'Không có quyền',
  404: 'Không có ở thành phố',
  405: 'Không dùng được phương thức này',
  409: 'Trái với điều đã lưu',
  410: 'Không còn nữa',
  412: 'Thiếu điều kiện của giao thức',
  413: 'Quá lớn',
  415: 'Không nhận dạng nội dung này',
  422: 'Thành phố chưa nhận',
  424: 'Còn thiếu tài liệu',
  429: 'Gọi quá nhiều lần',
  460: 'Tài liệu không khớp SHA-256',
}

/** A refusal that the caller is told about. Anything else that is thrown becomes 500 without details. */
export class Problem extends Error {
  readonly status: number
  readonly code: string
  readonly extra: Readonly<Record<string, unknown>>

  constructor(status: number, code: string, detail: string, extra: Readonly<Record<string, unknown>> = {}) {
    super(detail)
    this.name = 'Problem'
    this.status = status
    this.code = code
    this.extra = extra
  }
}

/** The JSON body of a problem. */
export function problemBody(problem: Problem): ProblemBody {
  const title = TITLES[problem.status] ?? 'Thành phố đang gặp trục trặc'
  return { type: `urn:mot-cua:problem:${problem.code}`, title, status: problem.status, code: problem.code, detail: problem.message, ...problem.extra }
}

/** Answers with a problem; 401 carries `WWW-Authenticate`, `retryAfter` (seconds) becomes `Retry-After`. */
export function sendProblem(reply: FastifyReply, problem: Problem): FastifyReply {
  if (problem.status === 401) reply.header('www-authenticate', 'Bearer')
  const retryAfter = problem.extra.retryAfter
  if (typeof retryAfter === 'number') reply.header('retry-after', String(retryAfter))
  return reply.code(problem.status).type(PROBLEM_TYPE).send(JSON.stringify(problemBody(problem)))
}

/** Checks input against its schema; a mismatch is 400 `request.invalid` naming the field. */
export function checked<T>(schema: z.ZodType<T>, value: unknown): T {
  const result = schema.safeParse(value)
  if (result.success) return result.data
  const issue = result.error.issues[0]
  throw new Problem(400, 'request.invalid', issue?.message ?? 'invalid', { field: issue?.path.join('.') ?? '' })
}
