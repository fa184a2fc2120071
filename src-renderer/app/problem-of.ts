import { ORPCError } from '@orpc/client'
import { type ErrorCode, type ErrorParams, isErrorCode } from '@contract/errors'

export type Problem = Readonly<{ code: ErrorCode; params: ErrorParams }>

const isParams = (value: unknown): value is ErrorParams => typeof value === 'object' && value !== null

function paramsOf(data: unknown): ErrorParams {
  const params: unknown = isParams(data) && 'params' in data ? data.params : undefined
  return isParams(params) ? params : {}
}

/** Any failure of a call as a code with the values of its sentence. */
export function problemOf(error: unknown): Problem {
  if (!(error instanceof ORPCError)) return { code: 'LOI-000', params: {} }
  const code = String(error.code)
  if (isErrorCode(code)) return { code, params: paramsOf(error.data) }
  return { code: code === 'BAD_REQUEST' ? 'TK-013' : 'LOI-000', params: {} }
}
