import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { Signature } from '@contract/display'
import { createPaperwork } from '../../src-main/paperwork'
import { drawSignature, thinned } from '../../src-main/paperwork/signature'
import { qpdfCheck, RESOURCES, textOf } from './pdf-tools'
import { sampleOptions, sampleReceipt } from './sample'

const paperwork = createPaperwork({ resourcesFolder: RESOURCES })
const AT = '2026-11-23T07:18:00.000Z'

/** A hand's loops, as a pen tablet sends them: a point every few milliseconds. */
function scribble(): Signature {
  const wave = Array.from({ length: 400 }, (_, index) => {
    const t = index / 400
    return { x: Math.round(120 + 700 * t), y: Math.round(300 - 160 * Math.exp(-2 * t) * Math.sin(18 * t) - 40 * t), t: index * 5 }
  })
  const dash = Array.from({ length: 60 }, (_, index) => ({ x: 90 + 5 * index, y: 330 - Math.round(index / 3), t: 2500 + index * 5 }))
  return Signature.parse({ height: 600, strokes: [wave, dash] })
}

const images = (pdf: Uint8Array): string[] => {
  const folder = mkdtempSync(join(tmpdir(), 'motcua-signature-'))
  try {
    writeFileSync(join(folder, 'a.pdf'), pdf)
    return execFileSync('pdfimages', ['-list', join(folder, 'a.pdf')], { encoding: 'utf8' }).trim().split('\n').slice(2)
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

describe.each(['A5', 'A4'] as const)('Mẫu 01 on %s with what the applicant drew', (paper) => {
  it('is as long as before, is sound, says the moment, and holds no picture of dots', async () => {
    const options = sampleOptions({ paper })
    const [before, after] = await Promise.all([paperwork.receipt(sampleReceipt(), options), paperwork.receipt(sampleReceipt({ signed: { signature: scribble(), at: AT } }), options)])
    expect(after.pages).toBe(before.pages)
    expect(qpdfCheck(after.pdf)).toContain('No syntax or stream encoding errors')
    const said = 'Xác nhận trên màn hình lúc 23/11/2026 14:18'
    expect(textOf(after.pdf).replaceAll(` ${said}`, '')).toBe(textOf(before.pdf))
    expect(textOf(after.pdf).split(said)).toHaveLength(3)
    expect(images(after.pdf)).toEqual([])
  })
})

it('keeps the form of a line with far fewer points', () => {
  const [wave = []] = scribble().strokes
  const few = thinned(wave)
  expect(few.length).toBeLessThan(wave.length / 6)
  expect([few[0], few.at(-1)]).toEqual([wave[0], wave.at(-1)])
})

it('draws any signature inside its room, and a dot as a dot', () => {
  const point = fc.record({ x: fc.integer({ min: 0, max: 1000 }), y: fc.integer({ min: 0, max: 500 }), t: fc.constant(0) })
  const signature = fc.array(fc.array(point, { minLength: 1, maxLength: 40 }), { minLength: 1, maxLength: 6 }).map((strokes) => ({ height: 500, strokes }))
  fc.assert(fc.property(signature, (drawn) => {
    const { svg, width, height } = drawSignature(drawn, { width: 190, height: 33 })
    expect(width).toBeLessThanOrEqual(190.01)
    expect(height).toBe(33)
    expect(svg).not.toMatch(/NaN|Infinity/)
    const [left = 0, top = 0, wide = 0, high = 0] = (/viewBox="([^"]+)"/.exec(svg)?.[1] ?? '').split(' ').map(Number)
    for (const { x, y } of drawn.strokes.flat()) {
      expect(x >= left && x <= left + wide && y >= top - 0.2 && y <= top + high).toBe(true)
    }
  }))
})

it.each([
  ['a point off the pad', { height: 300, strokes: [[{ x: 1, y: 301, t: 0 }]] }],
  ['no stroke', { height: 300, strokes: [] }],
  ['more points than a hand draws', { height: 300, strokes: Array.from({ length: 6 }, () => Array.from({ length: 4000 }, () => ({ x: 1, y: 1, t: 0 }))) }],
  ['half points', { height: 300, strokes: [[{ x: 1.5, y: 1, t: 0 }]] }],
])('takes no signature with %s', (_what, signature) => {
  expect(Signature.safeParse(signature).success).toBe(false)
})
