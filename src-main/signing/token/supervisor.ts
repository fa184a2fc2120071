import { AppError } from '@contract/errors'
import { signingErrors } from '@contract/errors/signing'
import { failed } from './failures'
import type { DriverProcess, StartDriver } from './process'
import { DriverAnswer, type DriverAnswers, type DriverCall, FromDriver } from './protocol'

/** How long each call may take, in milliseconds. A key pair of RSA takes up to a minute on a USB token; signing some seconds a piece. */
export type Limits = Readonly<Record<DriverCall['kind'], number>>
export const LIMITS: Limits = { open: 15_000, list: 5_000, certificates: 15_000, generate: 120_000, 'public-key': 15_000, sign: 30_000, store: 30_000, 'change-pin': 30_000, discard: 30_000, close: 2_000 }
/** Each further piece to be signed has this much more, in milliseconds. */
const PER_PIECE = 3_000
/** A driver that did not even start, or does not tell its tokens, is left in peace for so long, in milliseconds. */
const PEACE = 30_000

export type SupervisorParts = Readonly<{
  name: string
  start: StartDriver
  binding: string
  library: string
  now(): number
  limits?: Partial<Limits> | undefined
  /** Nothing personal: what came over a driver. */
  log?: (event: string, facts: Readonly<Record<string, string | number>>) => void
}>

type Call<Kind extends DriverCall['kind']> = Extract<DriverCall, { kind: Kind }>

/** One driver, kept running: calls go one after the other; one that takes too long or falls is ended, and started anew by the next call. */
export type SupervisedDriver = Readonly<{
  /** @throws AppError KS-028 (did not answer in time), KS-029 (ended on the way, or did not start), and what the driver itself says */
  call<Kind extends DriverCall['kind']>(call: Call<Kind>): Promise<DriverAnswers[Kind]>
  running(): boolean
  /** A call is under way or waits. */
  busy(): boolean
  pid(): number | null
  close(): Promise<void>
}>

type Running = Readonly<{ process: DriverProcess; ask<Kind extends DriverCall['kind']>(call: Call<Kind>, limit: number): Promise<DriverAnswers[Kind]>; gone: Promise<void> }>

export function superviseDriver(parts: SupervisorParts): SupervisedDriver {
  const { name, log = () => undefined } = parts
  const limits = { ...LIMITS, ...parts.limits }
  let running: Running | null = null
  let queue: Promise<unknown> = Promise.resolve()
  let waiting = 0
  let closed = false
  let refused: Readonly<{ error: AppError; until: number }> | null = null

  const start = async (): Promise<Running> => {
    if (closed) throw new AppError(signingErrors.driverFailed, { driver: name, reason: 'closed' })
    if (refused && parts.now() < refused.until) throw refused.error
    refused = null
    const made = await listenTo(name, parts.start)
    running = made
    void made.gone.then(() => {
      if (running === made) running = null
    })
    try {
      await made.ask({ kind: 'open', binding: parts.binding, library: parts.library }, limits.open)
      return made
    } catch (error) {
      const told = error instanceof AppError ? error : new AppError(signingErrors.driverFailed, { driver: name, reason: 'start' })
      refused = { error: told, until: parts.now() + PEACE }
      made.process.kill()
      running = null
      log('token.driver-refused', { driver: name, code: told.code })
      throw told
    }
  }

  const limitOf = (call: DriverCall): number => limits[call.kind] + (call.kind === 'sign' ? (call.pieces.length - 1) * PER_PIECE : 0)

  const now = async <Kind extends DriverCall['kind']>(call: Call<Kind>): Promise<DriverAnswers[Kind]> => {
    const driver = running ?? (await start())
    try {
      return await driver.ask(call, limitOf(call))
    } catch (error) {
      if (error instanceof AppError && error.code === signingErrors.driverSilent) {
        log('token.driver-silent', { driver: name, call: call.kind })
        if (call.kind === 'list') refused = { error, until: parts.now() + PEACE }
        driver.process.kill()
        await driver.gone
      }
      throw error
    }
  }

  return {
    call: (call) => {
      waiting += 1
      const turn = queue.then(() => now(call)).finally(() => {
        waiting -= 1
        wipe(call)
      })
      queue = turn.catch(() => undefined)
      return turn
    },
    running: () => running !== null,
    busy: () => waiting > 0,
    pid: () => running?.process.pid ?? null,
    close: async () => {
      closed = true
      const last = running
      if (!last) return
      if (waiting === 0) await last.ask({ kind: 'close' }, limits.close).catch(() => undefined)
      last.process.kill()
      await last.gone
    },
  }
}

/** A PIN goes with its call. */
function wipe(call: DriverCall): void {
  if ('pin' in call) call.pin.fill(0)
  if ('next' in call) call.next.fill(0)
}

async function listenTo(name: string, start: StartDriver): Promise<Running> {
  const waiting = new Map<number, Readonly<{ settle(message: FromDriver): void; fell(): void }>>()
  const child = await start()
  let last = 0
  let ended = false
  const gone = new Promise<void>((done) => child.onExit(() => {
    ended = true
    for (const { fell } of [...waiting.values()]) fell()
    done()
  }))
  child.onMessage((message) => {
    const parsed = FromDriver.safeParse(message)
    if (parsed.success) waiting.get(parsed.data.id)?.settle(parsed.data)
  })
  const ask = <Kind extends DriverCall['kind']>(call: Call<Kind>, limit: number): Promise<DriverAnswers[Kind]> =>
    new Promise((resolve, reject) => {
      const id = (last += 1)
      const refuse = (error: AppError): void => {
        waiting.delete(id)
        clearTimeout(timer)
        reject(error)
      }
      const failure = (reason: string): AppError => new AppError(signingErrors.driverFailed, { driver: name, reason })
      const timer = setTimeout(() => refuse(new AppError(signingErrors.driverSilent, { driver: name, reason: call.kind })), limit)
      const settle = (message: FromDriver): void => {
        if (!message.ok) return refuse(failed(name, message.failure))
        const value = DriverAnswer[call.kind].safeParse(message.value)
        if (!value.success) return refuse(failure('answer'))
        waiting.delete(id)
        clearTimeout(timer)
        // The table's schema for a kind yields that kind's answer; the compiler cannot follow a generic index through zod.
        resolve(value.data as DriverAnswers[Kind])
      }
      if (ended) return refuse(failure('ended'))
      waiting.set(id, { settle, fell: () => refuse(failure('ended')) })
      child.send({ id, call })
    })
  return { process: child, ask, gone }
}
