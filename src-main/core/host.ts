import { AppError, ERRORS } from '@contract/errors'
import { HostAnswer, ToCore, type CoreSettings, type FromCore, type GreyPage, type HandedOver, type HostAnswers, type HostAsk, type Paper, type Printer } from '@contract/host'
import type { ErrorCode, ErrorParams } from '@contract/errors'
import type { HallOpening, HallState, HallWindow } from '@contract/hall'
import type { QueueReport } from '@contract/printing'
import type { StartDriver } from '../signing'
import { createDriverPorts } from './driver-ports'
import type { Log } from './log'
import type { WindowPort } from './port'

/** What the core needs of the operating system. */
export interface Host {
  /** What wraps keys here; `none` where nothing does. */
  readonly name: string
  /** Wrapped bytes, or null where the operating system has no key store worth the name. */
  wrapKey(bytes: Uint8Array): Promise<Uint8Array | null>
  /** The bytes again, or null when this machine or user cannot unwrap them. */
  unwrapKey(bytes: Uint8Array): Promise<Uint8Array | null>
  listPrinters(): Promise<readonly Printer[]>
  /** Prints a PDF; `printer: null` is the default one. Throws IN-002 (no such printer), IN-003 (failed), IN-004 (no printing here). */
  printPdf(job: { bytes: Uint8Array; printer: string | null; silent: boolean; paper: Paper; copies?: number }): Promise<HandedOver>
  /** Hands a printer bytes of its own language. Throws IN-002, IN-003, and IN-004 where queues take none. */
  printRaw(job: { bytes: Uint8Array; printer: string }): Promise<HandedOver>
  /** What the queue says of a job that it has got. */
  queueJob(job: string): Promise<QueueReport>
  /** Takes a job out of its queue; one that is through already stays so. */
  cancelJob(job: string): Promise<null>
  /** Draws the first page of a PDF so many dots wide. Throws IN-003, IN-004. */
  drawPdf(page: { bytes: Uint8Array; width: number }): Promise<GreyPage>
  /** Asks where to save and writes the file. */
  saveFile(file: { suggestedName: string; bytes: Uint8Array }): Promise<'saved' | 'cancelled'>
  readonly hall: HallHost
  /** Starts the process of a driver of USB tokens; null where none can be started. */
  readonly startDriver: StartDriver | null
}

/** Monitors and the windows of the hall. Each answer is the state afterwards. */
export interface HallHost {
  state(): Promise<HallState>
  /** Opens a window, or moves one that is open. Throws MH-001 (no free monitor, no windows here). */
  open(opening: HallOpening): Promise<HallState>
  /** Closes a window; nothing happens when it is not open. */
  close(window: HallWindow): Promise<HallState>
  plan(plan: Pick<HallState, 'display' | 'atStart'>): Promise<HallState>
  /** A citizen has touched the display: the officer's next keys are for the officer's window again. */
  handBack(): Promise<HallState>
}

/** Whose port it is. */
export type Attached = Readonly<{ window: HallWindow | 'counter'; turned: boolean }>

/** The core's end of the port to the shell (Electron's `process.parentPort`, named here by what we use of it). */
export interface ParentPort {
  postMessage(message: unknown): void
  on(event: 'message', listener: (event: { data: unknown; ports: readonly WindowPort[] }) => void): unknown
}

/** What the shell tells the core. */
export interface ShellEvents {
  init(settings: CoreSettings): void
  attachWindow(port: WindowPort, whose: Attached): void
  /** A monitor or a window of the hall came or went. */
  hallChanged(): void
  /** The machine sleeps or the desktop was locked: lock the session. */
  lock(): void
  shutdown(): void
}

export interface ShellLink {
  readonly host: Host
  ready(): void
  fatal(code: ErrorCode, params?: ErrorParams): void
  busy(busy: boolean): void
}

const NO_HALL: HallState = { monitors: [], open: [], display: 'off', atStart: [] }

/** The host of a core that runs without a window (command line, tests): no key store, no printer, no dialogs. */
export function headlessHost(startDriver: StartDriver | null = null): Host {
  const refuse = (): never => {
    throw new AppError(ERRORS.paper.noPrintingHere)
  }
  return {
    name: 'none',
    wrapKey: async () => null,
    unwrapKey: async () => null,
    listPrinters: async () => [],
    printPdf: async () => refuse(),
    printRaw: async () => refuse(),
    queueJob: async () => ({ state: 'gone', reason: null }),
    cancelJob: async () => null,
    drawPdf: async () => refuse(),
    saveFile: async () => refuse(),
    startDriver,
    hall: {
      state: async () => NO_HALL,
      open: async () => {
        throw new AppError(ERRORS.hall.noFreeMonitor)
      },
      close: async () => NO_HALL,
      plan: async () => NO_HALL,
      handBack: async () => NO_HALL,
    },
  }
}

/** The port to the shell when this process was started by it, else null. */
export function parentPortOf(candidate: object): ParentPort | null {
  const port: unknown = Reflect.get(candidate, 'parentPort')
  return isParentPort(port) ? port : null
}

function isParentPort(port: unknown): port is ParentPort {
  return typeof port === 'object' && port !== null && 'postMessage' in port && 'on' in port
}

/** Connects the core with its shell: events in, asks and news out. Messages of an unknown form are logged by kind and dropped. */
export function shellHost(parentPort: ParentPort, events: ShellEvents, log: Log): ShellLink {
  const asks = askTable(parentPort)
  const drivers = createDriverPorts({ start: () => asks.ask({ kind: 'start-driver' }), end: (driver) => asks.ask({ kind: 'end-driver', driver }) })
  let keyStore = 'none'
  parentPort.on('message', ({ data, ports }) => {
    const parsed = ToCore.safeParse(data)
    if (!parsed.success) return log('host-message-refused')
    const message = parsed.data
    switch (message.kind) {
      case 'init':
        keyStore = message.settings.keyStore
        return events.init(message.settings)
      case 'attach-window':
        return ports[0] ? events.attachWindow(ports[0], message) : log('host-window-without-port')
      case 'hall-changed':
        return events.hallChanged()
      case 'driver-port':
        return ports[0] ? drivers.attach(message.driver, ports[0]) : log('host-driver-without-port')
      case 'driver-ended':
        return drivers.ended(message.driver)
      case 'suspend':
      case 'lock':
        return events.lock()
      case 'shutdown':
        return events.shutdown()
      case 'answer':
        return asks.settle(message.id, message.value)
      case 'refusal':
        return asks.refuse(message.id, new AppError(message.code, message.params))
    }
  })
  const send = (message: FromCore): void => parentPort.postMessage(message)
  return {
    host: {
      get name() {
        return keyStore
      },
      wrapKey: (bytes) => asks.ask({ kind: 'wrap-key', bytes }),
      unwrapKey: (bytes) => asks.ask({ kind: 'unwrap-key', bytes }),
      listPrinters: () => asks.ask({ kind: 'list-printers' }),
      printPdf: (job) => asks.ask({ kind: 'print-pdf', ...job, copies: job.copies ?? 1 }),
      printRaw: (job) => asks.ask({ kind: 'print-raw', ...job }),
      queueJob: (job) => asks.ask({ kind: 'queue-job', job }),
      cancelJob: (job) => asks.ask({ kind: 'cancel-job', job }),
      drawPdf: (page) => asks.ask({ kind: 'draw-pdf', ...page }),
      saveFile: (file) => asks.ask({ kind: 'save-file', ...file }),
      startDriver: drivers.start,
      hall: {
        state: () => asks.ask({ kind: 'hall-state' }),
        open: (opening) => asks.ask({ kind: 'hall-open', opening }),
        close: (window) => asks.ask({ kind: 'hall-close', window }),
        plan: (plan) => asks.ask({ kind: 'hall-plan', ...plan }),
        handBack: () => asks.ask({ kind: 'hall-hand-back' }),
      },
    },
    ready: () => send({ kind: 'ready' }),
    fatal: (code, params = {}) => send({ kind: 'fatal', code, params }),
    busy: (busy) => send({ kind: 'busy', busy }),
  }
}

interface Waiting {
  settle(value: unknown): void
  refuse(error: Error): void
}

/** Asks on their way, by number. */
function askTable(parentPort: ParentPort) {
  const waiting = new Map<number, Waiting>()
  let last = 0
  const take = (id: number): Waiting | undefined => {
    const found = waiting.get(id)
    waiting.delete(id)
    return found
  }
  return {
    ask: <Kind extends HostAsk['kind']>(ask: Extract<HostAsk, { kind: Kind }>): Promise<HostAnswers[Kind]> =>
      new Promise((resolve, reject) => {
        const id = (last += 1)
        waiting.set(id, { settle: (value) => settleAs(ask.kind, value, resolve, reject), refuse: reject })
        parentPort.postMessage({ kind: 'ask', id, ask } satisfies FromCore)
      }),
    settle: (id: number, value: unknown) => take(id)?.settle(value),
    refuse: (id: number, error: Error) => take(id)?.refuse(error),
  }
}

function settleAs<Kind extends HostAsk['kind']>(kind: Kind, value: unknown, resolve: (answer: HostAnswers[Kind]) => void, reject: (error: Error) => void): void {
  const parsed = HostAnswer[kind].safeParse(value)
  // The table's schema for a kind yields that kind's answer; the compiler cannot follow a generic index through zod.
  if (parsed.success) resolve(parsed.data as HostAnswers[Kind])
  else reject(new AppError(ERRORS.storage.unexpected, {}, { cause: parsed.error }))
}
