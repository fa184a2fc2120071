import { createHash } from 'node:crypto'
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { ChipFile } from '../../../src-preload/contract/chip'
import { type Curve, domainParameters } from '../../../src-main/identity/chip/domain-parameters'
import { keyAgreement } from '../../../src-main/identity/chip/key-agreement'
import { encodeTlv } from '../../../src-main/identity/chip/tlv'
import { FILES, informationOf, parseMrz, writeVietnameseMrz } from '../../../src-main/identity/lds'
import { dg13Fields, makeCom, makeDg1, makeDg13, makeDg2, onCard } from '../lds-writer'
import { bits, integer, oid, sequence, setOf } from '../pki/der-writer'
import { ecKey, makeCertificate, makeRoot, makeSignedData, makeSod } from '../pki/sod-writer'
import { type Invented, PEOPLE } from './people'

// Writes the invented cards of practice mode into resources/practice/cards. Every key comes from a seed in this file, so a run gives the same cards
// but for the signatures' random numbers. Run it with `node scripts/practice-cards.mjs` after a change; the files are committed.

const BP256 = 13
const P256 = 12
const out = join(import.meta.dirname, '..', '..', '..', 'resources', 'practice', 'cards')
const faces = join(import.meta.dirname, 'faces')

const ROOT = 'C=VN,O=Một Cửa thực hành,CN=CSCA thực hành – không có giá trị'
const SIGNER = 'C=VN,O=Một Cửa thực hành,CN=Document signer thực hành'
const rootKey = ecKey('brainpoolP512r1', { seed: 'practice root', explicit: true })
const root = makeRoot({ subject: ROOT, key: rootKey, hash: 'SHA-512', serial: 1, notBefore: new Date('2021-01-01T00:00:00Z'), notAfter: new Date('2041-01-01T00:00:00Z') })
const signerKey = ecKey('brainpoolP384r1', { seed: 'practice signer' })
const signer = makeCertificate({
  subject: SIGNER, issuer: ROOT, key: signerKey, issuerKey: rootKey, hash: 'SHA-512', serial: 2, notBefore: new Date('2021-01-01T00:00:00Z'), notAfter: new Date('2041-01-01T00:00:00Z'),
})

const STANDARDISED = '0.4.0.127.0.7.1.2'
const PACE_GM = '0.4.0.127.0.7.2.2.4.2.2'
const PACE_CAM = '0.4.0.127.0.7.2.2.4.6.2'
const CA_AES128 = '0.4.0.127.0.7.2.2.3.2.2'
const CA_KEY = '0.4.0.127.0.7.2.2.1.2'
const AA = '2.23.136.1.1.5'
const ECDSA_PLAIN_SHA256 = '0.4.0.127.0.7.1.1.4.1.3'
const EC_PUBLIC_KEY = '1.2.840.10045.2.1'
const P256_OID = '1.2.840.10045.3.1.7'
const SECURITY_OBJECT = '0.4.0.127.0.7.3.2.1'

function curveOf(id: number): Curve {
  const curve = domainParameters(id)
  if (curve?.kind !== 'ECDH') throw new Error(`no curve ${id}`)
  return curve
}

/** A private key of a card, from a seed. */
function keyFrom(seed: string, curve: Curve): bigint {
  return (BigInt(`0x${createHash('sha512').update(seed).digest('hex')}`) % (curve.n - 1n)) + 1n
}

const publicKeyOf = (curve: Curve, key: bigint): Uint8Array => keyAgreement(curve).keyPairOf(key).publicKey
const standardKeyInfo = (id: number, point: Uint8Array): Uint8Array => sequence(sequence(oid(STANDARDISED), integer(id)), bits(point))
const caKeyInfo = (point: Uint8Array): Uint8Array => sequence(oid(CA_KEY), standardKeyInfo(BP256, point))
const caInfo = sequence(oid(CA_AES128), integer(1))
const paceInfo = (protocol: string): Uint8Array => sequence(oid(protocol), integer(2), integer(BP256))

type Made = Readonly<{ files: Map<ChipFile, Uint8Array>; card: Readonly<Record<string, unknown>>; cardSecurity?: Uint8Array }>

function documents(person: Invented): Map<ChipFile, Uint8Array> {
  const lines = writeVietnameseMrz(person)
  const image = new Uint8Array(readFileSync(join(faces, person.face)))
  return new Map<ChipFile, Uint8Array>([
    ['DG1', makeDg1(lines)],
    ['DG2', makeDg2(image, { codec: person.face.endsWith('.jp2') ? 'jpeg2000' : 'jpeg', width: 413, height: 531 })],
    ['DG13', makeDg13(dg13Fields({
      idNumber: person.idNumber, fullName: person.fullName, birthDate: onCard(person.birthDate), sex: person.sex === 'male' ? 'Nam' : 'Nữ', origin: person.origin, residence: person.residence,
      marks: person.marks, issuedAt: onCard(person.issuedAt), expiresAt: person.expiresAt === null ? 'Không thời hạn' : onCard(person.expiresAt), father: person.father, mother: person.mother,
      ...(person.spouse !== undefined && { spouse: person.spouse }), ...(person.oldIdNumber !== undefined && { oldIdNumber: person.oldIdNumber }),
    }))],
  ])
}

const NUMBERS: Readonly<Partial<Record<ChipFile, number>>> = { DG1: 1, DG2: 2, DG13: 13, DG14: 14, DG15: 15 }

function sealed(files: Map<ChipFile, Uint8Array>): Map<ChipFile, Uint8Array> {
  const dgs = new Map([...files].flatMap(([file, bytes]) => (NUMBERS[file] === undefined ? [] : [[NUMBERS[file], bytes] as const])))
  files.set('COM', makeCom([...files.keys()].filter((file) => NUMBERS[file] !== undefined)))
  files.set('SOD', makeSod({ dgs, hash: 'SHA-256', dsKey: signerKey, dsCertificate: signer, signatureHash: 'SHA-384' }))
  return files
}

/** The chip signs a challenge (active authentication); opened by BAC alone, without a master file to select, as cards of 2021 were seen to be. */
function bacActive(person: Invented): Made {
  const curve = curveOf(P256)
  const key = keyFrom(`${person.folder} AA`, curve)
  const files = documents(person)
  files.set('DG14', encodeTlv(0x6e, setOf(sequence(oid(AA), integer(1), oid(ECDSA_PLAIN_SHA256)))))
  files.set('DG15', encodeTlv(0x6f, sequence(sequence(oid(EC_PUBLIC_KEY), oid(P256_OID)), bits(publicKeyOf(curve, key)))))
  return {
    files: sealed(files),
    card: { bac: true, noMasterFile: true, pace: null, chipAuthentication: null, activeAuthentication: { kind: 'ECDSA', parameterId: P256, privateKey: key.toString(16), hash: 'sha256' } },
  }
}

/** PACE with generic mapping, then chip authentication. */
function paceChip(person: Invented): Made {
  const curve = curveOf(BP256)
  const key = keyFrom(`${person.folder} CA`, curve)
  const held = person.fault === 'copied' ? keyFrom(`${person.folder} another key`, curve) : key
  const files = documents(person)
  files.set('DG14', encodeTlv(0x6e, setOf(caInfo, caKeyInfo(publicKeyOf(curve, key)))))
  const made = sealed(files)
  if (person.fault === 'changed') {
    const { DG13: changed } = Object.fromEntries(documents({ ...person, residence: '9 đường Đại Lộ Mới, phường Tân Mỹ Hưng, TP. Hồ Chí Minh' }))
    if (changed) made.set('DG13', changed)
  }
  made.set('CardAccess', setOf(paceInfo(PACE_GM)))
  return {
    files: made,
    card: {
      bac: true, noMasterFile: false, pace: { oid: PACE_GM, agreement: 'ECDH', mapping: 'GM', cipher: 'AES-128', parameterId: BP256 },
      chipAuthentication: { parameterId: BP256, privateKey: held.toString(16), cipher: 'AES-128', oid: CA_AES128, keyId: null }, activeAuthentication: null,
    },
  }
}

/** PACE that proves the chip by its mapping; the key stands in EF.CardSecurity and in DG14. */
function paceCam(person: Invented): Made {
  const curve = curveOf(BP256)
  const key = keyFrom(`${person.folder} CA`, curve)
  const infos = setOf(paceInfo(PACE_CAM), caInfo, caKeyInfo(publicKeyOf(curve, key)))
  const files = documents(person)
  files.set('DG14', encodeTlv(0x6e, infos))
  const made = sealed(files)
  made.set('CardAccess', setOf(paceInfo(PACE_CAM)))
  made.set('CardSecurity', makeSignedData({ contentType: SECURITY_OBJECT, content: infos, hash: 'SHA-384', key: signerKey, certificate: signer }))
  return {
    files: made,
    card: {
      bac: true, noMasterFile: false, pace: { oid: PACE_CAM, agreement: 'ECDH', mapping: 'CAM', cipher: 'AES-128', parameterId: BP256 },
      chipAuthentication: { parameterId: BP256, privateKey: key.toString(16), cipher: 'AES-128', oid: CA_AES128, keyId: null }, activeAuthentication: null,
    },
  }
}

const MAKERS = { 'bac-active': bacActive, 'pace-chip': paceChip, 'pace-cam': paceCam } as const

const digits = (date: string): string => date.slice(8, 10) + date.slice(5, 7) + date.slice(0, 4)
/** The QR of the card (`domain.md` §7.2); the name as it stands there, in capitals. */
const qrOf = (person: Invented): string =>
  [person.idNumber, person.oldIdNumber ?? '', person.fullName.toUpperCase(), digits(person.birthDate), person.sex === 'male' ? 'Nam' : 'Nữ', person.residence, digits(person.issuedAt)].join('|')

function write(person: Invented): void {
  const folder = join(out, person.folder)
  mkdirSync(folder, { recursive: true })
  const { files, card } = MAKERS[person.kind](person)
  for (const [file, bytes] of files) {
    const id = FILES[file].id.toString(16).padStart(4, '0')
    writeFileSync(join(folder, file === 'CardSecurity' ? `mf-${id}.bin` : `${id}.bin`), bytes)
  }
  const information = informationOf(parseMrz(writeVietnameseMrz(person).join('')))
  writeFileSync(join(folder, 'card.json'), `${JSON.stringify({ name: person.name, about: person.about, qr: qrOf(person), information, can: null, ...card }, null, 2)}\n`)
}

rmSync(out, { recursive: true, force: true })
mkdirSync(out, { recursive: true })
writeFileSync(join(out, 'root.cer'), root)
PEOPLE.forEach(write)
process.stdout.write(`${PEOPLE.length} cards, ${root.length} bytes of root\n`)
