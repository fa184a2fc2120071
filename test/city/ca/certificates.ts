import { createHash, createPrivateKey, generateKeyPairSync, randomBytes, sign } from 'node:crypto'
import { bitsOf, childrenOf, first, TAG } from '../../../src-main/identity/pki'
import { algorithm, bitString, bool, ctx, ctxValue, integer, namedBitString, octets, oid, seq, time } from '../../../src-main/signing/der'
import { NAME } from '../../../src-main/signing/certificate-facts'
import { nameDer } from '../../../src-main/signing/ca'

/** A key with its certificate, DER: what signs. */
export interface Signer {
  readonly certificate: Uint8Array
  /** PKCS#8. */
  readonly privateKey: Uint8Array
}

/** A key pair on P-256. */
export function newKey(): { privateKey: Uint8Array; spki: Uint8Array } {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  return { privateKey: privateKey.export({ type: 'pkcs8', format: 'der' }), spki: publicKey.export({ type: 'spki', format: 'der' }) }
}

/** ECDSA with SHA-256, as DER. */
export const signWith = (privateKey: Uint8Array, bytes: Uint8Array): Uint8Array =>
  sign('sha256', bytes, createPrivateKey({ key: Buffer.from(privateKey), format: 'der', type: 'pkcs8' }))

export const ECDSA_SHA256 = algorithm('1.2.840.10045.4.3.2')

export const caName = (commonName: string): Uint8Array =>
  nameDer([{ type: NAME.country, text: 'VN' }, { type: NAME.organisation, text: 'CA Nam Bình (trình diễn)' }, { type: NAME.commonName, text: commonName }])

/** SHA-1 over the bits of the key (RFC 5280 §4.2.1.2, method 1). */
export const keyIdOf = (spki: Uint8Array): Uint8Array => createHash('sha1').update(bitsOf(childrenOf(first(spki), TAG.sequence)[1])).digest()

const extension = (id: string, value: Uint8Array, critical = false): Uint8Array => seq(oid(id), ...(critical ? [bool(true)] : []), octets(value))
const uri = (url: string): Uint8Array => ctxValue(6, Buffer.from(url, 'latin1'))

/** Extensions by what they say. */
export const EXTENSIONS = {
  authority: (below: number): Uint8Array => extension('2.5.29.19', seq(bool(true), integer(below)), true),
  endEntity: extension('2.5.29.19', seq(), true),
  usage: (...bits: readonly number[]): Uint8Array => extension('2.5.29.15', namedBitString(...bits), true),
  purposes: (critical: boolean, ...purposes: readonly string[]): Uint8Array => extension('2.5.29.37', seq(...purposes.map(oid)), critical),
  noCheck: extension('1.3.6.1.5.5.7.48.1.5', Uint8Array.of(5, 0)),
  policy: (...policies: readonly string[]): Uint8Array => extension('2.5.29.32', seq(...policies.map((policy) => seq(oid(policy))))),
  lists: (url: string): Uint8Array => extension('2.5.29.31', seq(seq(ctx(0, ctx(0, uri(url)))))),
  access: (ocsp: string | null, issuer: string): Uint8Array =>
    extension('1.3.6.1.5.5.7.1.1', seq(...(ocsp === null ? [] : [seq(oid('1.3.6.1.5.5.7.48.1'), uri(ocsp))]), seq(oid('1.3.6.1.5.5.7.48.2'), uri(issuer)))),
} as const

export interface CertificateWish {
  readonly subject: Uint8Array
  readonly issuer: Uint8Array
  readonly spki: Uint8Array
  readonly issuerSpki: Uint8Array
  readonly signingKey: Uint8Array
  readonly notBefore: Date
  readonly notAfter: Date
  readonly extensions: readonly Uint8Array[]
}

const SERIAL_BYTES = 16

/** A certificate with a random serial number (RFC 5280 §4.1.2.2: positive, at most 20 octets), and the identifiers of both keys. */
export function makeCertificate(wish: CertificateWish): Uint8Array {
  const serial = randomBytes(SERIAL_BYTES)
  serial[0] = ((serial[0] ?? 0) & 0x7f) | 0x40
  const keys = [extension('2.5.29.14', octets(keyIdOf(wish.spki))), extension('2.5.29.35', seq(ctxValue(0, keyIdOf(wish.issuerSpki))))]
  const tbs = seq(
    ctx(0, integer(2)), integer(serial), ECDSA_SHA256, wish.issuer, seq(time(wish.notBefore), time(wish.notAfter)), wish.subject, wish.spki,
    ctx(3, seq(...wish.extensions, ...keys)),
  )
  return seq(tbs, ECDSA_SHA256, bitString(signWith(wish.signingKey, tbs)))
}
