import { implement, ORPCError } from '@orpc/server'
import { contract } from '@contract'
import type { Access } from '@contract/call'
import { AppError } from '@contract/errors'
import type { Connection } from './connection'
import type { Log } from './log'

export type CallContext = Readonly<{ connection: Connection; log: Log }>

/** Keeps an unexpected failure apart from what it may hold: the screen gets a code and a reference, the log the kind of error and where. */
function told(error: unknown, log: Log, call: string): unknown {
  if (error instanceof ORPCError) return error
  if (error instanceof AppError) return new ORPCError(error.code, { status: 422, message: error.code, data: { params: error.params } })
  const reference = Math.random().toString(36).slice(2, 8).toUpperCase()
  log('core.unexpected', { call, reference, kind: error instanceof Error ? error.name : typeof error, where: whereOf(error) })
  return new ORPCError('LOI-000', { status: 500, message: 'LOI-000', data: { params: { reference } } })
}

/** File and line of the first frames; messages are left out because they may quote what somebody typed. */
function whereOf(error: unknown): string {
  if (!(error instanceof Error)) return ''
  return (error.stack ?? '').split('\n').filter((line) => line.trimStart().startsWith('at ')).slice(0, 4).map((line) => line.trim()).join(' < ')
}

/** The implementer that every handler hangs on: the access of the call is decided here, before anything else. */
export const api = implement(contract)
  .$context<CallContext>()
  .use(async ({ context, procedure, path, next }) => {
    const access: Access = procedure['~orpc'].meta.access
    const name = path.join('.')
    try {
      context.connection.require(access)
      return await next()
    } catch (error) {
      throw told(error, context.log, name)
    }
  })
