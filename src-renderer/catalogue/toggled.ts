import type { ProcedureFilters } from '@contract/calls-office'

/** The same filters with one set, or taken off when it was set so already. One that is off is not there. */
export function toggled<K extends keyof ProcedureFilters>(filters: ProcedureFilters, key: K, value: ProcedureFilters[K]): ProcedureFilters {
  const rest = Object.fromEntries(Object.entries(filters).filter(([name]) => name !== key))
  return filters[key] === value || value === undefined ? rest : { ...rest, [key]: value }
}
