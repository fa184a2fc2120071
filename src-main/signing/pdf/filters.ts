import { inflateSync } from 'node:zlib'
import { broken, type Budget } from './limits'
import { isArray, isCount, isDict, isName, type PdfDict, type PdfStream, type PdfValue } from './objects'

/** The only item of an array, or the value itself. */
const single = (value: PdfValue | undefined): PdfValue | undefined => {
  if (!isArray(value)) return value
  if (value.items.length > 1) throw broken('several filters')
  return value.items[0]
}

/** Deflate makes at most so many bytes out of one. */
const MOST_FROM_ONE = 1032

function inflate(raw: Uint8Array, budget: Budget): Uint8Array {
  try {
    const out = inflateSync(raw, { maxOutputLength: budget.mayInflate() })
    budget.inflated(out.length)
    return out
  } catch {
    // How far it came before it failed is not told.
    budget.inflated(Math.min(budget.mayInflate(), raw.length * MOST_FROM_ONE))
    throw broken('compressed stream')
  }
}

const paeth = (left: number, up: number, corner: number): number => {
  const guess = left + up - corner
  const [byLeft, byUp, byCorner] = [Math.abs(guess - left), Math.abs(guess - up), Math.abs(guess - corner)]
  return byLeft <= byUp && byLeft <= byCorner ? left : byUp <= byCorner ? up : corner
}

/** Undoes the predictors of PNG on bytes that stand alone (one colour of eight bits), as tables of objects use them. */
function unpredict(rows: Uint8Array, width: number): Uint8Array {
  const count = Math.floor(rows.length / (width + 1))
  const out = new Uint8Array(count * width)
  for (let row = 0; row < count; row += 1) {
    const kind = rows[row * (width + 1)] ?? 0
    if (kind > 4) throw broken('predictor')
    for (let column = 0; column < width; column += 1) {
      const at = row * width + column
      const left = column > 0 ? (out[at - 1] ?? 0) : 0
      const up = row > 0 ? (out[at - width] ?? 0) : 0
      const corner = column > 0 && row > 0 ? (out[at - width - 1] ?? 0) : 0
      const added = [0, left, up, (left + up) >> 1, kind === 4 ? paeth(left, up, corner) : 0][kind] ?? 0
      out[at] = (rows[row * (width + 1) + 1 + column] ?? 0) + added
    }
  }
  return out
}

function predicted(bytes: Uint8Array, parameters: PdfDict, budget: Budget): Uint8Array {
  const predictor = parameters.entries.get('Predictor') ?? 1
  if (predictor === 1) return bytes
  const columns = parameters.entries.get('Columns') ?? 1
  const plain = (parameters.entries.get('Colors') ?? 1) === 1 && (parameters.entries.get('BitsPerComponent') ?? 8) === 8
  if (!isCount(predictor) || predictor < 10 || predictor > 15 || !isCount(columns) || columns < 1 || columns > 65_536 || !plain) throw broken('predictor')
  budget.step(bytes.length >> 3)
  return unpredict(bytes, columns)
}

/**
 * What a stream holds: only FlateDecode and no filter at all, as tables, packed objects and evidence have them.
 * @throws AppError KS-010
 */
export function contentOf({ dict, raw }: PdfStream, budget: Budget): Uint8Array {
  const filter = single(dict.entries.get('Filter'))
  if (filter === undefined || filter === null) return raw
  if (!isName(filter) || (filter.name !== 'FlateDecode' && filter.name !== 'Fl')) throw broken('filter')
  const parameters = single(dict.entries.get('DecodeParms'))
  const bytes = inflate(raw, budget)
  return isDict(parameters) ? predicted(bytes, parameters, budget) : bytes
}
