import fc from 'fast-check'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { simulatedTokens } from '../../../src-main/signing/token'
import type { DriverProcess } from '../../../src-main/signing/token'
import { serveDriver } from '../../../src-main/signing/token/driver/serve'
import type { ToDriver } from '../../../src-main/signing/token/protocol'
import { superviseDriver } from '../../../src-main/signing/token/supervisor'
import { codeOfToken } from './support'

/** A process that answers as it is told. */
function driverThat(answer: (message: ToDriver, reply: (value: unknown) => void, end: () => void) => void) {
  const counts = { started: 0, killed: 0 }
  const start = async (): Promise<DriverProcess> => {
    counts.started += 1
    let hear = (_value: unknown): void => undefined
    const ends: (() => void)[] = []
    const end = (): void => ends.splice(0).forEach((ended) => ended())
    return {
      pid: null, onMessage: (listener) => (hear = listener), onExit: (listener) => void ends.push(listener),
      send: (message) => queueMicrotask(() => (message.call.kind === 'open' ? hear({ id: message.id, ok: true, value: { maker: '', description: '', version: '1.0' } }) : answer(message, hear, end))),
      kill: () => {
        counts.killed += 1
        queueMicrotask(end)
      },
    }
  }
  return { counts, driver: superviseDriver({ name: 'x', start, binding: '/b', library: '/l', now: () => 0, limits: { list: 100, sign: 100, close: 50 } }) }
}

describe('what a driver’s process says', () => {
  it('is not taken in another form', async () => {
    const { driver } = driverThat(({ id }, reply) => reply({ id, ok: true, value: [{ slot: 1 }] }))
    expect(await codeOfToken(driver.call({ kind: 'list' }))).toBe('KS-029')
  })

  it('is heard only as an answer to what was asked', async () => {
    const { driver } = driverThat(({ id }, reply) => {
      for (const noise of [null, 'x', { id: id + 100, ok: true, value: [] }, { id, ok: 'yes' }, { id, ok: false, failure: {} }]) reply(noise)
      reply({ id, ok: true, value: [] })
    })
    expect(await driver.call({ kind: 'list' })).toEqual([])
  })

  it('whatever it is, the call ends with an answer or a code', async () => {
    await fc.assert(fc.asyncProperty(fc.anything(), async (value) => {
      const { driver } = driverThat(({ id }, reply) => reply({ id, ok: true, value }))
      const ended = await driver.call({ kind: 'list' }).then((tokens) => (Array.isArray(tokens) ? 'KS-029' : 'other'), (error: unknown) => String(Reflect.get(Object(error), 'code')))
      expect(ended).toBe('KS-029')
    }), { numRuns: 300 })
  })

  it('calls go one after the other', async () => {
    let open = 0
    let most = 0
    const { driver } = driverThat(({ id }, reply) => {
      open += 1
      most = Math.max(most, open)
      setTimeout(() => {
        open -= 1
        reply({ id, ok: true, value: [] })
      }, 5)
    })
    await Promise.all([1, 2, 3].map(() => driver.call({ kind: 'list' })))
    expect(most).toBe(1)
  })

  it('one that is silent is ended, and those who waited get the next process', async () => {
    let silent = true
    const { driver, counts } = driverThat(({ id, call }, reply) => {
      if (call.kind === 'certificates' || !silent) reply({ id, ok: true, value: [] })
    })
    const at = { slot: '01', serial: '1', label: 'x' }
    const first = codeOfToken(driver.call({ kind: 'sign', at, pin: Uint8Array.of(1), keyId: '01', scheme: 'rsa-pss', pieces: [Uint8Array.of(1)] }))
    const second = driver.call({ kind: 'certificates', at })
    expect(await first).toBe('KS-028')
    expect(await second).toEqual([])
    expect(counts).toEqual({ started: 2, killed: 1 })
    silent = false
    expect(await driver.call({ kind: 'list' })).toEqual([])
  })

  it('after it is closed nothing is started any more', async () => {
    const { driver, counts } = driverThat(({ id }, reply) => reply({ id, ok: true, value: [] }))
    await driver.call({ kind: 'list' })
    await driver.close()
    expect(await codeOfToken(driver.call({ kind: 'list' }))).toBe('KS-029')
    expect(counts.started).toBe(1)
  })
})

describe('what is said to a driver’s process', () => {
  it('is dropped in any other form, without an answer', () => {
    fc.assert(fc.property(fc.anything(), (message) => {
      const said: unknown[] = []
      serveDriver((answer) => said.push(answer), () => said.push('end'))(message)
      expect(said).toEqual([])
    }), { numRuns: 500 })
  })

  it('before a driver is loaded every call is refused by word', () => {
    const said: unknown[] = []
    serveDriver((answer) => said.push(answer), () => undefined)({ id: 1, call: { kind: 'list' } })
    expect(said).toEqual([{ id: 1, ok: false, failure: { word: 'unloadable', rv: null, step: 'list', pin: null } }])
  })
})

describe('tries of a simulated token', () => {
  it('are what a model of five tries says, over any acts and restarts', async () => {
    const serial = '0000000000004472'
    await fc.assert(fc.asyncProperty(fc.array(fc.constantFrom('right', 'wrong', 'restart', 'pull', 'plug'), { maxLength: 14 }), async (acts) => {
      const folder = mkdtempSync(join(tmpdir(), 'motcua-tries-'))
      const file = join(folder, 'tokens.json')
      try {
        let tokens = simulatedTokens(file)
        tokens.plug(serial, true)
        const model = { left: 5, plugged: true }
        for (const act of acts) {
          if (act === 'restart') tokens = simulatedTokens(file)
          else if (act === 'pull' || act === 'plug') {
            model.plugged = act === 'plug'
            tokens.plug(serial, model.plugged)
          } else {
            const pin = new Uint8Array(Buffer.from(act === 'right' ? '135790' : '000000'))
            const ended = await codeOfToken(tokens.publicKey({ slot: '4472', serial, label: '' }, pin, '01').then((found) => Promise.reject(found === null ? new Error('opened') : new Error('a key'))))
            const expected = !model.plugged ? 'KS-022' : model.left === 0 ? 'KS-024' : act === 'right' ? 'Error: opened' : model.left === 1 ? 'KS-024' : 'KS-023'
            expect(ended).toBe(expected)
            if (model.plugged && model.left > 0) model.left = act === 'right' ? 5 : model.left - 1
          }
          const shown = (await tokens.list()).find((token) => token.serial === serial)
          expect(shown?.triesLeft ?? null).toBe(model.plugged ? model.left : null)
        }
      } finally {
        rmSync(folder, { recursive: true, force: true })
      }
    }), { numRuns: 25 })
  }, 60_000)
})
