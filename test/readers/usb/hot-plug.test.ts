import { describe, expect, test } from 'vitest'
import { openUsbReaders } from '../../../src-main/readers/usb'
import { UsbFault } from '../../../src-main/readers/usb/faults'
import { fakeBus } from '../../devices/ccid/bus'
import { ATR, testCard } from '../../devices/ccid/cards'
import { ccidDevice } from '../../devices/ccid/device'
import { bench, cardOf, NAME, OK, QUICK, refused, SELECT, sleep, slow, sources, until } from './bench'

describe('cards and readers that leave', () => {
  test('a card lifted between commands ends its session, and a new one begins', async () => {
    const { source, device } = await bench()
    const card = await source.connect(NAME)
    device.remove(0)
    await until(() => cardOf(source) === 'absent')
    device.insert(0, testCard())
    await refused(card.transmit(SELECT), 'THE-001')
    await until(() => cardOf(source) === 'present')
    expect(await (await source.connect(NAME)).transmit(SELECT)).toEqual(OK)
    await refused(card.transmit(SELECT), 'THE-001')
  })

  test('a card exchanged without a word is not taken for the one before', async () => {
    const { source, device } = await bench({ interrupt: false })
    const card = await source.connect(NAME)
    device.remove(0)
    device.insert(0, testCard(ATR.t1))
    await refused(card.transmit(SELECT), 'THE-001')
  })

  test('a card exchanged without a word while nobody talks is seen by looking', async () => {
    const { source, device } = await bench({ interrupt: false })
    const card = await source.connect(NAME)
    device.remove(0)
    device.insert(0, testCard(ATR.t1))
    await until(() => String(source.slots()[0]?.atr) === String(ATR.t1))
    await refused(card.transmit(SELECT), 'THE-001')
  })

  test.each([[true, 'THE-001'], [false, 'TB-009']] as const)('an answer without a status word (card lifted: %s) is %s', async (leaves, code) => {
    const act: { now: () => void } = { now: () => undefined }
    const { source, device } = await bench({ interrupt: false, cards: [{ atr: ATR.both, transmit: () => {
      act.now()
      return new Uint8Array(0)
    } }] })
    const card = await source.connect(NAME)
    if (leaves) act.now = () => device.remove(0)
    await refused(card.transmit(SELECT), code)
  })

  test.each([true, false])('a reader pulled out in mid-transfer is TB-007, and gone from the list (told by an event: %s)', async (events) => {
    const { source, bus, key } = await bench()
    const card = await source.connect(NAME)
    const thinking = refused(card.transmit(slow(5000)), 'TB-007')
    await sleep(20)
    bus.unplug(key, events)
    await thinking
    await until(() => source.slots().length === 0)
    await refused(card.transmit(SELECT), 'TB-007')
    await refused(source.connect(NAME), 'TB-007')
    await card.close()
    expect(bus.figures()).toMatchObject({ open: 0, waiting: 0 })
  })

  test.each([true, false])('a reader plugged in is found (told by an event: %s), and again under its name', async (events) => {
    const { source, bus, key, device } = await bench()
    bus.unplug(key, events)
    await until(() => source.slots().length === 0)
    bus.plug(device, events)
    await until(() => cardOf(source) === 'present')
    expect(source.slots()[0]?.name).toBe(NAME)
    expect(await (await source.connect(NAME)).transmit(SELECT)).toEqual(OK)
  })

  test('pulling a reader out at any message leaves no unhandled failure and nothing open', async () => {
    for (let nth = 0; nth < 12; nth++) {
      const bus = fakeBus()
      let count = 0
      let key = ''
      const device = ccidDevice({ cards: [testCard(ATR.t1)], level: 'tpdu', fault: () => (count++ === nth ? { kind: 'do', act: () => bus.unplug(key) } : null) })
      key = bus.plug(device)
      const source = await openUsbReaders(bus, QUICK)(() => undefined)
      await source.connect(NAME).then((card) => card.transmit(SELECT)).then(() => undefined, (error: unknown) => expect(['TB-007', 'THE-004']).toContain((error as { code: string }).code))
      await source.close()
      expect(bus.figures(), `message ${String(nth)}`).toMatchObject({ open: 0, waiting: 0, listeners: 0 })
    }
  })
})

describe('who holds what', () => {
  test('a held card is not given twice; a closed one is', async () => {
    const { source } = await bench()
    const card = await source.connect(NAME)
    await refused(source.connect(NAME), 'TB-006')
    await card.close()
    await card.close()
    await refused(card.transmit(SELECT), 'THE-001')
    expect(await (await source.connect(NAME)).transmit(SELECT)).toEqual(OK)
  })

  test.each([['permission', 'TB-005', 'open'], ['busy', 'TB-006', 'claim'], ['noBus', 'TB-004', 'list'], ['nativeMissing', 'TB-003', 'list']] as const)('%s is trouble %s, and heals', async (kind, code, where) => {
    const bus = fakeBus()
    bus.refuse(where, new UsbFault(kind))
    bus.plug(ccidDevice({ cards: [testCard()] }))
    const source = await openUsbReaders(bus, QUICK)(() => undefined)
    sources.push(source)
    expect(source.slots()).toEqual([])
    expect(source.trouble()).toMatchObject({ kind: 'usb', code })
    expect(bus.figures().open).toBe(0)
    bus.refuse(where, null)
    await until(() => cardOf(source) === 'present')
    expect(source.trouble()).toBeNull()
  })

  test('while PC/SC has the readers nothing is opened; when it comes later, what is not in use is given up', async () => {
    let aside = true
    const { bus, source } = await bench({}, { ...QUICK, standAside: () => aside })
    expect(bus.figures().opened).toBe(0)
    expect([source.slots(), source.trouble()]).toEqual([[], null])
    aside = false
    await until(() => cardOf(source) === 'present')
    const card = await source.connect(NAME)
    aside = true
    await sleep(100)
    expect(await card.transmit(SELECT)).toEqual(OK)
    await card.close()
    await until(() => source.slots().length === 0)
    expect(bus.figures().open).toBe(0)
  })

  test('closing leaves no device, transfer or listener', async () => {
    const { bus, source } = await bench()
    await source.connect(NAME)
    await source.close()
    expect(bus.figures()).toMatchObject({ open: 0, waiting: 0, listeners: 0 })
  })

  test('a device that is no card reader is left alone', async () => {
    const bus = fakeBus()
    bus.plug({ ...ccidDevice(), classes: [3] })
    const source = await openUsbReaders(bus, QUICK)(() => undefined)
    sources.push(source)
    expect(bus.figures().opened).toBe(0)
  })
})
