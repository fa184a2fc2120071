import { catalogOf, dictAt, type PdfFile } from './file'
import { broken, MAX_DEPTH, MAX_OBJECT } from './limits'
import { isArray, isCount, isDict, isRef, nameAt, type PdfDict, type PdfRef, type PdfValue } from './objects'

/** Size in points of a page as it is shown, and by how much it is turned clockwise for that. */
export type PageBox = Readonly<{ width: number; height: number; rotate: 0 | 90 | 180 | 270 }>
export type Page = Readonly<{ ref: PdfRef; dict: PdfDict }>
type Rectangle = Readonly<{ left: number; bottom: number; right: number; top: number }>

/** As the root of the page tree tells it. @throws AppError KS-010 */
export function countPages(file: PdfFile): number {
  const pages = dictAt(file, catalogOf(file), 'Pages')
  const count = pages && file.resolve(pages.entries.get('Count'))
  if (!isCount(count) || count > MAX_OBJECT) throw broken('count of pages')
  return count
}

/** How many pages are under a node; one for a page itself. */
function leaves(file: PdfFile, node: PdfDict): number {
  if (!node.entries.has('Kids')) return 1
  const count = file.resolve(node.entries.get('Count'))
  if (!isCount(count)) throw broken('count of pages')
  return count
}

type Step = Readonly<{ ref: PdfRef; dict: PdfDict; before: number }>

/** The kid that holds page n of those under a node, and how many pages come before it. */
function kidWith(file: PdfFile, node: PdfDict, page: number): Step {
  const kids = file.resolve(node.entries.get('Kids'))
  let before = 0
  for (const kid of isArray(kids) ? kids.items : []) {
    file.budget.step()
    const dict = file.resolve(kid)
    if (!isRef(kid) || !isDict(dict)) throw broken('page tree')
    const count = leaves(file, dict)
    if (page <= before + count) return { ref: kid, dict, before }
    before += count
  }
  throw broken('no such page')
}

/** Page n (from 1), by way of the nodes above it only. @throws AppError KS-010 */
export function findPage(file: PdfFile, page: number): Page {
  if (!Number.isSafeInteger(page) || page < 1) throw broken('no such page')
  let node = dictAt(file, catalogOf(file), 'Pages')
  for (let depth = 0, left = page; node && depth < MAX_DEPTH; depth += 1) {
    const { ref, dict, before }: Step = kidWith(file, node, left)
    if (!dict.entries.has('Kids')) {
      if ((nameAt(dict, 'Type') ?? 'Page') !== 'Page') throw broken('no page')
      return { ref, dict }
    }
    left -= before
    node = dict
  }
  throw broken('page tree')
}

/** An attribute that a page may have from a node above it (ISO 32000-1 §7.7.3.4). */
function inherited(file: PdfFile, page: PdfDict, key: string): PdfValue {
  let node: PdfDict | null = page
  for (let depth = 0; node && depth < MAX_DEPTH; depth += 1) {
    const value = file.resolve(node.entries.get(key))
    if (value !== null) return value
    node = dictAt(file, node, 'Parent')
  }
  return null
}

function rectangle(file: PdfFile, value: PdfValue): Rectangle | null {
  const numbers = isArray(value) ? value.items.map((item) => file.resolve(item)) : []
  const [a, b, c, d] = numbers
  if (typeof a !== 'number' || typeof b !== 'number' || typeof c !== 'number' || typeof d !== 'number') return null
  return { left: Math.min(a, c), bottom: Math.min(b, d), right: Math.max(a, c), top: Math.max(b, d) }
}

const A4: Rectangle = { left: 0, bottom: 0, right: 595.28, top: 841.89 }
const QUARTERS = [0, 90, 180, 270] as const

/** The part of a page that is shown, in its own coordinates: the crop box within the media box. */
function shown(file: PdfFile, page: PdfDict): Rectangle {
  const media = rectangle(file, inherited(file, page, 'MediaBox')) ?? A4
  const crop = rectangle(file, inherited(file, page, 'CropBox')) ?? media
  const both = { left: Math.max(media.left, crop.left), bottom: Math.max(media.bottom, crop.bottom), right: Math.min(media.right, crop.right), top: Math.min(media.top, crop.top) }
  return both.right > both.left && both.top > both.bottom ? both : media
}

function turn(file: PdfFile, page: PdfDict): 0 | 90 | 180 | 270 {
  const rotate = inherited(file, page, 'Rotate')
  const quarters = typeof rotate === 'number' && Number.isSafeInteger(rotate) ? (((rotate / 90) % 4) + 4) % 4 : 0
  return QUARTERS[quarters] ?? 0
}

/** @throws AppError KS-010 */
export function boxOf(file: PdfFile, { dict }: Page): PageBox {
  const { left, bottom, right, top } = shown(file, dict)
  const rotate = turn(file, dict)
  const [width, height] = [right - left, top - bottom]
  return rotate % 180 === 0 ? { width, height, rotate } : { width: height, height: width, rotate }
}

/** A place on a page: its rectangle in the page's own coordinates, and the matrix that lets what is drawn in a box of its shown size stand upright. */
export type Placed = Readonly<{ rect: readonly [number, number, number, number]; matrix: readonly [number, number, number, number, number, number] }>

/**
 * Where a box lies that is given in points from the lower left corner of the page as it is shown.
 * @throws AppError KS-010
 */
export function place(file: PdfFile, page: Page, [x, y, width, height]: readonly [number, number, number, number]): Placed {
  const { left, bottom, right, top } = shown(file, page.dict)
  switch (turn(file, page.dict)) {
    case 0: return { rect: [left + x, bottom + y, left + x + width, bottom + y + height], matrix: [1, 0, 0, 1, 0, 0] }
    case 90: return { rect: [right - y - height, bottom + x, right - y, bottom + x + width], matrix: [0, 1, -1, 0, height, 0] }
    case 180: return { rect: [right - x - width, top - y - height, right - x, top - y], matrix: [-1, 0, 0, -1, width, height] }
    case 270: return { rect: [left + y, top - x - width, left + y + height, top - x], matrix: [0, -1, 1, 0, 0, width] }
  }
}
