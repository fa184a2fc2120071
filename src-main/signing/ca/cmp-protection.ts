import { createHash, createHmac, createPrivateKey, createPublicKey, type KeyObject, randomBytes, sign, timingSafeEqual } from 'node:crypto'
import type { SignatureScheme } from '@contract/signing'
import { type Certificate, HASHES, hashOfOid, oidOf, parseCertificate, smallInteger, TAG, type Tlv, verifySignature, walk } from '../../identity/pki'
import { algorithm, integer, octets, seq } from '../der'
import { OID, signatureAlgorithm } from './algorithms'
import type { Message, Protector } from './cmp-message'

/** Rounds of our own messages; a stranger's may cost no more than the second number (RFC 4211 §4.4 wants at least 100). */
const ROUNDS = 10_000
const MOST_ROUNDS = 100_000
const LEAST_ROUNDS = 100
const SALT_BYTES = 16
const MOST_SALT = 128

/** HMAC by its identifiers (RFC 9481 §6.2); SHA-1 only because servers in use still answer with it, and as HMAC it holds. */
const MACS: Readonly<Record<string, string>> = {
  '1.3.6.1.5.5.8.1.2': 'sha1', '1.2.840.113549.2.7': 'sha1', [OID.hmacSha256]: 'sha256', '1.2.840.113549.2.10': 'sha384', '1.2.840.113549.2.11': 'sha512',
}

type MacParameters = Readonly<{ salt: Uint8Array; hash: string; rounds: number; mac: string }>

function macOf({ salt, hash, rounds, mac }: MacParameters, secret: string, covered: Uint8Array): Buffer {
  let key = createHash(hash).update(secret, 'utf8').update(salt).digest()
  for (let round = 1; round < rounds; round += 1) key = createHash(hash).update(key).digest()
  return createHmac(mac, key).update(covered).digest()
}

/** Password-based MAC (RFC 9810 §5.1.3.1) with SHA-256 and HMAC-SHA-256. */
export function secretProtector(secret: string): Protector {
  const salt = randomBytes(SALT_BYTES)
  return {
    algorithm: algorithm(OID.passwordMac, seq(octets(salt), algorithm(OID.sha256), integer(ROUNDS), algorithm(OID.hmacSha256))),
    protect: (covered) => macOf({ salt, hash: 'sha256', rounds: ROUNDS, mac: 'sha256' }, secret, covered),
    extra: [],
  }
}

function macParameters(tlv: Tlv): MacParameters | null {
  const outer = walk(tlv, TAG.sequence)
  if (oidOf(outer.next()) !== OID.passwordMac) return null
  const fields = walk(outer.next(), TAG.sequence)
  const salt = fields.next(TAG.octets).value
  const hash = hashOfOid(oidOf(walk(fields.next(), TAG.sequence).next()))
  const rounds = smallInteger(fields.next())
  const mac = MACS[oidOf(walk(fields.next(), TAG.sequence).next())]
  if (hash === null || hash === 'SHA-1' || mac === undefined || salt.length > MOST_SALT || rounds < LEAST_ROUNDS || rounds > MOST_ROUNDS) return null
  return { salt, hash: HASHES[hash].node, rounds, mac }
}

/** Whether a message carries the MAC of this secret. */
export function provesSecret({ header, protection, covered }: Message, secret: string): boolean {
  try {
    const parameters = header.algorithm && macParameters(header.algorithm)
    if (parameters === null || protection === null) return false
    const expected = macOf(parameters, secret, covered)
    return expected.length === protection.length && timingSafeEqual(expected, protection)
  } catch {
    return false
  }
}

const schemeFor = (key: KeyObject): SignatureScheme => (key.asymmetricKeyType === 'ec' ? 'ecdsa-p256' : 'rsa-pkcs1')

/** Signature protection (RFC 9810 §5.1.3.3) with a PKCS#8 key; `certificates` the signer's first. */
export function signatureProtector(privateKey: Uint8Array, certificates: readonly Uint8Array[]): Protector {
  const key = createPrivateKey({ key: Buffer.from(privateKey), format: 'der', type: 'pkcs8' })
  return { algorithm: signatureAlgorithm(schemeFor(key)), protect: (covered) => sign('sha256', covered, key), extra: certificates }
}

/** Whether this private key belongs to that certificate. */
export function belongTogether(privateKey: Uint8Array, certificate: Uint8Array): boolean {
  const key = createPublicKey(createPrivateKey({ key: Buffer.from(privateKey), format: 'der', type: 'pkcs8' }))
  return Buffer.compare(key.export({ format: 'der', type: 'spki' }), parseCertificate(certificate).spki.raw) === 0
}

/** Who signed a message: the first of the certificates whose name is the sender's and whose key fits; null when none. */
export function signerOf({ header, protection, covered }: Message, candidates: readonly Certificate[]): Certificate | null {
  const { algorithm: algorithmTlv, sender } = header
  if (algorithmTlv === null || protection === null) return null
  // GeneralName directoryName is [4] around the Name.
  const named = candidates.filter(({ subject }) => sender.tag === 0xa4 && Buffer.compare(sender.value, subject.raw) === 0)
  return named.find(({ spki }) => verifySignature({ algorithm: algorithmTlv, spki, bytes: covered, signature: protection }) === 'valid') ?? null
}
