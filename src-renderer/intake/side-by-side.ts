/** Asks for something when all tasks given before have asked for theirs, or have ended without. */
export type InOrder = <T>(ask: () => Promise<T>) => Promise<T>

/** Files that are sent at once: what a dossier usually has, and no more than so many pieces of 1 MiB in memory. */
export const UPLOADS_AT_ONCE = 6

/** Runs at most `limit` tasks at once, begun in the order in which they are given. */
export function sideBySide(limit: number): <T>(task: (inOrder: InOrder) => Promise<T>) => Promise<T> {
  const waiting: (() => void)[] = []
  let running = 0
  let asked: Promise<unknown> = Promise.resolve()

  return async (task) => {
    const turn = asked
    let passOn = (): void => undefined
    asked = Promise.all([turn, new Promise<void>((resolve) => { passOn = resolve })])
    if (running < limit) running += 1
    else await new Promise<void>((resolve) => waiting.push(resolve))
    try {
      return await task(async (ask) => {
        await turn
        const answer = ask()
        passOn()
        return answer
      })
    } finally {
      passOn()
      const next = waiting.shift()
      if (next) next()
      else running -= 1
    }
  }
}
