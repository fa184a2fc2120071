import { MessageChannelMain, nativeTheme, type MessagePortMain } from 'electron'
import type { CoreState, ToShell } from '@contract/bridge'
import type { WindowLink } from './ipc'
import type { PreferenceFile } from './preferences'
import type { ShellLog } from './shell-log'

export interface TalkParts {
  readonly preferences: PreferenceFile
  readonly log: ShellLog
  /** Gives the core its end of a new port. */
  readonly attach: (port: MessagePortMain) => void
  readonly onTogglePractice: () => void
  /** The page asks for another zoom; 1 is 100 per cent. */
  readonly onZoom: (factor: number) => void
}

/** What the shell and the page it shows now have to say to each other. */
export interface PageTalk {
  /** A page has loaded and linked itself; the one before is forgotten. */
  linked(link: WindowLink): void
  heard(message: ToShell, from: WindowLink): void
  coreIs(state: CoreState): void
  /** A new core runs: the page gets a new port to it, if it had one. */
  coreForked(): void
  /** The page is about to be replaced: it gets no more ports. */
  leave(): void
}

/** Keeps the talk with the current page: its link, whether it wants a port, and the core's state it was last told. */
export function createPageTalk({ preferences, log, attach, onTogglePractice, onZoom }: TalkParts): PageTalk {
  let link: WindowLink | null = null
  let wantsPort = false
  let state: CoreState = 'starting'

  const givePort = (): void => {
    if (!wantsPort || link === null) return
    const { port1, port2 } = new MessageChannelMain()
    attach(port1)
    link.send({ kind: 'core-port' }, [port2])
  }
  const prefer = ({ theme, language, zoom, camera }: Extract<ToShell, { kind: 'prefer' }>): void => {
    if (theme !== undefined) nativeTheme.themeSource = theme
    if (zoom !== undefined) onZoom(zoom / 100)
    preferences.change({
      ...(theme !== undefined && { theme }), ...(language !== undefined && { language }), ...(zoom !== undefined && { zoom: zoom / 100 }), ...(camera !== undefined && { camera }),
    })
  }
  const connect = (): void => {
    wantsPort = true
    givePort()
  }
  return {
    linked: (fresh) => {
      link = fresh
      wantsPort = false
      fresh.send({ kind: 'core-state', state })
    },
    heard: (message, from) => {
      if (from !== link) log('refused', { what: 'stale-page' })
      else if (message.kind === 'connect') connect()
      else if (message.kind === 'prefer') prefer(message)
      else onTogglePractice()
    },
    coreIs: (next) => {
      if (next === state) return
      state = next
      link?.send({ kind: 'core-state', state })
    },
    coreForked: givePort,
    leave: () => {
      wantsPort = false
    },
  }
}
