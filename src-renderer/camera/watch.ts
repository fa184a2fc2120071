import { api } from '../app/api'
import { createPictureReader } from '../codes/reader'
import { createEye, type Eye } from './eye'
import { type Frames, openFrames } from './frames'
import type { WholeFrame } from './messages'

export type Told = Readonly<{ onPage: (page: WholeFrame) => void; onCode: (text: string) => void }>
export type Size = Readonly<{ width: number; height: number }>

/** The eye on a picture of this window. */
export type Watch = Readonly<{
  eye: Eye
  /** Who is told, from now on. */
  tell(told: Told): void
  /** Shows a stream and watches it; `sized` is told how large its pictures are. @returns what ends it */
  show(video: HTMLVideoElement, stream: MediaStream, sized: (size: Size) => void): () => void
  close(): void
}>

const now = (): number => performance.now()

export function createWatch(): Watch {
  let frames: Frames | null = null
  let lastFrameAt = 0
  let told: Told = { onPage: () => undefined, onCode: () => undefined }
  const reader = createPictureReader()
  const eye = createEye({
    small: async () => frames?.small() ?? null,
    whole: async () => frames?.whole() ?? null,
    look: (jpeg) => api.camera.look({ frame: jpeg }),
    codes: async () => {
      const bitmap = (await frames?.bitmap()) ?? null
      return bitmap && ((await reader.read(bitmap, { live: true }))?.map(({ text }) => text) ?? null)
    },
    lastFrameAt: () => lastFrameAt,
    hidden: () => document.hidden,
    onPage: (page) => told.onPage(page),
    onCode: (text) => told.onCode(text),
    now,
    pause: (ms) => new Promise((resolve) => setTimeout(resolve, ms)),
  })
  const pictured = (): void => { lastFrameAt = now() }
  return {
    eye,
    tell: (next) => { told = next },
    show: (video, stream, sized) => {
      let asked = 0
      const next = (): void => {
        pictured()
        sized({ width: video.videoWidth, height: video.videoHeight })
        asked = video.requestVideoFrameCallback(next)
      }
      video.srcObject = stream
      void video.play().catch(() => undefined)
      frames = openFrames(video)
      pictured()
      asked = video.requestVideoFrameCallback(next)
      // While the window was hidden no picture was asked for: that is no camera standing still.
      document.addEventListener('visibilitychange', pictured)
      const stop = eye.start()
      return () => {
        stop()
        document.removeEventListener('visibilitychange', pictured)
        video.cancelVideoFrameCallback(asked)
        video.srcObject = null
        frames?.close()
        frames = null
      }
    },
    close: () => reader.close(),
  }
}
