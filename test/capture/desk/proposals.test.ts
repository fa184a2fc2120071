import { describe, expect, test } from 'vitest'
import { PageId } from '@contract/ids'
import { FieldProposal } from '@contract/pages'
import { bestOf, boxAsMade, proposalsOfPage } from '../../../src-main/capture/desk/proposals'
import { newPageId } from '../../../src-main/capture/desk/rows'
import type { ReadText } from '../../../src-main/capture/desk/text-rows'
import { mrzTools } from '../../../src-main/identity/mrz-tools'
import { writeVietnameseMrz } from '../../../src-main/identity/lds'
import { BIRTH, pageOf } from '../text/forms'

const TODAY = '2026-11-23'
const read = (rows: Parameters<typeof pageOf>[0], turns: ReadText['turns'] = 0): ReadText => ({ ...pageOf(rows), turns })
const A4 = { width: 2480, height: 3508 }
const proposal = (changed: Partial<FieldProposal> = {}): FieldProposal => ({
  pageId: PageId.parse(newPageId()), field: 'subject.fullName', value: 'NGUYỄN THỊ NGỌC ÁNH', box: { x: 1, y: 2, width: 3, height: 4 }, confidence: 0.8,
  origin: { kind: 'form', form: 'birth', caption: 'Họ tên', repaired: false, doubts: [] }, ...changed,
})

describe('proposals for an officer', () => {
  test('say which page, where on it, how sure, and why', () => {
    const id = newPageId()
    const found = proposalsOfPage({ id, made: A4, text: read(BIRTH) }, TODAY, mrzTools)
    expect(found.find(({ field }) => field === 'subject.fullName')).toMatchObject({ pageId: id, value: 'NGUYỄN THỊ NGỌC ÁNH', origin: { kind: 'form', caption: 'Họ, chữ đệm, tên', repaired: false, doubts: [] } })
    expect(found.every((one) => FieldProposal.safeParse(one).success && one.box.x >= 0 && one.box.x + one.box.width <= A4.width)).toBe(true)
  })

  test('are in pixels of the page as it was made, also where another size of it was read', () => {
    const [large, half] = [A4, { width: 1240, height: 1754 }].map((made) => proposalsOfPage({ id: newPageId(), made, text: read(BIRTH) }, TODAY, mrzTools)[0]?.box)
    expect(half).toEqual({ x: (large?.x ?? 0) / 2, y: (large?.y ?? 0) / 2, width: (large?.width ?? 0) / 2, height: (large?.height ?? 0) / 2 })
  })

  test.each([[0, { x: 10, y: 20, width: 30, height: 5 }], [1, { x: 20, y: 60, width: 5, height: 30 }], [2, { x: 160, y: 75, width: 30, height: 5 }], [3, { x: 175, y: 10, width: 5, height: 30 }]] as const)(
    'of a page turned by %d quarters lie on the page before it was turned', (turns, box) => {
      const made = { width: 200, height: 100 }
      const shown = turns % 2 === 0 ? made : { width: 100, height: 200 }
      expect(boxAsMade({ x: 10, y: 20, width: 30, height: 5 }, shown, made, turns)).toEqual(box)
    })

  test('of an MRZ say what its check digits cover and how much was put right', () => {
    const [one = '', two = '', three = ''] = writeVietnameseMrz({ idNumber: '079099001234', fullName: 'Nguyễn Văn An', birthDate: '1999-01-01', sex: 'male', expiresAt: '2039-01-01' })
    const found = proposalsOfPage({ id: newPageId(), made: A4, text: read(['CĂN CƯỚC', one, two.replace('0', 'O'), three]) }, TODAY, mrzTools)
    expect(found.find(({ field }) => field === 'subject.idNumber')).toMatchObject({ value: '079099001234', origin: { kind: 'mrz', format: 'TD1', checked: true, repaired: 1 } })
    expect(found.find(({ field }) => field === 'subject.fullName')).toMatchObject({ origin: { checked: false } })
  })

  test('come surest first, each value of a field once', () => {
    const best = bestOf([proposal({ confidence: 0.5 }), proposal({ confidence: 0.9 }), proposal({ value: 'TRẦN VĂN BA', confidence: 0.7 }), proposal({ field: 'mother.fullName', confidence: 0.6 })])
    expect(best.map(({ field, value, confidence }) => [field, value, confidence])).toEqual([
      ['subject.fullName', 'NGUYỄN THỊ NGỌC ÁNH', 0.9], ['subject.fullName', 'TRẦN VĂN BA', 0.7], ['mother.fullName', 'NGUYỄN THỊ NGỌC ÁNH', 0.6],
    ])
  })

  test('leave out what is hardly more than a guess, and what no field can hold', () => {
    expect(bestOf([proposal({ confidence: 0.29 }), proposal({ value: 'x'.repeat(1_001) })])).toEqual([])
  })
})
