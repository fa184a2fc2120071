import { constants, createHash, createPrivateKey, createPublicKey, generateKeyPairSync, type KeyObject, sign } from 'node:crypto'
import { encodeTlv } from '../../../src-main/identity/chip/tlv'
import { digest, type Hash, HASHES } from '../../../src-main/identity/trust/algorithms'
import { namedCurve } from '../../../src-main/identity/trust/curves'
import { type CurveParameters, KNOWN_CURVES } from '../../../src-main/identity/trust/known-curves'
import { bits, bytesOf, integer, nothing, octets, oid, sequence } from './der-writer'

/** A key of an invented authority or signer. `id` is its key identifier (RFC 5280 §4.2.1.2, method 1). */
export type TestKey = Readonly<{
  spki: Uint8Array
  id: Uint8Array
  /** AlgorithmIdentifier of its signatures with this hash. */
  algorithm(hash: Hash): Uint8Array
  sign(hash: Hash, bytes: Uint8Array): Uint8Array
}>

const ECDSA_OIDS: Readonly<Record<Hash, string>> = {
  'SHA-1': '1.2.840.10045.4.1', 'SHA-224': '1.2.840.10045.4.3.1', 'SHA-256': '1.2.840.10045.4.3.2', 'SHA-384': '1.2.840.10045.4.3.3', 'SHA-512': '1.2.840.10045.4.3.4',
}
const RSA_OIDS: Readonly<Record<Hash, string>> = {
  'SHA-1': '1.2.840.113549.1.1.5', 'SHA-224': '1.2.840.113549.1.1.14', 'SHA-256': '1.2.840.113549.1.1.11', 'SHA-384': '1.2.840.113549.1.1.12', 'SHA-512': '1.2.840.113549.1.1.13',
}

const keyId = (key: Uint8Array): Uint8Array => createHash('sha1').update(key).digest()

/** EC parameters written out (SEC 1 appendix C.2), with faults on request. */
export function explicitParameters(curve: CurveParameters, faults: Partial<CurveParameters> = {}): Uint8Array {
  const { p, a, b, gx, gy, n } = { ...curve, ...faults }
  const size = Math.ceil(p.toString(16).length / 2)
  return sequence(integer(1), sequence(oid('1.2.840.10045.1.1'), integer(p)), sequence(octets(bytesOf(a, size)), octets(bytesOf(b, size))),
    octets(Uint8Array.of(4, ...bytesOf(gx, size), ...bytesOf(gy, size))), integer(n), integer(1))
}

export function knownCurve(curveName: string): (typeof KNOWN_CURVES)[number] {
  const known = KNOWN_CURVES.find(({ name }) => name === curveName)
  if (!known) throw new Error(`no curve ${curveName}`)
  return known
}

/**
 * An EC key by noble, so that brainpool works in every runtime; the same `seed` gives the same key.
 * `parameters` replaces the explicit ones, for faults.
 */
export function ecKey(curveName: string, options: { seed: string; explicit?: boolean; parameters?: Uint8Array }): TestKey {
  const known = knownCurve(curveName)
  const curve = namedCurve(known.oid)?.ecdsa
  if (!curve) throw new Error(curveName)
  const seed = createHash('sha512').update(options.seed).update(curveName).digest()
  const secret = bytesOf((BigInt(`0x${Buffer.concat([seed, seed]).toString('hex')}`) % (known.n - 1n)) + 1n, curve.Point.Fn.BYTES)
  const point = curve.getPublicKey(secret, false)
  const parameters = options.parameters ?? (options.explicit === true ? explicitParameters(known) : oid(known.oid))
  return {
    spki: sequence(sequence(oid('1.2.840.10045.2.1'), parameters), bits(point)),
    id: keyId(point),
    algorithm: (hash) => sequence(oid(ECDSA_OIDS[hash])),
    sign: (hash, bytes) => curve.sign(digest(hash, bytes), secret, { prehash: false, lowS: false, format: 'der' }),
  }
}

/** An RSA key by node:crypto. With `pss`, it signs with RSASSA-PSS. Made anew each time unless a PEM is given. */
export function rsaKey(options: { bits?: number; pem?: string; pss?: boolean; saltLength?: number }): TestKey {
  const secret: KeyObject = options.pem === undefined ? generateKeyPairSync('rsa', { modulusLength: options.bits ?? 2048 }).privateKey : createPrivateKey(options.pem)
  const spki = createPublicKey(secret).export({ type: 'spki', format: 'der' })
  const saltLength = options.saltLength ?? 32
  const pss = (hash: Hash): Uint8Array => {
    const hashId = sequence(oid(HASHES[hash].oid), nothing())
    return sequence(oid('1.2.840.113549.1.1.10'), sequence(encodeTlv(0xa0, hashId), encodeTlv(0xa1, sequence(oid('1.2.840.113549.1.1.8'), hashId)), encodeTlv(0xa2, integer(saltLength))))
  }
  return {
    spki: new Uint8Array(spki),
    id: keyId(createPublicKey(secret).export({ type: 'pkcs1', format: 'der' })),
    algorithm: (hash) => (options.pss === true ? pss(hash) : sequence(oid(RSA_OIDS[hash]), nothing())),
    sign: (hash, bytes) => new Uint8Array(sign(HASHES[hash].node, bytes, options.pss === true ? { key: secret, padding: constants.RSA_PKCS1_PSS_PADDING, saltLength } : secret)),
  }
}
