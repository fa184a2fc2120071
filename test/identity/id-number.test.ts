import { describe, expect, it } from 'vitest'
import { crossCheck, findProvince, normaliseIdNumber, provinceOfBirthCode, readIdNumber } from '../../src-main/identity'
import provinces from '@resources/identity/provinces.json'

describe('an identity number', () => {
  it.each([
    ['079199000123', { province: 'Thành phố Hồ Chí Minh', sex: 'female', birthYear: 1999 }],
    ['001092000001', { province: 'Hà Nội', sex: 'male', birthYear: 1992 }],
    ['027312000001', { province: 'Bắc Ninh', sex: 'female', birthYear: 2012 }],
    ['999205000001', { province: null, sex: 'male', birthYear: 2005 }],
  ])('%s tells province, sex and year', (number, facts) => {
    expect(readIdNumber(number)).toMatchObject(facts)
  })

  it.each([['079 192 004 617', '079192004617'], ['079.192.004.617', '079192004617'], ['025123456', '025123456'], ['12345', null], ['07919200461x', null]])('typed as "%s" is %s', (typed, expected) => {
    expect(normaliseIdNumber(typed)).toBe(expected)
  })
})

describe('cross-checks', () => {
  it.each([
    ['nothing when all agree', { idNumber: '079192004617', birthDate: '1992-03-14', sex: 'female' as const }, []],
    ['the birth year', { idNumber: '079192004617', birthDate: '1993-03-14', sex: 'female' as const }, ['number-birth-year']],
    ['the sex', { idNumber: '079192004617', birthDate: '1992-03-14', sex: 'male' as const }, ['number-sex']],
    ['an unknown province', { idNumber: '999192004617', birthDate: '1992-03-14', sex: 'female' as const }, ['number-province']],
    ['a number of the wrong form', { idNumber: '07919200461' }, ['number-form']],
    ['nothing for an old number', { idNumber: '025123456', birthDate: '1992-03-14' }, []],
    ['nothing that is not known yet', { idNumber: '079192004617', birthDate: '', sex: null }, []],
  ])('doubt %s', (_name, person, codes) => {
    expect(crossCheck(person).map((warning) => warning.code)).toEqual(codes)
  })

  it('name both years', () => {
    expect(crossCheck({ idNumber: '079192004617', birthDate: '1993-03-14' })[0]?.params).toEqual({ fromNumber: '1992', given: '1993' })
  })
})

describe('provinces', () => {
  it('are 63 codes of birth registration and 34 of today', () => {
    expect([new Set(provinces.birthRegistration.map((item) => item.code)).size, new Set(provinces.current.map((item) => item.code)).size]).toEqual([63, 34])
  })

  it.each([['TP.HCM', '79', false], ['tp. Hồ Chí Minh', '79', false], ['Tỉnh Bắc Ninh', '24', false], ['Bình Dương', '074', true], ['Thừa Thiên - Huế', '046', true]])('are found by name: %s', (name, code, former) => {
    expect(findProvince(name)).toMatchObject({ code, former })
  })

  it('are not found in other words', () => {
    expect([findProvince('Quận 1'), provinceOfBirthCode('003')]).toEqual([null, null])
  })
})
