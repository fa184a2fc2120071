import { createHash, randomBytes } from 'node:crypto'
import type { Prepared, SignatureWish } from '../ports'
import { catalogOf, openFile, type PdfFile } from './file'
import { type Built, type Increment, newIncrement } from './increment'
import { broken } from './limits'
import { refuseLocked } from './locks'
import { drawMark, importMark } from './mark'
import { array, dict, isArray, isDict, isRef, name, type PdfDict, type PdfRef, type PdfValue, stream, withEntries } from './objects'
import { findPage, type Page, place } from './pages'
import { asciiString, dateString, textString } from './text'

/** Room for a CMS with chain and stamp; 5.2 kB were the most that was measured. */
export const CONTENTS_SIZE = 16_384
const PRINT_AND_LOCKED = 132
const SIGNED_AND_APPEND_ONLY = 3
/** Ten digits each, as far as an offset may go; what stands in for them until it is known. */
const UNKNOWN = 9_999_999_999

export type PrepareOptions = Readonly<{
  /** Room for the CMS in bytes. */
  contentsSize?: number
  /** Holds fonts/tinos; only a visible mark needs it. */
  resourcesFolder?: string
}>

/** Adds a reference to an array that lies in the file itself or within `holder`; answers the holder's new value, or null when it stays. */
function withItem(file: PdfFile, increment: Increment, holder: PdfDict, key: string, item: PdfRef): PdfDict | null {
  const value = holder.entries.get(key)
  const before = file.resolve(value)
  const longer = array([...(isArray(before) ? before.items : []), item])
  if (isRef(value) && isArray(before)) {
    increment.put(value, longer)
    return null
  }
  return withEntries(holder, { [key]: longer })
}

export function rootOf(file: PdfFile): PdfRef {
  const root = file.trailer.entries.get('Root')
  if (!isRef(root)) throw broken('no catalog')
  return root
}

/** The form with one field more. */
function addField(file: PdfFile, increment: Increment, field: PdfRef): void {
  const catalog = catalogOf(file)
  const value = catalog.entries.get('AcroForm')
  const form = file.resolve(value)
  if (!isDict(form)) {
    const made = increment.fresh()
    increment.put(made, dict({ Fields: array([field]), SigFlags: SIGNED_AND_APPEND_ONLY }))
    increment.put(rootOf(file), withEntries(catalog, { AcroForm: made }))
    return
  }
  const longer = withItem(file, increment, form, 'Fields', field)
  const flagged = file.resolve(form.entries.get('SigFlags')) === SIGNED_AND_APPEND_ONLY
  if (longer === null && flagged) return
  const next = withEntries(longer ?? form, { SigFlags: SIGNED_AND_APPEND_ONLY })
  if (isRef(value)) increment.put(value, next)
  else increment.put(rootOf(file), withEntries(catalog, { AcroForm: next }))
}

function addWidget(file: PdfFile, increment: Increment, page: Page, widget: PdfRef): void {
  const longer = withItem(file, increment, page.dict, 'Annots', widget)
  if (longer) increment.put(page.ref, longer)
}

type Look = Readonly<{ page: Page; rect: readonly number[]; appearance: PdfRef }>
type Place = Readonly<{ file: PdfFile; increment: Increment; signature: PdfRef; field: string; label: string | null; look: Look }>

/** Field and widget in one (ISO 32000-1 §12.7.4.5). */
function addSignatureField({ file, increment, signature, field, label, look: { page, rect, appearance } }: Place): void {
  const widget = increment.fresh()
  increment.put(widget, withEntries(dict({
    Type: name('Annot'), Subtype: name('Widget'), FT: name('Sig'), T: asciiString(field), V: signature, P: page.ref, Rect: array(rect), F: PRINT_AND_LOCKED, AP: dict({ N: appearance }),
  }), { TU: label === null ? null : textString(label) }))
  addField(file, increment, widget)
  addWidget(file, increment, page, widget)
}

/** Nothing to be seen: the first page, no size, an empty picture. */
function unseen(file: PdfFile, increment: Increment): Look {
  const appearance = increment.fresh()
  increment.put(appearance, stream({ Type: name('XObject'), Subtype: name('Form'), BBox: array([0, 0, 0, 0]) }, new Uint8Array()))
  return { page: findPage(file, 1), rect: [0, 0, 0, 0], appearance }
}

async function seen(file: PdfFile, increment: Increment, mark: NonNullable<SignatureWish['visible']>, resourcesFolder: string | undefined): Promise<Look> {
  if (resourcesFolder === undefined) throw new RangeError('a visible mark needs the fonts')
  const page = findPage(file, mark.page)
  const placed = place(file, page, mark.box)
  return { page, rect: placed.rect, appearance: importMark(increment, await drawMark(mark, resourcesFolder), mark.box, placed) }
}

const pieces = ([a, b, c, d]: Prepared['range'], bytes: Uint8Array): readonly [Uint8Array, Uint8Array] => [bytes.subarray(a, a + b), bytes.subarray(c, c + d)]

/** Fills the /ByteRange of the signature object that begins at `offset`, without a byte more or less. */
function settled({ bytes, offsets }: Built, signature: PdfRef, field: string): Prepared {
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length)
  const offset = offsets.get(signature.num) ?? -1
  const numbers = text.indexOf('/ByteRange [', offset) + 12
  const open = text.indexOf('/Contents <', numbers) + 10
  const close = text.indexOf('>', open) + 1
  const range = [0, open, close, bytes.length - close] as const
  text.write(range.join(' ').padEnd(text.indexOf(']', numbers) - numbers), numbers, 'latin1')
  const hash = createHash('sha256')
  for (const piece of pieces(range, bytes)) hash.update(piece)
  return { bytes, range, digest: new Uint8Array(hash.digest()), field }
}

/** Range and contents first: what follows of a wish can hold nothing that looks like them. */
const placeholders = (contentsSize: number): Readonly<Record<string, PdfValue>> => ({
  ByteRange: array([0, UNKNOWN, UNKNOWN, UNKNOWN]),
  Contents: { kind: 'text', bytes: new Uint8Array(contentsSize), hex: true, start: 0, end: 0 },
})

const freshName = (kind: string): string => `${kind}_${randomBytes(8).toString('hex')}`

function opened(bytes: Uint8Array): Readonly<{ file: PdfFile; increment: Increment }> {
  const file = openFile(bytes)
  refuseLocked(file)
  return { file, increment: newIncrement(file) }
}

/**
 * An increment with a place for a signature (PAdES, EN 319 142-1 §5.3); the given bytes are an exact prefix.
 * @throws AppError KS-010 … KS-013
 * @throws RangeError for a visible mark without `resourcesFolder`
 */
export async function prepareSignature(bytes: Uint8Array, wish: SignatureWish, { contentsSize = CONTENTS_SIZE, resourcesFolder }: PrepareOptions = {}): Promise<Prepared> {
  const { file, increment } = opened(bytes)
  const look = wish.visible ? await seen(file, increment, wish.visible, resourcesFolder) : unseen(file, increment)
  const signature = increment.fresh()
  increment.put(signature, withEntries(dict({
    Type: name('Sig'), Filter: name('Adobe.PPKLite'), SubFilter: name('ETSI.CAdES.detached'), ...placeholders(contentsSize), M: dateString(wish.at), Name: textString(wish.name),
  }), { Reason: wish.reason === null ? null : textString(wish.reason), Location: wish.location === null ? null : textString(wish.location) }))
  const field = freshName('Sig')
  addSignatureField({ file, increment, signature, field, label: `Chữ ký số: ${wish.name}`, look })
  return settled(increment.build(), signature, field)
}

/**
 * An increment with a place for an RFC 3161 token over everything (EN 319 142-1 §5.4.3).
 * @throws AppError KS-010 … KS-013
 */
export function prepareTimestamp(bytes: Uint8Array, contentsSize: number = CONTENTS_SIZE): Prepared {
  const { file, increment } = opened(bytes)
  const look = unseen(file, increment)
  const signature = increment.fresh()
  increment.put(signature, dict({ Type: name('DocTimeStamp'), Filter: name('Adobe.PPKLite'), SubFilter: name('ETSI.RFC3161'), ...placeholders(contentsSize) }))
  const field = freshName('Stamp')
  addSignatureField({ file, increment, signature, field, label: null, look })
  return settled(increment.build(), signature, field)
}

/**
 * Puts the CMS, or the token of the stamp, into its place.
 * @throws RangeError when it does not fit
 */
export function embedSignature({ bytes, range: [, open, close] }: Prepared, cms: Uint8Array): Uint8Array {
  if (cms.length * 2 > close - open - 2) throw new RangeError(`a signature of ${cms.length} bytes does not fit`)
  const out = new Uint8Array(bytes)
  out.set(Buffer.from(Buffer.from(cms.buffer, cms.byteOffset, cms.length).toString('hex'), 'latin1'), open + 1)
  return out
}
