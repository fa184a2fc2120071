import { resolve } from 'node:path'
import { call } from '@orpc/server'
import { onTestFinished } from 'vitest'
import type { CoreSettings } from '@contract/host'
import type { LiveEvent } from '@contract/calls-live'
import type { DraftContent, DraftView } from '@contract/draft'
import type { Procedure } from '@contract/procedures'
import { connect, type Connection } from '../../src-main/core/connection'
import { createCounter, type Counter } from '../../src-main/core/counter'
import { headlessHost, type Host } from '../../src-main/core/host'
import { createLive } from '../../src-main/core/live'
import type { Log, LogFields } from '../../src-main/core/log'
import type { Office } from '../../src-main/core/office'
import { readPracticeWard } from '../../src-main/core/resources'
import { createRouter } from '../../src-main/core/router'
import { type Clock, systemClock } from '../../src-main/storage'
import { administrator, CHEAP, counter as desk, ward } from '../staff/support'
import { person } from '../intake/support'
import { MIGRATIONS, nativeBinding, temporaryFolder } from '../storage/support'

export const RESOURCES = resolve(import.meta.dirname, '../../resources')
export const live = createLive()
export const router = createRouter(live)
export const demo = readPracticeWard(RESOURCES)
export const secretOf = (loginName: string): string => [...demo.accounts, demo.administrator].find((account) => account.loginName === loginName)?.secret ?? ''

export interface Machine {
  readonly folder: string
  readonly counter: Counter
  readonly host: Host
  readonly logged: { event: string; fields: LogFields }[]
  readonly log: Log
  connect(): Connection
  office(): Office
}

type Wish = Partial<Pick<CoreSettings, 'practice' | 'cityUrl' | 'cityEnrolment' | 'resourcesFolder' | 'electronVersion'>> & { folder?: string; host?: Host; clock?: Clock }

export const settingsOf = (folder: string, changed: Partial<CoreSettings> = {}): CoreSettings => ({
  dataFolder: folder, resourcesFolder: RESOURCES, migrationsFolder: MIGRATIONS, practice: true, appVersion: '0.0.0', electronVersion: 'none', keyStore: 'none',
  ...(nativeBinding !== undefined && { nativeBinding }), ...changed,
})

/** A machine as the app starts it, before or after its first run; stopped after the test. */
export function machine({ folder = temporaryFolder(), host = headlessHost(), clock = systemClock, ...settings }: Wish = {}): Machine {
  const logged: Machine['logged'] = []
  const log: Log = (event, fields = {}) => void logged.push({ event, fields })
  const counter = createCounter({ settings: settingsOf(folder, settings), host, clock, log, live, cost: CHEAP })
  onTestFinished(() => counter.close())
  const office = (): Office => counter.office() ?? (() => { throw new Error('the office is not open') })()
  return { folder, counter, host, logged, log, office, connect: () => connect(counter, host, clock) }
}

/** A practice ward with somebody signed in. */
export async function practice(loginName: string, wish: Wish = {}): Promise<Machine & { connection: Connection; context: { context: { connection: Connection; log: Log } } }> {
  const made = machine(wish)
  await made.counter.start()
  const connection = made.connect()
  const context = { context: { connection, log: made.log } }
  await call(router.staff.signIn, { loginName, secret: secretOf(loginName) }, context)
  return { ...made, connection, context }
}

export const firstRun = { ward, counter: desk, administrator }

/** A key store that wraps by one byte, as the operating system's would by its own key. */
export const keyStore = (name: string, byte: number | null): Host => {
  const turn = async (bytes: Uint8Array): Promise<Uint8Array | null> => (byte === null ? null : bytes.map((one) => one ^ byte))
  return { ...headlessHost(), name, wrapKey: turn, unwrapKey: turn }
}

export function filledContent(view: DraftView, procedure: Procedure, changed: Partial<DraftContent> = {}): DraftContent {
  const components = Object.fromEntries(procedure.components.map((component) => [component.code, { mark: 'seen' as const, note: '' }]))
  const answers = Object.fromEntries(procedure.eligibility.map((question) => [question.id, question.answers.find(({ verdict }) => verdict === 'ok')?.id ?? '']))
  return {
    ...view.content, applicant: person(), procedure: { code: procedure.code, version: procedure.version }, components, answers: { place: 'here', ...answers },
    fee: { ...view.content.fee, councilAmount: 0 }, ...changed,
  }
}

/** The code of the error that a call ends with, or undefined. */
export async function codeOfCall(work: () => Promise<unknown>): Promise<string | undefined> {
  try {
    await work()
    return undefined
  } catch (error) {
    return error instanceof Error && 'code' in error ? String(error.code) : String(error)
  }
}

/** The first events from now on. */
export async function firstEvents(count: number, act: () => void): Promise<LiveEvent[]> {
  const abort = new AbortController()
  const stream = live.listen(abort.signal)
  const events: LiveEvent[] = []
  const reading = (async () => {
    for await (const event of stream) {
      events.push(event)
      if (events.length === count) return
    }
  })()
  await Promise.resolve()
  act()
  await reading
  abort.abort()
  return events
}
