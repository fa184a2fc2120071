import type { PrintJobId, QueueReport } from '@contract/printing'
import { standOf } from './rules'
import type { Stand } from './rows'

export type FollowDeps = Readonly<{
  ask(queueJob: string): Promise<QueueReport>
  note(id: PrintJobId, stand: Stand): void
  /** Before the nth time (ms); null: no more. */
  pause(asked: number): number | null
}>

/** Asks queues what became of jobs until they have ended. */
export type Follower = Readonly<{
  follow(id: PrintJobId, queueJob: string): void
  close(): void
}>

export function createFollower({ ask, note, pause }: FollowDeps): Follower {
  const timers = new Set<NodeJS.Timeout>()
  let closed = false

  function next(id: PrintJobId, queueJob: string, asked: number): void {
    const wait = pause(asked)
    if (wait === null || closed) return
    const timer = setTimeout(() => {
      timers.delete(timer)
      void look(id, queueJob, asked)
    }, wait).unref()
    timers.add(timer)
  }
  async function look(id: PrintJobId, queueJob: string, asked: number): Promise<void> {
    // A queue that does not answer is asked again: the spooler may be starting anew.
    const report = await ask(queueJob).catch((): QueueReport => ({ state: 'pending', reason: 'silent' }))
    if (closed) return
    note(id, standOf(report))
    if (report.state === 'pending') next(id, queueJob, asked + 1)
  }
  return {
    follow: (id, queueJob) => next(id, queueJob, 0),
    close: () => {
      closed = true
      for (const timer of timers) clearTimeout(timer)
      timers.clear()
    },
  }
}
