import type { LaterChange, PdfSignature } from '../../ports'
import { blank } from '../chain'
import { catalogOf, type PdfFile } from '../file'
import { isArray, isDict, isRef, isStream, nameAt, type PdfDict, type PdfValue, same } from '../objects'
import { explainEvidence } from './evidence'
import { explainForm, explainSigning, signatureField } from './form'
import { differing, explainFresh, explainUsed, isFresh, type Kind, newStep, type Step } from './step'
import { type Usage, usageOf } from './usage'

const HARMLESS: ReadonlySet<Kind> = new Set(['evidence', 'timestamp', 'signature'])
const ANNOTS: ReadonlySet<string> = new Set(['Annots'])
/** How an annotation looks: normal, rolled over, pressed. */
const LOOKS: ReadonlySet<string> = new Set(['N', 'R', 'D'])
/** Of a page: what a reader does not show. */
const UNSEEN: ReadonlySet<string> = new Set(['LastModified', 'Tabs'])

/** Only widgets of new signatures may have come to the annotations of a page. */
function compareAnnotations(step: Step, before: PdfValue, after: PdfValue): void {
  const [was, is] = [isArray(before) ? before.items : [], isArray(after) ? after.items : []]
  const added = was.every((item, index) => same(item, is[index] ?? null)) ? is.slice(was.length) : null
  if (added?.every((item) => isRef(item) && step.widgets.has(item.num)) === true) return
  step.kinds.add('annotation')
  for (const item of added ?? is) explainFresh(step, item)
}

function comparePage(step: Step, before: PdfDict, after: PdfDict): void {
  if (after.twice) step.kinds.add('pages')
  for (const key of differing(before.entries, after.entries)) {
    if (key === 'Annots') {
      const value = after.entries.get('Annots') ?? null
      if (!explainUsed(step, value, ANNOTS)) step.kinds.add('pages')
      compareAnnotations(step, step.old.resolve(before.entries.get('Annots')), step.next.resolve(value))
    } else if (!UNSEEN.has(key)) step.kinds.add('pages')
  }
}

/** Information about the document, that no reader shows beside its pages. */
function isAbout({ next, usage }: Step, num: number, before: PdfValue): boolean {
  const keys = [...usage.keysOf(num)]
  const info = next.trailer.entries.get('Info')
  if (isRef(info) && info.num === num) return isDict(before) && keys.every((key) => key === 'Info')
  return isStream(before) && nameAt(before.dict, 'Type') === 'Metadata' && keys.every((key) => key === 'Metadata')
}

const isAnnotation = (dict: PdfDict): boolean => nameAt(dict, 'Type') === 'Annot' || (dict.entries.has('Rect') && dict.entries.has('Subtype'))

/** What the change of a dictionary means that is nothing of the kind that signing makes. */
function kindOfDict(step: Step, before: PdfDict): Kind {
  const type = nameAt(before, 'Type')
  const signature = signatureField(step.old, before)
  if (type === 'Sig' || type === 'DocTimeStamp' || signature === 'signed') return 'other'
  if (signature === 'empty' || before.entries.has('FT') || (nameAt(before, 'Subtype') === 'Widget')) return 'form'
  if (isAnnotation(before)) return 'annotation'
  return type === 'Page' || type === 'Pages' ? 'pages' : 'other'
}

/** An object that was there and is another now. */
function judge(step: Step, num: number, before: PdfValue, after: PdfValue): void {
  const keys = [...step.usage.keysOf(num)]
  if (isAbout(step, num, before) && isStream(before) === isStream(after)) step.about.touched = true
  else if (isDict(before) && isDict(after) && nameAt(before, 'Type') === 'Page' && nameAt(after, 'Type') === 'Page') comparePage(step, before, after)
  else if (isDict(before) && isDict(after) && explainSigning(step, num, before, after)) return
  else if (isArray(before) && isArray(after) && keys.length > 0 && keys.every((key) => ANNOTS.has(key))) compareAnnotations(step, before, after)
  else if (isDict(before)) {
    step.kinds.add(kindOfDict(step, before))
    explainFresh(step, after)
  } else step.kinds.add(isStream(before) ? (keys.length > 0 && keys.every((key) => LOOKS.has(key)) ? 'annotation' : 'pages') : 'other')
  step.explained.add(num)
}

/** The catalog may have evidence, a form and an extension more. */
function compareCatalogs(step: Step): void {
  const [was, is] = [step.old.trailer.entries.get('Root') ?? null, step.next.trailer.entries.get('Root') ?? null]
  const [before, after] = [catalogOf(step.old), catalogOf(step.next)]
  if (!same(was, is) || after.twice) step.kinds.add('other')
  if (isRef(is)) step.explained.add(is.num)
  for (const key of differing(before.entries, after.entries)) {
    const value = after.entries.get(key) ?? null
    if (key === 'DSS' && after.entries.has('DSS')) step.kinds.add('evidence')
    else if (key === 'Extensions' || key === 'Version') explainUsed(step, value, new Set(['Extensions']))
    else if (key === 'Metadata') explainFresh(step, value)
    else if (key !== 'AcroForm') step.kinds.add(key === 'Pages' ? 'pages' : 'other')
    if (key === 'Metadata') step.about.touched = true
  }
}

/** The dictionary of information may be a new one. */
function compareInformation(step: Step): void {
  const info = step.next.trailer.entries.get('Info') ?? null
  if (same(info, step.old.trailer.entries.get('Info') ?? null)) return
  explainFresh(step, info)
  step.about.touched = true
}

/** All that one revision changed. @throws AppError KS-010 */
function kindsOf(old: PdfFile, next: PdfFile, usage: Usage): ReadonlySet<Kind> {
  const step = newStep(old, next, usage)
  compareCatalogs(step)
  compareInformation(step)
  explainEvidence(step)
  explainForm(step)
  for (const [num, { before, after }] of step.changed) if (!step.explained.has(num) && !isFresh(step, num)) judge(step, num, before, after)
  const seen = [...step.kinds].some((kind) => !HARMLESS.has(kind))
  // New objects that nothing explains hang on what was told already, or nobody knows what they are for.
  const unexplained = [...step.changed.keys()].some((num) => !step.explained.has(num))
  if ((unexplained && !seen) || (step.about.touched && step.kinds.size === 0)) step.kinds.add('other')
  for (const { after } of step.changed.values()) usage.add(after)
  return step.kinds
}

const ORDER: readonly Kind[] = ['pages', 'annotation', 'form', 'other', 'signature', 'timestamp', 'evidence']

/**
 * What was changed in a file after a signature, object by object between its revisions; what a reader sees comes first in each.
 * A signature that is not in order counts as changed.
 * @throws AppError KS-010
 */
export function changesAfter(file: PdfFile, { revision, wellFormed }: PdfSignature): readonly LaterChange[] {
  const count = file.revisions.length
  if (!wellFormed || file.rebuilt || revision < 1 || revision > count) return [{ kind: 'other', revision: Math.min(Math.max(revision, 1), count) }]
  const out: LaterChange[] = []
  const behind = file.revisions.at(-1)?.end ?? 0
  const trailing = !blank(file.bytes, behind, file.bytes.length)
  if (revision < count || trailing) {
    const signed = file.view(revision)
    const usage = usageOf(signed, file.bytes)
    if (usage.openEnded) out.push({ kind: 'other', revision: Math.min(revision + 1, count) })
    for (let at = revision, old = signed; at < count; at += 1) {
      const next = file.view(at + 1)
      const kinds = kindsOf(old, next, usage)
      out.push(...ORDER.filter((kind) => kinds.has(kind)).map((kind) => ({ kind, revision: at + 1 })))
      old = next
    }
  }
  if (trailing) out.push({ kind: 'other', revision: count })
  return out
}
