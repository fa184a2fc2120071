import { AppError } from '@contract/errors'
import type { PageId, Sha256, UploadId } from '@contract/ids'
import type { PageView } from '@contract/pages'
import { IMAGE_LIMITS } from '../pages'
import type { PictureComing, PictureUploads } from './desk-types'
import { removeUnneeded } from './files'
import type { KeptThread } from './pages-thread'
import type { DeskDeps } from './ports'
import { addPages } from './taking'
import { pageViews } from './views'
import type { Work } from './work'

export type PicturesDeps = DeskDeps & Readonly<{ uploads: PictureUploads; thread: KeptThread; work: Pick<Work, 'wake'> }>

export type Pictures = Readonly<{
  begin(input: PictureComing): Promise<UploadId>
  finish(uploadId: UploadId): Promise<PageView[]>
}>

/** Pictures that were begun and never finished are forgotten beyond so many: their uploads are long given up. */
const MOST_BEGUN = 500

/** Pictures of a camera, and files that were chosen or dropped, as pages. */
export function createPictures(deps: PicturesDeps): Pictures {
  const { store, documents, uploads, thread, work } = deps
  const begun = new Map<UploadId, Pick<PictureComing, 'origin' | 'wishes'>>()

  const framesOf = async (sha256: Sha256): Promise<number> => {
    const bytes = await documents.readAll(sha256, IMAGE_LIMITS.bytes)
    return thread.use((pages) => pages.count({ source: { bytes }, page: 0, dpi: null }))
  }
  /** What is no page leaves nothing behind. */
  const orRemove = async <T>(sha256: Sha256, act: () => Promise<T>): Promise<T> => {
    try {
      return await act()
    } catch (error) {
      await removeUnneeded({ read: store.read, documents }, sha256)
      throw error
    }
  }

  return {
    begin: async ({ origin, wishes, ...file }) => {
      const id = await uploads.begin(file)
      const [oldest] = begun.keys()
      if (begun.size >= MOST_BEGUN && oldest !== undefined) begun.delete(oldest)
      begun.set(id, { origin, wishes })
      return id
    },
    finish: async (uploadId) => {
      const wish = begun.get(uploadId)
      if (!wish) throw new AppError('TEP-006')
      const { sha256, mediaType, draftId, component } = await uploads.settle(uploadId)
      begun.delete(uploadId)
      const ids = await orRemove(sha256, async (): Promise<PageId[]> => {
        // A PDF may be signed: it stays a document of its own, byte for byte.
        if (mediaType === 'application/pdf') throw new AppError('TEP-001')
        const frames = mediaType === 'image/tiff' ? await framesOf(sha256) : 1
        return addPages(deps, { sha256, frames, dpi: null }, {
          draftId, jobId: uploadId, origin: { kind: wish.origin, simulated: false }, paper: 'whole', skipBlank: false, wishes: wish.wishes, first: 1, component: () => component,
        })
      })
      work.wake()
      return pageViews(store.read, draftId).filter(({ id }) => ids.includes(id))
    },
  }
}
