import { createReadStream } from 'node:fs'
import { stat } from 'node:fs/promises'
import { AppError } from '@contract/errors'
import { type DraftId, Instant, type PageId, type Sha256 } from '@contract/ids'
import type { PageWishes, ScanPaper } from '@contract/pages'
import type { Documents, Reader } from '../../storage'
import { removeUnneeded } from './files'
import type { DeskDeps, Origin } from './ports'
import { insertPage, newPageId } from './rows'

/** A picture whose bytes are safe in the document store. */
export type SafePicture = Readonly<{ sha256: Sha256; /** 1 but for a TIFF of several */ frames: number; dpi: number | null }>

export type PageOrder = Readonly<{
  draftId: DraftId; jobId: string; origin: Origin; paper: ScanPaper; skipBlank: boolean; wishes: PageWishes
  /** Number of the picture's first page in its job, from 1. */
  first: number
  /** Asked when the rows are written. */
  component(): string
}>

/** A page file into the encrypted store, piece by piece. @throws AppError LUU-013, LUU-014 */
export async function storeFile(documents: Documents, file: string): Promise<Sha256> {
  const { size } = await stat(file)
  const writer = documents.writer(size)
  try {
    for await (const piece of createReadStream(file, { highWaterMark: 1024 * 1024 })) await writer.write(piece as Uint8Array)
    return (await writer.finish()).sha256
  } catch (error) {
    await writer.abort()
    throw error
  }
}

const stateOf = (reader: Reader, draftId: DraftId): string | undefined => reader.get('SELECT state FROM draft WHERE id = ?', [draftId], (row) => row.text('state'))

/**
 * Writes the rows of a picture's pages. A draft that was discarded meanwhile gets them all the same, for it may be taken back.
 * @throws AppError HS-001 when the draft is not open any more
 */
export async function addPages({ store, documents, clock, changed }: DeskDeps, { sha256, frames, dpi }: SafePicture, order: PageOrder): Promise<PageId[]> {
  const { draftId, jobId, origin, paper, skipBlank, wishes, first } = order
  try {
    const { state, ids } = store.write((tx) => {
      const found = stateOf(tx, draftId)
      if (found === undefined || found === 'committed') return { state: found, ids: [] }
      const addedAt = Instant.parse(clock.now().toISOString())
      const made = Array.from({ length: frames }, (_, page): PageId => {
        const id = newPageId()
        insertPage(tx, { id, draftId, component: order.component(), jobId, number: first + page, origin, original: { sha256, page, dpi }, paper, skipBlank, wishes, addedAt })
        return id
      })
      return { state: found, ids: made }
    })
    if (state !== 'open') throw new AppError('HS-001')
    changed({ kind: 'pages', draftId })
    return ids
  } catch (error) {
    // No row names it (a full disk, a draft that was received): what nobody would ever find is not left behind. The first failure is the one to tell.
    await removeUnneeded({ read: store.read, documents }, sha256).catch(() => undefined)
    throw error
  }
}
