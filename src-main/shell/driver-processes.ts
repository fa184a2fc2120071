import { MessageChannelMain, utilityProcess, type MessagePortMain, type UtilityProcess } from 'electron'
import type { HostAnswers } from '@contract/host'
import type { ShellLog } from './shell-log'

export interface DriverProcessParts {
  /** The built entry. */
  readonly file: string
  readonly env: Record<string, string>
  /** The core's end of the way to a new process. */
  attach(driver: number, port: MessagePortMain): void
  ended(driver: number): void
  readonly log: ShellLog
}

/** Processes for drivers of USB tokens: the core asks for them, since a utility process cannot start another. */
export interface DriverProcesses {
  start(): HostAnswers['start-driver']
  end(driver: number): void
  /** The core that asked for them is gone, or the program ends. */
  endAll(): void
}

/** More than this at once is a mistake. */
const MOST = 32

export function createDriverProcesses(parts: DriverProcessParts): DriverProcesses {
  const running = new Map<number, UtilityProcess>()
  let last = 0
  const end = (driver: number): void => {
    const child = running.get(driver)
    if (!child) return
    // Asked politely, a driver that hangs would hear nothing.
    if (child.pid === undefined) child.kill()
    else killNow(child.pid)
  }
  return {
    start: () => {
      if (running.size >= MOST) throw new Error('too many drivers')
      const driver = (last += 1)
      const child = utilityProcess.fork(parts.file, [], { serviceName: 'mot-cua token', stdio: 'ignore', env: parts.env, execArgv: [] })
      running.set(driver, child)
      child.once('exit', (code) => {
        running.delete(driver)
        parts.log('driver-ended', { code })
        parts.ended(driver)
      })
      const { port1, port2 } = new MessageChannelMain()
      child.postMessage({ kind: 'port' }, [port1])
      parts.attach(driver, port2)
      return { driver }
    },
    end,
    endAll: () => [...running.keys()].forEach(end),
  }
}

function killNow(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL')
  } catch {
    // It has just ended.
  }
}
