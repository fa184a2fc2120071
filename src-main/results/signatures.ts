import type { ShowingId, Signature, Signer } from '@contract/display'
import type { AccountId, DossierId, Instant } from '@contract/ids'
import { isSameSigner } from './rules'

/** What was drawn on the display for a result, before it is kept. */
export type Drawn = Readonly<{ dossierId: DossierId; by: Signer; askedBy: AccountId; signature: Signature; showing: ShowingId; at: Instant }>

/** How long a signature waits for the hand-over that it belongs to, in milliseconds. */
export const WAITS_MS = 15 * 60_000

export type Signatures = Readonly<{
  put(drawn: Drawn): void
  /** The newest of this dossier, asked for by this officer and still in time. */
  of(dossierId: DossierId, askedBy: AccountId, now: Date): Drawn | null
  /** The same, when it is this person's. */
  by(dossierId: DossierId, askedBy: AccountId, signer: Signer, now: Date): Drawn | null
  drop(dossierId: DossierId): void
}>

/** Holds what was signed in memory only, the newest of all dossiers alone: there is one display, and one citizen before it. */
export function createSignatures(): Signatures {
  let held: Drawn | null = null
  const of: Signatures['of'] = (dossierId, askedBy, now) => {
    if (held && now.getTime() - Date.parse(held.at) > WAITS_MS) held = null
    return held?.dossierId === dossierId && held.askedBy === askedBy ? held : null
  }
  return {
    put: (drawn) => { held = drawn },
    of,
    by: (dossierId, askedBy, signer, now) => {
      const found = of(dossierId, askedBy, now)
      return found && isSameSigner(found.by, signer) ? found : null
    },
    drop: (dossierId) => {
      if (held?.dossierId === dossierId) held = null
    },
  }
}
