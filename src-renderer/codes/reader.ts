import type { CodeAnswer, CodeAsk, SeenCode } from './messages'

export type PictureReader = Readonly<{
  /**
   * The codes on a picture; none when it cannot be read. A bitmap is used up. `live`: a frame of the camera, one QR; it is not looked
   * at while another is (null), so that frames do not pile up.
   */
  read: (picture: ImageBitmap | ImageData, options?: Readonly<{ live?: boolean }>) => Promise<readonly SeenCode[] | null>
  close: () => void
}>
/** What a thread must do to be used as one; tests give their own. */
export type CodeThread = Readonly<{ post: (ask: CodeAsk) => void; end: () => void }>
export type StartThread = (heard: (answer: CodeAnswer) => void, broke: () => void) => CodeThread

const startWorker: StartThread = (heard, broke) => {
  const worker = new Worker(new URL('./zxing-worker.ts', import.meta.url), { type: 'module' })
  worker.onmessage = (event: MessageEvent<CodeAnswer>) => heard(event.data)
  worker.onerror = broke
  return { post: (ask) => worker.postMessage(ask, ask.picture instanceof ImageBitmap ? [ask.picture] : []), end: () => worker.terminate() }
}

/** Reads codes from pictures in a thread that starts with the first picture, and anew after it broke. `failed`: a picture could not be looked at at all. */
export function createPictureReader(start: StartThread = startWorker, failed: () => void = () => undefined): PictureReader {
  const waiting = new Map<number, (codes: readonly SeenCode[]) => void>()
  let thread: CodeThread | null = null
  let last = 0
  const end = (): void => {
    thread?.end()
    thread = null
    for (const done of [...waiting.values()]) done([])
    waiting.clear()
  }
  const heard = ({ id, codes, failed: unread }: CodeAnswer): void => {
    if (unread) failed()
    waiting.get(id)?.(codes)
    waiting.delete(id)
  }
  return {
    read: (picture, { live = false } = {}) => {
      if (live && waiting.size > 0) return Promise.resolve(null)
      thread ??= start(heard, () => {
        failed()
        end()
      })
      last += 1
      const id = last
      const answer = new Promise<readonly SeenCode[]>((resolve) => waiting.set(id, resolve))
      thread.post({ id, picture, live })
      return answer
    },
    close: end,
  }
}
