import { MessageChannel, parentPort, type MessagePort, Worker, workerData } from 'node:worker_threads'
import { createORPCClient } from '@orpc/client'
import { RPCLink } from '@orpc/client/message-port'
import type { ContractRouterClient } from '@orpc/contract'
import { RPCHandler } from '@orpc/server/message-port'
import { z } from 'zod'
import type { Contract } from '@contract'
import type { DisplayContract } from '@contract/hall-contracts'
import { createHallPorts } from '../../src-main/core/hall-ports'
import { headlessHost } from '../../src-main/core/host'
import { quiet } from '../../src-main/core/log'
import { servePort } from '../../src-main/core/port'
import { createRouter } from '../../src-main/core/router'
import { systemClock } from '../../src-main/storage'
import { openWard, practiceOfficer } from './ward'

const Told = z.object({ core: z.string() })

/** The entry of the thread: opens the ward and serves the contract on the port it is given, as the core does for a window. */
export async function serveInThread(): Promise<void> {
  const ward = await openWard(Told.parse(workerData).core)
  const handler = new RPCHandler(createRouter(ward.live))
  const hall = createHallPorts()
  parentPort?.on('message', (message: { port: MessagePort; display?: true } | 'end') => {
    if (message === 'end') return void ward.close().then(() => process.exit(0))
    if (message.display === true) {
      return void hall.serve('display', message.port, { counter: ward.counter, host: headlessHost(), clock: systemClock, live: ward.live, log: quiet, turned: false })
    }
    servePort(message.port, (guarded) => handler.upgrade(guarded, { context: { connection: ward.connection, log: quiet } }), quiet)
  })
  parentPort?.postMessage('ready')
}

export type Core = Readonly<{
  api: ContractRouterClient<Contract>
  /** A display of the citizen at a port of its own. */
  display(): ContractRouterClient<DisplayContract>
  close(): Promise<void>
}>

/** A core in a thread of its own with an officer signed in, called over a message port as the window does. */
export async function startCore(folder: string): Promise<Core> {
  const worker = new Worker(process.argv[1] ?? '', { workerData: { core: folder } })
  await new Promise<void>((resolve, reject) => {
    worker.once('message', () => resolve())
    worker.once('error', reject)
    worker.once('exit', () => reject(new Error('the core thread ended')))
  })
  const { port1, port2 } = new MessageChannel()
  worker.postMessage({ port: port2 }, [port2])
  const api: Core['api'] = createORPCClient(new RPCLink({ port: port1 }))
  port1.start()
  await api.staff.signIn(practiceOfficer())
  const ports: MessagePort[] = [port1]
  return {
    api,
    display: () => {
      const { port1: mine, port2: theirs } = new MessageChannel()
      worker.postMessage({ port: theirs, display: true }, [theirs])
      ports.push(mine)
      mine.start()
      return createORPCClient(new RPCLink({ port: mine }))
    },
    close: async () => {
      const ended = new Promise((resolve) => worker.once('exit', resolve))
      worker.postMessage('end')
      await ended
      for (const port of ports) port.close()
    },
  }
}
