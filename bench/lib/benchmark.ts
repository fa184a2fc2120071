import type { Figure } from './result'

/** One subject that is measured; gives one figure or several. */
export type Benchmark = Readonly<{
  name: string
  /** @param progress is told how many rounds are done */
  run(progress: (done: number) => void): Promise<Figure[]>
}>
