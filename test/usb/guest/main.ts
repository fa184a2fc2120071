import assert from 'node:assert/strict'
import { type CardTransport, type ReaderSource } from '../../../src-main/readers/transport'
import { openUsbReaders, systemUsbBus } from '../../../src-main/readers/usb'
import { ATR, pattern } from '../../devices/ccid/cards'
import { codeOf, counts, outside, step, until } from './steps'

/** The bundled USB adapter and CCID layer on a real kernel with an emulated reader; run by `npm run test:usb`. */

const SELECT = Uint8Array.from(Buffer.from('00a4040007a0000002471001', 'hex'))
const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex')
const withOk = (data: Uint8Array): Uint8Array => Uint8Array.from([...data, 0x90, 0x00])
const asked = (length: number): Uint8Array => Uint8Array.of(0x80, 0xf0, length >> 8, length & 0xff, ...(length > 256 ? [0, 0, 0] : [length & 0xff]))
const slow = (ms: number): Uint8Array => Uint8Array.of(0x80, 0xf2, ms >> 8, ms & 0xff)

function echo(data: Uint8Array): Uint8Array {
  const long = data.length > 255
  const lc = long ? [0, data.length >> 8, data.length & 0xff] : [data.length]
  return Uint8Array.from([0x80, 0xf1, 0, 0, ...lc, ...data, ...(long ? [0, 0] : [0])])
}

const only = (source: ReaderSource) => source.slots()[0]
const present = (source: ReaderSource) => (): boolean => only(source)?.card === 'present'

async function unprivileged(): Promise<void> {
  let changes = 0
  const source = await openUsbReaders(systemUsbBus())(() => changes++)
  await step('a reader that may not be opened is trouble TB-005, no slot', async () => {
    assert.deepEqual(source.slots(), [])
    assert.equal(source.trouble()?.code, 'TB-005')
  })
  await source.close()
}

async function talk(source: ReaderSource): Promise<void> {
  let name = ''
  await step('the reader is listed with its card', async () => {
    await until('a present card', present(source))
    const slot = only(source)
    assert.ok(slot)
    assert.match(slot.name, /^QEMU USB CCID \[.+\] 00$/)
    assert.equal(hex(slot.atr ?? new Uint8Array(0)), hex(ATR.both))
    assert.equal(source.trouble(), null)
    name = slot.name
    return name
  })
  let card: CardTransport | null = null
  const held = (): CardTransport => {
    assert.ok(card, 'no card was connected')
    return card
  }
  await step('connect: ATR and SELECT', async () => {
    card = await source.connect(name)
    assert.equal(hex(card.atr), hex(ATR.both))
    assert.equal(hex(await card.transmit(SELECT)), '9000')
  })
  await step('a held card is not given twice', async () => assert.equal(await codeOf(source.connect(name)), 'TB-006'))
  await step('a second user of the bus sees a reader in use', async () => {
    const second = await openUsbReaders(systemUsbBus())(() => undefined)
    assert.deepEqual(second.slots(), [])
    assert.equal(second.trouble()?.code, 'TB-006')
    await second.close()
    assert.equal(hex(await held().transmit(SELECT)), '9000')
  })
  for (const length of [1, 51, 52, 53, 115, 116, 117, 180, 244, 255, 256, 257, 300, 372, 373, 1000, 15_000, 65_535]) {
    await step(`an answer of ${String(length)} bytes`, async () => assert.equal(Buffer.compare(await held().transmit(asked(length)), withOk(pattern(length))), 0))
  }
  for (const length of [1, 47, 48, 49, 50, 111, 112, 113, 255, 256, 300, 1000, 4000]) {
    await step(`a command with ${String(length)} bytes, and back`, async () => assert.equal(Buffer.compare(await held().transmit(echo(pattern(length))), withOk(pattern(length))), 0))
  }
  await step('a card that thinks for 2.5 s is waited for', async () => assert.equal(hex(await held().transmit(slow(2500))), '9000'))
  await step('100 commands', async () => {
    const started = performance.now()
    for (let count = 0; count < 100; count++) assert.equal(hex(await held().transmit(SELECT)), '9000')
    return `${((performance.now() - started) / 100).toFixed(1)} ms each`
  })
  await step('reset, and on', async () => {
    await held().reset()
    assert.equal(hex(await held().transmit(SELECT)), '9000')
  })
  await step('a lifted card: its session ends with THE-001, the slot is empty', async () => {
    await outside.call('removeCard')
    const took = await until('an empty slot', () => only(source)?.card === 'absent')
    assert.equal(await codeOf(held().transmit(SELECT)), 'THE-001')
    assert.equal(await codeOf(source.connect(name)), 'THE-004')
    return `seen after ${took.toFixed(0)} ms`
  })
  await step('a card put on: seen, and connected anew', async () => {
    await outside.call('insertCard')
    const took = await until('a present card', present(source))
    assert.equal(await codeOf(held().transmit(SELECT)), 'THE-001')
    card = await source.connect(name)
    assert.equal(hex(await card.transmit(SELECT)), '9000')
    return `seen after ${took.toFixed(0)} ms`
  })
  await step('a card lifted while it thinks', async () => {
    await outside.call('removeCardIn', 300)
    const code = await codeOf(held().transmit(slow(3000)))
    assert.equal(code, 'THE-001')
    await outside.call('insertCard')
    await until('a present card', present(source))
  })
  await step('a closed card is free for the next', async () => {
    await held().close()
    card = await source.connect(name)
    assert.equal(hex(await card.transmit(SELECT)), '9000')
  })
  await step('the reader pulled out while the card thinks: TB-007, no slot', async () => {
    const thinking = codeOf(held().transmit(slow(5000)))
    await outside.call('pullReader', 'ccid')
    // The emulator takes the card out first, and may get that told before the reader is gone.
    assert.match(await thinking, /^(TB-007|THE-001)$/)
    const took = await until('no slot', () => source.slots().length === 0)
    assert.equal(await codeOf(held().transmit(SELECT)), 'TB-007')
    assert.equal(await codeOf(source.connect(name)), 'TB-007')
    return `gone after ${took.toFixed(0)} ms`
  })
  await step('a reader plugged in: listed under the same name, and read', async () => {
    await outside.call('plugReader')
    const took = await until('a present card', present(source))
    assert.equal(only(source)?.name, name)
    card = await source.connect(name)
    assert.equal(Buffer.compare(await card.transmit(asked(15_000)), withOk(pattern(15_000))), 0)
    return `with its card after ${took.toFixed(0)} ms`
  })
}

/** A card slower than the limit: the command is aborted, and the line is in step again. */
async function aborted(): Promise<void> {
  await step('a command that takes too long is aborted with TB-008, and the line is in step again', async () => {
    const source = await openUsbReaders(systemUsbBus(), { limits: { answerMs: 800, wholeMs: 5000, ownMs: 2000 } })(() => undefined)
    await until('a present card', present(source))
    const card = await source.connect(only(source)?.name ?? '')
    assert.equal(await codeOf(card.transmit(slow(1500))), 'TB-008')
    await until('a present card', present(source))
    const next = await source.connect(only(source)?.name ?? '').catch(() => card)
    assert.equal(hex(await next.transmit(SELECT)), '9000')
    await source.close()
  })
}

if (process.getuid?.() !== 0) await unprivileged()
else {
  const source = await openUsbReaders(systemUsbBus())(() => undefined)
  await talk(source)
  await step('closing lets everything go', async () => source.close())
  await aborted()
}
outside.close()
console.log(`COUNTS ${JSON.stringify(counts)}`)
process.exitCode = counts.failed > 0 ? 1 : 0
// Nothing may keep the process: a run that hangs here ends by its time limit and counts as failed.
