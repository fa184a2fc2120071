import { describe, expect, it } from 'vitest'
import { EMPTY_PERSON } from '@contract/person'
import { fillFromCard, fillFromEarlier, isUntouched, leaveFact, typeFact } from '../../../src-renderer/intake/content'
import { firstStep, stepOf, stepsDone } from '../../../src-renderer/intake/steps'
import { CARD_PERSON, EMPTY, named, viewWith } from './sample'

describe('a card put into a person', () => {
  it('fills name, number, birth date, sex and address in their usual forms', () => {
    const { person } = fillFromCard(EMPTY_PERSON, CARD_PERSON)
    expect([person.fullName, person.idNumber, person.birthDate, person.sex, person.address]).toEqual(['Đặng Thị Ngọc Ánh', '079 192 004 617', '14/03/1992', 'female', '27/4 đường Bàu Tràm'])
  })

  it('offers its address instead of writing over a typed one', () => {
    const typed = typeFact(EMPTY_PERSON, 'address', '12 đường Mới')
    const { person, offeredAddress } = fillFromCard(typed, CARD_PERSON)
    expect([person.address, person.sources['address'], offeredAddress]).toEqual(['12 đường Mới', 'typed', '27/4 đường Bàu Tràm'])
  })

  it('keeps the phone number that was asked before the scan', () => {
    const typed = typeFact(EMPTY_PERSON, 'phone', '0903 517 284')
    expect(fillFromCard(typed, CARD_PERSON).person.phone).toBe('0903 517 284')
  })

  it('of somebody else keeps nothing of the person before', () => {
    const before = typeFact(typeFact(EMPTY_PERSON, 'idNumber', '001 088 000 001'), 'phone', '0900 000 001')
    const { person, replaced } = fillFromCard(before, CARD_PERSON)
    expect([replaced, person.phone, person.idNumber]).toEqual([true, '', '079 192 004 617'])
  })

  it('read twice is the same person', () => {
    const { person } = fillFromCard(EMPTY_PERSON, CARD_PERSON)
    expect(fillFromCard(person, CARD_PERSON)).toEqual({ person, offeredAddress: null, replaced: false })
  })
})

describe('where a fact comes from', () => {
  it('is "typed" as soon as it is changed by hand, and nowhere once it is empty', () => {
    const typed = typeFact(CARD_PERSON, 'fullName', 'Đặng Thị Ánh')
    expect([typed.sources['fullName'], typeFact(typed, 'fullName', '').sources['fullName']]).toEqual(['typed', undefined])
  })

  it('stays when the field is only left', () => {
    expect(leaveFact({ ...CARD_PERSON, fullName: 'ĐẶNG THỊ NGỌC ÁNH' }, 'fullName').sources['fullName']).toBe('qr')
  })

  it('is the earlier dossier for what it knew, and only that', () => {
    const typed = typeFact(EMPTY_PERSON, 'email', 'a@b.vn')
    const filled = fillFromEarlier(typed, { fullName: 'Đặng Thị Ngọc Ánh', phone: '0903517284' })
    expect([filled.phone, filled.sources]).toEqual(['0903 517 284', { email: 'typed', fullName: 'earlier', phone: 'earlier' }])
  })
})

describe('steps', () => {
  it.each([['applicant.phone', 'person'], ['component.to-khai', 'papers'], ['fee.councilAmount', 'fee'], ['delivery.address', 'appointment'], ['answers.place', 'procedure'], ['owner.fullName', 'person']])('%s stands in %s', (field, step) => {
    expect(stepOf(field)).toBe(step)
  })

  it('go on at the field that was in hand', () => {
    expect(firstStep({ ...EMPTY, focus: 'component.to-khai' })).toBe('papers')
  })

  it('with a gap are not done', () => {
    const content = named('Đặng Thị Ngọc Ánh')
    const gaps = [{ field: 'applicant.phone', code: 'person-phone', params: {} }]
    expect(stepsDone(content, { ...viewWith(content), gaps }).has('person')).toBe(false)
  })
})

describe('a draft', () => {
  it('with only its focus set is untouched', () => {
    expect(isUntouched({ content: { ...EMPTY, focus: 'applicant.fullName' }, documents: [] })).toBe(true)
  })

  it('with a name is not', () => {
    expect(isUntouched({ content: named('Ánh'), documents: [] })).toBe(false)
  })
})
