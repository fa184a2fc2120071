import { setImmediate } from 'node:timers/promises'
import { AppError } from '@contract/errors'
import { asAppError, type Clock, type Documents } from '../../storage'
import type { PadesPort } from './pades-port'
import { gather } from './keys'
import type { Placing, Safe } from './placing'
import type { SignAs } from './ports'
import type { SignatureScheme } from '@contract/signing'
import { wishFor } from './signer'
import type { Stamps } from './stamps'
import { bytesOfTarget, type Found } from './targets'

/** So many bytes are signed with one log-in; a larger batch is signed in several, with the same PIN. */
export const AT_ONCE = 48 * 1024 * 1024

export type BatchItem = Readonly<{ ordinal: number; found: Found }>
export type BatchOutcome = Readonly<{ ordinal: number; found: Found } & ({ safe: Safe } | { code: string })>
export type BatchWish = Readonly<{
  items: readonly BatchItem[]
  certificates: readonly Uint8Array[]
  scheme: SignatureScheme
  as: SignAs
  stampUrl: string | null
  /** One log-in. */
  sign(pieces: readonly Uint8Array[]): Promise<readonly Uint8Array[]>
}>
export type BatchDeps = Readonly<{ documents: Documents; clock: Clock; pades: PadesPort; stamps: Stamps; placing: Placing }>

/** Pieces of the batch that fit into memory together, in their order. */
export function inPieces(items: readonly BatchItem[], atOnce: number): BatchItem[][] {
  const pieces: BatchItem[][] = []
  let size = Infinity
  for (const item of items) {
    if (size + item.found.size > atOnce) {
      pieces.push([])
      size = 0
    }
    pieces.at(-1)?.push(item)
    size += item.found.size
  }
  return pieces
}

/**
 * Signs many PDFs with one key and one log-in, a piece of the batch after the other. A document that cannot be signed gets its code and holds up no
 * other; what the token says about PIN or key ends the batch. The signed bytes are safe when they are handed out. @throws AppError KS-02x, KS-12x
 */
export async function* signBatch(deps: BatchDeps, wish: BatchWish): AsyncGenerator<readonly BatchOutcome[]> {
  for (const piece of inPieces(wish.items, AT_ONCE)) yield signPiece(deps, piece, wish)
}

async function signPiece({ documents, clock, pades, stamps, placing }: BatchDeps, items: readonly BatchItem[], { certificates, scheme, as, stampUrl, sign }: BatchWish): Promise<BatchOutcome[]> {
  const signs: { failed: AppError | null } = { failed: null }
  const hands = gather(items.length, async (pieces) => {
    try {
      return await sign(pieces)
    } catch (error) {
      signs.failed = asAppError(error)
      throw signs.failed
    }
  })
  const [signer] = certificates
  if (!signer) throw new Error('a key without its certificate')

  const one = async ({ ordinal, found }: BatchItem): Promise<BatchOutcome> => {
    const turn = { asked: false }
    try {
      const bytes = await bytesOfTarget({ documents }, found)
      // Preparing a PDF is work without a pause: others get their turn in between.
      await setImmediate()
      const key = hands.key(certificates, scheme)
      const signed = await pades.sign(bytes, { ...key, sign: (toSign) => {
        turn.asked = true
        return key.sign(toSign)
      } }, wishFor(bytes, signer, as, clock.now()), stamps.source(stampUrl))
      await setImmediate()
      return { ordinal, found, safe: await placing.store(found, bytes, signed.bytes, signed.level) }
    } catch (error) {
      if (!turn.asked) hands.less()
      if (!(error instanceof AppError)) throw error
      return { ordinal, found, code: error.code }
    }
  }
  const outcomes = await Promise.allSettled(items.map(one))
  if (signs.failed !== null) throw signs.failed
  return outcomes.map((outcome) => {
    if (outcome.status === 'rejected') throw asAppError(outcome.reason)
    return outcome.value
  })
}
