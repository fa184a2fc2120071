import { session, type Session, type WebContents } from 'electron'
import type { Expected } from '@contract/bridge'
import type { HallWindow } from '@contract/hall'
import { serveApp } from './app-protocol'
import { FATAL_ADDRESS, fatalPage, type Trouble } from './fatal-page'
import { hardenSession, type Leniency } from './hardening'
import type { Environment, Places } from './places'
import type { Preferences } from './preferences'
import { isOwnAddress, ORIGIN } from './protocol-filter'
import type { ShellLog } from './shell-log'

export interface PagesParts {
  readonly places: Places
  readonly leniency: Leniency
  readonly environment: Environment
  readonly log: ShellLog
  /** Why there is no work to be done. */
  readonly trouble: () => Trouble | null
  readonly isCounter: (contents: WebContents) => boolean
}

/** The pages of all windows: their addresses, and the sessions they are loaded in. */
export interface Pages {
  readonly counter: Session
  /** The session of a kind of window of the hall. */
  hall(window: HallWindow): Session
  counterAddress(look: { practice: boolean; expects: Expected }, preferences: Preferences): string
  hallAddress(window: HallWindow, look: { practice: boolean }, preferences: Preferences): string
  isCounterPage(address: string): boolean
  isHallPage(window: HallWindow, address: string): boolean
}

/**
 * Prepares the sessions: in memory, because Chromium pages large blobs (previews of scans) of a kept session to the disk in the clear.
 * The price is that compiled code is not kept between starts. Those of the hall have no camera, and nothing of the counter's.
 */
export function preparePages({ places, leniency, environment, log, trouble, isCounter }: PagesParts): Pages {
  const counter = session.fromPartition('counter', { cache: false })
  hardenSession(session.defaultSession, leniency, log)
  hardenSession(counter, leniency, log, isCounter)
  const fatal = (nonce: string): string | null => {
    const now = trouble()
    return now === null ? null : fatalPage(now, nonce)
  }
  serveApp(counter, places.renderer, { made: new Map([[FATAL_ADDRESS.slice(ORIGIN.length + 1), fatal]]) }, 'counter')

  const made = new Map<HallWindow, Session>()
  const hall = (window: HallWindow): Session => {
    const known = made.get(window)
    if (known !== undefined) return known
    const own = session.fromPartition(`hall-${window}`, { cache: false })
    hardenSession(own, leniency, log)
    serveApp(own, places.renderer, { made: new Map() }, 'hall')
    made.set(window, own)
    return own
  }
  const server = leniency.packaged ? undefined : environment.ELECTRON_RENDERER_URL
  const modeOf = (practice: boolean): string => (practice ? 'practice' : 'work')
  const isOurs = (address: string): boolean => isOwnAddress(address) || [...leniency.developmentOrigins].some((origin) => address.startsWith(`${origin}/`))
  return {
    counter, hall,
    counterAddress: ({ practice, expects }, { theme, language, camera }) => {
      const query = new URLSearchParams({ mode: modeOf(practice), expects, theme, language, ...(camera !== null && { camera }) })
      return `${server ?? `${ORIGIN}/index.html`}?${query.toString()}`
    },
    hallAddress: (window, { practice }, { language }) => `${server ?? ORIGIN}/${window}/index.html?${new URLSearchParams({ window, mode: modeOf(practice), language }).toString()}`,
    isCounterPage: isOurs,
    isHallPage: (window, address) => isOurs(address) && new URL(address).pathname === `/${window}/index.html`,
  }
}
