export type { DayWait, ReportSources } from './ports'
export { createReports, type Reports, type ReportsDeps, SCREEN_ROWS } from './reports'
