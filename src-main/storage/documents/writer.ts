import { createHash, randomUUID } from 'node:crypto'
import { type FileHandle, open, rename, rm } from 'node:fs/promises'
import { existsSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { Sha256 } from '@contract/ids'
import { namedAsync } from '../failures'
import { makeFolder, syncFolder } from '../files'
import { CHUNK, type DocumentKeys, fileCipher, type Footer, footerBytes, newHeader, type PartKind } from './format'

export interface DocumentWriter {
  /** Wait for each before the next. */
  write(bytes: Uint8Array): Promise<void>
  /** When this returns, the document is on the disk for good under its SHA-256. */
  finish(): Promise<Footer>
  /** Leaves nothing behind. */
  abort(): Promise<void>
}

export interface WriterPlace {
  readonly temporaryFolder: string
  readonly keys: DocumentKeys
  pathOf(sha256: Sha256): string
}

/** More pieces than a system takes in one call are given to it in several. */
const PIECES_A_CALL = 512

async function writeFully(file: FileHandle, parts: readonly Uint8Array[]): Promise<void> {
  for (let from = 0; from < parts.length; from += PIECES_A_CALL) {
    const some = parts.slice(from, from + PIECES_A_CALL)
    const wanted = some.reduce((sum, part) => sum + part.length, 0)
    const { bytesWritten } = await file.writev(some)
    if (bytesWritten < wanted) await writeRest(file, Buffer.concat(some).subarray(bytesWritten))
  }
}

/** A disk that is filling up may take a part and refuse the rest only at the next call. */
async function writeRest(file: FileHandle, rest: Uint8Array): Promise<void> {
  let written = 0
  while (written < rest.length) written += (await file.write(rest, written)).bytesWritten
}

/** Puts the finished file in its place. The same document there already is replaced: that mends it if it was damaged. */
async function settle(temporary: string, final: string): Promise<void> {
  const shelf = dirname(final)
  if (!existsSync(shelf)) {
    makeFolder(shelf)
    syncFolder(dirname(shelf))
  }
  await rename(temporary, final)
  syncFolder(shelf)
}

function sealer(keys: DocumentKeys, header: Buffer) {
  const cipher = fileCipher(keys, header)
  const hash = createHash('sha256')
  let held = Buffer.alloc(0)
  let index = 0
  let size = 0
  const seal = (kind: PartKind, plain: Uint8Array): readonly Buffer[] => cipher.seal(index++, kind, plain)
  return {
    /** Seals what is certain not to be the last chunk. */
    take(bytes: Uint8Array): Buffer[] {
      hash.update(bytes)
      size += bytes.length
      const plain = held.length === 0 ? bytes : Buffer.concat([held, bytes])
      const parts: Buffer[] = []
      let at = 0
      for (; plain.length - at > CHUNK; at += CHUNK) parts.push(...seal('middle', plain.subarray(at, at + CHUNK)))
      held = Buffer.from(plain.subarray(at))
      return parts
    },
    end(): { parts: Buffer[]; footer: Footer } {
      const footer = { sha256: Sha256.parse(hash.digest('hex')), size }
      const parts = [...seal('last', held), ...seal('footer', footerBytes(footer))]
      return { parts, footer }
    },
  }
}

/** A new document, encrypted as it comes in; at most a chunk of it is held in memory beyond what `write` was given. */
export async function openWriter(place: WriterPlace): Promise<DocumentWriter> {
  const temporary = join(place.temporaryFolder, `${randomUUID()}.part`)
  const header = newHeader()
  const file = await namedAsync(() => open(temporary, 'wx', 0o600))
  const sealing = sealer(place.keys, header)
  let begun = false
  let over = false
  const put = async (parts: Uint8Array[]): Promise<void> => {
    await writeFully(file, begun ? parts : [header, ...parts])
    begun = true
  }
  const abort = async (): Promise<void> => {
    if (over) return
    over = true
    await file.close()
    await rm(temporary, { force: true })
  }
  const orAbort = async <T>(work: () => Promise<T>): Promise<T> => {
    if (over) throw new Error('the document writer is closed')
    try {
      return await namedAsync(work)
    } catch (error) {
      await abort()
      throw error
    }
  }
  return {
    write: (bytes) => orAbort(() => put(sealing.take(bytes))),
    finish: () =>
      orAbort(async () => {
        const { parts, footer } = sealing.end()
        await put(parts)
        await file.sync()
        await file.close()
        over = true
        await settle(temporary, place.pathOf(footer.sha256)).catch(async (error: unknown) => {
          await rm(temporary, { force: true })
          throw error
        })
        return footer
      }),
    abort,
  }
}
