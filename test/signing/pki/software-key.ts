import { constants, createPrivateKey, type KeyObject, sign } from 'node:crypto'
import type { SignatureScheme } from '@contract/signing'
import type { SigningKey } from '../../../src-main/signing/ports'

/** A key in software. ECDSA as a sequence of r and s. */
export function softwareKey(privateKey: KeyObject, scheme: SignatureScheme, certificates: readonly Uint8Array[]): SigningKey {
  const key = createPrivateKey(privateKey.export({ type: 'pkcs8', format: 'pem' }))
  const how = {
    'rsa-pss': { key, padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: 32 },
    'rsa-pkcs1': { key, padding: constants.RSA_PKCS1_PADDING },
    'ecdsa-p256': { key, dsaEncoding: 'der' as const },
  }[scheme]
  return { certificates, scheme, sign: (bytes) => Promise.resolve(new Uint8Array(sign('sha256', bytes, how))) }
}
