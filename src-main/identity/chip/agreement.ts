import type { Cipher, Random } from './types'

/** A public value that a key agreement must not use: not in the group, trivial, or our own come back. */
export class RefusedKey extends Error {
  constructor(reason: string) {
    super(reason)
    this.name = 'RefusedKey'
  }
}

/** `publicKey` is the plain value as it goes over the wire (9303-11 §9.4.5): 04 ‖ x ‖ y, or an unsigned integer. */
export type KeyPair = Readonly<{ privateKey: bigint; publicKey: Uint8Array }>

/** Anonymous key agreement over one set of domain parameters with one generator. Both sides use it, each with its own private key. */
export type KeyAgreement = Readonly<{
  /** Tag of a public value in a public key data object (9303-11 §9.4.3–9.4.4). */
  publicKeyTag: 0x84 | 0x86
  /** Coded as a public value. */
  generator: Uint8Array
  newKeyPair(random: Random): KeyPair
  keyPairOf(privateKey: bigint): KeyPair
  /** The shared secret K that keys are derived from: x coordinate, or the integer in the prime's length. @throws RefusedKey */
  agree(own: KeyPair, theirs: Uint8Array): Uint8Array
  /** The whole shared element, coded as a public value: H or h of the generic mapping. @throws RefusedKey */
  sharedElement(own: KeyPair, theirs: Uint8Array): Uint8Array
  /** The same parameters with the generator of the generic mapping (9303-11 §4.4.3.3.1). @throws RefusedKey */
  mapGeneric(nonce: Uint8Array, own: KeyPair, theirs: Uint8Array): KeyAgreement
  /** The same parameters with the generator of the integrated mapping; `nonce` is the chip's, `extra` ours (9303-11 §4.4.3.3.2). @throws RefusedKey */
  mapIntegrated(cipher: Cipher, nonce: Uint8Array, extra: Uint8Array): KeyAgreement
}>
