import type { ReportCell, ReportColumn, ReportRow } from '@contract/reports'

type Options = Readonly<{ group?: string; weight?: number; index?: string }>
type Kind = ReportColumn['kind']

const column = (kind: Kind, weight: number) => (key: string, title: string, { group, weight: wider, index }: Options = {}): ReportColumn =>
  ({ key, title, group: group ?? null, kind, weight: wider ?? weight, index: index ?? null })

export const text = column('text', 3)
export const count = column('count', 1)
export const amount = column('money', 1.6)
export const moment = column('moment', 1.7)
export const share = column('share', 1)
export const minutes = column('minutes', 1.3)

export const row = (...cells: ReportCell[]): ReportRow => ({ level: 'row', cells })
export const groupRow = (...cells: ReportCell[]): ReportRow => ({ level: 'group', cells })
export const totalRow = (...cells: ReportCell[]): ReportRow => ({ level: 'total', cells })
