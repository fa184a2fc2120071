import { type ScanImage } from '@contract/capture'
import { AppError } from '@contract/errors'
import { captureErrors } from '@contract/errors/capture'
import { storageErrors } from '@contract/errors/storage'
import { open, rename, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { pageName } from '../names'
import { kindOf, MOST_BYTES, repairHeight, wholePage, type ImageFacts } from '../page'
import { type Answer } from './http'

const ENDINGS: Readonly<Record<ScanImage['mediaType'], string>> = {
  'image/jpeg': 'jpg', 'image/png': 'png', 'image/tiff': 'tif', 'image/x-portable-anymap': 'pnm', 'application/pdf': 'pdf',
}
export type Received = Readonly<{ file: string; facts: ImageFacts }>

/** Writes the body of a NextDocument into the folder under its page name, whole and looked at; nothing stays of one that is not. */
export async function receive(answer: Answer, folder: string, number: number, progress: (bytes: number, ratio: number | null) => void): Promise<Received> {
  const part = join(folder, pageName(number, 'part'))
  try {
    const head = await write(answer, part, progress)
    const kind = kindOf(head)
    if (!kind) throw new AppError(captureErrors.badImage)
    if (kind === 'image/jpeg') await repairHeight(part)
    const facts = await wholePage(part)
    const file = join(folder, pageName(number, ENDINGS[kind]))
    await rename(part, file)
    return { file, facts }
  } catch (error) {
    answer.drop()
    await rm(part, { force: true })
    throw diskOr(error)
  }
}

async function write(answer: Answer, part: string, progress: (bytes: number, ratio: number | null) => void): Promise<Buffer> {
  const length = Number(answer.headers['content-length'] ?? Number.NaN)
  if (length > MOST_BYTES) throw new AppError(captureErrors.tooLarge)
  const file = await open(part, 'wx', 0o600)
  let head = Buffer.alloc(0)
  let bytes = 0
  try {
    for await (const piece of answer.body) {
      bytes += piece.length
      if (bytes > MOST_BYTES) throw new AppError(captureErrors.tooLarge)
      if (head.length < 1024) head = Buffer.concat([head, piece.subarray(0, 1024)])
      await file.write(piece)
      progress(bytes, length > 0 ? Math.min(1, bytes / length) : null)
    }
  } finally {
    await file.close()
  }
  return head
}

const diskOr = (error: unknown): unknown =>
  error instanceof Error && 'code' in error && (error.code === 'ENOSPC' || error.code === 'EDQUOT') ? new AppError(storageErrors.diskFull, {}, { cause: error }) : error
