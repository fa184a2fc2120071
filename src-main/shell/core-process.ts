import { utilityProcess, type MessagePortMain } from 'electron'
import type { CoreProcess } from './core-supervisor'
import { mark } from './marks'

/** Starts the core in a process of its own, with an environment of its own. */
export function forkCore(file: string, env: Record<string, string>): CoreProcess<MessagePortMain> {
  const child = utilityProcess.fork(file, [], { serviceName: 'mot-cua core', stdio: 'inherit', env, execArgv: [] })
  mark('core-forked')
  return {
    postMessage: (message, ports) => child.postMessage(message, ports),
    onMessage: (listener) => void child.on('message', listener),
    onExit: (listener) => void child.on('exit', listener),
    kill: () => void child.kill(),
  }
}
