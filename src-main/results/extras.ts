import type { DossierId } from '@contract/ids'
import type { PayloadExtras } from '../intake'
import type { Reader } from '../storage'
import { findReturn } from './rows'

/** Who took the result, as the city is told of it: no number of a person, no signature (`docs/city-protocol.md`). */
export function resultExtras(reader: Reader, dossierId: DossierId): PayloadExtras {
  const returned = findReturn(reader, dossierId)
  if (!returned) return {}
  const { how, collectorName: name, authority, tracking, checked, signed, at, note } = returned
  return { result: { how, name, checked, signed, at, ...(authority !== null && { authority }), ...(tracking !== null && { tracking }), ...(note !== '' && { note }) } }
}
