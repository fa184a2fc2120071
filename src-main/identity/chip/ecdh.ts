import { type KeyAgreement, type KeyPair, RefusedKey } from './agreement'
import type { Curve, CurvePoint } from './domain-parameters'
import { drawBelow, toInteger, toOctets } from './integers'
import { mapToPoint } from './mapping-generic'
import { encodeToPoint, pseudoRandomInteger } from './mapping-integrated'
import { sameBytes } from './same-bytes'
import { concat } from './tlv'

const UNCOMPRESSED = 0x04

/** 04 ‖ x ‖ y, each coordinate in the field's length (TR-03111 §3.2.1). */
export function encodePoint(curve: Curve, point: CurvePoint): Uint8Array {
  const { x, y } = point.toAffine()
  return concat(Uint8Array.of(UNCOMPRESSED), toOctets(x, curve.fieldLength), toOctets(y, curve.fieldLength))
}

/** A point as received; only uncompressed points of the curve that are not infinity. @throws RefusedKey */
export function decodePoint(curve: Curve, octets: Uint8Array): CurvePoint {
  const { fieldLength, Point } = curve
  if (octets.length !== 1 + 2 * fieldLength || octets[0] !== UNCOMPRESSED) throw new RefusedKey('not an uncompressed point')
  try {
    const point = Point.fromAffine({ x: toInteger(octets.subarray(1, 1 + fieldLength)), y: toInteger(octets.subarray(1 + fieldLength)) })
    point.assertValidity()
    return point
  } catch {
    throw new RefusedKey('not on the curve')
  }
}

/** ECKA of TR-03111 with this generator; the cofactor of every curve here is 1. */
export function ecdhAgreement(curve: Curve, generator: CurvePoint): KeyAgreement {
  // A worked example of the standard prints a private key above the order.
  const keyPairOf = (given: bigint): KeyPair => {
    const privateKey = given % curve.n
    return { privateKey, publicKey: encodePoint(curve, generator.multiply(privateKey)) }
  }
  const shared = (own: KeyPair, theirs: Uint8Array): CurvePoint => {
    if (sameBytes(own.publicKey, theirs)) throw new RefusedKey('our own public key')
    return decodePoint(curve, theirs).multiply(own.privateKey)
  }
  return {
    publicKeyTag: 0x86,
    generator: encodePoint(curve, generator),
    newKeyPair: (random) => keyPairOf(drawBelow(curve.n, random)),
    keyPairOf,
    agree: (own, theirs) => toOctets(shared(own, theirs).toAffine().x, curve.fieldLength),
    sharedElement: (own, theirs) => encodePoint(curve, shared(own, theirs)),
    mapGeneric: (nonce, own, theirs) => ecdhAgreement(curve, mapToPoint(curve, generator, nonce, shared(own, theirs))),
    mapIntegrated: (cipher, nonce, extra) => ecdhAgreement(curve, encodeToPoint(curve, pseudoRandomInteger(cipher, nonce, extra, curve.p))),
  }
}
