import { useCallback, useEffect, useState } from 'react'
import type { Language } from '@contract/format'

/** A little slower than an announcer: for those who listen because they cannot read. */
const RATE = 0.9

const synthesis = (): SpeechSynthesis | undefined => ('speechSynthesis' in window ? window.speechSynthesis : undefined)

/** The system's own voice for a language. Voices that are made elsewhere do not count: what is read aloud stays on this machine. */
export function voiceFor(language: Language, voices: readonly SpeechSynthesisVoice[] = synthesis()?.getVoices() ?? []): SpeechSynthesisVoice | null {
  return voices.find((voice) => voice.localService && voice.lang.toLowerCase().replace('_', '-').split('-')[0] === language) ?? null
}

/** Hidden digits are dots to the eye and silence to the ear; one sentence a line. */
export function readable(lines: readonly string[]): string {
  return lines.map((line) => line.replace(/•+/gu, ' ').replace(/\s+/gu, ' ').trim()).filter((line) => line !== '').map((line) => (/[.:?]$/u.test(line) ? line : `${line}.`)).join('\n')
}

/** Stops what is being read. */
export function stop(): void {
  synthesis()?.cancel()
}

/** Reads aloud, after stopping what is being read. Does nothing without a voice. */
export function speak(text: string, language: Language, onEnd: () => void = () => undefined): void {
  const voice = voiceFor(language)
  const speaker = synthesis()
  if (voice === null || speaker === undefined) return
  speaker.cancel()
  const said = new SpeechSynthesisUtterance(text)
  said.voice = voice
  said.lang = voice.lang
  said.rate = RATE
  said.onend = onEnd
  said.onerror = onEnd
  speaker.speak(said)
}

export type Speech = Readonly<{
  /** There is a voice; without one no button is shown. */
  can: boolean
  speaking: boolean
  speak(lines: readonly string[]): void
  stop(): void
}>

/** Reading aloud in the page's language. Voices come late in some systems; it ends when the page does. */
export function useSpeech(language: Language): Speech {
  const [can, setCan] = useState(() => voiceFor(language) !== null)
  const [speaking, setSpeaking] = useState(false)
  useEffect(() => {
    const look = (): void => setCan(voiceFor(language) !== null)
    look()
    const speaker = synthesis()
    speaker?.addEventListener('voiceschanged', look)
    return () => {
      speaker?.removeEventListener('voiceschanged', look)
      stop()
    }
  }, [language])
  const begin = useCallback((lines: readonly string[]) => {
    setSpeaking(true)
    speak(readable(lines), language, () => setSpeaking(false))
  }, [language])
  const end = useCallback(() => {
    stop()
    setSpeaking(false)
  }, [])
  return { can, speaking, speak: begin, stop: end }
}
