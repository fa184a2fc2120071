import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { judge, openQuestions, placeOfAddress, toVerdict, type Answers } from '../../src-main/procedures'
import { catalogue, procedureOf } from './sample'

const ward = { name: 'Phường Tân Mỹ Hưng', province: 'Thành phố Hồ Chí Minh', formerNames: ['Phường 9, Quận 14'] }
const HERE = '27/4 đường Bàu Tràm, phường Tân Mỹ Hưng, TP. Hồ Chí Minh'
const NEAR = '5 Lê Lợi, phường Bến Mới, Thành phố Hồ Chí Minh'
const FAR = '5 Lê Lợi, phường Ba Đình, Hà Nội'
const FORMER = '12 Lê Lợi, Phường Bến Nghé, Quận 1, TP.HCM'

const kindOf = (code: string, address: string, answers: Answers = null): string => judge(procedureOf(code), { address }, ward, answers).kind

describe('an address', () => {
  it.each([
    [HERE, { ward: 'tan my hung', province: 'Thành phố Hồ Chí Minh', former: false }],
    ['Thôn Hạ, Xã Đông Anh, Hà Nội', { ward: 'dong anh', province: 'Hà Nội', former: false }],
    [FORMER, { ward: 'ben nghe', province: 'Thành phố Hồ Chí Minh', former: true }],
    ['Phường Phú Lợi, Bình Dương', { ward: 'phu loi', province: 'Bình Dương', former: true }],
    ['Phường 1, Thành phố Mỹ Tho, Tiền Giang', { ward: '1', province: 'Tiền Giang', former: true }],
    ['27 Bàu Tràm', { ward: null, province: null, former: false }],
    ['', { ward: null, province: null, former: false }],
  ])('"%s" tells its place', (address, place) => {
    expect(placeOfAddress(address)).toEqual(place)
  })
})

describe('by place alone', () => {
  it.each([
    ['a resident for a matter of residence', '1.004873', HERE, 'here'],
    ['a neighbour, where reception is open to the city', '1.004873', NEAR, 'anywhere'],
    ['someone of another province', '1.004873', FAR, 'elsewhere'],
    ['an address of before the reform', '1.004873', FORMER, 'ask'],
    ['an address that is the former name of this ward', '1.004873', '3 Lê Lợi, Phường 9, Quận 14, TP.HCM', 'here'],
    ['no address', '1.004873', '', 'ask'],
    ['a certified copy for anyone', '2.000815', FAR, 'anywhere'],
    ['an extract for anyone', '2.000635', '', 'anywhere'],
    ['permanent residence', '1.004222', HERE, 'elsewhere'],
    ['a birth, which goes by the parents', '1.001193', HERE, 'ask'],
    ['a will for anyone', '2.001019', FAR, 'anywhere'],
  ])('%s', (_name, code, address, kind) => {
    expect(kindOf(code, address)).toBe(kind)
  })

  it('sends residence matters to the police of the ward', () => {
    expect(judge(procedureOf('1.004222'), { address: HERE }, ward, {}).goTo).toContain('Công an phường')
  })

  it('says where a person of another province goes', () => {
    expect(judge(procedureOf('1.004873'), { address: FAR }, ward, null).goTo).toContain('nơi thường trú')
  })
})

describe('with answers', () => {
  it.each([
    ['here and all well', '1.001193', { place: 'here', 'da-khai-sinh': 'chua', 'quoc-tich-cha-me': 'viet-nam' }, 'here'],
    ['in the city', '1.001193', { place: 'same-city', 'da-khai-sinh': 'chua', 'quoc-tich-cha-me': 'viet-nam' }, 'anywhere'],
    ['elsewhere', '1.001193', { place: 'elsewhere', 'da-khai-sinh': 'chua', 'quoc-tich-cha-me': 'viet-nam' }, 'elsewhere'],
    ['one question left', '1.001193', { place: 'here', 'da-khai-sinh': 'chua' }, 'ask'],
    ['an answer that leads to another question', '1.001193', { place: 'here', 'da-khai-sinh': 'roi-mat-so', 'quoc-tich-cha-me': 'viet-nam' }, 'ask'],
    ['too young to marry', '1.000894', { tuoi: 'chua' }, 'not-eligible'],
    ['a marriage with a foreigner', '1.000894', { 'quoc-tich': 'nuoc-ngoai' }, 'not-eligible'],
    ['land in another ward', '2.001035', { 'tai-san': 'nha-dat', 'nha-dat-o-day': 'noi-khac' }, 'elsewhere'],
    ['movables', '2.001035', { 'tai-san': 'dong-san', 'co-mat': 'co' }, 'anywhere'],
    ['the place of a contract not open to the city', '2.000913', { place: 'same-city', 'co-mat': 'co' }, 'elsewhere'],
    ['an answer that is none of the choices', '2.000815', { 'ban-chinh': '???' }, 'ask'],
  ])('%s', (_name, code, answers, kind) => {
    expect(kindOf(code, '', answers)).toBe(kind)
  })

  it('names the procedure to take instead', () => {
    expect(judge(procedureOf('1.004884'), { address: HERE }, ward, { 'so-ho-tich': 'con' }).otherProcedure).toBe('2.000635')
  })

  it('asks a follow-up only after the answer that leads to it', () => {
    const ids = (answers: Record<string, string>): string[] => openQuestions(procedureOf('1.001193'), { address: '' }, ward, answers).map((question) => question.id)
    expect([ids({}), ids({ 'da-khai-sinh': 'roi-mat-so' })]).toEqual([['place', 'da-khai-sinh', 'quoc-tich-cha-me'], ['place', 'mat-so', 'quoc-tich-cha-me']])
  })

  it('ignores a follow-up answered before its question was changed back', () => {
    expect(kindOf('1.001193', '', { place: 'here', 'da-khai-sinh': 'chua', 'mat-so': 'dung', 'quoc-tich-cha-me': 'viet-nam' })).toBe('here')
  })

  it('become a verdict with sentences or keys to translate', () => {
    expect(toVerdict(judge(procedureOf('1.004873'), { address: NEAR }, ward, null))).toEqual({ kind: 'anywhere', reasons: ['reason.reception-anywhere'], goTo: null, otherProcedure: null })
  })
})

describe('judging in general', () => {
  it('answers any address and any answers, and says where to go whenever it is elsewhere', () => {
    const answers = fc.dictionary(fc.constantFrom('place', 'tuoi', 'co-mat', 'da-khai-sinh', 'tai-san'), fc.constantFrom('here', 'elsewhere', 'co', 'khong', 'chua', 'nha-dat'))
    fc.assert(fc.property(fc.constantFrom(...catalogue.procedures), fc.string({ unit: 'grapheme', maxLength: 60 }), answers, (procedure, address, given) => {
      const judgement = judge(procedure, { address }, ward, given)
      return judgement.kind !== 'elsewhere' || judgement.goTo !== null
    }))
  })

  it('asks exactly when something is open', () => {
    const given = fc.dictionary(fc.constantFrom('place', 'tuoi', 'co-mat'), fc.constantFrom('here', 'co', 'du'))
    fc.assert(fc.property(fc.constantFrom(...catalogue.procedures), given, (procedure, answers) => {
      const judgement = judge(procedure, { address: '' }, ward, answers)
      return (judgement.kind === 'ask') === (judgement.open.length > 0)
    }))
  })
})
