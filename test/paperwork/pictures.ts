import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { deflateSync, inflateSync } from 'node:zlib'

/** A grey picture, 8 bits a dot, row by row. */
export type Grey = Readonly<{ width: number; height: number; dots: Uint8Array }>

export const GOLDEN_DPI = 36

/** A page as poppler draws it. @param page from 1 */
export function pageOf(pdf: Uint8Array, page: number, dpi = GOLDEN_DPI): Grey {
  const folder = mkdtempSync(join(tmpdir(), 'motcua-picture-'))
  try {
    const file = join(folder, 'paper.pdf')
    writeFileSync(file, pdf)
    const pgm = execFileSync('pdftoppm', ['-r', String(dpi), '-gray', '-f', String(page), '-l', String(page), file], { maxBuffer: 64 * 1024 * 1024 })
    const head = /^P5\s+(\d+)\s+(\d+)\s+255\s/.exec(pgm.subarray(0, 40).toString('latin1'))
    if (!head) throw new Error('no grey picture')
    return { width: Number(head[1]), height: Number(head[2]), dots: new Uint8Array(pgm.subarray(head[0].length)) }
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

const TABLE = Array.from({ length: 256 }, (_, index) => Array.from({ length: 8 }).reduce<number>((value) => (value & 1 ? 0xedb88320 ^ (value >>> 1) : value >>> 1), index))
const crc = (bytes: Uint8Array): number => (bytes.reduce((sum, byte) => (TABLE[(sum ^ byte) & 0xff] ?? 0) ^ (sum >>> 8), 0xffffffff) ^ 0xffffffff) >>> 0
const SIGNATURE = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])

function chunk(type: string, data: Uint8Array): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data])
  const [length, sum] = [Buffer.alloc(4), Buffer.alloc(4)]
  length.writeUInt32BE(data.length)
  sum.writeUInt32BE(crc(body))
  return Buffer.concat([length, body, sum])
}

/** PNG of a grey picture, rows unfiltered. */
export function toPng({ width, height, dots }: Grey): Buffer {
  const head = Buffer.alloc(13)
  head.writeUInt32BE(width, 0)
  head.writeUInt32BE(height, 4)
  head.writeUInt8(8, 8)
  const rows = Buffer.concat(Array.from({ length: height }, (_, row) => Buffer.concat([Buffer.of(0), dots.subarray(row * width, (row + 1) * width)])))
  return Buffer.concat([SIGNATURE, chunk('IHDR', head), chunk('IDAT', deflateSync(rows, { level: 9 })), chunk('IEND', new Uint8Array())])
}

/** Reads what `toPng` wrote. */
export function fromPng(png: Buffer): Grey {
  const [width, height] = [png.readUInt32BE(16), png.readUInt32BE(20)]
  const rows = inflateSync(png.subarray(41, 41 + png.readUInt32BE(33)))
  const dots = Buffer.concat(Array.from({ length: height }, (_, row) => rows.subarray(row * (width + 1) + 1, (row + 1) * (width + 1))))
  return { width, height, dots: new Uint8Array(dots) }
}

/** Half as wide and high. */
export function halved({ width, height, dots }: Grey): Grey {
  const [half, low] = [width >> 1, height >> 1]
  const dot = (x: number, y: number): number => dots[y * width + x] ?? 255
  const small = Array.from({ length: half * low }, (_, index) => {
    const [x, y] = [(index % half) * 2, Math.floor(index / half) * 2]
    return (dot(x, y) + dot(x + 1, y) + dot(x, y + 1) + dot(x + 1, y + 1)) / 4
  })
  return { width: half, height: low, dots: Uint8Array.from(small) }
}

const CELL = 5
/** How much darker or lighter a cell of about 3.5 mm may be: the edges of letters differ between versions of poppler, a line that moved does not hide. */
const SLACK = 26

/** Cells that differ, of all that either picture has. Another size differs everywhere. */
export function differences(left: Grey, right: Grey): number {
  const [width, height] = [Math.min(left.width, right.width), Math.min(left.height, right.height)]
  if (Math.abs(left.width - right.width) > 1 || Math.abs(left.height - right.height) > 1) return Number.POSITIVE_INFINITY
  const mean = ({ width: stride, dots }: Grey, x0: number, y0: number): number => {
    let sum = 0
    for (let y = y0; y < y0 + CELL; y += 1) for (let x = x0; x < x0 + CELL; x += 1) sum += dots[y * stride + x] ?? 255
    return sum / (CELL * CELL)
  }
  let count = 0
  for (let y = 0; y + CELL <= height; y += CELL) for (let x = 0; x + CELL <= width; x += CELL) if (Math.abs(mean(left, x, y) - mean(right, x, y)) > SLACK) count += 1
  return count
}
