import { Worker } from 'node:worker_threads'
import { cancelled, engineFailed } from './failures'
import { LANGUAGE } from './settings'
import type { Engine, Job } from './types'
import type { ReadAnswer, ReadAsk } from './worker-protocol'

/** When a thread is replaced, so that its memory goes back: WebAssembly memory never shrinks. */
export const THREAD_LIMITS = { pages: 100, bytes: 256 * 1024 * 1024, idleMs: 2 * 60_000, heapMb: 128 } as const

type Waiting = Readonly<{ id: number; resolve: (answer: ReadAnswer) => void; reject: (error: unknown) => void }>
/** Asked one question at a time. */
type Thread = { readonly worker: Worker; waiting: Waiting | null; pages: number; gone: boolean }

export type PackagedEngineDeps = Readonly<{
  /** The bundled `ocr-worker.ts`. */
  workerFile: URL
  idleMs?: number
  pagesAThread?: number
}>

function startThread(file: URL, ended: (thread: Thread) => void): Thread {
  const worker = new Worker(file, { resourceLimits: { maxOldGenerationSizeMb: THREAD_LIMITS.heapMb }, stdout: true, stderr: true })
  const thread: Thread = { worker, waiting: null, pages: 0, gone: false }
  // What the core prints is dropped: it may hold words of a page.
  worker.stdout.resume()
  worker.stderr.resume()
  const end = (cause?: unknown): void => {
    if (thread.gone) return
    thread.gone = true
    ended(thread)
    thread.waiting?.reject(engineFailed('thread-ended', cause))
    thread.waiting = null
  }
  worker.on('message', (answer: ReadAnswer) => {
    if (thread.waiting?.id !== answer.id) return
    const { resolve } = thread.waiting
    thread.waiting = null
    worker.unref()
    resolve(answer)
  })
  worker.on('error', end)
  worker.on('exit', () => end())
  // It does not keep the process alive while nothing is asked.
  worker.unref()
  return thread
}

/** Tesseract's own WebAssembly build with the Vietnamese data of the package, in a thread that is ended when it hangs. */
export function createPackagedEngine({ workerFile, idleMs = THREAD_LIMITS.idleMs, pagesAThread = THREAD_LIMITS.pages }: PackagedEngineDeps): Engine {
  let current: Thread | null = null
  let idle: NodeJS.Timeout | undefined
  let lastId = 0

  const drop = async (thread: Thread): Promise<void> => {
    if (current === thread) current = null
    thread.gone = true
    await thread.worker.terminate()
  }
  const restLater = (): void => {
    clearTimeout(idle)
    idle = setTimeout(() => void (current?.waiting === null && drop(current)), idleMs).unref()
  }

  async function ask(job: Job | null, signal?: AbortSignal): Promise<ReadAnswer> {
    clearTimeout(idle)
    const thread = (current ??= startThread(workerFile, (ended) => {
      if (current === ended) current = null
    }))
    const id = (lastId += 1)
    let stop = (): void => undefined
    try {
      return await new Promise<ReadAnswer>((resolve, reject) => {
        stop = () => {
          thread.waiting = null
          void drop(thread)
          reject(cancelled())
        }
        if (signal?.aborted === true) return reject(cancelled())
        signal?.addEventListener('abort', stop, { once: true })
        thread.waiting = { id, resolve, reject }
        thread.worker.ref()
        const { buffer } = job?.picture ?? {}
        thread.worker.postMessage({ id, job } satisfies ReadAsk, buffer instanceof ArrayBuffer && buffer.byteLength === job?.picture.byteLength ? [buffer] : [])
      })
    } finally {
      signal?.removeEventListener('abort', stop)
      restLater()
    }
  }

  async function recognise(job: Job, signal: AbortSignal): Promise<string> {
    const answer = await ask(job, signal)
    const thread = current
    if (answer.kind !== 'read') {
      if (thread) await drop(thread)
      throw engineFailed(answer.kind === 'failed' ? answer.reason : 'no-answer')
    }
    if (thread) {
      thread.pages += 1
      if (thread.pages >= pagesAThread || answer.memory > THREAD_LIMITS.bytes) await drop(thread)
    }
    return answer.tsv
  }

  return {
    name: 'packaged',
    language: () => LANGUAGE,
    recognise,
    warm: async () => {
      const answer = await ask(null)
      if (answer.kind === 'failed') throw engineFailed(answer.reason)
    },
    close: async () => {
      clearTimeout(idle)
      if (current) await drop(current)
    },
  }
}
