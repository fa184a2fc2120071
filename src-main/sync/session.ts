import type { Clock, Store } from '../storage'
import { createCityClient } from './city-client'
import type { Destination } from './destination'
import type { Fetch } from './http'
import { type Link, noteClockOffset } from './link'
import type { Timing } from './timing'

/** The way to one city under one enrolment. */
export type Session = Readonly<{
  key: string
  destination: Destination
  /** Asks whether the city is there and notes how far its clock is from ours. Throws CityFailure. */
  probe(): Promise<void>
}>

export type SessionDeps = Readonly<{ store: Store; clock: Clock; fetch: Fetch; timing: Timing; signal: AbortSignal }>

const OFFSET_NOTED_FROM_MS = 1_000

export const sessionKey = ({ url, clientId, privateJwk }: Link): string => `${url} ${clientId} ${privateJwk.x}`

/** The city's time minus ours, taking the middle of the question and the answer as the moment when the city looked at its clock. */
export function clockOffset(askedAt: Date, answeredAt: Date, cityTime: Date): number {
  return Math.round(cityTime.getTime() - (askedAt.getTime() + answeredAt.getTime()) / 2)
}

export function openSession(deps: SessionDeps, link: Link): Session {
  const { store, clock, timing } = deps
  let offset = link.clockOffsetMs
  const shared = { ...deps, url: link.url, clientId: link.clientId, privateJwk: link.privateJwk }
  const now = (): Date => new Date(clock.now().getTime() + (offset ?? 0))
  const destination = createCityClient({ ...shared, now, timeoutMs: timing.callTimeoutMs })
  const prober = createCityClient({ ...shared, now, timeoutMs: timing.probeTimeoutMs })
  return {
    key: sessionKey(link),
    destination,
    probe: async () => {
      const askedAt = clock.now()
      const { time } = await prober.health()
      const answeredAt = clock.now()
      const found = clockOffset(askedAt, answeredAt, new Date(time))
      const news = offset === null || Math.abs(found - offset) >= OFFSET_NOTED_FROM_MS
      offset = found
      if (news) store.write((tx) => noteClockOffset(tx, found, answeredAt))
    },
  }
}
