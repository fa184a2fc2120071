import fc from 'fast-check'
import { afterEach, expect, test } from 'vitest'
import { openUsbReaders } from '../../../src-main/readers/usb'
import { type CardTransport, type ReaderSource } from '../../../src-main/readers/transport'
import { fakeBus } from '../../devices/ccid/bus'
import { ATR, atrOfT1, pattern, testCard } from '../../devices/ccid/cards'
import { ccidDevice, type CcidDeviceOptions } from '../../devices/ccid/device'

const NAME = 'Fake CCID [S1] 00'
const AUTO = 0x4fe
let sources: ReaderSource[] = []

async function reader(options: CcidDeviceOptions): Promise<CardTransport> {
  const bus = fakeBus()
  bus.plug(ccidDevice(options))
  const source = await openUsbReaders(bus)(() => undefined)
  sources.push(source)
  return source.connect(NAME)
}

afterEach(async () => {
  await Promise.all(sources.map((source) => source.close()))
  sources = []
})

const LEVELS: readonly (readonly [string, CcidDeviceOptions])[] = [
  ['TPDU, T=0', { level: 'tpdu', protocols: 1, cards: [testCard(ATR.t0)] }],
  ['TPDU, T=0, all set by us', { level: 'tpdu', protocols: 1, features: 0, cards: [testCard(ATR.t0)] }],
  ['TPDU, T=1', { level: 'tpdu', protocols: 2, cards: [testCard(ATR.t1Small)], t1: { sends: 254, ifsc: 32 } }],
  ['TPDU, T=1, all set by us', { level: 'tpdu', protocols: 3, features: 0, cards: [testCard(atrOfT1(100, false))], t1: { ifsc: 100 } }],
  ['TPDU, T=1 with CRC', { level: 'tpdu', protocols: 3, cards: [testCard(atrOfT1(254, true))], t1: { crc: true, sends: 254 } }],
  ['TPDU, both offered, reader changes over', { level: 'tpdu', protocols: 3, cards: [testCard(ATR.both)], t1: { sends: 254, ifsc: 32 } }],
  ['extended APDU in messages of 271', { level: 'extended', cards: [testCard(ATR.both)] }],
  ['extended APDU in one message', { level: 'extended', maxMessage: 65_554, cards: [testCard(ATR.both)] }],
  ['extended APDU, packets of 512', { level: 'extended', maxMessage: 2048, packetSize: 512, cards: [testCard(ATR.t1)] }],
]

const asked = (length: number): Uint8Array => Uint8Array.of(0x80, 0xf0, length >> 8, length & 0xff, 0, 0, 0)
const echo = (data: Uint8Array): Uint8Array => Uint8Array.from([0x80, 0xf1, 0, 0, 0, data.length >> 8, data.length & 0xff, ...data, 0, 0])
const withOk = (data: Uint8Array): Uint8Array => Uint8Array.from([...data, 0x90, 0x00])

test.each(LEVELS)('%s: answers of every awkward length come whole', async (_, options) => {
  const card = await reader(options)
  for (const length of [1, 30, 31, 51, 52, 53, 54, 62, 116, 118, 180, 253, 254, 255, 256, 257, 258, 259, 512, 1000, 4096, 20_000, 65_535]) {
    expect(Buffer.compare(await card.transmit(asked(length)), withOk(pattern(length))), String(length)).toBe(0)
  }
})

test.each(LEVELS)('%s: any data goes there and back unchanged', async (_, options) => {
  const card = await reader(options)
  await fc.assert(fc.asyncProperty(fc.oneof(fc.integer({ min: 1, max: 600 }), fc.integer({ min: 1, max: 9000 })), async (length) => {
    expect(Buffer.compare(await card.transmit(echo(pattern(length))), withOk(pattern(length)))).toBe(0)
  }), { numRuns: 25, examples: [[501], [246], [756]] })
})

test.each([['T=0', ATR.t0], ['T=1', ATR.t1]] as const)('short APDU level, %s: short commands of every length go, long ones are refused by name', async (_, atr) => {
  const card = await reader({ level: 'short', features: AUTO, cards: [testCard(atr)] })
  expect([card.longestCommand, card.longestAnswer]).toEqual([261, 258])
  await fc.assert(fc.asyncProperty(fc.integer({ min: 1, max: 255 }), async (length) => {
    const data = pattern(length)
    expect(await card.transmit(Uint8Array.from([0x80, 0xf1, 0, 0, length, ...data, 0]))).toEqual(withOk(data))
  }), { numRuns: 60 })
  expect(await card.transmit(Uint8Array.of(0x80, 0xf0, 1, 0, 0))).toEqual(withOk(pattern(256)))
  await expect(card.transmit(asked(300))).rejects.toMatchObject({ code: 'TB-013' })
  await expect(card.transmit(echo(pattern(10)))).rejects.toMatchObject({ code: 'TB-013' })
})

test('short APDU level: a card that holds its answer ready is asked for it, and a wrong length is asked again', async () => {
  const said: string[] = []
  const answers: Record<string, string> = { '00a4000000': '6105', '00c0000005': '01020304059000', '00b0000000': '6c03', '00b0000003': '0a0b0c9000' }
  const card = await reader({ level: 'short', cards: [{ atr: ATR.t0, transmit: (command) => {
    said.push(Buffer.from(command).toString('hex'))
    return Buffer.from(answers[said.at(-1) ?? ''] ?? '6f00', 'hex')
  } }] })
  expect(Buffer.from(await card.transmit(Buffer.from('00a4000000', 'hex'))).toString('hex')).toBe('01020304059000')
  expect(Buffer.from(await card.transmit(Buffer.from('00b0000000', 'hex'))).toString('hex')).toBe('0a0b0c9000')
  expect(said).toEqual(['00a4000000', '00c0000005', '00b0000000', '00b0000003'])
})

test('a reader below TPDU level is named, not used', async () => {
  await expect(reader({ level: 'character', cards: [testCard()] })).rejects.toMatchObject({ code: 'TB-009' })
})
