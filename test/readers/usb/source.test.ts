import { describe, expect, test } from 'vitest'
import { pattern, ATR, testCard } from '../../devices/ccid/cards'
import { atTransfer, bench, cardOf, NAME, OK, QUICK, refused, SELECT, sleep, slow, until } from './bench'

describe('slots', () => {
  test('a reader is listed by its name and socket, with its card and answer to reset', async () => {
    const { source } = await bench({ serial: null, path: '1-2.3' })
    await until(() => cardOf(source) === 'present')
    expect(source.slots()).toEqual([{ name: 'Fake CCID [1-2.3] 00', kind: 'usb', slot: 'contactless', card: 'present', atr: ATR.both, simulated: false }])
    expect(source.trouble()).toBeNull()
  })

  test('every slot of a reader has its own card, and they work side by side', async () => {
    const { source } = await bench({ cards: [testCard(ATR.t1), null, testCard(ATR.both), testCard(ATR.t0), testCard(ATR.t1)] })
    await until(() => source.slots().filter(({ card }) => card === 'present').length === 4)
    expect(source.slots().map(({ name, card }) => [name.slice(-2), card])).toEqual([['00', 'present'], ['01', 'absent'], ['02', 'present'], ['03', 'present'], ['04', 'present']])
    const [first, last] = await Promise.all([source.connect('Fake CCID [S1] 00'), source.connect('Fake CCID [S1] 04')])
    await Promise.all(Array.from({ length: 10 }, async (_, at) => {
      expect(await first.transmit(Uint8Array.of(0x80, 0xf0, 0, at + 1, 0))).toEqual(Uint8Array.from([...pattern(at + 1), 0x90, 0]))
      expect(await last.transmit(Uint8Array.of(0x80, 0xf0, 2, at, 0))).toEqual(Uint8Array.from([...pattern(512 + at), 0x90, 0]))
    }))
  })

  test.each([true, false])('a card that comes and goes is seen (interrupt pipe: %s)', async (interrupt) => {
    const { source, device, changes } = await bench({ cards: [null], interrupt })
    expect(cardOf(source)).toBe('absent')
    device.insert(0, testCard(ATR.t1))
    await until(() => cardOf(source) === 'present')
    expect(source.slots()[0]?.atr).toEqual(ATR.t1)
    device.remove(0)
    await until(() => cardOf(source) === 'absent')
    expect(source.slots()[0]?.atr).toBeNull()
    expect(changes()).toBeGreaterThanOrEqual(3)
  })

  test('an interrupt of another kind, or none that makes sense, harms nobody', async () => {
    const { source, device } = await bench()
    for (const bytes of [[0x51, 0, 1, 1], [0x50], [0x77, 1, 2], []]) device.notify(Uint8Array.from(bytes))
    const card = await source.connect(NAME)
    expect(await card.transmit(SELECT)).toEqual(OK)
  })

  test('a card that no voltage wakes is mute, and so says connecting', async () => {
    const { source, device } = await bench({ powers: [] })
    await until(() => cardOf(source) === 'mute')
    await refused(source.connect(NAME), 'TB-010')
    device.remove(0)
    await until(() => cardOf(source) === 'absent')
    await refused(source.connect(NAME), 'THE-004')
  })
})

describe('power', () => {
  test.each([
    [0x08 | 0x02, 7, [0], [0]], [0x08 | 0x02, 7, [3], [0, 1, 2, 3]], [0x02, 7, [2], [1, 2]], [0x02, 6, [3], [2, 3]], [0x02, 0, [0], [0]],
  ])('features %i, voltages %i, card at %j: tries %j', async (features, voltages, powers, tried) => {
    const { source, device } = await bench({ features, voltages, powers, cards: [null] })
    device.insert(0, testCard())
    device.messages.length = 0
    await source.connect(NAME)
    const selected = device.messages.filter(([type]) => type === 0x62).map((message) => message[7])
    expect(selected.slice(-tried.length)).toEqual(tried)
  })
})

describe('a transfer that goes wrong', () => {
  test('an answer with another number is passed over', async () => {
    const { source } = await bench({ fault: atTransfer(1, { kind: 'wrongSequence' }) })
    const card = await source.connect(NAME)
    await card.transmit(SELECT)
    expect(await card.transmit(Uint8Array.of(0x80, 0xf0, 0, 3, 0))).toEqual(Uint8Array.from([...pattern(3), 0x90, 0]))
  })

  test('a reader that asks for more time gets it; one that asks without end does not', async () => {
    const { source } = await bench({ fault: (type, nth) => (type === 0x6f ? { kind: 'moreTime', times: nth === 0 ? 20 : 0 } : null) })
    const card = await source.connect(NAME)
    expect(await card.transmit(SELECT)).toEqual(OK)
    const endless = await bench({ fault: atTransfer(0, { kind: 'askingForEver' }) }, { ...QUICK, limits: { ...QUICK.limits, wholeMs: 400 } })
    const card2 = await endless.source.connect(NAME)
    await refused(card2.transmit(SELECT), 'TB-008')
    expect(endless.device.aborts()).toBe(1)
    expect(await card2.transmit(SELECT)).toEqual(OK)
  })

  test('an endpoint that stalls is cleared: the command fails, the next one works', async () => {
    const { source } = await bench({ fault: atTransfer(0, { kind: 'stall' }) })
    const card = await source.connect(NAME)
    await refused(card.transmit(SELECT), 'TB-009')
    expect(await card.transmit(SELECT)).toEqual(OK)
  })

  test('a command that takes too long is aborted with both halves, and the next one works', async () => {
    const { source, device } = await bench()
    const card = await source.connect(NAME)
    await refused(card.transmit(slow(400)), 'TB-008')
    expect(device.aborts()).toBe(1)
    expect(await card.transmit(SELECT)).toEqual(OK)
    await sleep(400)
    expect(await card.transmit(Uint8Array.of(0x80, 0xf0, 0, 9, 0))).toEqual(Uint8Array.from([...pattern(9), 0x90, 0]))
  })

  test('an answer later than its time is not taken for the next one', async () => {
    const { source } = await bench({ fault: atTransfer(0, { kind: 'late', ms: 300 }) })
    const card = await source.connect(NAME)
    await refused(card.transmit(Uint8Array.of(0x80, 0xf0, 0, 5, 0)), 'TB-008')
    await sleep(250)
    expect(await card.transmit(SELECT)).toEqual(OK)
  })

  test('a reader that answers nothing at all is opened again', async () => {
    let dead = false
    const { source, bus } = await bench({ fault: (type) => (dead && type !== 0x50 ? { kind: 'silent' } : null) })
    const card = await source.connect(NAME)
    dead = true
    await refused(card.transmit(SELECT), 'TB-008')
    dead = false
    await until(() => bus.figures().opened > 1 && cardOf(source) === 'present')
    expect(await (await source.connect(NAME)).transmit(SELECT)).toEqual(OK)
    await refused(card.transmit(SELECT), 'TB-007')
  })

  test.each([[0xfe, 'TB-010'], [0xfb, 'TB-009'], [0xfd, 'TB-009'], [0xff, 'TB-008'], [0x00, 'TB-009'], [0x0b, 'TB-009'], [0x99, 'TB-009']])('error %i with the card in place is %s', async (code, said) => {
    const { source } = await bench({ fault: atTransfer(0, { kind: 'error', code }) })
    const card = await source.connect(NAME)
    await refused(card.transmit(SELECT), said)
    expect(await card.transmit(SELECT)).toEqual(OK)
  })

  test.each([1, 2])('a failure with the card off or away (%i) ends the session as lifted', async (state) => {
    const { source } = await bench({ fault: atTransfer(1, { kind: 'error', code: 0xfe, card: state }) })
    const card = await source.connect(NAME)
    await card.transmit(SELECT)
    await refused(card.transmit(SELECT), 'THE-001')
    await refused(card.transmit(SELECT), 'THE-001')
  })

  test('a busy reader is asked again, and named when it stays busy', async () => {
    const once = await bench({ fault: atTransfer(0, { kind: 'error', code: 0xe0 }) })
    expect(await (await once.source.connect(NAME)).transmit(SELECT)).toEqual(OK)
    const always = await bench({ fault: (type) => (type === 0x6f ? { kind: 'error', code: 0xe0 } : null) })
    await refused((await always.source.connect(NAME)).transmit(SELECT), 'TB-006')
  })

  test.each([[[1, 2, 3]], [Array.from({ length: 64 }, () => 0xff)], [[]]])('garbage %j before an answer is dropped', async (bytes) => {
    const { source } = await bench({ fault: atTransfer(0, { kind: 'garbage', bytes: Uint8Array.from(bytes) }) })
    expect(await (await source.connect(NAME)).transmit(SELECT)).toEqual(OK)
  })

  test('garbage without end is told as such', async () => {
    const flood = Uint8Array.from({ length: 64 * 40 }, () => 0xee)
    const { source } = await bench({ fault: atTransfer(0, { kind: 'garbage', bytes: flood }) })
    await refused((await source.connect(NAME)).transmit(SELECT), 'TB-009')
  })

  test('a message that claims more than the reader may send is refused, not waited for', async () => {
    const { source } = await bench({ fault: atTransfer(0, { kind: 'garbage', bytes: Uint8Array.of(0x80, 0xff, 0xff, 0xff, 0x7f, 0, 0, 0, 0, 0, 1, 2, 3) }) })
    await refused((await source.connect(NAME)).transmit(SELECT), 'TB-009')
  })

  test.each([8, 16, 64])('an answer in transfers of %i bytes is put together', async (size) => {
    const { source } = await bench({ fault: atTransfer(0, { kind: 'pieces', size }) })
    expect(await (await source.connect(NAME)).transmit(Uint8Array.of(0x80, 0xf0, 0, 200, 0))).toEqual(Uint8Array.from([...pattern(200), 0x90, 0]))
  })
})
