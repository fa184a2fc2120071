import fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { AppError, ERRORS } from '@contract/errors'
import type { CoreSettings, HostAsk } from '@contract/host'
import { BUSY_END_WAIT_MS, END_WAIT_MS, superviseCore, type CoreProcess } from '../../src-main/shell/core-supervisor'
import { afterExit, MOST_CRASHES, STEADY_MS } from '../../src-main/shell/restart-policy'

const settings: CoreSettings = {
  dataFolder: '/data', resourcesFolder: '/resources', migrationsFolder: '/migrations', practice: false, appVersion: '1', electronVersion: '45', keyStore: 'none',
}

interface FakeCore extends CoreProcess<string> {
  sent: unknown[]
  say(message: unknown): void
  end(code: number): void
  killed: boolean
}

function fakeCore(): FakeCore {
  let hear = (_message: unknown): void => undefined
  let ended = (_code: number): void => undefined
  const core: FakeCore = {
    sent: [],
    killed: false,
    postMessage: (message, ports) => void core.sent.push(ports ? { ...message, ports } : message),
    onMessage: (listener) => (hear = listener),
    onExit: (listener) => (ended = listener),
    kill: () => {
      core.killed = true
      ended(137)
    },
    say: (message) => hear(message),
    end: (code) => ended(code),
  }
  return core
}

function setUp(answer: (ask: HostAsk) => Promise<unknown> = async () => null) {
  const cores: FakeCore[] = []
  const told: string[] = []
  const supervisor = superviseCore<string>({
    fork: () => {
      const core = fakeCore()
      cores.push(core)
      return core
    },
    settings: () => settings,
    answer,
    onState: (state) => told.push(state),
    onTrouble: (code) => told.push(`trouble ${code}`),
    onFork: () => told.push('fork'),
    log: () => undefined,
  })
  const last = (): FakeCore => cores.at(-1) ?? fakeCore()
  return { supervisor, cores, told, last }
}

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

describe('a core that falls', () => {
  it('is started again after 0, 1, 3 and 3 s, and given up after the fifth quick crash', async () => {
    const { supervisor, cores, told, last } = setUp()
    supervisor.start()
    const forks: number[] = []
    for (const wait of [0, 1000, 3000, 3000]) {
      const before = cores.length
      last().end(1)
      await vi.advanceTimersByTimeAsync(Math.max(0, wait - 1))
      if (wait > 0) expect(cores.length).toBe(before)
      await vi.advanceTimersByTimeAsync(1)
      forks.push(cores.length)
    }
    last().end(1)
    await vi.advanceTimersByTimeAsync(60_000)
    expect([forks, cores.length, told.slice(-2)]).toEqual([[2, 3, 4, 5], 5, ['failed', `trouble ${ERRORS.storage.unexpected}`]])
  })

  it('counts anew after it has run well for a while', async () => {
    const { supervisor, cores, last } = setUp()
    supervisor.start()
    for (let round = 0; round < 12; round += 1) {
      await vi.advanceTimersByTimeAsync(STEADY_MS)
      last().end(1)
      await vi.advanceTimersByTimeAsync(1)
    }
    expect(cores.length).toBe(13)
  })

  it('is told its settings first, each time', async () => {
    const { supervisor, cores, last } = setUp()
    supervisor.start()
    last().end(1)
    await vi.advanceTimersByTimeAsync(1)
    expect(cores.map((core) => core.sent[0])).toEqual([{ kind: 'init', settings }, { kind: 'init', settings }])
  })

  it('is started again by hand after it was given up', async () => {
    const { supervisor, cores, last } = setUp()
    supervisor.start()
    for (let round = 0; round < MOST_CRASHES; round += 1) {
      last().end(1)
      await vi.advanceTimersByTimeAsync(3000)
    }
    supervisor.retry()
    expect(cores.length).toBe(MOST_CRASHES + 1)
  })

  it('never restarts more often than the policy says', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 2 * STEADY_MS }), { maxLength: 40 }), (lives) => {
        let crashes = 0
        for (const [index, lived] of lives.entries()) {
          const next = afterExit(crashes, lived)
          const lastLives = lives.slice(Math.max(0, index - MOST_CRASHES + 2), index + 1)
          if (next.do === 'give-up') return index + 1 >= MOST_CRASHES && lastLives.every((each) => each < STEADY_MS)
          crashes = next.crashes
        }
        return crashes < MOST_CRASHES
      }),
    )
  })
})

describe('a core that cannot serve', () => {
  it('is ended and its own reason is told, without a restart', async () => {
    const { supervisor, cores, told, last } = setUp()
    supervisor.start()
    last().say({ kind: 'fatal', code: ERRORS.storage.newerDatabase, params: {} })
    last().end(0)
    await vi.advanceTimersByTimeAsync(10_000)
    expect([told, cores.length, last().sent.at(-1)]).toEqual([['starting', 'fork', 'failed', `trouble ${ERRORS.storage.newerDatabase}`], 1, { kind: 'shutdown' }])
  })
})

describe('the end', () => {
  it.each([
    ['idle', false, END_WAIT_MS],
    ['busy', true, BUSY_END_WAIT_MS],
  ])('kills an %s core that does not end by itself, in time', async (_name, busy, wait) => {
    const { supervisor, last } = setUp()
    supervisor.start()
    last().say({ kind: 'busy', busy })
    const stopped = supervisor.stop()
    await vi.advanceTimersByTimeAsync(wait - 1)
    const early = last().killed
    await vi.advanceTimersByTimeAsync(1)
    await stopped
    expect([early, last().killed]).toEqual([false, true])
  })

  it('does not start a core again that was asked to end', async () => {
    const { supervisor, cores, last } = setUp()
    supervisor.start()
    const stopped = supervisor.stop()
    last().end(0)
    await stopped
    await vi.advanceTimersByTimeAsync(60_000)
    expect([cores.length, last().killed]).toEqual([1, false])
  })

  it('stops a restart that was waiting', async () => {
    const { supervisor, cores, last } = setUp()
    supervisor.start()
    last().end(1)
    await supervisor.stop()
    await vi.advanceTimersByTimeAsync(60_000)
    expect(cores.length).toBe(1)
  })
})

describe('what the core asks', () => {
  it('is answered by number', async () => {
    const { supervisor, last } = setUp(async (ask) => (ask.kind === 'wrap-key' ? new Uint8Array([9]) : null))
    supervisor.start()
    last().say({ kind: 'ask', id: 4, ask: { kind: 'wrap-key', bytes: new Uint8Array([1]) } })
    await vi.advanceTimersByTimeAsync(0)
    expect(last().sent.at(-1)).toEqual({ kind: 'answer', id: 4, value: new Uint8Array([9]) })
  })

  it('is refused with the code of what went wrong', async () => {
    const { supervisor, last } = setUp(() => Promise.reject(new AppError(ERRORS.paper.printerMissing, { printer: 'Q1' })))
    supervisor.start()
    last().say({ kind: 'ask', id: 5, ask: { kind: 'list-printers' } })
    await vi.advanceTimersByTimeAsync(0)
    expect(last().sent.at(-1)).toEqual({ kind: 'refusal', id: 5, code: ERRORS.paper.printerMissing, params: { printer: 'Q1' } })
  })

  it.each([null, 'ready', {}, { kind: 'ask', id: 1, ask: { kind: 'run-program' } }, { kind: 'fatal', code: 'XX-1', params: {} }])('is ignored when it is %o', async (message) => {
    const { supervisor, last, told } = setUp()
    supervisor.start()
    last().say(message)
    await vi.advanceTimersByTimeAsync(0)
    expect([last().sent.length, told]).toEqual([1, ['starting', 'fork']])
  })
})

it('hands a window’s port to the core that runs now', async () => {
  const { supervisor, last } = setUp()
  supervisor.start()
  last().end(1)
  await vi.advanceTimersByTimeAsync(1)
  supervisor.attachWindow('port', { window: 'display', turned: true })
  expect(last().sent.at(-1)).toEqual({ kind: 'attach-window', window: 'display', turned: true, ports: ['port'] })
})
