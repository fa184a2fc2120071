import { generateKeyPairSync } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { ChipFile, MrzView } from '../../src-preload/contract/chip'
import { type DomainParameters, domainParameters } from '../../src-main/identity/chip/domain-parameters'
import { toInteger } from '../../src-main/identity/chip/integers'
import type { HashName } from '../../src-main/identity/chip/iso9796'
import { keyAgreement } from '../../src-main/identity/chip/key-agreement'
import { encodeTlv } from '../../src-main/identity/chip/tlv'
import type { AccessKey, Cipher, PaceInfo } from '../../src-main/identity/chip/types'
import { informationOf, parseMrz, writeMrz, writeVietnameseMrz } from '../../src-main/identity/lds'
import { parseCertificate } from '../../src-main/identity/trust/certificate'
import type { Trust } from '../../src-main/identity/trust'
import { type ActiveKey, BARE, type ChipKey, type ChipProfile } from '../../src-main/identity/virtual-card'
import { dg13Fields, makeCom, makeDg1, makeDg11, makeDg12, makeDg13, makeDg2 } from './lds-writer'
import { type CertificateWish, makeCertificate, makeRoot } from './pki/certificate-writer'
import { bits, integer, nothing, oid, sequence, setOf } from './pki/der-writer'
import { ecKey } from './pki/keys'
import { makeSod, type SodWish } from './pki/sod-writer'

// Whole chips of nobody, by wish: what they hold, how they are opened, and how they prove themselves. No test library in here.

const BSI = '0.4.0.127.0.7.2.2'
const CIPHERS: readonly Cipher[] = ['3DES', 'AES-128', 'AES-192', 'AES-256']
const MAPPING_ARCS = { 'DH-GM': 1, 'ECDH-GM': 2, 'DH-IM': 3, 'ECDH-IM': 4, 'ECDH-CAM': 6 } as const
const ACTIVE = '2.23.136.1.1.5'
const PLAIN_ECDSA: Readonly<Record<HashName, number>> = { sha1: 1, sha224: 2, sha256: 3, sha384: 4, sha512: 5 }
export const BRAINPOOL_256 = 13
export const CAN = '123456'

type PaceKind = keyof typeof MAPPING_ARCS
export function paceOf(kind: PaceKind, cipher: Cipher = 'AES-128', parameterId = kind.startsWith('DH') ? 0 : BRAINPOOL_256): PaceInfo {
  const [agreement, mapping] = kind.split('-') as [PaceInfo['agreement'], PaceInfo['mapping']]
  return { oid: `${BSI}.4.${MAPPING_ARCS[kind]}.${CIPHERS.indexOf(cipher) + 1}`, agreement, mapping, cipher, parameterId }
}
export const paceInfo = ({ oid: protocol, parameterId }: Pick<PaceInfo, 'oid' | 'parameterId'>): Uint8Array => sequence(oid(protocol), integer(2), integer(parameterId))

export type ActiveWish = Readonly<{ kind: 'RSA'; hash: HashName; bits?: number }> | Readonly<{ kind: 'ECDSA'; hash: HashName; parameterId: number }>
export type ChipWish = Readonly<{
  format?: MrzView['format']
  /** Null: no EF.CardAccess. */
  pace?: PaceInfo | null
  /** Chip authentication; `keyId` null where the chip has one key. */
  chip?: Readonly<{ parameterId: number; cipher: Cipher; keyId?: number }> | null
  active?: ActiveWish | null
  /** The chip holds other private keys than its files say. */
  copied?: boolean
  face?: Uint8Array
  /** DG11 and DG12, too. */
  details?: boolean
  sod?: Partial<SodWish>
  signer?: Partial<CertificateWish>
  /** Changes files after they were signed; null takes one away. */
  changed?: Partial<Record<ChipFile, Uint8Array | null>>
  behaviour?: Partial<Omit<ChipProfile, 'files' | 'information'>>
}>
export type InventedChip = Readonly<{ profile: ChipProfile; key: AccessKey; can: AccessKey; lines: readonly string[]; files: ReadonlyMap<ChipFile, Uint8Array>; trust: Trust }>

export const HOLDER = {
  idNumber: '079192004617', fullName: 'Đặng Thị Ngọc Ánh', birthDate: '1992-03-14', sex: 'female', expiresAt: '2032-03-14', residence: '27/4 đường Bàu Tràm, phường Tân Mỹ Hưng, TP. Hồ Chí Minh',
} as const
const PASSPORT = {
  documentCode: 'P', issuer: 'UTO', documentNumber: 'L898902C3', birth: '740812', sex: 'female', expiry: '320415', nationality: 'UTO', primary: 'ERIKSSON', secondary: 'ANNA MARIA', optional1: 'ZE184226B',
} as const

const faceFolder = join(import.meta.dirname, 'practice-cards', 'faces')
export const faceOf = (name: 'anh.jpg' | 'anh.jp2'): Uint8Array => new Uint8Array(readFileSync(join(faceFolder, name)))

const ROOT = 'C=UT,O=Test,CN=CSCA of chips'
const rootKey = ecKey('brainpoolP256r1', { seed: 'chip root', explicit: true })
const signerKey = ecKey('secp256r1', { seed: 'chip signer' })
export const chipRoot = makeRoot({ subject: ROOT, key: rootKey })
const usualSigner = signerWith({})

function signerWith(wish: Partial<CertificateWish>): Uint8Array {
  return makeCertificate({ subject: 'C=UT,O=Test,CN=DS of chips', issuer: ROOT, key: signerKey, issuerKey: rootKey, serial: 0x77, ...wish })
}

function parametersOf(id: number): DomainParameters {
  const found = domainParameters(id)
  if (!found) throw new Error(`no parameters ${id}`)
  return found
}
const publicKeyOf = (id: number, privateKey: bigint): Uint8Array => keyAgreement(parametersOf(id)).keyPairOf(privateKey).publicKey

const CHIP_SECRET = 0x1234567890abcdef1234567890abcdefn
const ACTIVE_SECRET = 0xfedcba0987654321fedcba09n

/** What DG14 says of chip authentication, and the key to it. */
function chipAuthentication({ parameterId, cipher, keyId }: NonNullable<ChipWish['chip']>): { infos: Uint8Array[]; key: ChipKey } {
  const { kind } = parametersOf(parameterId)
  const arc = kind === 'DH' ? 1 : 2
  const protocol = `${BSI}.3.${arc}.${CIPHERS.indexOf(cipher) + 1}`
  const point = publicKeyOf(parameterId, CHIP_SECRET)
  const value = kind === 'DH' ? integer(toInteger(point)) : point
  const id = keyId === undefined ? [] : [integer(keyId)]
  const info = sequence(sequence(oid('0.4.0.127.0.7.1.2'), integer(parameterId)), bits(value))
  return {
    infos: [sequence(oid(protocol), integer(1), ...id), sequence(oid(`${BSI}.1.${arc}`), info, ...id)],
    key: { parameterId, privateKey: CHIP_SECRET, cipher, oid: protocol, keyId: keyId ?? null },
  }
}

const rsaKeys = new Map<number, Readonly<{ modulus: bigint; privateExponent: bigint; spki: Uint8Array }>>()
function rsaOf(length: number): { modulus: bigint; privateExponent: bigint; spki: Uint8Array } {
  const known = rsaKeys.get(length)
  if (known) return known
  const { publicKey, privateKey } = generateKeyPairSync('rsa', { modulusLength: length })
  const { n = '', d = '' } = privateKey.export({ format: 'jwk' })
  const number = (text: string): bigint => toInteger(new Uint8Array(Buffer.from(text, 'base64url')))
  const made = { modulus: number(n), privateExponent: number(d), spki: new Uint8Array(publicKey.export({ type: 'spki', format: 'der' })) }
  rsaKeys.set(length, made)
  return made
}

/** DG15, what DG14 says of it, and the key to it. */
function activeAuthentication(wish: ActiveWish): { dg15: Uint8Array; infos: Uint8Array[]; key: ActiveKey } {
  if (wish.kind === 'RSA') {
    const { spki, modulus, privateExponent } = rsaOf(wish.bits ?? 1024)
    return { dg15: encodeTlv(0x6f, spki), infos: [], key: { kind: 'RSA', modulus, privateExponent, hash: wish.hash } }
  }
  const { parameterId, hash } = wish
  const info = sequence(sequence(oid('0.4.0.127.0.7.1.2'), integer(parameterId)), bits(publicKeyOf(parameterId, ACTIVE_SECRET)))
  return {
    dg15: encodeTlv(0x6f, info), infos: [sequence(oid(ACTIVE), integer(1), oid(`0.4.0.127.0.7.1.1.4.1.${PLAIN_ECDSA[hash]}`))],
    key: { kind: 'ECDSA', parameterId, privateKey: ACTIVE_SECRET, hash },
  }
}

const spoiltKey = <Key extends ChipKey | ActiveKey>(key: Key): Key => ('modulus' in key ? { ...key, privateExponent: key.privateExponent - 2n } : { ...key, privateKey: key.privateKey + 1n })

const linesOf = (format: MrzView['format']): string[] => (format === 'TD1' ? writeVietnameseMrz(HOLDER) : writeMrz({ ...PASSPORT, format, ...(format === 'TD2' && { documentCode: 'I', optional1: '' }) }))

function contents({ format = 'TD1', face = faceOf('anh.jp2'), details = false }: ChipWish, lines: readonly string[]): Map<ChipFile, Uint8Array> {
  const files = new Map<ChipFile, Uint8Array>([['DG1', makeDg1(lines)], ['DG2', makeDg2(face)]])
  if (format === 'TD1') files.set('DG13', makeDg13(dg13Fields({ ...HOLDER, birthDate: '14/03/1992', sex: 'Nữ', issuedAt: '01/07/2024', expiresAt: '14/03/2032', father: 'Đặng Văn Lợi', mother: 'Lê Thị Mỹ' })))
  if (details) {
    files.set('DG11', makeDg11({ fullName: format === 'TD1' ? 'ĐẶNG<<THỊ<NGỌC<ÁNH' : 'ERIKSSON<<ANNA<MARIA', placeOfBirth: 'Xã Bình Khánh' }))
    files.set('DG12', makeDg12({ issuingAuthority: 'Cục Cảnh sát', issuedAt: '20240701' }))
  }
  return files
}

const NUMBERS: Readonly<Partial<Record<ChipFile, number>>> = { DG1: 1, DG2: 2, DG11: 11, DG12: 12, DG13: 13, DG14: 14, DG15: 15 }

/** A chip by wish: without one, PACE with generic mapping on brainpoolP256r1 and AES-128, DG1, DG2 and DG13, no proof of the chip itself. */
export function inventChip(wish: ChipWish = {}): InventedChip {
  const { format = 'TD1', pace = paceOf('ECDH-GM'), chip = null, active = null, copied = false } = wish
  const lines = linesOf(format)
  const files = contents(wish, lines)
  const byChip = chip && chipAuthentication(chip)
  const byActive = active && activeAuthentication(active)
  const infos = [...(byChip?.infos ?? []), ...(byActive?.infos ?? []), ...(pace ? [paceInfo(pace)] : [])]
  if (byChip || (byActive?.infos.length ?? 0) > 0) files.set('DG14', encodeTlv(0x6e, setOf(...infos)))
  if (byActive) files.set('DG15', byActive.dg15)

  const dgs = new Map([...files].map(([file, bytes]) => [NUMBERS[file] ?? 0, bytes]))
  files.set('COM', makeCom([...files.keys()]))
  files.set('SOD', makeSod({ dgs, hash: 'SHA-256', dsKey: signerKey, dsCertificate: wish.signer ? signerWith(wish.signer) : usualSigner, ...wish.sod }))
  if (pace) files.set('CardAccess', setOf(paceInfo(pace)))
  for (const [file, bytes] of Object.entries(wish.changed ?? {}) as [ChipFile, Uint8Array | null][]) {
    if (bytes === null) files.delete(file)
    else files.set(file, bytes)
  }

  const held = <Key extends ChipKey | ActiveKey>(key: Key | undefined): Key | null => (key === undefined ? null : copied ? spoiltKey(key) : key)
  const information = informationOf(parseMrz(lines.join('')))
  return {
    lines, files, key: { kind: 'mrz', information }, can: { kind: 'can', can: CAN },
    trust: { anchors: [{ certificate: parseCertificate(chipRoot), origin: 'certificate' }], revocationLists: [] },
    profile: { ...BARE, files, information, pace, can: CAN, chipAuthentication: held(byChip?.key), activeAuthentication: held(byActive?.key), ...wish.behaviour },
  }
}

/** EF.CardAccess that offers what nobody can do: PACE with domain parameters that do not exist. */
export const STRANGE_OFFER = setOf(sequence(oid(`${BSI}.4.2.2`), integer(2), integer(31)))
/** EF.CardAccess without PACE: terminal authentication alone. */
export const NO_OFFER = setOf(sequence(oid(`${BSI}.2`), integer(1), nothing()))
