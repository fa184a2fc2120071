import { describe, expect, test } from 'vitest'
import { actor, type Desk, newDesk, OTHER, person, receive } from './support'

const known = (desk: Desk, query: string) => desk.intake.known(actor, query, 8).map(({ person: { fullName }, dossiers }) => [fullName, dossiers.length])

function filledDesk(): Desk {
  const desk = newDesk()
  receive(desk)
  desk.at('2026-11-23T03:00:00.000Z')
  receive(desk, {}, OTHER)
  receive(desk, { applicant: person({ fullName: 'Hồ Thị Nhân', idNumber: '052170000123', phone: '' }) })
  return desk
}

describe('People of earlier dossiers', () => {
  test.each([['bui nhat'], ['Bùi Nhật Khang'], ['bnk'], ['079192004617'], ['079 192 004'], ['0903517284'], ['+84903517284']])('are found once by %s, with all they brought', (query) => {
    expect(known(filledDesk(), query)).toEqual([['Bùi Nhật Khang', 2]])
  })

  test('are not found by the name of a procedure', () => {
    expect([known(filledDesk(), 'hôn nhân'), known(filledDesk(), 'nhân')]).toEqual([[], [['Hồ Thị Nhân', 1]]])
  })

  test('come with what was told last', () => {
    const desk = filledDesk()
    desk.at('2026-11-25T03:00:00.000Z')
    receive(desk, { applicant: person({ phone: '0988777666' }) })
    expect(desk.intake.known(actor, 'bùi nhật', 8)[0]).toMatchObject({ person: { phone: '0988777666' }, lastSeenAt: '2026-11-25T03:00:00.000Z' })
  })

  test('are looked up in the audit chain, without what was typed', () => {
    const desk = filledDesk()
    known(desk, 'bui nhat')
    const [entry] = desk.audit.list(desk.store.read, { limit: 1 })
    expect([entry?.action, entry?.detailText]).toEqual(['people.looked-up', '{"found":1,"purpose":"intake"}'])
  })

  test('are not looked up for a letter or a bracket', () => {
    const desk = filledDesk()
    const before = desk.actions().length
    expect([known(desk, 'b'), known(desk, '(((('), desk.actions().length]).toEqual([[], [], before])
  })
})
