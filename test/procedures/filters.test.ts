import { describe, expect, it } from 'vitest'
import { filtered } from '../../src-main/procedures/filters'
import { catalogue } from './sample'

const { procedures } = catalogue
const essential = new Set(['1.001193', '1.000894', '1.004222'])
const codes = (filters: Parameters<typeof filtered>[1]): string[] => filtered(procedures, filters, essential).kept.map(({ code }) => code)

describe('the filters of the catalogue', () => {
  it('leave everything, in order, while none is set', () => {
    expect(codes({})).toEqual(procedures.map(({ code }) => code))
  })

  it('take decided anywhere for received anywhere, too, and not the other way about', () => {
    const decision = codes({ placeIndependence: 'decision' })
    const reception = codes({ placeIndependence: 'reception' })
    expect(decision.every((code) => reception.includes(code))).toBe(true)
    expect(reception.length).toBeGreaterThan(decision.length)
  })

  it('work together', () => {
    expect(codes({ essential: true, field: 'Hộ tịch' })).toEqual(['1.001193', '1.000894'])
    expect(codes({ essential: true, field: 'Hộ tịch', placeIndependence: 'decision' })).toEqual([])
  })

  it('count what each choice would leave with the others as they are', () => {
    const filters = { essential: true, field: 'Hộ tịch' } as const
    const { counts } = filtered(procedures, filters, essential)
    expect(counts.essential).toBe(codes(filters).length)
    expect(counts.reception).toBe(codes({ ...filters, placeIndependence: 'reception' }).length)
    expect(counts.decision).toBe(codes({ ...filters, placeIndependence: 'decision' }).length)
    for (const { field, count } of counts.fields) expect(count).toBe(codes({ essential: true, field }).length)
  })
})
