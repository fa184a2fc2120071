import { AppError, ERRORS } from '@contract/errors'
import type { SignatureScheme } from '@contract/signing'
import { type Certificate, publicKeyOf } from '../../identity/pki'

export type RsaPolicy = 'pss-first' | 'pkcs1-first'

const RSA: Readonly<Record<RsaPolicy, readonly SignatureScheme[]>> = { 'pss-first': ['rsa-pss', 'rsa-pkcs1'], 'pkcs1-first': ['rsa-pkcs1', 'rsa-pss'] }

/**
 * Which way of signing is taken: what the key allows, in the order of the ward's setting (Circular 15/2025/TT-BKHCN lists PSS; many verifiers
 * read PKCS#1 only), as far as the token can do it. @throws AppError KS-122
 */
export function schemeFor({ spki }: Pick<Certificate, 'spki'>, able: readonly SignatureScheme[], policy: RsaPolicy): SignatureScheme {
  const key = publicKeyOf(spki)
  const wanted: readonly SignatureScheme[] = key.kind === 'rsa' ? RSA[policy] : key.kind === 'ec' ? ['ecdsa-p256'] : []
  const found = wanted.find((scheme) => able.includes(scheme))
  if (found === undefined) throw new AppError(ERRORS.signing.noMechanism)
  return found
}
