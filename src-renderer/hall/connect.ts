import { type ClientContext, createORPCClient, DynamicLink, ORPCError } from '@orpc/client'
import { RPCLink } from '@orpc/client/message-port'
import type { AnyContractRouter, ContractRouterClient } from '@orpc/contract'
import { PORT_MESSAGE } from '@contract/bridge-names'
import { hallBridge } from './bridge'

type Link = RPCLink<ClientContext>
type Waiting = Readonly<{ link: Promise<Link>; provide(link: Link): void }>

function waitForLink(): Waiting {
  let provide: (link: Link) => void = () => undefined
  const link = new Promise<Link>((resolve) => {
    provide = resolve
  })
  return { link, provide: (given) => provide(given) }
}

/**
 * The typed client of this window's narrow contract; made once a page. Calls made while there is no port (before the first, and
 * from the end of the core until it is back) wait for the next one.
 */
export function createHallClient<C extends AnyContractRouter>(): ContractRouterClient<C> {
  let waiting = waitForLink()
  let current: MessagePort | null = null

  const takePort = (port: MessagePort): void => {
    // One that was never answered is left behind like one that closed.
    if (current !== null) waiting = waitForLink()
    current = port
    waiting.provide(new RPCLink({ port }))
    port.addEventListener('close', () => {
      if (current !== port) return
      current = null
      waiting = waitForLink()
    })
    port.start()
  }

  window.addEventListener('message', (event: MessageEvent<unknown>) => {
    const { data, ports: [port], origin } = event
    const ours = typeof data === 'object' && data !== null && 'kind' in data && data.kind === PORT_MESSAGE
    if (ours && port && origin === location.origin) takePort(port)
  })
  hallBridge?.connect()
  return createORPCClient<ContractRouterClient<C>>(new DynamicLink(() => waiting.link))
}

/** The code of a refusal ("MH-004", "HC-002"), or null when there was no answer at all. */
export function refusalOf(error: unknown): string | null {
  return error instanceof ORPCError ? String(error.code) : null
}
