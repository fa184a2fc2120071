import { AppError } from '@contract/errors'
import { captureErrors } from '@contract/errors/capture'
import { lstat, readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'

/** Milliseconds: between two looks, how long a file must lie still, and after which one that stays damaged is told of. */
export type WatchTiming = Readonly<{ look: number; still: number; damaged: number }>
export const WATCH_TIMING: WatchTiming = { look: 500, still: 1500, damaged: 20_000 }

type Sight = { size: number; changed: number; since: number; done: boolean }

const PAGE = /\.(?:jpe?g|png|tiff?|pdf|pnm|ppm|pgm|pbm)$/i
const HIDDEN = /^(?:\.|~|\$)/
const MOST_FILES = 5000

/** True for names that may be pages: no hidden files, none that a program is still writing under another name. */
export const mayBePage = (name: string): boolean => PAGE.test(name) && !HIDDEN.test(name)

/**
 * Gives the paths of files that appear in a folder from now on, each once its size and time have stood still. By looking, not by events:
 * folders on the network send none. Nothing in the folder is changed or deleted. Ends with the signal.
 * `take` answers whether the file is whole; one that is not is looked at again when it changes. @throws AppError QT-001 folder gone, QT-011 damaged for good
 */
export async function* watchFolder<T>(folder: string, take: (path: string) => Promise<T>, signal: AbortSignal, timing = WATCH_TIMING): AsyncGenerator<T, void, undefined> {
  const seen = new Map<string, Sight>()
  for (const [name, sight] of await look(folder)) seen.set(name, { ...sight, since: 0, done: true })
  while (!signal.aborted) {
    await wait(timing.look, undefined, { signal }).catch(() => undefined)
    const now = performance.now()
    const there = await look(folder)
    for (const name of [...seen.keys()]) if (!there.has(name)) seen.delete(name)
    const still = [...there].filter(([name, sight]) => isStill(seen, name, sight, now, timing.still)).sort(([one, a], [other, b]) => a.changed - b.changed || one.localeCompare(other))
    for (const [name] of still) {
      // A file in the making can lie still for a while: it is damaged only when it stays so.
      const taken = await take(join(folder, name)).catch((error: unknown) => waitOrThrow(error, seen.get(name), now, timing))
      if (taken === null) continue
      const sight = seen.get(name)
      if (sight) sight.done = true
      yield taken
      // Stopped in the middle: the next file is left for the next time.
      if (signal.aborted as boolean) return
    }
  }
}

function isStill(seen: Map<string, Sight>, name: string, { size, changed }: { size: number; changed: number }, now: number, still: number): boolean {
  const before = seen.get(name)
  if (before?.size !== size || before.changed !== changed) {
    seen.set(name, { size, changed, since: now, done: false })
    return false
  }
  return !before.done && size > 0 && now - before.since >= still
}

function waitOrThrow(error: unknown, sight: Sight | undefined, now: number, { damaged }: WatchTiming): null {
  const unfinished = error instanceof AppError && error.code === captureErrors.badImage
  if (unfinished && sight && now - sight.since < damaged) return null
  throw error
}

async function look(folder: string): Promise<Map<string, { size: number; changed: number }>> {
  const names = await readdir(folder).catch((error: unknown) => {
    throw new AppError(captureErrors.noDevice, {}, { cause: error })
  })
  const found = new Map<string, { size: number; changed: number }>()
  for (const name of names.filter(mayBePage).slice(0, MOST_FILES)) {
    const facts = await lstat(join(folder, name)).catch(() => null)
    if (facts?.isFile()) found.set(name, { size: facts.size, changed: facts.mtimeMs })
  }
  return found
}
