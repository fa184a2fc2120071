export type { DayWait, ReportSources } from './ports'
export { createReports, PAPER_ROWS, type Reports, type ReportsDeps, SCREEN_ROWS } from './reports'
