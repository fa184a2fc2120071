import type { FilterCounts, ProcedureFilters } from '@contract/calls-office'
import type { Procedure } from '@contract/procedures'

type Test = (procedure: Procedure) => boolean
const everything: Test = () => true

const ofField = (field: string | undefined): Test => (field === undefined ? everything : (procedure) => procedure.field === field)
/** Where any agency decides, any counter receives too. */
const ofPlace = (wanted: ProcedureFilters['placeIndependence']): Test => {
  if (wanted === undefined) return everything
  return ({ placeIndependence }) => placeIndependence === 'decision' || (wanted === 'reception' && placeIndependence === 'reception')
}

/** What the filters leave, in the same order, and how many each other choice would leave. */
export function filtered(procedures: readonly Procedure[], filters: ProcedureFilters, essential: ReadonlySet<string>): { kept: Procedure[]; counts: FilterCounts } {
  const isEssential: Test = ({ code }) => essential.has(code)
  const [field, place, service] = [ofField(filters.field), ofPlace(filters.placeIndependence), filters.essential === true ? isEssential : everything]
  const count = (...tests: readonly Test[]): number => procedures.filter((procedure) => tests.every((test) => test(procedure))).length
  const fields = [...new Set(procedures.map((procedure) => procedure.field))].sort((a, b) => a.localeCompare(b, 'vi'))
  return {
    kept: procedures.filter((procedure) => field(procedure) && place(procedure) && service(procedure)),
    counts: {
      essential: count(field, place, isEssential),
      decision: count(field, service, ofPlace('decision')),
      reception: count(field, service, ofPlace('reception')),
      fields: fields.map((name) => ({ field: name, count: count(ofField(name), place, service) })).filter(({ count: found }) => found > 0),
    },
  }
}
