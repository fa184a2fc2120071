import { FRAME_SIDE } from './sight'
import type { FrameAnswer, FrameAsk, SmallFrame, WholeFrame } from './messages'

/** Longer side of the frames in which codes are looked for, in pixels: a card's code is then 3 pixels a module. */
const CODE_SIDE = 2592

/** The camera's frames, worked on in a thread of their own. Each is null when there is no picture, or when it could not be worked on. */
export type Frames = Readonly<{
  small(): Promise<SmallFrame | null>
  /** The sharpest of the next few frames in all its pixels. */
  whole(): Promise<WholeFrame | null>
  /** For the reader of codes; used up by it. */
  bitmap(): Promise<ImageBitmap | null>
  close(): void
}>

/** Frames of which the sharpest is kept, and how long the later ones are waited for, in milliseconds. */
const BEST_OF = 3
const NEXT_FRAME_MS = 120

const hasPicture = (video: HTMLVideoElement): boolean => video.readyState >= HTMLMediaElement.HAVE_CURRENT_DATA && video.videoWidth > 0

/** Resolves with the next picture, or after the time is over without one. */
function nextPicture(video: HTMLVideoElement): Promise<boolean> {
  return new Promise((resolve) => {
    const asked = video.requestVideoFrameCallback(() => {
      clearTimeout(timer)
      resolve(true)
    })
    const timer = setTimeout(() => {
      video.cancelVideoFrameCallback(asked)
      resolve(false)
    }, NEXT_FRAME_MS)
  })
}

async function nextFrames(video: HTMLVideoElement): Promise<VideoFrame[]> {
  const frames = [new VideoFrame(video)]
  while (frames.length < BEST_OF && (await nextPicture(video)) && hasPicture(video)) frames.push(new VideoFrame(video))
  return frames
}

const framesOf = (ask: FrameAsk): readonly VideoFrame[] => (ask.kind === 'whole' ? ask.frames : [ask.frame])

/** Starts the thread. A frame is only pointed at here: nothing of it is copied in the window's own thread. */
export function openFrames(video: HTMLVideoElement): Frames {
  const worker = new Worker(new URL('./frame-worker.ts', import.meta.url), { type: 'module' })
  const waiting = new Map<number, (answer: FrameAnswer) => void>()
  let last = 0
  const end = (): void => {
    for (const [id, done] of waiting) done({ id, kind: 'failed' })
    waiting.clear()
  }
  worker.onmessage = ({ data }: MessageEvent<FrameAnswer>) => {
    waiting.get(data.id)?.(data)
    waiting.delete(data.id)
  }
  worker.onerror = end
  const ask = async (make: (id: number) => FrameAsk): Promise<FrameAnswer> => {
    last += 1
    const id = last
    const asked = make(id)
    const answer = new Promise<FrameAnswer>((resolve) => waiting.set(id, resolve))
    worker.postMessage(asked, [...framesOf(asked)])
    return answer
  }
  return {
    small: async () => {
      if (!hasPicture(video)) return null
      const answer = await ask((id) => ({ id, kind: 'small', frame: new VideoFrame(video), side: FRAME_SIDE }))
      return answer.kind === 'small' ? answer : null
    },
    whole: async () => {
      if (!hasPicture(video)) return null
      const frames = await nextFrames(video)
      const answer = await ask((id) => ({ id, kind: 'whole', frames }))
      return answer.kind === 'whole' ? answer : null
    },
    bitmap: async () => {
      if (!hasPicture(video)) return null
      const answer = await ask((id) => ({ id, kind: 'bitmap', frame: new VideoFrame(video), side: CODE_SIDE }))
      return answer.kind === 'bitmap' ? answer.bitmap : null
    },
    close: () => {
      worker.terminate()
      end()
    },
  }
}
