import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { AppError } from '@contract/errors'
import { informationOf, parseMrz, readTypedMrz, writeMrz, writeVietnameseMrz } from '../../../src-main/identity/lds'
import { checkDigit } from '../../../src-main/identity/lds/check-digit'
import { birthDateOf, expiryDateOf } from '../../../src-main/identity/lds/mrz-dates'
import { fullNameOf, readName, writeName } from '../../../src-main/identity/lds/mrz-name'

const CARD = ['IDVNM1901234569001190123456<<0', '9001011F3001019VNM<<<<<<<<<<<2', 'NGUYEN<<THI<VI<DU<<<<<<<<<<<<<'] as const
const [ONE, TWO, THREE] = CARD
const KEY = '190123456990010113001019'
const TD3 = ['P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<', 'L898902C36UTO7408122F1204159ZE184226B<<<<<10'] as const

function refusal(act: () => unknown): string {
  try {
    act()
  } catch (error) {
    if (error instanceof AppError) return `${error.code} ${String(error.params['part'])}`
    throw error
  }
  return 'taken'
}
const typed = (text: string): string => readTypedMrz(text).information

describe('check digits', () => {
  it.each([['520727', '3'], ['AB2134<<<', '5'], ['<<<<<<', '0'], ['L898902C<', '3']])('of %s is %s (9303-3)', (text, digit) => {
    expect(checkDigit(text)).toBe(digit)
  })
})

describe('an MRZ', () => {
  it('is taken apart with every check told', () => {
    expect(parseMrz(CARD.join(''))).toMatchObject({
      format: 'TD1', documentCode: 'ID', issuer: 'VNM', documentNumber: '190123456', birth: '900101', sex: 'female', expiry: '300101', nationality: 'VNM', optional1: '001190123456<<0',
      name: { primary: 'NGUYEN', secondary: 'THI VI DU', truncated: false },
      checks: [{ part: 'documentNumber', fits: true }, { part: 'birthDate', fits: true }, { part: 'expiryDate', fits: true }, { part: 'optionalData', fits: true }, { part: 'composite', fits: true }],
    })
  })

  it.each([
    ['documentNumber', 0, 6], ['birthDate', 1, 2], ['expiryDate', 1, 9], ['optionalData', 0, 17], ['composite', 1, 29],
  ] as const)('of TD1 with a changed digit fails the check %s', (part, line, at) => {
    const lines = CARD.map((text, index) => (index === line ? text.slice(0, at) + String((Number(text.charAt(at)) + 1) % 10) + text.slice(at + 1) : text))
    expect(parseMrz(lines.join('')).checks.filter(({ fits }) => !fits).map((check) => check.part)).toContain(part)
  })

  it.each([['personalNumber', 30], ['composite', 43], ['documentNumber', 2]] as const)('of TD3 with a changed character fails the check %s', (part, at) => {
    const two = TD3[1].slice(0, at) + (TD3[1].charAt(at) === '7' ? '8' : '7') + TD3[1].slice(at + 1)
    expect(parseMrz(TD3[0] + two).checks.filter(({ fits }) => !fits).map((check) => check.part)).toContain(part)
  })

  it.each([['ABC'], [CARD.join('').toLowerCase()], [`${ONE}${TWO}`], [`${CARD.join('').slice(0, 89)}é`]])('is refused when it is none: %s', (text) => {
    expect(refusal(() => parseMrz(text))).toBe('THE-012 lines')
  })

  it('keeps unknown parts of a birth date and takes fillers for the digit of an empty field', () => {
    const lines = writeMrz({ format: 'TD2', documentCode: 'I', issuer: 'UTO', documentNumber: 'A1', birth: '55<<<<', sex: null, expiry: '300101', nationality: 'UTO', primary: 'ONE', secondary: '' })
    const mrz = parseMrz(lines.join(''))
    expect([mrz.birth, mrz.sex, mrz.name.secondary, mrz.checks.every(({ fits }) => fits)]).toEqual(['55<<<<', null, '', true])
  })

  it('comes back from any fields as it was written, and every check fits', () => {
    const word = fc.stringMatching(/^[A-Z]{1,9}$/)
    const digits6 = fc.stringMatching(/^\d{6}$/)
    const format = fc.constantFrom('TD1', 'TD2', 'TD3')
    fc.assert(fc.property(format, fc.stringMatching(/^[A-Z0-9]{9,14}$/), word, word, digits6, digits6, fc.constantFrom('male', 'female', null), (kind, number, primary, secondary, birth, expiry, sex) => {
      const documentNumber = kind === 'TD3' ? number.slice(0, 9) : number
      const mrz = parseMrz(writeMrz({ format: kind, documentCode: 'I', issuer: 'UTO', documentNumber, birth, sex, expiry, nationality: 'UTO', primary, secondary }).join('\r\n'))
      expect(mrz).toMatchObject({ format: kind, documentNumber, birth, expiry, sex, name: { primary, secondary } })
      expect(mrz.checks.every(({ fits }) => fits)).toBe(true)
    }), { numRuns: 300 })
  })

  it('of a Vietnamese card is written from the card', () => {
    expect(writeVietnameseMrz({ idNumber: '001190123456', fullName: 'Nguyễn Thị Ví Dụ', birthDate: '1990-01-01', sex: 'female', expiresAt: '2030-01-01' })).toEqual(CARD)
  })
})

describe('names in an MRZ', () => {
  it.each([
    ['NGUYEN<<THI<VI<DU<<<<', 'NGUYEN THI VI DU'], ['SUKARNO<<<<<<<<', 'SUKARNO'], ['VAN<DER<MUELLEN<<ELS', 'VAN DER MUELLEN ELS'], ['A<<B<<C<<<', 'A B C'], ['<<<<', ''],
  ])('%s is %s', (field, name) => {
    expect(fullNameOf(readName(field))).toBe(name)
  })

  it.each([
    ['Đặng', 'Thị Ngọc Ánh', 20, 'DANG<<THI<NGOC<ANH<<'], ["O'Connor", 'Enya-Siobhan', 24, 'OCONNOR<<ENYA<SIOBHAN<<<'], ['Nguyễn', 'Hoàng Phương', 12, 'NGUYEN<<HOAN'],
  ])('%s %s is written into %i characters', (primary, secondary, width, field) => {
    expect(writeName(primary, secondary, width)).toBe(field)
  })

  it('that were cut end in a letter, which says so', () => {
    fc.assert(fc.property(fc.stringMatching(/^[A-Z]{1,40}$/), fc.stringMatching(/^[A-Z]{1,20}$/), (primary, secondary) => {
      const field = writeName(primary, secondary, 30)
      expect(field).toHaveLength(30)
      expect(field.endsWith('<') && `${primary}  ${secondary}`.length > 30).toBe(false)
    }), { numRuns: 300 })
  })
})

describe('two-digit years', () => {
  it.each([
    ['900101', '2026-11-23', null, '1990-01-01'], ['261123', '2026-11-23', null, '2026-11-23'], ['261124', '2026-11-23', null, '1926-11-24'],
    ['200229', '2026-11-23', null, '2020-02-29'], ['210229', '2026-11-23', null, null], ['200101', '2026-11-23', 1920, '1920-01-01'],
    ['5503<<', '2026-11-23', null, '1955-03'], ['26<<<<', '2026-11-23', null, '2026'], ['27<<<<', '2026-11-23', null, '1927'], ['<<0101', '2026-11-23', null, null], ['551301', '2026-11-23', null, null],
  ])('birth %s on %s (year %s) is %s', (text, today, year, date) => {
    expect(birthDateOf(text, today, year)).toBe(date)
  })

  it.each([['300101', '2030-01-01'], ['060101', '2006-01-01'], ['050101', '2105-01-01'], ['991231', '2099-12-31'], ['300230', null], ['30<<<<', '2030']])('expiry %s is %s in 2026', (text, date) => {
    expect(expiryDateOf(text, '2026-11-23')).toBe(date)
  })
})

describe('a typed MRZ', () => {
  it.each([
    ['all lines', CARD.join('\n')], ['one text', CARD.join('')], ['lines 1 and 2', `${ONE}\n${TWO}`], ['lower case with blanks', `${ONE} ${TWO}`.toLowerCase().replace(/(.{5})/g, '$1 ')],
    ['line ends of Windows', CARD.join('\r\n')], ['fillers missing inside line 2', `${ONE}\n9001011F3001019VNM2`], ['line 2 only to the expiry digit', `${ONE}\n9001011F3001019`],
    ['line 1 without its end', 'IDVNM1901234569\n9001011F3001019VNM'], ['the letter O for zeros', `${ONE.replaceAll('0', 'O')}\n${TWO.replaceAll('0', 'O')}`],
    ['the information alone', KEY], ['guillemets for fillers', CARD.join('\n').replaceAll('<<', '«')], ['text before it', `IDVNM1901234569001190123456<<0${TWO}`],
  ])('gives the key: %s', (_name, text) => {
    expect(typed(text)).toBe(KEY)
  })

  it.each([
    ['both lines of a passport', TD3.join('\n')], ['line 2 of a passport alone', TD3[1]],
  ])('gives the key of other documents: %s', (_name, text) => {
    expect(typed(text)).toBe('L898902C3674081221204159')
  })

  it('gives the key of a number that is longer than its field', () => {
    expect(typed('I<UTOD23145890<7349<<<<<<<<<<<\n3407127M9507122UTO')).toBe('D23145890734934071279507122')
  })

  it('gives the whole MRZ only when all of it fits', () => {
    expect(readTypedMrz(CARD.join(' ')).mrz?.name.primary).toBe('NGUYEN')
    expect(readTypedMrz(`${ONE}\n${TWO}\n${THREE.replace(/<+$/, '')}`).mrz?.name.primary).toBe('NGUYEN')
    expect(readTypedMrz(`${ONE}\n${TWO}`).mrz).toBeNull()
  })

  it.each([
    ['documentNumber', `${ONE.replace('1901234569', '1901234579')}\n${TWO}`], ['birthDate', `${ONE}\n${TWO.replace('9001011', '9001021')}`], ['expiryDate', `${ONE}\n${TWO.replace('3001019', '3001119')}`],
    ['documentNumber', KEY.replace('1901234569', '1901234568')], ['lines', 'IDVNM190123456'], ['lines', ''], ['lines', 'xin chào'], ['lines', '<'.repeat(90)],
  ])('is refused and says where: %s', (part, text) => {
    expect(refusal(() => readTypedMrz(text))).toBe(`THE-012 ${part}`)
  })

  it('of any card gives the key of that card, however it was broken into lines', () => {
    fc.assert(fc.property(fc.stringMatching(/^0\d{11}$/), fc.integer({ min: 0, max: 25_000 }), fc.integer({ min: 0, max: 25_000 }), fc.constantFrom('', ' ', '\n'), (idNumber, born, ends, between) => {
      const day = (days: number): string => new Date(Date.UTC(1930, 0, 1) + days * 86_400_000).toISOString().slice(0, 10)
      const lines = writeVietnameseMrz({ idNumber, fullName: 'Trần Văn Mẫu', birthDate: day(born), sex: 'male', expiresAt: day(30_000 + ends) })
      expect(typed(lines.join(between))).toBe(informationOf(parseMrz(lines.join(''))))
    }), { numRuns: 300 })
  })
})
