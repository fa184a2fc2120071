import { useCallback, useState } from 'react'
import type { DisplayAnswer, DisplayFrame } from '@contract/display'
import type { DisplayContract } from '@contract/hall-contracts'
import { createHallClient, type Opening, refusalOf } from '../hall'

const client = createHallClient<DisplayContract>()

export const frames: Opening<DisplayFrame> = (signal) => client.frames(undefined, { signal })

/** Gives a turned display back to the officer. Whatever comes of it, the window says so by itself. */
export function giveBack(): void {
  client.giveBack().catch(() => undefined)
}

/** The page that was answered is over; the next one is on its way. */
const OVER = 'MH-004'

/** `sending` holds until the next page comes; `failed` when there was no good answer. */
export type Sending = 'idle' | 'sending' | 'failed'
export type Answering = Readonly<{ state: Sending; send(answer: DisplayAnswer): void }>

/** Answers the page that is shown: once, and again only after it went wrong. */
export function useAnswering(): Answering {
  const [state, setState] = useState<Sending>('idle')
  const send = useCallback((answer: DisplayAnswer) => {
    setState('sending')
    client.answer(answer).catch((error: unknown) => {
      if (refusalOf(error) !== OVER) setState('failed')
    })
  }, [])
  return { state, send }
}

/** Says that somebody is typing; nothing depends on its being heard. */
export function sayTyping(answer: Extract<DisplayAnswer, { kind: 'typing' }>): void {
  client.answer(answer).catch(() => undefined)
}
