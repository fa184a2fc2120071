import type { ChipPerson, ChipProof, ChipReading } from '@contract/chip'
import { ReadingId } from '@contract/chip'
import { EMPTY_PERSON, type DraftPerson, type FactSource } from '@contract/person'
import { Instant } from '@contract/ids'

/** The chip of an invented citizen. */
export const CHIP: ChipPerson = {
  idNumber: '079192004617', documentNumber: '192004617', fullName: 'ĐẶNG THỊ NGỌC ÁNH', nameFromMrz: false, birthDate: '1992-03-14', sex: 'female', nationality: 'Việt Nam',
  ethnicity: 'Kinh', religion: 'Không', origin: 'Long An', residence: '27/4 đường Bàu Tràm, phường Tân Mỹ Hưng', marks: null, issuedAt: '2024-07-01', expiresAt: '2032-03-14',
  father: null, mother: null, spouse: null, oldIdNumber: '024567891',
}

export const PROVED: ChipProof = {
  contents: { state: 'unchanged', algorithm: 'SHA-256', hashes: [{ file: 'DG1', matches: true }] },
  signature: { state: 'valid', algorithm: 'ECDSA SHA-256', signer: null },
  chain: { state: 'trusted', path: [], revocation: 'good', practice: false },
  copy: { state: 'original', by: 'AA' },
}

export function readingOf(person: Partial<ChipPerson> = {}, more: Partial<ChipReading> = {}): ChipReading {
  return {
    id: ReadingId.parse('01932f10-0000-7000-8000-00000000000a'), at: Instant.parse('2026-11-23T02:38:00.000Z'), purpose: 'identify-with-face',
    reader: { name: 'Reader 00', kind: 'pcsc', simulated: false },
    access: { protocol: 'PACE', key: 'mrz', mapping: 'GM', agreement: 'ECDH', cipher: 'AES-128', downgraded: false },
    person: { ...CHIP, ...person }, mrz: null, dg13: [], face: { codec: 'jpeg2000', width: 240, height: 320, bytes: 15_300 }, files: [], proof: PROVED, oddities: [], figures: null, ...more,
  }
}

/** A person of a draft whose facts all came from one place. */
export function personFrom(source: FactSource, facts: Partial<DraftPerson> = {}): DraftPerson {
  const person = { ...EMPTY_PERSON, fullName: 'Đặng Thị Ngọc Ánh', idNumber: '079 192 004 617', birthDate: '14/03/1992', sex: 'female' as const, address: '27/4 đường Bàu Tràm, phường Tân Mỹ Hưng', ...facts }
  return { ...person, sources: { fullName: source, idNumber: source, birthDate: source, sex: source, address: source } }
}
