import { describe, expect, it } from 'vitest'
import { AppError } from '@contract/errors'
import { encodeTlv, only } from '../../../src-main/identity/chip/tlv'
import { parseCom, parseDg1, parseDg11, parseDg12, parseDg13, parseFiles, writeVietnameseMrz } from '../../../src-main/identity/lds'
import { readWrittenDate } from '../../../src-main/identity/lds/text'
import { dg13Fields, filesOf, makeCom, makeDg1, makeDg11, makeDg12, makeDg13, makeDg13Field, type WrittenField } from '../../devices/lds-writer'

const bytes = (hex: string): Uint8Array => Uint8Array.from(Buffer.from(hex, 'hex'))
const text = (value: string): Uint8Array => new TextEncoder().encode(value)
const TODAY = '2026-11-23'
const CARD = { idNumber: '001190123456', fullName: 'Nguyễn Thị Ví Dụ', birthDate: '1990-01-01', sex: 'female', expiresAt: '2030-01-01' } as const
const LINES = writeVietnameseMrz(CARD)
const FIELDS = dg13Fields({
  idNumber: CARD.idNumber, fullName: CARD.fullName, birthDate: '01/01/1990', sex: 'Nữ', origin: 'Hà Nội', residence: 'Số 1 Đường Thử Nghiệm, Phường Mẫu, Thành phố Không Có Thật, Tỉnh Không Có Thật, và một địa chỉ dài hơn 127 byte',
  marks: 'Nốt ruồi', issuedAt: '05/05/2021', expiresAt: '01/01/2030', father: 'Nguyễn Văn Cha', mother: 'Trần Thị Mẹ', oldIdNumber: '012345678',
})

function refusal(act: () => unknown): string {
  try {
    act()
  } catch (error) {
    if (error instanceof AppError) return `${error.code} ${String(error.params['file'])}`
    throw error
  }
  return 'taken'
}

describe('EF.COM', () => {
  it('tells versions and the files we know, and keeps other tags', () => {
    const com = encodeTlv(0x60, encodeTlv(0x5f01, text('0108')), encodeTlv(0x5c, bytes('61756B636D6E6F77')))
    expect(parseCom(com)).toEqual({ ldsVersion: '0108', unicodeVersion: null, files: ['DG1', 'DG2', 'DG11', 'DG13', 'DG14', 'DG15', 'SOD'], otherTags: [0x63] })
    expect(parseCom(makeCom(['DG1', 'DG13'])).files).toEqual(['DG1', 'DG13'])
  })

  it.each([['6000'], ['61055C0361756E'], ['6003'], ['']])('is refused when it is none: %s', (hex) => {
    expect(refusal(() => parseCom(bytes(hex)))).toBe('THE-009 COM')
  })
})

describe('DG1', () => {
  it('holds the MRZ', () => {
    expect(parseDg1(makeDg1(LINES)).lines).toEqual(LINES)
  })

  it.each([['6100'], ['61035F1F00'], ['61065F1F03414243'], ['755F1F03414243'], ['']])('is refused when it is none: %s', (hex) => {
    expect(refusal(() => parseDg1(bytes(hex)))).toBe('THE-009 DG1')
  })
})

describe('DG11', () => {
  it('gives names, repeated names, dates as text, address by its parts', () => {
    const dg11 = makeDg11({ fullName: 'NGUYỄN<<THỊ<VÍ<DỤ', otherNames: ['MAI', 'LAN<<ANH'], personalNumber: '001190123456', birthDate: '19900101', placeOfBirth: 'HÀ NỘI<VN', address: '1 PHỐ<PHƯỜNG' })
    expect(parseDg11(dg11)).toMatchObject({ fullName: 'NGUYỄN THỊ VÍ DỤ', otherNames: ['MAI', 'LAN ANH'], personalNumber: '001190123456', birthDate: '1990-01-01', placeOfBirth: 'HÀ NỘI, VN', address: '1 PHỐ, PHƯỜNG', telephone: null })
  })

  it.each([['19900101', '1990-01-01'], [bytes('19900101'), '1990-01-01'], ['19900000', '19900000'], ['', null]])('reads a birth date in text or BCD, and keeps what is no date: %s', (birthDate, read) => {
    expect(parseDg11(makeDg11({ birthDate })).birthDate).toBe(read)
  })

  it('takes other names that stand outside their group', () => {
    expect(parseDg11(encodeTlv(0x6b, encodeTlv(0x5f0f, text('LAN<<ANH')))).otherNames).toEqual(['LAN ANH'])
  })
})

describe('DG12', () => {
  it('gives authority, day of issue and other persons', () => {
    expect(parseDg12(makeDg12({ issuingAuthority: 'BỘ<CÔNG<AN', issuedAt: bytes('20210505'), otherPersons: ['LE<<B'] }))).toMatchObject({ issuingAuthority: 'BỘ CÔNG AN', issuedAt: '2021-05-05', otherPersons: ['LE B'] })
  })

  it('reads what other countries put in: moment and system of personalisation', () => {
    expect(parseDg12(bytes('6C205C045F555F565F550E32303136313131353031333631325F56064E2D34393632'))).toMatchObject({ personalisedAt: '20161115013612', personalisationSystem: 'N-4962', issuedAt: null })
  })
})

describe('DG13', () => {
  const PERSON = {
    idNumber: '001190123456', fullName: 'Nguyễn Thị Ví Dụ', birthDate: '1990-01-01', sex: 'female', nationality: 'Việt Nam', ethnicity: 'Kinh', religion: 'Không', origin: 'Hà Nội',
    issuedAt: '2021-05-05', expires: { at: '2030-01-01' }, father: 'Nguyễn Văn Cha', mother: 'Trần Thị Mẹ', spouse: null, oldIdNumber: '012345678',
  }
  const one = (field: WrittenField): Uint8Array => makeDg13Field(field)
  const flat = (fields: readonly WrittenField[]): Uint8Array[] => fields.map((field) => only(one(field), 0x30).value)
  const shapes: [string, Uint8Array][] = [
    ['a sequence of fields', makeDg13(FIELDS)],
    ['a set of fields', makeDg13(FIELDS, 0x31)],
    ['fields without anything around them', encodeTlv(0x6d, ...FIELDS.map(one))],
    ['a version before a set of fields', encodeTlv(0x6d, encodeTlv(0x30, bytes('020100'), encodeTlv(0x31, ...FIELDS.map(one))))],
    ['a version beside the fields', encodeTlv(0x6d, encodeTlv(0x30, bytes('020101'), ...FIELDS.map(one)))],
    ['numbers and texts in one row', encodeTlv(0x6d, encodeTlv(0x30, ...flat(FIELDS)))],
    ['parents as two strings side by side', encodeTlv(0x6d, encodeTlv(0x30, ...FIELDS.map((field) => field.number === 13
      ? encodeTlv(0x30, bytes('02010D'), ...field.values.map((value) => encodeTlv(0x0c, text(value)))) : one(field))))],
    ['parents numbered inside their field', encodeTlv(0x6d, encodeTlv(0x30, ...FIELDS.map((field) => field.number === 13
      ? encodeTlv(0x30, bytes('02010D'), encodeTlv(0x30, ...field.values.map((value, index) => encodeTlv(0x30, bytes(`02010${index + 1}`), encodeTlv(0x0c, text(value)))))) : one(field))))],
    ['all texts as UTF-8', makeDg13(FIELDS.map((field) => ({ ...field, printable: false })))],
  ]

  it.each(shapes)('is read as %s', (_name, file) => {
    const { person, fields, oddities } = parseDg13(file)
    expect(person).toMatchObject(PERSON)
    expect(person.residence).toBe(FIELDS[8]?.values[0])
    expect(fields.map(({ number }) => number)).toEqual(FIELDS.map(({ number }) => number))
    expect(oddities).toEqual([])
  })

  it('keeps fields that nobody documented and repeated ones, and says so', () => {
    const { fields, person, oddities } = parseDg13(makeDg13([...FIELDS, { number: 16, values: ['ABCDEF0123456789'] }, { number: 29, values: ['O+'] }, { number: 2, values: ['Tên Khác'] }]))
    expect(fields.slice(-3)).toEqual([{ number: 16, values: ['ABCDEF0123456789'] }, { number: 29, values: ['O+'] }, { number: 2, values: ['Tên Khác'] }])
    expect(person.fullName).toBe(CARD.fullName)
    expect(oddities.map(({ code, params }) => [code, params['field']])).toEqual([['dg13-unknown-field', '29'], ['dg13-repeated-field', '2']])
  })

  it.each([['Không thời hạn', { at: null }], ['KHÔNG CÓ THỜI HẠN', { at: null }], ['01/01/2030', { at: '2030-01-01' }], ['sang năm', { at: 'sang năm' }], ['', null]])('expiry %s', (written, expires) => {
    const { person, oddities } = parseDg13(makeDg13(FIELDS.map((field) => (field.number === 12 ? { number: 12, values: [written] } : field))))
    expect(person.expires).toEqual(expires)
    expect(oddities.map(({ code }) => code)).toEqual(written === 'sang năm' ? ['dg13-date'] : [])
  })

  it.each([['6D00'], ['7500'], [''], ['6D84FFFFFFFF'], [`6D81C8${'3080'.repeat(100)}`], ['6D053003020101'.replace('020101', '0C0141')]])('that cannot be read is odd, not fatal: %s', (hex) => {
    expect(parseDg13(bytes(hex)).oddities.map(({ code }) => code)).toContain('dg13-unreadable')
  })

  it('gives what stands before the place where it was cut', () => {
    const { person, oddities } = parseDg13(encodeTlv(0x6d, encodeTlv(0x30, ...FIELDS.slice(0, 3).map(one), bytes('30500201040C'))))
    expect([person.fullName, person.birthDate, person.sex]).toEqual([CARD.fullName, '1990-01-01', null])
    expect(oddities.map(({ code }) => code)).toEqual(['dg13-cut-short'])
  })
})

describe('dates as papers write them', () => {
  it.each([
    ['01/02/1990', '1990-02-01'], ['1/2/1990', '1990-02-01'], ['01-02-1990', '1990-02-01'], ['01021990', '1990-02-01'], ['19900201', '1990-02-01'], ['1990-02-01', '1990-02-01'],
    ['00/00/1955', '1955'], ['00/03/1955', '1955-03'], ['03/1955', '1955-03'], ['1955', '1955'], ['31/02/1990', null], ['13/1990', null], ['tháng 3', null], ['', null], ['01/01/0001', null],
  ])('%s is %s', (written, date) => {
    expect(readWrittenDate(written)).toBe(date)
  })
})

describe('the files of a chip together', () => {
  const files = (more: readonly (readonly [Parameters<typeof filesOf>[0][number][0], Uint8Array])[]) => filesOf([['DG1', makeDg1(LINES)], ...more])

  it('make the person, DG13 before all others', () => {
    const { person, oddities, dg13 } = parseFiles(files([['DG13', makeDg13(FIELDS)], ['DG11', makeDg11({ fullName: 'KHÁC<<TÊN', address: 'NƠI<KHÁC' })], ['COM', makeCom(['DG1', 'DG13'])]]), TODAY)
    expect(person).toMatchObject({ idNumber: '001190123456', documentNumber: '190123456', fullName: CARD.fullName, nameFromMrz: false, birthDate: '1990-01-01', sex: 'female', nationality: 'Việt Nam', issuedAt: '2021-05-05', expiresAt: '2030-01-01', mother: 'Trần Thị Mẹ' })
    expect(dg13).toHaveLength(15)
    expect(oddities).toEqual([])
  })

  it('make it from the MRZ alone', () => {
    expect(parseFiles(files([]), TODAY).person).toMatchObject({ idNumber: '001190123456', fullName: 'NGUYEN THI VI DU', nameFromMrz: true, birthDate: '1990-01-01', sex: 'female', nationality: 'VNM', expiresAt: '2030-01-01', residence: null })
  })

  it('take name, address and day of issue from DG11 and DG12 where there is no DG13', () => {
    expect(parseFiles(files([['DG11', makeDg11({ fullName: 'NGUYỄN<<THỊ<VÍ<DỤ', address: '1 PHỐ<PHƯỜNG' })], ['DG12', makeDg12({ issuedAt: '20210505' })]]), TODAY).person)
      .toMatchObject({ fullName: 'NGUYỄN THỊ VÍ DỤ', nameFromMrz: false, residence: '1 PHỐ, PHƯỜNG', issuedAt: '2021-05-05' })
  })

  it('put the century of the number before the years of somebody over a hundred', () => {
    const old = writeVietnameseMrz({ ...CARD, idNumber: '001020123456', birthDate: '1920-05-05', sex: 'male', expiresAt: null })
    expect(parseFiles(filesOf([['DG1', makeDg1(old)]]), TODAY).person).toMatchObject({ birthDate: '1920-05-05', expiresAt: null })
  })

  it.each([
    ['number-differs', { idNumber: '001190123457' }], ['birth-differs', { birthDate: '02/01/1990' }], ['name-differs', { fullName: 'Trần Văn Khác' }], ['sex-differs', { sex: 'Nam' }], ['expiry-differs', { expiresAt: 'Không thời hạn' }],
  ] as const)('tell a contradiction between DG13 and DG1: %s', (code, change) => {
    const fields = dg13Fields({ idNumber: CARD.idNumber, fullName: CARD.fullName, birthDate: '01/01/1990', sex: 'Nữ', expiresAt: '01/01/2030', ...change })
    expect(parseFiles(files([['DG13', makeDg13(fields)]]), TODAY).oddities).toEqual([{ code, file: 'DG13', params: {} }])
  })

  it('take a name that the MRZ had no room for as the same', () => {
    const fullName = 'Công Tằng Tôn Nữ Hoàng Phương Khánh Linh'
    const fields = dg13Fields({ idNumber: CARD.idNumber, fullName, birthDate: '01/01/1990', sex: 'Nữ', expiresAt: '01/01/2030' })
    const { person, oddities, mrz } = parseFiles(filesOf([['DG1', makeDg1(writeVietnameseMrz({ ...CARD, fullName }))], ['DG13', makeDg13(fields)]]), TODAY)
    expect([mrz.name.truncated, person.fullName, oddities]).toEqual([true, fullName, []])
  })

  it('name a check digit of DG1 that does not fit', () => {
    const lines = LINES.map((line, index) => (index === 1 ? line.replace('9001011', '9001021') : line))
    expect(parseFiles(filesOf([['DG1', makeDg1(lines)]]), TODAY).oddities).toEqual(['birthDate', 'composite'].map((part) => ({ code: 'mrz-check', file: 'DG1', params: { part } })))
  })

  it.each(['COM', 'DG2', 'DG11', 'DG12', 'DG14', 'DG15'] as const)('are read without a broken %s', (file) => {
    const { person, oddities } = parseFiles(files([[file, bytes('0102')]]), TODAY)
    expect(person.documentNumber).toBe('190123456')
    expect(oddities).toEqual([{ code: 'unreadable', file, params: {} }])
  })

  it('are refused without a usable DG1', () => {
    expect(refusal(() => parseFiles(filesOf([]), TODAY))).toBe('THE-009 DG1')
    expect(refusal(() => parseFiles(filesOf([['DG1', bytes('6100')]]), TODAY))).toBe('THE-009 DG1')
  })
})
