import { ipcMain, type IpcMainEvent, type MessagePortMain, type WebContents } from 'electron'
import { CONNECT_CHANNEL, ToShell, type FromShell } from '@contract/bridge'
import { schemeOf, type ShellLog } from './shell-log'

/** The shell's end of the port to a page's bridge. */
export interface WindowLink {
  send(message: FromShell, ports?: MessagePortMain[]): void
}

export interface IpcParts {
  /** True for the web contents and address of a window of ours. */
  isOurs(contents: WebContents, address: string): boolean
  /** A page has (re)loaded and its bridge is there. */
  onLink(link: WindowLink): void
  onMessage(message: ToShell, link: WindowLink): void
  log: ShellLog
}

/** The only place that listens on `ipcMain`, on the only channel. Who may speak: the main frame of our own window on our own page. */
export function listenForPages(parts: IpcParts): void {
  ipcMain.on(CONNECT_CHANNEL, (event) => {
    const [port] = event.ports
    if (port === undefined || event.ports.length !== 1 || !mayConnect(event, parts)) {
      for (const refused of event.ports) refused.close()
      return parts.log('refused', { what: 'connect', scheme: schemeOf(event.senderFrame?.url ?? ''), main: event.senderFrame === event.sender.mainFrame })
    }
    connect(port, parts)
  })
}

function mayConnect(event: IpcMainEvent, parts: IpcParts): boolean {
  const frame = event.senderFrame
  return frame !== null && frame === event.sender.mainFrame && parts.isOurs(event.sender, frame.url)
}

function connect(port: MessagePortMain, parts: IpcParts): void {
  let open = true
  const link: WindowLink = {
    send: (message, ports = []) => {
      if (open) port.postMessage(message, ports)
    },
  }
  port.on('message', ({ data }) => {
    const parsed = ToShell.safeParse(data)
    if (parsed.success) parts.onMessage(parsed.data, link)
    else parts.log('refused', { what: 'bridge-message' })
  })
  port.on('close', () => {
    open = false
  })
  port.start()
  parts.onLink(link)
}
