import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { putPaperWords } from '../../src-main/intake'
import { matchesFor, paperMatchesFor } from '../../src-main/intake/search'
import { type Desk, newDesk, person, receive } from './support'

const found = (desk: Desk, query: string): string[] => desk.intake.search(query, 10).map(({ applicantName }) => applicantName)

function filledDesk(): Desk {
  const desk = newDesk()
  desk.lease('2026-11-23', 9)
  receive(desk, { applicant: person({ fullName: 'Đặng Thị Ngọc Ánh', idNumber: '079192004617', phone: '0903517284' }) })
  receive(desk, { applicant: person({ fullName: 'Dang Thi Ngoc Anh', idNumber: '001085123456', phone: '+84911222333' }) })
  receive(desk, { applicant: person({ fullName: 'Trần Văn An', idNumber: '025123456', phone: '' }) })
  return desk
}

describe('Search', () => {
  test('with marks puts exact marks first, then the same letters without', () => {
    expect(found(filledDesk(), 'đặng thị ngọc ánh')).toEqual(['Đặng Thị Ngọc Ánh', 'Dang Thi Ngoc Anh'])
  })

  test('without marks takes đ for d, newest first', () => {
    expect(found(filledDesk(), 'dang thi')).toEqual(['Dang Thi Ngoc Anh', 'Đặng Thị Ngọc Ánh'])
  })

  test.each([
    ['initials', 'tva', 'Trần Văn An'], ['the number of the day', '11', 'Trần Văn An'], ['the last four digits', '0011', 'Trần Văn An'], ['the last four as spoken', 'hồ sơ 0011', 'Trần Văn An'],
    ['the last four with a hash', '#0011', 'Trần Văn An'], ['the printed code', 'H29.900-261123-0011', 'Trần Văn An'], ['the code in other spacing', ' h29 . 900 – 261123 0011', 'Trần Văn An'],
    ['day and number', '261123-0011', 'Trần Văn An'], ['the old ID number', '025123456', 'Trần Văn An'], ['an ID number in groups', '079 192 004 617', 'Đặng Thị Ngọc Ánh'],
    ['a phone', '0903 517 284', 'Đặng Thị Ngọc Ánh'], ['a phone with country code', '+84 903 517 284', 'Đặng Thị Ngọc Ánh'], ['a phone that was typed with country code', '0911222333', 'Dang Thi Ngoc Anh'],
    ['a word half typed and a number', 'ánh 0903', 'Đặng Thị Ngọc Ánh'],
  ])('finds by %s', (_what, query, name) => {
    expect(found(filledDesk(), query)).toContain(name)
  })

  test('by the last four digits finds that dossier alone', () => {
    expect(found(filledDesk(), '0011')).toEqual(['Trần Văn An'])
  })

  test('finds the dossier under the ID number of its owner too', () => {
    const desk = newDesk()
    receive(desk, { capacity: 'authorised', owner: person({ fullName: 'Lê Thị Chủ', idNumber: '052170000123' }) })
    expect([found(desk, '052170000123'), found(desk, 'lê thị chủ')]).toEqual([['Bùi Nhật Khang'], ['Bùi Nhật Khang']])
  })

  test('masks numbers in what it finds', () => {
    expect(filledDesk().intake.search('đặng', 5)[0]).toMatchObject({ maskedId: '079 ••• ••• 617', maskedPhone: '0903 ••• 284' })
  })

  test('answers nothing for nothing', () => {
    expect([matchesFor(''), matchesFor('  '), matchesFor('"*^()')]).toEqual([[], [], []])
  })

  test('never throws, whatever is typed: operators, quotes, half characters', () => {
    const desk = filledDesk()
    const piece = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 30 }), fc.string({ maxLength: 30 }),
      fc.constantFrom('"', '""', '*', '^', 'NEAR(', ')', ' AND ', ' OR ', ' NOT ', 'exact:', '{exact digits}:', '-', '+', '\0', '\ud800', '́', 'ª', '𝒜', 'h.s.', 'TAM.Q3-', '0009', 'đ', '😀'))
    const query = fc.array(piece, { maxLength: 8 }).map((pieces) => pieces.join('').slice(0, 200))
    fc.assert(fc.property(query, (text) => {
      desk.intake.search(text, 5)
      return true
    }), { numRuns: 600 })
  })

  test('takes a query of a hundred words', () => {
    expect(found(filledDesk(), 'a '.repeat(100))).toHaveLength(3)
  })
})

describe('Words on papers', () => {
  test('are looked for with their marks before without, and together before apart', () => {
    expect(paperMatchesFor('Hoàng Mai').map(({ match, among }) => [match, among])).toEqual([
      ['exact : "hoàng mai" *', 'newest'], ['folded : "hoang mai" *', 'newest'], ['exact : ("hoàng" AND "mai" *)', 'all'], ['folded : ("hoang" AND "mai" *)', 'all'],
    ])
  })

  test.each([['', 0], ['an', 0], ['anh', 0], ['hạnh', 2], ['bố mẹ', 4], ['bo me', 2], ['12345', 0], ['123456', 1], ['079 192', 1], ['0011', 0], ['hồ sơ 0011', 0], ['x '.repeat(80), 2]])('of "%s" are looked for in %d ways', (query, ways) => {
    expect(paperMatchesFor(query)).toHaveLength(ways)
  })

  test('that were put are found and say so, and not any more when there are none', () => {
    const desk = filledDesk()
    const [first] = desk.intake.list({ limit: 1 }).items
    if (!first) throw new Error('no dossier')
    const put = (exact: string, folded: string) => desk.store.write((tx) => putPaperWords(tx, first.id, { exact, folded }))
    put('giấy chứng sinh', 'giay chung sinh')
    put('giấy ra viện', 'giay ra vien')
    expect([found(desk, 'giấy ra viện'), found(desk, 'chứng sinh'), desk.intake.search('ra viện', 5).map(({ onPaper }) => onPaper)]).toEqual([[first.applicantName], [], [true]])
    put('', '')
    expect(found(desk, 'giấy ra viện')).toEqual([])
  })
})
