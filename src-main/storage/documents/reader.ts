import { createHash } from 'node:crypto'
import { type FileHandle, open } from 'node:fs/promises'
import { AppError, ERRORS } from '@contract/errors'
import type { Sha256 } from '@contract/ids'
import { namedAsync } from '../failures'
import { CHUNK, chunkCount, damaged, type DocumentKeys, fileCipher, type FileCipher, fileSize, FOOTER, type Footer, HEADER, readFooter, TAG } from './format'

interface OpenDocument {
  readonly file: FileHandle
  readonly cipher: FileCipher
  readonly footer: Footer
}

async function readAt(file: FileHandle, position: number, length: number, into = Buffer.allocUnsafe(length)): Promise<Buffer> {
  const bytes = into.subarray(0, length)
  let done = 0
  while (done < length) {
    const { bytesRead } = await file.read(bytes, done, length - done, position + done)
    if (bytesRead === 0) throw damaged('short')
    done += bytesRead
  }
  return bytes
}

async function openFile(path: string): Promise<FileHandle> {
  try {
    return await namedAsync(() => open(path, 'r'))
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') throw new AppError(ERRORS.storage.documentMissing)
    throw error
  }
}

/** Checks header, footer, identity and length; nothing of the content is given out before. */
async function openDocument(path: string, keys: DocumentKeys, wanted: Sha256): Promise<OpenDocument> {
  const file = await openFile(path)
  try {
    const { size: onDisk } = await file.stat()
    if (onDisk < fileSize(0)) throw damaged('short')
    const cipher = fileCipher(keys, await readAt(file, 0, HEADER))
    const sealed = await readAt(file, onDisk - FOOTER, FOOTER)
    const footer = readFooter(cipher.open(footerIndex(onDisk), 'footer', sealed), wanted)
    if (fileSize(footer.size) !== onDisk) throw damaged('length')
    return { file, cipher, footer }
  } catch (error) {
    await file.close()
    throw error
  }
}

/** The footer is sealed after the chunks, so its index is their number. */
const footerIndex = (onDisk: number): number => Math.max(1, Math.ceil((onDisk - HEADER - FOOTER) / (CHUNK + TAG)))

async function* chunks({ file, cipher, footer }: OpenDocument): AsyncGenerator<Buffer> {
  const count = chunkCount(footer.size)
  // One for all chunks: what is given out is decrypted into bytes of its own.
  const sealedBytes = Buffer.allocUnsafe(CHUNK + TAG)
  for (let index = 0; index < count; index++) {
    const last = index === count - 1
    const length = last ? footer.size - index * CHUNK : CHUNK
    const sealed = await readAt(file, HEADER + index * (CHUNK + TAG), length + TAG, sealedBytes)
    yield cipher.open(index, last ? 'last' : 'middle', sealed)
  }
}

/** The plain bytes in chunks of at most 64 KiB, each proven before it is given out. Throws LUU-021, LUU-022. */
export async function* readDocument(path: string, keys: DocumentKeys, wanted: Sha256): AsyncGenerator<Buffer> {
  const document = await openDocument(path, keys, wanted)
  try {
    yield* chunks(document)
  } finally {
    await document.file.close()
  }
}

/** Size of a document in bytes, from its proven footer. */
export async function documentSize(path: string, keys: DocumentKeys, wanted: Sha256): Promise<number> {
  const { file, footer } = await openDocument(path, keys, wanted)
  await file.close()
  return footer.size
}

/** Reads all of it and hashes the plain bytes again. Throws LUU-021, LUU-022. */
export async function verifyDocument(path: string, keys: DocumentKeys, wanted: Sha256): Promise<void> {
  const hash = createHash('sha256')
  for await (const chunk of readDocument(path, keys, wanted)) hash.update(chunk)
  if (hash.digest('hex') !== wanted) throw damaged('hash')
}
