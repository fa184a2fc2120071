import { AppError } from '@contract/errors'
import { catalogOf, dictAt, type PdfFile } from './file'
import { signatureFieldsOf } from './fields'
import { dictOf, isArray, type PdfDict } from './objects'

/** Whether a signature says that nothing may be changed after it: /P 1 of a DocMDP reference (ISO 32000-1 §12.8.2.2). */
function forbids(file: PdfFile, signature: PdfDict): boolean {
  const references = file.resolve(signature.entries.get('Reference'))
  return isArray(references) && references.items.some((item) => {
    const reference = dictOf(file.resolve(item))
    const parameters = reference && dictAt(file, reference, 'TransformParams')
    return parameters ? file.resolve(parameters.entries.get('P')) === 1 : false
  })
}

/**
 * Refuses a document whose signer forbade every change, in a certification or in the lock of a signed field (/P 1, ISO 32000-2 §12.7.5.5).
 * @throws AppError KS-013
 */
export function refuseLocked(file: PdfFile): void {
  const permissions = dictAt(file, catalogOf(file), 'Perms')
  const certified = permissions && dictAt(file, permissions, 'DocMDP')
  const locked = signatureFieldsOf(file).some(({ dict, value }) => {
    const signature = dictOf(file.resolve(value))
    const lock = dictAt(file, dict, 'Lock')
    return signature !== null && (forbids(file, signature) || (lock ? file.resolve(lock.entries.get('P')) === 1 : false))
  })
  if (locked || (certified && forbids(file, certified))) throw new AppError('KS-013')
}
