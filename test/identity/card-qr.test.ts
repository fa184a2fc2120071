import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { AppError } from '@contract/errors'
import { addDays } from '@contract/civil-time'
import { checkCard, parseCardQr } from '../../src-main/identity'

const SEVEN = '079199000123|025123456|Nguyễn Văn Mẫu|01011999|Nam|12 Lê Lợi, Phường Bến Nghé, Quận 1, TP. Hồ Chí Minh|05052021'
const CARD = {
  idNumber: '079199000123', oldNumber: '025123456', fullName: 'Nguyễn Văn Mẫu', birthDate: '1999-01-01', sex: 'male',
  address: '12 Lê Lợi, Phường Bến Nghé, Quận 1, TP. Hồ Chí Minh', issuedAt: '2021-05-05', extra: [],
}
const withoutOld = { ...CARD, oldNumber: undefined }
const latin1 = (text: string): string => Buffer.from(text, 'utf8').toString('latin1')

function codeOf(text: string): string {
  try {
    parseCardQr(text)
  } catch (error) {
    if (error instanceof AppError) return error.params['field'] === undefined ? error.code : `${error.code} ${String(error.params['field'])}`
    throw error
  }
  return 'read'
}

describe('the QR text of a card', () => {
  it('gives the seven fields', () => {
    expect(parseCardQr(SEVEN)).toEqual(CARD)
  })

  it('may leave the old number empty', () => {
    expect(parseCardQr(SEVEN.replace('025123456', ''))).toMatchObject({ idNumber: CARD.idNumber, fullName: CARD.fullName, issuedAt: CARD.issuedAt })
  })

  it('may leave the old number out altogether', () => {
    expect({ ...parseCardQr(SEVEN.replace('025123456|', '')), oldNumber: undefined }).toEqual(withoutOld)
  })

  it('keeps fields after the seventh as they came', () => {
    expect(parseCardQr(`${SEVEN}|Nguyễn Văn Cha|Trần Thị Mẹ||`).extra).toEqual(['Nguyễn Văn Cha', 'Trần Thị Mẹ', '', ''])
  })

  it('is put into NFC', () => {
    expect(parseCardQr(SEVEN.normalize('NFD'))).toEqual(CARD)
  })

  it('may carry the prefix and suffix of a reader', () => {
    expect(parseCardQr(`\u0002${SEVEN}\u0003\r\n`)).toEqual(CARD)
  })

  it('may name a woman', () => {
    expect(parseCardQr(SEVEN.replace('|Nam|', '|Nữ|')).sex).toBe('female')
  })

  it.each([
    ['is empty', '', 'THE-020'],
    ['is blank', ' \r\n', 'THE-020'],
    ['is a web address', 'https://example.vn/abc', 'THE-021'],
    ['is a bank code', '00020101021138540010A00000072701240006970436', 'THE-021'],
    ['is cut short', SEVEN.slice(0, 60), 'THE-021'],
    ['has too few fields', '079199000123|025123456|Nguyễn Văn Mẫu|01011999|Nam', 'THE-021'],
    ['has an 11-digit number', SEVEN.slice(1), 'THE-022 idNumber'],
    ['has letters in the old number', SEVEN.replace('025123456', '02512345A'), 'THE-022 oldNumber'],
    ['has no name', SEVEN.replace('Nguyễn Văn Mẫu', ' '), 'THE-022 fullName'],
    ['has a birth date that does not exist', SEVEN.replace('01011999', '31021999'), 'THE-022 birthDate'],
    ['has a birth date the American way', SEVEN.replace('01011999', '12311999'), 'THE-022 birthDate'],
    ['has an unknown sex', SEVEN.replace('|Nam|', '|M|'), 'THE-022 sex'],
    ['has a cut issue date', SEVEN.slice(0, -1), 'THE-022 issuedAt'],
    ['has an endless name', SEVEN.replace('Mẫu', 'Mẫu'.repeat(100)), 'THE-022 fullName'],
    ['is over-long', `${SEVEN}|${'x'.repeat(3000)}`, 'THE-023'],
    ['is UTF-8 shown as Latin-1', latin1(SEVEN), 'THE-024'],
    ['is UTF-8 shown as Windows-1252', SEVEN.replace('Nguyễn', 'Nguyá»…n'), 'THE-024'],
    ['is Windows-1258 shown as Latin-1', SEVEN.replace('Nguyễn', 'NguyêÞn'), 'THE-024'],
    ['lost a letter to a question mark', SEVEN.replace('Phường', 'Phư?ng'), 'THE-024'],
    ['lost letters to a keyboard-mode reader', SEVEN.replace('Nguyễn Văn Mẫu', 'Nguyn Vn Mu'), 'THE-024'],
    ['is raw Telex', SEVEN.replace('Nguyễn Văn Mẫu', 'Nguyeexn Vawn Maaux'), 'THE-024'],
    ['is raw VNI', SEVEN.replace('Nguyễn Văn Mẫu', 'Nguye64n Va8n Ma64u'), 'THE-024'],
    ['holds a replacement character', SEVEN.replace('ễ', '\ufffd'), 'THE-024'],
    ['holds half a surrogate pair', SEVEN.replace('ễ', '\ud800'), 'THE-024'],
    ['holds a control character', SEVEN.replace('Văn', 'V\u0000ăn'), 'THE-024'],
    ['turns the reading direction', SEVEN.replace('Văn', '\u202eVăn'), 'THE-024'],
  ])('that %s is refused by name', (_name, text, expected) => {
    expect(codeOf(text)).toBe(expected)
  })

  it.each([['H’Hen Niê'], ["Y'Bhiông Ayun"], ['Đặng Thị Ngọc Ánh'], ['Giàng A Sùng'], ['Lo Van May'], ['Nguyễn Phương Maria-Anna'], ['ĐÀO THỊ Ý'], ['QUÁCH ÒA'], ['Tô Ngọc Mùi']])('takes the name %s', (name) => {
    expect(parseCardQr(SEVEN.replace('Nguyễn Văn Mẫu', name)).fullName).toBe(name)
  })

  it('never ends in anything but a card or a named error', () => {
    const piece = fc.oneof(fc.string({ unit: 'binary', maxLength: 40 }), fc.constantFrom('079199000123', '', '01011999', 'Nam', 'Nữ', 'Nguyễn Văn Mẫu', '\ud800', '\u0000'))
    const text = fc.oneof(fc.string({ unit: 'binary', maxLength: 200 }), fc.array(piece, { maxLength: 12 }).map((parts) => parts.join('|')))
    fc.assert(fc.property(text, (value) => ['read', 'THE-'].some((start) => codeOf(value).startsWith(start))), { numRuns: 2000 })
  })

  it('gives back every valid card that is written', () => {
    const syllable = fc.constantFrom('Nguyễn', 'Trần', 'Lê', 'Đặng', 'Thị', 'Văn', 'Ngọc', 'Ánh', 'Quý', 'Ưng', 'Mỹ', 'Ý', 'Hòa')
    const date = fc.integer({ min: 0, max: 40_000 }).map((offset) => addDays('1925-01-01', offset))
    const card = fc.record({
      idNumber: fc.stringMatching(/^\d{12}$/),
      oldNumber: fc.oneof(fc.constant(''), fc.stringMatching(/^\d{9}$/)),
      fullName: fc.array(syllable, { minLength: 2, maxLength: 6 }).map((parts) => parts.join(' ')),
      birthDate: date, sex: fc.constantFrom('male' as const, 'female' as const), issuedAt: date,
      address: fc.array(syllable, { maxLength: 8 }).map((parts) => parts.join(', ')),
      extra: fc.array(syllable, { maxLength: 4 }),
    })
    const short = (day: string): string => day.split('-').reverse().join('')
    fc.assert(fc.property(card, ({ oldNumber, ...rest }) => {
      const text = [rest.idNumber, oldNumber, rest.fullName, short(rest.birthDate), rest.sex === 'male' ? 'Nam' : 'Nữ', rest.address, short(rest.issuedAt), ...rest.extra].join('|')
      expect(parseCardQr(text)).toEqual(oldNumber === '' ? rest : { ...rest, oldNumber })
    }))
  })
})

describe('a card that was read', () => {
  it('raises no doubt when everything agrees', () => {
    expect(checkCard(parseCardQr(SEVEN.replace('079199', '079099')), '2026-11-23')).toEqual([])
  })

  it('is doubted when its dates cannot be', () => {
    const odd = parseCardQr(SEVEN.replace('05052021', '05051998').replace('079199', '079099'))
    expect(checkCard(odd, '2026-11-23').map((warning) => warning.code)).toEqual(['issued-before-birth'])
  })

  it('is doubted when the marks may have been lost', () => {
    const odd = parseCardQr('079099000123||Lo Van May|01011999|Nam|12 Le Loi|05052021')
    expect(checkCard(odd, '2026-11-23').map((warning) => warning.code)).toEqual(['name-unmarked', 'address-unmarked'])
  })
})
