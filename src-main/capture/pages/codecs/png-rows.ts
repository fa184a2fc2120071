import { badImage } from '../limits'

function paeth(left: number, up: number, corner: number): number {
  const [byLeft, byUp, byCorner] = [Math.abs(up - corner), Math.abs(left - corner), Math.abs(left + up - 2 * corner)]
  if (byLeft <= byUp && byLeft <= byCorner) return left
  return byUp <= byCorner ? up : corner
}

/** Takes the PNG filter off one row in place (PNG 1.2, chapter 6). `step` is the bytes of a pixel, at least 1; `before` the row above, null for the first. */
function unfilterRow(filter: number, row: Uint8Array, before: Uint8Array | null, step: number): void {
  const length = row.length
  if (filter === 1) {
    for (let i = step; i < length; i += 1) row[i] = (row[i] ?? 0) + (row[i - step] ?? 0)
  } else if (filter === 2) {
    if (before) for (let i = 0; i < length; i += 1) row[i] = (row[i] ?? 0) + (before[i] ?? 0)
  } else if (filter === 3) {
    for (let i = 0; i < length; i += 1) row[i] = (row[i] ?? 0) + (((i >= step ? (row[i - step] ?? 0) : 0) + (before?.[i] ?? 0)) >> 1)
  } else if (filter === 4) {
    for (let i = 0; i < length; i += 1) {
      const [left, corner] = i >= step ? [row[i - step] ?? 0, before?.[i - step] ?? 0] : [0, 0]
      row[i] = (row[i] ?? 0) + paeth(left, before?.[i] ?? 0, corner)
    }
  } else if (filter !== 0) throw badImage('png-filter')
}

/** Takes the filters off `rows` rows that begin at `from`; gives each row to `take` and returns where they end. */
export function unfilter(packed: Uint8Array, from: number, rows: number, rowBytes: number, step: number, take: (row: Uint8Array, y: number) => void): number {
  let before: Uint8Array | null = null
  let at = from
  for (let y = 0; y < rows; y += 1) {
    const row = packed.subarray(at + 1, at + 1 + rowBytes)
    unfilterRow(packed[at] ?? 0, row, before, step)
    take(row, y)
    before = row
    at += 1 + rowBytes
  }
  return at
}

/** The passes of an interlaced PNG (Adam7): first pixel and distance, across and down. */
export const ADAM7 = [
  [0, 0, 8, 8], [4, 0, 8, 8], [0, 4, 4, 8], [2, 0, 4, 4], [0, 2, 2, 4], [1, 0, 2, 2], [0, 1, 1, 2],
] as const
