import { randomUUID } from 'node:crypto'
import { closeSync, existsSync, fdatasync, fsync, open, renameSync, rmSync, write, writev } from 'node:fs'
import { dirname, join } from 'node:path'
import { promisify } from 'node:util'
import { Sha256 } from '@contract/ids'
import { namedAsync } from '../failures'
import { makeFolder, syncFolder, syncFolderAsync } from '../files'
import { CHUNK, type DocumentKeys, fileCipher, type Footer, footerBytes, newHeader, type PartKind } from './format'
import type { Hashing } from './hashing'

export interface DocumentWriter {
  /** Takes the bytes over: they may be gone afterwards. Wait for each before the next. */
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

// What waits for the disk runs beside the event loop; the rest (rename, close) is done sooner than handed over.
const io = { open: promisify(open), write: promisify(write), writev: promisify(writev), sync: promisify(fsync), syncData: promisify(fdatasync) }

/** More pieces than a system takes in one call are given to it in several. */
const PIECES_A_CALL = 512
/** A piece that is at least so large, in bytes, starts for the disk at once. */
const AHEAD = 256 * 1024

async function writeFully(file: number, parts: readonly Uint8Array[]): Promise<void> {
  for (let from = 0; from < parts.length; from += PIECES_A_CALL) {
    const some = parts.slice(from, from + PIECES_A_CALL)
    const wanted = some.reduce((sum, part) => sum + part.length, 0)
    const { bytesWritten } = await io.writev(file, some)
    if (bytesWritten < wanted) await writeRest(file, Buffer.concat(some).subarray(bytesWritten))
  }
}

/** A disk that is filling up may take a part and refuse the rest only at the next call. */
async function writeRest(file: number, rest: Uint8Array): Promise<void> {
  let written = 0
  while (written < rest.length) written += (await io.write(file, rest, written, rest.length - written, null)).bytesWritten
}

/** Puts the finished file in its place. The same document there already is replaced: that mends it if it was damaged. */
async function settle(temporary: string, final: string): Promise<void> {
  const shelf = dirname(final)
  if (!existsSync(shelf)) {
    makeFolder(shelf)
    syncFolder(dirname(shelf))
  }
  renameSync(temporary, final)
  await syncFolderAsync(shelf)
}

/** The bytes of one file on their way to the disk; what they wait for is that it is open. */
function outflow(opening: Promise<number>) {
  // Told by the first write.
  opening.catch(() => undefined)
  let ahead: Promise<void> = Promise.resolve()
  let last: Promise<void> = Promise.resolve()
  let syncing = false
  let closed = false
  const settled = (): void => {
    syncing = false
  }
  const using = (work: (file: number) => Promise<void>): Promise<void> => {
    if (closed) throw new Error('the document writer is closed')
    last = opening.then(work)
    return last
  }
  return {
    write: (parts: readonly Uint8Array[]) => using((file) => writeFully(file, parts)),
    /** Has the disk begin with what is written, without waiting: less is left to the last sync. */
    start(): void {
      if (syncing || closed) return
      syncing = true
      // A system tells a failed sync once only: the failure stays in the chain for `sync` to throw.
      ahead = Promise.all([opening, ahead]).then(([file]) => io.syncData(file))
      ahead.then(settled, settled)
    },
    sync: () => using((file) => ahead.then(() => io.sync(file))),
    /** The number of a closed file may soon be another's, so nothing may be under way. */
    async close(): Promise<void> {
      closed = true
      await Promise.allSettled([ahead, last])
      await opening.then(closeSync, () => undefined)
    },
  }
}

function sealer(keys: DocumentKeys, header: Buffer) {
  const cipher = fileCipher(keys, header)
  let held = Buffer.alloc(0)
  let index = 0
  let size = 0
  const seal = (kind: PartKind, plain: Uint8Array): readonly Buffer[] => cipher.seal(index++, kind, plain)
  return {
    /** Seals what is certain not to be the last chunk. */
    take(bytes: Uint8Array): Buffer[] {
      size += bytes.length
      const plain = held.length === 0 ? bytes : Buffer.concat([held, bytes])
      const parts: Buffer[] = []
      let at = 0
      for (; plain.length - at > CHUNK; at += CHUNK) parts.push(...seal('middle', plain.subarray(at, at + CHUNK)))
      held = Buffer.from(plain.subarray(at))
      return parts
    },
    end(digest: string): { parts: Buffer[]; footer: Footer } {
      const footer = { sha256: Sha256.parse(digest), size }
      const parts = [...seal('last', held), ...seal('footer', footerBytes(footer))]
      return { parts, footer }
    },
  }
}

/**
 * A new document, encrypted as it comes in; at most a chunk of it is held in memory beyond what `write` was given.
 * @param size of the whole document in bytes
 */
export function openWriter(place: WriterPlace, size: number, hash: Hashing): DocumentWriter {
  const temporary = join(place.temporaryFolder, `${randomUUID()}.part`)
  const header = newHeader()
  const out = outflow(io.open(temporary, 'wx', 0o600))
  const sealing = sealer(place.keys, header)
  let begun = false
  let over = false
  const put = async (parts: readonly Uint8Array[]): Promise<void> => {
    const first = !begun
    begun = true
    await out.write(first ? [header, ...parts] : parts)
  }
  const abort = async (): Promise<void> => {
    if (over) return
    over = true
    hash.drop()
    await out.close()
    rmSync(temporary, { force: true })
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
  const take = async (bytes: Uint8Array): Promise<void> => {
    const { length } = bytes
    // Sealed first: the bytes may be gone once they are hashed. The disk takes the sealed ones meanwhile.
    const written = put(sealing.take(bytes))
    await Promise.all([written, hash.update(bytes)])
    // One that is whole already is synced by `finish` at once: twice would cost more.
    if (length >= AHEAD && length !== size) out.start()
  }
  return {
    write: (bytes) => orAbort(() => take(bytes)),
    finish: () =>
      orAbort(async () => {
        const { parts, footer } = sealing.end(await hash.digest())
        await put(parts)
        await out.sync()
        over = true
        try {
          await out.close()
          await settle(temporary, place.pathOf(footer.sha256))
        } catch (error) {
          rmSync(temporary, { force: true })
          throw error
        }
        return footer
      }),
    abort,
  }
}
