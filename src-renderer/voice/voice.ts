import { createCaller, type Call } from './caller'
import { createPlayer, type Sound } from './player'
import { sayBySystem } from './system'
import { wordsOf } from './words'

/** Between the two times that a call is said, ms. */
const REST_MS = 900

export type VoiceState = Readonly<{ sound: Sound; calling: Call | null }>
export type Voice = Readonly<{ call(call: Call): void; wake(): void; close(): void }>

/** The voice of the waiting room: a chime, then the number and where to go, by the system's Vietnamese voice or by recorded words. */
export function createVoice(onState: (state: VoiceState) => void): Voice {
  let state: VoiceState = { sound: 'starting', calling: null }
  const change = (part: Partial<VoiceState>): void => {
    state = { ...state, ...part }
    onState(state)
  }
  const player = createPlayer((sound) => change({ sound }))
  // A system voice that failed once would cost every later call its first seconds.
  let bySystem = true
  const say = async ({ label, counter }: Call): Promise<void> => {
    const { sentence, clips } = wordsOf(label, counter)
    await player.play(['chime'])
    if (bySystem && (bySystem = await sayBySystem(sentence))) return
    await player.play(clips)
  }
  const caller = createCaller({ say, rest: () => new Promise((resolve) => setTimeout(resolve, REST_MS)), onChange: (calling) => change({ calling }) })
  return {
    call: caller.call,
    wake: player.wake,
    close: () => {
      caller.stop()
      player.close()
    },
  }
}
