import { describe, expect, it } from 'vitest'
import { EMPTY_PERSON } from '@contract/person'
import { fillFromChip, isSomebodyElse, personOfChip, settle, standing } from '../../../src-renderer/chip/compare'
import { CHIP, personFrom } from './sample'

describe('a chip put into an empty person', () => {
  it('fills every fact that both know, in the usual forms, with the chip as their source', () => {
    const { fullName, idNumber, birthDate, sex, address, sources } = personOfChip(CHIP)
    expect([fullName, idNumber, birthDate, sex, address]).toEqual(['Đặng Thị Ngọc Ánh', '079 192 004 617', '14/03/1992', 'female', CHIP.residence])
    expect(new Set(Object.values(sources))).toEqual(new Set(['chip']))
  })

  it('leaves out what the chip does not say and a date that is none', () => {
    const { birthDate, sex, sources } = personOfChip({ ...CHIP, birthDate: '1992', sex: null })
    expect([birthDate, sex, sources['birthDate'], sources['sex']]).toEqual(['', null, undefined, undefined])
  })
})

describe('a chip put over a person of the QR', () => {
  it('says the same: every fact is now from the chip and nothing differs', () => {
    const { person, differences } = fillFromChip(personFrom('qr'), CHIP)
    expect([differences, person.sources['fullName'], person.sources['address']]).toEqual([[], 'chip', 'chip'])
  })

  it('takes the place of unsigned text and tells that it differed', () => {
    const { person, differences } = fillFromChip(personFrom('qr', { birthDate: '14/03/1993' }), CHIP)
    expect(person.birthDate).toBe('14/03/1992')
    expect(differences).toEqual([{ fact: 'birthDate', before: '14/03/1993', chip: '14/03/1992', source: 'qr' }])
  })

  it('offers another address and never writes over the one that stands there', () => {
    const { person, differences } = fillFromChip(personFrom('qr', { address: '1 đường Mới' }), CHIP)
    expect([person.address, person.sources['address'], differences.map(({ fact }) => fact)]).toEqual(['1 đường Mới', 'qr', ['address']])
  })
})

describe('a chip beside a typed person', () => {
  it.each([
    ['fullName', { fullName: 'Đặng Thị Ánh' }], ['birthDate', { birthDate: '14/03/1993' }], ['sex', { sex: 'male' as const }], ['address', { address: '1 đường Mới' }],
  ])('leaves a typed %s alone and offers its own', (fact, typed) => {
    const before = personFrom('typed', typed)
    const { person, differences } = fillFromChip(before, CHIP)
    expect(person).toMatchObject(typed)
    expect(differences).toMatchObject([{ fact, source: 'typed' }])
  })

  it.each([
    ['a name in capitals', { fullName: 'ĐẶNG THỊ  NGỌC ÁNH' }], ['a number with dots', { idNumber: '079.192.004.617' }], ['a date without slashes', { birthDate: '14031992' }],
    ['an address with other commas', { address: '27/4 đường Bàu Tràm phường Tân Mỹ Hưng' }],
  ])('takes %s for the same', (_name, typed) => {
    expect(fillFromChip(personFrom('typed', typed), CHIP).differences).toEqual([])
  })

  it('what an earlier dossier knew is offered, not replaced', () => {
    expect(fillFromChip(personFrom('earlier', { fullName: 'Đặng Ngọc Ánh' }), CHIP).person.fullName).toBe('Đặng Ngọc Ánh')
  })

  it('a name from the MRZ has no marks: it never takes away those that were typed or scanned', () => {
    const bare = { ...CHIP, fullName: 'DANG THI NGOC ANH', nameFromMrz: true }
    const { person, differences } = fillFromChip(personFrom('qr'), bare)
    expect([person.fullName, person.sources['fullName'], differences]).toEqual(['Đặng Thị Ngọc Ánh', 'qr', []])
  })

  it('another name in the MRZ is told and replaces nothing', () => {
    const { person, differences } = fillFromChip(personFrom('qr'), { ...CHIP, fullName: 'TRAN THI B', nameFromMrz: true })
    expect([person.fullName, differences.map(({ chip }) => chip)]).toEqual(['Đặng Thị Ngọc Ánh', ['Tran Thi B']])
  })

  it('never touches phone and e-mail', () => {
    const before = { ...personFrom('qr'), phone: '0903 517 284', email: 'a@b.vn' }
    expect(fillFromChip(before, CHIP).person).toMatchObject({ phone: '0903 517 284', email: 'a@b.vn' })
  })
})

describe('a chip that may fill nothing', () => {
  it('leaves every field and every source as they were, and still tells what differs', () => {
    const before = personFrom('qr', { birthDate: '14/03/1993', address: '' })
    const { person, differences } = fillFromChip(before, CHIP, false)
    expect(person).toEqual(before)
    expect(differences.map(({ fact }) => fact)).toEqual(['birthDate'])
  })
})

describe('somebody else', () => {
  it.each([
    ['another number', '079 088 000 154', CHIP, true], ['the same number', '079192004617', CHIP, false], ['the number before', '024 567 891', CHIP, false], ['no number yet', '', CHIP, false],
    ['half a number', '0791', CHIP, false], ['the short number of the MRZ', '079192004617', { ...CHIP, idNumber: null }, false], ['another short number', '079088000154', { ...CHIP, idNumber: null }, true],
  ])('%s', (_name, idNumber, chip, other) => {
    expect(isSomebodyElse({ ...EMPTY_PERSON, idNumber }, chip)).toBe(other)
  })
})

describe('a difference', () => {
  const typed = personFrom('typed', { birthDate: '14/03/1993' })
  const [difference] = fillFromChip(typed, CHIP).differences
  if (!difference) throw new Error('there is a difference')

  it('is settled by the chip, and taken back', () => {
    const byChip = settle(typed, difference, 'chip')
    expect([byChip.birthDate, byChip.sources['birthDate'], standing(byChip, difference)]).toEqual(['14/03/1992', 'chip', 'chip'])
    const back = settle(byChip, difference, 'before')
    expect([back.birthDate, back.sources['birthDate'], standing(back, difference)]).toEqual(['14/03/1993', 'typed', 'before'])
  })
})
