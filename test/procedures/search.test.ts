import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { buildIndex, inForce, lifeEventsOf, searchProcedures, compareVersions } from '../../src-main/procedures'
import { catalogue, procedureOf } from './sample'

const index = buildIndex(catalogue.procedures)
const codes = (typed: string, limit = 5): string[] => searchProcedures(index, typed, { limit }).map(({ procedure }) => procedure.code)

describe('the first hit', () => {
  it.each([
    ['dang ky khai sinh', '1.001193'],
    ['Đăng ký khai sinh', '1.001193'],
    ['lam lai giay khai sinh', '1.004884'],
    ['mất giấy khai sinh', '2.000635'],
    ['1.004873', '1.004873'],
    ['1004873', '1.004873'],
    ['2.000815', '2.000815'],
    ['độc thân', '1.004873'],
    ['xac nhan doc than', '1.004873'],
    ['sao y ban chinh', '2.000815'],
    ['chung thuc ban sao', '2.000815'],
    ['cong chung', '2.000815'],
    ['mo quan', '1.001612'],
    ['lấy vợ nước ngoài', '2.000806'],
    ['ket hon', '1.000894'],
    ['kêt hon', '1.000894'],
    ['khai tu', '1.000656'],
    ['bao tu', '1.000656'],
    ['trich luc', '2.000635'],
    ['thuong tru', '1.004222'],
    ['tam tru', '1.004194'],
    ['vào lớp 1', '2.002492'],
    ['giay phep xay dung', '1.013225'],
    ['di chuc', '2.001019'],
    ['ho ngheo', '1.011607'],
    ['xin lam giay doc than cho toi', '1.004873'],
    ['chung thuc chu ky', '2.000884'],
    ['khai sihn muon', '1.001193'],
    ['thuowng tru', '1.004222'],
    ['khai sinh', '1.001193'],
    ['Khai sinh', '1.001193'],
    ['khai sihn', '1.001193'],
    ['sinh con', '1.001193'],
    ['khai sinh muộn', '1.001193'],
    ['kết hôn', '1.000894'],
    ['đăng kí kết hôn', '1.000894'],
    ['lay chong nuoc ngoai', '2.000806'],
    ['khai tử', '1.000656'],
    ['chứng thực bản sao', '2.000815'],
    ['chung thuc chu ki', '2.000884'],
    ['tạm trú', '1.004194'],
    ['tam vang', '1.003677'],
    ['ho kinh doanh', '1.001612'],
    ['xác nhận tình trạng hôn nhân', '1.004873'],
    ['ly hon', '1.004873'],
    ['trích lục khai sinh', '2.000635'],
    ['trich luc ket hon', '2.000635'],
    ['mat giay khai sinh', '2.000635'],
    ['di chúc', '2.001019'],
    ['giám hộ', '1.004837'],
    ['thoi giam ho', '1.004845'],
    ['nuoi con nuoi', '2.001263'],
    ['con nuôi', '2.001263'],
    ['nhan con', '1.001022'],
    ['xây nhà', '1.013225'],
    ['xin phep xay nha', '1.013225'],
    ['trợ cấp hàng tháng', '1.001776'],
    ['tro cap nguoi cao tuoi', '1.014027'],
    ['tro cap', '1.014027'],
    ['cap lai khai sinh', '1.004884'],
    ['xác nhận lí lịch', '2.000884'],
    ['khuyet tat', '1.001699'],
    ['hộ nghèo', '1.011607'],
    ['doi ten', '1.004859'],
    ['cai chinh ho tich', '1.004859'],
    ['hop dong mua ban xe', '2.001035'],
    ['mam non', '2.002493'],
    ['chết', '1.000656'],
  ])('for "%s" is %s', (typed, code) => {
    expect(codes(typed)[0]).toBe(code)
  })
})

describe('search', () => {
  it('puts exact marks before the same letters with other marks', () => {
    const base = procedureOf('1.001193')
    const two = buildIndex([{ ...base, code: '1.000001', name: 'Ma', keywords: [] }, { ...base, code: '1.000002', name: 'Má', keywords: [] }])
    expect(searchProcedures(two, 'má').map(({ procedure }) => procedure.name)).toEqual(['Má', 'Ma'])
  })

  it('finds a field', () => {
    expect(searchProcedures(index, 'hộ kinh doanh').every(({ procedure }) => procedure.field === 'Hộ kinh doanh')).toBe(true)
  })

  it('keeps to a life event', () => {
    expect(searchProcedures(index, '', { lifeEvent: 'Kết hôn' }).every(({ procedure }) => procedure.lifeEvents.includes('Kết hôn'))).toBe(true)
  })

  it('gives the whole catalogue for nothing typed', () => {
    expect(searchProcedures(index, '  ', { limit: 400 })).toHaveLength(catalogue.procedures.length)
  })

  it.each([['qqqq'], ['!!!'], ['9.999999']])('finds nothing for "%s"', (typed) => {
    expect(codes(typed)).toEqual([])
  })

  it('allows one of three words to be missing when nothing holds all', () => {
    expect(codes('dang ky khai sinh zzzz')).toContain('1.001193')
  })

  it('finds every procedure by its own name, first', () => {
    const missed = catalogue.procedures.filter((procedure) => codes(procedure.name, 1)[0] !== procedure.code)
    expect(missed.map((procedure) => procedure.name)).toEqual([])
  })

  it('answers any text, always in the same order', () => {
    fc.assert(fc.property(fc.string({ unit: 'grapheme', maxLength: 250 }), (typed) => {
      expect(codes(typed, 60)).toEqual(codes(typed, 60))
    }), { numRuns: 50 })
  })

  it('lists the life events, most used first', () => {
    expect(lifeEventsOf(catalogue.procedures)[0]).toBe('Sinh con')
  })
})

describe('versions', () => {
  it.each([['2026-11-21', '2026-11-22', -1], ['2026-11-21', '2026-11-21.2', -1], ['2026-11-21.10', '2026-11-21.9', 1], ['2026-11-21', '2026-11-21', 0]])('%s against %s', (one, other, sign) => {
    expect(Math.sign(compareVersions(one, other))).toBe(sign)
  })

  it('in force are begun, not ended, newest of a code', () => {
    const base = procedureOf('1.001193')
    const list = [base, { ...base, version: '2027-01-15', effectiveFrom: '2027-03-01', effectiveTo: undefined }]
    expect([inForce(list, '2027-02-28')[0]?.version, inForce(list, '2027-03-01')[0]?.version]).toEqual(['2026-11-21', '2027-01-15'])
  })
})
