import { RPCHandler } from '@orpc/server/message-port'
import { AppError } from '@contract/errors'
import type { CoreSettings } from '@contract/host'
import { systemClock } from '../storage'
import { type Connection, connect } from './connection'
import { createCounter, type Counter } from './counter'
import { createHallPorts } from './hall-ports'
import { type Attached, parentPortOf, shellHost } from './host'
import { createLive } from './live'
import { logToStderr as log } from './log'
import { threadBeside, threadsBeside } from './office'
import { servePort, type WindowPort } from './port'
import { createRouter } from './router'

const parentPort = parentPortOf(process)
if (!parentPort) throw new Error('the core is started by the shell')

// A message that no call owns must not end everybody's work; what it held is not told.
process.on('unhandledRejection', (reason) => log('core.unhandled', { kind: reason instanceof Error ? reason.name : typeof reason }))

const live = createLive()
const handler = new RPCHandler(createRouter(live))
const hall = createHallPorts()
const waiting: (() => void)[] = []
const connections = new Set<Connection>()
let counter: Counter | undefined

const serve = (port: WindowPort, whose: Attached): void => {
  const open = counter
  if (!open) waiting.push(() => serve(port, whose))
  else if (whose.window === 'counter') serveCounter(port, open)
  else void hall.serve(whose.window, port, { counter: open, host: link.host, clock: systemClock, live, log, turned: whose.turned }).catch(unserved)
}

const serveCounter = (port: WindowPort, open: Counter): void => {
  const connection = connect(open, link.host, systemClock)
  connections.add(connection)
  const ended = (guarded: Parameters<Parameters<typeof servePort>[1]>[0]): void => {
    guarded.on('close', () => connections.delete(connection))
    handler.upgrade(guarded, { context: { connection, log } })
  }
  servePort(port, ended, log)
}

const unserved = (error: unknown): void => log('core.hall-unserved', { kind: error instanceof Error ? error.name : typeof error })

const start = async (settings: CoreSettings): Promise<void> => {
  const made = createCounter({
    settings, host: link.host, clock: systemClock, log, live,
    workerFile: threadBeside(import.meta.url, 'paperwork') ?? undefined, threads: threadsBeside(import.meta.url),
  })
  await made.start()
  counter = made
  waiting.splice(0).forEach((serveNow) => serveNow())
  link.ready()
}

/** A core that cannot open the data says so and stays, so that the window can show why. */
const failed = (error: unknown): void => {
  log('core.start-failed', { code: error instanceof AppError ? error.code : 'LOI-000', kind: error instanceof Error ? error.name : typeof error })
  if (error instanceof AppError) link.fatal(error.code, error.params)
  else link.fatal('LOI-000')
}

const stop = (): void => {
  const closing = counter?.close() ?? Promise.resolve()
  closing.catch((error: unknown) => log('core.close-failed', { kind: error instanceof Error ? error.name : typeof error })).finally(() => process.exit(0))
}

const link = shellHost(parentPort, {
  init: (settings) => void start(settings).catch(failed),
  attachWindow: serve,
  hallChanged: () => live.emit({ kind: 'hall' }),
  lock: () => {
    connections.forEach((connection) => {
      const session = connection.session()
      if (session) connection.office().staff.lock(session.id, 'system')
    })
    counter?.office()?.staff.helpers.clear('system')
  },
  shutdown: stop,
}, log)
