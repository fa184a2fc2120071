import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { describe, expect, it } from 'vitest'
import { chooseReader, withoutDoubles } from '../../src-main/readers/choice'
import { connectError, exchangeError, meaningOf } from '../../src-main/readers/pcsc/errors'
import { longestData } from '../../src-main/readers/pcsc/features'
import { presenceOf } from '../../src-main/readers/pcsc/source'
import { exchangeT0 } from '../../src-main/readers/pcsc/t0'
import { isPlayedByProgram, plainName, plainNames, slotKindOf } from '../../src-main/readers/slots'
import type { ReaderSlot } from '../../src-main/readers'

const hex = (text: string): Uint8Array => Uint8Array.from(Buffer.from(text, 'hex'))

describe('what a slot is for', () => {
  it.each([
    ['ACS ACR1252 1S CL Reader [ACR1252 Dual Reader PICC] 00 00', 'contactless'],
    ['ACS ACR1252 1S CL Reader [ACR1252 Dual Reader SAM] 01 00', 'sam'],
    ['ACS ACR1252 1S CL Reader PICC 0', 'contactless'],
    ['ACS ACR1252 1S CL Reader SAM 0', 'sam'],
    ['ACS ACR1552 1S CL Reader PICC 0', 'contactless'],
    ['ACS ACR1281 1S Dual Reader PICC 0', 'contactless'],
    ['ACS ACR1281 1S Dual Reader ICC 0', 'contact'],
    ['ACS ACR1281 1S Dual Reader SAM 0', 'sam'],
    ['ACS ACR122U PICC Interface 00 00', 'contactless'],
    ['ACS ACR122 0', 'contactless'],
    ['ACS ACR39U ICC Reader 00 00', 'contact'],
    ['ACS ACR39U ICC Reader 0', 'contact'],
    ['ACS CCID USB Reader 0', 'contact'],
    ['HID Global OMNIKEY 5022 Smart Card Reader 0', 'contactless'],
    ['HID Global OMNIKEY 5022 Smart Card Reader [OMNIKEY 5022 Smart Card Reader] (KN123456) 00 00', 'contactless'],
    ['HID Global OMNIKEY 5422CL Smartcard Reader 0', 'contactless'],
    ['HID Global OMNIKEY 5422 Smartcard Reader 0', 'contact'],
    ['HID Global OMNIKEY 5422 Smartcard Reader [OMNIKEY 5422CL Smartcard Reader] (KN1) 00 00', 'contactless'],
    ['HID Global OMNIKEY 5422 Smartcard Reader [OMNIKEY 5422 Smartcard Reader] (KN1) 01 00', 'contact'],
    ['OMNIKEY CardMan 5x21-CL 0', 'contactless'],
    ['OMNIKEY CardMan 5x21 0', 'contact'],
    ['HID Global OMNIKEY 3x21 Smart Card Reader 0', 'contact'],
    ['Identiv uTrust 3700 F CL Reader 0', 'contactless'],
    ['Identiv uTrust 3700 F CL Reader [uTrust 3700 F CL Reader] (53692012345) 00 00', 'contactless'],
    ['Identiv uTrust 3720 Contactless Reader 0', 'contactless'],
    ['Identiv uTrust 4701 F Dual Interface Reader [uTrust 4701 F CL Reader] (5) 00 00', 'contactless'],
    ['Identiv uTrust 4701 F Dual Interface Reader [uTrust 4701 F Contact Reader] (5) 01 00', 'contact'],
    ['Identiv uTrust 2700 R Smart Card Reader 0', 'contact'],
    ['SCM Microsystems Inc. SCR 3310 [CCID Interface] 00 00', 'contact'],
    ['SCM Microsystems Inc. SCL011 Contactless Reader [SCL01x] 00 00', 'contactless'],
    ['Feitian R502 [R502 Contactless Reader] 00 00', 'contactless'],
    ['Feitian R502 [R502 Contact Reader] 01 00', 'contact'],
    ['Feitian R502 [R502 SAM1 Reader] 02 00', 'sam'],
    ['FT SCR2000A 0', 'contact'],
    ['Feitian ePass2003 00 00', 'other'],
    ['SafeNet eToken 5100 0', 'other'],
    ['VNPT-CA PKI Token 0', 'other'],
    ['Yubico YubiKey OTP+FIDO+CCID 00 00', 'other'],
    ['Windows Hello for Business 1', 'other'],
    ['Microsoft Virtual Smart Card 0', 'other'],
    ['Microsoft UICC ISO Reader 0', 'other'],
    ['Broadcom Corp Contacted SmartCard 0', 'contact'],
    ['Broadcom Corp Contactless SmartCard 0', 'contactless'],
    ['Alcor Micro USB Smart Card Reader 0', 'contact'],
    ['Gemalto Prox-DU Contactless_10200001 0', 'contactless'],
    ['Gemalto Prox-DU Contact_10200001 1', 'contact'],
    ['SONY FeliCa RC-S300/S 0', 'contactless'],
    ['REINER SCT cyberJack RFID basis 0', 'contactless'],
    ['SpringCard Puck Contactless 0', 'contactless'],
    ['SpringCard Puck SAM A 1', 'sam'],
    ['Virtual PCD 00 00', 'contactless'],
  ] as const)('%s: %s', (name, kind) => {
    expect(slotKindOf(name)).toBe(kind)
  })

  it('takes the answer of a card without contacts as a sign where the name says nothing', () => {
    const contactless = hex('3B8E80018031806631B1840C016E0183009000 1C'.replace(' ', ''))
    expect(slotKindOf('Generic USB Card Reader 0', contactless)).toBe('contactless')
    expect(slotKindOf('Generic USB Card Reader 0', hex('3B951381018073FF01000B'))).toBe('contact')
    expect(slotKindOf('ACS ACR39U ICC Reader 0', contactless)).toBe('contact')
  })

  it('knows what a program plays', () => {
    expect(['Virtual PCD 00 01', 'ACS ACR122 0'].map(isPlayedByProgram)).toEqual([true, false])
  })
})

describe('the name that a reader keeps', () => {
  it.each([
    ['Identiv uTrust 3700 F CL Reader [uTrust 3700 F CL Reader] (53692) 03 00', 'Identiv uTrust 3700 F CL Reader [uTrust 3700 F CL Reader] (53692)'],
    ['Virtual PCD 00 01', 'Virtual PCD 01'],
    ['HID Global OMNIKEY 5022 Smart Card Reader 12', 'HID Global OMNIKEY 5022 Smart Card Reader'],
    ['Nameless', 'Nameless'],
  ])('%s → %s', (name, plain) => {
    expect(plainName(name)).toBe(plain)
  })

  it('tells two of one kind apart by their order', () => {
    expect([...plainNames(['ACS ACR122 1', 'ACS ACR122 0', 'Other 0'])]).toEqual([['ACS ACR122 0', 'ACS ACR122'], ['ACS ACR122 1', 'ACS ACR122 (2)'], ['Other 0', 'Other']])
  })
})

const slot = (name: string, changed: Partial<ReaderSlot> = {}): ReaderSlot => ({ name, kind: 'pcsc', slot: 'contactless', card: 'absent', atr: null, simulated: false, ...changed })

describe('which reader cards are taken from', () => {
  const contact = slot('contact', { slot: 'contact', card: 'present' })
  const empty = slot('empty')
  const full = slot('full', { card: 'present' })
  const played = slot('played', { card: 'present', simulated: true })
  it.each([
    ['the remembered one while it is there', [full, contact], 'contact', 'contact'],
    ['one with a card when the remembered one is gone', [empty, full], 'gone', 'full'],
    ['one without contact before one with', [contact, empty], null, 'empty'],
    ['a real one before a played one', [played, full], null, 'full'],
    ['a played one with a card before a real one without', [empty, played], null, 'played'],
    ['the only one, though with contacts', [contact], null, 'contact'],
    ['none for SIM slots and keys', [slot('sam', { slot: 'sam' }), slot('hello', { slot: 'other' })], null, null],
    ['none of none', [], 'gone', null],
  ] as const)('%s', (_what, slots, remembered, chosen) => {
    expect(chooseReader(slots, remembered)).toBe(chosen)
  })

  it('leaves out plain USB while the service shows readers, and only then', () => {
    const usb = slot('usb', { kind: 'usb' })
    expect(withoutDoubles([usb, full])).toEqual([full])
    expect(withoutDoubles([usb, slot('Windows Hello', { slot: 'other' }), played])).toHaveLength(3)
  })
})

describe('what the texts of the PC/SC package mean', () => {
  it.each([
    ['PC/SC service not running', 'TB-002', 'TB-002'],
    ['PC/SC service stopped', 'TB-002', 'TB-002'],
    ['Communication error', 'TB-002', 'TB-002'],
    ['Invalid handle', 'TB-002', 'TB-002'],
    ['Sharing violation', 'TB-006', 'TB-006'],
    ['Reader unavailable', 'TB-007', 'TB-007'],
    ['Unknown reader', 'TB-007', 'TB-007'],
    ['No smart card present', 'THE-004', 'THE-001'],
    ['Card was removed', 'THE-004', 'THE-001'],
    ['Card was reset', 'TB-010', 'THE-001'],
    ['Card is unresponsive', 'TB-010', 'THE-001'],
    ['Card is unpowered', 'TB-010', 'THE-001'],
    ['Operation timed out', 'TB-008', 'TB-008'],
    ['Insufficient buffer', 'TB-009', 'TB-009'],
    ['Transaction failed', 'TB-010', 'THE-001'],
    ['Unknown PC/SC error', 'TB-010', 'THE-001'],
    ['a text that nobody foresaw', 'TB-010', 'THE-001'],
  ])('%s: %s at connecting, %s in an exchange with a card on the air', (text, connecting, exchanging) => {
    const error = new Error(text)
    expect([connectError(error).code, exchangeError(error, { extended: false, present: true, contactless: true }).code]).toEqual([connecting, exchanging])
  })

  it.each([
    ['Transaction failed', { extended: true, present: true, contactless: true }, 'TB-013'],
    ['Transaction failed', { extended: true, present: false, contactless: true }, 'THE-001'],
    ['Transaction failed', { extended: false, present: true, contactless: false }, 'TB-009'],
    ['Invalid parameter', { extended: true, present: true, contactless: true }, 'TB-013'],
    ['Card was removed', { extended: true, present: true, contactless: true }, 'THE-001'],
  ] as const)('%s with %o: %s', (text, circumstances, code) => {
    expect(exchangeError(new Error(text), circumstances).code).toBe(code)
  })

  it('knows every text of the package as it is installed', () => {
    const source = readFileSync(resolve('node_modules/smartcard/src/pcsc_errors.h'), 'utf8')
    const texts = [...source.matchAll(/return "([^"]+)"/gu)].map(([, text]) => text ?? '').filter((text) => text !== 'Success')
    expect(texts.length).toBeGreaterThan(25)
    const passedOn = new Set(['Transaction failed', 'Unknown PC/SC error', 'Cannot dispose handle'])
    expect(texts.filter((text) => meaningOf(new Error(text)) === 'exchange' && !passedOn.has(text))).toEqual([])
  })
})

describe('states of a slot', () => {
  it.each([
    [0x10, false, 'absent'], [0x20, false, 'present'], [0x120, false, 'present'], [0x1a0, false, 'busy'], [0x1a0, true, 'present'], [0x220, false, 'mute'], [0x30020, false, 'present'],
  ] as const)('%i, ours %s: %s', (state, ours, presence) => {
    expect(presenceOf(state, ours)).toBe(presence)
  })
})

describe('T=0', () => {
  const card = (script: readonly (readonly [string, string])[]) => {
    const left = [...script]
    return async (command: Uint8Array): Promise<Uint8Array> => {
      const [expected, answer] = left.shift() ?? ['nothing', '']
      expect(Buffer.from(command).toString('hex').toUpperCase()).toBe(expected)
      return hex(answer)
    }
  }
  it('keeps Le at home and fetches the answer in pieces', async () => {
    const send = card([['00A4040C02AABB', '6104'], ['00C0000004', '010203046102'], ['00C0000002', '05069000']])
    expect(await exchangeT0(send, hex('00A4040C02AABB00'))).toEqual(hex('0102030405069000'))
  })
  it('asks again with the length that the card names', async () => {
    const send = card([['00B0000000', '6C03'], ['00B0000003', 'AABBCC9000']])
    expect(await exchangeT0(send, hex('00B0000000'))).toEqual(hex('AABBCC9000'))
  })
  it('passes on any other answer', async () => {
    expect(await exchangeT0(card([['00B0000004', '6982']]), hex('00B0000004'))).toEqual(hex('6982'))
  })
})

describe('the longest APDU of a reader, as its driver tells', () => {
  const cardWith = (answers: Readonly<Record<number, string>>) => ({
    protocol: 2, atr: null, disconnect: () => undefined, reconnect: () => Promise.resolve(2), transmit: () => Promise.reject(new Error('no')),
    control: async (code: number) => {
      const answer = answers[code]
      if (answer === undefined) throw new Error('Transaction failed')
      return Buffer.from(answer, 'hex')
    },
  })
  it.each([
    ['short only', 'linux', { [0x42000000 + 3400]: '120442000001', 0x42000001: '0A0400000000' }, 0],
    ['extended', 'win32', { 0x313520: '06044200000112040031C001', 0x31c001: '01020000 0A0400000100'.replace(' ', '') }, 65_536],
    ['not told', 'linux', { [0x42000000 + 3400]: '060442000001' }, null],
    ['no such control', 'linux', {}, null],
  ] as const)('%s', async (_what, platform, answers, longest) => {
    expect(await longestData(cardWith(answers), platform)).toBe(longest)
  })
})
