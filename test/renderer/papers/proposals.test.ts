import { describe, expect, test } from 'vitest'
import type { Capacity, DraftContent } from '@contract/draft'
import { PageId } from '@contract/ids'
import type { FieldProposal, PageView } from '@contract/pages'
import { type DraftPerson, EMPTY_PERSON } from '@contract/person'
import { inOrder, offersOf, refusalOf } from '../../../src-renderer/papers/proposals/offers'
import { putBack, putRead, sameFact, targetOf, valueOf } from '../../../src-renderer/papers/proposals/where'

const FIRST = PageId.parse('0199f3a0-0000-7000-8000-000000000001')
const SECOND = PageId.parse('0199f3a0-0000-7000-8000-000000000002')
const person = (facts: Partial<DraftPerson>): DraftPerson => ({ ...EMPTY_PERSON, ...facts })
const ANH = person({ fullName: 'Đặng Ngọc Ánh', idNumber: '079 192 004 617' })

function contentOf(capacity: Capacity, applicant: DraftPerson = ANH, owner: DraftPerson = EMPTY_PERSON): DraftContent {
  return {
    focus: null, applicant, capacity, owner, organisation: { name: '', taxCode: '' }, procedure: null, answers: {}, components: {}, sets: 1,
    fee: { copies: 0, pages: 0, exemption: null, payment: 'unpaid', councilAmount: null }, delivery: { method: 'counter', address: '' }, note: '',
  }
}

const form = (name = 'birth-certificate', doubts: string[] = [], repaired = false): FieldProposal['origin'] => ({ kind: 'form', form: name, caption: 'Họ tên', repaired, doubts })
const mrz = (checked = true, repaired = 0): FieldProposal['origin'] => ({ kind: 'mrz', format: 'TD1', checked, repaired })
const read = (field: string, value: string, origin = form(), more: Partial<FieldProposal> = {}): FieldProposal =>
  ({ pageId: FIRST, field, value, box: { x: 0, y: 0, width: 10, height: 10 }, confidence: 0.95, origin, ...more })

const pageOf = (id: PageId): PageView => ({
  id, component: 'A', ordinal: 0, state: 'ready', place: 'kept', problem: null, origin: 'sane', simulated: true, turns: 0, wishes: { colour: 'auto', clean: true, corners: null },
  made: null, findings: [], twinOf: null, text: 'read', revision: 1, addedAt: '2026-11-23T02:00:00.000Z' as PageView['addedAt'],
})
const PAGES = [pageOf(FIRST), pageOf(SECOND)]
const NONE: ReadonlySet<string> = new Set()
const offered = (proposals: readonly FieldProposal[], content: DraftContent, refused = NONE) => inOrder(offersOf(proposals, PAGES, content, refused))

describe('where a field of a paper belongs', () => {
  const birth = (field: string): FieldProposal => read(field, 'Lê Bảo An')
  const card = read('subject.idNumber', '079192004617', mrz())
  const other = read('subject.idNumber', '001085000111', mrz())
  test.each([
    ['an applicant’s field is the applicant’s', 'child', birth('applicant.fullName'), { who: 'applicant', fact: 'fullName' }],
    ['also where an organisation stands at the counter', 'organisation', birth('applicant.phone'), { who: 'applicant', fact: 'phone' }],
    ['whom a paper is about is the child', 'child', birth('subject.fullName'), { who: 'owner', fact: 'fullName' }],
    ['or who gave the authority', 'authorised', birth('subject.residence'), { who: 'owner', fact: 'address' }],
    ['or the applicant who stands here for themselves', 'self', birth('subject.birthDate'), { who: 'applicant', fact: 'birthDate' }],
    ['but no part of an organisation', 'organisation', birth('subject.fullName'), null],
    ['parents are no part of a draft', 'child', birth('mother.fullName'), null],
    ['nor are places', 'child', birth('subject.birthPlace'), null],
    ['nor a year without its day', 'self', birth('subject.birthYear'), null],
    ['nor what a paper says of itself', 'self', birth('document.registeredOn'), null],
    ['a telephone of the owner is not asked', 'child', birth('subject.phone'), null],
    ['a card with the applicant’s number is theirs', 'child', card, { who: 'applicant', fact: 'idNumber' }],
    ['a card with another number is the owner’s', 'authorised', other, { who: 'owner', fact: 'idNumber' }],
    ['and nobody’s where there is no owner', 'self', other, null],
    ['the printed side of a card goes by its number, too', 'child', read('subject.idNumber', '079192004617', form('identity-card')), { who: 'applicant', fact: 'idNumber' }],
  ] as const)('%s', (_name, capacity, proposal, target) => {
    expect(targetOf(proposal, contentOf(capacity), [proposal])).toEqual(target)
  })

  test('a card is the applicant’s while nobody stands in the draft', () => {
    expect(targetOf(other, contentOf('child', EMPTY_PERSON), [other])).toEqual({ who: 'applicant', fact: 'idNumber' })
  })

  test('a card without a number goes by the name, of which a machine-readable zone has no marks', () => {
    const [mine, theirs] = [read('subject.fullName', 'DANG NGOC ANH', mrz(false)), read('subject.fullName', 'TRAN VAN BA', mrz(false))]
    const named = contentOf('authorised', person({ fullName: 'Đặng Ngọc Ánh' }))
    expect([targetOf(mine, named, [mine])?.who, targetOf(theirs, named, [theirs])?.who]).toEqual(['applicant', 'owner'])
  })
})

describe('a value as it is shown and kept', () => {
  test.each([
    ['subject.fullName', 'NGUYỄN THỊ NGỌC ÁNH', 'Nguyễn Thị Ngọc Ánh'], ['subject.birthDate', '2019-08-15', '15/08/2019'], ['document.registeredOn', '2019-09-02', '02/09/2019'],
    ['subject.idNumber', '079192004617', '079 192 004 617'], ['applicant.phone', '+84903517284', '0903 517 284'], ['applicant.email', 'anh@Example.VN', 'anh@example.vn'],
    ['subject.sex', 'female', 'female'], ['mother.birthYear', '1990', '1990'], ['subject.residence', 'Phường 5, TP. HCM', 'Phường 5, TP. HCM'],
  ])('%s %s is %s', (field, value, shown) => {
    expect(valueOf({ field, value })).toBe(shown)
  })

  test.each([
    ['idNumber', '079.192.004.617', '079192004617', true], ['birthDate', '15081919', '1919-08-15', true], ['birthDate', '16/08/1919', '1919-08-15', false], ['phone', '+84 903 517 284', '0903517284', true],
    ['address', 'số 5, Lê Lợi', 'Số 5 Lê Lợi', true], ['address', '5 Lê Lợi, P. Tân Mỹ Hưng, TP. Hồ Chí Minh', '5 đường Lê Lợi', false],
    ['address', '5 Lê Lợi, P. Tân Mỹ Hưng, TP.HCM', '5 Lê Lợi, phường Tân Mỹ Hưng, Thành phố Hồ Chí Minh', true], ['fullName', 'Đặng Ngọc Anh', 'ĐẶNG NGỌC ÁNH', false], ['fullName', 'đặng ngọc ánh', 'ĐẶNG NGỌC ÁNH', true], ['email', '', 'a@b.vn', false],
  ] as const)('%s %j and %j are the same: %s', (fact, current, value, same) => {
    expect(sameFact(fact, current, { value, origin: form() })).toBe(same)
  })

  test('a name of a machine-readable zone is the same without its marks', () => {
    expect(sameFact('fullName', 'Đặng Ngọc Ánh', { value: 'DANG NGOC ANH', origin: mrz() })).toBe(true)
  })

  test('comes into the draft with its source, and goes again as it came', () => {
    const before = person({ fullName: 'Ánh', sources: { fullName: 'typed' } })
    const filled = putRead(putRead(before, 'fullName', 'Đặng Ngọc Ánh'), 'sex', 'female')
    expect([filled.fullName, filled.sex, filled.sources]).toEqual(['Đặng Ngọc Ánh', 'female', { fullName: 'paper', sex: 'paper' }])
    expect(putBack(putBack(filled, 'fullName', before), 'sex', before)).toEqual(before)
  })
})

describe('what is offered', () => {
  test('leaves out what the draft says already, and tells what stands there when it is something else', () => {
    const offers = offered([read('applicant.fullName', 'ĐẶNG NGỌC ÁNH'), read('applicant.idNumber', '079192004618')], contentOf('self'))
    expect(offers.map(({ part, value, current }) => [part, value, current])).toEqual([['idNumber', '079 192 004 618', '079 192 004 617']])
  })

  test('leaves out what the officer refused, on every page', () => {
    const [one, two] = [read('subject.birthDate', '2019-08-15'), read('subject.birthDate', '2019-08-15', form(), { pageId: SECOND })]
    expect(offered([one, two], contentOf('child'), new Set([refusalOf(one)]))).toEqual([])
  })

  test('says a value once, with its marks where one of two has them', () => {
    const [zone, printed] = [read('subject.fullName', 'DANG NGOC ANH', mrz(false)), read('subject.fullName', 'ĐẶNG NGỌC ÁNH', form('identity-card'), { pageId: SECOND })]
    expect(offered([zone, printed], contentOf('self', EMPTY_PERSON)).map(({ value }) => value)).toEqual(['Đặng Ngọc Ánh'])
    expect(offered([printed, { ...printed, pageId: FIRST }], contentOf('self', EMPTY_PERSON))).toHaveLength(1)
  })

  test('stands by page and person in the order of the counter; what can only be copied comes last', () => {
    const groups = offersOf([read('mother.fullName', 'MAI THỊ LAN'), read('subject.sex', 'female'), read('subject.fullName', 'LÊ BẢO AN'), read('applicant.phone', '0903517284', form('ct01'), { pageId: SECOND })], PAGES, contentOf('child'), NONE)
    expect(groups.map(({ page, role, form: of, offers }) => [page.id, role, of, offers.map(({ part }) => part)])).toEqual([
      [FIRST, 'subject', 'birth-certificate', ['fullName', 'sex']], [SECOND, 'applicant', 'ct01', ['phone']], [FIRST, 'mother', 'birth-certificate', ['fullName']],
    ])
  })

  test.each([
    ['a sure value has no doubt', read('subject.birthDate', '2019-08-15'), []],
    ['a value that is hardly legible', read('subject.birthDate', '2019-08-15', form(), { confidence: 0.6 }), ['unsure']],
    ['letters that were taken for digits', read('subject.birthDate', '2019-08-15', form('ct01', [], true)), ['repaired']],
    ['a number that does not fit the birth date', read('subject.idNumber', '079192004617', form('ct01', ['number-birth-year', 'of-a-later-version'])), ['number-birth-year']],
    ['a name without marks', read('subject.fullName', 'LE BAO AN', mrz(false)), ['no-marks']],
    ['a sex that no check digit covers', read('subject.sex', 'male', mrz(false, 1)), ['no-check', 'repaired']],
    ['a number of a machine-readable zone is sure', read('subject.idNumber', '079192004617', mrz()), []],
  ] as const)('%s', (_name, proposal, doubts) => {
    expect(offered([proposal], contentOf('child', EMPTY_PERSON))[0]?.doubts).toEqual(doubts)
  })

  test('is doubtful as a whole where the paper names somebody else', () => {
    const offers = offered([read('subject.fullName', 'LÊ BẢO AN'), read('subject.birthDate', '2019-08-15')], contentOf('self'))
    expect(offers.map(({ doubts }) => doubts)).toEqual([['other-person'], ['other-person']])
  })

  test('also where the name is the same and the number is not', () => {
    const offers = offered([read('applicant.fullName', 'ĐẶNG NGỌC ÁNH'), read('applicant.idNumber', '001085000111'), read('applicant.phone', '0903517284')], contentOf('self'))
    expect(offers.map(({ part, doubts }) => [part, doubts])).toEqual([['idNumber', ['other-person']], ['phone', ['other-person']]])
  })
})
