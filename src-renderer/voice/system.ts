import { voiceFor } from '../hall/speech'

/** A voice that has not begun by then never will; ms. */
const BEGINS_MS = 4000
const ENDS_MS = 20_000
/** Numbers are heard by people who were not listening yet. */
const RATE = 0.92

/** Says a sentence with the system's Vietnamese voice. False when there is none, or when it does not speak. */
export function sayBySystem(sentence: string): Promise<boolean> {
  const voice = voiceFor('vi')
  if (voice === null) return Promise.resolve(false)
  const speaker = window.speechSynthesis
  const said = new SpeechSynthesisUtterance(sentence)
  said.voice = voice
  said.lang = voice.lang
  said.rate = RATE
  return new Promise((resolve) => {
    let watch = setTimeout(() => end(false), BEGINS_MS)
    const end = (heard: boolean): void => {
      clearTimeout(watch)
      if (!heard) speaker.cancel()
      resolve(heard)
    }
    said.onstart = () => {
      clearTimeout(watch)
      watch = setTimeout(() => end(true), ENDS_MS)
    }
    said.onend = () => end(true)
    said.onerror = () => end(false)
    speaker.speak(said)
  })
}
