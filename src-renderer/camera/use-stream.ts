import { useCallback, useEffect, useState } from 'react'
import type { Problem } from '../app/api'
import { bridge } from '../app/bridge'
import { CAMERA_GONE, cameraProblem, comesBack } from './faults'
import { type Camera, cameraNamed, closeStream, listCameras, openStream } from './stream'

export type CameraStream = Readonly<{
  stream: MediaStream | null
  problem: Problem | null
  cameras: readonly Camera[]
  /** The one that is open, or is being opened. */
  chosen: string | undefined
  choose(id: string): void
  retry(): void
}>

/** The name of the camera chosen last in this window; the shell remembers it for the next start. */
let remembered: string | null = bridge?.camera ?? null

function remember(name: string): void {
  if (name === '' || name === remembered) return
  remembered = name
  bridge?.prefer({ camera: name.slice(0, 300) })
}

type Opened = Readonly<{ stream: MediaStream | null; problem: Problem | null }>
const NOTHING: Opened = { stream: null, problem: null }

/** Opens the camera as long as the panel is there and `on`; says by name why there is none. */
export function useCameraStream(on: boolean): CameraStream {
  const [attempt, setAttempt] = useState(0)
  const [wanted, setWanted] = useState<string>()
  const [cameras, setCameras] = useState<readonly Camera[]>([])
  const [opened, setOpened] = useState<Opened>(NOTHING)
  const retry = useCallback(() => setAttempt((now) => now + 1), [])

  useEffect(() => {
    if (!on) return undefined
    let left = false
    let mine: MediaStream | null = null
    const open = async (): Promise<void> => {
      try {
        const known = await listCameras()
        mine = await openStream(known.some(({ id }) => id === wanted) ? wanted : cameraNamed(known, remembered))
        if (left) return closeStream(mine)
        const [track] = mine.getVideoTracks()
        track?.addEventListener('ended', () => { if (!left) setOpened({ stream: null, problem: CAMERA_GONE }) })
        remember(track?.label ?? '')
        setOpened({ stream: mine, problem: null })
        // Names are told once a camera may be used.
        setCameras(await listCameras())
      } catch (error) {
        if (!left) setOpened({ stream: null, problem: cameraProblem(error) })
      }
    }
    void open()
    return () => {
      left = true
      setOpened(NOTHING)
      if (mine) closeStream(mine)
    }
  }, [attempt, wanted, on])

  const { stream, problem } = opened
  const awaited = problem !== null && comesBack(problem)
  useEffect(() => {
    const changed = async (): Promise<void> => {
      const now = await listCameras().catch((): Camera[] => [])
      setCameras(now)
      if (awaited && now.length > 0) retry()
    }
    const listen = (): void => void changed()
    navigator.mediaDevices.addEventListener('devicechange', listen)
    return () => navigator.mediaDevices.removeEventListener('devicechange', listen)
  }, [awaited, retry])

  return { stream, problem, cameras, chosen: stream?.getVideoTracks()[0]?.getSettings().deviceId, choose: setWanted, retry }
}
