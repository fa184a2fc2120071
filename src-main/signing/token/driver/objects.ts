import { createPublicKey } from 'node:crypto'
import { type Attribute, CallFailed, CKA, CKK, CKO, CKR, type Handle, type Native } from './pkcs11'

/** All objects that match. */
export function objectsOf(native: Native, session: Handle, template: readonly Attribute[]): Handle[] {
  native.C_FindObjectsInit(session, template)
  try {
    const found: Handle[] = []
    for (;;) {
      const next = native.C_FindObjects(session, 20)
      found.push(...next)
      if (next.length === 0 || found.length > 1000) return found
    }
  } finally {
    native.C_FindObjectsFinal(session)
  }
}

export const ofKey = (kind: number, keyId: string): Attribute[] => [{ type: CKA.class, value: kind }, { type: CKA.id, value: Buffer.from(keyId, 'hex') }]

/** An attribute; null where the object has none or does not tell. */
export function attributeOf(native: Native, session: Handle, object: Handle, type: number): Buffer | null {
  try {
    return native.C_GetAttributeValue(session, object, [{ type }])[0]?.value ?? null
  } catch (error) {
    if (error instanceof CallFailed && (error.rv === CKR.attributeType || error.rv === CKR.attributeSensitive)) return null
    throw error
  }
}

export const flagOf = (native: Native, session: Handle, object: Handle, type: number): boolean | null => {
  const value = attributeOf(native, session, object, type)
  return value === null || value.length === 0 ? null : value[0] !== 0
}

/** CKA_KEY_TYPE as a number of the machine's own byte order. */
export const keyTypeOf = (native: Native, session: Handle, object: Handle): number | null => attributeOf(native, session, object, CKA.keyType)?.[0] ?? null

/** The point of a P-256 key: an OCTET STRING around it as PKCS#11 wants, or bare as some drivers give it. */
export function pointOf(value: Buffer): Buffer | null {
  const bare = value.length === 67 && value[0] === 0x04 && value[1] === 65 ? value.subarray(2) : value
  return bare.length === 65 && bare[0] === 0x04 ? bare : null
}

/** SubjectPublicKeyInfo of a key pair, from its public half, or from what an RSA private key tells; null when neither is there. */
export function spkiOf(native: Native, session: Handle, keyId: string): Uint8Array | null {
  for (const object of [...objectsOf(native, session, ofKey(CKO.publicKey, keyId)), ...objectsOf(native, session, ofKey(CKO.privateKey, keyId))]) {
    const jwk = keyTypeOf(native, session, object) === CKK.ec ? ecKey(native, session, object) : rsaKey(native, session, object)
    if (jwk) return new Uint8Array(createPublicKey({ key: jwk, format: 'jwk' }).export({ type: 'spki', format: 'der' }))
  }
  return null
}

function rsaKey(native: Native, session: Handle, object: Handle): { kty: 'RSA'; n: string; e: string } | null {
  const modulus = attributeOf(native, session, object, CKA.modulus)
  const exponent = attributeOf(native, session, object, CKA.publicExponent)
  if (!modulus?.length || !exponent?.length) return null
  const start = modulus.findIndex((byte) => byte !== 0)
  return { kty: 'RSA', n: modulus.subarray(Math.max(0, start)).toString('base64url'), e: exponent.toString('base64url') }
}

function ecKey(native: Native, session: Handle, object: Handle): { kty: 'EC'; crv: 'P-256'; x: string; y: string } | null {
  const value = attributeOf(native, session, object, CKA.ecPoint)
  const point = value && pointOf(value)
  return point && { kty: 'EC', crv: 'P-256', x: point.subarray(1, 33).toString('base64url'), y: point.subarray(33).toString('base64url') }
}
