import { describe, expect, it } from 'vitest'
import { Settings } from '@contract/settings'
import { handlingDraft, handlingFaults, handlingOf, moved, withOffice } from '../../../src-renderer/settings/signers-draft'

const stored = {
  handling: { offices: ['Phòng Văn hóa - Xã hội', 'Công an phường'], signers: [{ role: 'deputy' as const, titles: ['KT. Chủ tịch', 'Phó Chủ tịch'], name: 'Lê Văn Tám' }] },
  reports: { daily: true, recipient: 'Văn phòng' },
}

describe('signers and offices', () => {
  it('comes back as it was stored', () => {
    expect(handlingOf(handlingDraft(stored))).toEqual(stored)
  })

  it('fits the settings', () => {
    const part = handlingOf(handlingDraft(stored))
    expect(Settings.shape.handling.safeParse(part.handling).success).toBe(true)
    expect(Settings.shape.reports.safeParse(part.reports).success).toBe(true)
  })

  it('leaves out a role without a word and an office without a name', () => {
    const draft = handlingDraft(stored)
    const typed = { ...draft, signers: { ...draft.signers, head: { first: ' ', second: '', name: ' ' } }, offices: withOffice(draft.offices).offices }
    expect(handlingFaults(typed)).toEqual({})
    expect(handlingOf(typed)).toEqual(stored)
  })

  it('asks for a title where a name stands', () => {
    const draft = handlingDraft(stored)
    expect(handlingFaults({ ...draft, signers: { ...draft.signers, head: { first: '', second: '', name: 'Trần Thị Bưởi' } } })).toEqual({ 'head.first': 'title' })
  })

  it('says when an office stands there twice, however it is written', () => {
    const draft = handlingDraft(stored)
    expect(handlingFaults({ ...draft, offices: [...draft.offices, { key: 7, name: ' CÔNG AN PHƯỜNG' }] })).toEqual({ 'office.7': 'office-twice' })
  })

  it('moves by one place and stays at the ends', () => {
    expect(moved(['a', 'b', 'c'], 2, -1)).toEqual(['a', 'c', 'b'])
    expect(moved(['a', 'b', 'c'], 0, -1)).toEqual(['a', 'b', 'c'])
    expect(moved(['a', 'b', 'c'], 2, 1)).toEqual(['a', 'b', 'c'])
  })

  it('adds a line after the one in hand, under a key of its own', () => {
    const { offices, key } = withOffice(handlingDraft(stored).offices, 0)
    expect(offices.map((office) => office.key)).toEqual([0, key, 1])
    expect(new Set(offices.map((office) => office.key)).size).toBe(3)
  })
})
