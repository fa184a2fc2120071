export type { Call } from './caller'
export { useVoice } from './use-voice'
export type { Sound } from './player'
export { wordsOf } from './words'
