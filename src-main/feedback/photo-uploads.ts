import { AppError, ERRORS } from '@contract/errors'
import { type FeedbackId, MAX_PHOTO, type PhotoId } from '@contract/feedback'
import type { Sha256, UploadId } from '@contract/ids'
import type { Documents, DocumentWriter } from '../storage'
import { newPhotoId, newUploadId } from './ids'
import { pictureCopy, type PictureCopy, pictureType } from './picture'
import { plainText } from './plain-text'

/** A photo whose bytes are safe, both as it came and as it leaves, before it has a row. */
export type FinishedPhoto = Readonly<{
  id: PhotoId; feedbackId: FeedbackId; name: string; mediaType: PictureCopy['mediaType']; size: number; sha256: Sha256
  hasLocation: boolean; copySha256: Sha256; copySize: number
}>

export type PhotoUploads = Readonly<{
  /** @throws AppError PA-003 larger than 30 MB, TEP-003 empty */
  begin(input: { feedbackId: FeedbackId; name: string; size: number }): UploadId
  /** Returns how many bytes there are now. @throws AppError TEP-006, TEP-007; PA-006 once the first bytes are of no picture */
  append(id: UploadId, offset: number, bytes: Uint8Array): Promise<number>
  /** @throws AppError PA-006 cut off */
  finish(id: UploadId): Promise<FinishedPhoto>
  abort(id: UploadId): Promise<void>
  close(): Promise<void>
}>

type Upload = { readonly feedbackId: FeedbackId; readonly name: string; readonly size: number; readonly writer: DocumentWriter; offset: number; written: Promise<unknown> }

/** Uploads that nobody goes on with are given up after this long, in milliseconds. */
const IDLE_MS = 10 * 60_000

const MIB = 1024 * 1024

/** Only the last part of a path. */
const tidyName = (name: string): string => plainText(name.split(/[\\/]/u).at(-1) ?? '', 255).replaceAll('\n', ' ') || 'anh'

/**
 * Takes photos in piece by piece, encrypted while they come. One at a time is read back whole, to make the copy that leaves.
 * @param discard removes a file of the store that turned out to be no picture
 */
export function createPhotoUploads(documents: Documents, discard: (sha256: Sha256) => Promise<void>): PhotoUploads {
  const uploads = new Map<UploadId, { upload: Upload; timer: NodeJS.Timeout }>()
  let copying: Promise<unknown> = Promise.resolve()

  const forget = (id: UploadId): Upload | undefined => {
    const entry = uploads.get(id)
    clearTimeout(entry?.timer)
    uploads.delete(id)
    return entry?.upload
  }
  const drop = async (id: UploadId): Promise<void> => {
    const upload = forget(id)
    await upload?.written.catch(() => undefined)
    await upload?.writer.abort()
  }
  const find = (id: UploadId): Upload => {
    const entry = uploads.get(id)
    if (!entry) throw new AppError(ERRORS.intake.uploadNotFound)
    entry.timer.refresh()
    return entry.upload
  }
  const orDrop = async <T>(id: UploadId, act: () => Promise<T>): Promise<T> => {
    try {
      return await act()
    } catch (error) {
      await drop(id)
      throw error
    }
  }
  const take = async (upload: Upload, bytes: Uint8Array): Promise<number> => {
    if (upload.offset + bytes.length > upload.size) throw new AppError(ERRORS.feedback.photoTooLarge, { limitMb: MAX_PHOTO / MIB })
    if (upload.offset === 0 && pictureType(bytes) === null) throw new AppError(ERRORS.feedback.photoUnreadable)
    upload.offset += bytes.length
    const reached = upload.offset
    upload.written = upload.written.then(() => upload.writer.write(bytes))
    await upload.written
    return reached
  }
  const makeCopy = (sha256: Sha256): Promise<PictureCopy & { sha256: Sha256; size: number }> => {
    const made = copying.then(async () => {
      const copy = pictureCopy(await documents.readAll(sha256, MAX_PHOTO))
      if (copy === null) {
        await discard(sha256)
        throw new AppError(ERRORS.feedback.photoUnreadable)
      }
      return { ...copy, ...(await documents.put(copy.bytes)) }
    })
    copying = made.catch(() => undefined)
    return made
  }

  return {
    begin: ({ feedbackId, name, size }) => {
      if (size === 0) throw new AppError(ERRORS.intake.fileEmpty)
      if (size > MAX_PHOTO) throw new AppError(ERRORS.feedback.photoTooLarge, { limitMb: MAX_PHOTO / MIB })
      const id = newUploadId()
      const upload: Upload = { feedbackId, name: tidyName(name), size, writer: documents.writer(size), offset: 0, written: Promise.resolve() }
      uploads.set(id, { upload, timer: setTimeout(() => void drop(id), IDLE_MS).unref() })
      return id
    },
    append: async (id, offset, bytes) => {
      const upload = find(id)
      if (offset !== upload.offset) throw new AppError(ERRORS.intake.uploadOutOfOrder, { expected: upload.offset })
      return orDrop(id, () => take(upload, bytes))
    },
    finish: async (id) => {
      const { offset, size, feedbackId, name, writer, written } = find(id)
      if (offset !== size) throw new AppError(ERRORS.intake.uploadOutOfOrder, { expected: offset })
      return orDrop(id, async () => {
        await written
        const { sha256 } = await writer.finish()
        const copy = await makeCopy(sha256)
        forget(id)
        return { id: newPhotoId(), feedbackId, name, size, sha256, mediaType: copy.mediaType, hasLocation: copy.hasLocation, copySha256: copy.sha256, copySize: copy.size }
      })
    },
    abort: drop,
    close: async () => {
      await Promise.all([...uploads.keys()].map(drop))
    },
  }
}
