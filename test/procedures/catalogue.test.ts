import { describe, expect, it } from 'vitest'
import { checkCatalogue } from '../../src-main/procedures'
import { catalogue, procedureOf } from './sample'

describe('the catalogue as shipped', () => {
  it('holds to its own rules', () => {
    expect(checkCatalogue(catalogue)).toEqual([])
  })

  it('has the 49 rows of the domain note, those with several codes split', () => {
    expect(catalogue.procedures).toHaveLength(52)
  })

  it('gives every procedure a jurisdiction that says where to go, or none is needed', () => {
    const silent = catalogue.procedures.filter(({ jurisdiction }) => jurisdiction.kind !== 'any' && jurisdiction.goTo === '')
    expect(silent).toEqual([])
  })

  it('sends every residence matter to the police', () => {
    const wrong = catalogue.procedures.filter((procedure) => (procedure.field === 'Cư trú') !== (procedure.jurisdiction.kind === 'police'))
    expect(wrong).toEqual([])
  })

  it('invents no amount where the council sets it', () => {
    const rules = catalogue.procedures.flatMap((procedure) => procedure.fee.rules)
    expect(rules.filter((rule) => rule.kind === 'council' && rule.amount !== undefined)).toEqual([])
  })

  it('asks eligibility questions for at least ten procedures', () => {
    expect(catalogue.procedures.filter((procedure) => procedure.eligibility.length > 0).length).toBeGreaterThanOrEqual(10)
  })

  it('ends the old civil status law with 28 February 2027', () => {
    expect(new Set(catalogue.procedures.filter((procedure) => procedure.field === 'Hộ tịch').map((procedure) => procedure.effectiveTo))).toEqual(new Set(['2027-02-28']))
  })

  it.each([['1.001193', 'V'], ['2.000815', 'V'], ['1.004222', 'S'], ['1.004194', 'G']])('carries the mark of the time of %s', (code, mark) => {
    expect(procedureOf(code).confidence.time).toBe(mark)
  })
})
