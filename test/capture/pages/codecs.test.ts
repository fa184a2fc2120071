import { execFileSync } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { deflateSync } from 'node:zlib'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { AppError } from '@contract/errors'
import { decodeImage, pagesIn } from '../../../src-main/capture/pages/codecs/decode'
import { encodeG4 } from '../../../src-main/capture/pages/codecs/g4'
import { readG4, wrapG4 } from '../../../src-main/capture/pages/codecs/g4-tiff'
import { encodeJpeg } from '../../../src-main/capture/pages/codecs/jpeg'
import { readJpegHeader } from '../../../src-main/capture/pages/codecs/jpeg-header'
import { decodePng } from '../../../src-main/capture/pages/codecs/png'
import { encodeBitsPng, encodePng } from '../../../src-main/capture/pages/codecs/png-encode'
import { createPnmReader, decodePnm } from '../../../src-main/capture/pages/codecs/pnm'
import { type Bits, bitsToGrey, newBits, type Raster } from '../../../src-main/capture/pages/raster'
import { hasTool, inFolder } from './lib/sheets'
import { seeded } from '../../seeded'

const code = async (act: () => unknown): Promise<string> => {
  try {
    await act()
    return 'none'
  } catch (error) {
    return error instanceof AppError ? error.code : `not an AppError: ${String(error)}`
  }
}

const raster = (minSide = 1): fc.Arbitrary<Raster> =>
  fc.record({ width: fc.integer({ min: minSide, max: 60 }), height: fc.integer({ min: minSide, max: 60 }), channels: fc.constantFrom(1 as const, 3 as const), seed: fc.nat() })
    .map(({ width, height, channels, seed }) => {
      const roll = seeded(seed)
      return { width, height, channels, dpi: 300, data: Uint8Array.from({ length: width * height * channels }, () => Math.floor(roll() * 256)) }
    })

/** Bits with runs of all lengths, rows alike and unlike: what makes every code of T.6 appear. */
const bitmap: fc.Arbitrary<Bits> = fc.record({ width: fc.integer({ min: 1, max: 6_000 }), height: fc.integer({ min: 1, max: 12 }), seed: fc.nat(), mean: fc.constantFrom(1, 3, 20, 200, 3_000) })
  .map(({ width, height, seed, mean }) => {
    const roll = seeded(seed)
    const bits = newBits(width, height, 300)
    for (let y = 0; y < height; y += 1) {
      if (y > 0 && roll() < 0.4) bits.data.copyWithin(y * bits.stride, (y - 1) * bits.stride, y * bits.stride)
      if (y > 0 && roll() < 0.3) continue
      let ink = roll() < 0.5
      for (let x = 0; x < width;) {
        const run = 1 + Math.floor(roll() * 2 * mean)
        for (let end = Math.min(width, x + run); x < end; x += 1) {
          const [at, bit] = [y * bits.stride + (x >> 3), 0x80 >> (x & 7)]
          bits.data[at] = ink ? (bits.data[at] ?? 0) | bit : (bits.data[at] ?? 0) & ~bit
        }
        ink = !ink
      }
    }
    return bits
  })

const gradient = (width: number, height: number, channels: 1 | 3): Raster => ({
  width, height, channels, dpi: 200, data: Uint8Array.from({ length: width * height * channels }, (_, i) => (Math.floor(i / channels) % width) * 244 / width + (i % channels) * 5),
})

describe('JPEG', () => {
  test('grey and colour survive a round trip within a few levels, with their resolution', async () => {
    for (const channels of [1, 3] as const) {
      for (const progressive of [false, true]) {
        const image = gradient(123, 77, channels)
        const back = await decodeImage(await encodeJpeg(image, 95, { progressive }))
        expect([back.width, back.height, back.channels, back.dpi]).toEqual([123, 77, channels, 200])
        expect(Math.max(...back.data.map((value, i) => Math.abs(value - (image.data[i] ?? 0))))).toBeLessThan(14)
      }
    }
  })

  test('noise at full quality, which grows larger than its pixels, does not run over the encoder’s buffer', async () => {
    await fc.assert(fc.asyncProperty(raster(16), async (image) => {
      const back = await decodeImage(await encodeJpeg(image, 100))
      expect([back.width, back.height, back.channels]).toEqual([image.width, image.height, image.channels])
    }), { numRuns: 40 })
  })

  test('a bomb is refused by its header, a cut-off file wherever it is cut, and what is no JPEG', async () => {
    const whole = await encodeJpeg(gradient(200, 100, 3), 80)
    const bomb = Uint8Array.from(whole)
    const frame = bomb.findIndex((byte, i) => byte === 0xff && bomb[i + 1] === 0xc0)
    bomb.set([0xff, 0x00, 0xff, 0x00], frame + 5)
    expect(await code(() => decodeImage(bomb))).toBe('QT-013')
    for (let cut = 0; cut < whole.length; cut += 37) expect(await code(() => decodeImage(whole.subarray(0, cut)))).toBe('QT-011')
    expect(await code(() => decodeImage(Buffer.from('not a picture')))).toBe('QT-011')
  })

  test('a picture with more scans than a program of good will writes is refused', async () => {
    const whole = await encodeJpeg(gradient(64, 64, 1), 80)
    const scan = whole.findIndex((byte, i) => byte === 0xff && whole[i + 1] === 0xda)
    const scans = Array.from({ length: 80 }, () => whole.subarray(scan, whole.length - 2))
    expect(await code(() => readJpegHeader(Buffer.concat([whole.subarray(0, scan), ...scans, whole.subarray(whole.length - 2)])))).toBe('QT-011')
  })

  test('a phone’s picture is turned as its Exif block says', async () => {
    const plain = await encodeJpeg({ ...gradient(64, 32, 1), dpi: 72 }, 95)
    const exif = Buffer.from('457869660000' + '4d4d002a00000008' + '0001' + '011200030000000100060000' + '00000000', 'hex')
    const block = Buffer.concat([Buffer.from([0xff, 0xe1, 0, exif.length + 2]), exif])
    const turned = await decodeImage(Buffer.concat([plain.subarray(0, 2), block, plain.subarray(2)]))
    expect([turned.width, turned.height]).toEqual([32, 64])
    // The left edge, which was dark, is at the top now.
    expect(turned.data[16] ?? 255).toBeLessThan(20)
    expect(turned.data[63 * 32 + 16] ?? 0).toBeGreaterThan(230)
  })
})

describe('PNG', () => {
  test('grey, colour and bits come back exactly', () => {
    fc.assert(fc.property(raster(), (image) => {
      const back = decodePng(encodePng(image))
      expect([back.width, back.height, back.channels, back.dpi]).toEqual([image.width, image.height, image.channels, 300])
      expect(Buffer.compare(back.data, image.data)).toBe(0)
    }), { numRuns: 60 })
    fc.assert(fc.property(bitmap, (bits) => {
      expect(Buffer.compare(decodePng(encodeBitsPng(bits)).data, bitsToGrey(bits).data)).toBe(0)
    }), { numRuns: 20 })
  })

  test.skipIf(!hasTool('pnmtopng'))('what netpbm writes is read as netpbm meant it: all depths, palette, transparency, interlaced', () => {
    inFolder((folder) => {
      const source = join(folder, 'a.ppm')
      const image = { ...gradient(61, 43, 3), data: Uint8Array.from({ length: 61 * 43 * 3 }, (_, i) => (i * 7) % 251) }
      writeFileSync(source, Buffer.concat([Buffer.from('P6\n61 43\n255\n'), image.data]))
      const png = (flags: readonly string[], input: string | Buffer): Uint8Array => execFileSync('pnmtopng', flags, { input: typeof input === 'string' ? readFileSync(input) : input, stdio: ['pipe', 'pipe', 'ignore'] })
      for (const flags of [[], ['-interlace'], ['-paeth'], ['-avg'], ['-up'], ['-sub']]) expect(Buffer.compare(decodePng(png(flags, source)).data, image.data)).toBe(0)
      for (const most of [1, 3, 15, 255, 65_535]) {
        const pixels = Buffer.alloc(50 * 20 * (most > 255 ? 2 : 1))
        for (let i = 0; i < 1_000; i += 1) {
          if (most > 255) pixels.writeUInt16BE((i * 997) % 65_536, i * 2)
          else pixels[i] = (i * 7) % (most + 1)
        }
        const pgm = Buffer.concat([Buffer.from(`P5\n50 20\n${String(most)}\n`), pixels])
        for (const flags of [[], ['-interlace']]) {
          const [ours, theirs] = [decodePng(png(flags, pgm)), decodePnm(pgm)]
          expect(Math.max(...ours.data.map((value, i) => Math.abs(value - (theirs.data[i] ?? 0))))).toBeLessThanOrEqual(1)
        }
      }
    })
  })

  test('a bomb stops at the size its header names; cut-off files and wrong checksums are refused', async () => {
    const chunk = (type: string, data: Uint8Array): Buffer => {
      const body = Buffer.concat([Buffer.from(type, 'latin1'), data])
      const whole = Buffer.alloc(body.length + 8)
      whole.writeUInt32BE(data.length)
      body.copy(whole, 4)
      return whole
    }
    const good = encodePng(gradient(50, 50, 1))
    for (let cut = 0; cut < good.length; cut += 11) expect(await code(() => decodeImage(good.subarray(0, cut)))).toBe('QT-011')
    const wrong = Uint8Array.from(good)
    wrong[60] = (wrong[60] ?? 0) ^ 1
    expect(await code(() => decodePng(wrong))).toBe('QT-011')
    expect(chunk('IDAT', deflateSync(Buffer.alloc(10))).length).toBeGreaterThan(8)
    const huge = Uint8Array.from(good)
    huge.set([0, 1, 0, 0, 0, 1, 0, 0], 16)
    // The checksum no longer fits, which is seen first; nothing is unpacked either way.
    expect(await code(() => decodePng(huge))).toBe('QT-011')
  })
})

describe('PNM', () => {
  test('pixels in pieces of any size are the pixels in one', () => {
    fc.assert(fc.property(raster(), fc.integer({ min: 1, max: 97 }), (image, size) => {
      const file = Buffer.concat([Buffer.from(`P${image.channels === 1 ? '5' : '6'}\n# SANE data follows\n${String(image.width)} ${String(image.height)}\n255\n`), image.data])
      const reader = createPnmReader(200)
      for (let at = 0; at < file.length; at += size) reader.push(file.subarray(at, at + size))
      expect(Buffer.compare(reader.end().data, image.data)).toBe(0)
    }), { numRuns: 60 })
  })

  test('a picture that ends early is refused and tells how much of it came', async () => {
    const reader = createPnmReader()
    reader.push(Buffer.concat([Buffer.from('P5 100 100 255\n'), Buffer.alloc(5_000)]))
    expect(reader.ratio()).toBe(0.5)
    expect(await code(() => reader.end())).toBe('QT-011')
    expect(await code(() => decodePnm(Buffer.from('P6 60000 60000 255\n')))).toBe('QT-013')
    expect(await code(() => decodePnm(Buffer.from(`P5 ${'#'.repeat(5_000)}`)))).toBe('QT-011')
  })
})

describe('Group 4 and TIFF', () => {
  test('every bitmap comes back from its strip', async () => {
    await fc.assert(fc.asyncProperty(bitmap, async (bits) => {
      const file = wrapG4(encodeG4(bits), bits.width, bits.height, 300)
      const back = await decodeImage(file)
      expect([back.width, back.height, back.dpi]).toEqual([bits.width, bits.height, 300])
      expect(Buffer.compare(back.data, bitsToGrey(bits).data)).toBe(0)
      expect(readG4(file)?.data.length).toBe(file.length - 178)
    }), { numRuns: 60 })
  })

  test.skipIf(!hasTool('tiffcp') || !hasTool('tifftopnm'))('libtiff reads our strip as we meant it, and we read what libtiff writes, in each compression', async () => {
    const roll = seeded(5)
    const bits = newBits(777, 300, 300)
    for (let i = 0; i < bits.data.length; i += 1) bits.data[i] = roll() < 0.7 ? 0 : Math.floor(roll() * 256)
    for (let y = 0; y < 300; y += 1) bits.data[y * bits.stride + bits.stride - 1] = (bits.data[y * bits.stride + bits.stride - 1] ?? 0) & 0x80
    await inFolder(async (folder) => {
      const ours = join(folder, 'ours.tif')
      writeFileSync(ours, wrapG4(encodeG4(bits), bits.width, bits.height, 300))
      const pbm = decodePnm(execFileSync('tifftopnm', [ours], { stdio: ['ignore', 'pipe', 'ignore'] }))
      expect(Buffer.compare(pbm.data, bitsToGrey(bits).data)).toBe(0)
      for (const compression of ['none', 'g3:1d', 'g3:2d', 'g4', 'lzw', 'zip', 'packbits']) {
        const file = join(folder, `${compression.replace(':', '-')}.tif`)
        execFileSync('tiffcp', ['-c', compression, '-r', '64', ours, file])
        expect(Buffer.compare((await decodeImage(readFileSync(file))).data, bitsToGrey(bits).data), compression).toBe(0)
      }
      const three = join(folder, 'three.tif')
      execFileSync('tiffcp', [ours, ours, ours, three])
      expect(pagesIn(readFileSync(three))).toBe(3)
      expect((await decodeImage(readFileSync(three), { page: 2 })).height).toBe(300)
      expect(await code(() => decodeImage(readFileSync(three), { page: 3 }))).toBe('QT-011')
    })
  })

  test.skipIf(!hasTool('tiffcp') || !hasTool('pamtotiff'))('colour and grey of libtiff come back exactly: strips and tiles, prediction, 16 bits, palette; JPEG nearly', async () => {
    const roll = seeded(9)
    const colour = { ...gradient(150, 90, 3), data: Uint8Array.from({ length: 150 * 90 * 3 }, (_, i) => (Math.floor(i / 450) + (i % 450) + Math.floor(roll() * 9)) % 256) }
    await inFolder(async (folder) => {
      const [plain, copy] = [join(folder, 'plain.tif'), join(folder, 'copy.tif')]
      const tiff = (flags: readonly string[], head: string, data: Uint8Array): Uint8Array => execFileSync('pamtotiff', flags, { input: Buffer.concat([Buffer.from(head), data]), stdio: ['pipe', 'pipe', 'ignore'] })
      writeFileSync(plain, tiff(['-truecolor', '-none'], 'P6 150 90 255\n', colour.data))
      for (const flags of [['-c', 'none'], ['-c', 'lzw'], ['-c', 'lzw:2'], ['-c', 'zip:2'], ['-c', 'packbits'], ['-c', 'lzw:2', '-t', '-w', '64', '-l', '32'], ['-c', 'none', '-B'], ['-c', 'none', '-L']]) {
        execFileSync('tiffcp', [...flags, plain, copy])
        expect(Buffer.compare((await decodeImage(readFileSync(copy))).data, colour.data), flags.join(' ')).toBe(0)
      }
      const smooth = gradient(150, 90, 3)
      writeFileSync(plain, tiff(['-truecolor', '-none'], 'P6 150 90 255\n', smooth.data))
      execFileSync('tiffcp', ['-c', 'jpeg:95', '-r', '32', plain, copy])
      const jpeg = await decodeImage(readFileSync(copy))
      expect(Math.max(...jpeg.data.map((value, i) => Math.abs(value - (smooth.data[i] ?? 0))))).toBeLessThan(24)
      const few = Uint8Array.from(colour.data, (value) => value & 0xc0)
      expect(Buffer.compare((await decodeImage(tiff(['-lzw', '-indexbits=8'], 'P6 150 90 255\n', few))).data, few)).toBe(0)
      const deep = Buffer.alloc(50 * 20 * 2)
      for (let i = 0; i < 1_000; i += 1) deep.writeUInt16BE((i * 997) % 65_536, i * 2)
      const high = Uint8Array.from({ length: 1_000 }, (_, i) => deep[i * 2] ?? 0)
      expect(Buffer.compare((await decodeImage(tiff(['-none'], 'P5 50 20 65535\n', deep))).data, high)).toBe(0)
    })
  })

  test('a chain of directories that bites its tail, a count of four billion and a cut-off strip are refused', async () => {
    const bits = newBits(100, 100, 300)
    const file = wrapG4(encodeG4(bits), 100, 100, 300)
    const loop = Uint8Array.from(file)
    new DataView(loop.buffer).setUint32(10 + 13 * 12, 8, true)
    expect(await code(() => decodeImage(loop))).toBe('QT-011')
    const many = Uint8Array.from(file)
    new DataView(many.buffer).setUint32(10 + 6 * 12 + 4, 0xffffffff, true)
    expect(await code(() => decodeImage(many))).toBe('QT-011')
    expect(await code(() => decodeImage(file.subarray(0, file.length - 5)))).toBe('QT-011')
    const wide = Uint8Array.from(file)
    new DataView(wide.buffer).setUint32(10 + 8, 60_000, true)
    new DataView(wide.buffer).setUint32(22 + 8, 60_000, true)
    expect(await code(() => decodeImage(wide))).toBe('QT-013')
  })
})

/** The same in the compressions of libtiff, where its tools are there. */
function libtiffs(): Uint8Array[] {
  if (!hasTool('tiffcp')) return []
  const bits = newBits(300, 100, 200)
  for (let i = 0; i < bits.data.length; i += 1) bits.data[i] = (i * i * 7) & 0x3c
  return inFolder((folder) => {
    const [plain, copy] = [join(folder, 'plain.tif'), join(folder, 'copy.tif')]
    writeFileSync(plain, wrapG4(encodeG4(bits), 300, 100, 200))
    return ['g3:1d', 'g3:2d', 'lzw', 'zip', 'packbits'].map((compression) => {
      execFileSync('tiffcp', ['-c', compression, '-r', '40', plain, copy])
      return new Uint8Array(readFileSync(copy))
    })
  })
}

test('whatever is broken in a file, decoding it ends with a picture or an AppError', async () => {
  const image = gradient(90, 60, 3)
  const bits = newBits(200, 60, 300)
  bits.data.fill(0x5a)
  const seeds = [
    await encodeJpeg(image, 80), await encodeJpeg(image, 80, { progressive: true }), encodePng(image), encodeBitsPng(bits), wrapG4(encodeG4(bits), 200, 60, 300), ...libtiffs(),
    Buffer.concat([Buffer.from('P6 90 60 255\n'), image.data]),
  ]
  await fc.assert(fc.asyncProperty(fc.constantFrom(...seeds), fc.array(fc.tuple(fc.nat(), fc.integer({ min: 0, max: 255 })), { maxLength: 6 }), fc.double({ min: 0, max: 1, noNaN: true }), async (seed, changes, keep) => {
    const broken = Uint8Array.from(seed.subarray(0, keep < 0.5 ? seed.length : Math.floor(seed.length * keep)))
    for (const [at, value] of changes) if (broken.length > 0) broken[at % Math.min(broken.length, at % 2 === 0 ? 200 : broken.length)] = value
    const begun = performance.now()
    expect(await code(() => decodeImage(broken))).toMatch(/^(none|QT-011|QT-013)$/)
    expect(performance.now() - begun).toBeLessThan(2_000)
  }), { numRuns: 800 })
}, 60_000)
