import type { SignatureScheme } from '@contract/signing'
import { algorithm, ctx, integer, nothing, seq } from '../der'

export const OID = {
  sha256: '2.16.840.1.101.3.4.2.1', rsaSha256: '1.2.840.113549.1.1.11', rsaPss: '1.2.840.113549.1.1.10', mgf1: '1.2.840.113549.1.1.8', ecdsaSha256: '1.2.840.10045.4.3.2',
  passwordMac: '1.2.840.113533.7.66.13', hmacSha256: '1.2.840.113549.2.9',
} as const

/** As long as the hash (RFC 4055 §3.1). */
const SALT_BYTES = 32

function pss(): Uint8Array {
  const hash = algorithm(OID.sha256, nothing())
  return algorithm(OID.rsaPss, seq(ctx(0, hash), ctx(1, algorithm(OID.mgf1, hash)), ctx(2, integer(SALT_BYTES))))
}

/** AlgorithmIdentifier of a signature over a request or message. */
export function signatureAlgorithm(scheme: SignatureScheme): Uint8Array {
  switch (scheme) {
    case 'rsa-pss': return pss()
    case 'rsa-pkcs1': return algorithm(OID.rsaSha256, nothing())
    case 'ecdsa-p256': return algorithm(OID.ecdsaSha256)
  }
}
