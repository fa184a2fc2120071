/** A queue between callbacks and an iteration: what is pushed comes out in order, then the end or the error. */
export type Channel<T> = Readonly<{
  push: (value: T) => void
  end: () => void
  fail: (error: unknown) => void
  values: () => AsyncGenerator<T, void, undefined>
}>

export function createChannel<T>(): Channel<T> {
  const waiting: T[] = []
  let over: { error: unknown } | 'end' | null = null
  let wake: (() => void) | null = null
  const stir = () => {
    wake?.()
    wake = null
  }
  return {
    push: (value) => {
      if (!over) waiting.push(value)
      stir()
    },
    end: () => {
      over ??= 'end'
      stir()
    },
    fail: (error) => {
      over ??= { error }
      stir()
    },
    values: async function* () {
      for (;;) {
        while (waiting.length > 0) yield waiting.shift() as T
        // What was set meanwhile is not seen by the compiler.
        const state = over
        if (state === 'end') return
        if (state) throw state.error
        await new Promise<void>((resolve) => {
          wake = resolve
        })
      }
    },
  }
}

/** Several streams as one, in the order of arrival. An error of one ends the whole. Leaving early returns the others. */
export async function* merge<T>(streams: readonly AsyncIterable<T>[]): AsyncGenerator<T, void, undefined> {
  const iterators = streams.map((stream) => stream[Symbol.asyncIterator]())
  const next = (at: number, iterator: AsyncIterator<T>) => iterator.next().then((result) => ({ at, iterator, result }))
  const pending = new Map(iterators.map((iterator, at) => [at, next(at, iterator)]))
  try {
    while (pending.size > 0) {
      const { at, iterator, result } = await Promise.race(pending.values())
      if (result.done) pending.delete(at)
      else {
        pending.set(at, next(at, iterator))
        yield result.value
      }
    }
  } finally {
    for (const [at, left] of pending) {
      void left.catch(() => undefined)
      void iterators[at]?.return?.().catch(() => undefined)
    }
  }
}
