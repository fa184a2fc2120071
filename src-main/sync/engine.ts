import { AppError } from '@contract/errors'
import { cityErrors } from '@contract/errors/city'
import { backoffSpan } from './backoff'
import { CityFailure } from './failures'
import { createLeases } from './leases'
import { createLine, type Line } from './line'
import { type Link, readLink } from './link'
import { createNap } from './nap'
import { letterAttempts } from './letters'
import { submissionAttempts } from './outbox'
import { type Agenda, askedToWait, newAgenda, pass, type PassDeps, type Pause } from './pass'
import type { SendDeps } from './sender'
import { openSession, type Session, sessionKey } from './session'
import { PASSING_CODES } from './state-machine'
import type { Fetch } from './http'
import type { Timing } from './timing'

/** Everything that goes to the city. */
const KINDS = [submissionAttempts, letterAttempts] as const

export type EngineDeps = Omit<SendDeps, 'destination' | 'cityName' | 'simulated'> & Readonly<{ fetch: Fetch; timing: Timing }>

export type Engine = Readonly<{
  line: Line
  start(): void
  /** Cuts what is under way and returns when nothing of the engine touches the store any more. */
  stop(): Promise<void>
  /** Something new is in line, or the enrolment changed. */
  wake(): void
  /** Tries everything at once, also what waits for its time. */
  sendNow(): void
}>

/** Failures of the line: over as soon as the line is back. */
const LINE_CODES = [cityErrors.offline, cityErrors.timeout, cityErrors.captivePortal, cityErrors.notAuthorised]

type State = {
  agenda: Agenda
  session: Session | undefined
  lineFailures: number
  probes: number
  pausedUntil: number
  pausedHard: boolean
  forced: boolean
}

/** The one loop that talks to the city: probe while the line is down, passes while it is up, sleep in between. */
export function createEngine(deps: EngineDeps): Engine {
  const { store, clock, random, log, timing } = deps
  const line = createLine(clock, () => deps.changed({ kind: 'sync' }))
  const nap = createNap()
  const leases = createLeases(deps)
  const state: State = { agenda: newAgenda(), session: undefined, lineFailures: 0, probes: 0, pausedUntil: 0, pausedHard: false, forced: false }
  let running: { stopped: Promise<void>; abort: AbortController } | undefined

  const sessionOf = (link: Link, signal: AbortSignal): Session => {
    if (state.session?.key === sessionKey(link)) return state.session
    state.agenda = newAgenda()
    state.session = openSession({ ...deps, signal }, link)
    return state.session
  }

  const lost = (failure: CityFailure): number => {
    if (failure.kind === 'unauthorised') {
      line.down('unauthorised')
      return timing.unauthorisedMs
    }
    if (failure.kind === 'portal') line.down('portal')
    else line.suspect()
    state.lineFailures += 1
    // The first time the city is asked at once whether it is there; a city that is there and yet drops every call is not asked in a circle.
    return state.lineFailures === 1 ? 0 : random() * backoffSpan(state.lineFailures, { baseMs: timing.probeMs, ceilingMs: timing.probeCeilingMs })
  }

  const probe = async (session: Session): Promise<boolean> => {
    const wasDown = line.state() !== 'online' && line.state() !== 'unstable'
    try {
      await session.probe()
    } catch (error) {
      if (!(error instanceof CityFailure)) throw error
      state.probes += 1
      line.down(error.kind === 'portal' || error.kind === 'malformed' ? 'portal' : 'offline')
      return false
    }
    state.probes = 0
    if (!wasDown) return true
    state.agenda = { ...newAgenda(), healthAt: performance.now(), witnessed: state.agenda.witnessed }
    store.write((tx) => {
      for (const kind of KINDS) kind.hurry(tx, clock.now(), LINE_CODES)
    })
    return true
  }

  const afterPass = (pause: Pause | null): number => {
    state.lineFailures = 0
    line.passed()
    if (pause !== null) {
      state.pausedUntil = performance.now() + pause.ms
      state.pausedHard = pause.hard
      return pause.ms
    }
    const next = store.read.get(
      "SELECT min(next_try_at) AS next FROM (SELECT next_try_at FROM submission WHERE state = 'waiting' UNION ALL SELECT next_try_at FROM feedback_letter WHERE state = 'waiting')",
      [], (row) => row.textOrNull('next'))
    const wait = next ? Math.max(20, Date.parse(next) - clock.now().getTime()) : Infinity
    return Math.min(timing.pollMs, wait)
  }

  const begin = (): void => {
    if (!state.forced) return
    state.forced = false
    if (!state.pausedHard) state.pausedUntil = 0
    state.agenda.troubles = 0
    state.agenda.statusesAt = -Infinity
    store.write((tx) => {
      for (const kind of KINDS) kind.hurry(tx, clock.now(), 'all', PASSING_CODES)
    })
  }

  /** One round; returns how long to sleep. */
  const round = async (signal: AbortSignal): Promise<number> => {
    const link = readLink(store.read)
    if (link === undefined) {
      line.down('not-enrolled')
      return Infinity
    }
    begin()
    const paused = state.pausedUntil - performance.now()
    if (paused > 0) return paused
    const session = sessionOf(link, signal)
    if (!line.usable() && !(await probe(session))) {
      const span = Math.min(timing.probeCeilingMs, timing.probeMs * 1.5 ** Math.min(state.probes, 20))
      return span / 2 + (random() * span) / 2
    }
    const send: SendDeps = { ...deps, destination: session.destination, cityName: link.cityName, simulated: link.simulated }
    const passDeps: PassDeps = { send, session, leases, line, timing, agenda: state.agenda, signal }
    try {
      return afterPass(await pass(passDeps, link.agency))
    } catch (error) {
      if (!(error instanceof CityFailure)) throw error
      return error.kind === 'too-many' ? afterPass(askedToWait(deps, error)) : lost(error)
    }
  }

  const recover = (): void => {
    const { submissions, letters } = store.write((tx) => ({ submissions: submissionAttempts.recover(tx, clock.now()), letters: letterAttempts.recover(tx, clock.now()) }))
    if (submissions + letters > 0) log('sync.interrupted', { submissions, letters })
  }

  const loop = async (signal: AbortSignal): Promise<void> => {
    let recovered = false
    while (!signal.aborted) {
      let delay: number
      try {
        if (!recovered) recover()
        recovered = true
        delay = await round(signal)
      } catch (error) {
        recovered = false
        delay = timing.errorMs
        log('sync.round-failed', { code: error instanceof AppError ? error.code : 'LOI-000', error: error instanceof Error ? error.name : 'unknown' })
      }
      await nap.sleep(delay)
    }
  }

  return {
    line,
    start: () => {
      if (running) return
      const abort = new AbortController()
      running = { abort, stopped: loop(abort.signal) }
    },
    stop: async () => {
      const current = running
      running = undefined
      current?.abort.abort()
      nap.wake()
      await current?.stopped
      state.session = undefined
      line.down('unknown')
    },
    wake: nap.wake,
    sendNow: () => {
      state.forced = true
      nap.wake()
    },
  }
}
