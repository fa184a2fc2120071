/** The most codes kept for a window that is slow: older ones are dropped, because nobody waits for them any more. */
const LATEST = 20

export type Feed<T> = Readonly<{
  push(item: T): void
  /** Items from now on, until the signal ends. A slow reader gets the latest only. */
  listen(signal: AbortSignal | undefined): AsyncGenerator<T, void, undefined>
}>

/** One source of items for several readers, each at its own pace. `open`: an item is neither kept nor handed on while this is false. */
export function createFeed<T>(open: () => boolean): Feed<T> {
  const listeners = new Set<(item: T) => void>()
  return {
    push: (item) => {
      if (open()) for (const listener of listeners) listener(item)
    },
    async *listen(signal) {
      let waiting: T[] = []
      let wake = (): void => undefined
      const hear = (item: T): void => {
        waiting = [...waiting, item].slice(-LATEST)
        wake()
      }
      const stop = (): void => wake()
      listeners.add(hear)
      signal?.addEventListener('abort', stop)
      try {
        while (signal?.aborted !== true) {
          const [next, ...rest] = waiting
          waiting = rest
          if (next === undefined) await new Promise<void>((resolve) => { wake = resolve })
          // What came before the screen was locked is nobody's business after it.
          else if (open()) yield next
        }
      } finally {
        listeners.delete(hear)
        signal?.removeEventListener('abort', stop)
      }
    },
  }
}
