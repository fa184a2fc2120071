import { RPCHandler } from '@orpc/server/message-port'
import type { HallWindow } from '@contract/hall'
import type { HallContext } from './hall-serving'
import { servePort, type WindowPort } from './port'

type Narrow = RPCHandler<HallContext>

/** The narrow router of each window, loaded when the first such window comes. */
const ROUTERS: Readonly<Record<HallWindow, () => Promise<Narrow>>> = {
  display: async () => new RPCHandler((await import('./display-doors')).createDisplayRouter()),
  board: async () => new RPCHandler((await import('./queue-doors')).createBoardRouter()),
  kiosk: async () => new RPCHandler((await import('./queue-doors')).createKioskRouter()),
  helper: async () => new RPCHandler((await import('./assist-doors')).createHelperRouter()),
}

/** Serves the windows of the hall. */
export type HallPorts = Readonly<{
  /** Serves a window's narrow contract, and nothing else, until its port closes. */
  serve(window: HallWindow, port: WindowPort, deps: Omit<HallContext, 'gone'>): Promise<void>
}>

export function createHallPorts(routers: typeof ROUTERS = ROUTERS): HallPorts {
  const made = new Map<HallWindow, Promise<Narrow>>()
  const handlerOf = (window: HallWindow): Promise<Narrow> => {
    const handler = made.get(window) ?? routers[window]()
    made.set(window, handler)
    return handler
  }
  return {
    serve: async (window, port, deps) => {
      const gone = goneOf(port)
      const handler = await handlerOf(window)
      // One that closed meanwhile closes no second time, and would be served for ever.
      if (!gone.aborted) servePort(port, (guarded) => handler.upgrade(guarded, { context: { ...deps, gone } }), deps.log)
    },
  }
}

function goneOf(port: WindowPort): AbortSignal {
  const gone = new AbortController()
  const end = (): void => gone.abort()
  if ('addEventListener' in port) port.addEventListener('close', end)
  else port.on('close', end)
  return gone.signal
}
