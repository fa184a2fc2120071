import fc from 'fast-check'
import { expect, it } from 'vitest'
import { crc16, plainPurpose, PURPOSE_LIMIT, vietQr } from '@contract/vietqr'

/** Objects of a payload by id, read by the rules of EMVCo alone. */
function objects(text: string): Map<string, string> {
  const found = new Map<string, string>()
  let at = 0
  while (at < text.length) {
    const head = /^(\d\d)(\d\d)/.exec(text.slice(at, at + 4))
    if (!head) throw new Error(`no object at ${at}`)
    const [, id = '', length = ''] = head
    const value = text.slice(at + 4, at + 4 + Number(length))
    if (value.length !== Number(length) || found.has(id)) throw new Error(`object ${id} is cut or doubled`)
    found.set(id, value)
    at += 4 + Number(length)
  }
  return found
}

const inner = (text: string, ...path: string[]): string | undefined => path.reduce<string | undefined>((at, id) => (at === undefined ? undefined : objects(at).get(id)), text)

it.each([
  // Published with their builders by others.
  [{ bin: '970415', account: '0011001932418', amount: 120_000, purpose: 'ủng hộ lũ lụt' }, '00020101021238570010A00000072701270006970415011300110019324180208QRIBFTTA530370454061200005802VN62170813ung ho lu lut6304C15C'],
  [{ bin: '970436', account: '0071001234567', amount: 850_000, purpose: 'DH482113' }, '00020101021238570010A00000072701270006970436011300710012345670208QRIBFTTA530370454068500005802VN62120808DH4821136304E529'],
  // As in the specification of NAPAS, 6.1.1: an account, the amount left open, nothing said.
  [{ bin: '970415', account: '0123456789', amount: 0, purpose: '' }, '00020101021138540010A00000072701240006970415011001234567890208QRIBFTTA53037045802VN6304' + crc16('00020101021138540010A00000072701240006970415011001234567890208QRIBFTTA53037045802VN6304')],
])('builds the payload of %j', (transfer, published) => {
  expect(vietQr(transfer)).toBe(published)
})

it.each([
  ['00020101021138570010A00000072701270006970403011200110123456780208QRIBFTTA53037045802VN6304', 'F4E5'],
  ['00020101021138600010A00000072701300006970403011697040311012345670208QRIBFTTC53037045802VN6304', '4F52'],
  ['00020101021138530010A0000007270123000697041501091234567890208QRIBFTTA53037045802VN6304', '6376'],
  ['00020101021238540010A00000072701240006970436011098895593570208QRIBFTTA53037045405100005802VN62320828day la noi dung chuyen khoan6304', 'EEF5'],
  ['00020101021138540010A00000072701240006970436011012345678900208QRIBFTTA53037045405500005802VN62110807Payment6304', 'D309'],
  ['123456789', '29B1'],
])('has the published checksum of %s', (text, sum) => {
  expect(crc16(text)).toBe(sum)
})

it('takes marks off a purpose, keeps capitals and cuts between words', () => {
  expect(plainPurpose('Lệ phí hồ sơ 0009')).toBe('Le phi ho so 0009')
  expect(plainPurpose('Đăng ký khai sinh – trích lục, bản sao')).toBe('Dang ky khai sinh trich')
  expect(plainPurpose('x'.repeat(40))).toBe('x'.repeat(25))
  expect(plainPurpose(' \u0000\n😀 ')).toBe('')
})

it('reads back as what went in, whatever the purpose, and its checksum is that of what stands before it', () => {
  const digits = (min: number, max: number) => fc.array(fc.integer({ min: 0, max: 9 }), { minLength: min, maxLength: max }).map((each) => each.join(''))
  fc.assert(fc.property(digits(6, 6), digits(4, 19), fc.integer({ min: 1, max: 99_999_999 }), fc.string({ unit: 'grapheme', maxLength: 80 }), (bin, account, amount, purpose) => {
    const text = vietQr({ bin, account, amount, purpose })
    const read = objects(text)
    expect([...read.keys()]).toEqual(['00', '01', '38', '53', '54', '58', ...(plainPurpose(purpose) === '' ? [] : ['62']), '63'])
    expect([inner(text, '38', '01', '00'), inner(text, '38', '01', '01'), read.get('54'), read.get('01')]).toEqual([bin, account, String(amount), '12'])
    expect(read.get('63')).toBe(crc16(text.slice(0, -4)))
    expect(plainPurpose(purpose)).toMatch(new RegExp(`^[A-Za-z0-9 ]{0,${PURPOSE_LIMIT}}$`))
    expect(text).toMatch(/^[\x20-\x7e]+$/)
  }))
})

it.each([
  [{ bin: '97041', account: '1', amount: 1, purpose: '' }],
  [{ bin: '970415', account: 'x'.repeat(20), amount: 1, purpose: '' }],
  [{ bin: '970415', account: '1', amount: -1, purpose: '' }],
  [{ bin: '970415', account: '1', amount: 1.5, purpose: '' }],
])('refuses what no payload can carry: %j', (transfer) => {
  expect(() => vietQr(transfer)).toThrow(RangeError)
})
