import { type RefObject, useEffect, useState, useSyncExternalStore } from 'react'
import type { Eye, EyeState } from './eye'
import { createWatch, type Size, type Told } from './watch'

export type Watching = Readonly<{
  eye: Eye
  state: EyeState
  /** Size of the camera's picture; null until there is one. */
  size: Size | null
}>

/** Watches the picture of a video element as long as it shows a stream. */
export function useEye(video: RefObject<HTMLVideoElement | null>, stream: MediaStream | null, told: Told): Watching {
  const [watch] = useState(createWatch)
  const [size, setSize] = useState<Size | null>(null)
  useEffect(() => watch.tell(told))
  useEffect(() => {
    if (!video.current || !stream) return undefined
    const stop = watch.show(video.current, stream, (next) => setSize((before) => (before?.width === next.width && before.height === next.height ? before : next)))
    return () => {
      stop()
      setSize(null)
    }
  }, [watch, stream, video])
  useEffect(() => () => watch.close(), [watch])
  return { eye: watch.eye, state: useSyncExternalStore(watch.eye.subscribe, watch.eye.get), size }
}
