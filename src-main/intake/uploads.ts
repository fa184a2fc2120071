import type { DocumentInfo, MediaType } from '@contract/draft'
import { AppError } from '@contract/errors'
import type { DraftId, UploadId } from '@contract/ids'
import { MAX_DOCUMENT } from '@contract/calls-intake'
import type { Documents, DocumentWriter } from '../storage'
import { newDocumentId, newUploadId } from './ids'
import type { NewDocument } from './documents'
import { countPdfPages, refuseBomb, sniff, SNIFF_BYTES } from './sniff'
import { together } from './together'

type Found = Readonly<{ mediaType: MediaType } | { refused: unknown }>

type Upload = {
  readonly draftId: DraftId
  readonly component: string
  readonly name: string
  readonly size: number
  readonly writer: DocumentWriter
  /** The beginning, while it comes in more than one piece. */
  head: Uint8Array | null
  /** What the beginning was found to be: told when the file is whole. */
  type: Found | null
  offset: number
  pages: number
  tail: Buffer
  /** Ends when the bytes given so far are written: pieces that come at once are still written one after the other. */
  written: Promise<unknown>
}

/** Uploads that nobody goes on with are given up after this long, in milliseconds. */
const IDLE_MS = 10 * 60_000

/** A file whose bytes are safe, before it has a row. */
export type Finished = Omit<NewDocument, 'addedAt'>

export type Uploads = Readonly<{
  begin(input: { draftId: DraftId; component: string; name: string; size: number }): Promise<UploadId>
  append(id: UploadId, offset: number, bytes: Uint8Array): Promise<number>
  finish(id: UploadId): Promise<DocumentInfo>
  /** The whole file in the document store, without a row: the caller keeps it in another way. @throws AppError TEP-… */
  settle(id: UploadId): Promise<Finished>
  abort(id: UploadId): Promise<void>
  close(): Promise<void>
}>

/** Bytes kept from one piece to the next. A PDF ends with %%EOF within its last 1,024 bytes, a PNG with an IEND chunk. */
const TAIL = 1200

/** Only the last part of a path, without control characters: what the file is called on paper. */
export function tidyName(name: string): string {
  const last = name.normalize('NFC').split(/[\\/]/u).at(-1) ?? ''
  const clean = last.replace(/[\p{Cc}\p{Cf}]/gu, '').trim()
  return clean === '' ? 'tep' : [...clean].slice(-200).join('')
}

/**
 * Takes files in piece by piece, several side by side: encrypted while they come, typed by content, never whole in memory.
 * @param keep writes the rows of documents whose bytes are safe, all at once; says for each what came of it
 */
export function createUploads(documents: Documents, keep: (finished: readonly Finished[]) => readonly (DocumentInfo | Error)[]): Uploads {
  const kept = together(keep)
  const uploads = new Map<UploadId, { upload: Upload; timer: NodeJS.Timeout }>()

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
    if (!entry) throw new AppError('TEP-006')
    entry.timer.refresh()
    return entry.upload
  }
  /** Takes a complete upload off the list; one of which a piece is missing stays, for it may still be completed. */
  const whole = (id: UploadId): Upload => {
    const upload = find(id)
    if (upload.offset !== upload.size) throw new AppError('TEP-007', { expected: upload.offset })
    forget(id)
    return upload
  }
  /** A refused file leaves nothing behind. */
  const orDrop = async <T>(id: UploadId, act: () => Promise<T> | T): Promise<T> => {
    try {
      return await act()
    } catch (error) {
      await drop(id)
      throw error
    }
  }

  return {
    async begin({ draftId, component, name, size }) {
      if (size === 0) throw new AppError('TEP-003')
      if (size > MAX_DOCUMENT) throw new AppError('TEP-004', { limitMb: MAX_DOCUMENT / 1024 / 1024 })
      const id = newUploadId()
      const upload: Upload = {
        draftId, component, name: tidyName(name), size, writer: documents.writer(size),
        head: null, type: null, offset: 0, pages: 0, tail: Buffer.alloc(0), written: Promise.resolve(),
      }
      uploads.set(id, { upload, timer: setTimeout(() => void drop(id), IDLE_MS).unref() })
      return id
    },
    async append(id, offset, bytes) {
      const upload = find(id)
      if (offset !== upload.offset) throw new AppError('TEP-007', { expected: upload.offset })
      return orDrop(id, async () => {
        if (upload.offset + bytes.length > upload.size) throw new AppError('TEP-004', { limitMb: MAX_DOCUMENT / 1024 / 1024 })
        lookAtHead(upload, bytes)
        upload.offset += bytes.length
        const reached = upload.offset
        countPages(upload, bytes)
        upload.written = upload.written.then(() => upload.writer.write(bytes))
        await upload.written
        return reached
      })
    },
    async finish(id) {
      return kept(settle(whole(id)))
    },
    settle: async (id) => settle(whole(id)),
    abort: drop,
    close: async () => {
      await Promise.all([...uploads.keys()].map(drop))
    },
  }
}

/** Has the whole file on the disk for good. */
async function settle(upload: Upload): Promise<Finished> {
  try {
    await upload.written
    const mediaType = typeOf(upload)
    const { sha256, size } = await upload.writer.finish()
    const pages = mediaType !== 'application/pdf' ? 1 : upload.pages || null
    return { id: newDocumentId(), draftId: upload.draftId, component: upload.component, name: upload.name, mediaType, size, sha256, pages }
  } catch (error) {
    await upload.writer.abort()
    throw error
  }
}

/** The type of a complete file. @throws AppError TEP-001, TEP-002, TEP-005, TEP-008 its end is missing */
function typeOf({ type, tail }: Upload): MediaType {
  if (!type) throw new Error('a file without a beginning')
  if ('refused' in type) throw type.refused
  const { mediaType } = type
  const end = mediaType === 'application/pdf' ? '%%EOF' : mediaType === 'image/png' ? 'IEND' : ''
  if (!tail.includes(end)) throw new AppError('TEP-008')
  return mediaType
}

/** Judges the beginning where it lies: only one that comes in several pieces is put together. */
function lookAtHead(upload: Upload, bytes: Uint8Array): void {
  if (upload.type) return
  const wanted = Math.min(SNIFF_BYTES, upload.size)
  if (upload.offset === 0 && bytes.length >= wanted) {
    upload.type = judge(bytes.subarray(0, wanted), upload.name)
    return
  }
  upload.head ??= new Uint8Array(wanted)
  upload.head.set(bytes.subarray(0, wanted - upload.offset), upload.offset)
  if (upload.offset + bytes.length < wanted) return
  upload.type = judge(upload.head, upload.name)
  upload.head = null
}

function judge(head: Uint8Array, name: string): Found {
  try {
    const mediaType = sniff(head, name)
    refuseBomb(mediaType, head)
    return { mediaType }
  } catch (refused) {
    return { refused }
  }
}

/** Pages are counted while the bytes pass; the tail keeps what a boundary between two pieces may cut. */
function countPages(upload: Upload, bytes: Uint8Array): void {
  const atEnd = upload.offset === upload.size
  const until = (end: number): number => (atEnd ? end : Math.max(0, end - TAIL))
  if (bytes.length < 2 * TAIL) {
    const known = Buffer.concat([upload.tail, bytes])
    upload.pages += countPdfPages(known, until(known.length))
    upload.tail = Buffer.from(known.subarray(-TAIL))
    return
  }
  // Only the seam is joined: joining all would copy every document once more.
  const piece = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length)
  const seam = Buffer.concat([upload.tail, piece.subarray(0, TAIL)])
  upload.pages += countPdfPages(seam, upload.tail.length) + countPdfPages(piece, until(piece.length))
  upload.tail = Buffer.from(piece.subarray(-TAIL))
}
