import { AppError } from '@contract/errors'
import type { LaterChange } from '../../ports'
import type { PdfFile } from '../file'
import { isRef, isStream, nameAt, type PdfValue, same } from '../objects'
import type { Usage } from './usage'

export type Kind = LaterChange['kind']
/** `before` is null where there was no such object. */
export type Change = Readonly<{ before: PdfValue; after: PdfValue }>

/** From one revision to the next: what was changed, what of it is explained, and as what. */
export type Step = Readonly<{
  old: PdfFile
  next: PdfFile
  usage: Usage
  changed: ReadonlyMap<number, Change>
  explained: Set<number>
  kinds: Set<Kind>
  /** Fields and widgets of signatures that came with this revision. */
  widgets: Set<number>
  /** Something that no reader shows: information about the document. */
  about: { touched: boolean }
}>

const CONTAINERS: ReadonlySet<string | null> = new Set(['XRef', 'ObjStm'])
const containerType = (value: PdfValue): string | null => (isStream(value) ? nameAt(value.dict, 'Type') : null)

type Found = Change | 'same' | 'suspect'

/** One object of the revision, before and now. `suspect`: it is made of bytes that were signed already, is gone, or fills a reference that led nowhere. */
function look({ old, next, usage }: Pick<Step, 'old' | 'next' | 'usage'>, num: number): Found {
  const [was, is] = [old.object(num), next.object(num)]
  const [before, after] = [was?.value ?? null, is?.value ?? null]
  if (same(before, after) && was?.gen === is?.gen) return 'same'
  if (is === null) return 'suspect'
  const packed = next.entry(num)
  const holder = packed.kind === 'packed' ? next.object(packed.stream) : is
  if (holder?.offset === null || (holder?.offset ?? 0) < old.bytes.length) return 'suspect'
  if (was === null && usage.keysOf(num).size > 0) return 'suspect'
  if (CONTAINERS.has(containerType(after)) && (was === null || containerType(before) === containerType(after))) return 'same'
  return { before, after }
}

/** @throws AppError KS-010 */
export function newStep(old: PdfFile, next: PdfFile, usage: Usage): Step {
  const changed = new Map<number, Change>()
  const step: Step = { old, next, usage, changed, explained: new Set(), kinds: new Set(), widgets: new Set(), about: { touched: false } }
  const sections = next.revisions.at(-1)?.sections ?? []
  for (const num of new Set(sections.flatMap((section) => [...section.numbers()]))) {
    if (num === 0) continue
    try {
      const found = look(step, num)
      if (found === 'suspect') step.kinds.add('other')
      else if (found !== 'same') changed.set(num, found)
    } catch (error) {
      if (!(error instanceof AppError)) throw error
      step.kinds.add('other')
    }
  }
  return step
}

/** An object that came with this revision; nothing older refers to it. */
export const isFresh = ({ changed }: Step, num: number): boolean => changed.get(num)?.before === null

/** Everything new that can be reached from here belongs to what it hangs on. Stops at what was there before, and at the way back to page and group. */
export function explainFresh(step: Step, from: PdfValue): void {
  const waiting: PdfValue[] = [from]
  for (let value = waiting.pop(); value !== undefined; value = waiting.pop()) {
    if (typeof value !== 'object' || value === null) continue
    if (isRef(value)) {
      if (!isFresh(step, value.num) || step.explained.has(value.num)) continue
      step.explained.add(value.num)
      waiting.push(step.changed.get(value.num)?.after ?? null)
    } else if (value.kind === 'array') for (const item of value.items) waiting.push(item)
    else if (value.kind === 'stream') waiting.push(value.dict)
    else if (value.kind === 'dict') for (const [key, inner] of value.entries) if (key !== 'P' && key !== 'Parent') waiting.push(inner)
  }
}

/** Takes a changed object as explained where everything that ever referred to it did so under these keys. */
export function explainUsed(step: Step, value: PdfValue | undefined, keys: ReadonlySet<string>): boolean {
  if (!isRef(value) || !step.changed.has(value.num)) return true
  if (!isFresh(step, value.num) && ![...step.usage.keysOf(value.num)].every((key) => keys.has(key))) return false
  step.explained.add(value.num)
  return true
}

/** The keys under which two dictionaries differ. */
export function differing(before: ReadonlyMap<string, PdfValue>, after: ReadonlyMap<string, PdfValue>): readonly string[] {
  return [...new Set([...before.keys(), ...after.keys()])].filter((key) => !same(before.get(key) ?? null, after.get(key) ?? null))
}
