import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { EMPTY_PERSON } from '@contract/person'
import { civilDateOf, isBlank, readPerson } from '../../src-main/intake/person'

const read = (changed: Partial<typeof EMPTY_PERSON>): ReturnType<typeof readPerson> => readPerson({ ...EMPTY_PERSON, fullName: 'Bùi Nhật Khang', ...changed })

describe('A half-typed person', () => {
  test.each([
    ['21/04/1992', '1992-04-21'], ['1/4/1992', '1992-04-01'], ['21041992', '1992-04-21'], ['1992-04-21', '1992-04-21'], ['21.04.1992', '1992-04-21'],
    ['31/02/1992', null], ['1992', null], ['', null], ['29/02/2024', '2024-02-29'],
  ])('reads the birth date %s as %s', (typed, date) => {
    expect(civilDateOf(typed)).toBe(date)
  })

  test('without a name is told of that alone', () => {
    expect(readPerson(EMPTY_PERSON)).toEqual({ person: null, problems: [{ field: 'fullName', code: 'missing' }] })
  })

  test('gives numbers without the blanks and dots they were typed with', () => {
    expect(read({ idNumber: ' 079 192 004 617', phone: '0903.517-284' }).person).toMatchObject({ idNumber: '079192004617', phone: '0903517284' })
  })

  test('hears of every field that cannot be used', () => {
    const { problems } = read({ idNumber: '12345', birthDate: '32/01/2000', phone: 'không có', email: 'an@' })
    expect(problems).toEqual([{ field: 'idNumber', code: 'id-number' }, { field: 'birthDate', code: 'birth-date' }, { field: 'phone', code: 'phone' }, { field: 'email', code: 'email' }])
  })

  test('with a name or an address that is too long hears of that field and not of another', () => {
    expect([read({ fullName: 'A'.repeat(201) }).problems, read({ address: 'A'.repeat(501) }).problems])
      .toEqual([[{ field: 'fullName', code: 'too-long' }], [{ field: 'address', code: 'too-long' }]])
  })

  test('has a name without line ends and control characters', () => {
    expect(read({ fullName: 'Bùi\u0000 Nhật\n\tKhang ' }).person?.fullName).toBe('Bùi Nhật Khang')
  })

  test('is blank when nothing but spaces was written', () => {
    expect([isBlank(EMPTY_PERSON), isBlank({ ...EMPTY_PERSON, phone: ' ' }), isBlank({ ...EMPTY_PERSON, address: 'x' })]).toEqual([true, true, false])
  })

  test('never makes the reader throw, and a person it gives has a name', () => {
    const text = fc.oneof(fc.string({ unit: 'binary', maxLength: 40 }), fc.string({ maxLength: 40 }))
    fc.assert(fc.property(text, text, text, text, text, text, (fullName, idNumber, birthDate, address, phone, email) => {
      const { person, problems } = readPerson({ ...EMPTY_PERSON, fullName, idNumber, birthDate, address, phone, email })
      return (person === null) === (problems.length > 0) && (person === null || person.fullName !== '')
    }), { numRuns: 500 })
  })
})
