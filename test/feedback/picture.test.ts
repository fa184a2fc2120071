import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { pictureCopy } from '../../src-main/feedback/picture'
import { exif, jpeg, png } from './support'

describe('The copy of a photo that leaves the counter', () => {
  it('says nothing of place, device or person, and still how it is turned', () => {
    const copy = pictureCopy(jpeg())
    const text = Buffer.from(copy?.bytes ?? []).toString('latin1')
    expect([copy?.hasLocation, text.includes('GPS'), text.includes('Ch'), pictureCopy(copy?.bytes ?? Buffer.alloc(0))?.hasLocation, text.includes('MM\0*\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0\x06')])
      .toEqual([true, false, false, false, true])
  })

  it('has the very picture of the original', () => {
    const plain = jpeg({ metadata: false })
    const copy = Buffer.from(pictureCopy(jpeg())?.bytes ?? [])
    const from = plain.indexOf(Buffer.from([0xff, 0xdb]))
    expect(copy.subarray(copy.indexOf(Buffer.from([0xff, 0xdb]))).equals(plain.subarray(from))).toBe(true)
  })

  it('is the original where there was nothing beside the picture', () => {
    const plain = jpeg({ metadata: false })
    expect(pictureCopy(plain)?.bytes).toBe(plain)
  })

  it('ends where the picture ends: a second picture behind it stays here', () => {
    const hidden = jpeg({ trailer: Buffer.concat([Buffer.from([0xff, 0xd8]), exif()]) })
    expect(Buffer.from(pictureCopy(hidden)?.bytes ?? []).subarray(-2)).toEqual(Buffer.from([0xff, 0xd9]))
  })

  it('of a PNG has no texts', () => {
    const copy = pictureCopy(png([['tEXt', Buffer.from('Comment\0nhà bà Mận')], ['eXIf', exif().subarray(6)], ['gAMA', Buffer.alloc(4)]]))
    const text = Buffer.from(copy?.bytes ?? []).toString('latin1')
    expect([copy?.hasLocation, text.includes('tEXt'), text.includes('eXIf'), text.includes('gAMA'), text.includes('IEND')]).toEqual([true, false, false, true, true])
  })

  it.each([['nothing', Buffer.alloc(0)], ['a PDF', Buffer.from('%PDF-1.7 …')], ['a JPEG that is cut off', jpeg().subarray(0, 500)], ['a PNG that is cut off', png().subarray(0, 100)], ['a head alone', Buffer.from([0xff, 0xd8, 0xff])]])(
    'is not made of %s', (_name, bytes) => {
      expect(pictureCopy(bytes)).toBeNull()
    })

  it('is made or refused of any bytes, never a fall', () => {
    fc.assert(fc.property(fc.uint8Array({ maxLength: 400 }), fc.boolean(), (noise, asPng) => {
      const bytes = Buffer.concat([asPng ? png().subarray(0, 8) : Buffer.from([0xff, 0xd8, 0xff]), noise])
      const copy = pictureCopy(bytes)
      return copy === null || copy.bytes.length <= bytes.length + 36
    }))
  })

  it('of a photo with one byte changed is made or refused, never a fall', () => {
    const whole = jpeg()
    fc.assert(fc.property(fc.nat(whole.length - 1), fc.nat(255), (at, value) => {
      const broken = Buffer.from(whole)
      broken[at] = value
      const copy = pictureCopy(broken)
      return copy === null || copy.bytes.length > 0
    }))
  })
})
