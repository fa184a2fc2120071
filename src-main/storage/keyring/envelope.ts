import { createCipheriv, createDecipheriv, createHmac, hkdfSync, randomBytes, timingSafeEqual } from 'node:crypto'
import { z } from 'zod'
import { type Argon2Cost, argon2id, KdfParameters, newKdf } from './kdf'

declare const dataKeyBrand: unique symbol
/** The 32 random bytes that all other keys of a data folder come from. Not stored or shown anywhere in the clear. */
export type DataKey = Uint8Array & { readonly [dataKeyBrand]: true }

export interface DataKeys {
  readonly database: Uint8Array
  readonly documents: Uint8Array
  readonly audit: Uint8Array
}

const base64 = z.string().regex(/^[A-Za-z0-9+/]*={0,2}$/)

/** A data key sealed under a secret: Argon2id, then AES-256-GCM. */
export const Envelope = z.object({ kdf: KdfParameters, nonce: base64, sealed: base64 })
export type Envelope = z.infer<typeof Envelope>

export function asDataKey(bytes: Uint8Array): DataKey {
  if (bytes.length !== 32) throw new RangeError('a data key has 32 bytes')
  return bytes as DataKey
}

export const newDataKey = (): DataKey => asDataKey(randomBytes(32))

const derive = (key: DataKey, use: string): Uint8Array =>
  new Uint8Array(hkdfSync('sha256', key, new Uint8Array(0), `mot-cua/data-key/v1/${use}`, 32))

/** One key per use (HKDF, RFC 5869), so that none of them tells anything about another. */
export function deriveKeys(key: DataKey): DataKeys {
  return { database: derive(key, 'database'), documents: derive(key, 'documents'), audit: derive(key, 'audit') }
}

/** Lets an unwrapped key be recognised as the right one. */
export function fingerprint(key: DataKey): string {
  return createHmac('sha256', derive(key, 'fingerprint')).update('mot-cua').digest('base64')
}

export function hasFingerprint(key: DataKey, expected: string): boolean {
  const found = Buffer.from(fingerprint(key))
  const wanted = Buffer.from(expected)
  return found.length === wanted.length && timingSafeEqual(found, wanted)
}

/** `purpose` ties the envelope to its key file and its owner: it opens nowhere else. */
export async function sealEnvelope(key: DataKey, secret: string, purpose: string, cost: Argon2Cost): Promise<Envelope> {
  const kdf = newKdf(cost)
  const wrapping = await argon2id(secret, kdf)
  const nonce = randomBytes(12)
  const cipher = createCipheriv('aes-256-gcm', wrapping, nonce).setAAD(Buffer.from(purpose))
  const sealed = Buffer.concat([cipher.update(key), cipher.final(), cipher.getAuthTag()])
  wrapping.fill(0)
  return { kdf, nonce: nonce.toString('base64'), sealed: sealed.toString('base64') }
}

/** The data key, or undefined for another secret, another purpose or a damaged envelope. */
export async function openEnvelope(envelope: Envelope, secret: string, purpose: string): Promise<DataKey | undefined> {
  const wrapping = await argon2id(secret, envelope.kdf)
  const sealed = Buffer.from(envelope.sealed, 'base64')
  if (sealed.length !== 48) return undefined
  try {
    const nonce = Buffer.from(envelope.nonce, 'base64')
    const decipher = createDecipheriv('aes-256-gcm', wrapping, nonce, { authTagLength: 16 }).setAAD(Buffer.from(purpose))
    decipher.setAuthTag(sealed.subarray(32))
    return asDataKey(Buffer.concat([decipher.update(sealed.subarray(0, 32)), decipher.final()]))
  } catch {
    return undefined
  } finally {
    wrapping.fill(0)
  }
}
