import { createCipheriv, createDecipheriv, createHmac, hkdfSync, randomBytes } from 'node:crypto'
import { AppError, ERRORS } from '@contract/errors'
import type { Sha256 } from '@contract/ids'

/**
 * A document on disk: header (magic, salt), chunks of 64 KiB, footer; each chunk and the footer carry a GCM tag.
 * The key is the file's own (HKDF over the salt), so the counter alone makes each nonce unique; counter and kind in the
 * nonce make a cut, a swap or a repeat of chunks show (the STREAM construction, Hoang et al. 2015).
 * The footer holds SHA-256 and size of the plain bytes, so that a whole file put in another's place shows before it is read.
 */
export const CHUNK = 64 * 1024
export const TAG = 16
export const HEADER = 8 + 32
export const FOOTER = 32 + 8 + TAG

const MAGIC = Buffer.from('MCDOC\0\0\x01', 'latin1')
const CIPHER = 'aes-256-gcm'

export type PartKind = 'middle' | 'last' | 'footer'
const KIND_BYTE: Readonly<Record<PartKind, number>> = { middle: 0, last: 1, footer: 2 }

export interface Footer {
  readonly sha256: Sha256
  /** Bytes of the document itself. */
  readonly size: number
}

export interface DocumentKeys {
  readonly names: Uint8Array
  readonly files: Uint8Array
}

const derive = (key: Uint8Array, salt: Uint8Array, use: string): Buffer =>
  Buffer.from(hkdfSync('sha256', key, salt, `mot-cua/documents/v1/${use}`, 32))

export function documentKeys(master: Uint8Array): DocumentKeys {
  if (master.length !== 32) throw new RangeError('the document key has 32 bytes')
  const none = new Uint8Array(0)
  return { names: derive(master, none, 'names'), files: derive(master, none, 'files') }
}

/** Name on disk: tells whoever lacks the key nothing, not even that he has the same file. */
export function documentName(keys: DocumentKeys, sha256: Sha256): string {
  return createHmac('sha256', keys.names).update(Buffer.from(sha256, 'hex')).digest('hex')
}

export function newHeader(): Buffer {
  return Buffer.concat([MAGIC, randomBytes(32)])
}

export const damaged = (detail: string, cause?: unknown): AppError =>
  new AppError(ERRORS.storage.documentDamaged, { detail }, cause === undefined ? {} : { cause })

export interface FileCipher {
  /** The sealed bytes in pieces, to be written one after the other: joining them would copy every document once more. */
  seal(index: number, kind: PartKind, plain: Uint8Array): readonly Buffer[]
  /** Throws LUU-022 when the part was not sealed by this file, at this place, as this kind. */
  open(index: number, kind: PartKind, sealed: Uint8Array): Buffer
}

function nonceOf(index: number, kind: PartKind): Buffer {
  const nonce = Buffer.alloc(12)
  nonce.writeUIntBE(index, 5, 6)
  nonce.writeUInt8(KIND_BYTE[kind], 11)
  return nonce
}

/** The cipher of one file. Throws LUU-022 for a header that is not ours. */
export function fileCipher(keys: DocumentKeys, header: Uint8Array): FileCipher {
  if (header.length !== HEADER || !MAGIC.equals(header.subarray(0, 8))) throw damaged('header')
  const key = derive(keys.files, header.subarray(8), 'file')
  return {
    seal: (index, kind, plain) => {
      const cipher = createCipheriv(CIPHER, key, nonceOf(index, kind)).setAAD(header)
      const body = cipher.update(plain)
      cipher.final()
      return [body, cipher.getAuthTag()]
    },
    open: (index, kind, sealed) => {
      if (sealed.length < TAG) throw damaged('short')
      try {
        const decipher = createDecipheriv(CIPHER, key, nonceOf(index, kind), { authTagLength: TAG }).setAAD(header)
        decipher.setAuthTag(sealed.subarray(sealed.length - TAG))
        // In this mode the last call gives no bytes: it proves the tag.
        const plain = decipher.update(sealed.subarray(0, sealed.length - TAG))
        decipher.final()
        return plain
      } catch (error) {
        throw damaged('tag', error)
      }
    },
  }
}

/** Number of chunks; an empty document has one, empty. */
export const chunkCount = (size: number): number => Math.max(1, Math.ceil(size / CHUNK))

/** Bytes on disk of a document of that size. */
export const fileSize = (size: number): number => HEADER + size + chunkCount(size) * TAG + FOOTER

export function footerBytes({ sha256, size }: Footer): Buffer {
  const bytes = Buffer.alloc(40)
  bytes.write(sha256, 0, 'hex')
  bytes.writeBigUInt64BE(BigInt(size), 32)
  return bytes
}

/** Throws LUU-022 unless the footer is that of the wanted document. */
export function readFooter(bytes: Buffer, wanted: Sha256): Footer {
  if (bytes.length !== 40 || bytes.toString('hex', 0, 32) !== wanted) throw damaged('other')
  return { sha256: wanted, size: Number(bytes.readBigUInt64BE(32)) }
}
