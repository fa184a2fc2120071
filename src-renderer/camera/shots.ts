import type { DraftId, PageId } from '@contract/ids'
import { USUAL_WISHES } from '@contract/pages'
import { api, type Problem, problemOf } from '../app/api'
import { sendBytes } from '../intake/uploads'

/** A picture on its way into the core. It is let go when the core has it in its encrypted store. */
export type Shot = Readonly<{
  key: number
  component: string
  jpeg: Blob
  /** The page that this one is taken for anew; it is taken off when this one is safe. */
  replaces: PageId | null
  state: 'sending' | 'refused'
  problem: Problem | null
  safe: () => void
}>

export type SendShot = (draftId: DraftId, shot: Shot) => Promise<void>

/**
 * Sends a picture. The corners are left to be found in all its pixels: three times as exact as in the small frame whose outline is
 * drawn on the screen, and right also when the paper moved a little since.
 */
export const sendShot: SendShot = async (draftId, { component, jpeg, replaces, key }) => {
  const { uploadId } = await api.pages.begin({ draftId, component, name: `camera-${String(key)}.jpg`, size: jpeg.size, origin: 'camera', wishes: USUAL_WISHES })
  await sendBytes(uploadId, jpeg)
  await api.pages.finish({ uploadId })
  // Both pages stay when this is refused: the officer sees them and takes one off.
  if (replaces !== null) await api.pages.keep({ draftId, pageIds: [replaces], kept: false }).catch(() => undefined)
}

export type Shots = Readonly<{
  get(): readonly Shot[]
  subscribe(changed: () => void): () => void
  /** `safe` is called when the core has the picture in its store. */
  add(component: string, jpeg: Blob, replaces: PageId | null, safe: () => void): void
  /** Sends a refused picture once more. */
  again(key: number): void
  /** Lets a refused picture go for good. */
  drop(key: number): void
}>

/** Pictures go into the core one after the other, so that pages keep their order. A refused one stays, with its reason. */
export function createShots(draftId: DraftId, send: SendShot = sendShot): Shots {
  let list: readonly Shot[] = []
  let last = 0
  let queue = Promise.resolve()
  const listeners = new Set<() => void>()
  const set = (next: readonly Shot[]): void => {
    list = next
    listeners.forEach((listener) => listener())
  }
  const change = (key: number, part: Partial<Shot>): void => set(list.map((shot) => (shot.key === key ? { ...shot, ...part } : shot)))
  const drop = (key: number): void => set(list.filter((shot) => shot.key !== key))
  const go = (shot: Shot): void => {
    queue = queue.then(async () => {
      try {
        await send(draftId, shot)
        drop(shot.key)
        shot.safe()
      } catch (error) {
        change(shot.key, { state: 'refused', problem: problemOf(error) })
      }
    })
  }
  return {
    get: () => list,
    subscribe: (changed) => {
      listeners.add(changed)
      return () => void listeners.delete(changed)
    },
    add: (component, jpeg, replaces, safe) => {
      last += 1
      const shot: Shot = { key: last, component, jpeg, replaces, state: 'sending', problem: null, safe }
      set([...list, shot])
      go(shot)
    },
    again: (key) => {
      const shot = list.find((other) => other.key === key && other.state === 'refused')
      if (!shot) return
      change(key, { state: 'sending', problem: null })
      go(shot)
    },
    drop,
  }
}
