import type { KeyKind } from '@contract/signing'
import type { DriverCall } from '../protocol'
import { flagOf, objectsOf, ofKey, spkiOf } from './objects'
import { type Attribute, CallFailed, CKA, CKK, CKM, CKO, CKR, type Handle, type Mechanism, type Native } from './pkcs11'
import { type Driver, loggedIn, WorkFailed } from './session'

type Call<Kind extends DriverCall['kind']> = Extract<DriverCall, { kind: Kind }>

/** prime256v1 (RFC 5480 §2.1.1.1), DER. */
const P256 = Buffer.from('06082a8648ce3d030107', 'hex')
/** 65537. */
const EXPONENT = Buffer.from([1, 0, 1])
const BITS: Readonly<Record<KeyKind, number>> = { 'rsa-2048': 2048, 'rsa-3072': 3072, 'p-256': 256 }

const mechanismOf = (key: KeyKind): Mechanism => ({ mechanism: key === 'p-256' ? CKM.ecKeyPair : CKM.rsaKeyPair, parameter: null })

function publicTemplate(key: KeyKind, id: Buffer, label: string): Attribute[] {
  const kind: Attribute[] = key === 'p-256' ? [{ type: CKA.ecParams, value: P256 }] : [{ type: CKA.modulusBits, value: BITS[key] }, { type: CKA.publicExponent, value: EXPONENT }]
  return [{ type: CKA.class, value: CKO.publicKey }, { type: CKA.keyType, value: key === 'p-256' ? CKK.ec : CKK.rsa }, { type: CKA.token, value: true }, { type: CKA.verify, value: true }, { type: CKA.id, value: id }, { type: CKA.label, value: label }, ...kind]
}

const privateTemplate = (key: KeyKind, id: Buffer, label: string): Attribute[] => [
  { type: CKA.class, value: CKO.privateKey }, { type: CKA.keyType, value: key === 'p-256' ? CKK.ec : CKK.rsa }, { type: CKA.token, value: true }, { type: CKA.private, value: true },
  { type: CKA.sensitive, value: true }, { type: CKA.extractable, value: false }, { type: CKA.sign, value: true }, { type: CKA.id, value: id }, { type: CKA.label, value: label },
]
/** A key for signatures does nothing else; some drivers default to true, and some refuse to be told. */
const NOTHING_ELSE: readonly Attribute[] = [{ type: CKA.decrypt, value: false }, { type: CKA.unwrap, value: false }]
const REFUSES_TEMPLATE: ReadonlySet<number> = new Set([CKR.attributeType, CKR.attributeValue, CKR.templateIncomplete, CKR.templateInconsistent])

/** A new key pair in the token, or the one that is there under this id. @throws WorkFailed, CallFailed */
export function generate(driver: Driver, { at, pin, key, keyId, label }: Call<'generate'>): Uint8Array {
  return loggedIn(driver, at, 'write', pin, ({ slot, session }) => {
    const { native, slots } = driver
    if (!slots.mechanisms(slot).has(mechanismOf(key).mechanism)) throw new WorkFailed('no-mechanism')
    const there = objectsOf(native, session, ofKey(CKO.privateKey, keyId)).length > 0 ? spkiOf(native, session, keyId) : null
    if (there) return there
    // Half a pair is what an interrupted try left.
    destroy(native, session, keyId)
    try {
      const pair = make(native, session, key, Buffer.from(keyId, 'hex'), label)
      if (flagOf(native, session, pair, CKA.sensitive) !== true || flagOf(native, session, pair, CKA.extractable) !== false) throw new WorkFailed('key-leaks')
      const spki = spkiOf(native, session, keyId)
      if (!spki) throw new WorkFailed('no-key')
      return spki
    } catch (error) {
      destroyQuietly(native, session, keyId)
      throw error
    }
  })
}

function make(native: Native, session: Handle, key: KeyKind, id: Buffer, label: string): Handle {
  const attempt = (rest: readonly Attribute[]): Handle => native.C_GenerateKeyPair(session, mechanismOf(key), publicTemplate(key, id, label), [...privateTemplate(key, id, label), ...rest]).privateKey
  try {
    return attempt(NOTHING_ELSE)
  } catch (error) {
    if (!(error instanceof CallFailed) || !REFUSES_TEMPLATE.has(error.rv ?? 0)) throw error
    return attempt([])
  }
}

export const publicKey = (driver: Driver, { at, pin, keyId }: Call<'public-key'>): Uint8Array | null =>
  loggedIn(driver, at, 'read', pin, ({ session }) => (objectsOf(driver.native, session, ofKey(CKO.privateKey, keyId)).length > 0 ? spkiOf(driver.native, session, keyId) : null))

/** Throws a key pair away, unless a certificate has come for it. @throws WorkFailed */
export function discard(driver: Driver, { at, pin, keyId }: Call<'discard'>): null {
  return loggedIn(driver, at, 'write', pin, ({ session }) => {
    if (objectsOf(driver.native, session, ofKey(CKO.certificate, keyId)).length > 0) throw new WorkFailed('key-in-use')
    destroy(driver.native, session, keyId)
    return null
  })
}

function destroy(native: Native, session: Handle, keyId: string): void {
  for (const kind of [CKO.privateKey, CKO.publicKey]) for (const object of objectsOf(native, session, ofKey(kind, keyId))) native.C_DestroyObject(session, object)
}

function destroyQuietly(native: Native, session: Handle, keyId: string): void {
  try {
    destroy(native, session, keyId)
  } catch {
    // What is left is found and cleared by the next try under the same id.
  }
}
