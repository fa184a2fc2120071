import type { ReportKind } from '@contract/reports'
import type { ReportBuilder } from '../ports'
import { daily } from './daily'
import { dueSoon } from './due-soon'
import { fees } from './fees'
import { ii06a } from './ii06a'
import { monthly } from './monthly'
import { overdue } from './overdue'
import { placeIndependent } from './place-independent'
import { procedures } from './procedures'
import { quality } from './quality'
import { refused } from './refused'
import { register } from './register'
import { staff } from './staff'

export const BUILDERS: Readonly<Record<ReportKind, ReportBuilder>> = {
  daily, monthly, ii06a, overdue, 'due-soon': dueSoon, refused, 'place-independent': placeIndependent, fees, register, quality, staff, procedures,
}
