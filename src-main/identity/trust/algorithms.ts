import { createHash } from 'node:crypto'
import type { Tlv } from '../chip/tlv'
import { childrenOf, first, oidOf, smallInteger, TAG, walk } from './der'

export type Hash = 'SHA-1' | 'SHA-224' | 'SHA-256' | 'SHA-384' | 'SHA-512'

/** Identifier, name for node:crypto, and length in bytes (9303-12 §4.1.6: SHA-1 to SHA-512). */
export const HASHES: Readonly<Record<Hash, Readonly<{ oid: string; node: string; length: number }>>> = {
  'SHA-1': { oid: '1.3.14.3.2.26', node: 'sha1', length: 20 },
  'SHA-224': { oid: '2.16.840.1.101.3.4.2.4', node: 'sha224', length: 28 },
  'SHA-256': { oid: '2.16.840.1.101.3.4.2.1', node: 'sha256', length: 32 },
  'SHA-384': { oid: '2.16.840.1.101.3.4.2.2', node: 'sha384', length: 48 },
  'SHA-512': { oid: '2.16.840.1.101.3.4.2.3', node: 'sha512', length: 64 },
}
const NAMES = ['SHA-1', 'SHA-224', 'SHA-256', 'SHA-384', 'SHA-512'] as const satisfies readonly Hash[]

export const digest = (hash: Hash, bytes: Uint8Array): Uint8Array => createHash(HASHES[hash].node).update(bytes).digest()

/** How a signature was made. `plain` ECDSA is r‖s instead of a sequence (BSI TR-03111 §5.2.1). */
export type Scheme =
  | Readonly<{ kind: 'rsa-pkcs1'; hash: Hash }>
  | Readonly<{ kind: 'rsa-pss'; hash: Hash; maskHash: Hash }>
  | Readonly<{ kind: 'ecdsa'; hash: Hash; plain: boolean }>

export const hashOfOid = (oid: string): Hash | null => NAMES.find((name) => HASHES[name].oid === oid) ?? null
/** The hash of an AlgorithmIdentifier; null for one that we do not know. @throws AppError THE-009 */
export const hashOf = (algorithm: Tlv): Hash | null => hashOfOid(oidOf(childrenOf(algorithm, TAG.sequence)[0]))

export const OID_RSA = '1.2.840.113549.1.1.1'
export const OID_RSA_PSS = '1.2.840.113549.1.1.10'
export const OID_EC = '1.2.840.10045.2.1'
const OID_MGF1 = '1.2.840.113549.1.1.8'

const FIXED: ReadonlyMap<string, Scheme> = new Map<string, Scheme>([
  ...([['SHA-1', 5], ['SHA-224', 14], ['SHA-256', 11], ['SHA-384', 12], ['SHA-512', 13]] as const)
    .map(([hash, number]): [string, Scheme] => [`1.2.840.113549.1.1.${number}`, { kind: 'rsa-pkcs1', hash }]),
  ['1.3.14.3.2.29', { kind: 'rsa-pkcs1', hash: 'SHA-1' }],
  ['1.2.840.10045.4.1', { kind: 'ecdsa', hash: 'SHA-1', plain: false }],
  ...NAMES.slice(1).map((hash, index): [string, Scheme] => [`1.2.840.10045.4.3.${index + 1}`, { kind: 'ecdsa', hash, plain: false }]),
  ...NAMES.map((hash, index): [string, Scheme] => [`0.4.0.127.0.7.1.1.4.1.${index + 1}`, { kind: 'ecdsa', hash, plain: true }]),
])

/**
 * The scheme of a signature's AlgorithmIdentifier. A CMS signer may name only its key's algorithm; then `fallback`, the digest algorithm of the
 * signer, tells the hash (RFC 3370 §3.2). Null for what we cannot verify. @throws AppError THE-009
 */
export function schemeOf(algorithm: Tlv, fallback: Hash | null = null): Scheme | null {
  const fields = walk(algorithm, TAG.sequence)
  const oid = oidOf(fields.next())
  if (oid === OID_RSA_PSS) return pssScheme(fields.rest()[0])
  if (oid === OID_RSA) return fallback && { kind: 'rsa-pkcs1', hash: fallback }
  if (oid === OID_EC) return fallback && { kind: 'ecdsa', hash: fallback, plain: false }
  return FIXED.get(oid) ?? null
}

/** RSASSA-PSS-params (RFC 4055 §3.1). The salt length is not asked for: some signers state another than they used, and the padding tells it. */
function pssScheme(parameters: Tlv | undefined): Scheme | null {
  let hash: Hash | null = 'SHA-1'
  let maskHash: Hash | null = 'SHA-1'
  if (parameters?.tag !== TAG.sequence) return { kind: 'rsa-pss', hash, maskHash }
  const fields = walk(parameters, TAG.sequence)
  const given = fields.optional(0xa0)
  if (given) hash = hashOf(first(given.value))
  const mask = fields.optional(0xa1)
  if (mask) {
    const generator = walk(first(mask.value), TAG.sequence)
    maskHash = oidOf(generator.next()) === OID_MGF1 ? hashOf(generator.next()) : null
  }
  fields.optional(0xa2)
  const trailer = fields.optional(0xa3)
  if (trailer && smallInteger(first(trailer.value)) !== 1) return null
  return hash && maskHash && { kind: 'rsa-pss', hash, maskHash }
}

/** As told on a screen, e.g. `RSA-PSS SHA-256`. */
export function schemeText(scheme: Scheme | null, algorithm: Tlv): string {
  if (scheme === null) return oidOf(childrenOf(algorithm, TAG.sequence)[0])
  return `${{ 'rsa-pkcs1': 'RSA', 'rsa-pss': 'RSA-PSS', ecdsa: 'ECDSA' }[scheme.kind]} ${scheme.hash}`
}
