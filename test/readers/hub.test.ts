import { describe, expect, it } from 'vitest'
import { AppError, type ErrorCode } from '@contract/errors'
import type { ReaderTrouble } from '@contract/readers'
import { createReaders, type CardTransport, type OpenSource, type ReaderSlot } from '../../src-main/readers'
import { codeOf, codeOfAsync } from '../storage/support'

const command = Uint8Array.of(0, 0x84, 0, 0, 8)

/** A way to readers that does as it is told. */
type Played = {
  slots: ReaderSlot[]; trouble: ReaderTrouble | null; fails: ErrorCode[]; answers: ErrorCode[]; connected: string[]; closed: number; ended: boolean
  changed(): void; set(name: string, changed: Partial<ReaderSlot>): void; open: OpenSource
}

function played(kind: ReaderSlot['kind'], names: readonly string[]): Played {
  const way: Played = {
    slots: names.map((name): ReaderSlot => ({ name, kind, slot: 'contactless', card: 'absent', atr: null, simulated: false })),
    trouble: null,
    fails: [],
    answers: [],
    connected: [],
    closed: 0,
    ended: false,
    changed: () => undefined,
    set: (name, changed) => {
      way.slots = way.slots.map((slot) => (slot.name === name ? { ...slot, ...changed } : slot))
      way.changed()
    },
    open: async (changed) => {
      way.changed = changed
      return {
        kind, slots: () => way.slots, trouble: () => way.trouble, close: async () => { way.ended = true },
        connect: async (reader): Promise<CardTransport> => {
          const failure = way.fails.shift()
          if (failure !== undefined) throw new AppError(failure)
          way.connected.push(reader)
          return {
            reader, kind, atr: Uint8Array.of(0x3b), longestCommand: 261, longestAnswer: 258, reset: async () => undefined, close: async () => { way.closed += 1 },
            transmit: async () => {
              const fault = way.answers.shift()
              if (fault !== undefined) throw new AppError(fault)
              return Uint8Array.of(0x90, 0)
            },
          }
        },
      }
    },
  }
  return way
}

async function hub(ways: readonly ReturnType<typeof played>[], first: string | null = null) {
  let remembered = first
  let news = 0
  const readers = await createReaders({ sources: ways.map(({ open }) => open), remembered: () => remembered, remember: (name) => { remembered = name }, changed: () => { news += 1 } })
  return { readers, remembered: () => remembered, news: () => news }
}

describe('all ways to cards as one', () => {
  it('shows readers under names that stay, with the chosen one and with what is missing', async () => {
    const pcsc = played('pcsc', ['ACS ACR122 0', 'ACS ACR122 1'])
    const usb = played('usb', [])
    usb.trouble = { kind: 'usb', code: 'TB-004', params: {} }
    const { readers } = await hub([pcsc, usb], 'ACS ACR122 (2)')
    expect(readers.view()).toMatchObject({ readers: [{ name: 'ACS ACR122', chosen: false }, { name: 'ACS ACR122 (2)', chosen: true }], troubles: [{ code: 'TB-004' }] })
  })

  it('finds the remembered reader again when it comes back under another number', async () => {
    const pcsc = played('pcsc', ['Identiv uTrust 3700 F CL Reader 00 00', 'ACS ACR39U ICC Reader 01 00'])
    const { readers, remembered } = await hub([pcsc])
    readers.choose('ACS ACR39U ICC Reader')
    expect(remembered()).toBe('ACS ACR39U ICC Reader')
    pcsc.slots = pcsc.slots.slice(0, 1)
    expect(readers.view().readers).toMatchObject([{ chosen: true }])
    pcsc.slots = [...pcsc.slots, { ...pcsc.slots[0] as ReaderSlot, name: 'ACS ACR39U ICC Reader 04 00' }]
    expect(readers.view().readers.map(({ chosen }) => chosen)).toEqual([false, true])
    expect(codeOf(() => readers.choose('not there'))).toBe('TB-007')
  })

  it('takes cards through the service, and over plain USB only where the service shows no reader', async () => {
    const pcsc = played('pcsc', ['HID Global OMNIKEY 5022 Smart Card Reader 0'])
    const usb = played('usb', ['OMNIKEY 5022'])
    const { readers } = await hub([pcsc, usb])
    expect(readers.view().readers.map(({ kind }) => kind)).toEqual(['pcsc'])
    expect(await codeOfAsync(() => readers.connect('OMNIKEY 5022'))).toBe('TB-007')
    pcsc.slots = []
    expect(readers.view().readers.map(({ kind }) => kind)).toEqual(['usb'])
    expect((await readers.connect()).kind).toBe('usb')
  })

  it('leaves names alone that stay by themselves', async () => {
    const { readers } = await hub([played('usb', ['uTrust 3700 F [5369] 00', 'uTrust 3700 F [5369] 01']), played('virtual', ['Đầu đọc mô phỏng 00 00'])])
    expect(readers.view().readers.map(({ name }) => name)).toEqual(['uTrust 3700 F [5369] 00', 'uTrust 3700 F [5369] 01', 'Đầu đọc mô phỏng 00 00'])
  })

  it('tells news only when something is new', async () => {
    const pcsc = played('pcsc', ['one 0'])
    const { news } = await hub([pcsc])
    const before = news()
    pcsc.changed()
    pcsc.set('one 0', { card: 'present' })
    pcsc.set('one 0', { card: 'present' })
    expect(news() - before).toBe(1)
  })

  it('allows one reading at a time on a reader, and others on others', async () => {
    const pcsc = played('pcsc', ['one 0', 'two 0'])
    const { readers } = await hub([pcsc])
    const first = await readers.connect('one')
    expect(first.reader).toBe('one')
    expect(await codeOfAsync(() => readers.connect('one'))).toBe('TB-006')
    expect(await codeOfAsync(() => readers.connect('one 0'))).toBe('TB-006')
    const second = await readers.connect('two')
    await first.close()
    await (await readers.connect('one')).close()
    await second.close()
    expect([pcsc.connected, pcsc.closed]).toEqual([['one 0', 'two 0', 'one 0'], 3])
  })

  it.each([['THE-001', 1, undefined], ['TB-007', 1, undefined], ['TB-013', 0, 'TB-006']] as const)('after %s the reader is let go %i times by itself', async (fault, closed, then) => {
    const pcsc = played('pcsc', ['one 0'])
    const { readers } = await hub([pcsc])
    const transport = await readers.connect()
    pcsc.answers.push(fault)
    expect(await codeOfAsync(() => transport.transmit(command))).toBe(fault)
    expect([pcsc.closed, await codeOfAsync(() => readers.connect())]).toEqual([closed, then])
  })

  it('knows a reader that is in use also when its name moves up, because another of its kind was unplugged', async () => {
    const pcsc = played('pcsc', ['one 0', 'one 1'])
    const { readers } = await hub([pcsc])
    const second = await readers.connect('one (2)')
    pcsc.slots = pcsc.slots.slice(1)
    pcsc.changed()
    expect(readers.view().readers.map(({ name }) => name)).toEqual(['one'])
    expect(await codeOfAsync(() => readers.connect('one'))).toBe('TB-006')
    await second.close()
    expect((await readers.connect('one')).reader).toBe('one')
  })

  it('says nothing more to a card that was let go: it may be in the hands of another reading', async () => {
    const pcsc = played('pcsc', ['one 0'])
    const { readers } = await hub([pcsc])
    const first = await readers.connect()
    await first.close()
    const second = await readers.connect()
    expect([await codeOfAsync(() => first.transmit(command)), await codeOfAsync(() => first.reset())]).toEqual(['THE-001', 'THE-001'])
    expect(await second.transmit(command)).toEqual(Uint8Array.of(0x90, 0))
    expect(pcsc.closed).toBe(1)
  })

  it('without a reader says so', async () => {
    const { readers } = await hub([played('pcsc', [])])
    expect(await codeOfAsync(() => readers.connect())).toBe('TB-001')
  })

  it('waits for a card until it lies still', async () => {
    const pcsc = played('pcsc', ['one 0'])
    const { readers } = await hub([pcsc])
    pcsc.fails.push('THE-004', 'TB-010', 'THE-001')
    const waiting = readers.waitForCard('one', { timeoutMs: 5000 })
    const began = performance.now()
    for (let tries = 3; tries > 0; tries -= 1) {
      await new Promise((resolve) => setTimeout(resolve, 5))
      pcsc.changed()
    }
    await (await waiting).close()
    expect(performance.now() - began).toBeLessThan(200)
  })

  it('stops waiting when the time is over, when cancelled, and when another program has the card', async () => {
    const pcsc = played('pcsc', ['one 0'])
    const { readers } = await hub([pcsc])
    pcsc.fails.push(...Array.from({ length: 9 }, () => 'THE-004' as const))
    expect(await codeOfAsync(() => readers.waitForCard('one', { timeoutMs: 20 }))).toBe('THE-004')
    const stop = new AbortController()
    setTimeout(() => stop.abort(), 10)
    expect(await codeOfAsync(() => readers.waitForCard('one', { timeoutMs: 5000, signal: stop.signal }))).toBe('THE-013')
    pcsc.fails.splice(0, 99, 'TB-006')
    expect(await codeOfAsync(() => readers.waitForCard('one', { timeoutMs: 5000 }))).toBe('TB-006')
  })

  it('closing lets a card go that was just being powered, and takes no more', async () => {
    const pcsc = played('pcsc', ['one 0'])
    const { readers } = await hub([pcsc])
    const connecting = codeOfAsync(() => readers.connect())
    await readers.close()
    expect([await connecting, await codeOfAsync(() => readers.connect()), pcsc.closed]).toEqual(['THE-013', 'THE-013', 1])
  })

  it('closing lets every card and every way go, and ends waiting', async () => {
    const pcsc = played('pcsc', ['one 0', 'two 0'])
    const { readers, news } = await hub([pcsc])
    await readers.connect('one')
    pcsc.fails.push(...Array.from({ length: 99 }, () => 'THE-004' as const))
    const waiting = codeOfAsync(() => readers.waitForCard('two', { timeoutMs: 60_000 }))
    await new Promise((resolve) => setTimeout(resolve, 1))
    const before = news()
    await readers.close()
    pcsc.set('one 0', { card: 'present' })
    expect([await waiting, pcsc.closed, pcsc.ended, news() - before]).toEqual(['THE-013', 1, true, 0])
  })
})
