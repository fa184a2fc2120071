import { crc32, deflateSync } from 'node:zlib'
import type { Bits, Raster } from '../raster'

function chunk(type: string, data: Uint8Array): Uint8Array {
  const bytes = new Uint8Array(12 + data.length)
  const view = new DataView(bytes.buffer)
  view.setUint32(0, data.length)
  for (let i = 0; i < 4; i += 1) bytes[4 + i] = type.charCodeAt(i)
  bytes.set(data, 8)
  view.setUint32(8 + data.length, crc32(bytes.subarray(4, 8 + data.length)))
  return bytes
}

function wrap(width: number, height: number, depth: number, kind: number, dpi: number, rows: Uint8Array, level: number): Uint8Array {
  const head = new DataView(new ArrayBuffer(13))
  head.setUint32(0, width)
  head.setUint32(4, height)
  head.setUint8(8, depth)
  head.setUint8(9, kind)
  const density = new DataView(new ArrayBuffer(9))
  density.setUint32(0, Math.round(dpi / 0.0254))
  density.setUint32(4, Math.round(dpi / 0.0254))
  density.setUint8(8, 1)
  return Buffer.concat([
    Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a), chunk('IHDR', new Uint8Array(head.buffer)), chunk('pHYs', new Uint8Array(density.buffer)),
    chunk('IDAT', deflateSync(rows, { level })), chunk('IEND', new Uint8Array(0)),
  ])
}

/** Bits as a PNG of one bit a pixel (65 kB for a page of text at 300 dpi). */
export function encodeBitsPng({ width, height, stride, data, dpi }: Bits): Uint8Array {
  const rows = new Uint8Array((stride + 1) * height)
  for (let y = 0; y < height; y += 1) {
    // In a PNG 1 is white.
    for (let i = 0; i < stride; i += 1) rows[y * (stride + 1) + 1 + i] = ~(data[y * stride + i] ?? 0)
  }
  return wrap(width, height, 1, 0, dpi, rows, 9)
}

/** Grey or colour as a PNG of 8 bits a sample; each row is filtered against its left neighbour. */
export function encodePng({ width, height, channels, data, dpi }: Raster): Uint8Array {
  const rowBytes = width * channels
  const rows = new Uint8Array((rowBytes + 1) * height)
  for (let y = 0; y < height; y += 1) {
    const [from, to] = [y * rowBytes, y * (rowBytes + 1) + 1]
    rows[to - 1] = 1
    for (let i = 0; i < rowBytes; i += 1) rows[to + i] = (data[from + i] ?? 0) - (i >= channels ? (data[from + i - channels] ?? 0) : 0)
  }
  return wrap(width, height, 8, channels === 1 ? 0 : 2, dpi, rows, 5)
}
