import { ERRORS, type ErrorCode, type ErrorParams } from '@contract/errors'
import type { CoreState } from '@contract/bridge'
import { FromCore, type CoreSettings, type HostAsk, type ToCore } from '@contract/host'
import { AppError } from '@contract/errors'
import { afterExit } from './restart-policy'
import type { ShellLog } from './shell-log'

/** The running core, as far as the supervisor needs it (Electron's utility process in the app). */
export interface CoreProcess<Port> {
  postMessage(message: ToCore, ports?: Port[]): void
  onMessage(listener: (message: unknown) => void): void
  onExit(listener: (code: number) => void): void
  kill(): void
}

export interface SupervisorParts<Port> {
  fork(): CoreProcess<Port>
  settings(): CoreSettings
  /** Does what the core asks of the operating system. */
  answer(ask: HostAsk): Promise<unknown>
  onState(state: CoreState): void
  /** The core cannot serve: its own reason, or that it ended too often. */
  onTrouble(code: ErrorCode, params: ErrorParams): void
  /** A new core takes ports from now on; those of the one before are dead. */
  onFork(): void
  log: ShellLog
}

/** How long the core may take to end (ms), idle or at work. */
export const END_WAIT_MS = 5_000
export const BUSY_END_WAIT_MS = 30_000

export interface Supervisor<Port> {
  start(): void
  attachWindow(port: Port, whose: Omit<Extract<ToCore, { kind: 'attach-window' }>, 'kind'>): void
  tell(kind: 'suspend' | 'lock' | 'hall-changed'): void
  /** News of the process of a driver, with its port when it is new. */
  driver(news: Extract<ToCore, { kind: 'driver-port' | 'driver-ended' }>, port?: Port): void
  /** Ends the core (asking first) and starts it anew with fresh settings, for example on the practice folder. */
  restart(): Promise<void>
  /** Starts again after trouble. */
  retry(): void
  /** Asks the core to end, waits, and kills it when it does not. */
  stop(): Promise<void>
}

/** Keeps one core running: starts, listens, starts again after a crash, gives up in words after too many. */
export function superviseCore<Port>(parts: SupervisorParts<Port>): Supervisor<Port> {
  const { log } = parts
  let running: { core: CoreProcess<Port>; since: number; busy: boolean; ended: Promise<void> } | null = null
  let ending = false
  let crashes = 0
  let timer: NodeJS.Timeout | null = null

  const fork = (state: CoreState): void => {
    parts.onState(state)
    const core = parts.fork()
    const { promise: ended, resolve } = deferred()
    running = { core, since: Date.now(), busy: false, ended }
    core.onMessage((message) => running?.core === core && hear(core, message))
    core.onExit((code) => {
      resolve()
      if (running?.core === core) fell(code, Date.now() - running.since)
    })
    core.postMessage({ kind: 'init', settings: parts.settings() })
    parts.onFork()
  }

  const fell = (code: number, livedMs: number): void => {
    running = null
    if (ending) return
    const next = afterExit(crashes, livedMs)
    crashes = next.crashes
    log('core-ended', { code, crashes, lived: livedMs })
    if (next.do === 'give-up') return fail(ERRORS.storage.unexpected, {})
    parts.onState('restarting')
    timer = setTimeout(() => fork('restarting'), next.wait)
  }

  const fail = (code: ErrorCode, params: ErrorParams): void => {
    parts.onState('failed')
    parts.onTrouble(code, params)
  }

  const hear = (core: CoreProcess<Port>, raw: unknown): void => {
    const parsed = FromCore.safeParse(raw)
    if (!parsed.success) return log('core-message-refused')
    const message = parsed.data
    if (message.kind === 'ready') parts.onState('ready')
    else if (message.kind === 'busy' && running) running.busy = message.busy
    else if (message.kind === 'ask') void settle(core, message.id, parts.answer(message.ask))
    else if (message.kind === 'fatal') void stop().then(() => fail(message.code, message.params))
  }

  const settle = async (core: CoreProcess<Port>, id: number, answer: Promise<unknown>): Promise<void> => {
    const reply = await answer.then((value): ToCore => ({ kind: 'answer', id, value }), refusalOf(id, log))
    if (running?.core === core) core.postMessage(reply)
  }

  const stop = async (): Promise<void> => {
    if (timer !== null) clearTimeout(timer)
    timer = null
    if (running === null) return
    ending = true
    const { core, busy, ended } = running
    core.postMessage({ kind: 'shutdown' })
    const kill = setTimeout(() => core.kill(), busy ? BUSY_END_WAIT_MS : END_WAIT_MS)
    await ended
    clearTimeout(kill)
    running = null
    ending = false
  }

  const begin = (): void => {
    crashes = 0
    if (running === null) fork('starting')
  }
  return {
    start: begin,
    retry: begin,
    stop,
    attachWindow: (port, whose) => running?.core.postMessage({ kind: 'attach-window', ...whose }, [port]),
    tell: (kind) => running?.core.postMessage({ kind }),
    driver: (news, port) => running?.core.postMessage(news, port === undefined ? [] : [port]),
    restart: async () => {
      await stop()
      begin()
    },
  }
}

function refusalOf(id: number, log: ShellLog): (error: unknown) => ToCore {
  return (error) => {
    if (error instanceof AppError) return { kind: 'refusal', id, code: error.code, params: error.params }
    log('ask-failed', { name: error instanceof Error ? error.name : 'unknown' })
    return { kind: 'refusal', id, code: ERRORS.storage.unexpected, params: {} }
  }
}

function deferred(): { promise: Promise<void>; resolve: () => void } {
  let resolve = (): void => undefined
  const promise = new Promise<void>((done) => {
    resolve = done
  })
  return { promise, resolve }
}
