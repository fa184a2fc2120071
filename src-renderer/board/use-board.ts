import { useCallback, useEffect, useState } from 'react'
import type { BoardState, CallNews } from '@contract/queue'
import { type Away, useEvents, useLasting, useStream } from '../hall'
import { type Sound, useVoice } from '../voice'
import { openCalls, openState } from './client'
import { FRESH_MS, hear, type Heard } from './newest'

/** What was on the board stays so long while the core starts again, ms: nothing on it is personal, and an empty board alarms a full hall. */
const KEPT_MS = 8000
/** A sound that is still not there after this long is said on the board, ms. */
const SILENT_MS = 3000

export type Board = Readonly<{ state: BoardState | null; away: Away | null; heard: readonly Heard[]; at: number; sound: Sound | null; calling: string | null }>

/** The clock of the board; ticks each second, and at once when asked. */
function useNow(): readonly [now: number, tick: () => void] {
  const [now, setNow] = useState(() => Date.now())
  const tick = useCallback(() => setNow(Date.now()), [])
  useEffect(() => {
    const timer = setInterval(tick, 1000)
    return () => clearInterval(timer)
  }, [tick])
  return [now, tick]
}

/** The state, kept for a moment when its stream ends. */
function useKeptState(): Pick<Board, 'state' | 'away'> {
  const { value, away } = useStream(openState)
  const [last, setLast] = useState<BoardState | null>(null)
  if (value !== null && value !== last) setLast(value)
  const longAway = useLasting(value === null, KEPT_MS)
  const kept = away === 'closed' || longAway ? null : last
  return { state: value ?? kept, away }
}

/** All that the board shows and says. */
export function useBoard(): Board {
  const { state, away } = useKeptState()
  const [heard, setHeard] = useState<readonly Heard[]>([])
  const [now, tick] = useNow()
  const { sound, calling, call } = useVoice()
  const voice = state?.voice !== false
  const onCall = useCallback((news: CallNews) => {
    setHeard((earlier) => hear(earlier, news, Date.now()))
    tick()
    if (voice) call(news)
  }, [call, tick, voice])
  useEvents(openCalls, onCall)
  const silent = useLasting(sound === 'blocked' || sound === 'broken', SILENT_MS)
  // A tick of the clock may lie before the moment of a call by some ms.
  const latest = heard[0]?.at ?? 0
  return { state, away, heard, at: latest > now && latest - now < FRESH_MS ? latest : now, sound: silent && voice ? sound : null, calling: calling?.label ?? null }
}
