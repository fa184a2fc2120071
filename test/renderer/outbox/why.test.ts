import { describe, expect, it } from 'vitest'
import type { OutboxDetail, OutboxRow } from '@contract/sync'
import { attemptsText, matching, shortId, wantsCorrection, whyOf } from '../../../src-renderer/outbox/why'

const row = (part: Partial<OutboxRow>): OutboxRow => ({
  id: '019a0000-0000-7000-8000-00000000c7d2', dossierId: 'd', dossierCode: 'H29.900-261123-0009', applicantName: 'Võ Hoàng Yến', procedureName: 'Đăng ký kết hôn', version: 1,
  state: 'attention', createdAt: '2026-11-23T01:31:00.000Z', changedAt: '2026-11-23T01:32:00.000Z', attempts: 1, nextTryAt: null, errorCode: 'TP-422', cityWords: null,
  receiptNumber: null, supersededBy: null, documentsTotal: 0, documentsConfirmed: 0, bytesTotal: 0, bytesAccepted: 0, ...part,
}) as OutboxRow
const errors = (key: string): string => `[${key}]`

describe('why a submission waits', () => {
  it('is told in the words of the city when it gave any', () => {
    expect(whyOf(row({ cityWords: 'thiếu số' }), errors)).toBe('thiếu số')
  })

  it('is told by the sentence of the code otherwise', () => {
    expect(whyOf(row({ errorCode: 'TP-000' }), errors)).toBe('[TP-000.what]')
  })

  it('is nothing when nothing went wrong', () => {
    expect(whyOf(row({ errorCode: null }), errors)).toBe('')
  })

  it.each([['TP-422', true], ['TP-409', true], ['TP-500', false], ['TP-012', false], [null, false]])('%s wants a correction: %s', (errorCode, wants) => {
    expect(wantsCorrection({ errorCode })).toBe(wants)
  })
})

describe('the filter of the outbox', () => {
  const rows = [row({}), row({ dossierCode: 'H29.900-261123-0012', applicantName: 'Mai Văn Đạt', procedureName: 'Chứng thực hợp đồng', receiptNumber: 'TP-26-118204' })]

  it.each([['vo yen', 1], ['dat', 1], ['0012 chung thuc', 1], ['118204', 1], ['', 2], ['khong co', 0]])('%s leaves %s', (typed, count) => {
    expect(matching(rows, typed)).toHaveLength(count)
  })
})

describe('the copy of the attempts', () => {
  const detail = {
    ...row({ cityWords: 'của Võ Hoàng Yến' }), payloadSha256: 'a'.repeat(64), dueAt: null,
    attemptsLog: [{ at: '2026-11-23T01:32:00.000Z', outcome: 'attention', errorCode: 'TP-422', words: 'của Võ Hoàng Yến' }],
  } as OutboxDetail

  it('has the code and time of each', () => {
    expect(attemptsText(detail)).toContain('2026-11-23T01:32:00.000Z\tattention\tTP-422')
  })

  it('names nobody', () => {
    expect(attemptsText(detail)).not.toContain('Yến')
  })
})

it('a short id keeps its beginning and end', () => {
  expect(shortId('019a0000-0000-7000-8000-00000000c7d2')).toBe('019a0000-…c7d2')
})
