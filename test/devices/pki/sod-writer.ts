import { concat, encodeTlv, readAll } from '../../../src-main/identity/chip/tlv'
import { digest, type Hash, HASHES } from '../../../src-main/identity/trust/algorithms'
import { parseCertificate } from '../../../src-main/identity/trust/certificate'
import { integer, octets, oid, sequence, setOf } from './der-writer'
import type { TestKey } from './keys'

export { makeCertificate, makeRevocationList, makeRoot } from './certificate-writer'
export { ecKey, rsaKey } from './keys'

export type SignWish = Readonly<{
  contentType: string
  content: Uint8Array
  hash: Hash
  key: TestKey
  certificate: Uint8Array
  /** Certificates that go with it; the signer's alone unless told otherwise. */
  certificates?: readonly Uint8Array[]
  /** Faults and oddities. */
  by?: 'serial' | 'key'
  attributes?: 'usual' | 'none' | 'wrong-digest' | 'wrong-type' | 'twice'
  wrongSerial?: boolean
  signatureHash?: Hash
}>

const hashId = (hash: Hash): Uint8Array => sequence(oid(HASHES[hash].oid))
const attribute = (type: string, ...values: Uint8Array[]): Uint8Array => sequence(oid(type), setOf(...values))

function attributesOf({ contentType, content, hash, attributes = 'usual' }: SignWish): Uint8Array[] {
  if (attributes === 'none') return []
  const told = octets(attributes === 'wrong-digest' ? digest(hash, Uint8Array.of(...content, 0)) : digest(hash, content))
  const parts = [attribute('1.2.840.113549.1.9.3', oid(attributes === 'wrong-type' ? '1.2.840.113549.1.7.1' : contentType)), attribute('1.2.840.113549.1.9.4', told)]
  return attributes === 'twice' ? [...parts, ...parts] : parts
}

function signerInfo(wish: SignWish): Uint8Array {
  const { key, hash, signatureHash = hash, by = 'serial' } = wish
  const { issuer, extensions: { subjectKeyId } } = parseCertificate(wish.certificate)
  const serial = serialTlv(wish.certificate, wish.wrongSerial === true)
  const attributes = attributesOf(wish)
  const covered = attributes.length > 0 ? setOf(...attributes) : wish.content
  return sequence(
    integer(by === 'key' ? 3 : 1),
    by === 'key' ? encodeTlv(0x80, Buffer.from(subjectKeyId ?? '', 'hex')) : sequence(issuer.raw, serial),
    hashId(hash), ...(attributes.length > 0 ? [concat(Uint8Array.of(0xa0), covered.subarray(1))] : []),
    key.algorithm(signatureHash), octets(key.sign(signatureHash, covered)))
}

function serialTlv(certificate: Uint8Array, wrong: boolean): Uint8Array {
  if (wrong) return integer(987_654_321)
  const [body] = readAll(readAll(certificate)[0]?.value ?? new Uint8Array(0))
  return readAll(body?.value ?? new Uint8Array(0)).find(({ tag }) => tag === 0x02)?.raw ?? integer(0)
}

/** Writes CMS SignedData (RFC 5652), with one signer info for each wish; content and certificates are of the first. */
export function makeSignedData(first: SignWish, ...more: SignWish[]): Uint8Array {
  const wishes = [first, ...more]
  const certificates = first.certificates ?? wishes.map(({ certificate }) => certificate)
  return sequence(oid('1.2.840.113549.1.7.2'), encodeTlv(0xa0, sequence(
    integer(3), setOf(...wishes.map(({ hash }) => hashId(hash))),
    sequence(oid(first.contentType), encodeTlv(0xa0, octets(first.content))),
    ...(certificates.length > 0 ? [encodeTlv(0xa0, ...certificates)] : []),
    setOf(...wishes.map(signerInfo)))))
}

/** LDSSecurityObject v0 (9303-10 §4.6.2.3) over whole files of data groups, by their numbers. */
export const makeSecurityObject = (dgs: ReadonlyMap<number, Uint8Array>, hash: Hash): Uint8Array => sequence(
  integer(0), hashId(hash), sequence(...[...dgs].map(([number, file]) => sequence(integer(number), octets(digest(hash, file))))))

export type SodWish = Readonly<{ dgs: ReadonlyMap<number, Uint8Array>; hash: Hash; dsKey: TestKey; dsCertificate: Uint8Array }> & Partial<Omit<SignWish, 'hash' | 'key' | 'certificate'>>

/** Writes EF.SOD. `content` and the faults of `SignWish` may be given as well. */
export function makeSod({ dgs, hash, dsKey, dsCertificate, ...rest }: SodWish): Uint8Array {
  return encodeTlv(0x77, makeSignedData({ contentType: '2.23.136.1.1.1', content: makeSecurityObject(dgs, hash), hash, key: dsKey, certificate: dsCertificate, ...rest }))
}

/** Writes a master list (9303-12 §9) of these roots, signed by its signer. */
export function makeMasterList(roots: readonly Uint8Array[], wish: Omit<SignWish, 'contentType' | 'content'> & { content?: Uint8Array }): Uint8Array {
  return makeSignedData({ contentType: '2.23.136.1.1.2', content: sequence(integer(0), setOf(...roots)), ...wish })
}
