import { useEffect, useState } from 'react'
import { api, type Problem, problemOf } from '../../app/api'
import { type Found, NOTHING_FOUND, withFound } from './found'

type Search = Readonly<{ found: Found; looking: boolean; problem: Problem | null }>
const BEGUN: Search = { found: NOTHING_FOUND, looking: true, problem: null }

export type Devices = Search & Readonly<{ /** Seconds that the search lasts. */ seconds: number; lookAgain(): void }>

/** Looks for scanners as long as the component is on the screen. */
export function useDevices(): Devices {
  const [search, setSearch] = useState(BEGUN)
  const [round, setRound] = useState(0)
  const [seconds, setSeconds] = useState(0)
  useEffect(() => {
    const stop = new AbortController()
    const mine = (change: (now: Search) => Search): void => {
      if (!stop.signal.aborted) setSearch(change)
    }
    const look = async (): Promise<void> => {
      for await (const view of await api.scanning.devices(undefined, { signal: stop.signal })) mine((now) => ({ ...now, found: withFound(now.found, view) }))
    }
    look().then(() => mine((now) => ({ ...now, looking: false })), (error: unknown) => mine((now) => ({ ...now, looking: false, problem: problemOf(error) })))
    return () => stop.abort()
  }, [round])
  useEffect(() => {
    if (!search.looking) return
    const timer = setInterval(() => setSeconds((now) => now + 1), 1000)
    return () => clearInterval(timer)
  }, [search.looking, round])
  const lookAgain = (): void => {
    setSearch(BEGUN)
    setSeconds(0)
    setRound((now) => now + 1)
  }
  return { ...search, seconds, lookAgain }
}
