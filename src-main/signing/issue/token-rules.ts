import { AppError, ERRORS } from '@contract/errors'
import type { KeyKind, SignatureScheme } from '@contract/signing'
import type { TokenInfo } from '../ports'

/** Best first: what every CA and every verifier takes, and what a token makes fastest is last of the RSA ones. */
const KEYS: readonly KeyKind[] = ['rsa-2048', 'p-256', 'rsa-3072']

/** The key to make: the one that is wished for, or the first of ours that the token can do; null when it can do none. */
export function keyFor(keys: readonly KeyKind[], wanted: KeyKind | null): KeyKind | null {
  if (wanted !== null) return keys.includes(wanted) ? wanted : null
  return KEYS.find((key) => keys.includes(key)) ?? null
}

/** With what such a key signs: policy ∩ what the token can do. */
export function schemeFor(schemes: readonly SignatureScheme[], key: KeyKind, rsa: 'pss-first' | 'pkcs1-first'): SignatureScheme | null {
  const order: readonly SignatureScheme[] = key === 'p-256' ? ['ecdsa-p256'] : rsa === 'pss-first' ? ['rsa-pss', 'rsa-pkcs1'] : ['rsa-pkcs1', 'rsa-pss']
  return order.find((scheme) => schemes.includes(scheme)) ?? null
}

/** @throws AppError KS-024, KS-026, KS-123 for a token that nothing can be made on */
export function usable({ pin, readOnly }: Pick<TokenInfo, 'pin' | 'readOnly'>): void {
  if (pin === 'blocked') throw new AppError(ERRORS.signing.pinBlocked)
  if (pin === 'not-set') throw new AppError(ERRORS.signing.pinRefused)
  if (readOnly) throw new AppError(ERRORS.signing.tokenReadOnly)
}

/** Digits on the keypad: a PIN of its own has six where the token takes six; one that is there already may have any length it allows. */
export function pinLengths({ least, most }: TokenInfo['pinLength']): Readonly<{ digits: number; least: number; newDigits: number }> {
  const low = Math.min(Math.max(least, 4), 12)
  const high = Math.max(low, Math.min(most, 12))
  return { digits: high, least: low, newDigits: Math.min(Math.max(6, low), high) }
}
