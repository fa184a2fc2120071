import { UPLOAD_CHUNK } from '@contract/calls-intake'
import type { DraftId, UploadId } from '@contract/ids'
import { USUAL_WISHES } from '@contract/pages'
import { api, type Problem, problemOf } from '../app/api'
import { type InOrder, sideBySide, UPLOADS_AT_ONCE } from './side-by-side'

export type Upload = Readonly<{
  key: number
  component: string
  name: string
  size: number
  /** Bytes that the core has accepted. */
  done: number
  state: 'waiting' | 'sending' | 'refused'
  problem: Problem | null
}>

/** From which byte to which (not included) each step of an upload goes. */
export function chunksOf(size: number, from = 0, step = UPLOAD_CHUNK): readonly (readonly [number, number])[] {
  const count = Math.max(0, Math.ceil((size - from) / step))
  return Array.from({ length: count }, (_none, index) => [from + index * step, Math.min(size, from + (index + 1) * step)] as const)
}

type Send = (draftId: DraftId, component: string, file: File, onDone: (bytes: number) => void, signal: AbortSignal, inOrder: InOrder) => Promise<void>

/** True for a picture, by its first bytes: pictures become pages, everything else stays a file (or is refused by the core). */
export async function isPicture(file: Blob): Promise<boolean> {
  const head = new Uint8Array(await file.slice(0, 4).arrayBuffer())
  const text = String.fromCharCode(...head)
  return (head[0] === 0xff && head[1] === 0xd8) || text === '\u0089PNG' || text.startsWith('II*') || text.startsWith('MM\u0000*')
}

/** Sends the bytes of an upload that was begun, piece by piece. */
export async function sendBytes(uploadId: UploadId, bytes: Blob, onDone: (bytes: number) => void = () => undefined, signal?: AbortSignal): Promise<void> {
  for (const [from, to] of chunksOf(bytes.size)) {
    signal?.throwIfAborted()
    // Read here: a file that can no longer be read fails now and by name, not somewhere in the transport.
    const piece = new Blob([await bytes.slice(from, to).arrayBuffer()])
    const { offset } = await api.documents.append({ uploadId, offset: from, bytes: piece })
    onDone(offset)
  }
}

/** Sends one file piece by piece; each piece counts once the core has taken it. Throws what the core refused it with. */
export const sendFile: Send = async (draftId, component, file, onDone, signal, inOrder) => {
  const picture = await isPicture(file)
  const about = { draftId, component, name: file.name, size: file.size }
  const { uploadId } = await (picture ? api.pages.begin({ ...about, origin: 'import', wishes: USUAL_WISHES }) : api.documents.begin(about))
  try {
    await sendBytes(uploadId, file, onDone, signal)
    // Pages lie in the order in which they were dropped, whichever is sent first.
    await inOrder(async () => {
      signal.throwIfAborted()
      await (picture ? api.pages.finish({ uploadId }) : api.documents.finish({ uploadId }))
    })
  } catch (error) {
    // A refused upload is already gone; a given-up one must be told.
    if (signal.aborted) await api.documents.abort({ uploadId }).catch(() => undefined)
    throw error
  }
}

export type UploadQueue = Readonly<{
  get(): readonly Upload[]
  subscribe(changed: () => void): () => void
  add(component: string, files: readonly File[]): void
  /** Gives a file up, or takes a refused one off the list. */
  cancel(key: number): void
}>

/** Takes files in, several side by side. A refused one stays on the list with its reason; the others go on. */
export function createUploadQueue(draftId: DraftId, onTaken: () => Promise<void>, send: Send = sendFile): UploadQueue {
  let list: readonly Upload[] = []
  let lastKey = 0
  const atOnce = sideBySide(UPLOADS_AT_ONCE)
  const given = new Map<number, AbortController>()
  const listeners = new Set<() => void>()
  const set = (next: readonly Upload[]): void => {
    list = next
    listeners.forEach((listener) => listener())
  }
  const change = (key: number, part: Partial<Upload>): void => set(list.map((upload) => (upload.key === key ? { ...upload, ...part } : upload)))
  const drop = (key: number): void => {
    given.delete(key)
    set(list.filter((upload) => upload.key !== key))
  }
  const take = async (key: number, component: string, file: File, signal: AbortSignal, inOrder: InOrder): Promise<void> => {
    const givenUp = (): boolean => signal.aborted
    if (givenUp()) return
    change(key, { state: 'sending' })
    try {
      await send(draftId, component, file, (done) => change(key, { done }), signal, inOrder)
      await onTaken()
      drop(key)
    } catch (error) {
      if (givenUp()) drop(key)
      else change(key, { state: 'refused', problem: problemOf(error) })
    }
  }
  return {
    get: () => list,
    subscribe: (changed) => {
      listeners.add(changed)
      return () => void listeners.delete(changed)
    },
    add: (component, files) => {
      for (const file of files) {
        const key = (lastKey += 1)
        const controller = new AbortController()
        given.set(key, controller)
        set([...list, { key, component, name: file.name, size: file.size, done: 0, state: 'waiting', problem: null }])
        void atOnce((inOrder) => take(key, component, file, controller.signal, inOrder))
      }
    },
    cancel: (key) => {
      given.get(key)?.abort()
      if (list.find((upload) => upload.key === key)?.state !== 'sending') drop(key)
    },
  }
}
