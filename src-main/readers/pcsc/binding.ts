import { createRequire } from 'node:module'
import { readerErrors } from '@contract/errors/readers'
import type { ReaderTrouble } from '@contract/readers'

/** What we use of the native part of npm `smartcard` 3.7.0. Its errors carry a text and nothing else (`errors.ts`). */
export type NativeCard = {
  readonly protocol: number
  readonly atr: Buffer | null
  transmit(command: Buffer, options: { maxRecvLength: number }): Promise<Buffer>
  control(code: number, data: Buffer): Promise<Buffer>
  /** Blocks: only for leaving a card as it is. */
  disconnect(disposition: number): void
  reconnect(share: number, protocols: number, initialisation: number): Promise<number>
}
export type NativeReader = { readonly name: string; readonly state: number; readonly atr: Buffer | null; connect(share: number, protocols: number): Promise<NativeCard> }
export type NativeState = { readonly name: string; readonly state: number }
export type NativeContext = {
  listReaders(): NativeReader[]
  /** The new states; empty after the time, null when cancelled. Holds a thread of the pool while it waits. */
  waitForChange(known: readonly NativeState[], timeoutMs: number): Promise<NativeState[] | null>
  cancel(): void
  close(): void
}
/** Opens a connection to the PC/SC service. @throws Error with a text of `errors.ts` */
export type Binding = { openContext(): NativeContext }

/** Numbers of the PC/SC standard (part 5); the same in pcsc-lite and in Windows. */
export const SHARE_EXCLUSIVE = 1
export const PROTOCOL_T0 = 1
export const PROTOCOL_T1 = 2
export const LEAVE_CARD = 0
export const RESET_CARD = 1
export const STATE = { changed: 0x02, unknown: 0x04, unavailable: 0x08, present: 0x20, exclusive: 0x80, mute: 0x200 } as const

const trouble = (code: ReaderTrouble['code'], params: ReaderTrouble['params'] = {}): ReaderTrouble => ({ kind: 'pcsc', code, params })

/**
 * Loads the native part straight from its file. The package's own JavaScript is left aside: it looks for the file at one fixed
 * place inside node_modules, and its watcher holds every card, which is in the way of an exclusive connection (`eid.md` B).
 */
export function loadBinding(file: string | undefined): Binding | ReaderTrouble {
  if (file === undefined) return trouble(readerErrors.nativeMissing, { part: 'PC/SC' })
  try {
    const addon: unknown = createRequire(import.meta.url)(file)
    const Context: unknown = typeof addon === 'object' && addon !== null ? Reflect.get(addon, 'Context') : undefined
    if (typeof Context !== 'function') return trouble(readerErrors.nativeMissing, { part: 'PC/SC' })
    // The one place where the shape of the native class is taken on trust; the tests hold it to that.
    return { openContext: () => Reflect.construct(Context, []) as NativeContext }
  } catch (error) {
    // The file is there, but not the system's own client library, which comes with the service.
    const library = error instanceof Error && /libpcsclite/u.test(error.message)
    return library ? trouble(readerErrors.serviceMissing) : trouble(readerErrors.nativeMissing, { part: 'PC/SC' })
  }
}
