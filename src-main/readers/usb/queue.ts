/** Runs jobs one after the other, in the order in which they were given; a failed one does not stop the next. */
export type Queue = <T>(job: () => Promise<T>) => Promise<T>

export function createQueue(): Queue {
  let last: Promise<unknown> = Promise.resolve()
  return (job) => {
    const mine = last.then(job, job)
    last = mine.catch(() => undefined)
    return mine
  }
}
