import type { FileHandle } from 'node:fs/promises'
import { UPLOAD_CHUNK } from '@contract/calls-intake'

/** The bytes of an open file in the steps that a window takes, each with its offset; never more than one of them in memory. */
export async function* piecesOf(handle: FileHandle, size: number): AsyncGenerator<Readonly<{ offset: number; bytes: Buffer<ArrayBuffer> }>, void, undefined> {
  for (let offset = 0; offset < size;) {
    const { bytesRead, buffer } = await handle.read(Buffer.alloc(Math.min(UPLOAD_CHUNK, size - offset)), 0, undefined, offset)
    // Shorter than it was when it was opened: whoever takes it in says so.
    if (bytesRead === 0) return
    yield { offset, bytes: buffer.subarray(0, bytesRead) }
    offset += bytesRead
  }
}
