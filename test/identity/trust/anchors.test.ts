import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { TrustView } from '@contract/trust'
import { createAudit } from '../../../src-main/audit'
import { createTrust, type TrustStore } from '../../../src-main/identity/trust/anchors'
import { folderAnchors } from '../../../src-main/identity/trust/folder'
import { parseCertificate } from '../../../src-main/identity/trust/certificate'
import type { Store } from '../../../src-main/storage'
import { makeRevocationList, makeRoot } from '../../devices/pki/certificate-writer'
import { ecKey } from '../../devices/pki/keys'
import { makeMasterList } from '../../devices/pki/sod-writer'
import { codeOf, fixedClock, KEY, temporaryFolder, temporaryStore } from '../../storage/support'
import { AT, otherKey, root, ROOT_NAME, rootKey, signer, signerKey, signerWith } from './invented'

const clock = fixedClock(AT.toISOString())
const audit = createAudit({ key: KEY, clock })
const BOSS = { id: '0192f0c1-0000-7000-8000-000000000001', name: 'Trần Thị Bình' }
const sha = (raw: Uint8Array): string => parseCertificate(raw).sha256

const fresh = (): { store: Store; trust: TrustStore } => {
  const store = temporaryStore()
  return { store, trust: createTrust({ store, audit, clock }) }
}
const entries = (store: Store): unknown[] => audit.list(store.read, { limit: 20 }).map(({ actor, action, subject, detailText }) => [actor, action, subject?.id ?? null, detailText])

const newKey = ecKey('secp384r1', { seed: 'new root' })
const newRoot = makeRoot({ subject: ROOT_NAME, key: newKey, serial: 2 })
const link = makeRoot({ subject: ROOT_NAME, key: newKey, issuerKey: rootKey, serial: 3 })
const list = makeRevocationList({ issuer: ROOT_NAME, issuerKey: rootKey, revoked: [9] })
const listKey = ecKey('brainpoolP384r1', { seed: 'list signer', explicit: true })
const listSigner = signerWith({ subject: 'C=UT,O=Test,CN=Master list signer', key: listKey, extendedKeyUsage: ['2.23.136.1.1.3'], serial: 0x80 })
const masterList = (roots: readonly Uint8Array[], wish: Partial<Parameters<typeof makeMasterList>[1]> = {}): Uint8Array =>
  makeMasterList(roots, { hash: 'SHA-256', key: listKey, certificate: listSigner, ...wish })
const pem = (kind: string, raw: Uint8Array): Buffer => Buffer.from(`-----BEGIN ${kind}-----\r\n${Buffer.from(raw).toString('base64')}\r\n-----END ${kind}-----\r\n`)

describe('the roots that an office trusts', () => {
  it('are imported with their origin, listed, and written into the audit chain without the name of the file', () => {
    const { store, trust } = fresh()
    expect(trust.import(BOSS, 'Trần Thị Bình.cer', root)).toEqual({ added: 1, known: 0, refused: [], masterListSigner: null })
    const view = trust.list()
    expect(TrustView.parse(view)).toEqual(view)
    expect(view.anchors).toMatchObject([{ country: 'UT', origin: 'certificate', source: 'Trần Thị Bình.cer', importedBy: BOSS.name, importedAt: AT.toISOString(), valid: true,
      certificate: { subject: 'CN=CSCA,O=Test,C=UT', sha256: sha(root), key: 'EC brainpoolP256r1 (explicit)' } }])
    expect(trust.anchors().map(({ certificate }) => certificate.sha256)).toEqual([sha(root)])
    const [[actor, action, , detail]] = entries(store) as [[string, string, null, string]]
    expect([actor, action]).toEqual([BOSS.id, 'trust.imported'])
    expect(detail).toContain(sha(root))
    expect(detail).not.toContain('Trần')
  })

  it('are removed, told so, and may come again', () => {
    const { store, trust } = fresh()
    trust.import(BOSS, 'root.cer', root)
    trust.remove(BOSS, sha(root))
    expect(trust.anchors()).toEqual([])
    expect(entries(store)[0]).toEqual([BOSS.id, 'trust.removed', sha(root), '{}'])
    expect(codeOf(() => trust.remove(BOSS, sha(root)))).toBe('CT-007')
    expect(trust.import(BOSS, 'again.cer', root).added).toBe(1)
    expect(trust.list().anchors.map(({ source }) => source)).toEqual(['again.cer'])
  })

  it('hold a practice root that is marked as such, once', () => {
    const { store, trust } = fresh()
    trust.addPractice(root)
    trust.addPractice(root)
    expect(trust.anchors().map(({ origin }) => origin)).toEqual(['practice'])
    expect(entries(store)).toHaveLength(1)
  })

  it.each([
    ['DER', root], ['PEM', pem('CERTIFICATE', root)], ['PEM after a byte order mark and words', Buffer.concat([Buffer.from('\uFEFFRoot of Utopia\n'), pem('CERTIFICATE', root)])],
  ])('are read from %s', (_, bytes) => {
    expect(fresh().trust.import(BOSS, 'file', bytes).added).toBe(1)
  })

  it('take a link when the old root is known or in the same file, and only then', () => {
    const { trust } = fresh()
    expect(codeOf(() => trust.import(BOSS, 'link.cer', link))).toBe('CT-002')
    const both = Buffer.concat([pem('CERTIFICATE', link), pem('CERTIFICATE', newRoot), pem('CERTIFICATE', root)])
    expect(trust.import(BOSS, 'all.pem', both).added).toBe(3)
    expect(trust.anchors().map(({ origin }) => origin).sort()).toEqual(['certificate', 'certificate', 'link'])
  })

  it('refuse a link and a revocation list that name the old root but were not signed by it', () => {
    const { trust } = fresh()
    trust.import(BOSS, 'root.cer', root)
    const forger = { ...otherKey, id: rootKey.id }
    expect(codeOf(() => trust.import(BOSS, 'link.cer', makeRoot({ subject: ROOT_NAME, key: newKey, issuerKey: forger })))).toBe('CT-002')
    expect(codeOf(() => trust.import(BOSS, 'list.crl', makeRevocationList({ issuer: ROOT_NAME, issuerKey: forger, revoked: [1] })))).toBe('CT-004')
    expect(trust.trust()).toMatchObject({ anchors: [{ origin: 'certificate' }], revocationLists: [] })
  })

  it('take the certificates of a master list and name its signer; what is no root is told and left out', () => {
    const { trust } = fresh()
    expect(trust.import(BOSS, 'list.ml', masterList([root, newRoot, signer]))).toEqual({
      added: 2, known: 0, refused: [{ subject: 'CN=DS 1,O=Test,C=UT', why: 'not-an-authority' }], masterListSigner: 'CN=Master list signer,O=Test,C=UT',
    })
    expect(trust.list().anchors.map(({ origin, source }) => [origin, source])).toEqual([['master-list', 'CN=Master list signer,O=Test,C=UT'], ['master-list', 'CN=Master list signer,O=Test,C=UT']])
  })

  it.each([
    ['nothing readable', 'CT-001', () => Buffer.from('hello')],
    ['an empty file', 'CT-001', () => new Uint8Array(0)],
    ['half a certificate', 'CT-001', () => root.subarray(0, 200)],
    ['a document signer', 'CT-002', () => signer],
    ['a root that did not sign itself', 'CT-002', () => makeRoot({ subject: ROOT_NAME, key: rootKey, issuerKey: { ...otherKey, id: rootKey.id } })],
    ['a root without the authority flag', 'CT-002', () => makeRoot({ subject: ROOT_NAME, key: rootKey, authority: null })],
    ['a root and a signer in one file', 'CT-002', () => Buffer.concat([pem('CERTIFICATE', root), pem('CERTIFICATE', signer)])],
    ['a master list whose signature is wrong', 'CT-003', () => masterList([root], { key: otherKey })],
    ['a master list by a document signer', 'CT-003', () => masterList([root], { key: signerKey, certificate: signer })],
    ['a master list whose signer hangs on no root', 'CT-003', () => masterList([newRoot])],
    ['a revocation list without its root', 'CT-004', () => list],
    ['a file over 20 MB', 'CT-006', () => new Uint8Array(20 * 1024 * 1024 + 1)],
  ] as const)('refuse %s (%s) and stay as they are', (_, code, bytes) => {
    const { store, trust } = fresh()
    expect(codeOf(() => trust.import(BOSS, 'file', bytes()))).toBe(code)
    expect([trust.anchors(), entries(store)]).toEqual([[], []])
  })

  it('tell when a file brings nothing new', () => {
    const { store, trust } = fresh()
    trust.import(BOSS, 'root.cer', root)
    expect(codeOf(() => trust.import(BOSS, 'root.cer', root))).toBe('CT-005')
    expect(entries(store)).toHaveLength(1)
  })

  it('keep the newest revocation list of each issuer', () => {
    const { trust } = fresh()
    trust.import(BOSS, 'root.cer', root)
    trust.import(BOSS, 'list.crl', list)
    const older = makeRevocationList({ issuer: ROOT_NAME, issuerKey: rootKey, thisUpdate: new Date('2025-01-01T00:00:00Z'), revoked: [1, 2, 3] })
    expect(codeOf(() => trust.import(BOSS, 'older.crl', older))).toBe('CT-005')
    const newer = makeRevocationList({ issuer: ROOT_NAME, issuerKey: rootKey, thisUpdate: new Date('2026-02-01T00:00:00Z'), nextUpdate: new Date('2026-03-01T00:00:00Z'), revoked: [1, 2] })
    expect(trust.import(BOSS, 'newer.crl', pem('X509 CRL', newer)).added).toBe(1)
    expect(trust.list().revocationLists).toMatchObject([{ issuer: 'CN=CSCA,O=Test,C=UT', revoked: 2, stale: true, nextUpdate: '2026-03-01T00:00:00.000Z' }])
    expect(trust.trust().revocationLists).toHaveLength(1)
  })

  it('read the directory of ICAO: roots and lists are taken, document signers passed over, a broken entry told', () => {
    const { trust } = fresh()
    const entry = (name: string, raw: Uint8Array): string => `dn: c=UT\n${name}:: ${Buffer.from(raw).toString('base64').replace(/(.{76})/gu, '$1\n ')}\n\n`
    const ldif = `version: 1\n\n${entry('pkdMasterListContent', masterList([root]))}${entry('userCertificate;binary', signer)}${entry('certificateRevocationList;binary', list)}${entry('cACertificate;binary', Uint8Array.of(0x30, 3, 0x30, 1, 0))}`
    expect(trust.import(BOSS, 'icao.ldif', Buffer.from(ldif))).toEqual({ added: 2, known: 0, refused: [{ subject: '?', why: 'unreadable' }], masterListSigner: 'CN=Master list signer,O=Test,C=UT' })
  })

  it('survive a write that fails half-way: nothing is imported, nothing is told', () => {
    const { store } = fresh()
    const broken = createTrust({ store, audit: { ...audit, append: () => { throw new Error('disk') } }, clock })
    expect(() => broken.import(BOSS, 'root.cer', root)).toThrow('disk')
    expect(createTrust({ store, audit, clock }).anchors()).toEqual([])
  })
})

describe('a folder of roots', () => {
  it('is read in whatever order suits, and what is none is named', async () => {
    const folder = temporaryFolder()
    const files: Record<string, Uint8Array> = { 'a-list.crl': list, 'b-link.cer': link, 'c-root.cer': root, 'd-readme.txt': Buffer.from('words'), 'e-signer.cer': signer, '.hidden': root }
    for (const [name, bytes] of Object.entries(files)) writeFileSync(join(folder, name), bytes)
    const { anchors, revocationLists, skipped } = await folderAnchors(folder)
    expect(anchors.map(({ origin }) => origin).sort()).toEqual(['certificate', 'link'])
    expect(revocationLists).toHaveLength(1)
    expect(skipped).toEqual([{ file: 'd-readme.txt', code: 'CT-001' }, { file: 'e-signer.cer', code: 'CT-002' }])
  })
})
