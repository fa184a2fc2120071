import { AppError } from '@contract/errors'
import { captureErrors } from '@contract/errors/capture'

export type GuardOptions = Readonly<{
  /** Milliseconds without a word after which the driver is cut off (QT-010); null: it may be silent for ever. */
  silence: number | null
  /** Milliseconds for the whole; null: no end. */
  whole?: number | null
  /** Milliseconds that a driver has to end once it was told to. */
  grace: number
  signal: AbortSignal
}>

/** Iterates a driver that may hang: silence, the whole time and a stop that is not heard are cut off, and the driver is left to itself. */
export async function* guarded<T>(start: (signal: AbortSignal) => AsyncIterable<T>, { silence, whole = null, grace, signal }: GuardOptions): AsyncGenerator<T, void, undefined> {
  const stop = new AbortController()
  const all = AbortSignal.any([signal, stop.signal])
  const until = whole === null ? Infinity : performance.now() + whole
  const iterator = start(all)[Symbol.asyncIterator]()
  try {
    for (;;) {
      const left = Math.min(silence ?? Infinity, until - performance.now())
      const result = await within(iterator.next(), left, grace, signal)
      if (result.done) return
      yield result.value
    }
  } finally {
    stop.abort()
    await soon(iterator.return?.(), grace)
  }
}

/** A single answer under the same rules. */
export async function guardedAnswer<T>(ask: (signal: AbortSignal) => Promise<T>, whole: number, grace: number, signal: AbortSignal): Promise<T> {
  const stop = new AbortController()
  try {
    return await within(ask(AbortSignal.any([signal, stop.signal])), whole, grace, signal)
  } finally {
    stop.abort()
  }
}

function within<T>(work: Promise<T>, milliseconds: number, grace: number, signal: AbortSignal): Promise<T> {
  return new Promise((resolve, reject) => {
    const timers: NodeJS.Timeout[] = []
    const cancel = () => {
      timers.push(setTimeout(() => finish(() => reject(new AppError(captureErrors.cancelled))), grace))
    }
    const finish = (act: () => void) => {
      timers.forEach((timer) => clearTimeout(timer))
      signal.removeEventListener('abort', cancel)
      act()
    }
    if (Number.isFinite(milliseconds)) timers.push(setTimeout(() => finish(() => reject(new AppError(captureErrors.timeout))), Math.max(0, milliseconds)))
    if (signal.aborted) cancel()
    else signal.addEventListener('abort', cancel, { once: true })
    work.then((value) => finish(() => resolve(value)), (error: unknown) => finish(() => reject(error instanceof Error ? error : new Error('thrown', { cause: error }))))
  })
}

/** Waits for the end of something, but not for ever (milliseconds), and not for its errors. */
export async function soon(work: Promise<unknown> | undefined, milliseconds: number): Promise<void> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, milliseconds)
  })
  await Promise.race([work?.then(() => undefined, () => undefined), late])
  clearTimeout(timer)
}
