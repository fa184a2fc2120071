import type { PdfSignature } from '../ports'
import { blank } from './chain'
import { type Field, signatureFieldsOf } from './fields'
import type { Located, PdfFile } from './file'
import { isArray, isCount, isDict, isRef, isText, nameAt, type PdfDict, type PdfText } from './objects'
import { readDate, readText } from './text'

type Range = PdfSignature['range']
const NO_RANGE: Range = [0, 0, 0, 0]

/** Only four plain numbers in the dictionary itself. */
function rangeOf(dict: PdfDict): Range | null {
  const value = dict.entries.get('ByteRange')
  if (!isArray(value) || value.items.length !== 4) return null
  const [a, b, c, d] = value.items
  return isCount(a) && isCount(b) && isCount(c) && isCount(d) ? [a, b, c, d] : null
}

/** Bytes of a definite DER value from its head; -1 when it is none. */
function derLength(bytes: Uint8Array): number {
  const [tag, first = 0] = bytes
  if (tag !== 0x30 || first === 0x80) return -1
  if (first < 0x80) return 2 + first
  const count = first & 0x7f
  if (count > 4) return -1
  let length = 0
  for (let index = 0; index < count; index += 1) length = length * 256 + (bytes[2 + index] ?? 0)
  return 2 + count + length
}

type Contents = Readonly<{ bytes: Uint8Array; exact: boolean }>

/** The CMS without the zeros that fill its place; `exact`: nothing else stands behind it. */
function contentsOf(text: PdfText): Contents {
  const length = derLength(text.bytes)
  if (length < 0 || length > text.bytes.length) return { bytes: text.bytes, exact: text.bytes[0] === 0x30 && text.bytes[1] === 0x80 }
  return { bytes: text.bytes.subarray(0, length), exact: text.bytes.subarray(length).every((byte) => byte === 0) }
}

/** Pairs of digits without anything between them. */
const allHex = (bytes: Uint8Array): boolean => bytes.length % 2 === 0 && /^[0-9a-fA-F]*$/u.test(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('latin1'))

/** The gap of a range is exactly these hexadecimal digits and their brackets, as they lie in the file. */
function gapIs(file: PdfFile, [start, length, after, rest]: Range, text: PdfText): boolean {
  if (start !== 0 || length === 0 || after <= length || after + rest > file.bytes.length || !text.hex) return false
  return text.start === length && text.end === after && allHex(file.bytes.subarray(length + 1, after - 1))
}

/** The revision that ends where a range ends; 0 when it is none. White space may follow its `%%EOF`. */
function revisionAt(file: PdfFile, end: number): number {
  const index = file.revisions.findLastIndex(({ eof }) => eof <= end)
  const revision = file.revisions[index]
  return revision && blank(file.bytes, revision.eof, end) ? index + 1 : 0
}

const lastRevisionBefore = (file: PdfFile, end: number): number => Math.max(1, file.revisions.filter(({ eof }) => eof <= end).length)

/** The object that holds a signature dictionary: its own, or the field's where it lies within that. Never one that is packed. */
function holderOf(file: PdfFile, field: Field): Located | null {
  const holder = isRef(field.value) ? field.value : field.ref
  return holder ? file.object(holder.num) : null
}

/** In its own revision the object lay in the same place: nothing newer stands in for it. */
function stoodThere(file: PdfFile, holder: Located, revision: number): boolean {
  const end = file.revisions[revision - 1]?.eof ?? 0
  if (holder.offset === null || holder.end === null || holder.end > end) return false
  const then = file.view(revision).entry(holder.num)
  return then.kind === 'at' && then.offset === holder.offset
}

/**
 * The signature of a field; null for a field that waits for one.
 * @throws AppError KS-010
 */
export function signatureOf(file: PdfFile, field: Field): PdfSignature | null {
  const dict = file.resolve(field.value)
  if (!isDict(dict)) return null
  const range = rangeOf(dict)
  const text = dict.entries.get('Contents')
  const contents = isText(text) ? contentsOf(text) : null
  const holder = holderOf(file, field)
  const [, , after, rest] = range ?? NO_RANGE
  const end = after + rest
  const revision = file.rebuilt ? 0 : revisionAt(file, end)
  const stamp = nameAt(dict, 'SubFilter') === 'ETSI.RFC3161'
  const kindTold = nameAt(dict, 'Type') === 'DocTimeStamp'
  const inOrder = range !== null && isText(text) && contents?.exact === true && gapIs(file, range, text) && !dict.twice && stamp === kindTold
  const textAt = (key: string): string | null => readText(file.resolve(dict.entries.get(key)))
  return {
    field: field.name, kind: stamp ? 'timestamp' : 'signature', subFilter: nameAt(dict, 'SubFilter') ?? '', range: range ?? NO_RANGE, contents: contents?.bytes ?? new Uint8Array(),
    claimedAt: readDate(file.resolve(dict.entries.get('M'))), name: textAt('Name'), reason: textAt('Reason'), location: textAt('Location'),
    end, revision: revision === 0 ? lastRevisionBefore(file, end) : revision,
    wellFormed: inOrder && revision > 0 && holder !== null && stoodThere(file, holder, revision),
    coversWhole: end === file.bytes.length,
  }
}

/**
 * All signatures and document timestamps of the form, by the place where they end. One that two fields name is in order in neither.
 * @throws AppError KS-010
 */
export function signaturesOf(file: PdfFile): readonly PdfSignature[] {
  const found = signatureFieldsOf(file).flatMap((field) => {
    const signature = signatureOf(file, field)
    return signature ? [signature] : []
  })
  const places = new Map<string, number>()
  for (const { range } of found) places.set(range.join(), (places.get(range.join()) ?? 0) + 1)
  return found.map((one) => (places.get(one.range.join()) === 1 ? one : { ...one, wellFormed: false })).toSorted((a, b) => a.end - b.end)
}
