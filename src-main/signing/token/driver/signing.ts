import { createHash } from 'node:crypto'
import type { SignatureScheme } from '@contract/signing'
import { integer, seq } from '../../der'
import { type Way, wayOf } from '../mechanisms'
import type { DriverCall } from '../protocol'
import { flagOf, keyTypeOf, objectsOf, ofKey } from './objects'
import { CKA, CKK, CKM, CKO, type Mechanism, PSS } from './pkcs11'
import { type Driver, loggedIn, WorkFailed } from './session'

/** DigestInfo of SHA-256 up to the digest (RFC 8017 §9.2, note 1). */
const DIGEST_INFO = Buffer.from('3031300d060960864801650304020105000420', 'hex')
/** Longer than any signature of these schemes, in bytes. */
const ROOM = 1024

const mechanismOf = ({ mechanism, pss }: Way): Mechanism => ({ mechanism, parameter: pss ? { type: PSS.type, hashAlg: CKM.sha256, mgf: PSS.mgf, saltLen: 32 } : null })

function inputOf({ input }: Way, piece: Uint8Array): Buffer {
  if (input === 'bytes') return Buffer.from(piece)
  const digest = createHash('sha256').update(piece).digest()
  return input === 'digest' ? digest : Buffer.concat([DIGEST_INFO, digest])
}

/** ECDSA comes as r and s side by side; CMS wants a SEQUENCE (RFC 5753 §2.1.1). */
function outputOf(scheme: SignatureScheme, signature: Buffer): Uint8Array {
  if (scheme !== 'ecdsa-p256') return new Uint8Array(signature)
  const half = signature.length / 2
  return seq(integer(signature.subarray(0, half)), integer(signature.subarray(half)))
}

/** All pieces with one log-in. @throws WorkFailed, CallFailed */
export function sign(driver: Driver, { at, pin, keyId, scheme, pieces }: Extract<DriverCall, { kind: 'sign' }>): Uint8Array[] {
  const { native, slots } = driver
  return loggedIn(driver, at, 'read', pin, ({ slot, session, again }) => {
    const [key] = objectsOf(native, session, ofKey(CKO.privateKey, keyId))
    if (!key) throw new WorkFailed('no-key')
    const way = wayOf(scheme, slots.mechanisms(slot))
    const fits = (keyTypeOf(native, session, key) === CKK.ec) === (scheme === 'ecdsa-p256')
    if (!way || !fits) throw new WorkFailed('no-mechanism')
    const eachTime = flagOf(native, session, key, CKA.alwaysAuthenticate) === true
    return pieces.map((piece) => {
      native.C_SignInit(session, mechanismOf(way), key)
      if (eachTime) again()
      const room = Buffer.alloc(ROOM)
      return outputOf(scheme, room.subarray(0, native.C_Sign(session, inputOf(way, piece), room)))
    })
  })
}
