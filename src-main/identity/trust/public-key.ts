import { bitLength, toInteger } from '../chip/integers'
import type { Tlv } from '../chip/tlv'
import { OID_EC, OID_RSA, OID_RSA_PSS } from './algorithms'
import { type Curve, explicitCurve, namedCurve } from './curves'
import { bitsOf, oidOf, TAG, walk, whole } from './der'

export type PublicKey =
  | Readonly<{ kind: 'rsa'; modulus: bigint; exponent: bigint; bits: number }>
  | Readonly<{ kind: 'ec'; curve: Curve; point: Uint8Array }>
  | Readonly<{ kind: 'unsupported'; oid: string }>

const MOST_RSA_BITS = 8192
const MOST_EXPONENT_BITS = 64

/**
 * The key of a SubjectPublicKeyInfo. Never through `X509Certificate.publicKey`: Electron's BoringSSL refuses id-RSASSA-PSS keys, explicit
 * parameters and most curves. @throws AppError THE-009
 */
export function publicKeyOf(spki: Tlv): PublicKey {
  const fields = walk(spki, TAG.sequence)
  const algorithm = walk(fields.next(), TAG.sequence)
  const oid = oidOf(algorithm.next())
  const key = bitsOf(fields.next())
  if (oid === OID_RSA || oid === OID_RSA_PSS) return rsaKey(key, oid)
  if (oid !== OID_EC) return { kind: 'unsupported', oid }
  const [parameters] = algorithm.rest()
  const curve = parameters?.tag === TAG.oid ? namedCurve(oidOf(parameters)) : parameters?.tag === TAG.sequence ? explicitCurve(parameters) : null
  return curve ? { kind: 'ec', curve, point: key } : { kind: 'unsupported', oid }
}

function rsaKey(key: Uint8Array, oid: string): PublicKey {
  const fields = walk(whole(key, TAG.sequence), TAG.sequence)
  const modulus = fields.next(TAG.integer).value
  const exponent = toInteger(fields.next(TAG.integer).value)
  if (modulus.length > MOST_RSA_BITS / 8 + 1 || exponent < 3n || exponent >> BigInt(MOST_EXPONENT_BITS) !== 0n) return { kind: 'unsupported', oid }
  const number = toInteger(modulus)
  return { kind: 'rsa', modulus: number, exponent, bits: bitLength(number) }
}

/** As told on a screen, e.g. `EC brainpoolP512r1 (explicit)`, `RSA 3072`. */
export function keyText(key: PublicKey): string {
  if (key.kind === 'unsupported') return key.oid
  if (key.kind === 'rsa') return `RSA ${key.bits}`
  return `EC ${key.curve.name ?? `${key.curve.bits} bit`}${key.curve.explicit ? ' (explicit)' : ''}`
}
