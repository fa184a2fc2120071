import { AppError } from '@contract/errors'
import type { PdfFile } from '../file'
import { readIndirect } from '../indirect'
import { isCount, type PdfValue } from '../objects'

/** Which objects a file refers to, and under which keys. Of what is replaced later the old references stay in it: more is safe, less is not. */
export type Usage = Readonly<{
  /** None: nothing refers to it. `[]`: from an array that is an object of its own. */
  keysOf(num: number): ReadonlySet<string>
  add(value: PdfValue): void
  /** There is an object that is not whole within the file, but would be with the bytes behind it. */
  openEnded: boolean
}>

const NONE: ReadonlySet<string> = new Set()

function collect(uses: Map<number, Set<string>>, value: PdfValue, key: string): void {
  if (typeof value !== 'object' || value === null) return
  if (value.kind === 'ref') {
    const keys = uses.get(value.num) ?? new Set()
    uses.set(value.num, keys.add(key))
  } else if (value.kind === 'array') for (const item of value.items) collect(uses, item, key)
  else if (value.kind === 'stream') collect(uses, value.dict, key)
  else if (value.kind === 'dict') for (const [under, inner] of value.entries) collect(uses, inner, under)
}

/** An object that cannot be read here: is it cut off, so that what follows the file decides what it is? */
function cutOff(file: PdfFile, all: Uint8Array, num: number): boolean {
  const place = file.entry(num)
  if (place.kind !== 'at') return false
  const text = Buffer.from(file.bytes.buffer, file.bytes.byteOffset, file.bytes.length)
  if (text.indexOf('endobj', Math.min(place.offset, text.length)) < 0) return true
  try {
    readIndirect({ bytes: all, offset: place.offset, budget: file.budget, lengthOf: (length) => (isCount(length) ? length : -1) })
    return true
  } catch (error) {
    if (error instanceof AppError) return false
    throw error
  }
}

function valueOf(file: PdfFile, num: number): PdfValue | undefined {
  try {
    return file.object(num)?.value ?? null
  } catch (error) {
    if (error instanceof AppError) return undefined
    throw error
  }
}

/**
 * Reads every object of a file once.
 * @param all the file with what follows it
 * @throws AppError KS-010
 */
export function usageOf(file: PdfFile, all: Uint8Array): Usage {
  const uses = new Map<number, Set<string>>()
  let openEnded = false
  const numbers = new Set<number>()
  for (const { sections } of file.revisions) for (const section of sections) for (const num of section.numbers()) numbers.add(num)
  collect(uses, file.trailer, '')
  for (const num of numbers) {
    const value = valueOf(file, num)
    if (value === undefined) openEnded ||= cutOff(file, all, num)
    else collect(uses, value, '[]')
  }
  return { keysOf: (num) => uses.get(num) ?? NONE, add: (value) => collect(uses, value, '[]'), openEnded }
}
