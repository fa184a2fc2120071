import { createHash } from 'node:crypto'
import { type Certificate, childrenOf, first, listSignedBy, oidOf, parseRevocationList, type RevocationList, serialOf, TAG, timeOf, type Tlv, walk } from '../../identity/pki'
import { strongAlgorithm } from './strength'

/** What a list says about one certificate. */
export type ListEntry = Readonly<{ revokedAt: Date; hold: boolean }>

const REASON = '2.5.29.21'
const HOLD = 6
const MOST_KEPT = 8
const parsed = new Map<string, RevocationList | null>()
const verified = new Map<string, boolean>()

function remember<T>(map: Map<string, T>, key: string, make: () => T, most: number): T {
  const known = map.get(key)
  if (known !== undefined) return known
  for (const oldest of [...map.keys()].slice(0, map.size >= most ? 1 : 0)) map.delete(oldest)
  const made = make()
  map.set(key, made)
  return made
}

/** Reads a list; the last ones are remembered by their hash, because lists are long and asked for again with every paper. Null for what is none. */
export function readList(bytes: Uint8Array): RevocationList | null {
  return remember(parsed, createHash('sha256').update(bytes).digest('hex'), () => {
    try {
      return parseRevocationList(bytes)
    } catch {
      return null
    }
  }, MOST_KEPT)
}

/** Whether the issuer of a certificate itself signed the list (RFC 5280 §6.3.3 f); lists that others sign for it are not followed. */
export const isListOf = (list: RevocationList, issuer: Certificate): boolean =>
  list.issuer.key === issuer.subject.key && strongAlgorithm(list.algorithm)
  && remember(verified, `${list.sha256}:${issuer.sha256}`, () => listSignedBy(list, issuer) === 'valid', MOST_KEPT * 8)

const onHold = (extensions: Tlv | undefined): boolean => (extensions ? childrenOf(extensions, TAG.sequence) : []).some((extension) => {
  const [oid, ...rest] = childrenOf(extension, TAG.sequence)
  const value = rest.at(-1)
  return oidOf(oid) === REASON && value?.tag === TAG.octets && first(value.value).value[0] === HOLD
})

/** The entry of a certificate; null when it is not in the list. @throws AppError THE-009 */
export function entryOf(list: RevocationList, certificate: Certificate): ListEntry | null {
  if (!list.revoked.has(certificate.serial)) return null
  const fields = walk(first(list.tbs), TAG.sequence)
  fields.optional(TAG.integer)
  fields.next(TAG.sequence)
  fields.next()
  fields.next()
  fields.optional(TAG.utcTime, TAG.time)
  for (const entry of childrenOf(fields.next(), TAG.sequence)) {
    const parts = walk(entry, TAG.sequence)
    if (serialOf(parts.next(TAG.integer).value) !== certificate.serial) continue
    return { revokedAt: timeOf(parts.next()), hold: onHold(parts.optional(TAG.sequence)) }
  }
  return null
}
