import { AppError } from '@contract/errors'
import { createPages, type Pages } from '../pages'
import type { ThreadLimits } from '../pages/thread'

/** A pages thread that is there while it is used, and gives its memory back when nothing was asked for a while. */
export type KeptThread = Readonly<{
  /** @throws AppError QT-011 where the thread is not built, else what is asked throws */
  use<T>(act: (pages: Pages) => Promise<T>): Promise<T>
  close(): Promise<void>
}>

export const IDLE_MS = 60_000

/** @param idleMs milliseconds after the last answer */
export function keptThread(workerFile: URL | null, { idleMs = IDLE_MS, limits }: { idleMs?: number; limits?: ThreadLimits | undefined } = {}): KeptThread {
  let pages: Pages | null = null
  let using = 0
  const closing = new AbortController()
  const isClosed = (): boolean => closing.signal.aborted
  let idle: NodeJS.Timeout | undefined
  const stop = (): Promise<void> => {
    const old = pages
    pages = null
    return old?.close() ?? Promise.resolve()
  }
  return {
    use: async (act) => {
      if (isClosed()) throw new AppError('QT-012')
      if (!workerFile) throw new AppError('QT-011', { reason: 'no-thread' })
      clearTimeout(idle)
      using += 1
      try {
        return await act((pages ??= createPages({ workerFile, ...(limits && { limits }) })))
      } finally {
        using -= 1
        if (using === 0 && !isClosed()) idle = setTimeout(() => void stop(), idleMs).unref()
      }
    },
    close: () => {
      closing.abort()
      clearTimeout(idle)
      return stop()
    },
  }
}
