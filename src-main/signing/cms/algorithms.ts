import { createHash } from 'node:crypto'
import type { SignatureScheme } from '@contract/signing'
import { algorithm, ctx, integer, nothing, seq } from '../der'
import { OID } from './oids'

/** SHA-256 over the parts, one after the other. */
export function sha256(...parts: readonly Uint8Array[]): Uint8Array {
  const hash = createHash('sha256')
  for (const part of parts) hash.update(part)
  return new Uint8Array(hash.digest())
}

export const sha1 = (bytes: Uint8Array): Uint8Array => new Uint8Array(createHash('sha1').update(bytes).digest())

/** Without parameters, as RFC 5754 §2 has it for CMS. */
export const SHA256 = algorithm(OID.sha256)
const SHA256_NULL = algorithm(OID.sha256, nothing())
const PSS_SALT = 32

/** signatureAlgorithm of a signer (RFC 4056 §3, RFC 3370 §3.2, RFC 5754 §3.3). Salt as long as the hash, said explicitly: the defaults are SHA-1. */
export const SIGNATURE_ALGORITHM: Readonly<Record<SignatureScheme, Uint8Array>> = {
  'rsa-pss': algorithm(OID.rsaPss, seq(ctx(0, SHA256_NULL), ctx(1, algorithm(OID.mgf1, SHA256_NULL)), ctx(2, integer(PSS_SALT)))),
  'rsa-pkcs1': algorithm(OID.rsa, nothing()),
  'ecdsa-p256': algorithm(OID.ecdsaSha256),
}
