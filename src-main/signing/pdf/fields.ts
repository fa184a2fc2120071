import { catalogOf, dictAt, type PdfFile } from './file'
import { isArray, isDict, isName, isRef, type PdfDict, type PdfRef, type PdfValue } from './objects'
import { readText } from './text'

/** A field of the form that is none of a group: its full name, kind, and value, from above where it has none itself. */
export type Field = Readonly<{ ref: PdfRef | null; dict: PdfDict; name: string; type: string | null; value: PdfValue; widgets: readonly PdfValue[] }>

const MOST_DEEP = 32

type Above = Readonly<{ name: string; type: string | null; value: PdfValue }>
type Walk = Readonly<{ file: PdfFile; seen: Set<number>; out: Field[] }>

function under(file: PdfFile, dict: PdfDict, above: Above): Above {
  const own = readText(file.resolve(dict.entries.get('T')))
  const type = file.resolve(dict.entries.get('FT'))
  return {
    name: own === null ? above.name : above.name === '' ? own : `${above.name}.${own}`,
    type: isName(type) ? type.name : above.type,
    value: dict.entries.get('V') ?? above.value,
  }
}

function visit(walk: Walk, node: PdfValue, above: Above, depth: number): void {
  const { file, seen, out } = walk
  file.budget.step()
  if (isRef(node)) {
    if (seen.has(node.num)) return
    seen.add(node.num)
  }
  const dict = file.resolve(node)
  if (!isDict(dict) || depth > MOST_DEEP) return
  const here = under(file, dict, above)
  const listed = file.resolve(dict.entries.get('Kids'))
  const kids = isArray(listed) ? listed.items : []
  const named = kids.filter((kid) => {
    const under = file.resolve(kid)
    return isDict(under) && under.entries.has('T')
  })
  if (named.length === 0) out.push({ ref: isRef(node) ? node : null, dict, ...here, widgets: kids.length === 0 ? [node] : kids })
  for (const kid of named) visit(walk, kid, here, depth + 1)
}

/** All fields of the document's form. @throws AppError KS-010 */
export function fieldsOf(file: PdfFile): readonly Field[] {
  const form = dictAt(file, catalogOf(file), 'AcroForm')
  const roots = form ? file.resolve(form.entries.get('Fields')) : null
  const walk: Walk = { file, seen: new Set(), out: [] }
  for (const root of isArray(roots) ? roots.items : []) visit(walk, root, { name: '', type: null, value: null }, 0)
  return walk.out
}

export const signatureFieldsOf = (file: PdfFile): readonly Field[] => fieldsOf(file).filter(({ type }) => type === 'Sig')
