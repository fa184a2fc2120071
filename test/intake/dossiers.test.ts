import { describe, expect, test } from 'vitest'
import type { DossierState } from '@contract/dossier'
import { DossierId } from '@contract/ids'
import { codeOf } from '../storage/support'
import { actor, type Desk, moveTo, newDesk, person, receive } from './support'

const move = (desk: Desk, id: DossierId, version: number, to: DossierState, note = 'Ghi chú') => desk.intake.changeState(actor, { dossierId: id, version, to, note })

describe('A dossier', () => {
  test('that was received shows its numbers masked', () => {
    const desk = newDesk()
    const { id } = receive(desk, { capacity: 'authorised', owner: person({ fullName: 'Lê Thị Chủ', idNumber: '052170000123', phone: '' }) })
    expect(desk.intake.get(id)).toMatchObject({ applicant: { idNumber: '079 192 ••• 617', phone: '0903 ••• 284' }, owner: { idNumber: '052 170 ••• 123' } })
  })

  test('shows its numbers in clear to whoever asks, and that is told', () => {
    const desk = newDesk()
    const { id } = receive(desk)
    expect([desk.intake.reveal(actor, id).applicant.idNumber, desk.actions().at(-1)]).toEqual(['079192004617', 'dossier.numbers-shown'])
  })

  test('that is not there is not told of as shown', () => {
    const desk = newDesk()
    const before = desk.actions().length
    expect([codeOf(() => desk.intake.reveal(actor, DossierId.parse('01939b6e-0000-7000-8000-00000000ffff'))), desk.actions().length]).toEqual(['HS-004', before])
  })

  test('moves on as a new version with its history', () => {
    const desk = newDesk()
    const { id } = receive(desk)
    const moved = move(desk, id, 1, 6, 'Chờ nộp thuế trước bạ')
    expect(moved).toMatchObject({
      version: 2, state: 6, nextStates: [4, 7], submissions: [{ version: 1, state: 'superseded' }, { version: 2, state: 'ready' }],
      timeline: [{ state: 2 }, { state: 6, note: 'Chờ nộp thuế trước bạ', by: actor.name, origin: 'counter' }],
    })
  })

  test('does not take a step that the table does not know, nor one from a stale screen', () => {
    const desk = newDesk()
    const { id } = receive(desk)
    expect([codeOf(() => move(desk, id, 1, 10)), codeOf(() => move(desk, id, 2, 4)), desk.intake.get(id).version]).toEqual(['HS-005', 'HS-002', 1])
  })

  test.each([[2, 5], [2, 3], [2, 8], [2, 9], [4, 9], [5, 2], [9, 10]] as const)('goes from %i to %i only by an act of its own', (from, to) => {
    const desk = newDesk()
    const { id } = receive(desk)
    const { version } = from === 2 ? desk.intake.get(id) : moveTo(desk, { id, version: 1 }, from)
    expect([codeOf(() => move(desk, id, version, to)), desk.intake.get(id).version]).toEqual(['GQ-001', version])
  })

  test('that the counter stopped gets no result any more, even where the city goes on with it', () => {
    const desk = newDesk()
    const { id } = receive(desk)
    moveTo(desk, { id, version: 1 }, 8)
    desk.store.write((tx) => tx.run('UPDATE dossier SET state = 4 WHERE id = ?', [id]))
    expect(codeOf(() => moveTo(desk, { id, version: 2 }, 9))).toBe('HS-005')
  })

  test('says to the city no more of a long reason than the city takes', () => {
    const desk = newDesk()
    const { id } = receive(desk)
    const { timeline } = moveTo(desk, { id, version: 1 }, 5, 'lý do '.repeat(500))
    expect([timeline.at(-1)?.note?.length, timeline.at(-1)?.note?.endsWith('…')]).toEqual([2000, true])
  })

  test('that is complete again has its whole period before it', () => {
    const desk = newDesk()
    const { id, dueAt } = receive(desk)
    moveTo(desk, { id, version: 1 }, 5)
    desk.at('2026-12-07T03:30:00.000Z')
    expect([dueAt, moveTo(desk, { id, version: 2 }, 2).dueAt]).toEqual(['2026-11-27T02:00:00.000Z', '2026-12-10T03:30:00.000Z'])
  })

  test('keeps the moment at which its result was ready when it is handed over later', () => {
    const desk = newDesk()
    const { id } = receive(desk)
    desk.at('2026-11-25T02:00:00.000Z')
    moveTo(desk, { id, version: 1 }, 9)
    desk.at('2026-11-30T02:00:00.000Z')
    moveTo(desk, { id, version: 2 }, 10)
    expect(desk.store.read.get('SELECT finished_at FROM dossier', [], (row) => row.text('finished_at'))).toBe('2026-11-25T02:00:00.000Z')
  })

  test('is told to the screens when it changes', () => {
    const desk = newDesk()
    const { id } = receive(desk)
    desk.events.length = 0
    move(desk, id, 1, 4)
    expect(desk.events).toEqual([{ kind: 'dossier', id }, { kind: 'sync' }])
  })
})
