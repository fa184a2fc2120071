import { useCallback, useEffect, useState } from 'react'
import type { HelperGate, HelperNews } from '@contract/assist'
import { useCoreState, useEvents } from '../hall'
import { core, openNews } from './client'

/** Told this often at most that somebody works; shorter than the warning, so that the first touch under it counts. */
const TELL_EVERY_MS = 15_000
/** How long before the end of the session it is announced, in milliseconds. */
export const WARN_MS = 30_000

export type Gate = Readonly<{ gate: HelperGate | null; ask(): Promise<void>; /** Grows when drafts came, went or were sent back. */ drafts: number }>

/** Who may work here now; asked again whenever the core says that something changed. */
export function useGate(): Gate {
  const [gate, setGate] = useState<HelperGate | null>(null)
  const [drafts, setDrafts] = useState(0)
  const away = useCoreState()
  const ask = useCallback(async () => setGate(await core.gate()), [])
  const onNews = useCallback((news: HelperNews) => {
    if (news === 'drafts') setDrafts((count) => count + 1)
    else void ask().catch(() => undefined)
  }, [ask])
  useEvents(openNews, onNews)
  return { gate: away === 'restarting' || away === 'failed' ? null : gate, ask, drafts }
}

/** Tells the core that somebody works here. True from half a minute before the session ends by itself. */
export function useIdle(endsAt: string | null, ask: () => Promise<void>): boolean {
  const [near, setNear] = useState<string | null>(null)
  useEffect(() => {
    if (endsAt === null) return undefined
    let told = 0
    const touch = (): void => {
      const now = Date.now()
      if (now - told < TELL_EVERY_MS) return
      told = now
      // A lost touch only means an earlier end.
      core.touch().then(ask, () => undefined)
    }
    const kinds = ['keydown', 'pointerdown', 'pointermove', 'wheel', 'touchmove'] as const
    kinds.forEach((kind) => window.addEventListener(kind, touch, { passive: true }))
    return () => kinds.forEach((kind) => window.removeEventListener(kind, touch))
  }, [endsAt, ask])
  useEffect(() => {
    if (endsAt === null) return undefined
    const warn = setTimeout(() => setNear(endsAt), Date.parse(endsAt) - WARN_MS - Date.now())
    const end = setTimeout(() => void ask().catch(() => undefined), Date.parse(endsAt) - Date.now() + 500)
    return () => {
      clearTimeout(warn)
      clearTimeout(end)
    }
  }, [endsAt, ask])
  return endsAt !== null && near === endsAt
}
