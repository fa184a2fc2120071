import { AppError } from '@contract/errors'
import type { Chain, Revision } from './chain'
import { readChain } from './chain'
import { readIndirect } from './indirect'
import { broken, type Budget, MAX_PDF_BYTES, newBudget } from './limits'
import { dictOf, isCount, isRef, isStream, type PdfDict, type PdfValue } from './objects'
import { type Packed, readPacked } from './packed'
import { rebuild } from './rebuild'
import { type Entry, FREE } from './sections'

/** An object and where it stands; `offset` is null for one that is packed in a stream. */
export type Located = Readonly<{ num: number; gen: number; value: PdfValue; offset: number | null; end: number | null }>

/** A file whose objects are read when they are asked for. */
export type PdfFile = Readonly<{
  bytes: Uint8Array
  /** Oldest first. */
  revisions: readonly Revision[]
  trailer: PdfDict
  clean: boolean
  /** Its tables were no good: objects were found by looking for them. Good enough to show what is there, never to sign or to trust. */
  rebuilt: boolean
  budget: Budget
  entry(num: number): Entry
  /** Null for an object that there is not. @throws AppError KS-010 */
  object(num: number): Located | null
  /** What a reference leads to, or the value itself; null for nothing. @throws AppError KS-010 */
  resolve(value: PdfValue | undefined): PdfValue
  /** The file as it was after revision n (from 1). @throws RangeError */
  view(revision: number): PdfFile
}>

const MOST_STEPS = 8

type Parts = Readonly<{ bytes: Uint8Array; chain: Chain; rebuilt: boolean; budget: Budget }>

function lookUp({ chain, budget }: Parts, num: number): Entry {
  for (let index = chain.revisions.length - 1; index >= 0; index -= 1) {
    for (const section of chain.revisions[index]?.sections ?? []) {
      budget.step()
      const entry = section.find(num)
      if (entry) return entry
    }
  }
  return FREE
}

function fileOf(parts: Parts): PdfFile {
  const { bytes, chain, budget } = parts
  const known = new Map<number, Located | null>()
  const packed = new Map<number, Packed>()
  const underWay = new Set<number>()
  const entries = new Map<number, Entry>()

  const entry = (num: number): Entry => {
    const found = entries.get(num) ?? lookUp(parts, num)
    entries.set(num, found)
    return found
  }
  const lengthOf = (length: PdfValue): number => {
    const value = resolve(length)
    return isCount(value) ? value : -1
  }
  const atOffset = (num: number, offset: number, gen: number): Located => {
    const found = readIndirect({ bytes, offset, budget, lengthOf })
    if (found.num !== num || found.gen !== gen) throw broken('another object')
    return found
  }
  const packedIn = (num: number): Packed => {
    const before = packed.get(num)
    if (before) return before
    if (entry(num).kind !== 'at') throw broken('packed in packed')
    const stream = object(num)?.value
    if (!isStream(stream)) throw broken('no packed objects')
    const made = readPacked(stream, budget)
    packed.set(num, made)
    return made
  }
  const read = (num: number): Located | null => {
    const place = entry(num)
    if (place.kind === 'free') return null
    if (place.kind === 'at') return atOffset(num, place.offset, place.gen)
    return { num, gen: 0, value: packedIn(place.stream).value(place.index, num), offset: null, end: null }
  }
  function object(num: number): Located | null {
    const before = known.get(num)
    if (before !== undefined) return before
    if (underWay.has(num) || underWay.size > MOST_STEPS) throw broken('object in itself')
    underWay.add(num)
    try {
      const found = read(num)
      known.set(num, found)
      return found
    } finally {
      underWay.delete(num)
    }
  }
  function resolve(value: PdfValue | undefined): PdfValue {
    let current = value ?? null
    for (let steps = 0; isRef(current); steps += 1) {
      if (steps > MOST_STEPS) throw broken('reference to references')
      const found = object(current.num)
      current = found && found.gen === current.gen ? found.value : null
    }
    return current
  }
  const view = (revision: number): PdfFile => {
    const newest = chain.revisions[revision - 1]
    if (!newest || revision < 1) throw new RangeError(`no revision ${revision}`)
    if (revision === chain.revisions.length && newest.end >= bytes.length) return file
    const trailer = newest.sections[0]?.trailer ?? chain.trailer
    return fileOf({ ...parts, bytes: bytes.subarray(0, newest.end), chain: { revisions: chain.revisions.slice(0, revision), trailer, clean: true } })
  }
  const file: PdfFile = { bytes, revisions: chain.revisions, trailer: chain.trailer, clean: chain.clean && !parts.rebuilt, rebuilt: parts.rebuilt, budget, entry, object, resolve, view }
  return file
}

/** A header at the very beginning: offsets and byte ranges count from there. */
const headed = (bytes: Uint8Array): boolean => Buffer.from(bytes.buffer, bytes.byteOffset, Math.min(5, bytes.length)).toString('latin1') === '%PDF-'

/**
 * A file as its own tables tell it.
 * @throws AppError KS-010 broken, KS-011 encrypted, KS-012 over 200 MB
 */
export function openFile(bytes: Uint8Array): PdfFile {
  if (bytes.length > MAX_PDF_BYTES) throw new AppError('KS-012')
  if (!headed(bytes)) throw broken('no header')
  const budget = newBudget()
  const file = fileOf({ bytes, chain: readChain(bytes, budget), rebuilt: false, budget })
  if (!catalogOf(file).entries.has('Pages')) throw broken('no pages')
  return file
}

/**
 * As `openFile`, and where the tables are no good with objects that are found by looking for them.
 * @throws AppError KS-010 … KS-012
 */
export function openBroken(bytes: Uint8Array): PdfFile {
  try {
    return openFile(bytes)
  } catch (error) {
    if (!(error instanceof AppError) || error.code !== 'KS-010') throw error
  }
  const budget = newBudget()
  return fileOf({ bytes, chain: rebuild(bytes, budget), rebuilt: true, budget })
}

/** @throws AppError KS-010 */
export function catalogOf(file: PdfFile): PdfDict {
  const catalog = file.resolve(file.trailer.entries.get('Root'))
  if (catalog === null || typeof catalog !== 'object' || catalog.kind !== 'dict') throw broken('no catalog')
  return catalog
}

/** The dictionary under a key, followed; null for anything else. */
export const dictAt = (file: PdfFile, from: PdfDict, key: string): PdfDict | null => dictOf(file.resolve(from.entries.get(key)))
