import { z } from 'zod'
import type { HallWindow } from './hall'

export { CONNECT_CHANNEL, PORT_MESSAGE } from './bridge-names'

/** How the core is, as far as the window must know. `failed` is followed by the shell's own page. */
export const CoreState = z.enum(['starting', 'ready', 'restarting', 'failed'])
export type CoreState = z.infer<typeof CoreState>

export const Theme = z.enum(['system', 'light', 'dark'])
export type Theme = z.infer<typeof Theme>
export const Language = z.enum(['vi', 'en'])
export type Language = z.infer<typeof Language>

/** `locked`: data that only an officer's secret opens. */
export type Expected = 'locked' | 'practice' | 'anything'

/** Bridge → shell, on the bridge's port. */
export const ToShell = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('connect') }),
  z.object({ kind: z.literal('toggle-practice') }),
  z.object({ kind: z.literal('prefer'), theme: Theme.optional(), language: Language.optional(), zoom: z.number().int().min(80).max(200).optional(), camera: z.string().max(300).optional() }),
  z.object({ kind: z.literal('covered'), covered: z.boolean() }),
])
export type ToShell = z.infer<typeof ToShell>

/** Shell → bridge. `core-port` carries the port on which the core answers the contract. */
export type FromShell = { kind: 'core-state'; state: CoreState } | { kind: 'core-port' }

/** What a page finds as `window.motcua`. */
export interface Bridge {
  /** Asks for a port to the core. It arrives as a window message `{ kind: PORT_MESSAGE }` with one port; again, unasked, after each restart of the core. */
  connect(): void
  /** Calls back at once with the last known state, then at each change. Returns how to stop. */
  onCoreState(listener: (state: CoreState) => void): () => void
  /** Asks the shell to change between practice and work; the page is loaded anew. Ask the user before. */
  togglePractice(): void
  /**
   * Remembers theme, language, zoom (per cent) or the camera's name for the next start; the theme acts at once through `prefers-color-scheme`, the zoom as
   * the window's own, so that the layout rules for narrow windows hold.
   */
  prefer(choice: { theme?: Theme; language?: Language; zoom?: number; camera?: string }): void
  /** Says whether only the sign-in or the lock screen is to be seen. A window that had to be hidden is shown again only then. */
  covered(covered: boolean): void
  readonly practice: boolean
  /** What the files of the data let the shell foresee before the core has looked; the core's own answer counts. */
  readonly expects: Expected
  readonly theme: Theme
  readonly language: Language
  /** Name of the document camera used last, as it was at the start. */
  readonly camera: string | null
  readonly platform: string
  readonly versions: Readonly<{ electron: string; chrome: string; node: string }>
}

/** What a page of the hall finds as `window.motcuaHall`: its port to the core, and how it is to look. */
export interface HallBridge {
  /** As the counter's: asks for a port, which arrives as a window message, again after each restart of the core. On it only this window's contract is answered. */
  connect(): void
  /** Calls back at once with the last known state, then at each change. Returns how to stop. */
  onCoreState(listener: (state: CoreState) => void): () => void
  readonly window: HallWindow
  readonly practice: boolean
  readonly language: Language
}

declare global {
  interface Window {
    /** The officer's page; absent when it runs outside the app's window. */
    readonly motcua?: Bridge
    /** A page of the hall. */
    readonly motcuaHall?: HallBridge
  }
}
