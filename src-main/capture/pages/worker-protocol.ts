import type { ErrorCode, ErrorParams } from '@contract/errors'
import type { FoundPage } from './find/find-page'
import type { PageWish, ProcessedPage, Thumbnail } from './process'

/** Where a picture lies: on the disk, or in memory (a camera's frame; the bytes go over to the thread). */
export type PictureSource = Readonly<{ file: string } | { bytes: Uint8Array }>

/** A page as it comes back from the thread: without its pixels. */
export type FinishedPage = Omit<ProcessedPage, 'image'>

export type Picture = Readonly<{ source: PictureSource; /** from 0, in a TIFF of several */ page: number; /** where the file does not tell */ dpi: number | null }>

export type Question =
  | Readonly<{ kind: 'warm' }>
  | Readonly<{ kind: 'count'; picture: Picture }>
  | Readonly<{ kind: 'corners'; picture: Picture }>
  | Readonly<{ kind: 'page'; picture: Picture; wish: PageWish }>

export type Ask = Question & Readonly<{ id: number }>

export type Result =
  | Readonly<{ kind: 'done' }>
  | Readonly<{ kind: 'counted'; pages: number }>
  | Readonly<{ kind: 'corners'; found: FoundPage | null; pixels: number }>
  | Readonly<{ kind: 'page'; page: FinishedPage; pixels: number }>

export type Answer = Readonly<{ id: number }> & (
  | Result
  /** Comes before the page, as soon as the picture is decoded. */
  | Readonly<{ kind: 'thumbnail'; thumbnail: Thumbnail }>
  | Readonly<{ kind: 'refused'; code: ErrorCode; params: ErrorParams }>
  | Readonly<{ kind: 'failed'; message: string }>
)
