import { explicitCurve } from '../../../src-main/identity/trust/curves'
import { definite } from '../../../src-main/identity/trust/ber'
import { parseCertificate, signedBy, viewOf } from '../../../src-main/identity/trust/certificate'
import { parseSignedData } from '../../../src-main/identity/trust/cms'
import { first } from '../../../src-main/identity/trust/der'
import { provePassively } from '../../../src-main/identity/trust/passive-authentication'
import { parseRevocationList } from '../../../src-main/identity/trust/revocation-list'
import { parseSod } from '../../../src-main/identity/trust/sod'
import { readTrustFile } from '../../../src-main/identity/trust/trust-file'
import { admit } from '../../../src-main/identity/trust/admission'
import { makeRevocationList } from '../../devices/pki/certificate-writer'
import { ecKey, explicitParameters, knownCurve } from '../../devices/pki/keys'
import { makeMasterList } from '../../devices/pki/sod-writer'
import { AT, filesWith, root, ROOT_NAME, rootKey, signer, signerWith, sodWith, trusting } from '../trust/invented'

/** A parser under fuzzing: an `AppError` is an answer, anything else that it throws is a crash. */
export type FuzzTarget = Readonly<{ name: string; seeds: readonly Uint8Array[]; run: (bytes: Uint8Array) => void }>

const listKey = ecKey('secp256r1', { seed: 'list' })
const masterList = makeMasterList([root], { hash: 'SHA-256', key: listKey, certificate: signerWith({ key: listKey, extendedKeyUsage: ['2.23.136.1.1.3'] }) })
const list = makeRevocationList({ issuer: ROOT_NAME, issuerKey: rootKey, revoked: [1, 2] })
const base64 = (raw: Uint8Array): string => Buffer.from(raw).toString('base64')
const text = (words: string): Uint8Array => new Uint8Array(Buffer.from(words, 'latin1'))
const sod = sodWith()
const trust = trusting([root], [list])
const known = trust.anchors

export const trustTargets: readonly FuzzTarget[] = [
  { name: 'definite lengths of BER', seeds: [sod, Uint8Array.of(0x30, 0x80, 0x24, 0x80, 4, 1, 1, 0, 0, 0, 0)], run: (bytes) => void definite(bytes) },
  { name: 'certificate', seeds: [root, signer], run: (bytes) => void viewOf(parseCertificate(bytes)) },
  { name: 'certificate and its signature', seeds: [signer], run: (bytes) => { for (const { certificate } of known) signedBy(parseCertificate(bytes), certificate) } },
  { name: 'revocation list', seeds: [list], run: (bytes) => void parseRevocationList(bytes) },
  { name: 'CMS', seeds: [sod.subarray(4), masterList], run: (bytes) => void parseSignedData(bytes) },
  { name: 'SOD', seeds: [sod], run: (bytes) => void parseSod(bytes) },
  { name: 'explicit curve', seeds: [explicitParameters(knownCurve('brainpoolP256r1')), explicitParameters(knownCurve('secp521r1'))], run: (bytes) => void explicitCurve(first(bytes)) },
  { name: 'passive authentication', seeds: [sod], run: (bytes) => void provePassively(filesWith({ SOD: bytes }), trust, AT) },
  {
    name: 'file of roots',
    seeds: [root, list, masterList, text(`-----BEGIN CERTIFICATE-----\n${base64(root)}\n-----END CERTIFICATE-----\n`), text(`dn: c=UT\npkdMasterListContent:: ${base64(masterList)}\n`)],
    run: (bytes) => void admit(readTrustFile('fuzz', bytes), known),
  },
]
