import { macOf } from './ciphers'
import { oidValue } from './object-ids'
import { encodeTlv } from './tlv'
import type { Cipher } from './types'

/** Public key data object without domain parameters: 7F49 { 06 protocol, 84 or 86 public value } (9303-11 §9.4). */
export const publicKeyObject = (oid: string, tag: 0x84 | 0x86, publicKey: Uint8Array): Uint8Array =>
  encodeTlv(0x7f49, encodeTlv(0x06, oidValue(oid)), encodeTlv(tag, publicKey))

/** The token that shows the other side that its public key arrived and the secret is shared, 8 bytes (9303-11 §4.4.3.4). */
export const authenticationToken = (cipher: Cipher, macKey: Uint8Array, oid: string, tag: 0x84 | 0x86, othersPublicKey: Uint8Array): Uint8Array =>
  macOf(cipher, macKey, publicKeyObject(oid, tag, othersPublicKey))
