import type { ChipOddity, Dg13Field } from '@contract/chip'
import { AppError } from '@contract/errors'
import { readTlv, type Tlv } from '../chip/tlv'
import { readText, readUtf16 } from './text'

/** Fields as they came, in their order, and what was odd about them. */
export type Dg13Fields = Readonly<{ fields: readonly Dg13Field[]; oddities: readonly ChipOddity[] }>

const ROOT = 0x6d
const INTEGER = 0x02
const NULL = 0x05
const BMP_STRING = 0x1e
/** OCTET STRING, UTF8String, NumericString, PrintableString, T61String, IA5String, UTCTime, GeneralizedTime, VisibleString, GeneralString. */
const TEXTS: ReadonlySet<number> = new Set([0x04, 0x0c, 0x12, 0x13, 0x14, 0x16, 0x17, 0x18, 0x1a, 0x1b])
const MOST_FIELDS = 200
const MOST_VALUES = 50
const DEEPEST = 8
/** An integer beside at least so many fields is a version, not a field number. */
const WRAPPED_FIELDS = 3

type Walk = Readonly<{ fields: { number: number; values: string[] }[]; odd: (code: string, params?: Readonly<Record<string, string>>) => void }>
type Field = { number: number; values: string[] } | null

/** Objects up to the first that does not fit into the bytes. Nothing is thrown: what could be read is worth having. */
function readWhile(bytes: Uint8Array, walk: Walk): Tlv[] {
  const found: Tlv[] = []
  for (let at = 0; at < bytes.length;) {
    if (bytes[at] === 0) {
      at += 1
      continue
    }
    try {
      const { tlv, end } = readTlv(bytes, at)
      found.push(tlv)
      at = end
    } catch (error) {
      if (!(error instanceof AppError)) throw error
      walk.odd('dg13-cut-short')
      break
    }
    if (found.length > MOST_FIELDS * 4) break
  }
  return found
}

const isField = ({ constructed, value }: Tlv): boolean => constructed && value[0] === INTEGER

function openField(value: Uint8Array, walk: Walk): Field {
  if (walk.fields.length === MOST_FIELDS) {
    walk.odd('dg13-too-many')
    return null
  }
  const number = value.length > 0 && value.length <= 4 ? value.reduce((sum, byte) => sum * 256 + byte, 0) : -1
  const field = { number, values: [] }
  walk.fields.push(field)
  return field
}

function addText({ tag, value }: Tlv, field: Field, walk: Walk): void {
  if (field === null) walk.odd('dg13-stray-text')
  else if (field.values.length < MOST_VALUES) field.values.push(tag === BMP_STRING ? readUtf16(value) : tag === NULL ? '' : readText(value))
}

/** True for a version number before the fields: an integer whose company holds several fields of its own. */
function isVersion([first, ...rest]: readonly Tlv[], walk: Walk): boolean {
  if (first?.tag !== INTEGER) return false
  const inner = rest.flatMap((part) => (part.constructed && !isField(part) ? readWhile(part.value, walk) : []))
  return [...rest, ...inner].filter(isField).length >= WRAPPED_FIELDS
}

/** Reads siblings. An integer opens a field, texts after it are its values; inside a field that is already open integers are no field numbers. */
function collect(siblings: readonly Tlv[], inside: Field, depth: number, walk: Walk): void {
  let open = inside
  for (const tlv of inside === null && isVersion(siblings, walk) ? siblings.slice(1) : siblings) {
    if (tlv.constructed && depth === DEEPEST) walk.odd('dg13-too-deep')
    else if (tlv.constructed) collect(readWhile(tlv.value, walk), open, depth + 1, walk)
    else if (tlv.tag === INTEGER && inside === null) open = openField(tlv.value, walk)
    else if (TEXTS.has(tlv.tag) || tlv.tag === BMP_STRING || tlv.tag === NULL) addText(tlv, open, walk)
  }
}

/**
 * Walks DG13 of the Vietnamese card (tag `6D`; `eid.md` D.1, `domain.md` §7.4) as plain DER: sequences of a number and its texts, however nested,
 * in any string type and of any length. Fields that nobody documented are kept. Never throws.
 */
export function readDg13Fields(bytes: Uint8Array): Dg13Fields {
  const oddities = new Map<string, ChipOddity>()
  const odd = (code: string, params: Readonly<Record<string, string>> = {}): void => {
    oddities.set(code + JSON.stringify(params), { code, file: 'DG13', params })
  }
  const walk: Walk = { fields: [], odd }
  const [root] = readWhile(bytes, walk)
  if (root?.tag !== ROOT) odd('dg13-unreadable')
  else collect(readWhile(root.value, walk), null, 0, walk)
  const { fields } = walk
  if (root?.tag === ROOT && fields.length === 0) odd('dg13-unreadable')
  return { fields, oddities: [...oddities.values()] }
}
