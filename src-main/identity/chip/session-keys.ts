import { blockOf } from './ciphers'
import { kenc, kmac } from './kdf'
import type { Cipher, SessionKeys } from './types'

/** Keys from a shared secret, counter at zero (9303-11 §9.7.4, §9.8.6.3, §9.8.7.3): after PACE and after chip authentication. */
export const sessionKeysOf = (cipher: Cipher, secret: Uint8Array): SessionKeys => ({ cipher, enc: kenc(secret, cipher), mac: kmac(secret, cipher), ssc: new Uint8Array(blockOf(cipher)) })
