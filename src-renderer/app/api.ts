import { type ClientContext, createORPCClient, DynamicLink } from '@orpc/client'
import { RPCLink } from '@orpc/client/message-port'
import type { ContractRouterClient } from '@orpc/contract'
import type { Contract } from '@contract'

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

export { type Problem, problemOf } from './problem-of'
