import { existsSync, readdirSync, rmSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { AppError, ERRORS } from '@contract/errors'
import type { Sha256 } from '@contract/ids'
import { named, namedAsync } from '../failures'
import { makeFolder, probeWritable } from '../files'
import type { Log } from '../ports'
import { documentKeys, documentName, type Footer } from './format'
import { createHashThread } from './hash-thread'
import { hashHere } from './hashing'
import { documentSize, readDocument, verifyDocument } from './reader'
import { type DocumentWriter, openWriter } from './writer'

export type { Footer as StoredDocument } from './format'
export type { DocumentWriter } from './writer'

export interface DocumentsOptions {
  /** The data folder; documents lie in `documents/` below it. */
  readonly folder: string
  /** 32 bytes. */
  readonly key: Uint8Array
  readonly log: Log
  /** The bundled hash thread, when there is one. */
  readonly hashThread?: URL | undefined
}

/** The scanned papers: encrypted, each under the SHA-256 of its plain bytes, the same bytes stored once. */
export interface Documents {
  /** Begins a new document; one whose size in bytes is told is hashed beside the event loop. Its first write throws LUU-013, LUU-014. */
  writer(size?: number): DocumentWriter
  /** Stores bytes that are in memory already. */
  put(bytes: Uint8Array): Promise<Footer>
  /** Chunks of at most 64 KiB, each proven before it is given out. Throws LUU-021 missing, LUU-022 damaged. */
  read(sha256: Sha256): AsyncIterable<Uint8Array>
  /** The whole document. Throws TEP-004 when it is larger than `maxBytes`. */
  readAll(sha256: Sha256, maxBytes: number): Promise<Uint8Array>
  has(sha256: Sha256): boolean
  /** Size in bytes. */
  size(sha256: Sha256): Promise<number>
  /** Reads and hashes all of it; throws LUU-021 or LUU-022. */
  verify(sha256: Sha256): Promise<void>
  /** For a document that no dossier and no other draft refers to: the caller has made sure of that. */
  remove(sha256: Sha256): Promise<void>
}

/** Removes what a crash left half written. Returns how many files that were. */
function sweep(temporaryFolder: string): number {
  const left = readdirSync(temporaryFolder)
  for (const name of left) rmSync(join(temporaryFolder, name), { force: true })
  return left.length
}

/** Opens the document store of a data folder. Open the database first: its lock keeps other processes out. Throws LUU-013, LUU-014. */
export function openDocuments({ folder, key, log, hashThread }: DocumentsOptions): Documents {
  const keys = documentKeys(key)
  const root = join(folder, 'documents')
  const temporaryFolder = join(root, 'incoming')
  const pathOf = (sha256: Sha256): string => {
    const name = documentName(keys, sha256)
    return join(root, name.slice(0, 1), name.slice(1))
  }
  const swept = named(() => {
    makeFolder(folder)
    probeWritable(folder)
    makeFolder(temporaryFolder)
    return sweep(temporaryFolder)
  })
  if (swept > 0) log('documents.swept', { files: swept })
  const place = { temporaryFolder, keys, pathOf }
  const hashes = createHashThread(hashThread, log)
  const read = (sha256: Sha256): AsyncGenerator<Buffer> => readDocument(pathOf(sha256), keys, sha256)
  const size = (sha256: Sha256): Promise<number> => documentSize(pathOf(sha256), keys, sha256)
  return {
    writer: (bytes = 0) => openWriter(place, bytes, hashes.begin(bytes)),
    put: async (bytes) => {
      // Hashed here: the bytes stay the caller's.
      const document = openWriter(place, bytes.length, hashHere())
      await document.write(bytes)
      return document.finish()
    },
    read,
    readAll: async (sha256, maxBytes) => {
      const bytes = await size(sha256)
      if (bytes > maxBytes) throw new AppError(ERRORS.intake.fileTooLarge, { bytes, maxBytes })
      const parts: Buffer[] = []
      for await (const chunk of read(sha256)) parts.push(chunk)
      return Buffer.concat(parts)
    },
    has: (sha256) => existsSync(pathOf(sha256)),
    size,
    verify: (sha256) => verifyDocument(pathOf(sha256), keys, sha256),
    remove: (sha256) => namedAsync(() => rm(pathOf(sha256), { force: true })),
  }
}
