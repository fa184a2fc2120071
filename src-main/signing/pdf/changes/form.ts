import { catalogOf, dictAt, type PdfFile } from '../file'
import { dict, isArray, isDict, isRef, isText, nameAt, type PdfDict, type PdfRef, type PdfValue, ref, same } from '../objects'
import { signatureOf } from '../signatures'
import { differing, explainFresh, explainUsed, isFresh, type Step } from './step'

/** What a field of a signature and its widget may have: nothing that acts, nothing that makes it a page. */
const FIELD_KEYS: ReadonlySet<string> = new Set([
  'Type', 'Subtype', 'FT', 'T', 'TU', 'TM', 'V', 'P', 'Rect', 'F', 'Ff', 'AP', 'AS', 'MK', 'DA', 'DR', 'Q', 'H', 'BS', 'Border', 'M', 'NM', 'Kids', 'Parent', 'Lock', 'SV', 'StructParent', 'C', 'Lang',
])
/** What signing changes in a field that waited for it. */
const SIGNING_KEYS: ReadonlySet<string> = new Set(['V', 'AP', 'AS', 'M', 'F', 'MK', 'DA'])
/** A quarter of an A4 sheet, in square points: what covers more is no mark. */
const LARGE = 125_000
const MOST_DEEP = 16
/** Some programs list the fields of a one-page form and the annotations of its page in one array. */
const LISTS: ReadonlySet<string> = new Set(['Fields', 'Annots'])

export type SignatureField = 'none' | 'empty' | 'signed'

/** Whether a dictionary is a field of a signature or its widget, and signed; kind and value may stand in a group above. */
export function signatureField(file: PdfFile, of: PdfDict): SignatureField {
  let node: PdfDict | null = of
  let kind: string | null = null
  let signed = false
  for (let depth = 0; node && depth < MOST_DEEP; depth += 1) {
    kind ??= nameAt(node, 'FT')
    signed ||= isDict(file.resolve(node.entries.get('V')))
    node = dictAt(file, node, 'Parent')
  }
  return kind !== 'Sig' ? 'none' : signed ? 'signed' : 'empty'
}

/** The signature under /V came with this revision and is in order in it. */
function newSignature(step: Step, at: PdfRef | null, field: PdfDict): 'signature' | 'timestamp' | null {
  const value = field.entries.get('V')
  const signature = step.next.resolve(value)
  if (!isDict(signature) || (isRef(value) && !isFresh(step, value.num)) || !isText(signature.entries.get('Contents'))) return null
  const made = signatureOf(step.next, { ref: at, dict: field, name: '', type: 'Sig', value: value ?? null, widgets: [] })
  return made?.wellFormed === true && made.revision === step.next.revisions.length ? made.kind : null
}

function area(step: Step, widget: PdfDict): number {
  const rect = step.next.resolve(widget.entries.get('Rect'))
  const [a, b, c, d] = isArray(rect) ? rect.items : []
  return typeof a === 'number' && typeof b === 'number' && typeof c === 'number' && typeof d === 'number' ? Math.abs((c - a) * (d - b)) : 0
}

const plain = ({ entries, twice }: PdfDict): boolean => !twice && [...entries.keys()].every((key) => FIELD_KEYS.has(key))

/** A widget of a new signature: itself and everything that is drawn in it. */
function takeWidget(step: Step, value: PdfValue): void {
  const widget = step.next.resolve(value)
  if (!isRef(value) || !isDict(widget) || !isFresh(step, value.num) || !plain(widget)) {
    step.kinds.add('other')
    return
  }
  step.widgets.add(value.num)
  explainFresh(step, value)
  if (area(step, widget) > LARGE) step.kinds.add('annotation')
}

function takeField(step: Step, value: PdfValue): void {
  const field = step.next.resolve(value)
  if (!isDict(field) || nameAt(field, 'FT') !== 'Sig' || !field.entries.has('V')) {
    step.kinds.add('form')
    explainFresh(step, value)
    return
  }
  const kids = step.next.resolve(field.entries.get('Kids'))
  const kind = newSignature(step, isRef(value) ? value : null, field)
  step.kinds.add(kind ?? 'other')
  for (const widget of [value, ...(isArray(kids) ? kids.items : [])]) takeWidget(step, widget)
}

function compareFields(step: Step, before: PdfDict, after: PdfDict): void {
  const value = after.entries.get('Fields')
  const [old, next] = [step.old.resolve(before.entries.get('Fields')), step.next.resolve(value)]
  const [was, is] = [isArray(old) ? old.items : [], isArray(next) ? next.items : []]
  if (!was.every((item, index) => same(item, is[index] ?? null)) || !explainUsed(step, value, LISTS)) step.kinds.add('form')
  else for (const item of is.slice(was.length)) takeField(step, item)
}

/** What the form has more or otherwise: fields of signatures, or something else. @throws AppError KS-010 */
export function explainForm(step: Step): void {
  const value = catalogOf(step.next).entries.get('AcroForm')
  const [before, after] = [dictAt(step.old, catalogOf(step.old), 'AcroForm'), dictAt(step.next, catalogOf(step.next), 'AcroForm')]
  if (!after) {
    if (before) step.kinds.add('form')
    return
  }
  const was = before ?? dict({})
  if (after.twice || !explainUsed(step, value, new Set(['AcroForm']))) step.kinds.add('form')
  for (const key of differing(was.entries, after.entries)) {
    if ((key === 'DR' || key === 'DA') && !was.entries.has(key)) explainFresh(step, after.entries.get(key) ?? null)
    else if (key !== 'Fields' && key !== 'SigFlags') step.kinds.add('form')
  }
  compareFields(step, was, after)
}

/** A field that waited for its signature and has it now, or its widget. Answers whether it was that and nothing more. @throws AppError KS-010 */
export function explainSigning(step: Step, num: number, before: PdfDict, after: PdfDict): boolean {
  if (signatureField(step.old, before) !== 'empty' || signatureField(step.next, after) !== 'signed' || after.twice) return false
  if (!differing(before.entries, after.entries).every((key) => SIGNING_KEYS.has(key))) return false
  if (after.entries.has('V')) {
    const kind = newSignature(step, ref(num), after)
    if (!kind) return false
    step.kinds.add(kind)
  }
  step.explained.add(num)
  for (const key of SIGNING_KEYS) explainFresh(step, after.entries.get(key) ?? null)
  return true
}
