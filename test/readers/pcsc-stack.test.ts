import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Readers } from '../../src-main/readers'
import { createReaders, openPcsc } from '../../src-main/readers'
import { loadBinding } from '../../src-main/readers/pcsc/binding'
import { chipFolder, noise } from '../devices/pcsc/sample-chip'
import { openStack, type StackCard } from '../devices/pcsc/stack'
import { codeOfAsync } from '../storage/support'
import { eventually } from './support'

const FIRST = 'Virtual PCD'
const SECOND = 'Virtual PCD 01'
const hex = (text: string): Uint8Array => Uint8Array.from(Buffer.from(text, 'hex'))

const stack = await openStack()

describe.skipIf(typeof stack === 'string')(`a real PC/SC service with two virtual readers${typeof stack === 'string' ? ` (skipped: ${stack})` : ''}`, () => {
  if (typeof stack === 'string') return
  const chip = chipFolder()
  let readers: Readers
  let cards: readonly [StackCard, StackCard]
  let news = 0
  /** The service looks at its readers two or three times a second. */
  const put = async (slot: 0 | 1): Promise<void> => {
    await cards[slot].in()
    await eventually(() => expect(present()[slot]).toMatch(/: present$/))
  }
  const take = async (slot: 0 | 1): Promise<void> => {
    await cards[slot].out()
    await eventually(() => expect(present()[slot]).toMatch(/: absent$/))
  }
  const present = (): (string | null)[] => readers.view().readers.map(({ name, card }) => `${name}: ${card}`)

  beforeAll(async () => {
    // Opened before the service: it is found when it comes.
    readers = await createReaders({
      sources: [openPcsc({ binding: process.env['MOTCUA_PCSC_BINDING'], timing: { retry: [200, 400] } })],
      remembered: () => null, remember: () => undefined, changed: () => { news += 1 },
    })
    expect(readers.view()).toMatchObject({ readers: [], troubles: [{ kind: 'pcsc', code: 'TB-002' }] })
    await stack.startService()
    await eventually(() => expect(present()).toEqual([`${FIRST}: absent`, `${SECOND}: absent`]))
    cards = [await stack.card(0), await stack.card(1)]
    for (const card of cards) await card.load(chip.folder)
  })
  afterAll(async () => {
    await readers?.close()
    await stack.close()
    chip.remove()
  }, 20_000)

  it('tells the readers as played ones, with the trouble gone', () => {
    expect(readers.view()).toMatchObject({ troubles: [], readers: [{ name: FIRST, kind: 'pcsc', slot: 'contactless', simulated: true, atr: null, chosen: true }, { name: SECOND, chosen: false }] })
  })

  it('tells a card soon after it is put on and taken off, once each', async () => {
    const before = news
    const began = performance.now()
    await cards[0].in()
    await eventually(() => expect(present()).toEqual([`${FIRST}: present`, `${SECOND}: absent`]))
    const seen = performance.now() - began
    expect(readers.view().readers[0]?.atr).toMatch(/^3B888001/)
    await cards[0].out()
    await eventually(() => expect(present()).toEqual([`${FIRST}: absent`, `${SECOND}: absent`]))
    expect(news - before).toBe(2)
    expect(seen).toBeLessThan(1500)
  })

  it('takes a card exclusively while the watch goes on, and carries a 30 kB answer', async () => {
    await put(0)
    const transport = await readers.waitForCard(FIRST, { timeoutMs: 5000 })
    expect(readers.view().readers[0]).toMatchObject({ card: 'present' })
    expect([...await transport.transmit(hex('00A4000C023F00'))]).toEqual([0x90, 0])
    expect([...await transport.transmit(hex('00A4020C022F00'))]).toEqual([0x90, 0])
    const answer = await transport.transmit(hex('00B00000007530'))
    expect(answer.subarray(-2)).toEqual(hex('9000'))
    expect(Buffer.from(answer.subarray(0, -2)).equals(Buffer.from(noise(30_000, 3)))).toBe(true)
    expect(await codeOfAsync(() => readers.connect(FIRST))).toBe('TB-006')
    await transport.close()
    await take(0)
  })

  it('waits for another program that holds the card, and names it when it does not let go', async () => {
    const other = loadBinding(process.env['MOTCUA_PCSC_BINDING'])
    if ('code' in other) throw new Error('no binding')
    await put(0)
    const context = other.openContext()
    await eventually(() => expect(present()[0]).toBe(`${FIRST}: present`))
    const held = await context.listReaders()[0]?.connect(2, 3)
    const began = performance.now()
    setTimeout(() => held?.disconnect(0), 700)
    const transport = await readers.connect(FIRST)
    expect(performance.now() - began).toBeGreaterThan(600)
    await transport.close()

    const again = await context.listReaders()[0]?.connect(1, 3)
    await eventually(() => expect(present()[0]).toBe(`${FIRST}: busy`))
    const started = performance.now()
    expect(await codeOfAsync(() => readers.connect(FIRST))).toBe('TB-006')
    expect(performance.now() - started).toBeGreaterThan(2900)
    again?.disconnect(0)
    context.close()
    await take(0)
  })

  it('tells a card that is gone in the middle of a command as lifted, and takes the next one', async () => {
    await cards[0].load(chip.folder, { delay_ms: 400 })
    await put(0)
    const transport = await readers.waitForCard(FIRST, { timeoutMs: 5000 })
    const said = codeOfAsync(() => transport.transmit(hex('00A4000C023F00')))
    setTimeout(() => void cards[0].kill(), 100)
    expect(await said).toBe('THE-001')
    expect(await codeOfAsync(() => transport.transmit(hex('00A4000C023F00')))).toBe('THE-001')
    const waiting = readers.waitForCard(FIRST, { timeoutMs: 8000 })
    cards = [await stack.card(0), cards[1]]
    await cards[0].load(chip.folder)
    await put(0)
    const next = await waiting
    expect([...await next.transmit(hex('00A4000C023F00'))]).toEqual([0x90, 0])
    await next.close()
    await take(0)
  })

  it('reads on two readers at once', async () => {
    await Promise.all([put(0), put(1)])
    const both = await Promise.all([FIRST, SECOND].map((name) => readers.waitForCard(name, { timeoutMs: 5000 })))
    const answers = await Promise.all(both.map(async (transport) => {
      await transport.transmit(hex('00A4000C023F00'))
      await transport.transmit(hex('00A4020C022F00'))
      return (await transport.transmit(hex('00B00000000400'))).length
    }))
    expect(answers).toEqual([1026, 1026])
    await Promise.all(both.map((transport) => transport.close()))
    await Promise.all([take(0), take(1)])
  })

  it('says that there is no card, and gives up waiting when asked', async () => {
    await eventually(() => expect(present()).toEqual([`${FIRST}: absent`, `${SECOND}: absent`]))
    expect(await codeOfAsync(() => readers.connect(FIRST))).toBe('THE-004')
    expect(await codeOfAsync(() => readers.waitForCard(FIRST, { timeoutMs: 300 }))).toBe('THE-004')
    expect(await codeOfAsync(() => readers.waitForCard(FIRST, { timeoutMs: 5000, signal: AbortSignal.timeout(200) }))).toBe('THE-013')
  })

  it('tells that the service was stopped, also in the middle of a reading, and goes on when it is started again', async () => {
    await put(0)
    const transport = await readers.waitForCard(FIRST, { timeoutMs: 5000 })
    await stack.stopService()
    expect(['TB-002', 'THE-001', 'TB-007']).toContain(await codeOfAsync(() => transport.transmit(hex('00A4000C023F00'))))
    await eventually(() => expect(readers.view()).toMatchObject({ readers: [], troubles: [{ kind: 'pcsc', code: 'TB-002' }] }))
    await stack.startService()
    await eventually(() => expect(present()).toHaveLength(2))
    await put(0)
    const next = await readers.waitForCard(FIRST, { timeoutMs: 5000 })
    expect([...await next.transmit(hex('00A4000C023F00'))]).toEqual([0x90, 0])
    await next.close()
    await take(0)
  })
})
