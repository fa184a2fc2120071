import { describe, expect, it } from 'vitest'
import { DossierState } from '@contract/dossier'
import { Instant } from '@contract/ids'
import { ReadingId } from '@contract/chip'
import { barsOf, faultOf, isOnChip, isSameSigner, shownPeople, type Standing, whoIs } from '../../src-main/results/rules'
import { noteOf } from '../../src-main/results/words'
import { COUSIN, OWNER, TO_POST } from './support'

const AT = Instant.parse('2026-11-23T03:00:00.000Z')
const READING = ReadingId.parse('01939b6e-0000-7000-8000-000000000001')
const standing = (changed: Partial<Standing> = {}): Standing => ({ state: 9, stopped: false, open: 0, returnedAt: null, ...changed })
const codes = (changed: Partial<Standing>): string[] => barsOf(standing(changed)).map(({ code }) => code)

describe('what is in the way of a hand-over', () => {
  it.each<[string, Partial<Standing>, string[]]>([
    ['nothing, when the result is there and paid', {}, []],
    ['no result yet', { state: 4 }, ['KQ-001']],
    ['an open fee', { open: 15_000 }, ['KQ-002']],
    ['no result and an open fee, the graver first', { state: 2, open: 15_000 }, ['KQ-001', 'KQ-002']],
    ['a stop', { state: 8 }, ['KQ-003']],
    ['a stop at the counter, whatever the city said later', { state: 9, stopped: true, open: 15_000 }, ['KQ-003']],
    ['a refusal', { state: 3 }, ['KQ-003']],
    ['a withdrawal, fee or no fee', { state: 7, open: 15_000 }, ['KQ-003']],
    ['a hand-over before, and nothing else is said then', { state: 10, returnedAt: AT, open: 15_000 }, ['KQ-004']],
  ])('is %s', (_name, changed, expected) => expect(codes(changed)).toEqual(expected))

  it('leaves no state but 9 free', () => {
    const free = DossierState.options.map(({ value }) => value).filter((state) => codes({ state, returnedAt: state === 10 ? AT : null }).length === 0)
    expect(free).toEqual([9])
  })

  it('says the amount and the moment as they are read', () => {
    expect(barsOf(standing({ open: 15_000 }))[0]?.params).toEqual({ amount: '15.000 đ' })
    expect(JSON.stringify(barsOf(standing({ returnedAt: AT })))).toContain('23/11/2026')
  })
})

const PEOPLE = { applicant: { fullName: 'Bùi Nhật Khang', idNumber: '079192004617' }, owner: { fullName: 'Bùi Minh An' } }

describe('who stands there', () => {
  it.each([
    ['079192004617', 'applicant'], ['079 192 004 617', 'applicant'], ['079192004618', undefined], ['', undefined], ['004617', undefined],
  ])('%s is %s', (number, role) => expect(whoIs(PEOPLE, number)?.role).toBe(role))

  it('is the owner by the owner\'s number', () => {
    expect(whoIs({ ...PEOPLE, owner: { fullName: 'Bùi Minh An', idNumber: '079220001234' } }, '079220001234')).toEqual({ role: 'owner', name: 'Bùi Minh An' })
  })

  it('is shown with masked numbers only', () => {
    expect(JSON.stringify(shownPeople(PEOPLE))).not.toMatch(/\d{6}/u)
    expect(shownPeople(PEOPLE).map(({ role }) => role)).toEqual(['applicant', 'owner'])
  })

  it.each([
    [OWNER, '079192004617', true], [OWNER, '079192004618', false], [OWNER, null, false],
    [{ ...OWNER, role: 'owner' as const }, '079192004617', false],
    [COUSIN, '079183000111', true], [COUSIN, '079192004617', false], [{ ...COUSIN, idNumber: null }, '079183000111', false],
  ])('%o with the chip of %s: %s', (collector, number, expected) => expect(isOnChip(collector, PEOPLE, number)).toBe(expected))
})

describe('how a result is handed over', () => {
  const fault = (input: Parameters<typeof faultOf>[0], wished: 'counter' | 'post' = 'counter') => faultOf(input, PEOPLE, wished)
  it.each([
    ['the owner signs on the display', { collector: OWNER, signed: 'pad' as const, note: '' }, null],
    ['the owner signs on paper', { collector: OWNER, signed: 'paper' as const, note: '' }, null],
    ['nobody at the counter signs by post', { collector: OWNER, signed: 'post' as const, note: '' }, 'KQ-005'],
    ['a parcel is not signed for at the counter', { collector: TO_POST, signed: 'paper' as const, note: '' }, 'KQ-005'],
    ['by post against the wish, without a word', { collector: TO_POST, signed: 'post' as const, note: '' }, 'KQ-007'],
    ['by post against the wish, with a word', { collector: TO_POST, signed: 'post' as const, note: 'gọi điện xin đổi' }, null],
    ['a chip that nobody read', { collector: { ...OWNER, checked: 'chip' as const }, signed: 'pad' as const, note: '' }, 'KQ-006'],
    ['a reading that is not what was checked', { collector: { ...OWNER, reading: READING }, signed: 'pad' as const, note: '' }, 'KQ-006'],
  ])('%s', (_name, input, expected) => expect(fault(input)).toBe(expected))

  it('by post as it was wished needs no word', () => expect(fault({ collector: TO_POST, signed: 'post', note: '' }, 'post')).toBeNull())
  it('an owner that the dossier does not have takes nothing', () =>
    expect(faultOf({ collector: { ...OWNER, role: 'owner' }, signed: 'paper', note: '' }, { ...PEOPLE, owner: null }, 'counter')).toBe('KQ-006'))

  it('is told by name, without a number of a person', () => {
    expect(noteOf({ how: 'owner', name: 'Bùi Nhật Khang', tracking: null, authority: null, note: '' })).toBe('Trả kết quả cho Bùi Nhật Khang.')
    expect(noteOf({ how: 'post', name: 'Bùi Nhật Khang', tracking: 'EK1VN', authority: null, note: 'gọi trước' })).toBe('Gửi kết quả qua bưu chính cho Bùi Nhật Khang, số vận đơn EK1VN. gọi trước')
    expect(noteOf({ how: 'authorised', name: 'Lê Thị Hoa', tracking: null, authority: 'Giấy ủy quyền ngày 20/11/2026', note: '' })).toBe('Trả kết quả cho người được ủy quyền: Lê Thị Hoa, theo Giấy ủy quyền ngày 20/11/2026.')
  })

  it('a signature is of the same person only by role or by name', () => {
    expect(isSameSigner({ how: 'owner', role: 'applicant' }, { how: 'owner', role: 'owner' })).toBe(false)
    expect(isSameSigner({ how: 'authorised', name: 'A' }, { how: 'authorised', name: 'B' })).toBe(false)
    expect(isSameSigner({ how: 'authorised', name: 'A' }, { how: 'authorised', name: 'A' })).toBe(true)
  })
})
