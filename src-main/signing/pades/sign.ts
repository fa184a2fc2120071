import { z } from 'zod'
import { AppError, type ErrorCode } from '@contract/errors'
import { signingErrors } from '@contract/errors/signing'
import { type PadesLevel, SignatureScheme } from '@contract/signing'
import { assemble, checkValue, sha256, signedAttributes, type ToSign, type ValueFrom } from '../cms'
import { CONTENTS_SIZE, embedSignature, type PrepareOptions, prepareSignature, signedPieces } from '../pdf'
import type { Prepared, SignatureWish, SigningKey, StampSource } from '../ports'

/** What came of it. `stampTrouble`: why there is no stamp although one was wanted; the signature is as good without, and can be upgraded. */
export type SignedPdf = Readonly<{ bytes: Uint8Array; level: PadesLevel; stampTrouble: ErrorCode | null }>

/** A PDF that waits for its signature value. `bytes` and `state` are all that must be kept; `state` has nothing personal but the certificates. */
export type WaitingPdf = ToSign & Readonly<{ bytes: Uint8Array; state: string }>

export type FinishOptions = Readonly<{ stamps?: StampSource | null; from?: ValueFrom }>
type Signer = Pick<SigningKey, 'certificates' | 'scheme'>

/** Room for signature, attributes and a stamp beside the certificates, in bytes. */
const ROOM = 10_000

/**
 * Signs a PDF by an increment: B-T where a stamp can be had, else B-B. The value is checked against the certificate before it is put in.
 * @throws AppError KS-010 … KS-013; KS-029 for a key that signs wrongly; what the key throws
 */
export async function signPdf(bytes: Uint8Array, key: SigningKey, wish: SignatureWish, { stamps = null, ...options }: PrepareOptions & Pick<FinishOptions, 'stamps'> = {}): Promise<SignedPdf> {
  const prepared = await prepareSignature(bytes, wish, withRoom(key, options))
  const { set } = signedAttributes(prepared.digest, signerOf(key))
  return complete(prepared, key, set, await key.sign(set), { stamps, from: 'token' })
}

/** Makes the place for a signature whose value comes later, or for many that are signed at once. @throws AppError KS-010 … KS-013 */
export async function preparePdf(bytes: Uint8Array, signer: Signer, wish: SignatureWish, options: PrepareOptions = {}): Promise<WaitingPdf> {
  const prepared = await prepareSignature(bytes, wish, withRoom(signer, options))
  const { range, digest, field } = prepared
  const state: State = { v: 1, range: [...range], digest: base64(digest), field, scheme: signer.scheme, certificates: signer.certificates.map(base64) }
  return { bytes: prepared.bytes, state: JSON.stringify(state), ...signedAttributes(digest, signerOf(signer)) }
}

/** What is to be signed for a PDF that was kept. @throws AppError KS-015 when it is not the one that was prepared */
export function toSign(waiting: Pick<WaitingPdf, 'bytes' | 'state'>): ToSign {
  const { prepared, signer } = thaw(waiting)
  return signedAttributes(prepared.digest, signerOf(signer))
}

/**
 * Puts the signature value in. The same value gives a PDF that is signed again in the same way, so it may be done twice.
 * @throws AppError KS-015 when the kept PDF is not the one that was prepared; KS-029, KS-044 for a value of another key or over something else
 */
export async function finishPdf(waiting: Pick<WaitingPdf, 'bytes' | 'state'>, signature: Uint8Array, options: FinishOptions = {}): Promise<SignedPdf> {
  const { prepared, signer } = thaw(waiting)
  return complete(prepared, signer, signedAttributes(prepared.digest, signerOf(signer)).set, signature, options)
}

async function complete(prepared: Prepared, { certificates, scheme }: Signer, set: Uint8Array, signature: Uint8Array, { stamps = null, from = 'token' }: FinishOptions): Promise<SignedPdf> {
  const parts = { set, scheme, signature, certificates }
  checkValue(parts, from)
  const { stamp, trouble } = await stampFor(signature, stamps)
  if (stamp !== null) {
    try {
      return { bytes: embedSignature(prepared, assemble({ ...parts, stamp })), level: 'B-T', stampTrouble: null }
    } catch (error) {
      // A stamp with so long a chain that it does not fit: the signature is worth more than its stamp.
      if (!(error instanceof RangeError)) throw error
    }
  }
  return { bytes: embedSignature(prepared, assemble(parts)), level: 'B-B', stampTrouble: stamp === null ? trouble : signingErrors.stampRefused }
}

/** A signature is not lost because its stamp is not to be had: somebody has typed a PIN for it. */
async function stampFor(signature: Uint8Array, stamps: StampSource | null): Promise<Readonly<{ stamp: Uint8Array | null; trouble: ErrorCode | null }>> {
  if (stamps === null) return { stamp: null, trouble: null }
  try {
    return { stamp: await stamps.stamp(sha256(signature)), trouble: null }
  } catch (error) {
    if (error instanceof AppError) return { stamp: null, trouble: error.code }
    throw error
  }
}

const withRoom = ({ certificates }: Signer, options: PrepareOptions): PrepareOptions => ({
  contentsSize: Math.max(CONTENTS_SIZE, certificates.reduce((sum, { length }) => sum + length, ROOM)), ...options,
})

function signerOf({ certificates }: Signer): Uint8Array {
  const [signer] = certificates
  if (signer === undefined) throw new AppError(signingErrors.noKey)
  return signer
}

const State = z.object({
  v: z.literal(1), range: z.tuple([z.int().min(0), z.int().min(0), z.int().min(0), z.int().min(0)]), digest: z.base64(), field: z.string(), scheme: SignatureScheme, certificates: z.array(z.base64()).min(1),
})
type State = z.infer<typeof State>

const base64 = (bytes: Uint8Array): string => Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('base64')
const fromBase64 = (text: string): Uint8Array => new Uint8Array(Buffer.from(text, 'base64'))

function thaw({ bytes, state }: Pick<WaitingPdf, 'bytes' | 'state'>): Readonly<{ prepared: Prepared; signer: Signer }> {
  const { range, digest, field, scheme, certificates } = State.parse(JSON.parse(state))
  const prepared = { bytes, range, field, digest: fromBase64(digest) }
  if (Buffer.compare(sha256(...signedPieces(bytes, prepared)), prepared.digest) !== 0) throw new AppError(signingErrors.documentChanged)
  return { prepared, signer: { scheme, certificates: certificates.map(fromBase64) } }
}
