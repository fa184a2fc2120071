import {
  bitsOf, type Certificate, childrenOf, digest, first, hashOfOid, inForce, type Name, nameOf, oidOf, parseCertificate, readAll, serialOf, signedBy, TAG, timeOf, type Tlv, verifySignature, walk,
} from '../../identity/pki'
import { PURPOSE } from '../certificate-facts'
import { sha1 } from './algorithms'
import { OID } from './oids'

/** One SingleResponse (RFC 6960 §4.2.1). */
export type OcspEntry = Readonly<{
  hash: string
  nameHash: Uint8Array
  keyHash: Uint8Array
  serial: string
  status: 'good' | 'revoked' | 'unknown'
  revokedAt: Date | null
  /** Suspended only (certificateHold). */
  hold: boolean
  thisUpdate: Date
  nextUpdate: Date | null
}>

/** A BasicOCSPResponse, read but not judged. */
export type OcspAnswer = Readonly<{
  raw: Uint8Array
  responder: Readonly<{ name: Name } | { keyHash: Uint8Array }>
  producedAt: Date
  entries: readonly OcspEntry[]
  nonce: Uint8Array | null
  tbs: Uint8Array
  algorithm: Tlv
  signature: Uint8Array
  certificates: readonly Certificate[]
}>

const MOST_CERTIFICATES = 8
const SUCCESSFUL = 0

/** Reads an OCSPResponse that has an answer; null for one that says it has none (tryLater, unauthorized …). @throws AppError THE-009 */
export function parseOcsp(bytes: Uint8Array): OcspAnswer | null {
  const outer = first(bytes)
  const response = walk(outer, TAG.sequence)
  if (response.next(TAG.enumerated).value[0] !== SUCCESSFUL) return null
  const inner = walk(first(response.next(0xa0).value), TAG.sequence)
  if (oidOf(inner.next()) !== OID.basicOcsp) return null
  const basic = walk(first(inner.next(TAG.octets).value), TAG.sequence)
  const tbs = basic.next(TAG.sequence)
  const algorithm = basic.next(TAG.sequence)
  const signature = bitsOf(basic.next(TAG.bits))
  const certificates = basic.optional(0xa0)
  return { raw: outer.raw, ...dataOf(tbs), tbs: tbs.raw, algorithm, signature, certificates: (certificates ? childrenOf(first(certificates.value), TAG.sequence) : []).slice(0, MOST_CERTIFICATES).map(({ raw }) => parseCertificate(raw)) }
}

function dataOf(tbs: Tlv): Pick<OcspAnswer, 'responder' | 'producedAt' | 'entries' | 'nonce'> {
  const fields = walk(tbs, TAG.sequence)
  fields.optional(0xa0)
  const id = fields.next()
  return {
    responder: id.tag === 0xa1 ? { name: nameOf(first(id.value)) } : { keyHash: first(id.value).value },
    producedAt: timeOf(fields.next(TAG.time)), entries: childrenOf(fields.next(), TAG.sequence).map(entryOf), nonce: nonceOf(fields.optional(0xa1)),
  }
}

function entryOf(tlv: Tlv): OcspEntry {
  const fields = walk(tlv, TAG.sequence)
  const id = walk(fields.next(), TAG.sequence)
  const hash = oidOf(childrenOf(id.next(), TAG.sequence)[0])
  const [nameHash, keyHash] = [id.next(TAG.octets).value, id.next(TAG.octets).value]
  const serial = serialOf(id.next(TAG.integer).value)
  const status = fields.next()
  const thisUpdate = timeOf(fields.next(TAG.time))
  const next = fields.optional(0xa0)
  return {
    hash, nameHash, keyHash, serial, thisUpdate, nextUpdate: next ? timeOf(first(next.value)) : null,
    status: status.tag === 0x80 ? 'good' : status.tag === 0xa1 ? 'revoked' : 'unknown',
    ...(status.tag === 0xa1 ? revocationOf(status) : { revokedAt: null, hold: false }),
  }
}

const HOLD = 6

/** RevokedInfo: since when, and whether for now only (reason certificateHold, RFC 5280 §5.3.1). */
function revocationOf({ value }: Tlv): Pick<OcspEntry, 'revokedAt' | 'hold'> {
  const [at, reason] = readAll(value)
  return { revokedAt: timeOf(at), hold: reason?.tag === 0xa0 && first(reason.value).value[0] === HOLD }
}

function nonceOf(extensions: Tlv | undefined): Uint8Array | null {
  for (const extension of extensions ? childrenOf(first(extensions.value), TAG.sequence) : []) {
    const parts = childrenOf(extension, TAG.sequence)
    if (oidOf(parts[0]) === OID.ocspNonce) return parts.at(-1)?.value ?? null
  }
  return null
}

export type OcspJudgement =
  | Readonly<{ state: 'good' | 'revoked' | 'unknown'; revokedAt: Date | null; hold: boolean; thisUpdate: Date; nextUpdate: Date | null; responder: Certificate }>
  | Readonly<{ state: 'invalid' }>

/** What is asked about: `parseCertificate` of both. */
export type About = Readonly<{ certificate: Certificate; issuer: Certificate }>

/**
 * What an answer says about a certificate, when its signature is the issuer's or that of a responder whom the issuer itself appointed
 * (RFC 6960 §4.2.2.2). Whether it is new enough is for `ocspIsFresh`. Never throws.
 */
export function judgeOcsp(answer: OcspAnswer, { certificate, issuer }: About): OcspJudgement {
  const responder = responderOf(answer, issuer)
  const entry = answer.entries.find((one) => isAbout(one, certificate, issuer))
  if (responder === null || entry === undefined) return { state: 'invalid' }
  const { status, revokedAt, hold, thisUpdate, nextUpdate } = entry
  return { state: status, revokedAt, hold, thisUpdate, nextUpdate, responder }
}

function responderOf(answer: OcspAnswer, issuer: Certificate): Certificate | null {
  const { responder, algorithm, tbs: bytes, signature } = answer
  const named = [issuer, ...answer.certificates].filter((one) => ('name' in responder ? one.subject.key === responder.name.key : Buffer.compare(sha1(keyBits(one)), responder.keyHash) === 0))
  return named.find((one) => mayAnswer(one, issuer, answer.producedAt) && verifySignature({ algorithm, spki: one.spki, bytes, signature }) === 'valid') ?? null
}

const mayAnswer = (responder: Certificate, issuer: Certificate, at: Date): boolean => responder.sha256 === issuer.sha256 || (
  responder.issuer.key === issuer.subject.key && responder.extensions.extendedKeyUsage?.includes(PURPOSE.ocspSigning) === true && responder.extensions.unknownCritical.length === 0
  && inForce(responder, at) && signedBy(responder, issuer) === 'valid'
)

/** The BIT STRING of the key, which key hashes are made of. */
export const keyBits = ({ spki }: Certificate): Uint8Array => bitsOf(childrenOf(spki, TAG.sequence)[1])

function isAbout({ hash, nameHash, keyHash, serial }: OcspEntry, certificate: Certificate, issuer: Certificate): boolean {
  const known = hashOfOid(hash)
  if (known === null || serial !== certificate.serial || certificate.issuer.key !== issuer.subject.key) return false
  return Buffer.compare(nameHash, digest(known, certificate.issuer.raw)) === 0 && Buffer.compare(keyHash, digest(known, keyBits(issuer))) === 0
}

const SLACK = 5 * 60 * 1000
const DAY = 24 * 3600 * 1000

/** In its period at this time, clocks apart by five minutes at most; without nextUpdate it counts for a day (RFC 6960 §4.2.2.1 leaves that to us). */
export const ocspIsFresh = ({ thisUpdate, nextUpdate }: Readonly<{ thisUpdate: Date; nextUpdate: Date | null }>, at: Date): boolean =>
  thisUpdate.getTime() <= at.getTime() + SLACK && at.getTime() <= (nextUpdate?.getTime() ?? thisUpdate.getTime() + DAY) + SLACK
