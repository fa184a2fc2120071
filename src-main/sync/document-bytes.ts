import type { Sha256 } from '@contract/ids'
import type { ReadBytes } from './tus'

/** What sync needs of the document store: the decrypted bytes in order, in chunks. */
export type DocumentSource = Readonly<{ read(sha256: Sha256): AsyncIterable<Uint8Array> }>

export type DocumentBytes = Readonly<{ read: ReadBytes; close(): Promise<void> }>

/**
 * Stretches of a document out of a store that reads from the start only. Stretches that follow one another are read once;
 * going back, or on from another offset, begins anew and skips. Holds one stretch in memory, never the whole document.
 */
export function openDocumentBytes(source: DocumentSource, sha256: Sha256): DocumentBytes {
  let stream: AsyncIterator<Uint8Array> | undefined
  let at = 0
  let rest: Uint8Array = new Uint8Array(0)
  const close = async (): Promise<void> => {
    const open = stream
    stream = undefined
    rest = new Uint8Array(0)
    await open?.return?.()
  }
  const take = async (count: number): Promise<Uint8Array | undefined> => {
    if (rest.byteLength === 0) {
      const next = await stream?.next()
      if (next === undefined || next.done === true) return undefined
      rest = next.value
    }
    const part = rest.subarray(0, count)
    rest = rest.subarray(part.byteLength)
    at += part.byteLength
    return part
  }
  return {
    close,
    read: async (from, to) => {
      if (stream === undefined || from < at) {
        await close()
        stream = source.read(sha256)[Symbol.asyncIterator]()
        at = 0
      }
      while (at < from) if ((await take(from - at)) === undefined) break
      const parts: Uint8Array[] = []
      while (at < to) {
        const part = await take(to - at)
        if (part === undefined) break
        parts.push(part)
      }
      return parts.length === 1 && parts[0] !== undefined ? parts[0] : Buffer.concat(parts)
    },
  }
}
