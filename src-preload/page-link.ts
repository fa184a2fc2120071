// Only names and types come from the contract: a preload that must load zod would delay every start. The shell checks what it receives.
import { CONNECT_CHANNEL, PORT_MESSAGE } from '@contract/bridge-names'
import type { CoreState, FromShell, ToShell } from '@contract/bridge'

/** The bridge's end of its port to the shell. */
export interface PageLink {
  tell(message: ToShell): void
  onCoreState(listener: (state: CoreState) => void): () => void
}

/** What is used of Electron's `ipcRenderer`. */
interface Ipc {
  postMessage(channel: string, message: unknown, ports: MessagePort[]): void
}

/** Links this page with the shell. Ports to the core go straight on to the page. */
export function linkToShell(ipc: Ipc): PageLink {
  const shell = new MessageChannel()
  const listeners = new Set<(state: CoreState) => void>()
  let lastState: CoreState = 'starting'
  shell.port1.onmessage = (event: MessageEvent<FromShell>) => {
    const message = event.data
    const [port] = event.ports
    if (message.kind === 'core-port' && port) window.postMessage({ kind: PORT_MESSAGE }, location.origin, [port])
    if (message.kind !== 'core-state') return
    lastState = message.state
    for (const listener of listeners) listener(message.state)
  }
  ipc.postMessage(CONNECT_CHANNEL, null, [shell.port2])
  return {
    tell: (message) => shell.port1.postMessage(message),
    onCoreState: (listener) => {
      listeners.add(listener)
      listener(lastState)
      return () => void listeners.delete(listener)
    },
  }
}
