/** The little of IPP/1.1 (RFC 8010, RFC 8011) that asking CUPS after a job takes. */

export const OPERATION = { getJobAttributes: 0x0009, getPrinterAttributes: 0x000b } as const
export const STATUS_NOT_FOUND = 0x0406

const TAG = { operation: 0x01, end: 0x03, integer: 0x21, enumeration: 0x23, text: 0x41, name: 0x42, keyword: 0x44, uri: 0x45, charset: 0x47, language: 0x48 } as const
/** Tags up to this one begin a group of attributes. */
const LAST_DELIMITER = 0x0f

export type IppRequest = Readonly<{ operation: number; target: Readonly<{ name: 'job-uri' | 'printer-uri'; uri: string }>; wanted: readonly string[] }>
export type IppAnswer = Readonly<{ status: number; attributes: Readonly<Record<string, readonly (string | number)[]>> }>

const word = (value: number): Buffer => Buffer.from([(value >> 8) & 0xff, value & 0xff])

function attribute(tag: number, name: string, value: string): Buffer {
  const [key, text] = [Buffer.from(name, 'utf8'), Buffer.from(value, 'utf8')]
  return Buffer.concat([Buffer.from([tag]), word(key.length), key, word(text.length), text])
}

export function ippRequest({ operation, target, wanted }: IppRequest): Buffer {
  return Buffer.concat([
    Buffer.from([1, 1]), word(operation), Buffer.from([0, 0, 0, 1, TAG.operation]),
    attribute(TAG.charset, 'attributes-charset', 'utf-8'),
    attribute(TAG.language, 'attributes-natural-language', 'en'),
    attribute(TAG.uri, target.name, target.uri),
    // Further values of one attribute have no name.
    ...wanted.map((name, index) => attribute(TAG.keyword, index === 0 ? 'requested-attributes' : '', name)),
    Buffer.from([TAG.end]),
  ])
}

/** Reads an answer: numbers and texts of all groups by name; other values are passed over. null for what is none, or is cut off. */
export function ippAnswer(bytes: Uint8Array): IppAnswer | null {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  if (buffer.length < 9) return null
  const attributes: Record<string, (string | number)[]> = Object.create(null) as Record<string, (string | number)[]>
  let name = ''
  let at = 8
  while (at < buffer.length) {
    const tag = buffer.readUInt8(at)
    at += 1
    if (tag === TAG.end) return { status: buffer.readUInt16BE(2), attributes }
    if (tag <= LAST_DELIMITER) continue
    const field = (): Buffer | null => {
      if (at + 2 > buffer.length) return null
      const length = buffer.readUInt16BE(at)
      const part = buffer.subarray(at + 2, at + 2 + length)
      at += 2 + length
      return part.length === length ? part : null
    }
    const key = field()
    const value = key && field()
    if (!value) return null
    if (key.length > 0) name = key.toString('utf8')
    const read = valueOf(tag, value)
    if (read !== null) (attributes[name] ??= []).push(read)
  }
  return null
}

function valueOf(tag: number, value: Buffer): string | number | null {
  if (tag === TAG.integer || tag === TAG.enumeration) return value.length === 4 ? value.readInt32BE(0) : null
  // 0x40 … 0x5f: texts, names, keywords, addresses.
  return tag >= 0x40 && tag < 0x60 ? value.toString('utf8') : null
}
