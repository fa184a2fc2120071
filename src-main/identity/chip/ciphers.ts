import { cmac } from '@noble/ciphers/aes.js'
import { createCipheriv, createDecipheriv } from 'node:crypto'
import { concat } from './tlv'
import type { Cipher } from './types'

/**
 * Names that OpenSSL and BoringSSL both know. `des-ede-cbc` is two-key 3DES; DES alone is missing in OpenSSL 3, and is
 * had as 3DES with one key three times.
 */
const CBC: Readonly<Record<Cipher, string>> = { '3DES': 'des-ede-cbc', 'AES-128': 'aes-128-cbc', 'AES-192': 'aes-192-cbc', 'AES-256': 'aes-256-cbc' }
const DES_CBC = 'des-ede3-cbc'
const MAC_LENGTH = 8

/** Bytes of a block: 8 for 3DES, 16 for AES. */
export const blockOf = (cipher: Cipher): 8 | 16 => (cipher === '3DES' ? 8 : 16)

function run(direction: typeof createCipheriv | typeof createDecipheriv, name: string, key: Uint8Array, iv: Uint8Array, data: Uint8Array): Uint8Array {
  const machine = direction(name, key, iv)
  machine.setAutoPadding(false)
  return Uint8Array.from(Buffer.concat([machine.update(data), machine.final()]))
}

/** CBC without padding: `data` is a multiple of the block, `iv` one block. */
export const encryptCbc = (cipher: Cipher, key: Uint8Array, iv: Uint8Array, data: Uint8Array): Uint8Array => run(createCipheriv, CBC[cipher], key, iv, data)

/** The reverse of `encryptCbc`. */
export const decryptCbc = (cipher: Cipher, key: Uint8Array, iv: Uint8Array, data: Uint8Array): Uint8Array => run(createDecipheriv, CBC[cipher], key, iv, data)

/** One block under the key alone. */
export const encryptBlock = (cipher: Cipher, key: Uint8Array, block: Uint8Array): Uint8Array => encryptCbc(cipher, key, new Uint8Array(blockOf(cipher)), block)

/** Pads with 80 00 … to a multiple of `block` bytes; always adds at least one byte (ISO 7816-4, ISO 9797-1 method 2). */
export function pad(data: Uint8Array, block: number): Uint8Array {
  const padded = new Uint8Array(data.length + block - (data.length % block))
  padded.set(data)
  padded[data.length] = 0x80
  return padded
}

/** Takes the padding off; null when there is none, or more of it than `block` bytes. */
export function unpad(data: Uint8Array, block: number): Uint8Array | null {
  let end = data.length - 1
  while (end > data.length - block && data[end] === 0) end -= 1
  return end >= 0 && data[end] === 0x80 ? data.subarray(0, end) : null
}

/**
 * The MAC of 9303-11 §9.8.6 and §4.4.3.4, 8 bytes. 3DES: retail MAC (ISO 9797-1 algorithm 3), padded here by method 2.
 * AES: CMAC cut to 8 bytes, of `data` as it is: what a protocol pads for AES beforehand, its code pads.
 */
export function macOf(cipher: Cipher, key: Uint8Array, data: Uint8Array): Uint8Array {
  return cipher === '3DES' ? retailMac(key, pad(data, MAC_LENGTH)) : cmac(data, key).slice(0, MAC_LENGTH)
}

/** DES-CBC with the first half of the key; the last block passes two-key 3DES, which is the second half's part. */
function retailMac(key: Uint8Array, padded: Uint8Array): Uint8Array {
  const first = key.subarray(0, 8)
  const zero = new Uint8Array(MAC_LENGTH)
  const last = padded.length - MAC_LENGTH
  const chained = last === 0 ? zero : run(createCipheriv, DES_CBC, concat(first, first, first), zero, padded.subarray(0, last)).subarray(-MAC_LENGTH)
  return encryptCbc('3DES', key, chained, padded.subarray(last))
}
