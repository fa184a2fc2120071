import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createPaperwork } from '../../src-main/paperwork'
import { type Dots, dotsOf, faultOf, type Grey, HEAD_DOTS, ROLL_DOTS, ticketBytes } from '../../src-main/paperwork/escpos'
import { testText } from '../../src-main/paperwork/test-page'
import { codesByZbar, fontsOf, qpdfCheck, RESOURCES, textOf } from './pdf-tools'

const paperwork = createPaperwork({ resourcesFolder: RESOURCES })
const page = { ward: 'Ủy ban nhân dân phường Tân Mỹ Hưng', unit: 'Bộ phận Một cửa', printer: 'Xprinter XP-80C', by: 'Đỗ Thị Mỹ Duyên', at: '2026-11-23T02:00:00.000Z', practice: true }
const ticket = { ward: page.ward, unit: page.unit, label: 'B042', kind: 'Đất đai, nhà ở', group: null, givenAt: page.at, ahead: 3, qr: 'MOTCUA:SO:1:0199a0c0-0000-7000-8000-000000000001|Số B042', practice: true }

function inFolder<T>(act: (folder: string) => T): T {
  const folder = mkdtempSync(join(tmpdir(), 'motcua-escpos-'))
  try {
    return act(folder)
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

/** The page as poppler draws it, so many dots wide. */
const drawn = (pdf: Uint8Array): Grey => inFolder((folder) => {
  writeFileSync(join(folder, 'a.pdf'), pdf)
  execFileSync('pdftoppm', ['-gray', '-singlefile', '-scale-to-x', String(ROLL_DOTS), '-scale-to-y', '-1', join(folder, 'a.pdf'), join(folder, 'a')])
  const bytes = readFileSync(join(folder, 'a.pgm'))
  const [head = '', width, height] = /^P5\s+(\d+)\s+(\d+)\s+255\s/.exec(bytes.subarray(0, 40).toString('latin1')) ?? []
  return { width: Number(width), height: Number(height), grey: new Uint8Array(bytes.subarray(head.length)) }
})

/** What a printer makes of the bytes: pictures one below the other, until the knife. Written apart from what it judges. */
function printedBy(bytes: Uint8Array): { papers: Dots[]; tallestBand: number } {
  const papers: Dots[] = []
  let [rows, width, tallestBand, at]: [number[], number, number, number] = [[], 0, 0, 0]
  const byte = (offset: number): number => bytes[at + offset] ?? -1
  while (at < bytes.length) {
    if (byte(0) === 0x1b && byte(1) === 0x40) at += 2
    else if (byte(0) === 0x1b && (byte(1) === 0x61 || byte(1) === 0x4a)) at += 3
    else if (byte(0) === 0x1d && byte(1) === 0x76 && byte(2) === 0x30 && byte(3) === 0) {
      const [stride, height] = [byte(4) + 256 * byte(5), byte(6) + 256 * byte(7)]
      width = stride * 8
      tallestBand = Math.max(tallestBand, height)
      rows.push(...bytes.subarray(at + 8, at + 8 + stride * height))
      at += 8 + stride * height
    } else if (byte(0) === 0x1d && byte(1) === 0x56 && byte(2) === 66) {
      papers.push({ width, height: rows.length / (width / 8), rows: Uint8Array.from(rows) })
      rows = []
      at += 4
    } else throw new Error(`not known at ${String(at)}: ${String(byte(0))}`)
  }
  if (rows.length > 0) throw new Error('never cut')
  return { papers, tallestBand }
}

/** Codes on a picture of dots, with the white of the roll around it. */
const codesOn = ({ width, height, rows }: Dots): string[] => inFolder((folder) => {
  writeFileSync(join(folder, 'a.pbm'), Buffer.concat([Buffer.from(`P4\n${String(width)} ${String(height)}\n`), rows]))
  return execFileSync('zbarimg', ['--quiet', '--raw', join(folder, 'a.pbm')], { encoding: 'utf8' }).split('\n').filter((line) => line !== '')
})

describe('A ticket as dots', () => {
  it('is read back from the very bytes that the printer gets', async () => {
    const bytes = ticketBytes(dotsOf(drawn(await paperwork.ticket(ticket))))
    const { papers: [paper], tallestBand } = printedBy(bytes)
    expect([paper?.width, tallestBand, paper && codesOn(paper)]).toEqual([HEAD_DOTS, 256, [ticket.qr]])
    expect(bytes.length).toBeLessThan(120_000)
  })

  it('ends where its last black row is', () => {
    const grey = new Uint8Array(ROLL_DOTS * 50).fill(255)
    grey[10 * ROLL_DOTS + 32] = 0
    expect(dotsOf({ width: ROLL_DOTS, height: 50, grey })).toMatchObject({ height: 11, width: HEAD_DOTS })
  })

  it('comes in as many copies as asked, each cut', () => {
    const dots = dotsOf({ width: ROLL_DOTS, height: 3, grey: new Uint8Array(ROLL_DOTS * 3) })
    expect(printedBy(ticketBytes(dots, 2)).papers).toEqual([dots, dots])
  })

  it('of any size is the same after packing, banding and reading back', () => {
    fc.assert(fc.property(fc.integer({ min: 1, max: 12 }), fc.integer({ min: 1, max: 600 }), fc.infiniteStream(fc.integer({ min: 0, max: 255 })), (stride, height, stream) => {
      const width = stride * 8
      const grey = Uint8Array.from({ length: width * height }, () => Number(stream.next().value))
      grey[width * height - 1] = 0
      const { papers: [paper], tallestBand } = printedBy(ticketBytes(dotsOf({ width, height, grey }, width)))
      const black = (x: number, y: number): boolean => ((paper?.rows[y * stride + (x >> 3)] ?? 0) & (0x80 >> (x & 7))) !== 0
      return tallestBand <= 256 && paper?.height === height && Array.from(grey.keys()).every((at) => black(at % width, Math.floor(at / width)) === ((grey[at] ?? 255) < 144))
    }), { numRuns: 40 })
  })
})

describe('What a ticket printer says', () => {
  it.each([
    [{ state: 0x12, offline: 0x12, error: 0x12, paper: 0x12 }, null],
    [{ paper: 0x72 }, 'paper-out'],
    [{ offline: 0x32 }, 'paper-out'],
    [{ offline: 0x16, paper: 0x72 }, 'cover-open'],
    [{ error: 0x1a }, 'stopped'],
    [{ state: 0x1a }, 'offline'],
    // The near-end sensor alone stops nothing.
    [{ paper: 0x1e }, null],
    // No answer to DLE EOT, but some noise or nothing.
    [{ paper: 0xff, offline: 0x00 }, null],
    [{}, null],
  ])('%o is %o', (answers, fault) => {
    expect(faultOf(answers)).toBe(fault)
  })
})

describe('A test page', () => {
  it.each([['A4', 210, 297], ['A5', 148, 210]] as const)('on %s is one page of that size with every letter and a code', async (paper, width, height) => {
    const data = { ...page, paper }
    const pdf = await paperwork.testPage(data)
    const points = inFolder((folder) => {
      writeFileSync(join(folder, 'a.pdf'), pdf)
      return execFileSync('pdfinfo', [join(folder, 'a.pdf')], { encoding: 'utf8' })
    })
    expect([/Pages:\s+(\d+)/.exec(points)?.[1], /Page size:\s+([\d.]+) x ([\d.]+)/.exec(points)?.slice(1).map((side) => Math.round((Number(side) * 25.4) / 72))]).toEqual(['1', [width, height]])
    expect(textOf(pdf)).toContain('ăắằẳẵặ')
    expect(textOf(pdf)).toContain('ỨỪỬỮỰ')
    expect(textOf(pdf)).toContain('Xprinter XP-80C')
    expect([codesByZbar(pdf, 150), fontsOf(pdf).every(([, embedded, subset]) => embedded === 'yes' && subset === 'yes'), qpdfCheck(pdf).includes('No syntax')]).toEqual([[testText(data)], true, true])
  })

  it('on the roll survives the dots', async () => {
    const data = { ...page, paper: 'T80' as const }
    const { papers: [paper] } = printedBy(ticketBytes(dotsOf(drawn(await paperwork.testPage(data)))))
    expect(paper && codesOn(paper)).toEqual([testText(data)])
  })
})
