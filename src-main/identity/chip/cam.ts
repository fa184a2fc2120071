import { blockOf, decryptCbc, encryptBlock, encryptCbc, pad, unpad } from './ciphers'
import { type Curve, domainParameters } from './domain-parameters'
import { decodePoint } from './ecdh'
import { RefusedKey } from './agreement'
import { inverse, toInteger, toOctets } from './integers'
import { parsePublicKey, type PublicKey } from './public-keys'
import { parseSecurityInfos } from './security-infos'
import type { CamEvidence, Cipher } from './types'

/** IV = E(KSenc, −1) (9303-11 §4.4.3.5.4). */
const initialVector = (cipher: Cipher, key: Uint8Array): Uint8Array => encryptBlock(cipher, key, new Uint8Array(blockOf(cipher)).fill(0xff))

/** CA_IC from the encrypted chip authentication data; null when it cannot be that. */
export function decryptChipData(cipher: Cipher, key: Uint8Array, encrypted: Uint8Array): Uint8Array | null {
  if (encrypted.length === 0 || encrypted.length % blockOf(cipher) !== 0) return null
  return unpad(decryptCbc(cipher, key, initialVector(cipher, key), encrypted), blockOf(cipher))
}

/** The chip's half: A_IC as its last answer carries it (9303-11 §4.4.3.5.1). */
export const encryptChipData = (cipher: Cipher, key: Uint8Array, data: Uint8Array): Uint8Array => encryptCbc(cipher, key, initialVector(cipher, key), pad(data, blockOf(cipher)))

/** The chip's half: CA_IC = SK_IC⁻¹ · SK_Map,IC modulo the order (9303-11 §4.4.3.5.1). */
export const chipData = (curve: Curve, staticKey: bigint, mappingKey: bigint): Uint8Array => toOctets((inverse(staticKey, curve.n) * mappingKey) % curve.n, curve.orderLength)

/** PK_Map,IC = CA_IC · PK_IC (9303-11 §4.4.3.5.2). */
function matches(curve: Curve, evidence: CamEvidence, staticKey: Uint8Array): boolean {
  const data = toInteger(evidence.chipAuthenticationData)
  if (data === 0n || data >= curve.n) return false
  try {
    return decodePoint(curve, staticKey).multiply(data).equals(decodePoint(curve, evidence.mappingPublicKey))
  } catch (error) {
    if (error instanceof RefusedKey) return false
    throw error
  }
}

const readable = (info: Uint8Array): PublicKey | null => {
  try {
    return parsePublicKey(info)
  } catch {
    return null
  }
}

/**
 * Whether the chip that did PACE holds the private key to a chip authentication key of this file: EF.CardSecurity (9303-11
 * §4.4.3.5.2), or DG14 where the card has no other. It proves the chip only together with the file's own signature or hash.
 * @throws AppError THE-009 when the file is none of them
 */
export function checkCam(evidence: CamEvidence, file: Uint8Array): boolean {
  const curve = domainParameters(evidence.parameterId)
  if (curve?.kind !== 'ECDH') return false
  return parseSecurityInfos(file).chipAuthenticationKeys.some(({ publicKeyInfo }) => {
    const key = readable(publicKeyInfo)
    return key?.kind === 'ECDH' && key.parameters.id === curve.id && matches(curve, evidence, key.value)
  })
}
