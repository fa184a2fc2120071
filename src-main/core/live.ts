import type { LiveEvent } from '@contract/calls-live'

/** Tells every window that something changed. Holds no data: a listener asks again for what it shows. */
export type Live = Readonly<{
  emit(event: LiveEvent): void
  /** Events from now on, until the signal ends. A slow reader misses nothing that still matters: equal events collapse. */
  listen(signal: AbortSignal | undefined): AsyncGenerator<LiveEvent>
}>

type Listener = Readonly<{ push(event: LiveEvent): void }>

/** Creates the bus between the modules and the windows. */
export function createLive(): Live {
  const listeners = new Set<Listener>()
  return {
    emit: (event) => listeners.forEach((listener) => listener.push(event)),
    async *listen(signal) {
      const waiting = new Map<string, LiveEvent>()
      let wake = (): void => undefined
      const listener: Listener = {
        push: (event) => {
          waiting.set(JSON.stringify(event), event)
          wake()
        },
      }
      const stop = (): void => wake()
      listeners.add(listener)
      signal?.addEventListener('abort', stop)
      try {
        while (signal?.aborted !== true) {
          if (waiting.size === 0) await new Promise<void>((resolve) => { wake = resolve })
          const batch = [...waiting.values()]
          waiting.clear()
          yield* batch
        }
      } finally {
        listeners.delete(listener)
        signal?.removeEventListener('abort', stop)
      }
    },
  }
}
