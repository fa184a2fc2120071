import { type Curve, curveByNumbers, curveByOid, domainParameters, type Group, groupByNumbers } from './domain-parameters'
import { bitLength, toInteger, toUnsigned } from './integers'
import { oidText } from './object-ids'
import { malformed, only, readAll, readTlv, type Tlv } from './tlv'

/** A public key of a chip. `value` is the plain public value as key agreements take it. */
export type PublicKey =
  | Readonly<{ kind: 'RSA'; modulus: bigint; exponent: bigint }>
  | Readonly<{ kind: 'ECDH'; parameters: Curve; value: Uint8Array }>
  | Readonly<{ kind: 'DH'; parameters: Group; value: Uint8Array }>

const TAG = { integer: 0x02, bits: 0x03, octets: 0x04, oid: 0x06, sequence: 0x30 } as const
const RSA = ['1.2.840.113549.1.1.1', '1.2.840.113549.1.1.10']
const EC = ['1.2.840.10045.2.1', '1.3.132.1.12']
const DH_PKCS3 = '1.2.840.113549.1.3.1'
const DH_X942 = '1.2.840.10046.2.1'
const STANDARDISED = '0.4.0.127.0.7.1.2'
const PRIME_FIELD = '1.2.840.10045.1.1'
/** Bits of a modulus: weaker ones prove nothing, longer ones only cost time; a group's costs most. */
const LEAST_BITS = 1024
const MOST_BITS = { RSA: 8192, DH: 4096 } as const

const integer = (tlv: Tlv | undefined): bigint => {
  if (tlv?.tag !== TAG.integer) throw malformed()
  return toInteger(tlv.value)
}
const fits = (modulus: bigint, kind: keyof typeof MOST_BITS): boolean => bitLength(modulus) >= LEAST_BITS && bitLength(modulus) <= MOST_BITS[kind] && (modulus & 1n) === 1n

/** ECParameters of X9.62 with every number written out (RFC 3279 §2.3.5); only those of a standardised curve are taken. */
function explicitCurve(parameters: Tlv): Curve | null {
  const [, field, coefficients, base, order] = readAll(parameters.value)
  if (!field || !coefficients || !base || base.tag !== TAG.octets) throw malformed()
  const [fieldKind, prime] = readAll(field.value)
  if (fieldKind?.tag !== TAG.oid || oidText(fieldKind.value) !== PRIME_FIELD) return null
  const [a, b] = readAll(coefficients.value)
  if (!a || !b) throw malformed()
  const p = integer(prime)
  const length = Math.ceil(bitLength(p) / 8)
  return curveByNumbers({ p, a: toInteger(a.value), b: toInteger(b.value), gx: toInteger(base.value.subarray(1, 1 + length)), n: integer(order) })
}

function curveOf(parameters: Tlv | undefined): Curve | null {
  if (parameters?.tag === TAG.oid) return curveByOid(oidText(parameters.value))
  return parameters?.tag === TAG.sequence ? explicitCurve(parameters) : null
}

/** The public value of a group: a DER integer by X.509, the plain value where parameters are standardised (TR-03110-3 A.1.1). */
function groupValue(bits: Uint8Array): Uint8Array {
  try {
    const { tlv, end } = readTlv(bits)
    return tlv.tag === TAG.integer && end === bits.length ? toUnsigned(toInteger(tlv.value)) : bits
  } catch {
    return bits
  }
}

function groupOf(algorithm: string, parameters: Tlv | undefined): Group | null {
  if (parameters?.tag !== TAG.sequence) throw malformed()
  const [p, g, q] = readAll(parameters.value)
  const [prime, generator, order] = [integer(p), integer(g), algorithm === DH_X942 ? integer(q) : null]
  const sound = fits(prime, 'DH') && generator > 1n && generator < prime && (order === null || (order > 1n && order < prime))
  return sound ? groupByNumbers(prime, generator, order) : null
}

function rsaKey(bits: Uint8Array): PublicKey | null {
  const [modulus, exponent] = readAll(only(bits, TAG.sequence).value)
  const key = { kind: 'RSA', modulus: integer(modulus), exponent: integer(exponent) } as const
  return fits(key.modulus, 'RSA') && bitLength(key.exponent) <= 64 && key.exponent > 1n ? key : null
}

function standardised(parameters: Tlv | undefined, bits: Uint8Array): PublicKey | null {
  const found = domainParameters(Number(integer(parameters)))
  if (!found) return null
  return found.kind === 'ECDH' ? { kind: 'ECDH', parameters: found, value: bits } : { kind: 'DH', parameters: found, value: groupValue(bits) }
}

/**
 * A SubjectPublicKeyInfo as DG14 and DG15 carry it (RFC 5280; 9303-11 §9.1, §9.5.2). The point or value is not yet checked:
 * whoever uses it does. Null for an algorithm, a curve or a size that is not supported. @throws AppError THE-009
 */
export function parsePublicKey(info: Uint8Array): PublicKey | null {
  const [algorithm, key] = readAll(only(info, TAG.sequence).value)
  if (algorithm?.tag !== TAG.sequence || key?.tag !== TAG.bits || key.value[0] !== 0) throw malformed()
  const [identifier, parameters] = readAll(algorithm.value)
  if (identifier?.tag !== TAG.oid) throw malformed()
  const oid = oidText(identifier.value)
  const bits = key.value.subarray(1)
  if (RSA.includes(oid)) return rsaKey(bits)
  if (oid === STANDARDISED) return standardised(parameters, bits)
  if (EC.includes(oid)) {
    const curve = curveOf(parameters)
    return curve && { kind: 'ECDH', parameters: curve, value: bits }
  }
  if (oid !== DH_PKCS3 && oid !== DH_X942) return null
  const group = groupOf(oid, parameters)
  return group && { kind: 'DH', parameters: group, value: groupValue(bits) }
}
