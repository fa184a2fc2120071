import places from '@resources/voice/vi.json'
import clipFile from '@resources/voice/vi.ogg?url'
import type { Said } from './words'

/** The comma of a sentence. */
const PAUSE_S = 0.22
/** Time to hand the first clip to the sound card. */
const LEAD_S = 0.03
/** A clip that has not ended so long after its time is not playing at all, ms. */
const SILENT_AFTER_MS = 3000

/** One clip to be played: when, from where in the file, how long, all in seconds. */
export type Cue = Readonly<{ at: number; from: number; lasts: number }>

/** Clips end to end, without a gap; times from the first. */
export function cuesOf(said: readonly Said[]): { cues: Cue[]; lasts: number } {
  const cues: Cue[] = []
  let at = 0
  for (const word of said) {
    if (word === 'pause') {
      at += PAUSE_S
      continue
    }
    const [fromMs = 0, lastsMs = 0] = places[word]
    cues.push({ at, from: fromMs / 1000, lasts: lastsMs / 1000 })
    at += lastsMs / 1000
  }
  return { cues, lasts: at }
}

/** `blocked`: the system wants a touch or a key first. `broken`: the clips cannot be played here. */
export type Sound = 'starting' | 'on' | 'blocked' | 'broken'

export type Player = Readonly<{
  /** Plays in a row; settles at the end, or when nothing is heard. */
  play(said: readonly Said[]): Promise<void>
  sound(): Sound
  /** Tries again after a touch or a key. */
  wake(): void
  close(): void
}>

async function decoded(context: AudioContext): Promise<AudioBuffer> {
  const answer = await fetch(clipFile)
  if (!answer.ok) throw new Error('the clips are not there')
  return context.decodeAudioData(await answer.arrayBuffer())
}

/** Plays the recorded words. Loads and decodes them at once, so that no call waits for it. */
export function createPlayer(onSound: (sound: Sound) => void): Player {
  const context = new AudioContext({ latencyHint: 'interactive' })
  let broken = false
  let loaded = false
  const clips = decoded(context).then(
    (buffer) => {
      loaded = true
      tell()
      return buffer
    },
    () => {
      fail()
      return null
    },
  )
  const sound = (): Sound => {
    if (broken) return 'broken'
    if (context.state === 'suspended') return 'blocked'
    return loaded ? 'on' : 'starting'
  }
  const tell = (): void => onSound(sound())
  const fail = (): void => {
    broken = true
    tell()
  }
  context.addEventListener('statechange', tell)

  const start = (buffer: AudioBuffer, cues: readonly Cue[]): AudioBufferSourceNode[] => {
    const begin = context.currentTime + LEAD_S
    return cues.map(({ at, from, lasts }) => {
      const source = new AudioBufferSourceNode(context, { buffer })
      source.connect(context.destination)
      source.start(begin + at, from, lasts)
      return source
    })
  }
  const ended = (sources: readonly AudioBufferSourceNode[], lasts: number): Promise<boolean> => new Promise((resolve) => {
    const silent = setTimeout(() => {
      for (const source of sources) source.stop()
      resolve(false)
    }, lasts * 1000 + SILENT_AFTER_MS)
    sources.at(-1)?.addEventListener('ended', () => {
      clearTimeout(silent)
      resolve(true)
    })
  })

  return {
    play: async (said) => {
      const buffer = await clips
      const { cues, lasts } = cuesOf(said)
      if (buffer === null || cues.length === 0 || context.state !== 'running') return
      if (!(await ended(start(buffer, cues), lasts))) fail()
      else if (broken) {
        broken = false
        tell()
      }
    },
    sound,
    wake: () => void context.resume().catch(() => undefined),
    close: () => void context.close().catch(() => undefined),
  }
}
