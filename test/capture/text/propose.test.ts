import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { proposeFields } from '../../../src-main/capture/text'
import { BIRTH, CARD, CT01, DEATH, MARITAL, MARITAL_CERTIFICATE, MARRIAGE, pageOf, type Row } from './forms'
import { seeded } from '../../seeded'

const valuesOf = (rows: readonly Row[], confidence?: number): Record<string, string> => Object.fromEntries(proposeFields(pageOf(rows, confidence), 0).map(({ field, value }) => [field, value]))

/** Rows with each text changed. */
const changed = (rows: readonly Row[], change: (text: string) => string): Row[] =>
  rows.map((row) => (row === null ? null : typeof row === 'string' ? change(row) : row.map(([x, text]) => [x, change(text)] as const)))
const without = (rows: readonly Row[], part: string): Row[] => changed(rows, (text) => (text.includes(part) ? '' : text))

const BIRTH_VALUES = {
  'subject.fullName': 'NGUYỄN THỊ NGỌC ÁNH', 'subject.birthDate': '2019-08-15', 'subject.sex': 'female', 'subject.ethnicity': 'Kinh', 'subject.nationality': 'Việt Nam',
  'subject.birthPlace': 'Bệnh viện Phụ sản Hà Nội', 'subject.hometown': 'xã Hoằng Phụ, tỉnh Thanh Hóa', 'subject.idNumber': '001319012345',
  'mother.fullName': 'TRẦN THỊ HƯƠNG GIANG', 'mother.birthYear': '1990', 'mother.ethnicity': 'Tày', 'mother.nationality': 'Việt Nam', 'mother.residence': 'số 27 ngõ 102 phố Đội Cấn, Hà Nội',
  'father.fullName': 'NGUYỄN VĂN ĐỨC', 'father.birthYear': '1988', 'father.ethnicity': 'Kinh', 'father.nationality': 'Việt Nam', 'father.residence': 'số 9 phố Kim Mã, Hà Nội',
  'document.registeredAt': 'Ủy ban nhân dân phường Đội Cấn', 'document.registeredOn': '2019-08-22',
}

describe('fields proposed from known forms', () => {
  it('reads an extract of birth, each line for the person whose name stands above it', () => {
    expect(valuesOf(BIRTH)).toEqual(BIRTH_VALUES)
  })

  it('reads husband and wife side by side, with the names below their captions', () => {
    expect(valuesOf(MARRIAGE)).toEqual({
      'husband.fullName': 'LÊ MINH TUẤN', 'husband.birthDate': '1991-03-02', 'husband.ethnicity': 'Kinh', 'husband.nationality': 'Việt Nam',
      'wife.fullName': 'PHẠM THU HÀ', 'wife.birthDate': '1993-12-11', 'wife.ethnicity': 'Mường', 'wife.nationality': 'Việt Nam',
      'document.registeredAt': 'Ủy ban nhân dân phường 5', 'document.registeredOn': '2020-11-20',
    })
  })

  it('reads CT01 with its numbered captions, footnotes and digits in boxes', () => {
    expect(valuesOf(CT01)).toEqual({
      'applicant.fullName': 'VÕ HOÀNG YẾN', 'applicant.birthDate': '1985-07-05', 'applicant.sex': 'female', 'applicant.idNumber': '079185000123', 'applicant.phone': '0903517284',
      'applicant.email': 'yen@example.vn', 'householder.fullName': 'VÕ VĂN BÌNH', 'applicant.relation': 'Con', 'householder.idNumber': '079055000456', 'document.request': 'đăng ký thường trú',
    })
  })

  it('keeps applicant and subject apart in a declaration of marital status', () => {
    expect(valuesOf(MARITAL)).toMatchObject({
      'applicant.fullName': 'ĐỖ THỊ LAN', 'applicant.residence': '12 Lê Lợi, phường Bến Nghé', 'subject.fullName': 'ĐỖ QUANG HUY', 'subject.birthDate': '1998-10-09', 'subject.sex': 'male',
      'subject.maritalStatus': 'chưa đăng ký kết hôn với ai', 'subject.purpose': 'mua nhà',
    })
  })

  it('reads a certificate of marital status, an extract of death and the front of a card', () => {
    expect(valuesOf(MARITAL_CERTIFICATE)).toMatchObject({ 'subject.fullName': 'ĐỖ QUANG HUY', 'subject.residence': '12 Lê Lợi, phường Bến Nghé', 'subject.purpose': 'bổ túc hồ sơ mua nhà' })
    expect(valuesOf(DEATH)).toMatchObject({ 'subject.fullName': 'HUỲNH VĂN SÁU', 'subject.diedOn': '2024-06-04', 'subject.diedAt': 'tại nhà riêng, ấp 3' })
    expect(valuesOf(CARD)).toMatchObject({ 'subject.idNumber': '079199001234', 'subject.fullName': 'NGUYỄN VĂN AN', 'subject.birthDate': '1999-06-15', 'subject.hometown': 'Hòa Xuân, Cẩm Lệ, Đà Nẵng' })
  })

  it('finds the captions without their marks, and with a letter in eight misread', () => {
    const random = seeded(3)
    const plain = (text: string): string => text.normalize('NFD').replace(/\p{M}/gu, '').replace(/đ/gu, 'd')
    const misread = (text: string): string => [...plain(text)].map((letter) => (/[a-z]/u.test(letter) && random() < 0.12 ? 'x' : letter)).join('')
    const captionOnly = (change: (text: string) => string) => (text: string): string => {
      const colon = text.indexOf(':')
      return colon < 0 ? text : change(text.slice(0, colon)) + text.slice(colon)
    }
    expect(valuesOf(changed(BIRTH, captionOnly(plain)))).toEqual(BIRTH_VALUES)
    const found = valuesOf(changed(BIRTH, captionOnly(misread)))
    expect(Object.keys(found).length).toBeGreaterThan(12)
    for (const [field, value] of Object.entries(found)) expect(value, field).toBe(BIRTH_VALUES[field as keyof typeof BIRTH_VALUES])
  })

  it('gives nothing to the wrong person where the caption of a name could not be read', () => {
    const found = valuesOf(without(BIRTH, 'người mẹ'))
    expect(found).not.toHaveProperty('mother.fullName')
    for (const [field, value] of Object.entries(found)) expect(value, field).toBe(BIRTH_VALUES[field as keyof typeof BIRTH_VALUES])
    const spouse = valuesOf(changed(MARRIAGE, (text) => text.replace('Họ, chữ đệm, tên chồng:', '~~~~')))
    expect(spouse['wife.birthDate']).toBe('1993-12-11')
    expect(spouse).not.toHaveProperty('husband.birthDate')
  })

  it('loses only what its caption is missing for', () => {
    const found = valuesOf(without(CT01, 'Số điện thoại'))
    expect(found).not.toHaveProperty('applicant.phone')
    expect(found['applicant.idNumber']).toBe('079185000123')
  })

  it('knows a form by its captions where the title is unreadable, and says so; gives nothing for an unknown page', () => {
    const proposals = proposeFields(pageOf(CT01.slice(1)), 4)
    expect(proposals.find(({ field }) => field === 'applicant.fullName')).toMatchObject({ page: 4, why: { kind: 'form', form: 'ct01', titled: false } })
    expect(proposeFields(pageOf(['ĐƠN XIN NGHỈ PHÉP', 'Kính gửi: Ban giám đốc', 'Tôi tên là: Lê Văn Tám', 'Ngày sinh: 01/02/1980']), 0)).toEqual([])
    expect(proposeFields(pageOf([]), 0)).toEqual([])
  })

  it('does not take a caption inside a sentence for one', () => {
    const rows: Row[] = [...CT01.slice(0, 3), 'Tôi cam đoan giới tính và họ chữ đệm và tên chủ hộ ghi trên là đúng']
    expect(Object.keys(valuesOf(rows))).toEqual(['applicant.fullName', 'applicant.birthDate', 'applicant.sex'])
  })

  it('refuses what cannot be such a value: no date, no number, dots for a blank, a name of digits', () => {
    const found = valuesOf(changed(BIRTH, (text) => text.replace('15/08/2019', '35/18/2019').replace('001319012345', '0013190').replace('xã Hoằng Phụ, tỉnh Thanh Hóa', '..........').replace('NGUYỄN VĂN ĐỨC', 'NGUYỄN 7 ĐỨC')))
    for (const field of ['subject.birthDate', 'subject.idNumber', 'father.fullName']) expect(found).not.toHaveProperty(field)
    expect(found['subject.hometown'] ?? '').not.toContain('.')
  })

  it('takes letters for digits where only digits can stand, and is less sure then', () => {
    const clean = proposeFields(pageOf(BIRTH), 0).find(({ field }) => field === 'subject.idNumber')
    const repaired = proposeFields(pageOf(changed(BIRTH, (text) => text.replace('001319012345', 'OO13l9012345'))), 0).find(({ field }) => field === 'subject.idNumber')
    expect(repaired).toMatchObject({ value: '001319012345', why: { repaired: true } })
    expect(repaired?.confidence ?? 1).toBeLessThan(clean?.confidence ?? 0)
  })

  it('doubts a number that does not go with birth date or sex', () => {
    const proposals = proposeFields(pageOf(changed(BIRTH, (text) => text.replace('001319012345', '001219012345'))), 0)
    expect(proposals.find(({ field }) => field === 'subject.sex')?.why).toMatchObject({ doubts: ['number-sex'] })
    expect(proposals.find(({ field }) => field === 'subject.birthDate')?.why).toMatchObject({ doubts: [] })
  })

  it('follows a place onto the next row, and marks the whole of it', () => {
    const long = 'Nơi sinh: Bệnh viện Phụ sản Trung ương, số 43 phố Tràng Thi, phường Hàng Bông, quận Hoàn Kiếm, thành phố'
    const rows = BIRTH.flatMap((row): Row[] => (typeof row === 'string' && row.startsWith('Nơi sinh') ? [long, 'Hà Nội'] : [row]))
    const place = proposeFields(pageOf(rows), 0).find(({ field }) => field === 'subject.birthPlace')
    expect(place?.value).toBe(`${long.slice(10)} Hà Nội`)
    expect(place?.box.height).toBeGreaterThan(60)
  })

  it('proposes nothing that the engine hardly saw', () => {
    expect(valuesOf(BIRTH, 0.2)).toEqual({})
  })

  it('never throws, whatever was read, and is done in a moment', () => {
    const word = fc.oneof(fc.constantFrom('Họ,', 'chữ', 'đệm,', 'tên:', 'người', 'mẹ:', 'Ngày,', 'GIẤY', 'KHAI', 'SINH', ':', '1.', '15/08/2019'), fc.string({ unit: 'binary', maxLength: 8 }))
    fc.assert(fc.property(fc.array(fc.array(word, { maxLength: 14 }), { maxLength: 20 }), (rows) => {
      const page = pageOf(rows.map((words) => words.join(' ')))
      for (const { box, confidence } of proposeFields(page, 0)) expect(confidence <= 1 && box.width > 0 && box.height > 0).toBe(true)
    }), { numRuns: 100 })
    const crowded = pageOf(Array.from({ length: 200 }, () => 'Họ, chữ đệm, tên người mẹ: a b c d e f g h i k l m n o p q r s t u v'))
    const begun = performance.now()
    proposeFields(crowded, 0)
    expect(performance.now() - begun).toBeLessThan(1_500)
  })
})
