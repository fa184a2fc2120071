import { RefusedKey } from './agreement'
import type { Curve, CurvePoint, Group } from './domain-parameters'
import { power, toInteger } from './integers'

/** Ĝ = s·G + H (9303-11 §4.4.3.3.1). @throws RefusedKey when it is infinity */
export function mapToPoint(curve: Curve, generator: CurvePoint, nonce: Uint8Array, shared: CurvePoint): CurvePoint {
  const scalar = toInteger(nonce) % curve.n
  const mapped = scalar === 0n ? shared : generator.multiply(scalar).add(shared)
  if (mapped.is0()) throw new RefusedKey('the mapped generator is infinity')
  return mapped
}

/** ĝ = g^s · h (9303-11 §4.4.3.3.1). @throws RefusedKey when it is 1 */
export function mapToElement(group: Group, generator: bigint, nonce: Uint8Array, shared: bigint): bigint {
  const mapped = (power(generator, toInteger(nonce), group.p) * shared) % group.p
  if (mapped <= 1n) throw new RefusedKey('the mapped generator is trivial')
  return mapped
}
