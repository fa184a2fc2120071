import type { PadesLevel, SignatureScheme } from '@contract/signing'
import type { SignatureWish, SigningKey, StampSource } from '../ports'

/** A PDF that waits for its signature: what must be kept until the value comes. */
export type Waiting = Readonly<{ bytes: Uint8Array; state: string }>
export type Sealed = Readonly<{ bytes: Uint8Array; level: PadesLevel }>

/** What the desk asks of PAdES. The old bytes are an exact prefix of the new ones, always. */
export type PadesPort = Readonly<{
  /** B-T where the stamp comes, else B-B. @throws AppError KS-010 … KS-013, what the key throws */
  sign(bytes: Uint8Array, key: SigningKey, wish: SignatureWish, stamp: StampSource | null): Promise<Sealed>
  /** What is to be signed for a PDF that was kept: the signed attributes, DER. @throws AppError KS-015 */
  toSign(waiting: Readonly<{ bytes: Uint8Array; state: string }>): Uint8Array
  prepare(bytes: Uint8Array, key: Readonly<{ certificates: readonly Uint8Array[]; scheme: SignatureScheme }>, wish: SignatureWish): Promise<Waiting>
  /** @throws AppError KS-044 when the value is not that of the key */
  complete(waiting: Readonly<{ bytes: Uint8Array; state: string }>, value: Uint8Array, stamp: StampSource | null): Promise<Sealed>
  /** B-B → B-T → B-LT, as far as stamp and evidence are to be had; the same bytes when there is nothing to gain. */
  upgrade(bytes: Uint8Array, stamp: StampSource | null): Promise<Sealed>
}>
