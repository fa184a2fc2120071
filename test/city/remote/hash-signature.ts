import { constants, createHash, createPrivateKey, generateKeyPair, type KeyObject, privateEncrypt, randomBytes } from 'node:crypto'
import { promisify } from 'node:util'
import { p256 } from '@noble/curves/nist.js'

export type KeyKind = 'rsa-2048' | 'p-256'
export type Algorithm = 'rsa-pkcs1' | 'rsa-pss' | 'ecdsa-p256'

const DIGEST_INFO_SHA256 = Buffer.from('3031300d060960864801650304020105000420', 'hex')
const HASH_BYTES = 32
const SALT_BYTES = 32

const generate = promisify(generateKeyPair)

/** A fresh key pair: PKCS#8 and SubjectPublicKeyInfo. */
export async function newKey(kind: KeyKind): Promise<{ privateKey: Uint8Array; spki: Uint8Array }> {
  const { privateKey, publicKey } = kind === 'p-256' ? await generate('ec', { namedCurve: 'P-256' }) : await generate('rsa', { modulusLength: 2048 })
  return { privateKey: new Uint8Array(privateKey.export({ type: 'pkcs8', format: 'der' })), spki: new Uint8Array(publicKey.export({ type: 'spki', format: 'der' })) }
}

/** MGF1 with SHA-256 (RFC 8017 appendix B.2.1). */
function mask(seed: Uint8Array, length: number): Buffer {
  const pieces = Array.from({ length: Math.ceil(length / HASH_BYTES) }, (_, counter) => {
    const number = Buffer.alloc(4)
    number.writeUInt32BE(counter)
    return createHash('sha256').update(seed).update(number).digest()
  })
  return Buffer.concat(pieces).subarray(0, length)
}

/** EMSA-PSS over a hash that is there already (RFC 8017 §9.1.1), SHA-256, salt of 32 bytes. */
function pssEncoded(hash: Uint8Array, modulusBits: number): Buffer {
  const length = Math.ceil((modulusBits - 1) / 8)
  const salt = randomBytes(SALT_BYTES)
  const h = createHash('sha256').update(Buffer.alloc(8)).update(hash).update(salt).digest()
  const block = Buffer.concat([Buffer.alloc(length - SALT_BYTES - HASH_BYTES - 2), Buffer.from([1]), salt])
  const masked = Buffer.from(mask(h, block.length).map((byte, at) => byte ^ (block[at] ?? 0)))
  masked[0] = (masked[0] ?? 0) & (0xff >> (8 * length - (modulusBits - 1)))
  return Buffer.concat([masked, h, Buffer.from([0xbc])])
}

function ecdsaOf(key: KeyObject, hash: Uint8Array): Uint8Array {
  const { d = '' } = key.export({ format: 'jwk' })
  return p256.sign(hash, new Uint8Array(Buffer.from(d, 'base64url')), { prehash: false, format: 'der' })
}

/** Signs a SHA-256 hash, not the hash of it: this is what "sign hash" means. ECDSA answers as DER. */
export function signHash(pkcs8: Uint8Array, algorithm: Algorithm, hash: Uint8Array): Uint8Array {
  const key = createPrivateKey({ key: Buffer.from(pkcs8), format: 'der', type: 'pkcs8' })
  if (algorithm === 'ecdsa-p256') return ecdsaOf(key, hash)
  if (algorithm === 'rsa-pkcs1') return privateEncrypt({ key, padding: constants.RSA_PKCS1_PADDING }, Buffer.concat([DIGEST_INFO_SHA256, hash]))
  const bits = key.asymmetricKeyDetails?.modulusLength ?? 0
  const encoded = pssEncoded(hash, bits)
  return privateEncrypt({ key, padding: constants.RSA_NO_PADDING }, Buffer.concat([Buffer.alloc(Math.ceil(bits / 8) - encoded.length), encoded]))
}
