import { writeFileSync } from 'node:fs'
import { resolve } from 'node:path'
import type { Hash } from '../../../src-main/identity/trust/algorithms'
import { encodeTlv } from '../../../src-main/identity/chip/tlv'
import { FIXTURE_GROUPS, type TrustFixture } from './fixture-groups'
import { opensslPki } from './openssl'
import { makeSecurityObject } from './sod-writer'

/**
 * Makes test/identity/vectors/trust-fixtures.json with OpenSSL, for the runtimes that have no OpenSSL at hand. By hand, when a case is added:
 * npx esbuild test/devices/pki/make-trust-fixtures.ts --bundle --platform=node --format=esm --alias:@contract=./src-preload/contract | node --input-type=module
 */
const PSS = ['-keyopt', 'rsa_padding_mode:pss']
const CASES: readonly Readonly<{ name: string; root: string; signer: string; hash: Hash; more?: string[] }>[] = [
  { name: 'RSA, SHA-256', root: 'RSA 2048', signer: 'RSA 2048', hash: 'SHA-256' },
  { name: 'RSA-PSS under an id-RSASSA-PSS key, mask by SHA-1, salt of 17', root: 'RSA-PSS 2048', signer: 'RSA 2048', hash: 'SHA-512', more: [...PSS, '-keyopt', 'rsa_mgf1_md:sha1', '-keyopt', 'rsa_pss_saltlen:17'] },
  { name: 'ECDSA P-192, SHA-1', root: 'EC prime192v1', signer: 'EC prime192v1', hash: 'SHA-1' },
  { name: 'ECDSA brainpoolP256r1 explicit, SHA-256', root: 'EC brainpoolP256r1 explicit', signer: 'EC brainpoolP256r1 explicit', hash: 'SHA-256' },
  { name: 'ECDSA brainpoolP512r1 and brainpoolP384r1 explicit, SHA-512', root: 'EC brainpoolP512r1 explicit', signer: 'EC brainpoolP384r1 explicit', hash: 'SHA-512' },
  { name: 'ECDSA P-521 and P-224, SHA-224', root: 'EC P-521', signer: 'EC P-224', hash: 'SHA-224' },
  { name: 'ECDSA on a curve of no table, explicit, SHA-384', root: 'EC secp256k1 explicit', signer: 'EC secp256k1 explicit', hash: 'SHA-384' },
]

const pki = opensslPki()
const fixtures = CASES.map(({ name, root, signer, hash, more = [] }): TrustFixture => {
  const md = hash.replace('-', '').toLowerCase()
  pki.key('root', root)
  pki.key('ds', signer)
  const anchor = pki.certificate('root', { subject: '/C=UT/CN=CSCA', section: 'csca', hash: md })
  pki.certificate('ds', { subject: '/C=UT/CN=DS', section: 'ds', hash: md, issuer: 'root', serial: 2 })
  const sod = encodeTlv(0x77, pki.cms(makeSecurityObject(FIXTURE_GROUPS, hash), 'ds', { hash: md, more }))
  return { name, root: Buffer.from(anchor).toString('base64'), sod: Buffer.from(sod).toString('base64') }
})
pki.remove()
writeFileSync(resolve('test/identity/vectors/trust-fixtures.json'), `${JSON.stringify(fixtures, null, 1)}\n`)
