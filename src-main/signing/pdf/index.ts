import { AppError } from '@contract/errors'
import type { Evidence, LaterChange, PdfSignature } from '../ports'
import { changesAfter } from './changes'
import { openBroken, openFile } from './file'
import { evidenceOf } from './evidence'
import { boxOf, countPages, findPage, type PageBox } from './pages'
import { signaturesOf } from './signatures'

export { addEvidence } from './evidence'
export { MAX_PDF_BYTES } from './limits'
export type { PageBox } from './pages'
export { CONTENTS_SIZE, embedSignature, type PrepareOptions, prepareSignature, prepareTimestamp } from './prepare'

/** Begins as a PDF does (a header within the first 1024 bytes). */
export const isPdf = (bytes: Uint8Array): boolean => Buffer.from(bytes.buffer, bytes.byteOffset, Math.min(bytes.length, 1024)).includes('%PDF-')

/** Has an /Encrypt in its trailer; false for what cannot be read. */
export function encrypted(bytes: Uint8Array): boolean {
  try {
    openBroken(bytes)
    return false
  } catch (error) {
    if (error instanceof AppError) return error.code === 'KS-011'
    throw error
  }
}

/** As the file tells it, also a broken one. @throws AppError KS-010 … KS-012 */
export const pageCount = (bytes: Uint8Array): number => countPages(openBroken(bytes))

/** Size in points of a page (from 1) as it is shown; a visible mark's box is given in the same way. @throws AppError KS-010 … KS-012 */
export function pageBox(bytes: Uint8Array, page: number): PageBox {
  const file = openBroken(bytes)
  return boxOf(file, findPage(file, page))
}

/** How many revisions it has. @throws AppError KS-010 … KS-012 */
export const revisionCount = (bytes: Uint8Array): number => openFile(bytes).revisions.length

/** The file as it was after revision n (from 1). @throws AppError KS-010 … KS-012 @throws RangeError for a revision that there is not */
export const revisionBytes = (bytes: Uint8Array, revision: number): Uint8Array => openFile(bytes).view(revision).bytes

/** All signatures and document timestamps, oldest first; of a file whose tables are broken what can be found, none of it well formed. @throws AppError KS-010 … KS-012 */
export const readSignatures = (bytes: Uint8Array): readonly PdfSignature[] => signaturesOf(openBroken(bytes))

/** What was changed after a signature, oldest first; empty when it covers the whole. @throws AppError KS-010 … KS-012 */
export const laterChanges = (bytes: Uint8Array, signature: PdfSignature): readonly LaterChange[] => changesAfter(openBroken(bytes), signature)

/** The two pieces that a signature covers; empty where its ranges lie outside the file. */
export function signedPieces(bytes: Uint8Array, { range: [a, b, c, d] }: Pick<PdfSignature, 'range'>): readonly [Uint8Array, Uint8Array] {
  return [bytes.subarray(a, a + b), bytes.subarray(c, c + d)]
}

/** What lies in the document's /DSS (EN 319 142-1 §5.4.2). @throws AppError KS-010 … KS-012 */
export const readEvidence = (bytes: Uint8Array): Evidence => evidenceOf(openBroken(bytes))
