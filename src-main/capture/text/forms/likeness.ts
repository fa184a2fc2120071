import { fold } from '@contract/fold'

/** Letters and digits of a text without marks, case and anything between: how captions are compared. Footnotes like `(1)` fall. */
export const letters = (text: string): string => fold(text.replace(/[([]\d{1,2}[)\]]/gu, '')).replace(/[^a-z0-9]+/gu, '')

/**
 * Letters that have to be put in, taken out or changed to make one text the other (Levenshtein), or `most + 1` when it is more than `most`.
 */
export function distance(left: string, right: string, most: number): number {
  if (left === right) return 0
  if (Math.abs(left.length - right.length) > most) return most + 1
  let above = Array.from({ length: right.length + 1 }, (_, index) => index)
  for (let row = 1; row <= left.length; row += 1) {
    const current = [row]
    let least = row
    for (let column = 1; column <= right.length; column += 1) {
      const same = left.charCodeAt(row - 1) === right.charCodeAt(column - 1) ? 0 : 1
      const value = Math.min((above[column - 1] ?? 0) + same, (above[column] ?? 0) + 1, (current[column - 1] ?? 0) + 1)
      current.push(value)
      if (value < least) least = value
    }
    if (least > most) return most + 1
    above = current
  }
  return Math.min(above[right.length] ?? most + 1, most + 1)
}
