import { existsSync } from 'node:fs'
import type { HostAnswers } from '@contract/host'
import type { DriverProcess, StartDriver } from '../signing'
import type { WindowPort } from './port'

/** Drivers' processes that the shell keeps for us: what it says of each comes by its number, the port before the answer. */
export type DriverPorts = Readonly<{ start: StartDriver; attach(driver: number, port: WindowPort): void; ended(driver: number): void }>

type Kept = { port: WindowPort | null; gone: boolean; listeners: (() => void)[] }

export function createDriverPorts(ask: Readonly<{ start(): Promise<HostAnswers['start-driver']>; end(driver: number): Promise<null> }>): DriverPorts {
  const kept = new Map<number, Kept>()
  const of = (driver: number): Kept => {
    const found = kept.get(driver) ?? { port: null, gone: false, listeners: [] }
    kept.set(driver, found)
    return found
  }
  const ended = (driver: number): void => {
    const one = of(driver)
    if (one.gone) return
    one.gone = true
    one.port?.close()
    for (const listener of one.listeners) listener()
  }
  return {
    attach: (driver, port) => {
      of(driver).port = port
    },
    ended,
    start: async () => {
      const { driver } = await ask.start()
      const one = of(driver)
      const { port } = one
      if (!port) throw new Error('a driver without a port')
      return {
        // Electron tells it later, and nobody here needs it.
        pid: null,
        send: (message) => {
          if (!one.gone) port.postMessage(message)
        },
        onMessage: (listener) => {
          const hear = ({ data }: { data: unknown }): void => listener(data)
          // Node's ports have both, and hand the bare data to `on`.
          if ('addEventListener' in port) port.addEventListener('message', hear)
          else port.on('message', hear)
          port.start()
        },
        onExit: (listener) => {
          const once = (): void => {
            kept.delete(driver)
            listener()
          }
          if (one.gone) queueMicrotask(once)
          else one.listeners.push(once)
        },
        kill: () => void ask.end(driver).catch(() => undefined),
      } satisfies DriverProcess
    },
  }
}

/** Drivers' processes of a core without a shell: children, where the built entry lies beside it. */
export function driversBeside(moduleUrl: string): StartDriver | null {
  const file = new URL('token.js', moduleUrl)
  // Loaded with the first question for tokens, as all of signing.
  return existsSync(file) ? async () => (await import('../signing')).forkedDrivers(file)() : null
}
