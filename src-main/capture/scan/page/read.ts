import type { FileHandle } from 'node:fs/promises'

/** Bytes of a file; what lies behind its end is zero. */
export async function readAt(file: FileHandle, at: number, length: number): Promise<Buffer> {
  const bytes = Buffer.alloc(length)
  await file.read(bytes, 0, length, at)
  return bytes
}
