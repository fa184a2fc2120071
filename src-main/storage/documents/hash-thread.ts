import { Worker } from 'node:worker_threads'
import { AppError, ERRORS } from '@contract/errors'
import { hashHere, type Hashing } from './hashing'
import type { Log } from '../ports'

/** `bytes: null` gives the hash up. */
export type HashAsk = Readonly<{ id: number; of: number; bytes: Uint8Array | null; last: boolean }>
/** `id: 0` says that the thread is there. */
export type HashAnswer = Readonly<{ id: number; sha256: string | null }>

/** Documents below this size, in bytes, are hashed sooner than handed over. */
const WORTH_IT = 128 * 1024
/** The thread goes when nothing was taken in for this long, and gives its memory back. */
const IDLE_MS = 5 * 60_000

type Waiting = Readonly<{ resolve(sha256: string | null): void; reject(error: unknown): void }>
type Link = { readonly worker: Worker; readonly waiting: Map<number, Waiting>; ready: boolean; gone: boolean }

export type HashThread = Readonly<{
  /** Hashes a new document: beside the event loop once the thread is there, else on it. */
  begin(size: number): Hashing
}>

const dead = (cause?: unknown): AppError => new AppError(ERRORS.storage.unexpected, { detail: 'hash thread' }, cause === undefined ? {} : { cause })

/** Bytes that nothing else lies beside can be given away; others are copied. */
function giveable(bytes: Uint8Array): Uint8Array<ArrayBuffer> {
  const { buffer } = bytes
  return buffer instanceof ArrayBuffer && buffer.byteLength === bytes.byteLength ? new Uint8Array(buffer) : new Uint8Array(bytes)
}

/** A thread that hashes, started by the first document that is worth it. Without its file, or when it cannot start, all is hashed here. */
export function createHashThread(file: URL | undefined, log: Log, idleMs = IDLE_MS): HashThread {
  let link: Link | undefined
  let broken = file === undefined
  let idle: NodeJS.Timeout | undefined
  let lastId = 0
  let lastDocument = 0

  const end = (ended: Link, cause?: unknown): void => {
    if (ended.gone) return
    ended.gone = true
    if (link === ended) link = undefined
    // One that never got there would not the next time either.
    if (!ended.ready) broken = true
    log('documents.hash-thread-ended', { waiting: ended.waiting.size, ready: ended.ready })
    for (const one of ended.waiting.values()) one.reject(dead(cause))
    ended.waiting.clear()
  }
  const start = (from: URL): Link => {
    const worker = new Worker(from)
    const made: Link = { worker, waiting: new Map(), ready: false, gone: false }
    worker.on('message', ({ id, sha256 }: HashAnswer) => {
      made.ready = true
      made.waiting.get(id)?.resolve(sha256)
      made.waiting.delete(id)
      if (made.waiting.size === 0) worker.unref()
    })
    worker.on('error', (error) => end(made, error))
    worker.on('exit', () => end(made))
    // It does not keep the process alive while nothing is asked.
    worker.unref()
    return made
  }
  const stop = (): void => {
    if (!link || link.waiting.size > 0) return
    const { worker } = link
    link.gone = true
    link = undefined
    void worker.terminate()
  }
  const reach = (): Link | undefined => {
    if (!file || broken) return undefined
    link ??= start(file)
    clearTimeout(idle)
    idle = setTimeout(stop, idleMs).unref()
    return link.ready ? link : undefined
  }
  const ask = (to: Link, of: number, bytes: Uint8Array | null, last: boolean): Promise<string | null> => new Promise((resolve, reject) => {
    if (to.gone) return reject(dead())
    const id = (lastId += 1)
    const given = bytes && giveable(bytes)
    to.worker.postMessage({ id, of, bytes: given, last } satisfies HashAsk, given ? [given.buffer] : [])
    to.waiting.set(id, { resolve, reject })
    to.worker.ref()
  })

  return {
    begin: (size) => {
      const to = size < WORTH_IT ? undefined : reach()
      if (!to) return hashHere()
      const of = (lastDocument += 1)
      let left = size
      let digest: Promise<string | null> = Promise.resolve(null)
      return {
        update: async (bytes) => {
          if (bytes.length === 0) return
          if (bytes.length > left) throw new Error('more bytes than the document has')
          left -= bytes.length
          digest = ask(to, of, bytes, left === 0)
          await digest
        },
        digest: async () => (await digest) ?? Promise.reject(new Error('the document is not whole')),
        drop: () => {
          if (left > 0 && !to.gone) ask(to, of, null, true).catch(() => undefined)
        },
      }
    },
  }
}
