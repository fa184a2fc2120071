import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { noUsbBus } from '../../../src-main/readers/usb'
import { takeApart } from '../../../src-main/readers/usb/card/apdu-cases'
import { parseAtr } from '../../../src-main/readers/usb/card/atr'
import { chooseProtocol, parametersOf, ppsRequest } from '../../../src-main/readers/usb/card/negotiate'
import { crc, decodeBlock, encodeBlock, lrc } from '../../../src-main/readers/usb/card/t1-blocks'
import { findCcidDescriptor, parseCcidDescriptor } from '../../../src-main/readers/usb/ccid/descriptor'
import { decodeCcid, decodeNotice, encodeCcid } from '../../../src-main/readers/usb/ccid/messages'
import { faultOf, UsbFault } from '../../../src-main/readers/usb/faults'
import { classesIn } from '../../../src-main/readers/usb/sysfs'
import { ATR, atrOfT1 } from '../../devices/ccid/cards'
import { ccidDescriptor, configurationOf } from '../../devices/ccid/device'

const bytes = (text: string): Uint8Array => Uint8Array.from(Buffer.from(text, 'hex'))

describe('faults', () => {
  test.each([
    ['transferIn error: Cancelled', 'timeout'], ['transferIn error: Disconnected', 'gone'], ['transferIn error: Stall', 'stall'], ['controlTransferIn error: endpoint stalled', 'stall'],
    ['claimInterface error: interface is busy (errno 16)', 'busy'], ['open error: permission denied (errno 13)', 'permission'],
    ['getDevices error: /sys/bus/usb/devices/ not found (errno 2)', 'noBus'], ['open error: device not found (errno 2)', 'gone'],
    ['Cannot find native binding. npm has a bug', 'nativeMissing'], ["Cannot find module '@node-usb/usb-linux-x64-gnu'", 'nativeMissing'],
    ['transferIn error: endpoint not found', 'gone'], ['transferIn error: hardware fault or protocol violation', 'gone'], ['transferIn error: buffer overflow', 'other'], ['The same native value cannot be borrowed mutably while another borrow is active', 'other'],
  ])('"%s" is %s', (text, kind) => expect(faultOf(new Error(text)).kind).toBe(kind))

  test('a machine without USB says why, or is simply empty', async () => {
    await expect(noUsbBus(new UsbFault('noBus')).list()).rejects.toMatchObject({ kind: 'noBus' })
    expect(await noUsbBus().list()).toEqual([])
  })
})

describe('class descriptor', () => {
  test('that of the emulated reader, byte by byte', () => {
    const descriptor = bytes('3621100100070100000000000000000000000000000000000000000000fe00000000000000000000000000fe0401' + '00'.repeat(8))
    expect(descriptor.length).toBe(54)
    expect(parseCcidDescriptor(descriptor)).toMatchObject({ slots: 1, voltages: [1, 2, 3], t0: true, t1: false })
  })

  test.each(['character', 'tpdu', 'short', 'extended'] as const)('level %s', (level) => {
    expect(parseCcidDescriptor(ccidDescriptor({ level, cards: [null, null], features: 0x40a, maxMessage: 3000 }))).toMatchObject({
      level, slots: 2, autoVoltage: true, autoParameters: true, autoPps: false, autoIfsd: true, maxMessage: 3000, maxIfsd: 254,
    })
  })

  test('is found behind its interface alone, and never runs past the end', () => {
    expect(findCcidDescriptor(configurationOf({}), 0)).not.toBeNull()
    expect(findCcidDescriptor(configurationOf({}), 1)).toBeNull()
    expect(classesIn(configurationOf({}))).toEqual([0x0b])
    fc.assert(fc.property(fc.uint8Array({ maxLength: 200 }), (any) => {
      findCcidDescriptor(any, 0)
      classesIn(any)
      parseCcidDescriptor(any)
    }))
    const whole = configurationOf({})
    for (let length = 0; length < whole.length; length++) expect(findCcidDescriptor(whole.subarray(0, length), 0)).toBeNull()
  })
})

describe('messages', () => {
  test('a command is coded as the standard has it', () => {
    expect(encodeCcid({ type: 0x6f, slot: 1, seq: 0x42, data: Uint8Array.of(1, 2), specific: [3, 0x10, 0] })).toEqual(bytes('6f0200000001420310000102'.slice(0, 20) + '0102'))
  })

  test.each([[0x00, 'active', 'done'], [0x01, 'inactive', 'done'], [0x02, 'absent', 'done'], [0x40, 'active', 'failed'], [0x42, 'absent', 'failed'], [0x80, 'active', 'moreTime'], [0xc1, 'inactive', 'failed']] as const)('bStatus %i: %s, %s', (status, card, outcome) => {
    expect(decodeCcid(Uint8Array.of(0x80, 1, 0, 0, 0, 0, 7, status, 0xfe, 3, 9))).toEqual({ type: 0x80, slot: 0, seq: 7, card, outcome, error: 0xfe, specific: 3, data: Uint8Array.of(9) })
  })

  test('half a message and one of another kind are none; anything else never throws', () => {
    expect(decodeCcid(Uint8Array.of(0x80, 5, 0, 0, 0, 0, 1, 0, 0, 0, 1))).toBeNull()
    expect(decodeCcid(new Uint8Array(10))).toBeNull()
    fc.assert(fc.property(fc.uint8Array({ maxLength: 80 }), fc.integer({ min: 1, max: 16 }), (any, slots) => {
      decodeCcid(any)
      decodeNotice(any, slots)
    }))
  })

  test('slot changes: two bits a slot, four slots a byte', () => {
    expect(decodeNotice(Uint8Array.of(0x50, 0b00_10_11_01, 0b11), 5)).toEqual({ kind: 'slots', slots: [
      { present: true, changed: false }, { present: true, changed: true }, { present: false, changed: true }, { present: false, changed: false }, { present: true, changed: true },
    ] })
    expect(decodeNotice(Uint8Array.of(0x50, 1), 5)).toBeNull()
    expect(decodeNotice(Uint8Array.of(0x51, 2, 9, 1), 5)).toEqual({ kind: 'hardware', slot: 2 })
  })
})

describe('answer to reset', () => {
  test.each([
    ['T=0 alone', '3b021450', { protocols: [0], ta1: 0x11, checkByte: 'none', specificMode: null, crc: false, ifsc: 32 }],
    ['both', '3b8880015452495649414c2175', { protocols: [0, 1], checkByte: 'right' }],
    ['T=1 with IFSC 254', '3b808151fe00ae', { protocols: [1], ifsc: 254, crc: false, checkByte: 'right' }],
    ['T=1, fast, specific mode', '3bb794008131fe6553504b32339000d1', { protocols: [1], ta1: 0x94, ifsc: 254, waiting: 0x65 }],
    ['inverse convention', '3f00', { inverse: true, protocols: [0], checkByte: 'none' }],
  ])('%s', (_, text, expected) => {
    expect(parseAtr(bytes(text))).toMatchObject(expected)
  })

  test('TA2 fixes the protocol; a wrong check byte is told, not refused', () => {
    expect(parseAtr(Uint8Array.of(0x3b, 0x80, 0x10, 0x80))).toMatchObject({ specificMode: { protocol: 0, implicit: false } })
    expect(parseAtr(Uint8Array.of(0x3b, 0x80, 0x10, 0x11))).toMatchObject({ specificMode: { protocol: 1, implicit: true } })
    expect(parseAtr(Uint8Array.of(...atrOfT1(32, true).subarray(0, -1), 0))).toMatchObject({ checkByte: 'wrong', crc: true, ifsc: 32 })
  })

  test('whatever comes is read or refused, and nothing beyond its end is read', () => {
    expect(parseAtr(new Uint8Array(0))).toBeNull()
    expect(parseAtr(bytes('3b88800154'))).toBeNull()
    fc.assert(fc.property(fc.uint8Array({ maxLength: 40 }), (any) => void parseAtr(Uint8Array.of(0x3b, ...any))))
  })
})

describe('agreeing on a protocol', () => {
  const both = parseAtr(ATR.both)
  const t0 = parseAtr(ATR.t0)
  const fixed = parseAtr(Uint8Array.of(0x3b, 0x80, 0x10, 0x80))
  test.each([
    [both, { t0: true, t1: true, autoPps: true }, 1], [both, { t0: true, t1: true, autoPps: false }, 0], [both, { t0: true, t1: false, autoPps: true }, 0],
    [both, { t0: false, t1: true, autoPps: true }, 1], [both, { t0: false, t1: true, autoPps: false }, null], [t0, { t0: true, t1: true, autoPps: true }, 0],
    [t0, { t0: false, t1: true, autoPps: true }, null], [fixed, { t0: true, t1: true, autoPps: true }, 0],
  ] as const)('case %#', (atr, reader, expected) => {
    expect(atr && chooseProtocol(atr, reader)).toBe(expected)
  })

  test('parameters and PPS as bytes', () => {
    const atr = parseAtr(atrOfT1(200, true))
    expect(atr && parametersOf(atr, 1, 0x95)).toEqual({ protocol: 1, data: Uint8Array.of(0x95, 0x11, 0, 0x4d, 0, 200, 0) })
    expect(atr && parametersOf(atr, 0, 0x11)).toEqual({ protocol: 0, data: Uint8Array.of(0x11, 0, 0, 10, 0) })
    expect(ppsRequest(1, 0x95)).toEqual(bytes('ff11957b'))
  })
})

describe('commands taken apart', () => {
  test.each([
    ['00a40400', '', 0, false], ['00b0000000', '', 256, false], ['00b0000004', '', 4, false], ['00d600000301020 3'.replace(' ', ''), '010203', 0, false], ['00d60000030102030a', '010203', 10, false],
    ['00b00000000000', '', 65536, true], ['00b00000000100', '', 256, true], ['00d60000000002aabb', 'aabb', 0, true], ['00d60000000002aabb0010', 'aabb', 16, true],
  ])('%s', (command, data, le, extended) => {
    const parts = takeApart(bytes(command))
    expect([Buffer.from(parts.data).toString('hex'), parts.le, parts.extended]).toEqual([data, le, extended])
  })

  test('what is no command is refused, never read past its end', () => {
    for (const text of ['', '00b000', '00d6000003aabb', '00d60000000005aabb', '00b000000001', '00d6000000000000']) expect(() => takeApart(bytes(text)), text).toThrow(UsbFault)
  })
})

describe('blocks of T=1', () => {
  test('the blocks of the standard: S(IFS request), R(0), I(0,0)', () => {
    expect(encodeBlock({ kind: 'S', what: 'ifs', response: false, data: Uint8Array.of(0xfe) }, false)).toEqual(bytes('00c101fe3e'))
    expect(encodeBlock({ kind: 'R', seq: 0, error: 'edc' }, false)).toEqual(bytes('00810081'))
    expect(encodeBlock({ kind: 'I', seq: 1, more: true, data: Uint8Array.of(0xaa) }, false)).toEqual(bytes('006001aacb'))
    expect(lrc(bytes('00c101fe'))).toEqual(bytes('3e'))
    // X.25's register for "123456789" before its complement: 906e complemented is 6f91.
    expect(crc(Uint8Array.from(Buffer.from('123456789')))).toEqual(bytes('6f91'))
  })

  const block = fc.oneof(
    fc.record({ kind: fc.constant('I' as const), seq: fc.constantFrom(0 as const, 1 as const), more: fc.boolean(), data: fc.uint8Array({ maxLength: 254 }) }),
    fc.record({ kind: fc.constant('R' as const), seq: fc.constantFrom(0 as const, 1 as const), error: fc.constantFrom('none' as const, 'edc' as const, 'other' as const) }),
    fc.record({ kind: fc.constant('S' as const), what: fc.constantFrom('ifs' as const, 'wtx' as const), response: fc.boolean(), data: fc.uint8Array({ minLength: 1, maxLength: 1 }) }),
  )

  test('every block is read as it was written, and a flipped bit is seen', () => {
    fc.assert(fc.property(block, fc.boolean(), fc.nat(), (one, withCrc, place) => {
      const coded = encodeBlock(one, withCrc)
      expect(decodeBlock(coded, withCrc)).toEqual(one)
      const at = place % (coded.length * 8)
      const flipped = coded.map((byte, index) => (index === at >> 3 ? byte ^ (1 << (at & 7)) : byte))
      expect(typeof decodeBlock(flipped, withCrc)).toBe('string')
    }))
  })

  test('any bytes are a block or none', () => {
    fc.assert(fc.property(fc.uint8Array({ maxLength: 300 }), fc.boolean(), (any, withCrc) => void decodeBlock(any, withCrc)))
  })
})
