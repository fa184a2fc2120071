import { AppError, ERRORS } from '@contract/errors'
import type { SignatureScheme, SignWith } from '@contract/signing'
import { type Certificate, parseCertificate } from '../../identity/pki'
import type { SigningKey, TokenInfo, Tokens } from '../ports'
import type { RemoteAccount, RemoteAccounts } from './ports'
import { type RsaPolicy, schemeFor } from './scheme'

/** A key that was named, with what is known of it before anybody types a PIN. `chain`: what issued it, as far as it lies beside it; DER. */
export type KeyFound = Readonly<{ certificate: Certificate; chain: readonly Uint8Array[]; scheme: SignatureScheme }> & (
  | Readonly<{ how: 'token'; token: TokenInfo; keyId: string }>
  | Readonly<{ how: 'remote'; remote: RemoteAccount }>
)
export type TokenKey = Extract<KeyFound, { how: 'token' }>
export type RemoteKey = Extract<KeyFound, { how: 'remote' }>

export type KeysDeps = Readonly<{ tokens: Tokens; remotes(): Promise<RemoteAccounts>; policy(): RsaPolicy }>

/** @throws AppError KS-021 */
export async function tokenOf(tokens: Tokens, id: string): Promise<TokenInfo> {
  const found = (await tokens.list()).tokens.find((token) => token.id === id)
  if (!found) throw new AppError(ERRORS.signing.noToken)
  return found
}

/** The key that somebody wants to sign with. @throws AppError KS-021 no such token, KS-120 no such key, KS-122, KS-050 */
export async function findKey({ tokens, remotes, policy }: KeysDeps, wanted: SignWith): Promise<KeyFound> {
  if (wanted.kind === 'remote') {
    const remote = await (await remotes()).find(wanted.issuance)
    const [signer, ...chain] = remote?.certificates ?? []
    if (!remote || !signer) throw new AppError(ERRORS.signing.noKey)
    return { how: 'remote', certificate: parseCertificate(signer), chain, scheme: remote.scheme, remote }
  }
  const token = await tokenOf(tokens, wanted.token)
  const stored = await tokens.certificates(wanted.token)
  const mine = stored.find(({ keyId, hasKey }) => keyId === wanted.keyId && hasKey)
  if (!mine) throw new AppError(ERRORS.signing.noKey)
  const certificate = parseCertificate(mine.certificate)
  const chain = stored.filter((other) => other !== mine && !other.hasKey).map((other) => other.certificate)
  return { how: 'token', certificate, chain, scheme: schemeFor(certificate, token.schemes, policy()), token, keyId: wanted.keyId }
}

/** Signs pieces with one log-in: whoever asks waits until as many have asked as were announced. */
export type Gathering = Readonly<{
  key(certificates: readonly Uint8Array[], scheme: SignatureScheme): SigningKey
  /** One of those announced will not ask. */
  less(): void
}>

/**
 * One log-in for many signatures. `sign` gets all pieces at once and answers as many values; what it throws, everybody who waits gets.
 * @param announced how many will ask, or be taken back by `less`
 */
export function gather(announced: number, sign: (pieces: readonly Uint8Array[]) => Promise<readonly Uint8Array[]>): Gathering {
  const waiting: Readonly<{ piece: Uint8Array; settle(value: Uint8Array): void; refuse(error: unknown): void }>[] = []
  let expected = announced
  const run = (): void => {
    if (waiting.length === 0 || waiting.length < expected) return
    const batch = waiting.splice(0)
    expected -= batch.length
    sign(batch.map(({ piece }) => piece)).then(
      (values) => batch.forEach(({ settle, refuse }, index) => {
        const value = values[index]
        if (value) settle(value)
        else refuse(new AppError(ERRORS.signing.driverFailed))
      }),
      (error: unknown) => batch.forEach(({ refuse }) => refuse(error)))
  }
  return {
    key: (certificates, scheme) => ({
      certificates, scheme,
      sign: (piece) => new Promise((settle, refuse) => {
        waiting.push({ piece, settle, refuse })
        run()
      }),
    }),
    less: () => {
      expected -= 1
      run()
    },
  }
}
