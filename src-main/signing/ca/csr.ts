import type { SignatureScheme } from '@contract/signing'
import { bitsOf, childrenOf, first, TAG, type Tlv, verifySignature, walk, whole } from '../../identity/pki'
import { NAME, type NamePart, namePartsOf } from '../certificate-facts'
import { bitString, ctx, integer, oid, printable, seq, set, utf8 } from '../der'
import { signatureAlgorithm } from './algorithms'

/** Whom a certificate is for. `idNumber` has twelve digits. */
export type RequestSubject = Readonly<{ fullName: string; idNumber: string; province: string }>

const attribute = (type: string, value: Uint8Array): Uint8Array => set(seq(oid(type), value))

/** A name of these attributes in this order: the country as PrintableString, the rest as UTF8String (RFC 5280 §4.1.2.4). */
export const nameDer = (parts: readonly NamePart[]): Uint8Array =>
  seq(...parts.map(({ type, text }) => attribute(type, type === NAME.country ? printable(text) : utf8(text))))

/** The UID of a citizen's certificate (practice of the public CAs: `CCCD:` and the number). */
export const uidOf = (idNumber: string): string => `CCCD:${idNumber}`

const subjectOf = ({ fullName, idNumber, province }: RequestSubject): Uint8Array => nameDer([
  { type: NAME.country, text: 'VN' }, { type: NAME.province, text: province }, { type: NAME.commonName, text: fullName }, { type: NAME.id, text: uidOf(idNumber) },
])

/**
 * A certification request (RFC 2986) for a key that is somewhere else: `sign` gets the bytes to sign, ECDSA answers as DER.
 * `spki` is the SubjectPublicKeyInfo of that key.
 */
export async function buildRequest(wish: Readonly<{ subject: RequestSubject; spki: Uint8Array; scheme: SignatureScheme; sign(bytes: Uint8Array): Promise<Uint8Array> }>): Promise<Uint8Array> {
  const info = seq(integer(0), subjectOf(wish.subject), wish.spki, ctx(0))
  return seq(info, signatureAlgorithm(wish.scheme), bitString(await wish.sign(info)))
}

/** A certification request as it came; `proven`: signed with the key that it is for. */
export type RequestRead = Readonly<{ raw: Uint8Array; subject: readonly NamePart[]; subjectDer: Uint8Array; spki: Tlv; proven: boolean }>

/** Reads a certification request. @throws AppError THE-009 */
export function readRequest(der: Uint8Array): RequestRead {
  const outer = whole(der, TAG.sequence)
  const [info, algorithm, signature] = childrenOf(outer, TAG.sequence)
  const fields = walk(info, TAG.sequence)
  fields.next(TAG.integer)
  const subject = fields.next(TAG.sequence)
  const spki = fields.next(TAG.sequence)
  const proven = info !== undefined && algorithm !== undefined && verifySignature({ algorithm, spki, bytes: info.raw, signature: bitsOf(signature) }) === 'valid'
  return { raw: outer.raw, subject: namePartsOf(subject.raw), subjectDer: subject.raw, spki, proven }
}

/** The bits of the key itself, which no writer codes differently; with the algorithm's identifier before them. @throws AppError THE-009 */
export function keyBytesOf(spki: Uint8Array): Uint8Array {
  const [algorithm, key] = childrenOf(first(spki), TAG.sequence)
  return Buffer.concat([childrenOf(algorithm, TAG.sequence)[0]?.raw ?? new Uint8Array(0), bitsOf(key)])
}
