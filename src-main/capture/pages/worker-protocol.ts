import type { ErrorCode, ErrorParams } from '@contract/errors'
import type { FoundPage } from './find/find-page'
import type { Fingerprint } from './fingerprint'
import type { FrameLook } from './frame-look'
import type { PageWish, ProcessedPage, Thumbnail } from './process'
import type { Bits, Grey } from './raster'

/** Where a picture lies: on the disk, or in memory (a camera's frame; the bytes go over to the thread). */
export type PictureSource = Readonly<{ file: string } | { bytes: Uint8Array }>

/** A page as it comes back from the thread: without its pixels. `codes`: texts of the QR codes on it; `twinOf`: the first of the others that is the same sheet. */
export type FinishedPage = Omit<ProcessedPage, 'image'> & Readonly<{ codes: readonly string[]; twinOf: string | null }>

/** An earlier page that a page is compared with. */
export type OtherPage = Readonly<{ id: string; fingerprint: Fingerprint }>

/** A picture that any window can show. */
export type ShownPicture = Readonly<{ mediaType: 'image/jpeg' | 'image/png'; bytes: Uint8Array; width: number; height: number }>

export type Picture = Readonly<{ source: PictureSource; /** from 0, in a TIFF of several */ page: number; /** where the file does not tell */ dpi: number | null }>

export type Question =
  | Readonly<{ kind: 'warm' }>
  | Readonly<{ kind: 'count'; picture: Picture }>
  | Readonly<{ kind: 'corners'; picture: Picture }>
  | Readonly<{ kind: 'look'; picture: Picture }>
  | Readonly<{ kind: 'pixels'; picture: Picture }>
  | Readonly<{ kind: 'picture'; picture: Picture; /** pixels of its longer side */ most: number }>
  | Readonly<{ kind: 'page'; picture: Picture; wish: PageWish; lookForCodes: boolean; others: readonly OtherPage[] }>

export type Ask = Question & Readonly<{ id: number }>

export type Result =
  | Readonly<{ kind: 'done' }>
  | Readonly<{ kind: 'counted'; pages: number }>
  | Readonly<{ kind: 'corners'; found: FoundPage | null; pixels: number }>
  | Readonly<{ kind: 'looked'; look: FrameLook }>
  | Readonly<{ kind: 'pixels'; image: Grey | Bits; pixels: number }>
  | Readonly<{ kind: 'picture'; shown: ShownPicture; pixels: number }>
  | Readonly<{ kind: 'page'; page: FinishedPage; pixels: number }>

export type Answer = Readonly<{ id: number }> & (
  | Result
  /** Comes before the page, as soon as the picture is decoded. */
  | Readonly<{ kind: 'thumbnail'; thumbnail: Thumbnail }>
  | Readonly<{ kind: 'refused'; code: ErrorCode; params: ErrorParams }>
  | Readonly<{ kind: 'failed'; message: string }>
)
