import { existsSync } from 'node:fs'
import type { FoundPage } from './find/find-page'
import type { FrameLook } from './frame-look'
import type { PageWish } from './process'
import type { Bits, Grey } from './raster'
import { type Progress, startThread, type ThreadLimits } from './thread'
import type { FinishedPage, OtherPage, Picture, Question, Result, ShownPicture } from './worker-protocol'

export type PageOptions = Readonly<{
  /** Gets a thumbnail as soon as the picture is decoded. */
  progress?: Progress
  signal?: AbortSignal
  /** Reads QR codes on the page. 15 ms */
  lookForCodes?: boolean
  /** Earlier pages, to tell the same sheet taken twice. */
  others?: readonly OtherPage[]
}>

export type Pages = Readonly<{
  /** Loads thread and codec, so that the first page does not wait for them. */
  warm(): Promise<void>
  /** Pages in a picture file: 1 but for TIFF. @throws AppError QT-010 … QT-013 */
  count(picture: Picture): Promise<number>
  /** Where the page lies in a camera's picture; null when none is seen whole. @throws AppError QT-010 … QT-013 */
  corners(picture: Picture, options?: { signal?: AbortSignal }): Promise<FoundPage | null>
  /** What a camera sees at this moment, in a small frame of it. 40 ms. @throws AppError QT-010 … QT-013 */
  look(picture: Picture): Promise<FrameLook>
  /** Pixels to read text from: bits where there are no more than two greys, else grey. @throws AppError QT-010 … QT-013 */
  pixels(picture: Picture): Promise<Grey | Bits>
  /** Any picture as one that a window can show, its longer side `most` pixels at the most. @throws AppError QT-010 … QT-013 */
  picture(picture: Picture, most: number): Promise<ShownPicture>
  /** One page, made straight and small. @throws AppError QT-010 … QT-013 */
  page(picture: Picture, wish: PageWish, options?: PageOptions): Promise<FinishedPage>
  close(): Promise<void>
}>

/**
 * Pages worked on away from the core's main thread, one after the other.
 * @param workerFile the bundled `worker.ts`
 */
export function createPages({ workerFile, limits }: { workerFile: URL; limits?: ThreadLimits }): Pages {
  if (!existsSync(workerFile)) throw new Error('the pages thread is not built')
  const thread = startThread(workerFile, limits)
  const ask = async <Kind extends Result['kind']>(kind: Kind, question: Question, options: { progress?: Progress; signal?: AbortSignal } = {}): Promise<Extract<Result, { kind: Kind }>> => {
    const result = await thread.ask(question, options)
    if (result.kind !== kind) throw new Error(`the pages thread answered ${result.kind}`)
    return result as Extract<Result, { kind: Kind }>
  }
  return {
    warm: async () => void (await ask('done', { kind: 'warm' })),
    count: async (picture) => (await ask('counted', { kind: 'count', picture })).pages,
    corners: async (picture, options) => (await ask('corners', { kind: 'corners', picture }, options)).found,
    look: async (picture) => (await ask('looked', { kind: 'look', picture })).look,
    pixels: async (picture) => (await ask('pixels', { kind: 'pixels', picture })).image,
    picture: async (picture, most) => (await ask('picture', { kind: 'picture', picture, most })).shown,
    page: async (picture, wish, { lookForCodes = false, others = [], ...options } = {}) => (await ask('page', { kind: 'page', picture, wish, lookForCodes, others }, options)).page,
    close: () => thread.close(),
  }
}
