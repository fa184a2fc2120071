import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'
import { binarised } from '../../../src-main/capture/pages/binarise'
import { encodeG4 } from '../../../src-main/capture/pages/codecs/g4'
import { wrapG4 } from '../../../src-main/capture/pages/codecs/g4-tiff'
import { writePdfFile } from '../../../src-main/capture/pdf'
import { createTextReader, type PageText, SEARCH_LIMITS, searchText, textLayer } from '../../../src-main/capture/text'
import { pageOf } from './forms'
import { has, inFolder, pdfOf, pdfText, pictureOf, workerFile } from './pages'
import { SENTENCE_PAGE, SENTENCES } from './samples'

const DPI = 250
const missing = ['pdftotext', 'pdftoppm', 'qpdf'].find((tool) => !has(tool)) ?? null

describe.skipIf(missing !== null)(`a scan that can be searched${missing === null ? '' : ` (skipped: ${missing} is not installed)`}`, () => {
  let text: PageText
  let pdf: Buffer
  beforeAll(async () => {
    const picture = await pictureOf(await pdfOf(SENTENCE_PAGE), DPI)
    const reader = createTextReader({ workerFile: await workerFile('ocr-worker-layer'), engine: 'packaged' })
    text = await reader.read(picture)
    await reader.close()
    const bits = binarised(picture)
    await inFolder(async (folder) => {
      const file = join(folder, 'scan.pdf')
      await writePdfFile(file, [{ bytes: wrapG4(encodeG4(bits), bits.width, bits.height, DPI), dpi: DPI, turns: 0, words: textLayer(text, bits) }], { title: 'Bản quét', now: new Date(0) })
      expect(execFileSync('qpdf', ['--check', file], { encoding: 'utf8' })).toContain('No syntax or stream encoding errors')
      pdf = readFileSync(file)
    })
  })

  it('gives pdftotext the sentences that stand in its picture, each in one line', async () => {
    const lines = (await pdfText(pdf)).split('\n').map((line) => line.trim())
    for (const sentence of [SENTENCES[0], SENTENCES[1], SENTENCES[8], ...text.lines.map((line) => line.text)]) expect(lines).toContain(sentence)
  })

  it('has each word over its place', async () => {
    const boxes = [...(await pdfText(pdf, '-bbox')).matchAll(/<word xMin="([\d.]+)" yMin="([\d.]+)" xMax="([\d.]+)" yMax="([\d.]+)">/g)]
    const words = text.lines.flatMap((line) => line.words)
    expect(boxes).toHaveLength(words.length)
    for (const [index, { box }] of words.entries()) {
      const [left = 0, top = 0, right = 0, bottom = 0] = (boxes[index] ?? []).slice(1).map((point) => (Number(point) * DPI) / 72)
      expect(Math.abs(left - box.x) < 3 && Math.abs(right - box.x - box.width) < 3 && top < box.y + box.height / 2 && bottom > box.y + box.height / 2).toBe(true)
    }
  })

  it('follows the image where that is another size than what was read', () => {
    const [word] = textLayer(pageOf(['a']), { width: 1240, height: 1754 })
    expect(word).toMatchObject({ x: 100, y: 100, width: 11, height: 20 })
  })
})

describe('text for the search', () => {
  it('is the words of the pages with and without their marks', () => {
    expect(searchText([pageOf(['Ủy ban PHƯỜNG Đội Cấn,', '* số 12/QĐ-UBND'])])).toEqual({ exact: 'ủy ban phường đội cấn số 12 qđ ubnd', folded: 'uy ban phuong doi can so 12 qd ubnd' })
  })

  it('joins a word that was cut at the end of a line, and leaves specks and guesses out', () => {
    expect(searchText([pageOf(['giấy chứng sinh do bệnh vi-', 'ện cấp . ~ a'])]).folded).toBe('giay chung sinh do benh vien cap')
    expect(searchText([pageOf(['mờ quá'], 0.1)]).folded).toBe('')
  })

  it('has numbers in groups once more without their gaps, whatever stands before them', () => {
    const { exact, folded } = searchText([pageOf(['Tổ 12 0978.111.222 và 079 192 004 617'])])
    expect(exact).toBe('tổ 12 0978.111.222 và 079 192 004 617')
    expect(folded.split(' ')).toEqual(expect.arrayContaining(['0978111222', '079192004617']))
  })

  it('stays within its bounds, at a word', () => {
    const many = searchText(Array.from({ length: 60 }, () => pageOf(Array.from({ length: 100 }, () => 'giấy khai sinh của Nguyễn Thị Ngọc Ánh tại phường'))))
    expect(many.exact.length).toBeLessThanOrEqual(SEARCH_LIMITS.characters)
    expect(many.exact.split(' ').every((word) => 'giấy khai sinh của nguyễn thị ngọc ánh tại phường'.split(' ').includes(word))).toBe(true)
  })
})
