import { type ScanImage } from '@contract/capture'
import { AppError } from '@contract/errors'
import { captureErrors } from '@contract/errors/capture'
import { storageErrors } from '@contract/errors/storage'
import { constants, copyFile, lstat, rename, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { pageName } from '../names'
import { MOST_BYTES, repairHeight, wholePage } from '../page'
import { dpiLikeA4 } from '../paper'
import { type ScanEvent } from '../types'

const ENDINGS: Readonly<Record<ScanImage['mediaType'], string>> = {
  'image/jpeg': 'jpg', 'image/png': 'png', 'image/tiff': 'tif', 'image/x-portable-anymap': 'pnm', 'application/pdf': 'pdf',
}
/** What a PDF's pages are taken as; it carries its own sizes. */
const PDF_DPI = 300

/** Copies one picture or PDF into the folder as a page. The original is never touched. @throws AppError QT-011, QT-013, LUU-013 */
export async function importFile(path: string, folder: string, number: number): Promise<ScanImage> {
  const part = join(folder, pageName(number, 'part'))
  try {
    const found = await lstat(path).catch(() => null)
    if (!found?.isFile()) throw new AppError(captureErrors.badImage)
    if (found.size > MOST_BYTES) throw new AppError(captureErrors.tooLarge)
    await copyFile(path, part, constants.COPYFILE_EXCL | constants.COPYFILE_FICLONE)
    await repairHeight(part)
    const { mediaType, width, height, dpi } = await wholePage(part)
    const file = join(folder, pageName(number, ENDINGS[mediaType]))
    await rename(part, file)
    return { number, file, mediaType, dpi: dpi ?? (width && height ? dpiLikeA4({ width, height }) : PDF_DPI), side: null }
  } catch (error) {
    await rm(part, { force: true })
    throw translate(error)
  }
}

function translate(error: unknown): unknown {
  if (error instanceof AppError || !(error instanceof Error) || !('code' in error)) return error
  if (error.code === 'ENOSPC' || error.code === 'EDQUOT') return new AppError(storageErrors.diskFull, {}, { cause: error })
  return new AppError(error.code === 'EACCES' || error.code === 'EPERM' ? captureErrors.noAccess : captureErrors.badImage, {}, { cause: error })
}

/** Chosen files as pages, in the order given. The first that is no page ends it; those before are kept. */
export async function* importFiles(paths: readonly string[], folder: string, signal: AbortSignal): AsyncGenerator<ScanEvent, void, undefined> {
  let pages = 0
  for (const path of paths) {
    if (signal.aborted) throw new AppError(captureErrors.cancelled)
    yield { kind: 'page-started', number: pages + 1 }
    const image = await importFile(path, folder, pages + 1)
    pages += 1
    yield { kind: 'page', image }
  }
  yield { kind: 'ended', pages, reason: 'done' }
}
