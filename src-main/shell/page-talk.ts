import { MessageChannelMain, type MessagePortMain } from 'electron'
import type { CoreState, ToShell } from '@contract/bridge'
import type { WindowLink } from './ipc'
import type { ShellLog } from './shell-log'

/** What a page asks of the shell beyond a port to the core. */
export type PageWish = Exclude<ToShell, { kind: 'connect' }>

export interface TalkParts {
  readonly log: ShellLog
  /** Gives the core its end of a new port. */
  readonly attach: (port: MessagePortMain) => void
  /** A page has loaded and linked itself. */
  readonly onLinked?: () => void
  /** Pages of windows that may wish for nothing have none. */
  readonly onWish?: (wish: PageWish) => void
}

/** What the shell and the page that a window shows now have to say to each other. */
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
export function createPageTalk({ log, attach, onLinked, onWish }: TalkParts, now: CoreState = 'starting'): PageTalk {
  let link: WindowLink | null = null
  let wantsPort = false
  let state = now

  const givePort = (): void => {
    if (!wantsPort || link === null) return
    const { port1, port2 } = new MessageChannelMain()
    attach(port1)
    link.send({ kind: 'core-port' }, [port2])
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
      onLinked?.()
    },
    heard: (message, from) => {
      if (from !== link) log('refused', { what: 'stale-page' })
      else if (message.kind === 'connect') connect()
      else if (onWish === undefined) log('refused', { what: 'wish', wish: message.kind })
      else onWish(message)
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
