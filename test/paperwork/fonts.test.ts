import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { readFontTable } from '../../src-main/paperwork/font-table'
import { printableTexts } from '../../src-main/paperwork/glyphs'
import { FONT_FILES } from '../../src-main/paperwork/render'
import { RESOURCES } from './pdf-tools'

const fonts = Object.values(FONT_FILES).map((file) => ({ file, table: readFontTable(readFileSync(join(RESOURCES, 'fonts/tinos', file))) }))

const BASES = ['aăâeêioôơuưy', 'AĂÂEÊIOÔƠUƯY'].flatMap((row) => [...row])
const TONES = ['', '\u0300', '\u0309', '\u0303', '\u0301', '\u0323']
const ALPHABET = [...BASES.flatMap((base) => TONES.map((tone) => (base + tone).normalize('NFC'))), 'đ', 'Đ', '□', '–', '…', '₫', '“', '”']

const FORMS = readdirSync(join(RESOURCES, 'forms')).filter((name) => name.endsWith('.json'))
const LOCALES = ['vi', 'en'].flatMap((language) => readdirSync(join(RESOURCES, 'locales', language)).map((name) => `${language}/${name}`))
/** Keys and arrows that stand on a screen and are printed nowhere. */
const SCREEN_SIGNS = /[\p{So}\p{Sk}\u2190-\u21ff\u2300-\u23ff]/gu

function missing(text: Iterable<string>, has: (codePoint: number) => boolean): string[] {
  return [...new Set(text)].filter((char) => !/\s/.test(char) && !has(char.codePointAt(0) ?? 0))
}

describe.each(fonts)('$file', ({ table }) => {
  it('draws all 144 vowels with tone and đ, and the signs of the form', () => expect(missing(ALPHABET, table.has)).toEqual([]))

  it.each(FORMS)('draws every character of %s', (name) => {
    expect(missing(readFileSync(join(RESOURCES, 'forms', name), 'utf8').normalize('NFC'), table.has)).toEqual([])
  })

  it('draws the alphabet typed with combining marks, after it is composed', () => {
    expect(printableTexts(ALPHABET.join(' ').normalize('NFD'), table.has)).toEqual({ value: ALPHABET.join(' '), warnings: [] })
  })

  it.each(LOCALES)('draws every letter, digit and money sign of the words of %s', (name) => {
    expect(missing(readFileSync(join(RESOURCES, 'locales', name), 'utf8').normalize('NFC').replaceAll(SCREEN_SIGNS, ''), table.has)).toEqual([])
  })

  it.runIf(existsSync(join(RESOURCES, 'procedures/catalogue.json')))('draws every character of the procedure catalogue', () => {
    expect(missing(readFileSync(join(RESOURCES, 'procedures/catalogue.json'), 'utf8').normalize('NFC'), table.has)).toEqual([])
  })

  it('knows what it does not draw', () => expect([0x1f600, 0x4e2d, 0x2611].map(table.has)).toEqual([false, false, false]))
})

describe('text before printing', () => {
  const has = fonts[0]?.table.has ?? (() => false)

  it('is composed, so that letters typed with combining marks have their glyphs', () => {
    expect(printableTexts('Nguye\u0302\u0303n', has)).toEqual({ value: 'Nguyễn', warnings: [] })
  })

  it('loses invisible joiners and direction marks without a warning', () => {
    expect(printableTexts('An\u200b\u202eBình\ufeff', has)).toEqual({ value: 'AnBình', warnings: [] })
  })

  it('keeps a letter whose mark the font lacks', () => {
    expect(printableTexts('a\u20dd', has).value).toBe('a')
  })

  it('leaves numbers and flags as they are', () => {
    expect(printableTexts({ n: 3, ok: true, list: ['x'] }, has).value).toEqual({ n: 3, ok: true, list: ['x'] })
  })
})
