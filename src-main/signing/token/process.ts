import { fork } from 'node:child_process'
import type { ToDriver } from './protocol'

/** A process in which one driver lives: a child under plain Node, a utility process of the shell under Electron. */
export type DriverProcess = Readonly<{
  /** Null where the system does not tell. */
  pid: number | null
  send(message: ToDriver): void
  onMessage(listener: (message: unknown) => void): void
  /** Called once, also when it never started. */
  onExit(listener: () => void): void
  /** At once and without asking: a driver that hangs hears nothing. */
  kill(): void
}>

export type StartDriver = () => Promise<DriverProcess>

/** Drivers' processes as children of this one. `file` is the built entry (`token.js`). */
export function forkedDrivers(file: string | URL, env: NodeJS.ProcessEnv = process.env): StartDriver {
  return async () => {
    const child = fork(file, [], { serialization: 'advanced', stdio: ['ignore', 'ignore', 'ignore', 'ipc'], execArgv: [], env })
    let gone = false
    const listeners: (() => void)[] = []
    const ended = (): void => {
      if (gone) return
      gone = true
      for (const listener of listeners) listener()
    }
    child.once('exit', ended)
    child.once('error', ended)
    // It must not keep a program alive that has ended its own work.
    child.unref()
    child.channel?.unref()
    return {
      pid: child.pid ?? null,
      // A process that ends while it is spoken to is told by its exit.
      send: (message) => void child.send(message, () => undefined),
      onMessage: (listener) => void child.on('message', listener),
      onExit: (listener) => void (gone ? queueMicrotask(listener) : listeners.push(listener)),
      kill: () => void child.kill('SIGKILL'),
    }
  }
}
