import fc from 'fast-check'
import { existsSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { createTextReader, findMrz, type MrzTools, proposeFromMrz, repairMrz } from '../../../src-main/capture/text'
import { lineOf } from '../../../src-main/capture/text/tsv'
import type { PageText } from '../../../src-main/capture/text/types'
import { writeMrz, writeVietnameseMrz, parseMrz } from '../../../src-main/identity/lds'
import { fitsDigit } from '../../../src-main/identity/lds/check-digit'
import { birthDateOf, expiryDateOf } from '../../../src-main/identity/lds/mrz-dates'
import { has, hasVietnamese, pdfOf, pictureOf, workerFile } from './pages'
import { seeded } from '../../seeded'

const tools: MrzTools = { parse: parseMrz, fits: fitsDigit, birthDate: birthDateOf, expiryDate: expiryDateOf }
const CARD = writeVietnameseMrz({ idNumber: '079099001234', fullName: 'Nguyễn Văn An', birthDate: '1999-01-01', sex: 'male', expiresAt: '2039-01-01' })
const PASSPORT = writeMrz({
  format: 'TD3', documentCode: 'P', issuer: 'VNM', documentNumber: 'C1058206', birth: '850705', sex: 'female', expiry: '300115', nationality: 'VNM', primary: 'VO', secondary: 'HOANG YEN', optional1: '079185000123',
})
const at = (lines: readonly string[], line: number, place: number, letter: string): string[] => lines.map((text, index) => (index === line ? text.slice(0, place) + letter + text.slice(place + 1) : text))
const insert = (lines: readonly string[], line: number, place: number, letter: string): string[] => lines.map((text, index) => (index === line ? text.slice(0, place) + letter + text.slice(place) : text))
const repaired = (lines: readonly string[]): readonly string[] | undefined => repairMrz(lines, tools)?.mrz.lines

function pageOf(lines: readonly string[]): PageText {
  const made = lines.map((text, index) => lineOf([{ text, confidence: 0.8, box: { x: 100, y: 400 + index * 60, width: 1_000, height: 40 } }]))
  return { width: 1_300, height: 800, dpi: 300, language: 'vie', engine: 'packaged', lines: made, text: lines.join('\n'), confidence: 0.8 }
}

describe('a misread MRZ', () => {
  it('that was read well is left as it is', () => {
    expect(repairMrz(CARD, tools)).toMatchObject({ changed: 0, mrz: { lines: CARD } })
    expect(repairMrz(PASSPORT, tools)).toMatchObject({ changed: 0, mrz: { lines: PASSPORT } })
  })

  it.each([['O', '0'], ['I', '1'], ['S', '5'], ['B', '8'], ['Z', '2']])('with %s for %s among digits is put right', (letter, digit) => {
    for (const [lines, line] of [[CARD, 0], [CARD, 1], [PASSPORT, 1]] as const) {
      const place = (lines[line] ?? '').indexOf(digit, lines === PASSPORT ? 13 : 0)
      if (place >= 0) expect(repaired(at(lines, line, place, letter))).toEqual(lines)
    }
  })

  it('with digits among letters is put right: 1 for I, 0 for O', () => {
    expect(repaired(at(CARD, 0, 0, '1'))).toEqual(CARD)
    expect(repaired(at(PASSPORT, 0, 6, '0'))).toEqual(PASSPORT)
  })

  it('with a surplus character is put right, as engines read them', () => {
    expect(repaired(insert(CARD, 0, 5, 'O'))).toEqual(CARD)
    expect(repaired(insert(CARD, 0, 0, '1'))).toEqual(CARD)
    expect(repaired(insert(PASSPORT, 1, 3, 'O'))).toEqual(PASSPORT)
    expect(repaired(insert(PASSPORT, 1, 3, '5'))).toBeUndefined()
  })

  it('with 5 for 3 all over a card is put right, because its number stands there twice', () => {
    expect(repaired(CARD.map((line, index) => (index === 0 ? line.replaceAll('3', '5') : line)))).toEqual(CARD)
  })

  it('with fillers lost, doubled or read as letters behind the name is put right', () => {
    expect(repaired([CARD[0] ?? '', (CARD[1] ?? '').replace('<<<', ''), (CARD[2] ?? '').slice(0, 22)])).toEqual(CARD)
    expect(repaired([CARD[0] ?? '', CARD[1] ?? '', 'NGUYEN<<VAN<AN<<<<K<<<<<<K<<<<'])).toEqual(CARD)
    expect(repaired(CARD.map((line) => line.toLowerCase().replace('<<', '«')))).toEqual(CARD)
  })

  it('that cannot be proved is refused: a wrong digit anywhere that nothing else tells', () => {
    for (const place of [13, 21]) {
      const digit = (PASSPORT[1] ?? '').charAt(place)
      expect(repaired(at(PASSPORT, 1, place, digit === '4' ? '9' : '4'))).toBeUndefined()
    }
    expect(repaired([])).toBeUndefined()
    expect(repaired(['ĐƠN XIN', 'Kính gửi'])).toBeUndefined()
    expect(repaired(['<'.repeat(30), '<'.repeat(30), '<'.repeat(30)])).toBeUndefined()
  })

  it('is never taken for another number: what is accepted is what stood there', () => {
    const digit = fc.constantFrom(...'0123456789OISBZ')
    fc.assert(fc.property(fc.integer({ min: 0, max: 1 }), fc.integer({ min: 0, max: 29 }), digit, fc.boolean(), (line, place, letter, surplus) => {
      const read = surplus ? insert(CARD, line, place, letter) : at(CARD, line, place, letter)
      const found = repairMrz(read, tools)
      if (found) expect([found.mrz.optional1, found.mrz.documentNumber, found.mrz.birth, found.mrz.expiry]).toEqual(['079099001234<<' + (CARD[0] ?? '').slice(-1), '099001234', '990101', '390101'])
    }), { numRuns: 400 })
  })

  it.each([['card', 1], ['card', 2], ['card', 3], ['passport', 1], ['passport', 2], ['passport', 3]] as const)('of an invented %s with %d random mistakes is put right or refused, and hardly ever wrong', (kind, mistakes) => {
    const random = seeded(mistakes * 7 + kind.length)
    const upTo = (count: number): number => Math.floor(random() * count)
    const digits = (count: number): string => Array.from({ length: count }, () => upTo(10)).join('')
    const ALPHABET = '0123456789OISBZG<K'
    let wrong = 0
    for (let run = 0; run < 1_000; run += 1) {
      const [birth, expiry] = [`${60 + upTo(40)}0${1 + upTo(9)}1${upTo(10)}`, `3${upTo(10)}0${1 + upTo(9)}1${upTo(10)}`]
      const truth = kind === 'card'
        ? writeVietnameseMrz({ idNumber: `0${digits(11)}`, fullName: 'Nguyễn Văn An', birthDate: `19${birth.slice(0, 2)}-${birth.slice(2, 4)}-${birth.slice(4)}`, sex: 'male', expiresAt: `20${expiry.slice(0, 2)}-${expiry.slice(2, 4)}-${expiry.slice(4)}` })
        : writeMrz({ format: 'TD3', documentCode: 'P', issuer: 'VNM', documentNumber: `C${digits(7)}`, birth, sex: 'female', expiry, nationality: 'VNM', primary: 'VO', secondary: 'HOANG YEN', optional1: `0${digits(11)}` })
      let lines: string[] = [...truth]
      for (let mistake = 0; mistake < mistakes; mistake += 1) {
        const line = kind === 'card' ? upTo(2) : 1
        const place = upTo(lines[line]?.length ?? 0)
        const letter = ALPHABET.charAt(upTo(ALPHABET.length))
        const how = upTo(6)
        lines = how === 0 ? insert(lines, line, place, letter) : how === 1 ? lines.map((text, index) => (index === line ? text.slice(0, place) + text.slice(place + 1) : text)) : at(lines, line, place, letter)
      }
      const found = repairMrz(lines, tools)?.mrz
      const known = parseMrz(truth.join(''))
      if (found && (found.documentNumber !== known.documentNumber || found.birth !== known.birth || found.expiry !== known.expiry || found.optional1 !== known.optional1)) wrong += 1
    }
    // What is left are mistakes that cancel out in the check digits themselves.
    expect(wrong).toBeLessThanOrEqual(mistakes === 1 ? 0 : 3)
  })

  it('never takes long or throws, whatever the lines are', () => {
    const line = fc.string({ unit: fc.constantFrom(...'0123456789OISBZ<<<<AKVNM«ế '), minLength: 0, maxLength: 50 })
    fc.assert(fc.property(fc.array(line, { maxLength: 5 }), (lines) => {
      const begun = performance.now()
      repairMrz(lines, tools)
      expect(performance.now() - begun).toBeLessThan(500)
    }), { numRuns: 200 })
  })

  it('is proposed with what its check digits cover, and the name as a hint only', () => {
    const proposals = proposeFromMrz(pageOf(['Đặc điểm nhân dạng', ...insert(CARD, 0, 5, 'O')]), 1, '2026-11-22', tools)
    expect(Object.fromEntries(proposals.map(({ field, value }) => [field, value]))).toEqual({
      'subject.idNumber': '079099001234', 'document.number': '099001234', 'subject.birthDate': '1999-01-01', 'document.expiresOn': '2039-01-01', 'subject.sex': 'male', 'subject.nationality': 'Việt Nam', 'subject.fullName': 'NGUYEN VAN AN',
    })
    expect(proposals.find(({ field }) => field === 'subject.fullName')).toMatchObject({ page: 1, why: { kind: 'mrz', checked: false } })
    expect(proposals.find(({ field }) => field === 'subject.idNumber')).toMatchObject({ why: { checked: true, repaired: 1 }, box: { x: 100, y: 460, width: 1_000 } })
    expect(proposeFromMrz(pageOf(['Không có gì']), 0, '2026-11-22', tools)).toEqual([])
  })
})

const OCR_B = '/usr/share/fonts/opentype/ocr-b/OCRB.otf'
const missing = !has('pdftoppm') ? 'poppler-utils' : !existsSync(OCR_B) ? 'fonts-ocr-b' : null

describe.skipIf(missing !== null)(`the MRZ on a picture in OCR-B${missing === null ? '' : ` (skipped: ${missing} is not installed)`}`, () => {
  const engines = hasVietnamese() ? (['packaged', 'system'] as const) : (['packaged'] as const)
  it.each(engines)('is found and read with the %s engine', async (engine) => {
    const page = await pictureOf(await pdfOf({ width: 330, height: 110, size: 13, font: OCR_B, margin: 20, content: CARD.map((text) => ({ text, noWrap: true })) }), 300)
    const reader = createTextReader({ workerFile: await workerFile('ocr-worker-mrz'), engine })
    const area = findMrz(await reader.read(page))
    expect(area).not.toBeNull()
    const text = await reader.read(page, { purpose: 'mrz', ...(area ? { area } : {}) })
    expect(Object.fromEntries(proposeFromMrz(text, 0, '2026-11-22', tools).map(({ field, value }) => [field, value]))).toMatchObject({ 'subject.idNumber': '079099001234', 'subject.birthDate': '1999-01-01' })
    await reader.close()
  })
})
