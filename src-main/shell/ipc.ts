import { ipcMain, type IpcMainEvent, type MessagePortMain, type WebContents } from 'electron'
import { CONNECT_CHANNEL, ToShell, type FromShell } from '@contract/bridge'
import { schemeOf, type ShellLog } from './shell-log'

/** The shell's end of the port to a page's bridge. */
export interface WindowLink {
  send(message: FromShell, ports?: MessagePortMain[]): void
}

/** Who talks with the pages of a window. */
export interface Listener {
  /** A page has (re)loaded and its bridge is there. */
  linked(link: WindowLink): void
  heard(message: ToShell, from: WindowLink): void
}

export interface IpcParts {
  /** Who talks with a page at this address in these web contents; null when they are no window of ours, or the page is not its own. */
  listenerOf(contents: WebContents, address: string): Listener | null
  log: ShellLog
}

/** The only place that listens on `ipcMain`, on the only channel. Who may speak: the main frame of a window of ours on its own page. */
export function listenForPages(parts: IpcParts): void {
  ipcMain.on(CONNECT_CHANNEL, (event) => {
    const [port] = event.ports
    const listener = whoListens(event, parts)
    if (port !== undefined && event.ports.length === 1 && listener !== null) return connect(port, listener, parts.log)
    for (const refused of event.ports) refused.close()
    parts.log('refused', { what: 'connect', scheme: schemeOf(event.senderFrame?.url ?? ''), main: event.senderFrame === event.sender.mainFrame })
  })
}

function whoListens(event: IpcMainEvent, parts: IpcParts): Listener | null {
  const frame = event.senderFrame
  return frame !== null && frame === event.sender.mainFrame ? parts.listenerOf(event.sender, frame.url) : null
}

function connect(port: MessagePortMain, listener: Listener, log: ShellLog): void {
  let open = true
  const link: WindowLink = {
    send: (message, ports = []) => {
      if (open) port.postMessage(message, ports)
    },
  }
  port.on('message', ({ data }) => {
    const parsed = ToShell.safeParse(data)
    if (parsed.success) listener.heard(parsed.data, link)
    else log('refused', { what: 'bridge-message' })
  })
  port.on('close', () => {
    open = false
  })
  port.start()
  listener.linked(link)
}
