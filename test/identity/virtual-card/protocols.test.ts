import { describe, expect, it } from 'vitest'
import type { Cipher } from '../../../src-main/identity/chip/types'
import { decodeFace } from '../../../src-main/identity/lds'
import { parseDg2 } from '../../../src-main/identity/lds'
import { type ActiveWish, BRAINPOOL_256, type ChipWish, faceOf, inventChip, paceOf } from '../../devices/invented-chip'
import { digests, read, readAndShow, shown, SHORT } from './support'

// Whole readings over the virtual reader of what the card of the PC/SC stack cannot do.

const PROVED = { contents: { state: 'unchanged' }, signature: { state: 'valid' }, chain: { state: 'trusted', practice: false } }

describe('access', () => {
  it.each<[string, ChipWish['pace'], object]>([
    ['BAC where nothing else is offered', null, { protocol: 'BAC', mapping: null, agreement: null, cipher: '3DES' }],
    ['PACE-ECDH-IM', paceOf('ECDH-IM', 'AES-256'), { protocol: 'PACE', mapping: 'IM', agreement: 'ECDH', cipher: 'AES-256' }],
    ['PACE-ECDH-IM with 3DES on P-256', paceOf('ECDH-IM', '3DES', 12), { mapping: 'IM', cipher: '3DES' }],
    ['PACE-DH-IM', paceOf('DH-IM', 'AES-192', 1), { mapping: 'IM', agreement: 'DH', cipher: 'AES-192' }],
    ['PACE-DH-GM', paceOf('DH-GM', 'AES-128', 2), { mapping: 'GM', agreement: 'DH', cipher: 'AES-128' }],
    ['PACE-ECDH-GM on brainpoolP512r1', paceOf('ECDH-GM', 'AES-256', 17), { mapping: 'GM', cipher: 'AES-256' }],
    ['PACE-ECDH-GM on P-521', paceOf('ECDH-GM', 'AES-192', 18), { mapping: 'GM', cipher: 'AES-192' }],
  ])('%s: every file is had and proved', async (_name, pace, access) => {
    const chip = inventChip({ pace: pace ?? null })
    for (const transport of [{}, SHORT]) {
      const session = await read(chip, { transport })
      expect(digests(session.files)).toEqual(digests(chip.files))
      expect(shown(chip, session)).toMatchObject({ access: { ...access, downgraded: false }, proof: { ...PROVED, copy: { state: 'not-offered' } } })
    }
  })

  it.each(['ECDH-IM', 'ECDH-CAM', 'DH-IM'] as const)('%s opens with the CAN, too', async (kind) => {
    const chip = inventChip({ pace: paceOf(kind), chip: { parameterId: BRAINPOOL_256, cipher: 'AES-128' } })
    expect((await read(chip, { keys: [chip.can], files: ['COM', 'DG1'] })).access).toMatchObject({ protocol: 'PACE', key: 'can' })
  })
})

const CHIP_PARAMETERS = { DH: 2, ECDH: BRAINPOOL_256 } as const

describe('a chip that proves itself', () => {
  it.each((['DH', 'ECDH'] as const).flatMap((agreement) => (['3DES', 'AES-128', 'AES-192', 'AES-256'] as const).map((cipher) => [agreement, cipher] as const)))(
    'by chip authentication over %s with %s, and is found out as a copy', async (agreement, cipher) => {
      const wish: ChipWish = { pace: agreement === 'DH' ? null : paceOf('ECDH-GM'), chip: { parameterId: CHIP_PARAMETERS[agreement], cipher } }
      const chip = inventChip(wish)
      const session = await read(chip)
      expect(shown(chip, session).proof).toMatchObject({ ...PROVED, copy: { state: 'original', by: 'CA' } })
      expect(digests(session.files)).toEqual(digests(chip.files))
      const copy = inventChip({ ...wish, copied: true })
      const copied = await read(copy)
      expect(shown(copy, copied).proof).toMatchObject({ ...PROVED, copy: { state: 'copied', by: 'CA' } })
      expect(digests(copied.files)).toEqual(digests(copy.files))
    })

  it('by a key of several that has a number', async () => {
    expect((await readAndShow(inventChip({ chip: { parameterId: 12, cipher: 'AES-256', keyId: 7 } }))).proof.copy).toEqual({ state: 'original', by: 'CA' })
  })

  it.each<Cipher>(['AES-128', 'AES-192', 'AES-256'])('by PACE with chip authentication mapping and %s, and is found out as a copy', async (cipher) => {
    const wish: ChipWish = { pace: paceOf('ECDH-CAM', cipher), chip: { parameterId: BRAINPOOL_256, cipher } }
    const reading = await readAndShow(inventChip(wish))
    expect(reading).toMatchObject({ access: { mapping: 'CAM' }, proof: { ...PROVED, copy: { state: 'original', by: 'CAM' } } })
    // A copy cannot be told by the mapping alone, for DG14 may hold other keys: chip authentication settles it.
    expect((await readAndShow(inventChip({ ...wish, copied: true }))).proof.copy).toEqual({ state: 'copied', by: 'CA' })
  })

  it.each<ActiveWish>([
    { kind: 'RSA', hash: 'sha1' }, { kind: 'RSA', hash: 'sha256' }, { kind: 'RSA', hash: 'sha256', bits: 2048 }, { kind: 'RSA', hash: 'sha512', bits: 2048 },
    { kind: 'ECDSA', hash: 'sha1', parameterId: 12 }, { kind: 'ECDSA', hash: 'sha256', parameterId: BRAINPOOL_256 }, { kind: 'ECDSA', hash: 'sha384', parameterId: 16 }, { kind: 'ECDSA', hash: 'sha512', parameterId: 18 },
  ])('by active authentication ($kind, $hash, $bits$parameterId), and is found out as a copy', async (active) => {
    for (const pace of [null, paceOf('ECDH-GM')]) {
      expect((await readAndShow(inventChip({ pace, active }))).proof).toMatchObject({ ...PROVED, copy: { state: 'original', by: 'AA' } })
    }
    expect((await readAndShow(inventChip({ active, copied: true }))).proof.copy).toEqual({ state: 'copied', by: 'AA' })
  })

  it('by chip authentication before active authentication where it offers both', async () => {
    expect((await readAndShow(inventChip({ chip: { parameterId: 12, cipher: 'AES-128' }, active: { kind: 'RSA', hash: 'sha256' } }))).proof.copy).toEqual({ state: 'original', by: 'CA' })
  })
})

describe('documents', () => {
  it.each([
    ['TD1', 'DANG<<THI<NGOC<ANH', 'Đặng Thị Ngọc Ánh'], ['TD2', 'ERIKSSON<<ANNA<MARIA', 'ERIKSSON ANNA MARIA'], ['TD3', 'ERIKSSON<<ANNA<MARIA', 'ERIKSSON ANNA MARIA'],
  ] as const)('with an MRZ of %s are opened by it and read', async (format, inMrz, name) => {
    for (const pace of [null, paceOf('ECDH-GM')]) {
      const chip = inventChip({ format, pace })
      const { mrz, person, proof } = await readAndShow(chip)
      expect(mrz?.format).toBe(format)
      expect(mrz?.lines).toEqual(chip.lines)
      expect(mrz?.lines.join('')).toContain(inMrz)
      expect(mrz?.checks.every(({ fits }) => fits)).toBe(true)
      expect(person.fullName).toBe(name)
      expect(proof).toMatchObject(PROVED)
    }
  })

  it.each([['anh.jpg', 'jpeg'], ['anh.jp2', 'jpeg2000']] as const)('show the face of %s', async (name, codec) => {
    const chip = inventChip({ face: faceOf(name) })
    const { files } = await read(chip)
    const face = parseDg2(files.get('DG2') ?? new Uint8Array(0))
    expect(face.codec).toBe(codec)
    expect(Buffer.from(face.bytes).equals(faceOf(name))).toBe(true)
    expect((await decodeFace(face.bytes)).bytes.length).toBeGreaterThan(1000)
  })

  it('take from DG11 and DG12 what DG13 does not say', async () => {
    const { person, files, proof } = await readAndShow(inventChip({ format: 'TD3', details: true }))
    expect(files.map(({ file }) => file)).toEqual(expect.arrayContaining(['DG11', 'DG12']))
    expect(person).toMatchObject({ issuedAt: '2024-07-01', nameFromMrz: false })
    expect(proof.contents.hashes.filter(({ file }) => file === 'DG11' || file === 'DG12')).toEqual([{ file: 'DG11', matches: true }, { file: 'DG12', matches: true }])
  })
})
