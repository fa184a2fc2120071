import type { ChipFile } from '@contract/chip'
import { encodeTlv } from '../../../src-main/identity/chip/tlv'
import { parseCertificate } from '../../../src-main/identity/trust/certificate'
import type { Anchor, Trust } from '../../../src-main/identity/trust/chain'
import { parseRevocationList } from '../../../src-main/identity/trust/revocation-list'
import { type CertificateWish, makeCertificate, makeRoot } from '../../devices/pki/certificate-writer'
import { ecKey } from '../../devices/pki/keys'
import { makeSod, type SodWish } from '../../devices/pki/sod-writer'

/** An invented state, Utopia: a root, a signer, and a card with two data groups. */
export const AT = new Date('2026-11-23T07:20:00.000Z')
export const ROOT_NAME = 'C=UT,O=Test,CN=CSCA'
export const rootKey = ecKey('brainpoolP256r1', { seed: 'root', explicit: true })
export const signerKey = ecKey('secp256r1', { seed: 'signer' })
export const otherKey = ecKey('secp256r1', { seed: 'somebody else' })

export const root = makeRoot({ subject: ROOT_NAME, key: rootKey })
export const signerWith = (wish: Partial<CertificateWish> = {}): Uint8Array =>
  makeCertificate({ subject: 'C=UT,O=Test,CN=DS 1', issuer: ROOT_NAME, key: signerKey, issuerKey: rootKey, serial: 0x77, ...wish })
export const signer = signerWith()

export const DG1 = encodeTlv(0x61, encodeTlv(0x5f1f, new Uint8Array(90).fill(0x3c)))
export const DG2 = encodeTlv(0x75, new Uint8Array(2000).fill(7))
export const DGS: ReadonlyMap<number, Uint8Array> = new Map([[1, DG1], [2, DG2]])

export const sodWith = (wish: Partial<SodWish> = {}): Uint8Array => makeSod({ dgs: DGS, hash: 'SHA-256', dsKey: signerKey, dsCertificate: signer, ...wish })
export const filesWith = (changed: Partial<Record<ChipFile, Uint8Array | undefined>> = {}): Map<ChipFile, Uint8Array> => {
  const all: Partial<Record<ChipFile, Uint8Array | undefined>> = { DG1, DG2, SOD: sodWith(), ...changed }
  const names: readonly ChipFile[] = ['DG1', 'DG2', 'DG13', 'DG14', 'SOD']
  return new Map(names.flatMap((file): [ChipFile, Uint8Array][] => (all[file] ? [[file, all[file]]] : [])))
}

export const anchor = (raw: Uint8Array, origin: Anchor['origin'] = 'certificate'): Anchor => ({ certificate: parseCertificate(raw), origin })
export const trusting = (roots: readonly Uint8Array[], lists: readonly Uint8Array[] = []): Trust => ({
  anchors: roots.map((raw) => anchor(raw)), revocationLists: lists.map(parseRevocationList),
})

/** The bytes with the first occurrence of some of them changed in one bit. */
export function turned(bytes: Uint8Array, where: Uint8Array): Uint8Array {
  const at = Buffer.from(bytes).indexOf(where)
  if (at < 0) throw new Error('not found')
  const copy = Uint8Array.from(bytes)
  const last = at + where.length - 1
  copy[last] = (copy[last] ?? 0) ^ 1
  return copy
}
