import { createHash } from 'node:crypto'
import { concat } from './tlv'
import type { Cipher } from './types'

/** Hash and key length of a cipher (9303-11 §9.7.1.2–9.7.1.3). */
const SHAPE: Readonly<Record<Cipher, Readonly<{ hash: 'sha1' | 'sha256'; length: number }>>> = {
  '3DES': { hash: 'sha1', length: 16 },
  'AES-128': { hash: 'sha1', length: 16 },
  'AES-192': { hash: 'sha256', length: 24 },
  'AES-256': { hash: 'sha256', length: 32 },
}

const digest = (hash: string, data: Uint8Array): Uint8Array => Uint8Array.from(createHash(hash).update(data).digest())

/** Makes the number of ones in each byte odd, by its lowest bit: DES ignores it, published examples print it. */
const oddParity = (key: Uint8Array): Uint8Array =>
  key.map((byte) => {
    let ones = 0
    for (let bits = byte >> 1; bits > 0; bits >>= 1) ones += bits & 1
    return (byte & 0xfe) | (ones % 2 === 0 ? 1 : 0)
  })

function derive(seed: Uint8Array, counter: number, cipher: Cipher): Uint8Array {
  const { hash, length } = SHAPE[cipher]
  const key = digest(hash, concat(seed, Uint8Array.of(0, 0, 0, counter))).slice(0, length)
  return cipher === '3DES' ? oddParity(key) : key
}

/** Key for encryption from a shared secret (9303-11 §9.7.1). */
export const kenc = (seed: Uint8Array, cipher: Cipher): Uint8Array => derive(seed, 1, cipher)

/** Key for MACs from a shared secret (9303-11 §9.7.1). */
export const kmac = (seed: Uint8Array, cipher: Cipher): Uint8Array => derive(seed, 2, cipher)

/** Key Kπ that encrypts PACE's nonce, from the MRZ's hash or the CAN's characters (9303-11 §9.7.3). */
export const kpi = (seed: Uint8Array, cipher: Cipher): Uint8Array => derive(seed, 3, cipher)

/** PACE's secret of the MRZ information: its whole SHA-1, 20 bytes (9303-11 §9.7.3). */
export const mrzPaceSeed = (information: string): Uint8Array => digest('sha1', Buffer.from(information, 'latin1'))

/** BAC's seed of the MRZ information: the first 16 bytes of its SHA-1 (9303-11 §9.7.2). */
export const mrzSeed = (information: string): Uint8Array => mrzPaceSeed(information).slice(0, 16)
