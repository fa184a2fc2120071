import { useCallback, useEffect, useRef, useState } from 'react'
import type { Call } from './caller'
import { createVoice, type Voice, type VoiceState } from './voice'

/** The voice for as long as the page lives; a touch or a key wakes it where the system wants one. */
export function useVoice(): VoiceState & Readonly<{ call(call: Call): void }> {
  const [state, setState] = useState<VoiceState>({ sound: 'starting', calling: null })
  const voice = useRef<Voice | null>(null)
  useEffect(() => {
    const made = createVoice(setState)
    voice.current = made
    const wake = (): void => made.wake()
    window.addEventListener('pointerdown', wake)
    window.addEventListener('keydown', wake)
    return () => {
      window.removeEventListener('pointerdown', wake)
      window.removeEventListener('keydown', wake)
      voice.current = null
      made.close()
    }
  }, [])
  const call = useCallback((news: Call) => voice.current?.call(news), [])
  return { ...state, call }
}
