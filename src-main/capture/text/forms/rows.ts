import { around, lineOf } from '../tsv'
import type { Line, PageText, Word } from '../types'

/** More than any form has; what lies beyond is not looked at. */
const MOST_ROWS = 250
const MOST_WORDS = 80

/** A word cut after each colon, so that `tên:NGUYỄN` is a caption and a value. Boxes are shared out by letters. */
function cutAtColons(word: Word): Word[] {
  const pieces = word.text.replace(/[：]/gu, ':').split(/(?<=:)(?=[^:])/u)
  if (pieces.length < 2) return [word]
  const { x, width } = word.box
  let from = 0
  return pieces.map((text) => {
    const left = Math.round(x + (width * from) / word.text.length)
    from += text.length
    const right = Math.round(x + (width * from) / word.text.length)
    return { text, confidence: word.confidence, box: { ...word.box, x: left, width: Math.max(1, right - left) } }
  })
}

/** Whether two lines stand side by side: at the same height, and neither over the other. */
function sideBySide(left: Line, right: Line): boolean {
  const [a, b] = [left.box, right.box]
  const shared = Math.min(a.y + a.height, b.y + b.height) - Math.max(a.y, b.y)
  const apart = a.x + a.width <= b.x || b.x + b.width <= a.x
  return apart && shared > 0.6 * Math.min(a.height, b.height)
}

/** Rows of a page from the top: columns that an engine took for lines of their own are put side by side again. */
export function rowsOf({ lines }: Pick<PageText, 'lines'>): Line[] {
  const rows: Line[] = []
  const sorted = [...lines].filter(({ words }) => words.length > 0).sort((a, b) => a.box.y - b.box.y).slice(0, MOST_ROWS)
  for (const line of sorted) {
    const at = rows.findLastIndex((row) => sideBySide(row, line))
    const row = at < 0 ? undefined : rows[at]
    if (row) rows[at] = { ...lineOf([...row.words, ...line.words]), box: around([row.box, line.box]) }
    else rows.push(line)
  }
  return rows.map((row) => lineOf(row.words.slice(0, MOST_WORDS).flatMap(cutAtColons)))
}
