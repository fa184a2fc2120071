import { type ClientContext, createORPCClient, DynamicLink, ORPCError } from '@orpc/client'
import { RPCLink } from '@orpc/client/message-port'
import type { ContractRouterClient } from '@orpc/contract'
import type { Contract } from '@contract'
import { type ErrorCode, type ErrorParams, isErrorCode } from '@contract/errors'

export type Api = ContractRouterClient<Contract>

type Link = RPCLink<ClientContext>

let provide: (link: Link) => void = () => undefined
let current = new Promise<Link>((resolve) => {
  provide = resolve
})

/** Gives the window its port to the core; calls made before wait for it. A new port replaces the one before (the core was restarted). */
export function takePort(port: MessagePort): void {
  const link = new RPCLink({ port })
  provide(link)
  current = Promise.resolve(link)
  port.start()
}

/** Every call of the contract, typed. Inputs are checked again in the core. */
export const api: Api = createORPCClient(new DynamicLink(() => current))

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
