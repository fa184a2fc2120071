import { execFileSync } from 'node:child_process'
import { createHash, randomBytes } from 'node:crypto'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { withPractice } from '../../../src-main/signing/anchors'
import type { TrustAnchors } from '../../../src-main/signing/anchors'
import { assemble, signedAttributes } from '../../../src-main/signing/cms'
import type { KeptEvidence } from '../../../src-main/signing/validate'
import type { SignatureScheme } from '@contract/signing'
import type { Pki, PkiUser } from '../pki'
import type { SignatureMaker } from './small-pdf'

const sha256 = (bytes: Uint8Array): Uint8Array => new Uint8Array(createHash('sha256').update(bytes).digest())
let count = 0

/** `openssl cms -sign`: a CMS that nobody here wrote. `options` go to openssl as they are. */
export const byOpenssl = (pki: Pki, user: Pick<PkiUser, 'certificateFile' | 'keyFile'>, options: readonly string[] = ['-cades', '-md', 'sha256']): SignatureMaker => (pieces) => {
  count += 1
  const [data, cms] = [join(pki.folder, `data-${count}`), join(pki.folder, `cms-${count}`)]
  writeFileSync(data, Buffer.concat(pieces))
  execFileSync('openssl', ['cms', '-sign', '-binary', '-nosmimecap', '-in', data, '-signer', user.certificateFile, '-inkey', user.keyFile, '-certfile', pki.pem('issuing'), '-outform', 'DER', '-out', cms, ...options], { stdio: 'pipe' })
  return new Uint8Array(readFileSync(cms))
}

/** A stamp by `openssl ts`, of the authority's clock: over these bytes. */
export function stampOver(pki: Pki, bytes: Uint8Array, { hash = 'sha256', signer = 'tsa' }: Readonly<{ hash?: string; signer?: string }> = {}): Uint8Array {
  count += 1
  const file = (name: string): string => join(pki.folder, `${name}-${count}`)
  const openssl = (...args: string[]): void => void execFileSync('openssl', args, { cwd: pki.folder, stdio: 'pipe' })
  writeFileSync(file('stamped'), bytes)
  openssl('ts', '-query', '-data', file('stamped'), `-${hash}`, '-cert', '-out', file('tsq'))
  openssl('ts', '-reply', '-config', 'config', '-section', 'tsa_config', '-queryfile', file('tsq'), '-inkey', `${signer}.key`, '-signer', `${signer}.pem`, '-chain', 'issuing.pem', '-token_out', '-out', file('token'))
  return new Uint8Array(readFileSync(file('token')))
}

/** Our own CMS with what a test bends: another certificate in the attributes, a stamp over something else. */
export const byOurselves = (pki: Pki, user: PkiUser, { scheme, stamped = false, stamp, ess = user.certificate }: Readonly<{
  scheme?: SignatureScheme; stamped?: boolean; stamp?: (value: Uint8Array) => Uint8Array; ess?: Uint8Array
}> = {}): SignatureMaker => async (pieces) => {
  const key = user.key(scheme)
  const { set } = signedAttributes(sha256(Buffer.concat(pieces)), ess)
  const signature = await key.sign(set)
  return assemble({ set, scheme: key.scheme, signature, certificates: key.certificates, stamp: stamp ? stamp(signature) : stamped ? stampOver(pki, signature) : null })
}

const LIST: TrustAnchors = { list: { issued: '2026-11-01', demo: false, note: { vi: '', en: '' }, signer: 'Thử', anchors: [] }, origin: 'shipped', practice: [], removed: new Set() }

/** The root of a test's infrastructure as an anchor. */
export const trusting = (...roots: readonly Uint8Array[]): TrustAnchors => withPractice(LIST, roots.map((certificate) => ({ kind: 'root', certificate })))
export const trustingNobody = LIST

/** Lists that the office keeps: for offline checks. */
export const keeping = (...lists: readonly Uint8Array[]): KeptEvidence => ({ certificates: () => [], about: () => ({ lists, ocsp: [] }) })

/** A fresh OCSP answer by `openssl ocsp` about a certificate. */
export function ocspAbout(pki: Pki, user: Pick<PkiUser, 'certificateFile'>): Uint8Array {
  count += 1
  const file = (name: string): string => join(pki.folder, `${name}-${count}-${randomBytes(2).toString('hex')}`)
  const [query, answer] = [file('ocspq'), file('ocspr')]
  const openssl = (...args: string[]): void => void execFileSync('openssl', args, { cwd: pki.folder, stdio: 'pipe' })
  openssl('ocsp', '-issuer', 'issuing.pem', '-cert', user.certificateFile, '-no_nonce', '-reqout', query)
  openssl('ocsp', '-index', 'index.txt', '-CA', 'issuing.pem', '-rsigner', 'ocsp.pem', '-rkey', 'ocsp.key', '-reqin', query, '-respout', answer, '-ndays', '1')
  return new Uint8Array(readFileSync(answer))
}
