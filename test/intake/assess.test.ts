import { describe, expect, test } from 'vitest'
import { EMPTY_PERSON } from '@contract/person'
import { calendarUntil, type Desk, filled, newDesk, person, SIMPLE } from './support'
import { actor } from './support'

const gapsOf = (desk: Desk, changed: Parameters<typeof filled>[2] = {}, code = SIMPLE): string[] => {
  const view = desk.intake.start(actor)
  return desk.intake.save(view.id, view.revision, filled(desk, view, changed, code)).gaps.map(({ field, code: gap }) => `${field}: ${gap}`)
}
const warningsOf = (desk: Desk, changed: Parameters<typeof filled>[2] = {}): string[] => {
  const view = desk.intake.start(actor)
  return desk.intake.save(view.id, view.revision, filled(desk, view, changed)).warnings.map(({ field, code }) => `${field}: ${code}`)
}

describe('A draft', () => {
  test('that is empty lacks a name and a procedure, and can be saved all the same', () => {
    const desk = newDesk()
    expect(desk.intake.start(actor).gaps.map(({ field, code }) => `${field}: ${code}`)).toEqual(['applicant.fullName: person-missing', 'procedure: procedure-missing'])
  })

  test('that is complete has no gap', () => {
    expect(gapsOf(newDesk())).toEqual([])
  })

  test.each([
    ['the papers that are always wanted', { components: {} }, ['component.to-khai: component-missing', 'component.giay-to-tuy-than: component-missing']],
    ['the amount that the city council sets', { fee: { copies: 1, pages: 1, exemption: null, payment: 'unpaid', councilAmount: null } }, ['fee.councilAmount: fee-missing']],
    ['an address to post to', { delivery: { method: 'post', address: ' ' } }, ['delivery.address: address-missing']],
    ['the child that it is about', { capacity: 'child' }, ['owner.fullName: owner-missing']],
    ['the name of the organisation', { capacity: 'organisation' }, ['organisation.name: organisation-missing']],
    ['an organisation that the city can take', { capacity: 'organisation', organisation: { name: 'x'.repeat(301), taxCode: '1'.repeat(21) } }, ['organisation.name: too-long', 'organisation.taxCode: too-long']],
    ['a usable number of its owner', { capacity: 'authorised', owner: person({ idNumber: '1' }) }, ['owner.idNumber: person-id-number']],
  ] as const)('that lacks %s names that gap', (_what, changed, gaps) => {
    expect(gapsOf(newDesk(), changed as Parameters<typeof filled>[2])).toEqual(gaps)
  })

  test('for another ward is told so before anything is scanned', () => {
    expect(gapsOf(newDesk(), { answers: { place: 'elsewhere' } })).toEqual(['procedure: elsewhere'])
  })

  test('of a matter that the police decide is told so', () => {
    expect(gapsOf(newDesk(), {}, '1.004194')).toContain('procedure: elsewhere')
  })

  test('whose number and birth date disagree warns and lets it pass', () => {
    const desk = newDesk()
    const applicant = person({ birthDate: '21/04/1993', sex: 'female' })
    expect([gapsOf(desk, { applicant }), warningsOf(desk, { applicant }).length > 0]).toEqual([[], true])
  })

  test('has doubts about an owner only when there is one', () => {
    const desk = newDesk()
    const owner = { ...EMPTY_PERSON, fullName: 'Lê Thị Chủ', idNumber: '079192004617', birthDate: '01/01/1950' }
    expect([warningsOf(desk, { owner }).some((warning) => warning.startsWith('owner')), warningsOf(desk, { owner, capacity: 'child' }).some((warning) => warning.startsWith('owner'))]).toEqual([false, true])
  })

  test('opened in a year that no calendar holds yet is opened', () => {
    const desk = newDesk({ deps: { calendar: () => calendarUntil(2026) } })
    desk.at('2026-12-31T02:00:00.000Z')
    expect(warningsOf(desk)).toContain('appointment: no-period')
  })

  test('finds an open dossier of the same name without a number in any case of letters', () => {
    const desk = newDesk()
    const commit = (fullName: string) => {
      const view = desk.intake.start(actor)
      const saved = desk.intake.save(view.id, view.revision, filled(desk, view, { applicant: person({ fullName, idNumber: '' }) }))
      return { duplicates: saved.duplicates.length, done: desk.intake.commit(actor, { draftId: view.id, revision: saved.revision, despiteDuplicates: true }) }
    }
    commit('Đặng Thị Ánh')
    expect([commit('ĐẶNG THỊ ÁNH').duplicates, commit('Đặng Thị Ánh Nguyệt').duplicates, commit('Dang Thi Anh').duplicates]).toEqual([1, 0, 0])
  })

  test('does not take an ended dossier for a duplicate', () => {
    const desk = newDesk()
    const view = desk.intake.start(actor)
    const { revision } = desk.intake.save(view.id, view.revision, filled(desk, view))
    const done = desk.intake.commit(actor, { draftId: view.id, revision, despiteDuplicates: false })
    desk.intake.changeState(actor, { dossierId: done.id, version: 1, to: 7, note: 'Công dân rút hồ sơ' })
    const next = desk.intake.start(actor)
    expect(desk.intake.save(next.id, next.revision, filled(desk, next)).duplicates).toEqual([])
  })
})
