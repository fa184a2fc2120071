/** The objects of a PDF (ISO 32000-1 §7.3). `start` and `end` of a text are where it stands in what it was read from, with its brackets. */
export type PdfName = Readonly<{ kind: 'name'; name: string }>
export type PdfText = Readonly<{ kind: 'text'; bytes: Uint8Array; hex: boolean; start: number; end: number }>
export type PdfRef = Readonly<{ kind: 'ref'; num: number; gen: number }>
export type PdfArray = Readonly<{ kind: 'array'; items: readonly PdfValue[] }>
/** `twice`: a key stands in it twice; readers differ in which one they take. */
export type PdfDict = Readonly<{ kind: 'dict'; entries: ReadonlyMap<string, PdfValue>; twice: boolean }>
/** `raw`: as it lies in the file, filters not undone. */
export type PdfStream = Readonly<{ kind: 'stream'; dict: PdfDict; raw: Uint8Array }>
export type PdfValue = null | boolean | number | PdfName | PdfText | PdfRef | PdfArray | PdfDict | PdfStream

export const name = (text: string): PdfName => ({ kind: 'name', name: text })
export const ref = (num: number, gen = 0): PdfRef => ({ kind: 'ref', num, gen })
export const array = (items: readonly PdfValue[]): PdfArray => ({ kind: 'array', items })
export const dict = (entries: Readonly<Record<string, PdfValue>>): PdfDict => ({ kind: 'dict', entries: new Map(Object.entries(entries)), twice: false })
export const stream = (entries: Readonly<Record<string, PdfValue>>, raw: Uint8Array): PdfStream => ({ kind: 'stream', dict: dict(entries), raw })

/** A copy with these entries set; null takes one away. */
export function withEntries(from: PdfDict, changes: Readonly<Record<string, PdfValue>>): PdfDict {
  const entries = new Map(from.entries)
  for (const [key, value] of Object.entries(changes)) {
    if (value === null) entries.delete(key)
    else entries.set(key, value)
  }
  return { kind: 'dict', entries, twice: false }
}

const kindOf = (value: PdfValue): string | null => (typeof value === 'object' && value !== null ? value.kind : null)

export const isRef = (value: PdfValue | undefined): value is PdfRef => value !== undefined && kindOf(value) === 'ref'
export const isName = (value: PdfValue | undefined): value is PdfName => value !== undefined && kindOf(value) === 'name'
export const isText = (value: PdfValue | undefined): value is PdfText => value !== undefined && kindOf(value) === 'text'
export const isArray = (value: PdfValue | undefined): value is PdfArray => value !== undefined && kindOf(value) === 'array'
export const isDict = (value: PdfValue | undefined): value is PdfDict => value !== undefined && kindOf(value) === 'dict'
export const isStream = (value: PdfValue | undefined): value is PdfStream => value !== undefined && kindOf(value) === 'stream'
export const isCount = (value: PdfValue | undefined): value is number => typeof value === 'number' && Number.isSafeInteger(value) && value >= 0

/** The dictionary of a dictionary or of a stream. */
export const dictOf = (value: PdfValue | undefined): PdfDict | null => (isDict(value) ? value : isStream(value) ? value.dict : null)
/** The text of a name under a key, where it stands there itself. */
export const nameAt = (from: PdfDict, key: string): string | null => {
  const value = from.entries.get(key)
  return isName(value) ? value.name : null
}

const sameBytes = (a: Uint8Array, b: Uint8Array): boolean => Buffer.compare(a, b) === 0

function sameDict(a: PdfDict, b: PdfDict): boolean {
  if (a.entries.size !== b.entries.size || a.twice || b.twice) return false
  for (const [key, value] of a.entries) {
    const other = b.entries.get(key)
    if (other === undefined || !same(value, other)) return false
  }
  return true
}

/** Whether two values say the same; references are compared as such, not followed. */
export function same(a: PdfValue, b: PdfValue): boolean {
  if (a === b) return true
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false
  if (a.kind === 'name') return b.kind === 'name' && a.name === b.name
  if (a.kind === 'text') return b.kind === 'text' && sameBytes(a.bytes, b.bytes)
  if (a.kind === 'ref') return b.kind === 'ref' && a.num === b.num && a.gen === b.gen
  if (a.kind === 'array') return b.kind === 'array' && a.items.length === b.items.length && a.items.every((item, index) => same(item, b.items[index] ?? null))
  if (a.kind === 'dict') return b.kind === 'dict' && sameDict(a, b)
  return b.kind === 'stream' && sameDict(a.dict, b.dict) && sameBytes(a.raw, b.raw)
}
