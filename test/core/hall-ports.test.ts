import { MessageChannel } from 'node:worker_threads'
import { createORPCClient } from '@orpc/client'
import { RPCLink } from '@orpc/client/message-port'
import { eventIterator, oc, type AnyContractRouter, type ContractRouterClient } from '@orpc/contract'
import { RPCHandler } from '@orpc/server/message-port'
import { afterEach, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { contract } from '@contract'
import { AppError } from '@contract/errors'
import type { HallWindow } from '@contract/hall'
import { boardContract, displayContract, helperContract, kioskContract } from '@contract/hall-contracts'
import { createHallPorts } from '../../src-main/core/hall-ports'
import { hallApi, type HallContext } from '../../src-main/core/hall-serving'
import { headlessHost } from '../../src-main/core/host'
import { systemClock } from '../../src-main/storage'
import { live, machine, practice } from './support'

const ends: (() => void)[] = []
afterEach(() => ends.splice(0).forEach((end) => end()))

const small = {
  who: oc.output(z.object({ turned: z.boolean() })),
  fail: oc.output(z.string()),
  drop: oc.output(eventIterator(z.number())),
}

function setUp<Contract extends AnyContractRouter>(counter: HallContext['counter'], window: HallWindow, serve: ReturnType<typeof createHallPorts>, turned = false) {
  const { port1, port2 } = new MessageChannel()
  const logged: string[] = []
  const served = serve.serve(window, port1, { counter, host: headlessHost(), clock: systemClock, live, log: (event) => logged.push(event), turned })
  const client: ContractRouterClient<Contract> = createORPCClient(new RPCLink({ port: port2 }))
  port2.start()
  ends.push(() => port2.close())
  return { client, port2, logged, served }
}

function smallPorts() {
  const gone: AbortSignal[] = []
  const api = hallApi(small)
  const router = api.router({
    who: api.who.handler(({ context }) => {
      gone.push(context.gone)
      return { turned: context.turned }
    }),
    fail: api.fail.handler((): string => {
      throw new Error('Nguyễn Văn A')
    }),
    drop: api.drop.handler(async function* () {
      yield 1
      throw new AppError('MH-004')
    }),
  })
  const handler = async () => new RPCHandler(router)
  const { counter } = machine()
  const open = (turned: boolean) => setUp<typeof small>(counter, 'display', createHallPorts({ display: handler, board: handler, kiosk: handler, helper: handler }), turned)
  return { open, gone }
}

describe('a port of the hall', () => {
  it('tells its calls whether the window was turned around', async () => {
    const { open } = smallPorts()
    expect([await open(true).client.who(), await open(false).client.who()]).toEqual([{ turned: true }, { turned: false }])
  })

  it('tells them when the window is gone', async () => {
    const { open, gone } = smallPorts()
    const { client, port2 } = open(false)
    await client.who()
    const before = gone.map(({ aborted }) => aborted)
    const ended = new Promise((resolve) => gone[0]?.addEventListener('abort', resolve))
    port2.close()
    await ended
    expect(before).toEqual([false])
  })

  it('that closes while its router is loaded is not served', async () => {
    const { counter } = machine()
    const { port1, port2 } = new MessageChannel()
    let upgraded = false
    const loaded = new Promise<void>((resolve) => port1.on('close', resolve))
    const router = async () => {
      await loaded
      return { upgrade: () => (upgraded = true) } as unknown as RPCHandler<HallContext>
    }
    const serving = createHallPorts({ display: router, board: router, kiosk: router, helper: router })
      .serve('display', port1, { counter, host: headlessHost(), clock: systemClock, live, log: () => undefined, turned: false })
    port2.close()
    await serving
    expect(upgraded).toBe(false)
  })

  it('tells what is unexpected by a reference, and no word of it', async () => {
    const { open } = smallPorts()
    const { client, logged } = open(false)
    const told: unknown = await client.fail().catch((error: unknown) => error)
    expect(told).toMatchObject({ code: 'LOI-000' })
    expect([JSON.stringify(told).includes('Nguyễn'), logged]).toEqual([false, ['core.unexpected']])
  })

  it('tells in the same way what ends a stream', async () => {
    const { open } = smallPorts()
    const read = async (): Promise<void> => {
      for await (const each of await open(false).client.drop()) void each
    }
    await expect(read()).rejects.toMatchObject({ code: 'MH-004' })
  })
})

const own = { display: displayContract, board: boardContract, kiosk: kioskContract, helper: helperContract }
const paths = (part: object, path: readonly string[] = []): (readonly string[])[] => ('~orpc' in part ? [path] : Object.entries(part).flatMap(([name, inner]) => paths(inner as object, [...path, name])))

describe.each(Object.entries(own))('the window %s', (window, mine) => {
  it('is served nothing of the officer’s and nothing of the other windows', async () => {
    const { counter } = await practice('duyen')
    const { client } = setUp(counter, window as HallWindow, createHallPorts())
    const known = paths(mine).map((path) => path.join('.'))
    const foreign = [...paths(contract), ...Object.values(own).flatMap((each) => paths(each))].filter((path) => !known.includes(path.join('.')))
    const call = async (path: readonly string[]): Promise<string> => {
      const procedure = path.reduce<unknown>((at, name) => (at as Record<string, unknown>)[name], client) as (input: unknown) => Promise<unknown>
      return procedure({}).then(() => 'answered', (error: unknown) => (error as { code?: string }).code ?? 'unknown')
    }
    const answers = await Promise.all(foreign.map(async (path) => [path.join('.'), await call(path)] as const))
    expect(answers.filter(([, answer]) => answer !== 'NOT_FOUND')).toEqual([])
    expect(answers.length).toBeGreaterThan(100)
  })
})
