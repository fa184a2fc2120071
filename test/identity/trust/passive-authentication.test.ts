import { describe, expect, it } from 'vitest'
import { encodeTlv } from '../../../src-main/identity/chip/tlv'
import { digest } from '../../../src-main/identity/trust/algorithms'
import { parseCertificate } from '../../../src-main/identity/trust/certificate'
import type { Trust } from '../../../src-main/identity/trust/chain'
import { parseSod } from '../../../src-main/identity/trust/sod'
import { provePassively, proveCardSecurity } from '../../../src-main/identity/trust/passive-authentication'
import { makeRevocationList, makeRoot } from '../../devices/pki/certificate-writer'
import { integer, octets, oid, sequence } from '../../devices/pki/der-writer'
import { ecKey, explicitParameters, knownCurve, rsaKey } from '../../devices/pki/keys'
import { makeSecurityObject, makeSignedData } from '../../devices/pki/sod-writer'
import { anchor, AT, DG1, DG2, DGS, filesWith, otherKey, root, ROOT_NAME, rootKey, signer, signerKey, signerWith, sodWith, trusting, turned } from './invented'

type Expected = readonly [contents: string, signature: string, chain: string, revocation: string]
type Files = ReturnType<typeof filesWith>

const prove = (files: Files, trust: Trust = trusting([root]), at = AT): ReturnType<typeof provePassively> => provePassively(files, trust, at)
const stateOf = (files: Files, trust?: Trust, at?: Date): Expected => {
  const { contents, signature, chain } = prove(files, trust, at)
  return [contents.state, signature.state, chain.state, chain.revocation]
}
const withSod = (wish: Parameters<typeof sodWith>[0]): Files => filesWith({ SOD: sodWith(wish) })
const hash = (bytes: Uint8Array): Uint8Array => digest('SHA-256', bytes)

const strangeGenerator = (() => {
  const curve = knownCurve('secp256r1')
  // A point of the curve that is not its generator: twice the generator, as an attack with chosen parameters would take.
  return ecKey('secp256r1', {
    seed: 'signer',
    parameters: explicitParameters(curve, {
      gx: 0x7cf27b188d034f7e8a52380304b51ac3c08969e277f21b35a60b48fc47669978n, gy: 0x07775510db8ed040293d9ac69f7430dbba7dade63ce982299e04b79d227873d1n,
    }),
  })
})()
const offCurve = ecKey('secp256r1', { seed: 'signer', parameters: explicitParameters(knownCurve('secp256r1'), { gx: 5n, gy: 6n }) })
const unsound = (faults: Parameters<typeof explicitParameters>[1]) => ecKey('brainpoolP256r1', { seed: 'signer', parameters: explicitParameters(knownCurve('brainpoolP256r1'), faults) })
const signedWith = (key: typeof signerKey): Files => withSod({ dsKey: key, dsCertificate: signerWith({ key }) })

const GOOD = ['unchanged', 'valid', 'trusted', 'unknown'] as const
type Case = readonly [name: string, expected: Expected, files: () => Files, trust?: (() => Trust) | undefined, at?: string]
const CASES: readonly Case[] = [
  ['everything right', GOOD, () => filesWith()],
  ['no SOD', ['not-checked', 'not-checked', 'not-checked', 'unknown'], () => filesWith({ SOD: undefined })],
  ['a SOD that cannot be read', ['not-checked', 'not-checked', 'not-checked', 'unknown'], () => filesWith({ SOD: sodWith().subarray(0, 300) })],
  ['only the SOD read', ['not-checked', 'valid', 'trusted', 'unknown'], () => filesWith({ DG1: undefined, DG2: undefined })],

  ['a data group changed', ['changed', 'valid', 'trusted', 'unknown'], () => filesWith({ DG2: turned(DG2, Uint8Array.of(7)) })],
  ['a data group that was never signed', ['changed', 'valid', 'trusted', 'unknown'], () => filesWith({ DG13: encodeTlv(0x6d, new Uint8Array(3)) })],
  ['a data group and its hash changed', ['unchanged', 'invalid', 'not-checked', 'unknown'],
    () => filesWith({ DG1: turned(DG1, Uint8Array.of(0x3c)), SOD: replaced(sodWith(), hash(DG1), hash(turned(DG1, Uint8Array.of(0x3c)))) })],
  ['a hash in the SOD changed', ['changed', 'invalid', 'not-checked', 'unknown'], () => filesWith({ SOD: turned(sodWith(), hash(DG2)) })],
  ['a signed attribute changed', ['unchanged', 'invalid', 'not-checked', 'unknown'], () => filesWith({ SOD: turned(sodWith(), hash(makeSecurityObject(DGS, 'SHA-256'))) })],
  ['a message digest of something else', ['unchanged', 'invalid', 'not-checked', 'unknown'], () => withSod({ attributes: 'wrong-digest' })],
  ['a content type of something else', ['unchanged', 'invalid', 'not-checked', 'unknown'], () => withSod({ attributes: 'wrong-type' })],
  ['every attribute twice', ['unchanged', 'invalid', 'not-checked', 'unknown'], () => withSod({ attributes: 'twice' })],
  ['hashes of another length than their algorithm', ['changed', 'valid', 'trusted', 'unknown'],
    () => withSod({ content: relabelled(makeSecurityObject(DGS, 'SHA-1'), '1.3.14.3.2.26', '2.16.840.1.101.3.4.2.1') })],
  ['a hash algorithm that nobody here knows', ['not-checked', 'valid', 'trusted', 'unknown'],
    () => withSod({ content: relabelled(makeSecurityObject(DGS, 'SHA-256'), '2.16.840.1.101.3.4.2.1', '2.16.840.1.101.3.4.2.9') })],

  ['another key than the signer\'s', ['unchanged', 'invalid', 'not-checked', 'unknown'], () => withSod({ dsKey: otherKey })],
  ['a signer of the right name that the root never signed', ['unchanged', 'valid', 'invalid', 'unknown'],
    () => withSod({ dsCertificate: signerWith({ issuerKey: { ...otherKey, id: rootKey.id } }) })],
  ['a signer of another root of the same name', ['unchanged', 'valid', 'no-anchor', 'unknown'], () => withSod({ dsCertificate: signerWith({ issuerKey: otherKey }) })],
  ['a signer without key identifiers that the root never signed', ['unchanged', 'valid', 'invalid', 'unknown'],
    () => withSod({ dsCertificate: signerWith({ issuerKey: otherKey, keyIds: false }) })],
  ['a signer whose issuer has another name than the root that its key identifier names', ['unchanged', 'valid', 'invalid', 'unknown'],
    () => withSod({ dsCertificate: signerWith({ issuer: 'C=ZZ,O=Test,CN=CSCA' }) })],
  ['a signer of a root whose name is written in other cases', GOOD, () => withSod({ dsCertificate: signerWith({ issuer: 'C=ut,O=TEST,CN=csca' }) })],
  ['no root imported', ['unchanged', 'valid', 'no-anchor', 'unknown'], () => filesWith(), () => trusting([])],
  ['the root of another state', ['unchanged', 'valid', 'no-anchor', 'unknown'], () => filesWith(), () => trusting([makeRoot({ subject: 'C=ZZ,CN=CSCA', key: otherKey })])],
  ['a signer that may not sign', ['unchanged', 'valid', 'invalid', 'unknown'], () => withSod({ dsCertificate: signerWith({ keyUsage: [2] }) })],
  ['a signer that is an authority', ['unchanged', 'valid', 'invalid', 'unknown'], () => withSod({ dsCertificate: signerWith({ authority: true, keyUsage: [0, 5] }) })],
  ['the signer of master lists', ['unchanged', 'valid', 'invalid', 'unknown'], () => withSod({ dsCertificate: signerWith({ extendedKeyUsage: ['2.23.136.1.1.3'] }) })],
  ['a signer with a critical extension that nobody knows', ['unchanged', 'valid', 'invalid', 'unknown'], () => withSod({ dsCertificate: signerWith({ strange: true }) })],
  ['a signer without key usage', GOOD, () => withSod({ dsCertificate: signerWith({ keyUsage: null }) })],
  ['a root without the authority flag', ['unchanged', 'valid', 'invalid', 'unknown'], () => filesWith(), () => trusting([makeRoot({ subject: ROOT_NAME, key: rootKey, authority: null })])],
  ['a root that may not sign certificates', ['unchanged', 'valid', 'invalid', 'unknown'], () => filesWith(), () => trusting([makeRoot({ subject: ROOT_NAME, key: rootKey, keyUsage: [6] })])],
  ['a root with a critical extension that nobody knows', ['unchanged', 'valid', 'invalid', 'unknown'], () => filesWith(), () => trusting([makeRoot({ subject: ROOT_NAME, key: rootKey, strange: true })])],
  ['the root as signer', ['unchanged', 'valid', 'no-anchor', 'unknown'], () => withSod({ dsKey: rootKey, dsCertificate: root })],

  ['an expired signer', ['unchanged', 'valid', 'expired', 'unknown'], () => withSod({ dsCertificate: signerWith({ notAfter: new Date('2026-11-22T00:00:00Z') }) })],
  ['a signer of tomorrow', ['unchanged', 'valid', 'expired', 'unknown'], () => withSod({ dsCertificate: signerWith({ notBefore: new Date('2026-11-24T00:00:00Z') }) })],
  ['an expired root', ['unchanged', 'valid', 'expired', 'unknown'], () => filesWith(), () => trusting([makeRoot({ subject: ROOT_NAME, key: rootKey, notAfter: new Date('2026-01-01T00:00:00Z') })])],
  ['another day, before everything', ['unchanged', 'valid', 'expired', 'unknown'], () => filesWith(), undefined, '2023-12-31'],
  ['two roots of one key, one expired', GOOD, () => filesWith(), () => trusting([makeRoot({ subject: ROOT_NAME, key: rootKey, serial: 5, notAfter: new Date('2026-01-01T00:00:00Z') }), root])],

  ['a revoked signer', ['unchanged', 'valid', 'revoked', 'revoked'], () => filesWith(), () => trusting([root], [listWith({ revoked: [3, 0x77] })])],
  ['a list without the signer', ['unchanged', 'valid', 'trusted', 'good'], () => filesWith(), () => trusting([root], [listWith({ revoked: [3] })])],
  ['a list that is over', ['unchanged', 'valid', 'trusted', 'unknown'], () => filesWith(), () => trusting([root], [listWith({ nextUpdate: new Date('2026-02-01T00:00:00Z') })])],
  ['a list without a next date, of long ago', ['unchanged', 'valid', 'trusted', 'unknown'], () => filesWith(), () => trusting([root], [listWith({ nextUpdate: null })])],
  ['a list of changes', ['unchanged', 'valid', 'trusted', 'unknown'], () => filesWith(), () => trusting([root], [listWith({ partial: true })])],
  ['a list that somebody else signed', ['unchanged', 'valid', 'trusted', 'unknown'], () => filesWith(), () => trusting([root], [listWith({ revoked: [0x77], issuerKey: otherKey })])],
  ['a revoked signer on a list that is over', ['unchanged', 'valid', 'revoked', 'revoked'], () => filesWith(), () => trusting([root], [listWith({ revoked: [0x77], nextUpdate: new Date('2026-02-01T00:00:00Z') })])],
  ['an expired signer that is revoked', ['unchanged', 'valid', 'revoked', 'revoked'],
    () => withSod({ dsCertificate: signerWith({ notAfter: new Date('2026-11-22T00:00:00Z') }) }), () => trusting([root], [listWith({ revoked: [0x77] })])],

  ['a known curve with another generator', ['unchanged', 'unsupported', 'not-checked', 'unknown'], () => signedWith(strangeGenerator)],
  ['a generator off its curve', ['unchanged', 'unsupported', 'not-checked', 'unknown'], () => signedWith(offCurve)],
  ['a curve of our own making whose order is not that of its generator', ['unchanged', 'unsupported', 'not-checked', 'unknown'], () => signedWith(unsound({ n: knownCurve('secp256r1').n, b: 7n }))],
  ['a curve over no prime', ['unchanged', 'unsupported', 'not-checked', 'unknown'], () => signedWith(unsound({ p: knownCurve('brainpoolP256r1').p - 2n }))],
  ['a curve of 32 bits', ['unchanged', 'unsupported', 'not-checked', 'unknown'], () => signedWith(unsound({ p: 0xfffffffbn, a: 1n, b: 2n, gx: 3n, gy: 4n, n: 0xfffffffbn }))],
  ['an explicit curve that is known', GOOD, () => signedWith(ecKey('brainpoolP320r1', { seed: 'x', explicit: true }))],
  ['an algorithm that we cannot verify', ['unchanged', 'unsupported', 'not-checked', 'unknown'], () => withSod({ dsKey: { ...signerKey, algorithm: () => sequence(oid('1.3.101.112')) } })],
  ['an algorithm for another kind of key', ['unchanged', 'invalid', 'not-checked', 'unknown'], () => withSod({ dsKey: { ...signerKey, algorithm: () => sequence(oid('1.2.840.113549.1.1.11')) } })],
  ['a root whose signatures we cannot verify', ['unchanged', 'valid', 'not-checked', 'unknown'],
    () => withSod({ dsCertificate: signerWith({ issuerKey: { ...rootKey, algorithm: () => sequence(oid('1.3.101.112')) } }) })],
  ['an empty signature', ['unchanged', 'invalid', 'not-checked', 'unknown'], () => withSod({ dsKey: { ...signerKey, sign: () => new Uint8Array(0) } })],
  ['a signature of zeros', ['unchanged', 'invalid', 'not-checked', 'unknown'], () => withSod({ dsKey: { ...signerKey, sign: () => sequence(integer(0), integer(0)) } })],

  ['no certificates', ['unchanged', 'not-checked', 'not-checked', 'unknown'], () => withSod({ certificates: [] })],
  ['two certificates, the other first', GOOD, () => withSod({ certificates: [signerWith({ key: otherKey, serial: 5 }), signer] })],
  ['a wrong serial number in the signer info', GOOD, () => withSod({ wrongSerial: true })],
  ['the signer named by key', GOOD, () => withSod({ by: 'key' })],
  ['no signed attributes', GOOD, () => withSod({ attributes: 'none' })],
  ['a signature with another hash than its digest', GOOD, () => withSod({ signatureHash: 'SHA-512' })],
  ['SHA-1 all through', GOOD, () => withSod({ hash: 'SHA-1', content: makeSecurityObject(DGS, 'SHA-1') })],
]

const listWith = (wish: Partial<Parameters<typeof makeRevocationList>[0]>): Uint8Array => makeRevocationList({ issuer: ROOT_NAME, issuerKey: rootKey, ...wish })

function replaced(bytes: Uint8Array, from: Uint8Array, to: Uint8Array): Uint8Array {
  const copy = Buffer.from(bytes)
  const at = copy.indexOf(from)
  if (at < 0) throw new Error('not found')
  copy.set(to, at)
  return new Uint8Array(copy)
}

/** The same object with another algorithm identifier, written anew. */
function relabelled(object: Uint8Array, from: string, to: string): Uint8Array {
  const [start, rest] = [Buffer.from(object).indexOf(sequence(oid(from))), sequence(oid(from)).length]
  return sequence(integer(0), sequence(oid(to)), object.subarray(start + rest))
}

describe('passive authentication', () => {
  it.each(CASES.map(([name, expected, files, trust, at]) => ({ name, expected, files, trust, at })))('with $name', ({ expected, files, trust, at }) => {
    expect(stateOf(files(), trust?.(), at === undefined ? AT : new Date(at))).toEqual(expected)
  })

  it('tells which file was changed', () => {
    expect(prove(filesWith({ DG2: turned(DG2, Uint8Array.of(7)) })).contents).toEqual({
      state: 'changed', algorithm: 'SHA-256', hashes: [{ file: 'DG1', matches: true }, { file: 'DG2', matches: false }],
    })
  })

  it('takes the signer whose chain is trusted when there are two', () => {
    const strange = { contentType: '2.23.136.1.1.1', content: makeSecurityObject(DGS, 'SHA-256'), hash: 'SHA-256', key: otherKey, certificate: makeRoot({ subject: 'C=ZZ,CN=Nobody', key: otherKey, authority: null, keyUsage: [0] }) } as const
    const own = { ...strange, key: signerKey, certificate: signer }
    const proof = prove(filesWith({ SOD: encodeTlv(0x77, makeSignedData(strange, own)) }))
    expect([proof.signature.state, proof.chain.state, proof.signature.signer?.subject]).toEqual(['valid', 'trusted', 'CN=DS 1,O=Test,C=UT'])
    expect(proof.oddities.map(({ code }) => code)).toEqual(['several-signers'])
  })

  it.each([
    ['a wrong serial number', { wrongSerial: true }, 'signer-named-wrongly'],
    ['no signed attributes', { attributes: 'none' }, 'no-signed-attributes'],
    ['no certificate', { certificates: [] }, 'signer-missing'],
    ['another content type', { contentType: '1.2.3.4' }, 'sod-content-type'],
    ['an expired signer', { dsCertificate: signerWith({ notAfter: new Date('2026-11-22T00:00:00Z') }) }, 'signer-expired'],
    ['a signer without key usage', { dsCertificate: signerWith({ keyUsage: null }) }, 'signer-without-key-usage'],
  ] as const)('notes %s', (_, wish, code) => {
    expect(prove(withSod(wish)).oddities.map((one) => one.code)).toContain(code)
  })

  it('marks a chain that ends at the root of practice mode', () => {
    expect(prove(filesWith(), { anchors: [anchor(root, 'practice')], revocationLists: [] }).chain.practice).toBe(true)
    expect(prove(filesWith()).chain.practice).toBe(false)
  })

  it('follows links over a new name and key to the old root, never in a circle', () => {
    const keys = [1, 2, 3].map((number) => ecKey('secp256r1', { seed: `generation ${number}` }))
    const link = (key: number, issuer: string, issuerKey: typeof rootKey): Uint8Array =>
      signerWith({ subject: `C=UT,CN=Root ${key}`, issuer, key: keys[key] ?? rootKey, issuerKey, serial: key + 10, authority: true, keyUsage: [5, 6] })
    const links = [link(0, ROOT_NAME, rootKey), link(1, 'C=UT,CN=Root 0', keys[0] ?? rootKey), link(0, 'C=UT,CN=Root 1', keys[1] ?? rootKey)]
    const files = withSod({ dsCertificate: signerWith({ issuer: 'C=UT,CN=Root 1', issuerKey: keys[1] ?? rootKey }) })
    const trust: Trust = { anchors: [...links.map((raw) => anchor(raw, 'link')), anchor(root)], revocationLists: [] }
    const { chain } = prove(files, trust)
    expect([chain.state, chain.path.map(({ subject }) => subject)]).toEqual(['trusted', ['CN=Root 1,C=UT', 'CN=Root 0,C=UT', 'CN=CSCA,O=Test,C=UT']])
    expect(prove(files, { ...trust, anchors: trust.anchors.slice(0, 3) }).chain.state).toBe('no-anchor')
  })

  it('proves with RSA keys that node made', () => {
    const key = rsaKey({ bits: 2048, pss: true, saltLength: 20 })
    const bigRoot = makeRoot({ subject: ROOT_NAME, key, hash: 'SHA-512' })
    const files = withSod({ dsCertificate: signerWith({ issuerKey: key, hash: 'SHA-384' }) })
    expect(stateOf(files, trusting([bigRoot]))).toEqual(GOOD)
    expect(parseCertificate(bigRoot).subject.text).toBe('CN=CSCA,O=Test,C=UT')
  })

  it('proves EF.CardSecurity by the same rules and gives its content', () => {
    const content = sequence(octets(new Uint8Array(4)))
    const file = makeSignedData({ contentType: '0.4.0.127.0.7.3.2.1', content, hash: 'SHA-256', key: signerKey, certificate: signer })
    const proof = proveCardSecurity(file, trusting([root]), AT)
    expect([proof?.signature.state, proof?.chain.state, proof?.content]).toEqual(['valid', 'trusted', content])
    expect(proveCardSecurity(file.subarray(0, 40), trusting([root]), AT)).toBeNull()
  })

  it('refuses a SOD with a data group told twice', () => {
    const twice = sequence(integer(0), sequence(oid('2.16.840.1.101.3.4.2.1')), sequence(...[1, 1].map((number) => sequence(integer(number), octets(hash(DG1))))))
    expect(() => parseSod(sodWith({ content: twice }))).toThrow('THE-009')
  })
})
