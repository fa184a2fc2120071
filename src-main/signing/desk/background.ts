import { asAppError, type Log } from '../../storage'

/** How often what waits for a moment is looked at, in milliseconds. */
export const EVERY_MS = 60_000
/** A little after what was asked for, so that several wishes are one. */
const SOON_MS = 200

/** Work that is done by itself, one thing after the other. */
export type Background = Readonly<{
  /** There may be something to do. */
  wake(): void
  /** When nothing is to be done any more; for tests and for whoever closes. */
  idle(): Promise<void>
  close(): Promise<void>
}>

/** @param step does one thing; answers whether there may be more */
export function createBackground({ step, log, everyMs = EVERY_MS, soonMs = SOON_MS }: Readonly<{ step(): Promise<boolean>; log: Log; everyMs?: number; soonMs?: number }>): Background {
  const isClosed = (): boolean => told.closed
  let running: Promise<void> | null = null
  const told = { again: false, closed: false }
  let soon: NodeJS.Timeout | undefined
  const run = async (): Promise<void> => {
    for (told.again = true; told.again;) {
      told.again = false
      while (!isClosed() && (await step()));
    }
  }
  const now = (): Promise<void> => {
    told.again = true
    running ??= run().catch((error: unknown) => log('signing.background-failed', { code: asAppError(error).code })).finally(() => { running = null })
    return running
  }
  const every = setInterval(() => void now(), everyMs).unref()
  return {
    wake: () => {
      if (told.closed) return
      clearTimeout(soon)
      soon = setTimeout(() => void now(), soonMs).unref()
    },
    idle: now,
    close: async () => {
      told.closed = true
      clearInterval(every)
      clearTimeout(soon)
      await running
    },
  }
}
