import { existsSync } from 'node:fs'
import type { FoundPage } from './find/find-page'
import type { PageWish } from './process'
import { type Progress, startThread, type ThreadLimits } from './thread'
import type { FinishedPage, Picture, Question, Result } from './worker-protocol'

export type Pages = Readonly<{
  /** Loads thread and codec, so that the first page does not wait for them. */
  warm(): Promise<void>
  /** Pages in a picture file: 1 but for TIFF. @throws AppError QT-010 … QT-013 */
  count(picture: Picture): Promise<number>
  /** Where the page lies in a camera's picture; null when none is seen whole. @throws AppError QT-010 … QT-013 */
  corners(picture: Picture, options?: { signal?: AbortSignal }): Promise<FoundPage | null>
  /** One page, made straight and small; `progress` gets a thumbnail as soon as the picture is decoded. @throws AppError QT-010 … QT-013 */
  page(picture: Picture, wish: PageWish, options?: { progress?: Progress; signal?: AbortSignal }): Promise<FinishedPage>
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
    page: async (picture, wish, options) => (await ask('page', { kind: 'page', picture, wish }, options)).page,
    close: () => thread.close(),
  }
}
