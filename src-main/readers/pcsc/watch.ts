import { readerErrors } from '@contract/errors/readers'
import type { ReaderTrouble } from '@contract/readers'
import { STATE, type Binding, type NativeContext, type NativeState } from './binding'
import { meaningOf } from './errors'
import { pause, type Timing } from './timing'

/** A slot as the service tells it. `state` holds the flags of SCARD_READERSTATE. */
export type Seen = Readonly<{ name: string; state: number; atr: Uint8Array | null }>

export type Watch = Readonly<{
  seen(): readonly Seen[]
  /** Why nothing can be seen; null while the service answers. */
  trouble(): ReaderTrouble | null
  close(): Promise<void>
}>

/** The pseudo reader that changes when readers come and go. */
const PLUGGED = '\\\\?PnP?\\Notification'

type Parts = Readonly<{ load: () => Binding | ReaderTrouble; timing: Timing; platform: NodeJS.Platform; changed: () => void }>

/**
 * Follows the readers of the PC/SC service. It waits on states alone and never holds a card, so it is in nobody's way. When the
 * service ends, it looks for the new one with growing pauses. One connection for this, because a waiting one is locked.
 */
export function watch({ load, timing, platform, changed }: Parts): Watch {
  const ended = new AbortController()
  const over = (): boolean => ended.signal.aborted
  let context: NativeContext | null = null
  let seen: readonly Seen[] = []
  let trouble: ReaderTrouble | null = null
  let told = ''

  const tell = (next: readonly Seen[], problem: ReaderTrouble | null): boolean => {
    seen = next
    trouble = problem
    const now = JSON.stringify([seen.map(({ name, state, atr }) => [name, state, atr ? Array.from(atr) : null]), trouble])
    if (now === told) return false
    told = now
    if (!over()) changed()
    return true
  }

  /** One connection to the service, until it is lost or the watch is closed. */
  const follow = async (open: NativeContext, reached: () => void): Promise<void> => {
    let plugged = 0
    while (!over()) {
      const list = open.listReaders().map(({ name, state, atr }) => ({ name, state: state & ~STATE.changed, atr: atr ? Uint8Array.from(atr) : null }))
      const news = tell(list.filter(({ state }) => (state & (STATE.unknown | STATE.unavailable)) === 0), null)
      reached()
      if (!news) await pause(timing.pause, ended.signal)
      if (over()) return
      const known: NativeState[] = [...list.map(({ name, state }) => ({ name, state })), { name: PLUGGED, state: plugged }]
      const states = await open.waitForChange(known, timing.look)
      plugged = (states?.find(({ name }) => name === PLUGGED)?.state ?? plugged) & ~STATE.changed
    }
  }

  const run = async (): Promise<void> => {
    for (let failures = 0; !over(); failures += 1) {
      const binding = load()
      let problem: ReaderTrouble | null = null
      if ('code' in binding) problem = binding
      else {
        try {
          context = binding.openContext()
          await follow(context, () => { failures = 0 })
        } catch (error) {
          problem = troubleOf(error, platform)
        }
        shut(context)
        context = null
      }
      if (problem) tell([], problem)
      // A part that is missing does not come while the program runs.
      if (problem?.code === readerErrors.nativeMissing) return
      await pause(timing.retry[Math.min(failures, timing.retry.length - 1)] ?? 1000, ended.signal)
    }
  }

  const running = run()
  return {
    seen: () => seen,
    trouble: () => trouble,
    close: async () => {
      ended.abort()
      try {
        context?.cancel()
      } catch {
        // The wait ends by its own time.
      }
      await running
      seen = []
    },
  }
}

function shut(context: NativeContext | null): void {
  try {
    context?.close()
  } catch {
    // It was void already.
  }
}

/** Windows runs the service only while a reader is plugged in: without one, "not running" means that there is none. */
function troubleOf(error: unknown, platform: NodeJS.Platform): ReaderTrouble {
  const none = platform === 'win32' && meaningOf(error) === 'service'
  return { kind: 'pcsc', code: none ? readerErrors.noReader : readerErrors.serviceMissing, params: {} }
}
