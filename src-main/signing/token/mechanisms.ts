import type { KeyKind, SignatureScheme } from '@contract/signing'
import { CKM } from './driver/pkcs11'

/** How a scheme is asked of a token: the digest made here (32–51 bytes go over USB), or all bytes where the token hashes itself. */
export type Way = Readonly<{ mechanism: number; input: 'digest' | 'digest-info' | 'bytes'; pss: boolean }>

/** Best first. A token that only offers a mechanism with its own hash gets everything that is signed. */
const WAYS: Readonly<Record<SignatureScheme, readonly Way[]>> = {
  'rsa-pss': [{ mechanism: CKM.rsaPss, input: 'digest', pss: true }, { mechanism: CKM.sha256RsaPss, input: 'bytes', pss: true }],
  'rsa-pkcs1': [{ mechanism: CKM.rsaPkcs, input: 'digest-info', pss: false }, { mechanism: CKM.sha256RsaPkcs, input: 'bytes', pss: false }],
  'ecdsa-p256': [{ mechanism: CKM.ecdsa, input: 'digest', pss: false }, { mechanism: CKM.ecdsaSha256, input: 'bytes', pss: false }],
}
/** Circular 15/2025/TT-BKHCN puts RSASSA-PSS first. */
const BY_WORTH: readonly SignatureScheme[] = ['rsa-pss', 'rsa-pkcs1', 'ecdsa-p256']

export const wayOf = (scheme: SignatureScheme, mechanisms: ReadonlySet<number>): Way | null => WAYS[scheme].find(({ mechanism }) => mechanisms.has(mechanism)) ?? null

/** Schemes that a token with these mechanisms can do, best first. */
export const schemesOf = (mechanisms: ReadonlySet<number>): SignatureScheme[] => BY_WORTH.filter((scheme) => wayOf(scheme, mechanisms) !== null)

/** Smallest and largest key of a generating mechanism, as its driver tells it. */
export type Sizes = Readonly<{ least: number; most: number }>

/** Some drivers tell sizes of RSA keys in bytes. */
const inBits = ({ least, most }: Sizes): Sizes => (most > 0 && most <= 1024 && least <= 256 ? { least: least * 8, most: most * 8 } : { least, most })

/** Key pairs that a token makes of those that we want. `sizes` of the mechanisms that make RSA and EC pairs; null where there is none. */
export function keysOf({ rsa, ec }: Readonly<{ rsa: Sizes | null; ec: Sizes | null }>, schemes: readonly SignatureScheme[]): KeyKind[] {
  const canRsa = schemes.includes('rsa-pss') || schemes.includes('rsa-pkcs1')
  const bits = rsa && canRsa ? inBits(rsa) : null
  const fits = (length: number): boolean => bits !== null && bits.least <= length && length <= bits.most
  const p256 = ec !== null && schemes.includes('ecdsa-p256') && ec.least <= 256 && 256 <= ec.most
  return [...(fits(2048) ? ['rsa-2048' as const] : []), ...(fits(3072) ? ['rsa-3072' as const] : []), ...(p256 ? ['p-256' as const] : [])]
}
