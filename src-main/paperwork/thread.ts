import { Worker } from 'node:worker_threads'
import { AppError } from '@contract/errors'
import type { Answer, Made, Question } from './worker-protocol'

interface Waiting {
  resolve(made: Made[keyof Made]): void
  reject(error: unknown): void
}

/** Says that the thread itself ended, not that the question was wrong: the caller may answer in another way. */
export class ThreadGone extends Error {}

export interface Thread {
  /** What was asked for. @throws AppError as the renderer does; ThreadGone when the thread ended. */
  ask<Asked extends Question>(question: Asked): Promise<Made[Asked['kind']]>
  close(): Promise<void>
}

function settle(waiting: Waiting, answer: Answer): void {
  if (answer.kind === 'refused') waiting.reject(new AppError(answer.code, answer.params))
  else if (answer.kind === 'failed') waiting.reject(new Error(answer.message))
  else waiting.resolve(answer.made)
}

/** Starts the paperwork thread. It does not keep the process alive while nothing is asked. */
export function startThread(file: URL, resourcesFolder: string): Thread {
  const worker = new Worker(file, { workerData: { resourcesFolder } })
  const waiting = new Map<number, Waiting>()
  let next = 1
  let gone = false
  worker.unref()
  worker.on('message', (answer: Answer) => {
    const one = waiting.get(answer.id)
    waiting.delete(answer.id)
    if (waiting.size === 0) worker.unref()
    if (one) settle(one, answer)
  })
  const end = (cause?: unknown): void => {
    gone = true
    for (const one of waiting.values()) one.reject(new ThreadGone('paperwork thread ended', { cause }))
    waiting.clear()
  }
  worker.on('error', end)
  worker.on('exit', () => end())
  return {
    ask: <Asked extends Question>(question: Asked) =>
      new Promise<Made[Asked['kind']]>((resolve, reject) => {
        if (gone) return reject(new ThreadGone('paperwork thread ended'))
        const id = next++
        // A question is answered with what it asks for, or refused.
        waiting.set(id, { resolve: (made) => resolve(made as Made[Asked['kind']]), reject })
        worker.ref()
        worker.postMessage({ id, ...question })
      }),
    close: async () => {
      await worker.terminate()
    },
  }
}
