import { describe, expect, it } from 'vitest'
import { headlessHost, shellHost, type ParentPort } from '../../src-main/core/host'
import type { WindowPort } from '../../src-main/core/port'
import type { DriverProcess } from '../../src-main/signing'

/** The shell as the core sees it, and the driver at the other end of the port. */
function setUp() {
  const sent: { kind: string; id: number; ask: { kind: string; driver?: number } }[] = []
  let hear = (_data: unknown, _ports: readonly WindowPort[]): void => undefined
  const parent: ParentPort = {
    postMessage: (message) => void sent.push(message as (typeof sent)[number]),
    on: (_event, listener) => (hear = (data, ports) => listener({ data, ports })),
  }
  const nothing = (): void => undefined
  const { host } = shellHost(parent, { init: nothing, attachWindow: nothing, hallChanged: nothing, lock: nothing, shutdown: nothing }, nothing)
  const start = async (driver: number): Promise<{ process: DriverProcess; far: MessagePort }> => {
    const { port1, port2 } = new MessageChannel()
    const starting = host.startDriver?.()
    hear({ kind: 'driver-port', driver }, [port1])
    hear({ kind: 'answer', id: sent.at(-1)?.id, value: { driver } }, [])
    const process = await starting
    if (!process) throw new Error('no driver')
    return { process, far: port2 }
  }
  return { sent, start, hear: (data: unknown) => hear(data, []) }
}

describe('drivers that the shell keeps for the core', () => {
  it('a driver is asked for, and what is said goes over its own port both ways', async () => {
    const { sent, start } = setUp()
    const { process, far } = await start(3)
    expect(sent[0]?.ask).toEqual({ kind: 'start-driver' })
    const there = new Promise((done) => { far.onmessage = ({ data }) => done(data) })
    process.send({ id: 1, call: { kind: 'list' } })
    expect(await there).toEqual({ id: 1, call: { kind: 'list' } })
    const back = new Promise((done) => process.onMessage(done))
    far.postMessage('answer')
    expect(await back).toBe('answer')
    far.close()
  })

  it('its end is told once, also to whoever asks afterwards', async () => {
    const { start, hear } = setUp()
    const { process } = await start(1)
    let ends = 0
    process.onExit(() => (ends += 1))
    hear({ kind: 'driver-ended', driver: 1 })
    hear({ kind: 'driver-ended', driver: 1 })
    // Nobody listens any more.
    process.send({ id: 2, call: { kind: 'list' } })
    expect(ends).toBe(1)
  })

  it('one is ended by its number, the other stays', async () => {
    const { sent, start } = setUp()
    const [one, two] = [await start(1), await start(2)]
    two.process.kill()
    expect(sent.at(-1)?.ask).toEqual({ kind: 'end-driver', driver: 2 })
    one.far.close()
    two.far.close()
  })

  it('a core without a shell has none unless it is given a way', () => {
    expect(headlessHost().startDriver).toBeNull()
  })
})
