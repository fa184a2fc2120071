import { createHash } from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { DossierId, Instant, SubmissionId } from '@contract/ids'
import { freezePayload, type PayloadInput } from '../../src-main/intake/payload'
import { SubmissionPayload } from '../city'

const at = Instant.parse('2026-11-23T02:00:00.000Z')
const component = { code: 'to-khai', name: 'Tờ khai', kind: 'original', quantity: 1, note: '' }
const input = (note: string, changed: Partial<PayloadInput['body']> = {}): PayloadInput => ({
  submissionId: SubmissionId.parse('01939b6e-0000-7000-8000-000000000001'), dossierId: DossierId.parse('01939b6e-0000-7000-8000-000000000002'),
  code: 'H29.900-261123-0009', codeIsProvisional: false, version: 1, counter: 'Q3', procedure: { code: '1.004873', catalogueVersion: '2026-11-21' },
  receivedAt: at, dueAt: null, state: 2, documents: [], paid: true, extras: {}, timeline: [{ state: 2, at, by: 'Đỗ Thị Mỹ Duyên', note }], officer: { id: 'x', name: 'Đỗ Thị Mỹ Duyên' },
  body: {
    procedureName: 'Xác nhận', field: 'Hộ tịch', resultName: 'Giấy', timeText: '3 ngày', agency: 'H29.900', officerName: 'Đỗ Thị Mỹ Duyên', applicant: { fullName: 'Bùi Nhật Khang' },
    capacity: 'self', owner: null, organisation: null, answers: {}, components: [{ ...component, mark: 'seen' }, { ...component, code: 'khac', mark: 'pending' }], sets: 1,
    fee: { total: 8000, lines: [{ code: 'phi', name: 'Phí', amount: 8000 }], exemption: null, needsAmount: false }, payment: 'cash', delivery: { method: 'counter', address: '' }, note: '', ...changed,
  },
})

describe('A payload', () => {
  test('is what the city’s own schema takes', () => {
    const { dossier } = SubmissionPayload.parse(JSON.parse(Buffer.from(freezePayload(input('ghi chú')).bytes).toString()))
    expect(dossier).toMatchObject({ fee: { total: 8000, paid: true }, onBehalf: false, components: [{ waived: 'seen' }, { code: 'khac' }] })
  })

  test('has the hash of its bytes', () => {
    const { bytes, sha256 } = freezePayload(input('ghi chú'))
    expect(createHash('sha256').update(bytes).digest('hex')).toBe(sha256)
  })

  test('names the organisation and the one on whose behalf it comes', () => {
    const body = { capacity: 'organisation', organisation: { name: 'Công ty Thử Nghiệm', taxCode: '0300000000' } } as const
    const { dossier } = SubmissionPayload.parse(JSON.parse(Buffer.from(freezePayload(input('x', body)).bytes).toString()))
    expect([dossier.onBehalf, dossier.organisation?.name]).toEqual([true, 'Công ty Thử Nghiệm'])
  })

  test('of any text holds nothing that a database refuses', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary', maxLength: 100 }).map((text) => `${text}\0\ud83d`), (note) => {
      const text = Buffer.from(freezePayload(input(note)).bytes).toString()
      return !/\\u0000|\\ud[89a-f]/iu.test(text) && !text.includes('\0') && SubmissionPayload.safeParse(JSON.parse(text)).success
    }), { numRuns: 300 })
  })
})
