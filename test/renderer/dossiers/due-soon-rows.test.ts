import { describe, expect, it } from 'vitest'
import { DueSoon } from '@contract/handling'
import { howMany, mayExtend, shownOf } from '../../../src-renderer/dossiers/due-soon-rows'

const row = (last: string, dueAt: string, minutesLeft: number, apology: DueSoon['apology']): DueSoon => DueSoon.parse({
  dossierId: `0193f5c0-0000-7000-8000-00000000000${last}`, code: `H29.900-261123-000${last}`, applicantName: 'Đặng Thị Ngọc Ánh', procedureName: 'Cấp Giấy xác nhận tình trạng hôn nhân', dueAt, minutesLeft, office: '', extended: apology === 'done', apology,
})
const rows = [
  row('1', '2026-11-27T02:00:00.000Z', 900, 'later'), row('2', '2026-11-20T02:00:00.000Z', -600, 'passed'), row('3', '2026-11-25T02:00:00.000Z', 200, 'today'), row('4', '2026-11-23T02:00:00.000Z', -10, 'done'),
]
const codes = (shown: readonly DueSoon[]): string[] => shown.map(({ code }) => code.slice(-1))

describe('what is about to be due', () => {
  it('has the latest on top', () => {
    expect(codes(shownOf(rows, 'all'))).toEqual(['2', '4', '3', '1'])
  })

  it('shows alone those whose date may still be moved, or those that are late', () => {
    expect(codes(shownOf(rows, 'extendable'))).toEqual(['3', '1'])
    expect(codes(shownOf(rows, 'overdue'))).toEqual(['2', '4'])
    expect([howMany(rows, 'all'), howMany(rows, 'extendable'), howMany(rows, 'overdue')]).toEqual([4, 2, 2])
  })

  it('opens with Mẫu 04 only where it is still possible', () => {
    expect(rows.map(mayExtend)).toEqual([true, false, true, false])
  })
})
