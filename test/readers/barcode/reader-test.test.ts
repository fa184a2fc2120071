import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { repairText, VIETNAMESE_LETTERS } from '@contract/code-damage'
import { composeTyped } from '@contract/code-typing'
import { classifyScan } from '@contract/codes'
import { judgeReader, SELF_TEST_TEXT } from '@contract/reader-test'

const CP1252 = '€\u0081‚ƒ„…†‡ˆ‰Š‹Œ\u008dŽ\u008f\u0090‘’“”•–—˜™š›œ\u009džŸ'
const CP437 = 'ÇüéâäàåçêëèïîìÄÅÉæÆôöòûùÿÖÜ¢£¥₧ƒáíóúñÑªº¿⌐¬½¼¡«»░▒▓│┤╡╢╖╕╣║╗╝╜╛┐└┴┬├─┼╞╟╚╔╩╦╠═╬╧╨╤╥╙╘╒╓╫╪┘┌█▄▌▐▀αßΓπΣσµτΦΘΩδ∞φε∩≡±≥≤⌠⌡÷≈°∙·√ⁿ²■\u00a0'
const shown = (text: string, high: (byte: number) => string): string => [...Buffer.from(text, 'utf8')].map((byte) => (byte < 0x80 ? String.fromCharCode(byte) : high(byte))).join('')
const as1252 = (text: string): string => shown(text, (byte) => (byte < 0xa0 ? ([...CP1252][byte - 0x80] ?? '') : String.fromCharCode(byte)))
const as437 = (text: string): string => shown(text, (byte) => [...CP437][byte - 0x80] ?? '')
const dropping = (text: string): string => text.replace(/[\u0081\u008d\u008f\u0090\u009d]/gu, '')
const telex = (text: string): string => text.replace('aa dd oow', 'â đ ơ').replace('ơ', 'ơ')
const onlyAscii = (text: string): string => text.replace(/[^\u0020-\u007e]/gu, '')
const swapCase = (text: string): string => [...text].map((one) => (/[A-Z]/u.test(one) ? one.toLowerCase() : /[a-z]/u.test(one) ? one.toUpperCase() : one)).join('')

describe('the self-test sheet', () => {
  it('is known as such, and holds each of the 134 letters once', () => {
    expect(classifyScan(SELF_TEST_TEXT).kind).toBe('self-test')
    expect([...VIETNAMESE_LETTERS].map((letter) => SELF_TEST_TEXT.split(letter).length)).toEqual(Array.from({ length: 134 }, () => 2))
  })

  it.each([
    ['sound', 'serial', SELF_TEST_TEXT, { mode: 'exact', lost: '', advice: ['keep'] }],
    ['sound, decomposed', 'hid', SELF_TEST_TEXT.normalize('NFD'), { mode: 'exact', lost: '', advice: ['keep'] }],
    ['bytes as Windows-1252', 'keyboard', as1252(SELF_TEST_TEXT), { mode: 'bytes', lost: '', kinds: ['utf8-as-1252'] }],
    ['bytes as Windows-1252, undefined ones dropped', 'keyboard', dropping(as1252(SELF_TEST_TEXT)), { mode: 'bytes', lost: 'ềỏọờÁÍỐÝ', kinds: ['utf8-as-1252', 'dropped'] }],
    ['bytes as code page 437', 'keyboard', as437(SELF_TEST_TEXT), { mode: 'bytes', lost: '', kinds: ['utf8-as-437'] }],
    ['ASCII only', 'keyboard', onlyAscii(SELF_TEST_TEXT), { mode: 'positions', through: '', advice: ['use-serial', 'use-hid'] }],
    ['ASCII only from a port', 'serial', onlyAscii(SELF_TEST_TEXT), { mode: 'positions', advice: ['set-utf8'] }],
    ['with Telex on', 'keyboard', telex(SELF_TEST_TEXT), { mode: 'exact', inputMethod: 'telex', advice: ['input-method-off'] }],
    ['with Telex on, ASCII only', 'keyboard', telex(onlyAscii(SELF_TEST_TEXT)), { mode: 'positions', inputMethod: 'telex', advice: ['input-method-off', 'use-serial', 'use-hid'] }],
    ['with VNI on', 'keyboard', SELF_TEST_TEXT.replace('a6 d9 o7', 'â đ ơ'), { mode: 'exact', inputMethod: 'vni', advice: ['input-method-off'] }],
    ['with Caps Lock on', 'keyboard', swapCase(SELF_TEST_TEXT), { mode: 'exact', capsLock: true, advice: ['caps-lock-off'] }],
    ['with another layout', 'keyboard', SELF_TEST_TEXT.replace('|/.,', '~-.,'), { mode: 'exact', wrongSigns: '|/', advice: ['layout-us'] }],
    ['cut off', 'keyboard', SELF_TEST_TEXT.slice(0, 120), { mode: 'cut', advice: ['slower', 'scan-again', 'use-serial'] }],
    ['without three letters', 'keyboard', SELF_TEST_TEXT.replace(/[ếƯỹ]/gu, ''), { mode: 'lossy', lost: 'ếỹƯ' }],
    ['something else', 'keyboard', 'https://example.vn', { mode: 'strange', advice: ['scan-again'] }],
  ] as const)('that comes %s (%s)', (_how, source, text, expected) => {
    expect(judgeReader(text, source)).toMatchObject(expected)
  })

  it('never fails, whatever comes', () => {
    const piece = fc.oneof(fc.string({ unit: 'binary' }), fc.nat(SELF_TEST_TEXT.length).map((at) => SELF_TEST_TEXT.slice(0, at)), fc.nat(300).map((at) => SELF_TEST_TEXT.slice(at)))
    fc.assert(fc.property(fc.array(piece, { maxLength: 3 }), (parts) => {
      const report = judgeReader(parts.join(''), 'keyboard')
      return [...report.through, ...report.lost].length === 134
    }), { numRuns: 500 })
  })
})

describe('damaged letters', () => {
  const text = fc.array(fc.constantFrom(...VIETNAMESE_LETTERS, ...'abcnght ,.0123456789'), { minLength: 1, maxLength: 60 }).map((letters) => letters.join(''))

  it('are all put right when no byte was lost', () => {
    fc.assert(fc.property(text, (sound) => {
      expect(repairText(as1252(sound)).text).toBe(sound)
      expect(repairText(as437(sound)).text).toBe(sound)
      expect(repairText(Buffer.from(sound, 'utf8').toString('latin1')).text).toBe(sound)
    }))
  })

  it('are left alone when they are sound', () => {
    // Two marked vowels that no syllable has beside each other look like a letter and its tone mark of Windows-1258.
    const possible = text.filter((sound) => !/[âêôõýÂÊÔÕÝ][ìòÌÒ]/u.test(sound))
    fc.assert(fc.property(possible, (sound) => {
      expect(repairText(sound)).toEqual({ text: sound, kinds: [], lost: [] })
    }), { numRuns: 500 })
  })

  it('of Windows-1258 are a letter and its tone mark beside each other, which no sound syllable has', () => {
    expect(repairText('ThõÌi ÐõÌng')).toEqual({ text: 'Thời Đờng', kinds: ['cp1258-as-1252'], lost: [] })
  })

  it('lost to Windows-1252 are the nine of the reference, each told with the right one among its candidates', () => {
    const lost = [...VIETNAMESE_LETTERS].filter((letter) => repairText(dropping(as1252(`Nguyễn x${letter}x`))).lost.length > 0 || repairText(dropping(as1252(`ễ ${letter}.`))).lost.length > 0)
    expect(lost.join('')).toBe([...VIETNAMESE_LETTERS].filter((letter) => 'ÁÍÝềỏọờỐ'.includes(letter)).join(''))
    for (const letter of lost) expect(repairText(dropping(as1252(`ễ ${letter}.`))).lost[0]?.candidates).toContain(letter)
    // The ninth is the only letter with its first byte.
    expect(repairText(dropping(as1252('Đặng Đức'))).text).toBe('Đặng Đức')
  })

  it('never make the repair fail', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary', maxLength: 400 }), (any) => typeof repairText(any).text === 'string'), { numRuns: 1000 })
  })

  it.each([
    ['Nguyeexn Vawn Maaux', 'Nguyễn Văn Mẫu', 'telex'], ['Nguye64n Va8n Ma64u', 'Nguyễn Văn Mẫu', 'vni'], ['DDawjng Thij Ngocj Anhs', 'Đặng Thị Ngọc Ánh', 'telex'],
    ['27/4 d9u7o7ng2 Ba2u Tra2m', '27/4 đường Bàu Tràm', 'vni'], ['Quys Giangf Huwax', 'Quý Giàng Hữa', 'telex'], ['Hoaf Khoer', 'Hòa Khỏe', 'telex'],
  ])('of typed names are composed: %s', (typed, whole, kind) => {
    expect(composeTyped(typed)).toEqual({ text: whole, kind })
  })

  it.each([['Lo Van May'], ['A1 P201 Le Loi'], ['']])('are not seen in %s', (plain) => {
    expect(composeTyped(plain)).toBeNull()
  })
})
