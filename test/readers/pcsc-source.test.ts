import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { openPcsc, type PcscOptions } from '../../src-main/readers'
import { loadBinding } from '../../src-main/readers/pcsc/binding'
import { codeOfAsync } from '../storage/support'
import { fakeService } from './pcsc-fake'

const NAME = 'ACS ACR122U PICC Interface 00 00'
const EMPTY = 0x10
const PRESENT = 0x20
const bytes = (text: string): Uint8Array => Uint8Array.from(Buffer.from(text, 'hex'))

beforeEach(() => void vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance'] }))
afterEach(() => {
  // A source that was closed leaves nothing running.
  expect(vi.getTimerCount()).toBe(0)
  vi.useRealTimers()
})

async function opened(service: ReturnType<typeof fakeService>, options: Partial<PcscOptions> = {}) {
  let news = 0
  const source = await openPcsc({ binding: undefined, load: () => service.binding, platform: 'linux', ...options })(() => { news += 1 })
  return { source, news: () => news }
}

describe('the PC/SC way', () => {
  it('without its native part says so and does nothing more', async () => {
    const source = await openPcsc({ binding: undefined })(() => undefined)
    expect([source.trouble(), source.slots()]).toEqual([{ kind: 'pcsc', code: 'TB-003', params: { part: 'PC/SC' } }, []])
    expect(await codeOfAsync(() => source.connect(NAME))).toBe('TB-003')
    await source.close()
  })

  it('with a file that is no native part, or none at all, says the same', () => {
    expect([loadBinding(import.meta.filename), loadBinding('/nowhere/at-all.node')]).toMatchObject([{ code: 'TB-003' }, { code: 'TB-003' }])
  })

  it('tries a service that is not there after 1, 2, 4, 8, 15 and 15 seconds, and finds it when it comes', async () => {
    const service = fakeService()
    service.running = false
    const { source, news } = await opened(service)
    expect(source.trouble()?.code).toBe('TB-002')
    const tries: number[] = []
    for (const ms of [1000, 2000, 4000, 8000, 15_000, 15_000]) {
      await vi.advanceTimersByTimeAsync(ms - 1)
      tries.push(service.opened)
      await vi.advanceTimersByTimeAsync(1)
    }
    expect(tries).toEqual([1, 2, 3, 4, 5, 6])
    service.running = true
    service.put(NAME, EMPTY)
    await vi.advanceTimersByTimeAsync(15_000)
    expect([source.trouble(), source.slots()]).toMatchObject([null, [{ name: NAME, slot: 'contactless', card: 'absent', simulated: false }]])
    expect(news()).toBe(2)
    await source.close()
  })

  it('on Windows takes a service that does not run for a machine without a reader', async () => {
    const service = fakeService()
    service.running = false
    const { source } = await opened(service, { platform: 'win32' })
    expect(source.trouble()?.code).toBe('TB-001')
    await source.close()
  })

  it('notices a service that stops and starts again, with all connections let go', async () => {
    const service = fakeService()
    service.put(NAME, EMPTY)
    const { source } = await opened(service)
    service.stop()
    await vi.advanceTimersByTimeAsync(0)
    service.stop()
    await vi.advanceTimersByTimeAsync(60)
    expect([source.trouble()?.code, source.slots(), service.open()]).toEqual(['TB-002', [], 0])
    service.running = true
    await vi.advanceTimersByTimeAsync(1000)
    expect([source.trouble(), source.slots().length]).toEqual([null, 1])
    await source.close()
    expect(service.open()).toBe(0)
  })

  it('tells news once each, and does not spin while nothing changes', async () => {
    const service = fakeService()
    service.put(NAME, EMPTY)
    const { source, news } = await opened(service)
    const before = news()
    await vi.advanceTimersByTimeAsync(60)
    service.put(NAME, PRESENT)
    await vi.advanceTimersByTimeAsync(60)
    expect(source.slots()[0]?.card).toBe('present')
    service.unplug(NAME)
    await vi.advanceTimersByTimeAsync(60)
    expect([source.slots(), news() - before]).toEqual([[], 2])
    await vi.advanceTimersByTimeAsync(10_000)
    expect(news() - before).toBe(2)
    await source.close()
  })

  it('connects exclusively, and waits up to three seconds for another program', async () => {
    const service = fakeService()
    service.put(NAME, PRESENT)
    const { source } = await opened(service)
    service.failures.push('Sharing violation', 'Sharing violation')
    const connecting = source.connect(NAME)
    await vi.advanceTimersByTimeAsync(250)
    const transport = await connecting
    expect(service.connects).toEqual([[1, 3], [1, 3], [1, 1]])
    await transport.close()

    service.failures.push(...Array.from({ length: 100 }, () => 'Sharing violation'))
    const refused = codeOfAsync(() => source.connect(NAME))
    await vi.advanceTimersByTimeAsync(2900)
    expect(service.failures.length).toBeGreaterThan(60)
    await vi.advanceTimersByTimeAsync(200)
    expect(await refused).toBe('TB-006')
    await source.close()
  })

  it.each([['No smart card present', 0, 'THE-004'], ['Reader unavailable', 0, 'TB-007'], ['Card is unresponsive', 800, 'TB-010']])('%s at connecting: after %i ms %s', async (text, ms, code) => {
    const service = fakeService()
    service.put(NAME, PRESENT)
    const { source } = await opened(service)
    service.failures.push(...Array.from({ length: 20 }, () => text))
    const refused = codeOfAsync(() => source.connect(NAME))
    await vi.advanceTimersByTimeAsync(ms)
    expect(await refused).toBe(code)
    expect(service.open()).toBe(1)
    await source.close()
  })

  it('gives a reader that stays silent up after 30 seconds, and neither waits for it nor touches it when closing', async () => {
    const service = fakeService()
    service.put(NAME, PRESENT)
    const { source } = await opened(service)
    const transport = await source.connect(NAME)
    let answer = (_bytes: Buffer): void => undefined
    service.answer = () => new Promise((resolve) => { answer = resolve })
    const said = codeOfAsync(() => transport.transmit(bytes('00840000 08'.replace(' ', ''))))
    await vi.advanceTimersByTimeAsync(30_000)
    expect(await said).toBe('TB-008')
    expect(await codeOfAsync(() => transport.transmit(bytes('0084000008')))).toBe('TB-008')
    await transport.close()
    expect(service.disconnects).toEqual([])
    answer(Buffer.from('9000', 'hex'))
    await vi.advanceTimersByTimeAsync(0)
    expect(service.disconnects).toEqual([0])
    await source.close()
  })

  it('sends one command at a time, with room for the longest answer', async () => {
    const service = fakeService()
    service.put(NAME, PRESENT)
    const { source } = await opened(service)
    const transport = await source.connect(NAME)
    let running = 0
    let most = 0
    service.answer = async () => {
      running += 1
      most = Math.max(most, running)
      await Promise.resolve()
      running -= 1
      return Buffer.from('9000', 'hex')
    }
    await Promise.all([1, 2, 3].map(() => transport.transmit(bytes('0084000008'))))
    expect(most).toBe(1)
    expect(transport).toMatchObject({ kind: 'pcsc', longestCommand: 65_544, longestAnswer: 65_538 })
    await transport.close()
    expect(await codeOfAsync(() => transport.transmit(bytes('0084000008')))).toBe('THE-001')
    await source.close()
  })

  it('keeps the card after an extended command that the reader does not carry', async () => {
    const service = fakeService()
    service.put(NAME, PRESENT)
    const { source } = await opened(service)
    const transport = await source.connect(NAME)
    service.answer = (command) => (command[4] === 0 ? Promise.reject(new Error('Transaction failed')) : Promise.resolve(Buffer.from('9000', 'hex')))
    const said = codeOfAsync(() => transport.transmit(bytes('00B00000000800')))
    await vi.advanceTimersByTimeAsync(1000)
    expect(await said).toBe('TB-013')
    expect(await transport.transmit(bytes('00B0000010'))).toEqual(bytes('9000'))
    await source.close()
    expect(service.disconnects).toEqual([0])
  })
})
