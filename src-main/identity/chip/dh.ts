import { type KeyAgreement, type KeyPair, RefusedKey } from './agreement'
import type { Group } from './domain-parameters'
import { drawBelow, power, toInteger, toOctets, toUnsigned } from './integers'
import { mapToElement } from './mapping-generic'
import { encodeToElement, pseudoRandomInteger } from './mapping-integrated'
import { sameBytes } from './same-bytes'

const DRAWS = 16

/** A public value as received: 1 < y < p − 1, and in the subgroup where its order is known (RFC 2631 §2.1.5). @throws RefusedKey */
export function decodeElement(group: Group, octets: Uint8Array): bigint {
  const value = octets.length > group.length ? 0n : toInteger(octets)
  if (value <= 1n || value >= group.p - 1n) throw new RefusedKey('not a public value of the group')
  if (group.q !== null && power(value, group.q, group.p) !== 1n) throw new RefusedKey('not in the subgroup')
  return value
}

/** Diffie-Hellman of PKCS#3 with this generator. */
export function dhAgreement(group: Group, generator: bigint): KeyAgreement {
  const keyPairOf = (privateKey: bigint): KeyPair => ({ privateKey, publicKey: toUnsigned(power(generator, privateKey, group.p)) })
  const shared = (own: KeyPair, theirs: Uint8Array): bigint => {
    if (sameBytes(own.publicKey, theirs)) throw new RefusedKey('our own public key')
    const element = power(decodeElement(group, theirs), own.privateKey, group.p)
    if (element <= 1n) throw new RefusedKey('a trivial secret')
    return element
  }
  const order = group.q ?? group.p - 1n
  /**
   * Draws again while the public value is shorter than the prime: whether its leading zeros belong into the
   * authentication token is told by the standard and not followed by all chips.
   */
  const newKeyPair: KeyAgreement['newKeyPair'] = (random) => {
    for (let draw = 0; draw < DRAWS; draw += 1) {
      const pair = keyPairOf(drawBelow(order, random))
      if (pair.publicKey.length === group.length) return pair
    }
    throw new RefusedKey('the generator gives short values only')
  }
  return {
    publicKeyTag: 0x84,
    generator: toUnsigned(generator),
    newKeyPair,
    keyPairOf,
    agree: (own, theirs) => toOctets(shared(own, theirs), group.length),
    sharedElement: (own, theirs) => toUnsigned(shared(own, theirs)),
    mapGeneric: (nonce, own, theirs) => dhAgreement(group, mapToElement(group, generator, nonce, shared(own, theirs))),
    mapIntegrated: (cipher, nonce, extra) => dhAgreement(group, encodeToElement(group, pseudoRandomInteger(cipher, nonce, extra, group.p))),
  }
}
