import { afterEach, expect } from 'vitest'
import { openUsbReaders, type UsbSourceOptions } from '../../../src-main/readers/usb'
import { type ReaderSource } from '../../../src-main/readers/transport'
import { fakeBus, type FakeBus } from '../../devices/ccid/bus'
import { testCard } from '../../devices/ccid/cards'
import { ccidDevice, type CcidDevice, type CcidDeviceOptions, type Fault } from '../../devices/ccid/device'

export const NAME = 'Fake CCID [S1] 00'
export const SELECT = Uint8Array.of(0, 0xa4, 4, 0)
export const OK = Uint8Array.of(0x90, 0)
export const QUICK = { limits: { answerMs: 150, wholeMs: 1000, ownMs: 150 }, scanMs: 30 }

export const sources: ReaderSource[] = []
afterEach(async () => {
  await Promise.all(sources.splice(0).map((source) => source.close()))
})

export type Bench = Readonly<{ bus: FakeBus; device: CcidDevice; key: string; source: ReaderSource; changes: () => number }>

export async function bench(options: CcidDeviceOptions = {}, how: UsbSourceOptions = QUICK): Promise<Bench> {
  const bus = fakeBus()
  const device = ccidDevice({ cards: [testCard()], ...options })
  const key = bus.plug(device)
  let changes = 0
  const source = await openUsbReaders(bus, how)(() => changes++)
  sources.push(source)
  return { bus, device, key, source, changes: () => changes }
}

export const sleep = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms))
export const slow = (ms: number): Uint8Array => Uint8Array.of(0x80, 0xf2, ms >> 8, ms & 0xff)
export const refused = (promise: Promise<unknown>, code: string) => expect(promise).rejects.toMatchObject({ code })

export async function until(holds: () => boolean, ms = 3000): Promise<void> {
  const end = Date.now() + ms
  while (!holds()) {
    if (Date.now() > end) throw new Error(`not in ${String(ms)} ms`)
    await sleep(5)
  }
}
export const cardOf = (source: ReaderSource, slot = 0): string | undefined => source.slots()[slot]?.card

/** A fault at the n-th transfer to the card. */
export const atTransfer = (nth: number, happens: Fault) => (type: number, count: number): Fault | null => (type === 0x6f && count === nth ? happens : null)
