import { createHash } from 'node:crypto'
import { malformed, readAll, type Tlv } from '../chip/tlv'
import { type Certificate, KEY_USAGE, serialOf } from './certificate'
import { bitsOf, childrenOf, first, oidOf, TAG, timeOf, walk, whole } from './der'
import { type Name, nameOf } from './names'
import { verifySignature, type SignatureState } from './signature'

/** A certificate revocation list (RFC 5280 §5, 9303-12 §7.1.4). */
export type RevocationList = Readonly<{
  raw: Uint8Array
  sha256: string
  tbs: Uint8Array
  algorithm: Tlv
  signature: Uint8Array
  issuer: Name
  thisUpdate: Date
  nextUpdate: Date | null
  /** Serial numbers, as `serialOf` writes them. */
  revoked: ReadonlySet<string>
  /** Has critical extensions, as lists of changes or of a part have: that a certificate is not in it says nothing. */
  partial: boolean
}>

/** Roots publish at least every 90 days (9303-12 §5.1.4): a list without a next date is in force for so long. */
const LONGEST_WITHOUT_NEXT = 90 * 24 * 3600 * 1000
export const LARGEST_LIST = 4 * 1024 * 1024

/** Reads a revocation list. @throws AppError THE-009 */
export function parseRevocationList(bytes: Uint8Array): RevocationList {
  if (bytes.length > LARGEST_LIST) throw malformed()
  const outer = whole(bytes, TAG.sequence)
  const [tbs, algorithm, signature] = readAll(outer.value)
  if (tbs === undefined || algorithm === undefined) throw malformed()
  const fields = walk(tbs, TAG.sequence)
  fields.optional(TAG.integer)
  const inner = fields.next(TAG.sequence)
  const issuer = nameOf(fields.next())
  const thisUpdate = timeOf(fields.next())
  const next = fields.optional(TAG.utcTime, TAG.time)
  const entries = fields.optional(TAG.sequence)
  if (oidOf(childrenOf(inner, TAG.sequence)[0]) !== oidOf(childrenOf(algorithm, TAG.sequence)[0])) throw malformed()
  return {
    raw: outer.raw, sha256: createHash('sha256').update(outer.raw).digest('hex'), tbs: tbs.raw, algorithm, signature: bitsOf(signature),
    issuer, thisUpdate, nextUpdate: next ? timeOf(next) : null,
    revoked: new Set((entries ? readAll(entries.value) : []).map((entry) => serialOf(walk(entry, TAG.sequence).next(TAG.integer).value))),
    partial: hasCritical(fields.optional(0xa0)),
  }
}

function hasCritical(extensions: Tlv | undefined): boolean {
  if (extensions === undefined) return false
  return childrenOf(first(extensions.value), TAG.sequence).some((extension) => {
    const critical = childrenOf(extension, TAG.sequence)[1]
    return critical?.tag === TAG.boolean && critical.value[0] !== 0
  })
}

/** Whether this root signed the list and may do so. */
export function listSignedBy(list: RevocationList, issuer: Certificate): SignatureState {
  const { authority, keyUsage } = issuer.extensions
  if (authority !== true || (keyUsage !== null && !keyUsage.has(KEY_USAGE.crlSign))) return 'invalid'
  return verifySignature({ algorithm: list.algorithm, spki: issuer.spki, bytes: list.tbs, signature: list.signature })
}

/** Not in force any more, or not yet. */
export const isStale = ({ thisUpdate, nextUpdate }: RevocationList, at: Date): boolean =>
  at < thisUpdate || at > (nextUpdate ?? new Date(thisUpdate.getTime() + LONGEST_WITHOUT_NEXT))
