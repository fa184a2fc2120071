import { mapEventIterator } from '@orpc/client'
import { implement, ORPCError, os } from '@orpc/server'
import { contract } from '@contract'
import type { Access } from '@contract/call'
import { AppError } from '@contract/errors'
import type { Connection } from './connection'
import type { Log } from './log'

export type CallContext = Readonly<{ connection: Connection; log: Log }>

/** Keeps an unexpected failure apart from what it may hold: the screen gets a code and a reference, the log the kind of error and where. */
function told(error: unknown, log: Log, call: string): unknown {
  // Input that the call's schema refuses. An answer that its schema refuses (status 500) is a defect like any other.
  if (error instanceof ORPCError && error.status < 500) return error
  if (error instanceof AppError) return new ORPCError(error.code, { status: 422, message: error.code, data: { params: error.params } })
  const reference = Math.random().toString(36).slice(2, 8).toUpperCase()
  log('core.unexpected', { call, reference, kind: error instanceof Error ? error.name : typeof error, where: whereOf(error) })
  return new ORPCError('LOI-000', { status: 500, message: 'LOI-000', data: { params: { reference } } })
}

/** File and line of the first frames. Message and folders are left out: they may quote what somebody typed or name a user. */
function whereOf(error: unknown): string {
  if (!(error instanceof Error) || error.stack === undefined) return ''
  const at = error.stack.indexOf(error.message)
  const frames = at < 0 ? '' : error.stack.slice(at + error.message.length)
  const places = frames.split('\n').map((line) => /^\s+at .*?([\w.-]+:\d+:\d+)\)?$/u.exec(line)?.[1])
  return places.filter((place) => place !== undefined).slice(0, 4).join(' < ')
}

const isStream = (output: unknown): output is AsyncIterator<unknown> => typeof output === 'object' && output !== null && Symbol.asyncIterator in output

/** Around every call: what it throws, at once or later in its stream, is told. */
export const telling = os.$context<Readonly<{ log: Log }>>().middleware(async ({ context: { log }, path, next }) => {
  const call = path.join('.')
  try {
    const answer = await next()
    if (!isStream(answer.output)) return answer
    return { ...answer, output: mapEventIterator(answer.output, { value: (event) => Promise.resolve(event), error: (error) => Promise.resolve(told(error, log, call)) }) }
  } catch (error) {
    throw told(error, log, call)
  }
})

/** The implementer that every handler hangs on: the access of the call is decided here, before anything else. */
export const api = implement(contract)
  .$context<CallContext>()
  .use(telling)
  .use(({ context, procedure, next }) => {
    const access: Access = procedure['~orpc'].meta.access
    context.connection.require(access)
    return next()
  })
