import { createPublicKey } from 'node:crypto'
import type { DriverCall, StoredCertificate } from '../protocol'
import { attributeOf, objectsOf, ofKey, spkiOf } from './objects'
import { CKA, CKO, type Handle, type Native } from './pkcs11'
import { type Driver, loggedIn, publicly, WorkFailed } from './session'

/** X.509 (CKC_X_509). */
const X509 = 0

/** Certificates that the token shows without a PIN, and whether a key goes with each: by its public half, since private keys do not show. */
export const certificates = (driver: Driver, { at }: Extract<DriverCall, { kind: 'certificates' }>): StoredCertificate[] =>
  publicly(driver, at, 'read', ({ session }) => {
    const { native } = driver
    return objectsOf(native, session, [{ type: CKA.class, value: CKO.certificate }, { type: CKA.certificateType, value: X509 }]).flatMap((object) => {
      const certificate = attributeOf(native, session, object, CKA.value)
      const keyId = (attributeOf(native, session, object, CKA.id) ?? Buffer.alloc(0)).toString('hex')
      if (!certificate?.length) return []
      const hasKey = keyId !== '' && [CKO.publicKey, CKO.privateKey].some((kind) => objectsOf(native, session, ofKey(kind, keyId)).length > 0)
      return [{ keyId, certificate: new Uint8Array(certificate), hasKey }]
    })
  })

/** Puts a certificate beside its key; a second time changes nothing. @throws WorkFailed when the key is not there, or another */
export function store(driver: Driver, call: Extract<DriverCall, { kind: 'store' }>): null {
  return loggedIn(driver, call.at, 'write', call.pin, ({ session }) => {
    const { native } = driver
    if (objectsOf(native, session, ofKey(CKO.privateKey, call.keyId)).length === 0) throw new WorkFailed('no-key')
    const spki = spkiOf(native, session, call.keyId)
    if (!spki || !sameKey(spki, call.spki)) throw new WorkFailed('no-key')
    if (isThere(native, session, call)) return null
    native.C_CreateObject(session, [
      { type: CKA.class, value: CKO.certificate }, { type: CKA.certificateType, value: X509 }, { type: CKA.token, value: true }, { type: CKA.private, value: false },
      { type: CKA.label, value: call.label }, { type: CKA.id, value: Buffer.from(call.keyId, 'hex') }, { type: CKA.subject, value: Buffer.from(call.subject) },
      { type: CKA.issuer, value: Buffer.from(call.issuer) }, { type: CKA.serialNumber, value: Buffer.from(call.serial) }, { type: CKA.value, value: Buffer.from(call.certificate) },
    ])
    return null
  })
}

const isThere = (native: Native, session: Handle, { keyId, certificate }: Extract<DriverCall, { kind: 'store' }>): boolean =>
  objectsOf(native, session, ofKey(CKO.certificate, keyId)).some((object) => attributeOf(native, session, object, CKA.value)?.equals(certificate) === true)

/** Written anew by one hand, since the same key may be written in two ways. */
function sameKey(one: Uint8Array, other: Uint8Array): boolean {
  const written = (spki: Uint8Array): Buffer => createPublicKey({ key: Buffer.from(spki), format: 'der', type: 'spki' }).export({ type: 'spki', format: 'der' })
  try {
    return written(one).equals(written(other))
  } catch {
    return false
  }
}
