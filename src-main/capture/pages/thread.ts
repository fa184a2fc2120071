import { Worker } from 'node:worker_threads'
import { AppError } from '@contract/errors'
import type { Thumbnail } from './process'
import type { Answer, Question, Result } from './worker-protocol'

export type Progress = (thumbnail: Thumbnail) => void

type Job = Readonly<{ question: Question; progress: Progress; resolve: (result: Result) => void; reject: (error: unknown) => void; signal: AbortSignal | null }>
type Running = Readonly<{ id: number; job: Job; timer: NodeJS.Timeout }>

export type Thread = Readonly<{
  /**
   * Puts a question; questions are answered one at a time, in order.
   * @throws AppError as the pages' functions do; QT-010 when the time limit passed; QT-011 when the thread ended over it; QT-012 when the signal came
   */
  ask(question: Question, options?: { progress?: Progress; signal?: AbortSignal }): Promise<Result>
  close(): Promise<void>
}>

export type ThreadLimits = Readonly<{
  /** Milliseconds a question may take. */
  timeMs: number
  /** Megabytes of JavaScript objects; pixels lie beside them. */
  heapMb: number
  /** Pixels of a picture after which the thread is replaced: what a large one took comes back late otherwise, or not at all. */
  keptPixels: number
}>

export const THREAD_LIMITS: ThreadLimits = { timeMs: 60_000, heapMb: 256, keptPixels: 40_000_000 }

/** Bytes that lie alone in their buffer go over to the thread; others are copied. */
function givenBy(question: Question): ArrayBuffer[] {
  const bytes = 'picture' in question && 'bytes' in question.picture.source ? question.picture.source.bytes : null
  return bytes?.buffer instanceof ArrayBuffer && bytes.buffer.byteLength === bytes.byteLength ? [bytes.buffer] : []
}

/** What one answer means for the question that waits. */
function settle({ resolve, reject }: Job, answer: Exclude<Answer, { kind: 'thumbnail' }>): void {
  if (answer.kind === 'refused') reject(new AppError(answer.code, answer.params))
  else if (answer.kind === 'failed') reject(new AppError('QT-011', { reason: 'defect' }, { cause: new Error(answer.message) }))
  else resolve(answer)
}

/**
 * The pages thread: started with the first question, replaced when it hangs (time limit), crashes or has grown too large. It does not
 * keep the process alive while nothing is asked.
 */
export function startThread(file: URL, limits: ThreadLimits = THREAD_LIMITS): Thread {
  const queue: Job[] = []
  let worker: Worker | null = null
  let running: Running | null = null
  let closed = false
  let next = 1

  const drop = (): Promise<unknown> => {
    const old = worker
    worker = null
    old?.removeAllListeners()
    old?.on('error', () => undefined)
    return old?.terminate() ?? Promise.resolve()
  }
  const finish = (id: number): Job | null => {
    if (running?.id !== id) return null
    const { job, timer } = running
    clearTimeout(timer)
    running = null
    return job
  }
  const fail = (id: number, error: AppError): void => {
    const job = finish(id)
    if (!job) return
    void drop()
    job.reject(error)
    advance()
  }
  const heard = (answer: Answer): void => {
    if (answer.kind === 'thumbnail') {
      if (running?.id === answer.id) running.job.progress(answer.thumbnail)
      return
    }
    const job = finish(answer.id)
    if (!job) return
    settle(job, answer)
    if ('pixels' in answer && answer.pixels > limits.keptPixels) void drop()
    advance()
  }
  const start = (): Worker => {
    const fresh = new Worker(file, { resourceLimits: { maxOldGenerationSizeMb: limits.heapMb } })
    const ended = (cause?: unknown): void => {
      if (worker !== fresh) return
      worker = null
      if (running) fail(running.id, new AppError('QT-011', { reason: 'thread' }, { cause }))
    }
    fresh.on('message', heard)
    fresh.on('error', ended)
    fresh.on('exit', () => ended())
    return fresh
  }
  const advance = (): void => {
    if (running || closed) return
    const job = queue.shift()
    if (!job) return worker?.unref()
    worker ??= start()
    worker.ref()
    const id = next++
    running = { id, job, timer: setTimeout(() => fail(id, new AppError('QT-010')), limits.timeMs) }
    job.signal?.addEventListener('abort', () => fail(id, new AppError('QT-012')), { once: true })
    worker.postMessage({ id, ...job.question }, givenBy(job.question))
  }
  return {
    ask: (question, { progress = () => undefined, signal } = {}) =>
      new Promise((resolve, reject) => {
        if (closed || signal?.aborted === true) return reject(new AppError('QT-012'))
        const job: Job = { question, progress, resolve, reject, signal: signal ?? null }
        signal?.addEventListener('abort', () => {
          const at = queue.indexOf(job)
          if (at < 0) return
          queue.splice(at, 1)
          reject(new AppError('QT-012'))
        }, { once: true })
        queue.push(job)
        advance()
      }),
    close: async () => {
      closed = true
      for (const job of [...queue.splice(0), ...(running ? [running.job] : [])]) job.reject(new AppError('QT-012'))
      if (running) clearTimeout(running.timer)
      running = null
      await drop()
    },
  }
}
