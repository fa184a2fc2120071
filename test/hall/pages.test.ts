import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { DraftContent } from '@contract/draft'
import { Instant } from '@contract/ids'
import { EMPTY_PERSON } from '@contract/person'
import { addressOf, type CheckInput, checkFacts, openingHours, substanceOf, waitingNotices } from '../../src-main/hall'
import { calendarUntil, readCatalogue, SIMPLE } from '../intake/support'

const procedure = readCatalogue().procedures.find(({ code }) => code === SIMPLE)
if (!procedure) throw new Error('no such procedure')

const CONTENT: DraftContent = {
  focus: null,
  applicant: { ...EMPTY_PERSON, fullName: 'Đặng Thị Ngọc Ánh', idNumber: '079 192 004 617', phone: '0903 517 284', birthDate: '14/03/1992', sex: 'female', address: '12 Nguyễn Huệ' },
  capacity: 'self', owner: EMPTY_PERSON, organisation: { name: '', taxCode: '' }, procedure: { code: SIMPLE, version: '2026-11-21' },
  answers: { 'hon-nhan': 'ly-hon' }, components: {}, sets: 1, fee: { copies: 1, pages: 1, exemption: null, payment: 'cash', councilAmount: 15_000 },
  delivery: { method: 'counter', address: '' }, note: 'hay quên, nói to',
}
const FEE = { total: 15_000, lines: [], exemption: null, needsAmount: false }
const input = (change: Partial<CheckInput> = {}, content: Partial<DraftContent> = {}): CheckInput => ({
  content: { ...CONTENT, ...content }, procedure, papers: [{ component: 'to-khai', pages: 2 }, { component: 'ly-hon', pages: 2 }], fee: FEE,
  appointment: Instant.parse('2026-11-27T02:46:00.000Z'), unitName: 'Trung tâm Phục vụ hành chính công', ...change,
})
const told = (given: CheckInput, language: 'vi' | 'en' = 'vi'): string[] => (checkFacts(given) ?? []).map(({ key, value, detail }) => [key, value[language], ...(detail ? [detail[language]] : [])].join(' | '))

describe('what is to be checked', () => {
  it('is what this errand needs, in the words of the display, numbers masked', () => {
    expect(told(input())).toEqual([
      'name | Đặng Thị Ngọc Ánh',
      'idNumber | 079 ••• ••• 617',
      'errand | Cấp Giấy xác nhận tình trạng hôn nhân | (đã ly hôn)',
      'papers | Tờ khai cấp Giấy xác nhận tình trạng hôn nhân (2 trang), Bản án, quyết định ly hôn đã có hiệu lực (2 trang)',
      'phone | 0903 ••• 284 | để báo kết quả',
      'feePaid | 15.000 đồng',
      'delivery | Nhận tại Trung tâm Phục vụ hành chính công',
      'appointment | Thứ Sáu 27/11/2026, 9 giờ 46',
    ])
  })

  it('is told in English, too', () => {
    const english = told(input(), 'en')
    expect(english).toContain('appointment | Friday 27/11/2026, 09:46')
    expect(english[3]).toContain('(2 pages)')
  })

  it('says of each paper how it is here, and what comes later', () => {
    const components: DraftContent['components'] = {
      'giay-to-tuy-than': { mark: 'seen', note: 'x' }, 'giay-cu': { mark: 'reused', note: '' }, 'khai-tu': { mark: 'owed', note: '' }, 'uy-quyen': { mark: 'not-needed', note: '' },
    }
    const facts = told(input({ papers: [{ component: 'to-khai', pages: 1 }, { component: 'to-khai', pages: 2 }, { component: 'ly-hon', pages: null }] }, { components }))
    expect(facts.filter((line) => /^(papers|owed)/.test(line))).toEqual([
      'papers | Tờ khai cấp Giấy xác nhận tình trạng hôn nhân (3 trang), Bản án, quyết định ly hôn đã có hiệu lực, Giấy xác nhận đã cấp trước đây (dùng lại, không phải nộp), Giấy tờ tùy thân (căn cước, hộ chiếu) (cán bộ đã xem)',
      'owed | Trích lục khai tử của vợ hoặc chồng',
    ])
  })

  it.each([
    [{ ...FEE, total: 0, exemption: { code: 'ho-ngheo', name: 'Người thuộc hộ nghèo', ground: 'Luật Hộ tịch' } }, 'unpaid', 'fee | Miễn phí | Người thuộc hộ nghèo'],
    [{ ...FEE, total: 0 }, 'unpaid', 'fee | Miễn phí'],
    [FEE, 'unpaid', 'feeDue | 15.000 đồng'],
    [FEE, 'transfer', 'feePaid | 15.000 đồng'],
    [{ ...FEE, needsAmount: true, total: 0 }, 'unpaid', undefined],
    [null, 'unpaid', undefined],
  ] as const)('tells a fee of %j, %s', (fee, payment, line) => {
    expect(told(input({ fee }, { fee: { ...CONTENT.fee, payment } })).find((each) => each.startsWith('fee'))).toBe(line)
  })

  it('has the address only when the result goes there', () => {
    expect(told(input({}, { delivery: { method: 'post', address: '12 Nguyễn Huệ, phường Tân Mỹ Hưng' } })).slice(-3)).toEqual([
      'delivery | Gửi qua bưu chính', 'address | 12 Nguyễn Huệ, phường Tân Mỹ Hưng', 'appointment | Thứ Sáu 27/11/2026, 9 giờ 46',
    ])
  })

  it.each([
    ['child', { owner: { ...EMPTY_PERSON, fullName: 'Đặng Gia Bảo' } }, 'onBehalf | Đặng Gia Bảo'],
    ['organisation', { organisation: { name: 'Công ty Ví Dụ', taxCode: '1' } }, 'onBehalf | Công ty Ví Dụ'],
    ['authorised', {}, undefined],
    ['self', { owner: { ...EMPTY_PERSON, fullName: 'Người cũ' } }, undefined],
  ] as const)('says for whom somebody comes as %s', (capacity, content, line) => {
    expect(told(input({}, { capacity, ...content })).find((each) => each.startsWith('onBehalf'))).toBe(line)
  })

  it('is not ready without a name', () => {
    expect(checkFacts(input({}, { applicant: { ...CONTENT.applicant, fullName: '  ' } }))).toBeNull()
  })

  it('never has the note of the officer, nor a number in clear, whatever was typed', () => {
    const text = fc.string({ unit: 'grapheme', maxLength: 60 })
    const number = fc.array(fc.integer({ min: 0, max: 9 }), { minLength: 9, maxLength: 15 }).map((digits) => digits.join(''))
    fc.assert(fc.property(text, number, number, fc.constantFrom('', ' ', '.', '-'), (name, idNumber, phone, blank) => {
      const spread = (digits: string): string => digits.replace(/(\d{3})(?=\d)/g, `$1${blank}`)
      const facts = checkFacts(input({}, { note: 'GHI-CHÚ-RIÊNG', applicant: { ...EMPTY_PERSON, fullName: `${name.replace(/\d/gu, '')}x`, idNumber: spread(idNumber), phone: spread(phone) } }))
      const shown = JSON.stringify(facts).replace(/\D/gu, '')
      expect(JSON.stringify(facts)).not.toContain('GHI-CHÚ')
      expect([shown.includes(idNumber), shown.includes(phone)]).toEqual([false, false])
    }))
  })
})

it.each([
  ['male', '1990-01-01', 'anh'], ['female', '1992-03-14', 'chị'], ['male', '1966-11-23', 'ông'], ['male', '1966-11-24', 'anh'],
  ['female', '1950-01-01', 'bà'], [null, '1990-01-01', 'quý vị'], ['male', null, 'quý vị'],
] as const)('%s born %s is spoken to as "%s"', (sex, birthDate, address) => {
  expect(addressOf(sex, birthDate, '2026-11-23')).toBe(address)
})

describe('what a citizen vouches for', () => {
  const papers = [{ component: 'to-khai', pages: 2 }]
  const first = substanceOf(CONTENT, papers, FEE)
  it.each([
    ['the note of the officer', { note: 'khác' }], ['the place of the cursor', { focus: 'fee' }], ['that the fee is paid', { fee: { ...CONTENT.fee, payment: 'unpaid' } }],
    ['a paper that was looked at and set back', { components: { 'to-khai': { mark: 'pending', note: '' } } }],
  ] as const)('is the same with another %s', (_what, change) => {
    expect(substanceOf({ ...CONTENT, ...change }, papers, FEE)).toBe(first)
  })
  it.each([
    ['a digit that is masked', { applicant: { ...CONTENT.applicant, idNumber: '079192114617' } }], ['an answer', { answers: {} }],
    ['a paper owed', { components: { 'khai-tu': { mark: 'owed', note: '' } } }], ['the way of delivery', { delivery: { method: 'post', address: 'a' } }],
  ] as const)('is another with %s', (_what, change) => {
    expect(substanceOf({ ...CONTENT, ...change }, papers, FEE)).not.toBe(first)
  })
  it('is another with one page more, with another fee, or without one', () => {
    expect(new Set([first, substanceOf(CONTENT, [{ component: 'to-khai', pages: 3 }], FEE), substanceOf(CONTENT, papers, { ...FEE, total: 1 }), substanceOf(CONTENT, papers, null)]).size).toBe(4)
  })
  it('can be told of half characters', () => {
    expect(substanceOf({ ...CONTENT, applicant: { ...CONTENT.applicant, address: '\uD800' } }, papers, FEE)).toMatch(/^[0-9a-f]{64}$/)
  })
})

describe('the waiting page', () => {
  const calendar = calendarUntil(2026)
  const at = (instant: string): string[] => waitingNotices(new Date(instant), calendar, ['Quầy 2 nghỉ chiều nay.']).map(({ vi }) => vi)
  it('says that the office is closed tomorrow and when it opens again', () => {
    expect(at('2026-11-23T02:00:00.000Z')).toEqual(['Ngày mai, thứ Ba 24/11, nghỉ: Ngày Văn hóa Việt Nam. Mở lại thứ Tư 25/11 lúc 7 giờ 30.', 'Quầy 2 nghỉ chiều nay.'])
  })
  it('says from 15:00 on that the same day is over', () => {
    expect(at('2026-11-25T08:00:00.000Z')).toEqual(['Đã qua 15 giờ: việc trả trong ngày được hẹn sang thứ Năm 26/11.', 'Quầy 2 nghỉ chiều nay.'])
  })
  it('says on a common morning what the ward wrote', () => {
    expect(at('2026-11-25T02:00:00.000Z')).toEqual(['Quầy 2 nghỉ chiều nay.'])
  })
  it('stays when the calendar ends', () => {
    expect(at('2026-12-31T09:00:00.000Z').at(-1)).toBe('Quầy 2 nghỉ chiều nay.')
  })
  it('reads the opening hours as people do', () => {
    expect(openingHours('07:30-11:30, 13:00 - 17:00')).toBe('7:30–11:30, 13:00–17:00')
  })
})
