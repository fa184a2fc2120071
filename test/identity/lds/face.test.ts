import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { AppError } from '@contract/errors'
import { concat, encodeTlv } from '../../../src-main/identity/chip/tlv'
import { decodeFace, FACE_LIMITS, parseDg2, toFaceView } from '../../../src-main/identity/lds'
import { type FaceOptions, makeDg2, makeFacialRecord } from '../../devices/lds-writer'

const fixture = (name: string): Uint8Array => new Uint8Array(readFileSync(join(import.meta.dirname, 'fixtures', name)))
const JPEG = fixture('small.jpg')
const JP2 = fixture('face.jp2')
const J2K = fixture('small.j2k')
const inDg2 = (block: Uint8Array, tag = 0x5f2e): Uint8Array => encodeTlv(0x75, encodeTlv(0x7f61, encodeTlv(0x02, Uint8Array.of(1)), encodeTlv(0x7f60, encodeTlv(tag, block))))
const changed = (bytes: Uint8Array, at: number, ...values: readonly number[]): Uint8Array => {
  const copy = bytes.slice()
  copy.set(values, at)
  return copy
}

async function refusal(act: () => unknown): Promise<string> {
  try {
    await act()
  } catch (error) {
    if (error instanceof AppError) return `${error.code} ${String(error.params['file'])}`
    throw error
  }
  return 'taken'
}

/** Colour at a place of a BMP, counted from the top left. */
function colourAt(bmp: Uint8Array, x: number, y: number): number[] {
  const view = new DataView(bmp.buffer, bmp.byteOffset)
  const [width, height] = [view.getInt32(18, true), view.getInt32(22, true)]
  const at = 54 + (height - 1 - y) * ((width * 3 + 3) & ~3) + x * 3
  return [bmp[at + 2] ?? 0, bmp[at + 1] ?? 0, bmp[at] ?? 0]
}

describe('the portrait in DG2', () => {
  it.each([
    ['JPEG', JPEG, { codec: 'jpeg', width: 120, height: 150 }], ['progressive JPEG', fixture('face.jpg'), { codec: 'jpeg', width: 413, height: 531 }],
    ['JPEG 2000', JP2, { codec: 'jpeg2000', width: 413, height: 531 }], ['a bare codestream', J2K, { codec: 'jpeg2000', width: 120, height: 150 }],
  ] as const)('is found in both formats: %s', (_name, image, view) => {
    for (const format of ['19794', '39794'] as const) {
      const face = parseDg2(makeDg2(image, { format }))
      expect(toFaceView(face)).toEqual({ ...view, bytes: image.length })
      expect(face.bytes).toEqual(image)
    }
  })

  it.each<[string, FaceOptions]>([
    ['says JPEG 2000 of a JPEG', { codec: 'jpeg2000', width: 9999, height: 1 }], ['has feature points', { featurePoints: 3 }], ['has a second portrait', { others: [J2K] }], ['stands under the other tag', { tag: 0x7f2e }],
  ])('is the first one when its header %s', (_name, options) => {
    expect(parseDg2(makeDg2(JPEG, options)).bytes).toEqual(JPEG)
  })

  const record = makeFacialRecord(JPEG)
  it.each<[string, Uint8Array]>([
    ['a record longer than the file', changed(record, 8, 0x7f, 0xff, 0xff, 0xff)], ['no portraits', changed(record, 12, 0, 0)], ['a block longer than the record', changed(record, 14, 0, 0xff, 0, 0)],
    ['more feature points than bytes', changed(record, 18, 0xff, 0xff)], ['another beginning', changed(record, 0, 0x46, 0x4d, 0x52)], ['nothing but a header', record.subarray(0, 14)], ['nothing', record.subarray(0, 0)],
    ['an image of another kind', makeFacialRecord(new TextEncoder().encode('GIF89a portrait'))], ['a JPEG without a frame', makeFacialRecord(JPEG.subarray(0, 20))],
    ['a JPEG too wide', makeFacialRecord(changed(JPEG, JPEG.findIndex((byte, at) => byte === 0xff && JPEG[at + 1] === 0xc0) + 5, 0x20, 0x00, 0x20, 0x00))],
    ['more bytes than a portrait has', makeFacialRecord(concat(JPEG, new Uint8Array(FACE_LIMITS.bytes)))], ['a codestream without width', makeFacialRecord(changed(J2K, 8, 0, 0, 0, 0))],
    ['a file whose headers disagree', makeFacialRecord(changed(JP2, 48, 0, 0, 0, 9))],
  ])('is refused with %s', async (_name, block) => {
    expect(await refusal(() => parseDg2(inDg2(block)))).toBe('THE-009 DG2')
  })

  it.each(['7500', '75047F610102', '75077F6104020101A0', '6100'])('is refused when DG2 holds no template: %s', async (hex) => {
    expect(await refusal(() => parseDg2(Uint8Array.from(Buffer.from(hex, 'hex'))))).toBe('THE-009 DG2')
  })
})

describe('the portrait on the screen', () => {
  it('is the JPEG as it is', async () => {
    expect(await decodeFace(JPEG)).toEqual({ mediaType: 'image/jpeg', bytes: JPEG, width: 120, height: 150 })
  })

  it.each([['face.jp2', 413, 531], ['small.j2k', 120, 150], ['tiled.j2k', 120, 150], ['layered.jp2', 120, 150]] as const)('is a BMP of the picture that was drawn: %s', async (name, width, height) => {
    const { bytes, ...face } = await decodeFace(fixture(name))
    expect(face).toEqual({ mediaType: 'image/bmp', width, height })
    expect(bytes).toHaveLength(54 + ((width * 3 + 3) & ~3) * height)
    // Wall, hair and clothes as drawn.py has them, give and take what the compression loses.
    for (const [x, y, colour] of [[0.05, 0.05, [215, 226, 236]], [0.5, 0.16, [48, 38, 34]], [0.5, 0.95, [80, 76, 138]]] as const) {
      colourAt(bytes, Math.round(x * width), Math.round(y * height)).forEach((value, index) => expect(Math.abs(value - (colour[index] ?? 0))).toBeLessThan(24))
    }
  })

  it('is grey where the image is', async () => {
    const { bytes } = await decodeFace(fixture('grey.jp2'))
    expect(new Set(colourAt(bytes, 60, 24)).size).toBe(1)
  })

  const siz = 4
  const cod = J2K.findIndex((byte, at) => byte === 0xff && J2K[at + 1] === 0x52)
  it.each<[string, Uint8Array]>([
    ['cut after its header', J2K.subarray(0, 60)], ['too many pixels to decode', changed(J2K, siz + 4, 0, 0, 0x0f, 0xff, 0, 0, 0x0f, 0xff)], ['tiles of one pixel', changed(J2K, siz + 20, 0, 0, 0, 1, 0, 0, 0, 1)],
    ['sixteen thousand components', changed(J2K, siz + 36, 0x40, 0)], ['sixteen bits', changed(J2K, siz + 38, 15)], ['subsampling', changed(J2K, siz + 39, 2)], ['too many layers', changed(J2K, cod + 6, 0xff, 0xff)],
    ['thirty levels', changed(J2K, cod + 9, 30)], ['no codestream', JP2.subarray(0, 70)], ['another kind', new TextEncoder().encode('GIF89a')], ['nothing', new Uint8Array()],
  ])('is refused with %s', async (_name, image) => {
    expect(await refusal(() => decodeFace(image))).toBe('THE-009 DG2')
  })

  it('is refused or shown, and nothing else, with noise instead of data', async () => {
    const noise = changed(J2K, 150, ...Array.from({ length: 200 }, (_, index) => (index * 73) & 0x7f))
    expect(await refusal(() => decodeFace(noise))).toMatch(/^(taken|THE-009 DG2)$/)
  })

  it('is decoded again after a broken one', async () => {
    await refusal(() => decodeFace(changed(J2K, cod + 10, 0xff, 0xff)))
    expect((await decodeFace(J2K)).width).toBe(120)
  })
})
