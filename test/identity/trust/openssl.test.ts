import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { ChipFile } from '@contract/chip'
import { encodeTlv } from '../../../src-main/identity/chip/tlv'
import { parseCertificate, signedBy, viewOf } from '../../../src-main/identity/trust/certificate'
import type { Anchor, Trust } from '../../../src-main/identity/trust/chain'
import { KNOWN_CURVES } from '../../../src-main/identity/trust/known-curves'
import { provePassively } from '../../../src-main/identity/trust/passive-authentication'
import { listSignedBy, parseRevocationList } from '../../../src-main/identity/trust/revocation-list'
import { admit } from '../../../src-main/identity/trust/admission'
import { readTrustFile } from '../../../src-main/identity/trust/trust-file'
import { hasOpenssl, type OpensslPki, opensslPki } from '../../devices/pki/openssl'
import { makeSecurityObject } from '../../devices/pki/sod-writer'
import type { Hash } from '../../../src-main/identity/trust/algorithms'
import { octets, sequence, setOf, integer } from '../../devices/pki/der-writer'

const DG1 = encodeTlv(0x61, encodeTlv(0x5f1f, new Uint8Array(90).fill(0x3c)))
const DG2 = encodeTlv(0x75, new Uint8Array(15_000).fill(7))
const DGS = new Map([[1, DG1], [2, DG2]])
/** OpenSSL begins its certificates when it makes them, some seconds after this is read. */
const now = new Date(Date.now() + 3_600_000)
const files = (sod: Uint8Array): Map<ChipFile, Uint8Array> => new Map([['DG1', DG1], ['DG2', DG2], ['SOD', sod]])
const trusting = (...roots: Uint8Array[]): Trust => ({ anchors: roots.map((raw): Anchor => ({ certificate: parseCertificate(raw), origin: 'certificate' })), revocationLists: [] })
const states = (sod: Uint8Array, trust: Trust): string[] => {
  const { contents, signature, chain } = provePassively(files(sod), trust, now)
  return [contents.state, signature.state, chain.state]
}
const ALL_GOOD = ['unchanged', 'valid', 'trusted']

type Case = Readonly<{ name: string; root: string; signer: string; hash: Hash; rootPss?: string[]; more?: string[]; key?: string }>
const node = (hash: Hash): string => hash.replace('-', '').toLowerCase()
const CASES: readonly Case[] = [
  { name: 'RSA with SHA-1', root: 'RSA 2048', signer: 'RSA 1024', hash: 'SHA-1', key: 'RSA 1024' },
  { name: 'RSA with SHA-256', root: 'RSA 2048', signer: 'RSA 2048', hash: 'SHA-256' },
  { name: 'RSA with SHA-512 of an odd size', root: 'RSA 2048', signer: 'RSA 1537', hash: 'SHA-512' },
  { name: 'RSA-PSS whose root has an id-RSASSA-PSS key', root: 'RSA-PSS 2048', signer: 'RSA 2048', hash: 'SHA-256', more: ['-keyopt', 'rsa_padding_mode:pss'] },
  { name: 'RSA-PSS with a key of its own kind', root: 'RSA 2048', signer: 'RSA-PSS 2048', hash: 'SHA-384', rootPss: ['rsa_padding_mode:pss', 'rsa_pss_saltlen:11'], more: ['-keyopt', 'rsa_padding_mode:pss', '-keyopt', 'rsa_pss_saltlen:0'] },
  { name: 'RSA-PSS of an odd size with another mask hash and the longest salt', root: 'RSA 2048', signer: 'RSA 1025', hash: 'SHA-224', more: ['-keyopt', 'rsa_padding_mode:pss', '-keyopt', 'rsa_mgf1_md:sha1', '-keyopt', 'rsa_pss_saltlen:max'] },
  { name: 'ECDSA P-256 with SHA-1', root: 'EC P-256', signer: 'EC P-256', hash: 'SHA-1' },
  { name: 'ECDSA P-224 under P-384', root: 'EC P-384', signer: 'EC P-224', hash: 'SHA-224' },
  { name: 'ECDSA P-521 with explicit parameters', root: 'EC P-521 explicit', signer: 'EC P-521 explicit', hash: 'SHA-512' },
  { name: 'ECDSA brainpoolP256r1 by name', root: 'EC brainpoolP256r1', signer: 'EC brainpoolP256r1', hash: 'SHA-256' },
  { name: 'ECDSA brainpoolP512r1 explicit, as the root of Vietnam', root: 'EC brainpoolP512r1 explicit', signer: 'EC brainpoolP384r1 explicit', hash: 'SHA-512', key: 'EC brainpoolP384r1 (explicit)' },
  { name: 'ECDSA with a hash longer than the curve', root: 'EC brainpoolP320r1', signer: 'EC brainpoolP192r1', hash: 'SHA-512' },
  { name: 'ECDSA on explicit parameters of a curve that no table has (secp256k1)', root: 'EC secp256k1 explicit', signer: 'EC secp256k1 explicit', hash: 'SHA-256', key: 'EC 256 bit (explicit)' },
]

describe.skipIf(!hasOpenssl())('what OpenSSL made', () => {
  let pki: OpensslPki
  beforeAll(() => { pki = opensslPki() })
  afterAll(() => pki.remove())

  it.each(CASES)('is proved: $name', ({ name, root, signer, hash, rootPss, more, key }) => {
    const id = name.replace(/\W+/gu, '')
    const keyOf = (kind: string): string => {
      const keyName = kind.replace(/\s/gu, '-')
      if (!existsSync(join(pki.folder, `${keyName}.key`))) pki.key(keyName, kind)
      return keyName
    }
    const anchor = pki.certificate(`${id}-root`, { key: keyOf(root), subject: `/C=UT/O=Test/CN=${id} CSCA`, section: 'csca', hash: node(hash), ...(rootPss ? { pss: rootPss } : {}) })
    const ds = pki.certificate(`${id}-ds`, { subject: `/C=UT/O=Test/CN=${id} DS`, section: 'ds', hash: node(hash), issuer: `${id}-root`, issuerKey: keyOf(root), key: keyOf(signer), serial: 7, ...(rootPss ? { pss: rootPss } : {}) })
    const sod = encodeTlv(0x77, pki.cms(makeSecurityObject(DGS, hash), `${id}-ds`, { key: keyOf(signer), hash: node(hash), ...(more ? { more } : {}) }))
    const proof = provePassively(files(sod), trusting(anchor), now)
    expect([proof.contents.state, proof.signature.state, proof.chain.state]).toEqual(ALL_GOOD)
    expect(proof.oddities).toEqual([])
    expect(proof.contents.algorithm).toBe(hash)
    if (key !== undefined) expect(viewOf(parseCertificate(ds)).key).toBe(key)
    // The same with one bit of the signature turned: the last byte of the file belongs to it.
    const turned = Uint8Array.from(sod)
    turned[turned.length - 1] = (turned[turned.length - 1] ?? 0) ^ 1
    expect(states(turned, trusting(anchor))).toEqual(['unchanged', 'invalid', 'not-checked'])
  })

  it.each(KNOWN_CURVES.flatMap(({ name }) => [`${name} named_curve`, `${name} explicit`]))('knows the curve %s as OpenSSL writes it', (kind) => {
    const curve = kind.replace('secp192r1', 'prime192v1').replace('secp256r1', 'prime256v1')
    pki.key('curve', `EC ${curve}`)
    const root = parseCertificate(pki.certificate('curve', { subject: '/C=UT/CN=Curve', section: 'csca', hash: 'sha256' }))
    expect(viewOf(root).key).toBe(`EC ${kind.split(' ')[0]}${kind.endsWith('explicit') ? ' (explicit)' : ''}`)
    expect(signedBy(root, root)).toBe('valid')
  })

  describe('with one root and one signer', () => {
    let root: Uint8Array
    const content = makeSecurityObject(DGS, 'SHA-256')
    beforeAll(() => {
      for (const name of ['root', 'ds', 'other', 'new', 'lists']) pki.key(name, 'EC brainpoolP256r1 explicit')
      root = pki.certificate('root', { subject: '/C=UT/O=Test/CN=CSCA', section: 'csca' })
      pki.certificate('ds', { subject: '/C=UT/O=Test/CN=DS', section: 'ds', issuer: 'root', serial: 77 })
      pki.certificate('other', { subject: '/C=UT/O=Test/CN=Other DS', section: 'ds', issuer: 'root', serial: 78 })
    })

    it.each([
      ['names its signer by key', ['-keyid'], ALL_GOOD],
      ['has no signed attributes', ['-noattr'], ALL_GOOD],
      ['is coded with indefinite lengths', ['-stream'], ALL_GOOD],
      ['carries several certificates', ['-certfile', 'other.pem'], ALL_GOOD],
      ['carries no certificate', ['-nocerts'], ['unchanged', 'not-checked', 'not-checked']],
    ])('takes a SOD that %s', (_, more, expected) => {
      expect(states(encodeTlv(0x77, pki.cms(content, 'ds', { more })), trusting(root))).toEqual(expected)
    })

    it('refuses a signer whose certificate was made for encryption, and a root that is none', () => {
      pki.key('cipher', 'EC P-256')
      pki.certificate('cipher', { subject: '/C=UT/CN=Cipher', section: 'ds_no_sign', issuer: 'root', serial: 79 })
      expect(states(encodeTlv(0x77, pki.cms(content, 'cipher')), trusting(root))).toEqual(['unchanged', 'valid', 'invalid'])
      const none = pki.certificate('none', { subject: '/C=UT/O=Test/CN=CSCA', section: 'not_ca', key: 'root' })
      expect(states(encodeTlv(0x77, pki.cms(content, 'ds')), trusting(none))).toEqual(['unchanged', 'valid', 'invalid'])
    })

    it('follows a link certificate from the new root to the old one', () => {
      const fresh = pki.certificate('new', { subject: '/C=UT/O=Test/CN=CSCA', section: 'csca' })
      const link = pki.certificate('link', { subject: '/C=UT/O=Test/CN=CSCA', section: 'csca', issuer: 'root', key: 'new', serial: 90 })
      pki.key('late', 'EC P-256')
      pki.certificate('late', { subject: '/C=UT/CN=Late DS', section: 'ds', issuer: 'new', serial: 5 })
      const sod = encodeTlv(0x77, pki.cms(content, 'late'))
      expect(states(sod, trusting(fresh))).toEqual(ALL_GOOD)
      expect(states(sod, trusting(root))).toEqual(['unchanged', 'valid', 'no-anchor'])
      const linked: Trust = { ...trusting(root), anchors: [...trusting(root).anchors, { certificate: parseCertificate(link), origin: 'link' }] }
      const { chain } = provePassively(files(sod), linked, now)
      expect([chain.state, chain.path.map(({ serial }) => serial)]).toEqual(['trusted', ['5a', '01']])
      expect(states(sod, { ...linked, anchors: linked.anchors.filter(({ origin }) => origin === 'link') })).toEqual(['unchanged', 'valid', 'no-anchor'])
    })

    it('reads a revocation list and believes it', () => {
      const list = parseRevocationList(pki.list('root', ['ds']))
      expect(listSignedBy(list, parseCertificate(root))).toBe('valid')
      const trust: Trust = { ...trusting(root), revocationLists: [list] }
      expect(states(encodeTlv(0x77, pki.cms(content, 'ds')), trust)).toEqual(['unchanged', 'valid', 'revoked'])
      const other = provePassively(files(encodeTlv(0x77, pki.cms(content, 'other'))), trust, now)
      expect([other.chain.state, other.chain.revocation]).toEqual(['trusted', 'good'])
    })

    it('takes a master list that OpenSSL signed, also in an LDIF and as PEM', () => {
      pki.certificate('lists', { subject: '/C=UT/O=Test/CN=Master list signer', section: 'list_signer', issuer: 'root', serial: 80 })
      const list = pki.cms(sequence(integer(0), setOf(root)), 'lists', { type: '2.23.136.1.1.2' })
      const folded = `dn: o=ml\npkdMasterListContent:: ${Buffer.from(list).toString('base64').replace(/(.{70})/gu, '$1\n ')}\n`
      const pem = `-----BEGIN CMS-----\n${Buffer.from(list).toString('base64').replace(/(.{64})/gu, '$1\n')}\n-----END CMS-----\n`
      for (const bytes of [list, Buffer.from(folded), Buffer.from(pem)]) {
        const { anchors, masterListSigner } = admit(readTrustFile('list', bytes), [])
        expect([anchors.map(({ origin }) => origin), masterListSigner]).toEqual([['master-list'], 'CN=Master list signer,O=Test,C=UT'])
      }
      const byDs = pki.cms(sequence(integer(0), setOf(root)), 'ds', { type: '2.23.136.1.1.2' })
      expect(() => readTrustFile('list', byDs)).toThrow('CT-003')
      expect(() => readTrustFile('list', pki.cms(octets(new Uint8Array(1)), 'lists', { type: '2.23.136.1.1.2' }))).toThrow('CT-001')
    })
  })
})
