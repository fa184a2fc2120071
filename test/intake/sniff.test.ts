import { deflateSync } from 'node:zlib'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { countPdfPages, refuseBomb, sniff } from '../../src-main/intake/sniff'
import { AppError } from '@contract/errors'
import { codeOf } from '../storage/support'

const PDF = Buffer.from('%PDF-1.4 ...')
const JPEG = Buffer.from([0xff, 0xd8, 0xff, 0xe0])
const PNG = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])
const TIFF = Buffer.from([0x49, 0x49, 0x2a, 0x00])

function png(width: number, height: number): Buffer {
  const ihdr = Buffer.alloc(13)
  ihdr.writeUInt32BE(width, 0)
  ihdr.writeUInt32BE(height, 4)
  return Buffer.concat([PNG, Buffer.from([0, 0, 0, 13]), Buffer.from('IHDR'), ihdr, deflateSync(Buffer.alloc(100))])
}

/** A JPEG whose size stands behind so many bytes of camera facts. */
function jpeg(width: number, height: number, before = 0): Buffer {
  const facts: Buffer[] = []
  for (let left = before; left > 0; left -= 60_000) facts.push(Buffer.from([0xff, 0xff, 0xe1, 60_002 >> 8, 60_002 & 255]), Buffer.alloc(60_000))
  return Buffer.concat([Buffer.from([0xff, 0xd8]), ...facts, Buffer.from([0xff, 0xc0, 0, 17, 8, height >> 8, height & 255, width >> 8, width & 255]), Buffer.alloc(20)])
}

function tiff(width: number, height: number): Buffer {
  const head = Buffer.alloc(8 + 2 + 24 + 4)
  head.write('MM\0*', 'latin1')
  head.writeUInt32BE(8, 4)
  head.writeUInt16BE(2, 8)
  const entry = (at: number, tag: number, value: number): void => {
    head.writeUInt16BE(tag, at)
    head.writeUInt16BE(4, at + 2)
    head.writeUInt32BE(1, at + 4)
    head.writeUInt32BE(value, at + 8)
  }
  entry(10, 256, width)
  entry(22, 257, height)
  return head
}

describe('A file', () => {
  test.each([
    [PDF, 'don.pdf', 'application/pdf'], [JPEG, 'anh.JPG', 'image/jpeg'], [JPEG, 'anh.jfif', 'image/jpeg'], [PNG, 'anh.png', 'image/png'], [TIFF, 'quet.tif', 'image/tiff'],
    [PDF, 'không có đuôi', 'application/pdf'], [PDF, 'Giấy ủy quyền số 12.2026', 'application/pdf'], [PDF, 'hồ sơ v1.bản cuối', 'application/pdf'],
  ])('%# named %s is told by its content', (head, name, type) => {
    expect(sniff(head, name)).toBe(type)
  })

  test.each([[PDF, 'anh.jpg', 'TEP-002'], [JPEG, 'don.pdf', 'TEP-002'], [PDF, 'don.docx', 'TEP-002'], [PDF, 'don.exe', 'TEP-002'], [Buffer.from('MZ\u0090'), 'don.pdf', 'TEP-001'], [Buffer.from('PK\u0003\u0004'), 'don.pdf', 'TEP-001'], [Buffer.alloc(0), 'don.pdf', 'TEP-001']])(
    '%# that lies about its type or has none that we take is refused', (head, name, code) => {
      expect(codeOf(() => sniff(head, name))).toBe(code)
    })

  test.each([['image/png', png(30_000, 30_000)], ['image/jpeg', jpeg(65_000, 65_000)], ['image/jpeg', jpeg(65_000, 65_000, 180_000)], ['image/tiff', tiff(100_000, 100_000)]] as const)(
    '%# (%s) that unpacks to more than a counter holds is refused', (type, head) => {
      expect(codeOf(() => refuseBomb(type, head))).toBe('TEP-005')
    })

  test.each([['image/png', png(9000, 12_000)], ['image/jpeg', jpeg(5000, 7000)], ['image/tiff', tiff(9921, 7016)]] as const)('%# (%s) of a scanned page passes', (type, head) => {
    expect(codeOf(() => refuseBomb(type, head))).toBeUndefined()
  })

  test('of any bytes is told or refused by name, and nothing else', () => {
    const head = fc.tuple(fc.constantFrom(PDF, JPEG, PNG, TIFF, Buffer.from('MM\0*', 'latin1'), Buffer.alloc(0)), fc.uint8Array({ maxLength: 64 })).map(([start, rest]) => Buffer.concat([start, rest]))
    fc.assert(fc.property(head, fc.string(), (bytes, name) => {
      try {
        refuseBomb(sniff(bytes, name), bytes)
        return true
      } catch (error) {
        return error instanceof AppError
      }
    }), { numRuns: 1000 })
  })

  test('counts pages and not their tree', () => {
    expect(countPdfPages(Buffer.from('/Type /Page /Type/Page\n/Type/Pages /Type  /Page>>'), Infinity)).toBe(3)
  })
})
