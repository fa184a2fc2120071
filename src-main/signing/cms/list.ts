import { first, type RevocationList, serialOf, TAG, timeOf, walk, childrenOf } from '../../identity/pki'

/** When a serial number was revoked by a list; null when it is not in it. @throws AppError THE-009 */
export function revokedAt(list: RevocationList, serial: string): Date | null {
  if (!list.revoked.has(serial)) return null
  const fields = walk(first(list.tbs), TAG.sequence)
  fields.optional(TAG.integer)
  fields.next(TAG.sequence)
  fields.next(TAG.sequence)
  fields.next()
  fields.optional(TAG.utcTime, TAG.time)
  for (const entry of childrenOf(fields.next(), TAG.sequence)) {
    const parts = walk(entry, TAG.sequence)
    if (serialOf(parts.next(TAG.integer).value) === serial) return timeOf(parts.next())
  }
  return null
}
