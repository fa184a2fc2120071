import { AppError } from '@contract/errors'
import type { SignatureScheme } from '@contract/signing'
import { type Certificate, isSelfIssued, parseCertificate, publicKeyOf } from '../../identity/pki'
import type { RemoteHash, RemoteStatus } from '../ports'

export type Person = Readonly<{ id: string; idNumber: string; name: string; phone: string; province: string }>
export type Registered = Readonly<{ kind: 'waiting' }> | Readonly<{ kind: 'ready'; credential: string }> | Readonly<{ kind: 'refused'; text: string }>

/** A key at the service. `name` is how the service calls it: a certificate's serial number, or a credential's id. */
export type Credential = Readonly<{ name: string; active: boolean; certificates: readonly Uint8Array[]; scheme: SignatureScheme; since: Date }>
export type Transaction = Readonly<{ id: string; user: string; credential: Credential; hashes: readonly RemoteHash[] }>

/** How a transaction stands; values in whatever order, by document. */
export type Progress = Exclude<RemoteStatus, { kind: 'waiting' | 'done' }> | Readonly<{ kind: 'waiting' }> | Readonly<{ kind: 'done'; values: ReadonlyMap<string, Uint8Array> }>

/** One way of talking to a service. All throw AppError KS-040 without an answer and KS-043 when the service turns us down. */
export type Dialect = Readonly<{
  register(person: Person): Promise<Registered>
  credentials(user: string): Promise<readonly Credential[]>
  /** Answers the service's own id of the transaction. */
  submit(transaction: Transaction): Promise<string>
  /** @param documents in the order in which they were submitted */
  progress(transaction: string, documents: readonly string[]): Promise<Progress>
  /** Any answer of the service itself. */
  greet(): Promise<void>
}>

/** Beyond this a user has no keys that anybody chose to have. */
export const MOST_CREDENTIALS = 10

/** Chains come with and without their root, and in any order after the first: the root is left out. @throws AppError KS-040 for what is no certificate */
export function chainOf(ders: readonly Uint8Array[]): Readonly<{ certificates: readonly Uint8Array[]; signer: Certificate }> {
  try {
    const parsed = ders.map((der) => ({ der, certificate: parseCertificate(der) }))
    const [signer, ...above] = parsed
    if (!signer) throw new AppError('KS-040')
    return { certificates: [signer.der, ...above.filter(({ certificate }) => !isSelfIssued(certificate)).map(({ der }) => der)], signer: signer.certificate }
  } catch (error) {
    throw error instanceof AppError && error.code === 'KS-040' ? error : new AppError('KS-040', {}, { cause: error })
  }
}

/** What the key of a certificate signs with. @param rsa what this service does with RSA keys. @throws AppError KS-122 for a key that we cannot use */
export function schemeOfKey(certificate: Certificate, rsa: SignatureScheme): SignatureScheme {
  const key = publicKeyOf(certificate.spki)
  if (key.kind === 'rsa') return rsa
  if (key.kind === 'ec' && key.curve.name === 'secp256r1') return 'ecdsa-p256'
  throw new AppError('KS-122')
}
