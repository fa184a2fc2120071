import { CURVES } from '../chip/curve-constants'

/** A curve y² = x³ + ax + b over the field of p, with a generator of order n. */
export type CurveParameters = Readonly<{ p: bigint; a: bigint; b: bigint; gx: bigint; gy: bigint; n: bigint }>
type Known = CurveParameters & Readonly<{ name: string; oid: string }>

const number = (hex: string): bigint => BigInt(`0x${hex}`)

/** Not among the chip's domain parameters, but early signers have it (RFC 5639 §3.1). */
const BRAINPOOL_160: Known = {
  name: 'brainpoolP160r1', oid: '1.3.36.3.3.2.8.1.1.1',
  p: 0xe95e4a5f737059dc60dfc7ad95b3d8139515620fn,
  a: 0x340e7be2a280eb74e2be61bada745d97e8f7c300n,
  b: 0x1e589a8595423412134faa2dbdec95c8d8675e58n,
  gx: 0xbed5af16ea3f6a4f62938c4631eb5af7bdbcdbc3n,
  gy: 0x1667cb477a1a8ec338f94741669c976316da6321n,
  n: 0xe95e4a5f737059dc60df5991d45029409e60fc09n,
}

/** The prime curves that certificates use (9303-12 §4.1.6.3); all have cofactor 1. */
export const KNOWN_CURVES: readonly Known[] = [
  BRAINPOOL_160,
  ...CURVES.map(({ name, oid, p, a, b, gx, gy, n }) => ({ name, oid, p: number(p), a: number(a), b: number(b), gx: number(gx), gy: number(gy), n: number(n) })),
]
