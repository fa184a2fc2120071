import { createPrivateKey, sign } from 'node:crypto'
import { buildRequest } from '../../../src-main/signing/ca/csr'

/** Whoever issues the certificates of the accounts: the city's CA, or a test's own. Request as PKCS#10. */
export interface AccountIssuer {
  issue(request: Uint8Array): Promise<{ certificate: Uint8Array; chain: readonly Uint8Array[] }>
}

/** A certification request signed with the account's own key. */
export function requestOf(person: { fullName: string; idNumber: string; province: string }, key: { kind: 'rsa-2048' | 'p-256'; privateKey: Uint8Array; spki: Uint8Array }): Promise<Uint8Array> {
  const privateKey = createPrivateKey({ key: Buffer.from(key.privateKey), format: 'der', type: 'pkcs8' })
  return buildRequest({
    subject: person, spki: key.spki, scheme: key.kind === 'p-256' ? 'ecdsa-p256' : 'rsa-pkcs1',
    sign: async (bytes) => new Uint8Array(sign('sha256', bytes, privateKey)),
  })
}
