import { AppError } from '@contract/errors'
import type { PageId, Sha256 } from '@contract/ids'
import type { CameraLook } from '@contract/pages'
import { imageKind, IMAGE_LIMITS } from '../pages'
import type { PageImage } from '../text'
import type { KeptThread } from './pages-thread'
import type { DeskDeps } from './ports'
import { getPage, type PageRow } from './rows'
import { thumbnailOf } from './work-rows'

export type PicturesOut = Readonly<{
  /** @throws AppError LUU-021 while there is none */
  thumbnail(pageId: PageId): Uint8Array
  image(pageId: PageId, original: boolean): Promise<Readonly<{ bytes: Uint8Array; mediaType: string }>>
  /** What text is read from. */
  pixels(page: PageRow): Promise<PageImage>
  look(frame: Uint8Array): Promise<CameraLook>
}>

/** Pixels of the longer side of a picture on the screen, and bytes up to which a file goes to the window as it is: corners are set on an original's own pixels. */
const SHOWN = { side: 2_400, bytes: 3 * 1024 * 1024, original: 24 * 1024 * 1024 } as const
/** The largest frame of a camera that is looked at, in bytes: an outline needs no more. */
const MOST_FRAME = 8 * 1024 * 1024

type File = Readonly<{ sha256: Sha256 | null; page: number; dpi: number | null }>

/** The file of a page that is to be shown: what was made of it, or the picture as it came, also while nothing is made. */
function fileOf({ made, original }: PageRow, asItCame: boolean): File {
  return asItCame || !made ? original : { sha256: made.sha256, page: 0, dpi: made.dpi }
}

/** Pictures of pages for the window and for the reader of text. `aside` answers while pages are worked on, `thread` between two of them. */
export function createPicturesOut({ store, documents, thread, aside }: DeskDeps & Readonly<{ thread: KeptThread; aside: KeptThread }>): PicturesOut {
  const bytesOf = async ({ sha256 }: File): Promise<Uint8Array> => {
    if (sha256 === null) throw new AppError('LUU-021')
    return documents.readAll(sha256, IMAGE_LIMITS.bytes)
  }
  return {
    thumbnail: (pageId) => {
      const jpeg = thumbnailOf(store.read, pageId)
      if (!jpeg) throw new AppError('LUU-021')
      return jpeg
    },
    image: async (pageId, original) => {
      const file = fileOf(getPage(store.read, pageId), original)
      const bytes = await bytesOf(file)
      const kind = imageKind(bytes)
      if ((kind === 'image/jpeg' || kind === 'image/png') && bytes.length <= (original ? SHOWN.original : SHOWN.bytes)) return { bytes, mediaType: kind }
      return aside.use((pages) => pages.picture({ source: { bytes }, page: file.page, dpi: file.dpi }, SHOWN.side))
    },
    pixels: async ({ made }) => {
      if (!made) throw new AppError('LUU-021')
      const bytes = await bytesOf({ sha256: made.sha256, page: 0, dpi: made.dpi })
      return thread.use((pages) => pages.pixels({ source: { bytes }, page: 0, dpi: made.dpi }))
    },
    look: async (frame) => {
      if (frame.length > MOST_FRAME) throw new AppError('QT-013', { bytes: frame.length })
      const { corners, ...seen } = await aside.use((pages) => pages.look({ source: { bytes: frame }, page: 0, dpi: null }))
      return { ...seen, corners: corners && [corners[0], corners[1], corners[2], corners[3]] }
    },
  }
}
