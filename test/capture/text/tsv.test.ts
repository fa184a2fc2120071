import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { languagesIn, versionIn } from '../../../src-main/capture/text/system-engine'
import { placesOf } from '../../../src-main/capture/text/system-program'
import { parseTsv, TSV_LIMITS } from '../../../src-main/capture/text/tsv'

const HEAD = 'level\tpage_num\tblock_num\tpar_num\tline_num\tword_num\tleft\ttop\twidth\theight\tconf\ttext\n'
const page = { width: 1_000, height: 800, scale: 1, x: 0, y: 0 }
const row = (line: number, left: number, text: string, confidence = '95.5'): string => `5\t1\t1\t1\t${line}\t1\t${left}\t${line * 40}\t80\t30\t${confidence}\t${text}\n`

describe("Tesseract's table of words", () => {
  it('becomes lines of words in the order in which they stand', () => {
    const lines = parseTsv(`${HEAD}4\t1\t1\t1\t1\t0\t10\t40\t400\t30\t-1\t\n${row(1, 200, 'Ánh')}${row(1, 10, 'Ngọc')}${row(2, 10, 'Hà')}`, page)
    expect(lines.map(({ text }) => text)).toEqual(['Ngọc Ánh', 'Hà'])
    expect(lines[0]?.box).toEqual({ x: 10, y: 40, width: 270, height: 30 })
    expect(lines[0]?.words[1]?.confidence).toBeCloseTo(0.955)
  })

  it('is composed Unicode whatever the engine wrote', () => {
    expect(parseTsv(row(1, 0, 'Nguyễn'.normalize('NFD')), page)[0]?.text).toBe('Nguyễn')
  })

  it('is moved and stretched onto the page it was cut from', () => {
    expect(parseTsv(row(1, 10, 'x1'), { ...page, scale: 2, x: 100, y: 5 })[0]?.box).toEqual({ x: 120, y: 85, width: 160, height: 60 })
  })

  it('loses rows that are no words: short ones, boxes of nothing, no confidence, letters for numbers', () => {
    const bad = ['5\t1\t1', row(1, 10, '   '), row(1, 10, 'x', '-1'), row(1, 10, 'x', 'NaN'), row(1, 99_999, 'x'), row(1, 10, 'x').replace('\t80\t', '\tacht\t'), row(1, 10, 'x').replace('\t80\t', '\t0\t')]
    expect(parseTsv(bad.join('\n'), page)).toEqual([])
  })

  it('never throws, and nothing it gives lies off the page or is longer than it may be', () => {
    const cell = fc.oneof(fc.string({ unit: 'binary', maxLength: 12 }), fc.integer().map(String), fc.constantFrom('-1', '5', '1e9', '', '99999999999', 'NaN', '9'.repeat(300)))
    const rows = fc.array(fc.oneof(fc.array(cell, { maxLength: 14 }).map((cells) => cells.join('\t')), fc.tuple(fc.integer({ min: -50, max: 2_000 }), fc.string({ unit: 'binary' })).map(([left, text]) => row(1, left, text))), { maxLength: 40 })
    fc.assert(fc.property(rows, fc.constantFrom('\n', '\r\n', '\r'), (list, end) => {
      for (const { words, box } of parseTsv(list.join(end), page)) {
        expect(box.x >= 0 && box.y >= 0 && box.x + box.width <= page.width && box.y + box.height <= page.height).toBe(true)
        for (const word of words) expect(word.text.length > 0 && word.text.length <= TSV_LIMITS.wordLength && word.confidence >= 0 && word.confidence <= 1 && !/\s/u.test(word.text)).toBe(true)
      }
    }), { numRuns: 300 })
  })

  it('is cut off where no page goes on', () => {
    const lines = parseTsv(row(1, 10, 'từ').repeat(TSV_LIMITS.words + 500), page)
    expect(lines.reduce((count, line) => count + line.words.length, 0)).toBeLessThanOrEqual(TSV_LIMITS.words)
  })
})

describe("what the machine's Tesseract says of itself", () => {
  it('is a version from 4 on', () => {
    expect(versionIn('tesseract 5.3.0\n leptonica-1.82.0')).toBe('5.3.0')
    expect(versionIn('tesseract v5.4.0.20240606\r\n leptonica-1.84.1')).toBe('5.4.0.20240606')
    expect(versionIn('tesseract 3.04.01')).toBeNull()
    expect(versionIn('command not found')).toBeNull()
  })

  it('is a list of languages below a heading', () => {
    expect(languagesIn('List of available languages in "/usr/share/" (3):\r\neng\r\nosd\r\nvie\r\n')).toEqual(['eng', 'osd', 'vie'])
  })

  it('is looked for in absolute folders only, so that nothing in the working folder is ever started', () => {
    expect(placesOf('linux', { PATH: 'bin:./x::/usr/bin:/opt/a' })).toEqual(['/usr/bin/tesseract', '/opt/a/tesseract'])
    expect(placesOf('win32', { Path: '.;C:\\Tools;..\\x', ProgramFiles: 'C:\\Program Files' })).toEqual(['C:\\Program Files\\Tesseract-OCR\\tesseract.exe', 'C:\\Tools\\tesseract.exe'])
  })
})
