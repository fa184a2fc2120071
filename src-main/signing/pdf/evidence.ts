import { createHash } from 'node:crypto'
import type { Evidence } from '../ports'
import { catalogOf, dictAt, openFile, type PdfFile } from './file'
import { contentOf } from './filters'
import { type Increment, newIncrement } from './increment'
import { broken } from './limits'
import { refuseLocked } from './locks'
import { array, dict, isArray, isStream, name, type PdfDict, type PdfValue, stream, withEntries } from './objects'
import { rootOf } from './prepare'

/** ISO 32000-2 §12.8.4.3; the extension that PAdES tells of in a PDF 1.7 (EN 319 142-1 §5.6). */
const ESIC = dict({ BaseVersion: name('1.7'), ExtensionLevel: 1 })
const KEYS = { certificates: 'Certs', lists: 'CRLs', ocsp: 'OCSPs' } as const
const MOST = 10_000

const itemsOf = (file: PdfFile, dss: PdfDict | null, key: string): readonly PdfValue[] => {
  const found = dss ? file.resolve(dss.entries.get(key)) : null
  const items = isArray(found) ? found.items : []
  if (items.length > MOST) throw broken('too much evidence')
  return items
}

function contents(file: PdfFile, items: readonly PdfValue[]): readonly Uint8Array[] {
  return items.flatMap((item) => {
    const found = file.resolve(item)
    return isStream(found) ? [contentOf(found, file.budget)] : []
  })
}

/** What lies in the /DSS of a file. @throws AppError KS-010 */
export function evidenceOf(file: PdfFile): Evidence {
  const dss = dictAt(file, catalogOf(file), 'DSS')
  const read = (key: string): readonly Uint8Array[] => contents(file, itemsOf(file, dss, key))
  return { certificates: read(KEYS.certificates), lists: read(KEYS.lists), ocsp: read(KEYS.ocsp) }
}

const digest = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex')

/** References to what is new of these; each is put once. */
function added(increment: Increment, had: readonly Uint8Array[], given: readonly Uint8Array[]): readonly PdfValue[] {
  const known = new Set(had.map(digest))
  return given.flatMap((bytes) => {
    const mark = digest(bytes)
    if (known.has(mark)) return []
    known.add(mark)
    const at = increment.fresh()
    increment.put(at, stream({}, bytes))
    return [at]
  })
}

/**
 * An increment whose /DSS has this evidence beside what was there; the same bytes when there is nothing new in it.
 * @throws AppError KS-010 … KS-013
 */
export function addEvidence(bytes: Uint8Array, evidence: Evidence): Uint8Array {
  const file = openFile(bytes)
  refuseLocked(file)
  const increment = newIncrement(file)
  const catalog = catalogOf(file)
  const before = dictAt(file, catalog, 'DSS')
  const had = evidenceOf(file)
  const changes: Record<string, PdfValue> = {}
  for (const part of ['certificates', 'lists', 'ocsp'] as const) {
    const fresh = added(increment, had[part], evidence[part])
    if (fresh.length > 0) changes[KEYS[part]] = array([...itemsOf(file, before, KEYS[part]), ...fresh])
  }
  if (Object.keys(changes).length === 0) return bytes
  // A new object each time: nothing that stood in a signed revision is given another meaning.
  const at = increment.fresh()
  increment.put(at, withEntries(before ?? dict({ Type: name('DSS') }), changes))
  const extensions = dictAt(file, catalog, 'Extensions') ?? dict({})
  const told = extensions.entries.has('ESIC') ? {} : { Extensions: withEntries(extensions, { ESIC }) }
  increment.put(rootOf(file), withEntries(catalog, { DSS: at, ...told }))
  return increment.build().bytes
}
