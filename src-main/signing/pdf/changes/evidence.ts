import { catalogOf } from '../file'
import { isDict, isRef, isStream, type PdfValue } from '../objects'
import { explainFresh, explainUsed, isFresh, type Step } from './step'

const KEYS: ReadonlySet<string> = new Set(['DSS', 'VRI', 'Certs', 'CRLs', 'OCSPs', 'Cert', 'CRL', 'OCSP'])
const INSIDE = ['Certs', 'CRLs', 'OCSPs', 'VRI'] as const
/** /DSS, /VRI, one of its entries, an array, a stream. */
const MOST_DEEP = 6

type Walk = Readonly<{ step: Step; seen: Set<number> }>

function walk(state: Walk, value: PdfValue | undefined, depth: number): void {
  const { step, seen } = state
  if (depth > MOST_DEEP || typeof value !== 'object' || value === null) return
  step.next.budget.step()
  if (isRef(value)) {
    if (seen.has(value.num)) return
    seen.add(value.num)
    const change = step.changed.get(value.num)
    // A stream that was there before is never replaced: it may be more than evidence.
    if (change && (isFresh(step, value.num) || !isStream(change.before)) && explainUsed(step, value, KEYS)) step.kinds.add('evidence')
    if (change && isFresh(step, value.num)) explainFresh(step, change.after)
    walk(state, step.next.resolve(value), depth)
  } else if (value.kind === 'array') for (const item of value.items) walk(state, item, depth + 1)
  else if (value.kind === 'dict') for (const inner of value.entries.values()) walk(state, inner, depth + 1)
}

/** Certificates, lists and answers that were put beside the signatures (EN 319 142-1 §5.4.2). @throws AppError KS-010 */
export function explainEvidence(step: Step): void {
  const root = catalogOf(step.next).entries.get('DSS')
  const dss = step.next.resolve(root)
  if (!isDict(dss)) return
  const state: Walk = { step, seen: new Set() }
  if (isRef(root) && step.changed.has(root.num) && explainUsed(step, root, KEYS)) step.kinds.add('evidence')
  for (const key of INSIDE) walk(state, dss.entries.get(key), 1)
}
